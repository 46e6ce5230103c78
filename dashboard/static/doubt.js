// @ts-check
/** Which part of the timeline an event may lie in: thin bars from the earliest to the latest time it can have. */
import { position } from './clock.js';
import { element } from './dom.js';

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
    /** @param {{event: number, hover: number}} view @param {import('./story.js').Scale} scale @param {number} width */
    render({ event, hover }, scale, width) {
      place(current, event, scale, width);
      place(hovered, hover === event ? -1 : hover, scale, width);
    },
  };
}
