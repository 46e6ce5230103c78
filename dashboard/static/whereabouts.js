// @ts-check
/** Where everybody is at an instant: not seen yet, at a place, somewhere unknown, or gone. The twin of `geo/track.py`. Pure. */
import { counted, say } from './say.js';
import { placed } from './story.js';
import { appearances } from './tracks.js';

const [MINUTE, HOUR, DAY, YEAR] = [60, 3600, 86_400, 365.25 * 86_400];

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{start: Int32Array, list: Int32Array, before: Int32Array, after: Int32Array, end: Int32Array}} Lives the events
 *   person p is present at are `list` from `start[p]` to `start[p + 1]`, in order of time; beside each the nearest one of the
 *   same person up to it (`before`) and from it on (`after`) whose place is on the map, or -1; `end` is by person the
 *   event their story ends with, of several the one that is over first, or -1
 * @typedef {'not_seen_yet' | 'at_place' | 'unknown_place' | 'gone'} Status
 * @typedef {{status: Status, event: number, known: number, next: number, nextKnown: number, present: boolean}} Whereabouts
 *   events or -1: `event` is the last one they were present at, `next` the first to come; `known` and `nextKnown` are the
 *   nearest such whose place is on the map; `present` says that `event` is under way
 */

/**
 * Everybody's events, made once a story.
 * @param {Story} story @param {boolean} [stated] only events whose time the story states count
 * @returns {Lives}
 */
export function lives(story, stated = false) {
  const counts = (/** @type {number} */ e) => !stated || story.basis[e] === 'stated';
  const { start, list } = appearances(story, story.people.n, counts);
  const before = new Int32Array(list.length).fill(-1);
  const after = new Int32Array(list.length).fill(-1);
  for (let p = 0; p < story.people.n; p++) {
    for (let i = start[p], last = -1; i < start[p + 1]; i++) before[i] = last = placed(story, list[i]) ? list[i] : last;
    for (let i = start[p + 1] - 1, next = -1; i >= start[p]; i--) after[i] = next = placed(story, list[i]) ? list[i] : next;
  }
  const { until, goneStart, goneList } = story;
  const end = new Int32Array(story.people.n).fill(-1);
  for (let e = 0; e < story.n; e++) {
    if (!counts(e)) continue;
    for (let i = goneStart[e]; i < goneStart[e + 1]; i++) {
      const known = end[goneList[i]];
      if (known < 0 || until[e] < until[known]) end[goneList[i]] = e;
    }
  }
  return { start, list, before, after, end };
}

/**
 * Where a person is at the instant `t`. An event that begins at `t` counts; one that ends at `t` is over. Whose story
 * ends with an event is still there while it lasts and at its very instant, and gone afterwards.
 * @param {Lives} lives @param {Story} story @param {number} person @param {number} t
 * @returns {Whereabouts}
 */
export function whereabouts({ start, list, before, after, end }, story, person, t) {
  const { at, until } = story;
  const [first, beyond] = [start[person], start[person + 1]];
  let low = first;
  let high = beyond;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at[list[middle]] <= t) low = middle + 1;
    else high = middle;
  }
  const next = low < beyond ? list[low] : -1;
  const nextKnown = low < beyond ? after[low] : -1;
  if (low === first) return { status: 'not_seen_yet', event: -1, known: -1, next, nextKnown, present: false };
  const event = list[low - 1];
  const known = before[low - 1];
  const last = end[person];
  const gone = last >= 0 && at[last] < t && until[last] <= t;
  const status = gone ? 'gone' : known === event ? 'at_place' : 'unknown_place';
  return { status, event, known, next, nextKnown, present: !gone && (t < until[event] || t === at[event]) };
}

/**
 * How much is not known of where somebody is, in metres around their last known place: its radius and what is walked
 * since they were seen there, up to a bound of the story's. A measure of doubt, not a promise: a car is faster.
 * @param {Story} story @param {Whereabouts} found @param {number} t
 */
export function doubt(story, { status, known }, t) {
  if (known < 0) return NaN;
  const { kmh, bound_m: bound } = story.wander;
  const walked = status === 'gone' ? 0 : (since(story, known, t) * kmh) / 3.6;
  return (story.places.radius[story.place[known]] || 0) + Math.min(walked, bound);
}

/** Seconds since the end of event `e`; 0 while it is under way. @param {Story} story @param {number} e @param {number} t */
export const since = ({ until }, e, t) => Math.max(0, t - until[e]);

/** A length of time as people say it, whole units rounded down: "40 s", "12 min", "3 h 20 min", "2 days", "4 years". @param {number} seconds */
export function lengthWords(seconds) {
  if (seconds < MINUTE) return `${Math.floor(seconds)} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < DAY) {
    const hours = Math.floor(seconds / HOUR);
    const minutes = Math.floor((seconds % HOUR) / MINUTE);
    return minutes && hours < 10 ? `${hours} h ${minutes} min` : `${hours} h`;
  }
  if (seconds < 2 * YEAR) return counted(Math.floor(seconds / DAY), '{n} day|{n} days');
  return counted(Math.floor(seconds / YEAR), '{n} year|{n} years');
}

/** A length of time nobody knows to the minute, rounded: "25 min", "3 h". @param {number} seconds */
function roughly(seconds) {
  const unit = seconds < 10 * MINUTE ? MINUTE : seconds < 57.5 * MINUTE ? 5 * MINUTE : seconds < DAY ? HOUR : 1;
  return lengthWords(Math.max(1, Math.round(seconds / unit)) * unit);
}

/**
 * "now", "12 min ago", and "about 10 min ago" where the time itself is not exact.
 * @param {number} seconds @param {boolean} exact
 */
export function agoWords(seconds, exact) {
  if (seconds < 1) return say('now');
  return exact ? say('{length} ago', { length: lengthWords(seconds) }) : say('about {length} ago', { length: roughly(seconds) });
}

/** "in 12 min", "in about 10 min". @param {number} seconds @param {boolean} exact */
export function aheadWords(seconds, exact) {
  return exact ? say('in {length}', { length: lengthWords(seconds) }) : say('in about {length}', { length: roughly(seconds) });
}
