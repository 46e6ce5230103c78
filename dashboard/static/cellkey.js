// @ts-check
/** The legend of the cells on the map: how many events a disc of a size stands for, and what its colour says. */
import { radiusFor } from './celldiscs.js';
import { eventWords } from './cellwords.js';
import { element, setText } from './dom.js';
import { figures, say } from './say.js';

/** A disc so small, in pixels, is not told apart from a smaller one. */
const LEAST = 2.5;
/** Of the largest disc, what the others stand for at most: each half as wide as the one before, or less. */
const PARTS = [4, 20];

/** The largest of 1, 2, 5, 10, 20, … that is not more than `count`; nothing below 1. @param {number} count */
export function rounded(count) {
  if (count < 1) return 0;
  const unit = 10 ** Math.floor(Math.log10(count) + 1e-9);
  return unit * (count >= 5 * unit ? 5 : count >= 2 * unit ? 2 : 1);
}

/**
 * The counts that are shown, the largest first: the one of the largest disc as it is, the others round.
 * @param {number} ever the count of the largest disc @param {number} radius of it, in pixels
 */
export function keyCounts(ever, radius) {
  if (ever < 1 || !(radius > 0)) return [];
  const others = PARTS.map((part) => rounded(ever / part)).filter((count, i, all) => count > 0 && count !== all[i - 1]);
  return [ever, ...others.filter((count) => radiusFor(count, ever, radius) >= LEAST)];
}

/** The legend in words. @param {number} ever what the largest disc stands for @param {{label: string}[]} groups */
export function keyWords(ever, groups) {
  const largest = ever ? say('The largest disc: {events}', { events: eventWords(ever) }) : '';
  return [largest, groups.length > 1 && say('Colour: the group with most events')].filter(Boolean).join(' · ');
}

/**
 * A legend in the corner of the map. `render(ever, radius)` says that the largest disc, of that radius in pixels, stands for so
 * many events; it costs nothing while both stay. Hidden where there are no discs: `render(0, 0)`.
 * @param {HTMLElement} root the map @param {{label: string}[]} groups of the story; colours are explained where there are several
 */
export function cellKey(root, groups) {
  const discs = element('div', { class: 'cb-key-discs', 'aria-hidden': 'true' });
  const said = element('span', { class: 'cb-unseen' });
  const colour = groups.length > 1 && element('p', {}, say('Colour: the group with most events'));
  const node = element('div', { class: 'cb-cell-key', role: 'note', 'aria-label': say('Legend'), hidden: true }, discs, said, colour);
  root.append(node);
  let drawn = '';

  return {
    node,
    /** @param {number} ever what the largest disc stands for @param {number} radius of it on the map now */
    render(ever, radius) {
      const key = `${ever} ${radius.toFixed(1)}`;
      if (key === drawn) return;
      drawn = key;
      const counts = keyCounts(ever, radius);
      node.hidden = counts.length === 0;
      setText(said, say('The largest disc: {events}', { events: eventWords(ever) }));
      discs.replaceChildren(
        ...counts.flatMap((count, i) => {
          const size = 2 * radiusFor(count, ever, radius);
          return [element('i', { style: `width: ${size}px; height: ${size}px` }), element('span', {}, i ? figures(count) : eventWords(count))];
        }),
      );
    },
    destroy: () => node.remove(),
  };
}
