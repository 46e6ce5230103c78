// @ts-check
/** Which events a view selects (by people and words) and which of those it shows (by time). Pure. */
import { placed, present, remote } from './story.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{crew: Set<number>, match: string, q: string, stated?: boolean}} Filter `crew` holds indices of people; `stated`
 *   leaves out events whose time is derived or assumed
 * @typedef {{t: number, mode: string, span: number}} Time `t` and `span` in story seconds
 */

/** Text without case and accents, for searching. @param {string} text */
export const folded = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');

/** @type {WeakMap<Story, string[]>} */
const haystacks = new WeakMap();

/** @param {Story} story */
function haystack(story) {
  let texts = haystacks.get(story);
  if (!texts) {
    const names = story.people.name.map(folded);
    const places = story.places.name.map(folded);
    texts = story.title.map((title, e) =>
      [
        folded(title),
        folded(story.summary[e]),
        story.place[e] >= 0 ? places[story.place[e]] : '',
        ...Array.from(present(story, e), (p) => names[p]),
        ...Array.from(remote(story, e), (p) => names[p]),
        story.chapter[e] >= 0 ? folded(story.chapters[story.chapter[e]]) : '',
        folded(story.outcome[e]),
      ].join('\n'),
    );
    haystacks.set(story, texts);
  }
  return texts;
}

/** One byte an event: 1 where every word of `q` occurs in it. @param {Story} story @param {string} q */
function matchesText(story, q) {
  const words = folded(q).split(/\s+/).filter(Boolean);
  const mask = new Uint8Array(story.n).fill(1);
  if (!words.length) return mask;
  const texts = haystack(story);
  for (let e = 0; e < story.n; e++) mask[e] = words.every((word) => texts[e].includes(word)) ? 1 : 0;
  return mask;
}

/** @param {Story} story @param {Filter} filter @param {number} e */
function matchesPeople(story, { crew, match }, e) {
  if (!crew.size) return true;
  let found = 0;
  let others = 0;
  const seen = new Set([...present(story, e), ...remote(story, e)]);
  for (const person of seen) {
    if (crew.has(person)) found++;
    else others++;
  }
  if (match === 'all') return found === crew.size;
  if (match !== 'only' || !found || !others) return found > 0;
  const groups = new Set([...crew].map((person) => story.people.group[person]));
  for (const person of seen) if (!crew.has(person) && groups.has(story.people.group[person])) return false;
  return true;
}

/**
 * Events that pass the filter, in order of time.
 * @param {Story} story @param {Filter} filter @returns {Int32Array}
 */
export function filtered(story, filter) {
  const text = matchesText(story, filter.q);
  const found = new Int32Array(story.n);
  let count = 0;
  for (let e = 0; e < story.n; e++) {
    if (text[e] && (!filter.stated || story.basis[e] === 'stated') && matchesPeople(story, filter, e)) found[count++] = e;
  }
  return found.subarray(0, count);
}

/**
 * How many leading events of `selection` have `at` up to and including `t`.
 * @param {Story} story @param {Int32Array} selection @param {number} t
 */
export function countUpTo(story, selection, t) {
  let low = 0;
  let high = selection.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (story.at[selection[middle]] <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The latest selected event at or before `t`, or -1 before the first.
 * @param {Story} story @param {Int32Array} selection @param {number} t
 */
export function currentEvent(story, selection, t) {
  const count = countUpTo(story, selection, t);
  return count ? selection[count - 1] : -1;
}

/**
 * The selected events that the mode shows at `t`. An event exactly at `t` is shown in every mode; an event that ends
 * exactly at `t` is over; one exactly `span` ago has left the window.
 * @param {Story} story @param {Int32Array} selection @param {Time} time @returns {Int32Array}
 */
export function shown(story, selection, { t, mode, span }) {
  const high = countUpTo(story, selection, t);
  if (mode === 'so-far') return selection.subarray(0, high);
  const { at, until } = story;
  const moment = mode === 'moment';
  if (moment && !high) return selection.subarray(0, 0);
  let first = moment ? high - 1 : countUpTo(story, selection, t - span);
  if (moment) while (first > 0 && at[selection[first - 1]] === at[selection[high - 1]]) first--;
  if (!story.maxDuration) return selection.subarray(first, high);
  const edge = moment ? t : t - span;
  const found = [];
  for (let i = countUpTo(story, selection, edge - story.maxDuration - 1); i < first; i++) {
    const e = selection[i];
    if (until[e] > at[e] && until[e] > edge) found.push(e);
  }
  if (!found.length) return selection.subarray(first, high);
  const all = new Int32Array(found.length + high - first);
  all.set(found);
  all.set(selection.subarray(first, high), found.length);
  return all;
}

/** How many of `events` have no place that is known. @param {Story} story @param {Int32Array} events */
export function withoutPlace(story, events) {
  let count = 0;
  for (let i = 0; i < events.length; i++) if (!placed(story, events[i])) count++;
  return count;
}

/**
 * Events of every person and of every group under the filters other than people.
 * @param {Story} story @param {string} q @param {boolean} [stated] @returns {{people: Int32Array, groups: Int32Array}}
 */
export function counts(story, q, stated = false) {
  const text = matchesText(story, q);
  const people = new Int32Array(story.people.n);
  const groups = new Int32Array(story.groups.length);
  const lastOfPerson = new Int32Array(story.people.n).fill(-1);
  const lastOfGroup = new Int32Array(story.groups.length).fill(-1);
  /** @param {Int32Array} list @param {number} from @param {number} to @param {number} e */
  const add = (list, from, to, e) => {
    for (let i = from; i < to; i++) {
      const person = list[i];
      if (lastOfPerson[person] !== e) {
        lastOfPerson[person] = e;
        people[person]++;
      }
      const group = story.people.group[person];
      if (group < groups.length && lastOfGroup[group] !== e) {
        lastOfGroup[group] = e;
        groups[group]++;
      }
    }
  };
  for (let e = 0; e < story.n; e++) {
    if (!text[e] || (stated && story.basis[e] !== 'stated')) continue;
    add(story.peopleList, story.peopleStart[e], story.peopleStart[e + 1], e);
    add(story.remoteList, story.remoteStart[e], story.remoteStart[e + 1], e);
  }
  return { people, groups };
}
