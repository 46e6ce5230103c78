// @ts-check
/** What a story is in the browser: the wire format as typed columns, read in this one place. */
import { say } from './say.js';

/**
 * @typedef {{t: number[], x: number[]}} Scale knots of a monotone map, story seconds to 0..1
 * @typedef {{id: string, label: string, dark: string, light: string}} Group
 * @typedef {{id: string[], name: string[], short: string[], initials: string[], group: number[], role: string[], n: number}} People
 * @typedef {{id: string[], name: string[], lat: Float64Array, lon: Float64Array, radius: Float64Array,
 *   precision: string[], basis: string[], note: string[], n: number}} Places unknown coordinates are NaN
 * @typedef {{kind: string, events: number[], people: number[], text: string}} Doubt something that cannot all be true, in words
 * @typedef {{count: number, first: number, last: number, people: (number | null)[], groups: (number | null)[]}} Large what the server says of a
 *   story whose events it keeps: how many there are, from when to when, and how many of each person and group, null where that is not known
 * @typedef {{n: number, id: string[], title: string[], summary: string[], at: Float64Array, earliest: Float64Array,
 *   latest: Float64Array, until: Float64Array, when: string[], precision: string[], basis: string[], place: Int32Array,
 *   group: Uint8Array, peopleStart: Int32Array, peopleList: Int32Array, remoteStart: Int32Array, remoteList: Int32Array,
 *   goneStart: Int32Array, goneList: Int32Array, chapter: Int32Array, outcome: string[], source: string[], told: number[],
 *   maxDuration: number, people: People, doubts: Doubt[], storyline: any, wander: {kmh: number, bound_m: number}, places: Places, groups: Group[], chapters: string[], storyId: string, storyTitle: string, description: string,
 *   credits: string[], assumptions: string[], opening: number, bounds: [number, number, number, number],
 *   clock: {kind: string, assumed: string[], timezone: string}, large: Large | null, cells: import('./cells.js').Cells | null,
 *   axis: {story: Scale, clock: Scale, order: Scale, breaks: [number, number][], marks: {t: number, label: string, assumed: boolean}[]}}} Story
 */

/** @type {(values: (number | null)[]) => Float64Array} */
const floats = (values) => Float64Array.from(values, (value) => (value === null ? NaN : value));

/**
 * Lists of lists as one flat list and the offset where each begins (n + 1 offsets).
 * @param {number[][]} lists
 */
function flat(lists) {
  const start = new Int32Array(lists.length + 1);
  for (let i = 0; i < lists.length; i++) start[i + 1] = start[i] + lists[i].length;
  const list = new Int32Array(start[lists.length]);
  for (let i = 0; i < lists.length; i++) list.set(lists[i], start[i]);
  return { start, list };
}

/**
 * @param {any} wire the parsed JSON of `stories/<id>.json`
 * @returns {Story}
 */
export function readStory(wire) {
  if (wire.format !== 1) throw new Error(say('This page reads story format 1, the story is in format {format}. Reload the page.', { format: String(wire.format) }));
  const { events, people, places } = wire;
  const n = events.id.length;
  const present = flat(events.people);
  const remote = flat(events.remote);
  const gone = flat(events.gone ?? Array.from({ length: n }, () => []));
  const at = floats(events.at);
  const until = floats(events.until);
  const none = wire.groups.length;
  const group = new Uint8Array(n).fill(none);
  let maxDuration = 0;
  for (let i = 0; i < n; i++) {
    const first = events.people[i].length ? events.people[i][0] : events.remote[i].length ? events.remote[i][0] : -1;
    if (events.group) group[i] = events.group[i];
    else if (first >= 0) group[i] = people.group[first];
    maxDuration = Math.max(maxDuration, until[i] - at[i]);
  }
  return {
    n,
    id: events.id,
    title: events.title,
    summary: events.summary,
    at,
    earliest: floats(events.earliest),
    latest: floats(events.latest),
    until,
    when: events.when,
    precision: events.precision,
    basis: events.basis,
    place: Int32Array.from(events.place),
    group,
    peopleStart: present.start,
    peopleList: present.list,
    remoteStart: remote.start,
    remoteList: remote.list,
    goneStart: gone.start,
    goneList: gone.list,
    chapter: Int32Array.from(events.chapter),
    outcome: events.outcome,
    source: events.source,
    told: events.told,
    maxDuration,
    doubts: wire.doubts ?? [],
    storyline: wire.storyline ?? null,
    wander: wire.wander ?? { kmh: 0, bound_m: 0 },
    people: { ...people, n: people.id.length },
    places: {
      ...places,
      lat: floats(places.lat),
      lon: floats(places.lon),
      radius: floats(places.radius_m),
      n: places.id.length,
    },
    groups: wire.groups,
    chapters: wire.chapters,
    storyId: wire.id,
    storyTitle: wire.title,
    description: wire.description,
    credits: wire.credits,
    assumptions: wire.assumptions,
    opening: wire.opening,
    bounds: wire.bounds,
    clock: wire.clock,
    axis: wire.axis,
    large: wire.large ?? null,
    cells: null,
  };
}

/** The people present at event `e`. @param {Story} story @param {number} e */
export const present = (story, e) => story.peopleList.subarray(story.peopleStart[e], story.peopleStart[e + 1]);

/** The people involved in event `e` from elsewhere. @param {Story} story @param {number} e */
export const remote = (story, e) => story.remoteList.subarray(story.remoteStart[e], story.remoteStart[e + 1]);

/** The people whose story ends with event `e`. @param {Story} story @param {number} e */
export const gone = (story, e) => story.goneList.subarray(story.goneStart[e], story.goneStart[e + 1]);

/** Whether event `e` has a place with coordinates. @param {Story} story @param {number} e */
export const placed = (story, e) => story.place[e] >= 0 && !Number.isNaN(story.places.lat[story.place[e]]);
