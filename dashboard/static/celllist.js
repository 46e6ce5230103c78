// @ts-check
/** The list of the cells in view: the twin of the map for the keyboard, those with most events first. */
import { eventWords, middle, mostlyWords, whereWords } from './cellwords.js';
import { partsOf } from './cells.js';
import { element, setAttribute, setText } from './dom.js';
import { counted, say } from './say.js';

/** So many rows at most: whoever looks for a smaller cell goes closer. */
export const MOST = 1000;
/** From this many rows on, those out of sight are not laid out. */
const WHOLE = 300;
/** How long the list leaves the reader alone after they scrolled it, in milliseconds. */
const HANDS_OFF = 4000;

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {import('./cells.js').Cells} Cells
 * @typedef {{item: HTMLElement, button: HTMLElement, count: HTMLElement, bar: HTMLElement, mostly: HTMLElement}} Row
 */

/** The cells with most events in the whole answer, so that the order stays while time moves. @param {Pick<Cells, 'n' | 'whole'>} cells @param {number} [most] */
export function largestFirst({ n, whole }, most = MOST) {
  const order = Array.from({ length: n }, (_, cell) => cell).sort((a, b) => whole[b] - whole[a] || a - b);
  order.length = Math.min(n, most);
  return order;
}

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
  /** @type {Set<number>} */
  const inSight = new Set();
  /** @type {number[]} */
  let order = [];
  let followed = -2;
  let stopped = -1;
  let pointed = -1;
  let handsOffUntil = 0;
  const watcher = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) inSight[isIntersecting ? 'add' : 'delete'](Number(target.getAttribute('data-cell')));
    },
    { root: scroller, rootMargin: '25%' },
  );

  /** @param {Cells} cells @param {number} cell @returns {Row} */
  function row(cells, cell) {
    const title = element('span', { class: 'cb-row-title' }, whereWords(middle(cells, cell), on.known));
    const count = element('span', { class: 'cb-row-when' });
    const mostly = element('span', { class: 'cb-row-place' });
    const bar = element('i', { 'aria-hidden': 'true' });
    const button = element('button', { type: 'button', class: 'cb-row', tabIndex: -1 }, title, count, mostly, element('span', { class: 'cb-cell-bar' }, bar));
    return { item: element('li', { class: 'cb-item', 'data-cell': cell }, button), button, count, bar, mostly };
  }

  function build() {
    const { cells } = story;
    const focused = rows.contains(document.activeElement?.closest('.cb-row') ?? null);
    watcher.disconnect();
    items.clear();
    inSight.clear();
    [followed, stopped, pointed] = [-2, -1, -1];
    scroller.hidden = !cells;
    order = cells ? largestFirst(cells) : [];
    rows.classList.toggle('cb-many', order.length > WHOLE);
    if (cells) for (const cell of order) items.set(cell, row(cells, cell));
    rows.replaceChildren(...Array.from(items.values(), ({ item }) => item));
    for (const { item } of items.values()) watcher.observe(item);
    if (!cells) return;
    const more = cells.n - order.length;
    rest.hidden = cells.n > 0 && !more;
    setText(
      rest,
      more
        ? counted(more, '{n} more cell has fewer events; zoom in to list it.|{n} more cells have fewer events; zoom in to list them.')
        : say('No event passes the filter here. Move the map, choose other people or clear the search.'),
    );
    scroller.scrollTop = 0;
    stop(order[0] ?? -1);
    if (focused) items.get(stopped)?.button.focus({ preventScroll: true });
  }

  /** One stop of the tab key; arrow keys go on from there. @param {number} cell */
  function stop(cell) {
    if (cell === stopped) return;
    items.get(stopped)?.button.setAttribute('tabindex', '-1');
    items.get(cell)?.button.setAttribute('tabindex', '0');
    stopped = cell;
  }

  /** @param {number} cell @param {boolean} smooth */
  function follow(cell, smooth) {
    const item = items.get(cell)?.item;
    if (!item || performance.now() < handsOffUntil || root.offsetParent === null) return;
    const [top, height, view] = [item.offsetTop, item.offsetHeight, scroller.clientHeight];
    if (top >= scroller.scrollTop + 8 && top + height <= scroller.scrollTop + view - 8) return;
    const goal = height > view * 0.6 ? top : Math.max(top + height - view + 8, top - (view - height) * 0.4);
    scroller.scrollTo({ top: goal, behavior: smooth ? 'smooth' : 'instant' });
  }

  /** @param {Event} event @returns {number} */
  const cellOf = (event) => Number(/** @type {HTMLElement} */ (event.target).closest?.('[data-cell]')?.getAttribute('data-cell') ?? -1);
  const onRow = (/** @type {Event} */ event) => /** @type {HTMLElement} */ (event.target).closest('.cb-row') !== null;
  const listeners = {
    /** @param {Event} event */
    click(event) {
      if (onRow(event)) on.pick(cellOf(event));
    },
    /** @param {Event} event */
    dblclick(event) {
      if (onRow(event)) on.closer(cellOf(event));
    },
    /** @param {Event} event */
    pointerover: (event) => on.hover(cellOf(event)),
    pointerleave: () => on.hover(-1),
    /** @param {Event} event */
    focusin(event) {
      stop(cellOf(event));
      on.hover(cellOf(event));
    },
    /** @param {KeyboardEvent} event */
    keydown(event) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (!step || !/** @type {HTMLElement} */ (event.target).classList.contains('cb-row')) return;
      const next = items.get(order[order.indexOf(cellOf(event)) + step]);
      if (!next) return;
      event.preventDefault();
      next.button.focus();
    },
  };
  for (const [name, listener] of Object.entries(listeners)) rows.addEventListener(name, /** @type {any} */ (listener));
  const touched = () => (handsOffUntil = performance.now() + HANDS_OFF);
  scroller.addEventListener('wheel', touched, { passive: true });
  scroller.addEventListener('touchmove', touched, { passive: true });
  if (story.cells) build();

  return {
    /** @param {Story} next */
    use(next) {
      story = next;
      build();
    },
    /** Forgets that the reader scrolled, so that the next cell chosen on the map may be followed. */
    release: () => (handsOffUntil = 0),
    /**
     * @param {any} view @param {import('./cells.js').Counted} tally of `range` @param {import('./cells.js').Range} range
     * @param {{moving: boolean, still: boolean, ever: number, within: HTMLElement | null}} how `moving` while time runs; `still` then, or
     *   where no motion is wanted: jumps instead of gliding; `ever` is the count that a full bar stands for; `within` is the card where
     *   it opens in its row
     */
    render(view, tally, range, { moving, still, ever, within }) {
      const { cells } = story;
      if (!cells) return;
      const paint = (/** @type {number} */ cell) => {
        const own = items.get(cell);
        if (!own) return;
        const now = tally.count[cell];
        own.item.classList.toggle('cb-off', !now);
        own.item.style.setProperty('--c', `var(--g${tally.group[cell]})`);
        own.bar.style.transform = `scaleX(${Math.min(1, now / Math.max(1, ever))})`;
        setText(own.count, eventWords(now));
        setText(own.mostly, now ? mostlyWords(partsOf(cells, cell, range), story.groups) : '');
      };
      // Rows out of sight hear how things stand when time has come to rest.
      (moving && followed !== -2 ? inSight : order).forEach(paint);
      if (pointed !== view.hoverCell) {
        items.get(pointed)?.item.classList.remove('cb-hovered');
        items.get((pointed = view.hoverCell))?.item.classList.add('cb-hovered');
      }
      const chosen = items.get(view.cell);
      if (within && chosen && within.parentElement !== chosen.item) chosen.item.append(within);
      if (view.cell === followed) return;
      const before = items.get(followed);
      if (before) setAttribute(before.item, 'aria-current', null);
      if (chosen) {
        setAttribute(chosen.item, 'aria-current', 'true');
        if (!rows.contains(document.activeElement)) stop(view.cell);
        follow(view.cell, followed !== -2 && !still);
      }
      followed = view.cell;
    },
    destroy() {
      watcher.disconnect();
      for (const [name, listener] of Object.entries(listeners)) rows.removeEventListener(name, /** @type {any} */ (listener));
      scroller.removeEventListener('wheel', touched);
      scroller.removeEventListener('touchmove', touched);
      scroller.remove();
    },
  };
}
