// @ts-check
/** The table of meetings: people by people, a number where two met, shaded by how often. */
import { element } from './dom.js';
import { counted, figures, say } from './say.js';
import { whenOf } from './when.js';

/** Percent of the accent in the cell of those who met least and most: the number stays readable on both. */
const [LEAST, MOST] = [12, 50];

/**
 * Fills the table.
 * @param {HTMLElement} table @param {import('./story.js').Story} story @param {import('./pairs.js').Meetings} meetings
 * @returns {Map<number, HTMLElement>} the button of every cell that has one, by row * people + column; none is in the tab order
 */
export function matrix(table, story, { people, counts, first, last }) {
  const n = people.length;
  const largest = Math.sqrt(counts.reduce((most, count) => Math.max(most, count), 1));
  const { name, short, group } = story.people;
  const opens = (/** @type {number} */ i) => (i > 0 && group[people[i]] !== group[people[i - 1]] ? ' cb-me-opens' : '');
  const head = (/** @type {number} */ i, /** @type {string} */ scope) =>
    element(
      'th',
      { scope, class: `cb-me-${scope}${opens(i)}`, style: `--c: var(--g${group[people[i]]})`, title: name[people[i]], 'data-at': i },
      element('span', {}, short[people[i]]),
    );
  /** @type {Map<number, HTMLElement>} */
  const cells = new Map();
  const cell = (/** @type {number} */ i, /** @type {number} */ j) => {
    const k = i * n + j;
    const style = { class: `${opens(j).trim()}${i === j ? ' cb-me-same' : ''}`.trim() || null };
    if (!counts[k]) return element('td', style);
    const two = say('{first} and {last}', { first: name[people[i]], last: name[people[j]] });
    const times = counted(counts[k], 'once: {first}|{n} times, first {first}, last {last}', { first: whenOf(story, first[k]), last: whenOf(story, last[k]) });
    const share = LEAST + ((Math.sqrt(counts[k]) - 1) / Math.max(1, largest - 1)) * (MOST - LEAST);
    const button = element(
      'button',
      { type: 'button', tabIndex: -1, 'data-cell': k, 'aria-pressed': 'false', 'aria-label': `${two}, ${times}`, title: `${two}: ${times}`, style: `--s: ${Math.round(share)}%` },
      figures(counts[k]),
    );
    cells.set(k, button);
    return element('td', style, button);
  };
  const columns = Array.from(people, (_, i) => i);
  table.replaceChildren(
    element('thead', {}, element('tr', {}, element('td', {}), ...columns.map((i) => head(i, 'col')))),
    element('tbody', {}, ...columns.map((i) => element('tr', { class: opens(i).trim() || null }, head(i, 'row'), ...columns.map((j) => cell(i, j))))),
  );
  return cells;
}
