// @ts-check
/** Which event comes next: by one, by chapter, from wherever the viewer is. Pure. */
import { currentEvent } from './select.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{t: number, event: number}} Where `event` is -1 between events
 */

/**
 * The event `delta` steps from where the viewer is, in the order in use; the first or the last one at the ends, -1 when
 * none is selected.
 * @param {Story} story @param {{selection: Int32Array, sequence: Int32Array}} chosen `sequence` is the selection in that order
 * @param {Where} where @param {number} delta
 */
export function stepped(story, { selection, sequence }, { t, event }, delta) {
  if (!sequence.length) return -1;
  const here = sequence.indexOf(event);
  const before = sequence.indexOf(currentEvent(story, selection, t));
  const next = here >= 0 ? here + delta : delta > 0 ? before + 1 : before;
  return sequence[Math.max(0, Math.min(sequence.length - 1, next))];
}

/**
 * The first selected event of the next chapter (`delta` > 0), or of this one, or of the one before when already there.
 * @param {Story} story @param {Int32Array} selection in the order in use @param {Where} where @param {number} delta
 */
export function chapterStepped(story, selection, { event }, delta) {
  if (!selection.length) return -1;
  const chapterAt = (/** @type {number} */ i) => story.chapter[selection[i]];
  const start = (/** @type {number} */ i) => {
    let first = i;
    while (first > 0 && chapterAt(first - 1) === chapterAt(i)) first--;
    return first;
  };
  const here = Math.max(0, selection.indexOf(event));
  if (delta < 0) return selection[start(here) < here ? start(here) : start(Math.max(0, here - 1))];
  let next = here;
  while (next < selection.length - 1 && chapterAt(next) === chapterAt(here)) next++;
  return selection[next];
}
