// @ts-check
/** The card of one cell: where, how many events of whom, from when to when. */
import { beginning, partsOf, reach } from './cells.js';
import { eventWords, middle, whereWords, within } from './cellwords.js';
import { words } from './clock.js';
import { element, setText } from './dom.js';
import { say } from './say.js';

/** Steps of time begin at odd seconds. */
const MINUTE = 60;

/**
 * @param {import('./story.js').Story} story
 * @param {{close(): void, closer(cell: number): void, link: (() => void) | null, known: import('./cellwords.js').Known[]}} on
 */
export function cellCard(story, on) {
  let shown = -1;
  let told = '';
  const where = element('h2', {});
  const count = element('b', {});
  const radius = element('span', { class: 'cb-badge', title: say('Every event of the cell lies inside this radius') });
  const when = element('p', { class: 'cb-fact' });
  const shares = element('ul', { class: 'cb-shares', role: 'list', 'aria-label': say('Events by group') });
  const node = element(
    'section',
    { class: 'cb-card cb-cell-card', role: 'region', 'aria-label': say('Cell'), hidden: true },
    element('button', { type: 'button', class: 'cb-close', 'aria-label': say('Close the card'), click: on.close }, '\u00d7'),
    where,
    element('p', { class: 'cb-fact' }, count, ' ', radius),
    when,
    shares,
    element(
      'div',
      { class: 'cb-card-foot' },
      element('button', { type: 'button', class: 'cb-small', title: say('Zoom in on this cell'), click: () => on.closer(shown) }, say('Closer')),
      on.link && element('button', { type: 'button', class: 'cb-small', click: on.link }, say('Link to this view')),
    ),
  );
  /** @type {{part: number, item: HTMLElement, count: HTMLElement, bar: HTMLElement}[]} */
  let rows = [];

  /** What of the card stays while time moves. @param {import('./cells.js').Cells} cells @param {number} cell */
  function build(cells, cell) {
    shown = cell;
    const point = middle(cells, cell);
    setText(where, whereWords(point, on.known));
    setText(radius, `\u00b1 ${within(point.radius)}`);
    const whole = partsOf(cells, cell, { low: 0, high: cells.steps });
    const parts = whole.map((_, part) => part).filter((part) => whole[part]);
    parts.sort((a, b) => whole[b] - whole[a] || a - b);
    rows = parts.map((part) => {
      const own = { part, count: element('span', { class: 'cb-count' }), bar: element('i', { 'aria-hidden': 'true' }) };
      const label = element('span', {}, story.groups[part]?.label ?? say('Nobody of a group'));
      return { ...own, item: element('li', { style: `--c: var(--g${part})` }, label, own.count, own.bar) };
    });
    shares.replaceChildren(...rows.map(({ item }) => item));
  }

  /** From the beginning of the first step to the end of the last one, to the minute; nothing where there is none. @param {import('./cells.js').Cells} cells @param {{first: number, last: number} | null} found */
  function whenWords(cells, found) {
    if (!found) return '';
    const { kind } = story.clock;
    const [from, to] = [found.first, found.last + 1].map((step) => words(Math.round(beginning(cells, step) / MINUTE) * MINUTE, kind));
    return from === to ? from : say('{from} to {to}', { from, to });
  }

  return {
    node,
    /** From the next render on cells of another answer are told. @param {import('./story.js').Story} next */
    use(next) {
      story = next;
      shown = -1;
      told = '';
    },
    /** @param {number} cell @param {any} view @param {import('./cells.js').Counted} counted @param {import('./cells.js').Range} range */
    render(cell, view, counted, range) {
      const { cells } = story;
      const key = `${cell} ${range.low} ${range.high}`;
      if (!cells || cell < 0 || key === told) return;
      told = key;
      if (cell !== shown) build(cells, cell);
      const [now, all] = [counted.count[cell], cells.whole[cell]];
      setText(count, now === all ? eventWords(now) : say('{shown} of {events}', { shown: now, events: eventWords(all) }));
      setText(when, whenWords(cells, reach(cells, cell, range)));
      const parts = partsOf(cells, cell, range);
      const most = Math.max(1, ...parts);
      for (const row of rows) {
        setText(row.count, eventWords(parts[row.part]));
        row.bar.style.width = `${(100 * parts[row.part]) / most}%`;
        row.item.classList.toggle('cb-off', !parts[row.part]);
      }
    },
    destroy: () => node.remove(),
  };
}
