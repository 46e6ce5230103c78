// @ts-check
/** The smallest story that the browser reads, for tests. */

/**
 * A wire story of two people in one group and one place.
 * @param {{at: number, until?: number, people?: number[], remote?: number[], place?: number, title?: string, chapter?: number}[]} events
 */
export const small = (events) => ({
  format: 1,
  id: 'small',
  title: 'Small',
  description: '',
  credits: [],
  assumptions: [],
  opening: Math.max(0, events.length - 1),
  clock: { kind: 'days', assumed: [], timezone: '' },
  bounds: [-118.5, 33.7, -118, 34.2],
  groups: [{ id: 'crew', label: 'The crew', dark: '#f0a23b', light: '#b86a00' }],
  people: { id: ['neil', 'chris'], name: ['Neil', 'Chris'], short: ['Neil', 'Chris'], initials: ['N', 'C'], group: [0, 0], role: ['', ''] },
  places: { id: ['bank'], name: ['Bank'], lat: [34.05], lon: [-118.25], radius_m: [60], precision: ['exact'], basis: [''], note: [''] },
  chapters: ['One'],
  events: {
    id: events.map((_, i) => `e${i}`),
    title: events.map((event, i) => event.title ?? `Event ${i}`),
    summary: events.map(() => ''),
    at: events.map((event) => event.at),
    earliest: events.map((event) => event.at),
    latest: events.map((event) => event.at),
    until: events.map((event) => event.until ?? event.at),
    when: events.map(() => 'Day 1'),
    precision: events.map(() => 'exact'),
    basis: events.map(() => 'stated'),
    place: events.map((event) => event.place ?? 0),
    people: events.map((event) => event.people ?? [0]),
    remote: events.map((event) => event.remote ?? []),
    chapter: events.map((event) => event.chapter ?? 0),
    outcome: events.map(() => ''),
    source: events.map(() => ''),
    told: events.map((_, i) => i + 1),
  },
  axis: {
    story: { t: [0, 86400], x: [0, 1] },
    clock: { t: [0, 86400], x: [0, 1] },
    order: { t: [0, 86400], x: [0, 1] },
    breaks: [],
    marks: [],
  },
});
