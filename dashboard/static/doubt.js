// @ts-check
/** Which part of the timeline an event may lie in: thin bars from the earliest to the latest time it can have. */
import { position } from './clock.js';
import { element } from './dom.js';

/** At most so many rows of windows fit under the bars; a window that finds no free row is in the last one. */
const ROWS = 3;

/**
 * The windows in which events may lie, each once, in rows so that those beside each other do not touch.
 * @param {import('./story.js').Story} story @param {Int32Array} selection @param {(t: number) => number} along pixels of an instant
 * @returns {{left: number, right: number, row: number}[]}
 */
export function windows(story, selection, along) {
  /** @type {Map<string, [number, number]>} */
  const found = new Map();
  for (const e of selection) {
    const [from, to] = [story.earliest[e], story.latest[e]];
    if (to > from) found.set(`${from} ${to}`, [along(from), along(to)]);
  }
  const ends = new Array(ROWS).fill(-Infinity);
  return [...found.values()]
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .map(([left, right]) => {
      const free = ends.findIndex((end) => end + 2 <= left);
      const row = free < 0 ? ROWS - 1 : free;
      ends[row] = Math.max(ends[row], right);
      return { left, right, row };
    });
}

/**
 * @param {import('./story.js').Story} story
 * @param {number} pad pixels before the first instant
 */
export function whiskers(story, pad) {
  const current = element('div', { class: 'cb-tl-whisker', hidden: true });
  const hovered = element('div', { class: 'cb-tl-whisker cb-tl-whisker-hovered', hidden: true });

  /** @param {HTMLElement} node @param {number} e @param {import('./story.js').Scale} scale @param {number} width */
  function place(node, e, scale, width) {
    const known = e >= 0 && e < story.n && story.latest[e] > story.earliest[e];
    node.hidden = !known;
    if (!known) return;
    const [from, to] = [position(scale, story.earliest[e]) * width, position(scale, story.latest[e]) * width];
    node.style.transform = `translateX(${pad + from}px)`;
    node.style.width = `${Math.max(2, to - from)}px`;
  }
  return {
    nodes: [current, hovered],
    /** @param {import('./story.js').Story} next */
    use: (next) => (story = next),
    /** @param {{event: number, hover: number}} view @param {import('./story.js').Scale} scale @param {number} width */
    render({ event, hover }, scale, width) {
      place(current, event, scale, width);
      place(hovered, hover === event ? -1 : hover, scale, width);
    },
  };
}
