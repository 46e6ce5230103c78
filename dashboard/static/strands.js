// @ts-check
/** The storylines as SVG nodes: drawn once for a filter, scale and size; a step of time only toggles their classes. */
import { say } from './say.js';
import { present, remote } from './story.js';
import { whenOf } from './when.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {import('./weave.js').Strand} Strand
 * @typedef {import('./weave.js').Capsule} Capsule
 */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} tag @param {Record<string, string | number | null>} [attributes] null ones are left out
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/**
 * What an event says to those who hear it: when, what, who was there, who from elsewhere, where.
 * @param {Story} story @param {number} e
 */
export function spoken(story, e) {
  const names = (/** @type {Int32Array} */ people) => Array.from(people, (p) => story.people.name[p]).join(', ');
  const [here, elsewhere] = [names(present(story, e)), names(remote(story, e))];
  const place = story.place[e] >= 0 ? story.places.name[story.place[e]] : say('place not known');
  const far = elsewhere && say('from elsewhere: {people}', { people: elsewhere });
  return [`${whenOf(story, e)}: ${story.title[e]}`, here || say('nobody named'), far, place].filter(Boolean).join('. ');
}

/** @param {Story} story @param {Strand} strand */
export function drawnStrand(story, { person, line, away, end }) {
  const { x, y, gone } = end;
  return svg(
    'g',
    { class: 'cb-sl-strand', 'data-person': person, style: `--c: var(--g${story.people.group[person]})` },
    svg('path', { class: 'cb-sl-away', d: away }),
    svg('path', { class: 'cb-sl-line', d: line }),
    ...(gone ? [svg('path', { class: 'cb-sl-end', d: `M${x} ${y - 6}v12` })] : []),
    svg('path', { class: 'cb-sl-touch', d: line }),
  );
}

/** The names of one person along their line. @param {Story} story @param {Strand} strand */
export function drawnNames(story, { person, names }) {
  return names.map(({ x, y }) =>
    svg(
      'text',
      { class: 'cb-sl-name', 'data-person': person, x: x - 5, y: y + 4, 'text-anchor': 'end', style: `--c: var(--g${story.people.group[person]})` },
      story.people.short[person],
    ),
  );
}

/**
 * @param {Story} story @param {Capsule} capsule
 * @param {{width: number, foot: number}} size `width` of a capsule, and where events lie that have nobody drawn
 */
export function drawnCapsule(story, { event, x, top, bottom, here, elsewhere }, { width, foot }) {
  const empty = !here.length;
  const [from, to] = empty ? [foot, foot] : [top, bottom];
  const half = width / 2;
  const reach = Math.max(half, 6);
  const ends = [...elsewhere.map((dot) => dot.y), ...(empty && !elsewhere.length ? [] : [from, to])];
  const colour = (/** @type {number} */ person) => `--c: var(--g${story.people.group[person]})`;
  return svg(
    'g',
    {
      class: `cb-sl-event${empty ? ' cb-sl-nobody' : ''}${story.place[event] < 0 ? ' cb-sl-nowhere' : ''}`,
      'data-event': event,
      role: 'button',
      tabindex: -1,
      'aria-label': spoken(story, event),
    },
    ...(elsewhere.length ? [svg('path', { class: 'cb-sl-reach', d: `M${x} ${Math.min(...ends)}V${Math.max(...ends)}` })] : []),
    svg('rect', { class: 'cb-sl-hit', x: x - reach, y: from - 11, width: 2 * reach, height: to - from + 22 }),
    svg('rect', { class: 'cb-sl-capsule', x: x - half, y: from - half - 2, width, height: to - from + width + 4, rx: half }),
    ...here.map(({ person, y }) => svg('circle', { class: 'cb-sl-dot', 'data-person': person, cx: x, cy: y, r: Math.min(2.6, half - 0.8), style: colour(person) })),
    ...elsewhere.map(({ person, y }) => svg('circle', { class: 'cb-sl-far', 'data-person': person, cx: x, cy: y, r: Math.min(3, half), style: colour(person) })),
  );
}

/**
 * Lines down from the marks of the axis, and a zigzag on the axis where time is squeezed.
 * @param {number[]} marks @param {number[]} breaks pixels @param {number} height
 */
export function drawnAxis(marks, breaks, height) {
  const grid = marks.map((x) => `M${Math.round(x) + 0.5} 0V${height}`).join('');
  const zigzags = breaks.map((x) => `M${x - 6} 0l3 -4 4 8 4 -8 3 4`).join('');
  return svg('g', { 'aria-hidden': 'true' }, svg('path', { class: 'cb-sl-grid', d: grid }), svg('path', { class: 'cb-sl-break', d: zigzags }));
}
