// @ts-check
/** Who was with whom: the meetings of every two people, among the events of a selection. Pure. */
import { isRole } from './cast.js';
import { present } from './story.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{people: Int32Array, counts: Uint32Array, first: Int32Array, last: Int32Array, folded: number, left: number}} Meetings
 *   `people` by group, then by first appearance, only those who met somebody; the others are square tables, row by row, of
 *   how often two met and the events where they first and last did (-1: never)
 */

/** A larger table nobody reads; those who met most often are in it. */
export const MOST = 60;

/**
 * Two people meet at an event where both are present; those involved from elsewhere meet nobody there.
 * @param {Story} story @param {Int32Array} selection events, in order
 * @param {{everybody: boolean, chosen: Set<number>}} asked roles without a name are folded as in the storylines
 * @returns {Meetings}
 */
export function meetings(story, selection, { everybody, chosen }) {
  const met = new Map();
  for (const e of selection) {
    const here = present(story, e);
    for (const p of here) met.set(p, (met.get(p) ?? 0) + here.length - 1);
  }
  const all = [...met.keys()].filter((p) => met.get(p));
  const named = all.filter((p) => !isRole(story.people.name[p]) || chosen.has(p));
  const kept = everybody || !named.length ? all : named;
  const companions = withCompanions(story, selection, kept);
  const busiest = new Set([...companions].sort((a, b) => met.get(b) - met.get(a)).slice(0, MOST));
  // `all` is in order of first appearance, and sorting keeps it
  const people = companions.filter((p) => busiest.has(p)).sort((a, b) => story.people.group[a] - story.people.group[b]);
  return {
    people: Int32Array.from(people),
    ...squares(story, selection, people),
    folded: all.length - kept.length,
    left: companions.length - people.length,
  };
}

/** Those of `people` who met another of them. @param {Story} story @param {Int32Array} selection @param {number[]} people */
function withCompanions(story, selection, people) {
  const among = new Set(people);
  const found = new Set();
  for (const e of selection) {
    const here = present(story, e).filter((p) => among.has(p));
    if (here.length > 1) for (const p of here) found.add(p);
  }
  return people.filter((p) => found.has(p));
}

/** @param {Story} story @param {Int32Array} selection @param {number[]} people */
function squares(story, selection, people) {
  const n = people.length;
  const indexOf = new Map(people.map((p, i) => [p, i]));
  const counts = new Uint32Array(n * n);
  const first = new Int32Array(n * n).fill(-1);
  const last = new Int32Array(n * n).fill(-1);
  for (const e of selection) {
    const here = Array.from(present(story, e), (p) => indexOf.get(p)).filter((i) => i !== undefined);
    for (const a of here) {
      for (const b of here) {
        if (a === b) continue;
        const cell = a * n + b;
        counts[cell]++;
        if (first[cell] < 0) first[cell] = e;
        last[cell] = e;
      }
    }
  }
  return { counts, first, last };
}

/**
 * The events of the selection where both are present, in order.
 * @param {Story} story @param {Int32Array} selection @param {number} a @param {number} b people
 */
export const between = (story, selection, a, b) =>
  selection.filter((e) => {
    const here = present(story, e);
    return here.includes(a) && here.includes(b);
  });
