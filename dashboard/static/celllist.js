// @ts-check
/** The list of the cells in view: the twin of the map for the keyboard, those with most events first. */
import { eventWords, middle, mostlyWords, whereWords } from './cellwords.js';
import { partsOf } from './cells.js';
import { element, setAttribute, setText } from './dom.js';
import { say } from './say.js';

/** So many rows at most: whoever looks for a smaller cell goes closer. */
const MOST = 300;

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{item: HTMLElement, button: HTMLElement, count: HTMLElement, bar: HTMLElement, mostly: HTMLElement, said: string}} Row
 */

/**
 * @param {HTMLElement} root @param {Story} story
 * @param {{pick(cell: number): void, hover(cell: number): void, closer(cell: number): void, known: import('./cellwords.js').Known[]}} on
 */
export function cellList(root, story, on) {
  const rows = element('ol', { class: 'cb-rows cb-cell-rows', role: 'list', 'aria-label': say('Cells') });
  const rest = element('p', { class: 'cb-empty', hidden: true });
  const scroller = element('div', { class: 'cb-scroller', hidden: true }, rows, rest);
  root.append(scroller);
  /** @type {Map<number, Row>} */
  const items = new Map();
  /** @type {number[]} */
  let order = [];
  let largest = 1;
  let followed = -1;

  /** @param {number} cell @returns {Row} */
  function row(cell) {
    const cells = /** @type {import('./cells.js').Cells} */ (story.cells);
    const where = whereWords(middle(cells, cell), on.known);
    const count = element('span', { class: 'cb-row-when' });
    const mostly = element('span', { class: 'cb-row-place' });
    const bar = element('i', { 'aria-hidden': 'true' });
    const title = element('span', { class: 'cb-row-title' }, where);
    const button = element('button', { type: 'button', class: 'cb-row', tabIndex: -1 }, title, count, mostly, element('span', { class: 'cb-cell-bar' }, bar));
    return { item: element('li', { class: 'cb-item', 'data-cell': cell }, button), button, count, bar, mostly, said: '' };
  }

  function build() {
    items.clear();
    followed = -1;
    const { cells } = story;
    scroller.hidden = !cells;
    if (!cells) return rows.replaceChildren();
    order = Array.from({ length: cells.n }, (_, cell) => cell).sort((a, b) => cells.whole[b] - cells.whole[a] || a - b);
    rest.hidden = cells.n > 0 && cells.n <= MOST;
    setText(rest, cells.n ? say('{n} more cells have fewer events; zoom in to list them.', { n: cells.n - MOST }) : say('No event passes the filter here. Move the map, choose other people or clear the search.'));
    order.length = Math.min(order.length, MOST);
    largest = cells.whole[order[0]] ?? 1;
    for (const cell of order) items.set(cell, row(cell));
    rows.replaceChildren(...Array.from(items.values(), ({ item }) => item));
    stop(order[0]);
  }

  /** One stop of the tab key. @param {number} cell */
  function stop(cell) {
    for (const [own, { button }] of items) button.tabIndex = own === cell ? 0 : -1;
  }

  /** @param {Event} event @returns {number} */
  const cellOf = (event) => Number(/** @type {HTMLElement} */ (event.target).closest?.('[data-cell]')?.getAttribute('data-cell') ?? -1);
  const listeners = {
    /** @param {Event} event */
    click(event) {
      if (/** @type {HTMLElement} */ (event.target).closest('.cb-row')) on.pick(cellOf(event));
    },
    /** @param {Event} event */
    dblclick(event) {
      if (/** @type {HTMLElement} */ (event.target).closest('.cb-row')) on.closer(cellOf(event));
    },
    /** @param {Event} event */
    pointerover: (event) => on.hover(cellOf(event)),
    pointerleave: () => on.hover(-1),
    /** @param {Event} event */
    focusin(event) {
      if (items.has(cellOf(event))) stop(cellOf(event));
      on.hover(cellOf(event));
    },
    /** @param {KeyboardEvent} event */
    keydown(event) {
      const way = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      const at = order.indexOf(cellOf(event));
      if (!way || at < 0 || !/** @type {HTMLElement} */ (event.target).classList.contains('cb-row')) return;
      const next = items.get(order[at + way]);
      if (!next) return;
      event.preventDefault();
      next.button.focus();
    },
  };
  for (const [name, listener] of Object.entries(listeners)) rows.addEventListener(name, /** @type {any} */ (listener));

  return {
    /** @param {Story} next */
    use(next) {
      story = next;
      build();
    },
    /**
     * @param {any} view @param {import('./cells.js').Counted} counted @param {import('./cells.js').Range} range
     * @param {{still: boolean, within: HTMLElement | null}} how `within` is the card where it opens in its row
     */
    render(view, counted, range, { within }) {
      const { cells } = story;
      if (!cells) return;
      for (const [cell, { item, count, bar, mostly }] of items) {
        const now = counted.count[cell];
        item.classList.toggle('cb-off', !now);
        item.classList.toggle('cb-hovered', view.hoverCell === cell);
        setAttribute(item, 'aria-current', view.cell === cell ? 'true' : null);
        setText(count, eventWords(now));
        bar.style.width = `${(100 * now) / largest}%`;
        const part = counted.group[cell];
        setAttribute(item, 'style', `--c: var(--g${part < story.groups.length ? part : 'x'}, var(--mute))`);
        setText(mostly, now ? mostlyWords(partsOf(cells, cell, range), story.groups) : '');
      }
      const chosen = items.get(view.cell);
      if (within && chosen && within.parentElement !== chosen.item) chosen.item.append(within);
      if (view.cell !== followed) {
        followed = view.cell;
        chosen?.item.scrollIntoView({ block: 'nearest' });
      }
    },
    release() {},
    destroy() {
      for (const [name, listener] of Object.entries(listeners)) rows.removeEventListener(name, /** @type {any} */ (listener));
      scroller.remove();
    },
  };
}
