// @ts-check
/** Which event comes next: by one, by chapter, from wherever the viewer is. Pure. */
import { countUpTo } from './select.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{t: number, event: number}} Where `event` is -1 between events
 */

/**
 * The selected event `delta` steps from where the viewer is; the first or the last one at the ends, -1 when none is selected.
 * @param {Story} story @param {Int32Array} selection @param {Where} where @param {number} delta
 */
export function stepped(story, selection, { t, event }, delta) {
  if (!selection.length) return -1;
  const here = selection.indexOf(event);
  const after = countUpTo(story, selection, t);
  const next = here >= 0 ? here + delta : delta > 0 ? after : after - 1;
  return selection[Math.max(0, Math.min(selection.length - 1, next))];
}

/**
 * The first selected event of the next chapter (`delta` > 0), or of this one, or of the one before when already there.
 * @param {Story} story @param {Int32Array} selection @param {Where} where @param {number} delta
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
