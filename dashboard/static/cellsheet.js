// @ts-check
/** The cells of a large story on paper and in a saved picture: discs, the ways of chosen people, and the largest in a list. */
import { covered, drawCells, laid } from './celldiscs.js';
import { partsOf } from './cells.js';
import { eventWords, middle, mostlyWords, whereWords } from './cellwords.js';
import { element } from './dom.js';
import { palette } from './marks.js';
import { boundsOf } from './mercator.js';
import { plan } from './plan.js';
import { counted, say } from './say.js';

/** So many cells are listed at most: a page of them. */
const MOST = 60;
const NONE = new Int32Array(0);

/**
 * Draws on a map what a large story has there instead of the events of the board's own story.
 * @param {import('./celldiscs.js').Sizes | null} sizes null where events are shown one by one
 * @param {import('./story.js').Story | null} people the story of those chosen @param {{t: number, crew: Set<number>}} view
 * @returns {import('./plan.js').Over}
 */
export function over(sizes, people, { t, crew }) {
  return (context, camera, look, blocked) => {
    if (sizes) drawCells(context, laid(sizes, camera), sizes.counted, palette(look.theme, look.font));
    const moment = { shown: NONE, t, event: -1, crew, stated: false, everybody: false };
    const ways = people && crew.size ? plan(people, null).drawnStory(context, camera, moment, { ...look, numbers: undefined }, blocked) : [];
    return sizes ? [...covered(sizes.cells, camera), ...ways] : ways;
  };
}

/**
 * The cells in view that have the most events now, the largest first.
 * @param {import('./celldiscs.js').Sizes} sizes @param {import('./cells.js').Range} range @param {import('./mercator.js').Seen | null} seen
 * @param {{label: string}[]} groups @param {import('./cellwords.js').Known[]} known
 * @returns {HTMLElement[]}
 */
export function largestCells({ cells, counted: { count } }, range, seen, groups, known) {
  const [west, south, east, north] = seen ? boundsOf(seen) : [-180, -90, 180, 90];
  const inside = (/** @type {{lat: number, lon: number}} */ { lat, lon }) => lat >= south && lat <= north && lon >= west && lon <= east;
  const found = Array.from({ length: cells.n }, (_, cell) => cell).filter((cell) => count[cell] && inside(middle(cells, cell)));
  const listed = found.sort((a, b) => count[b] - count[a] || a - b).slice(0, MOST);
  const heading = found.length > MOST ? say('The {n} cells with the most events, of {all}', { n: MOST, all: found.length }) : counted(found.length, '{n} cell|{n} cells');
  return [
    element('h2', {}, heading),
    element(
      'ol',
      { 'aria-label': say('Cells') },
      ...listed.map((cell) => {
        const told = [eventWords(count[cell]), mostlyWords(partsOf(cells, cell, range), groups)].filter(Boolean).join(', ');
        return element('li', { 'data-cell': cell, class: 'cb-ho-cell' }, element('div', {}, element('b', {}, whereWords(middle(cells, cell), known)), element('p', {}, told)));
      }),
    ),
  ];
}
