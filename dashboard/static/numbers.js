// @ts-check
/** The numbers of a handout: one an event with a known place, the same in the list and on the map. Pure. */
import { placed } from './story.js';

/**
 * Numbers from 1 for the events that have a place with coordinates, in the order given; the others have 0.
 * @param {import('./story.js').Story} story @param {ArrayLike<number>} events
 * @returns {{numbers: Int32Array, at: Map<number, number[]>}} beside each event its number, and by place the numbers there
 */
export function numbered(story, events) {
  const numbers = new Int32Array(events.length);
  /** @type {Map<number, number[]>} */
  const at = new Map();
  let last = 0;
  for (let i = 0; i < events.length; i++) {
    if (!placed(story, events[i])) continue;
    numbers[i] = ++last;
    const place = story.place[events[i]];
    const known = at.get(place);
    if (known) known.push(last);
    else at.set(place, [last]);
  }
  return { numbers, at };
}

/** Rising numbers in few words: "1", "1, 2", "4–7, 9". @param {number[]} numbers @returns {string[]} the parts, without commas */
export function runs(numbers) {
  const parts = [];
  for (let i = 0; i < numbers.length; ) {
    let end = i;
    while (numbers[end + 1] === numbers[end] + 1) end++;
    if (end - i > 1) parts.push(`${numbers[i]}\u2013${numbers[end]}`);
    else for (let k = i; k <= end; k++) parts.push(String(numbers[k]));
    i = end + 1;
  }
  return parts;
}

/** The parts in lines of about `most` letters, a comma after each but the last. @param {string[]} parts @param {number} most */
export function lined(parts, most) {
  /** @type {string[]} */
  const lines = [];
  parts.forEach((part, i) => {
    const text = i < parts.length - 1 ? `${part},` : part;
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + 1 + text.length <= most) lines[last] += ` ${text}`;
    else lines.push(text);
  });
  return lines;
}
