// @ts-check
/** The card of one cell: where, how many events of whom, from when to when. */
import { beginning, partsOf, reach } from './cells.js';
import { eventWords, middle, whereWords, within } from './cellwords.js';
import { words } from './clock.js';
import { element } from './dom.js';
import { say } from './say.js';

/** Steps of time begin at odd seconds. */
const MINUTE = 60;

/**
 * @param {import('./story.js').Story} story
 * @param {{close(): void, closer(cell: number): void, link: (() => void) | null, known: import('./cellwords.js').Known[]}} on
 */
export function cellCard(story, on) {
  const node = element('section', { class: 'cb-card cb-cell-card', role: 'region', 'aria-label': say('Cell'), hidden: true });
  let drawn = '';

  return {
    node,
    /** @param {import('./story.js').Story} next */
    use(next) {
      story = next;
      drawn = '';
    },
    /** @param {number} cell @param {any} view @param {import('./cells.js').Counted} counted @param {import('./cells.js').Range} range */
    render(cell, view, counted, range) {
      const { cells, groups, clock } = story;
      if (!cells || drawn === `${cell} ${range.low} ${range.high}`) return;
      drawn = `${cell} ${range.low} ${range.high}`;
      const point = middle(cells, cell);
      const parts = partsOf(cells, cell, range);
      const found = reach(cells, cell, range);
      const [now, all] = [counted.count[cell], cells.whole[cell]];
      const told = now === all ? eventWords(now) : say('{shown} of {events}', { shown: now, events: eventWords(all) });
      const from = found && words(Math.floor(beginning(cells, found.first) / MINUTE) * MINUTE, clock.kind);
      const to = found && words(Math.ceil(beginning(cells, found.last + 1) / MINUTE) * MINUTE, clock.kind);
      const shares = parts.map((count, part) => ({ count, part, label: groups[part]?.label ?? say('Nobody of a group') })).filter(({ count }) => count);
      shares.sort((a, b) => b.count - a.count || a.part - b.part);
      node.replaceChildren(
        element('button', { type: 'button', class: 'cb-close', 'aria-label': say('Close the card'), click: on.close }, '\u00d7'),
        element('h2', {}, whereWords(point, on.known)),
        element('p', { class: 'cb-fact' }, element('b', {}, told), ' ', element('span', { class: 'cb-badge', title: say('Every event of the cell lies inside this radius') }, `\u00b1 ${within(point.radius)}`)),
        ...(found ? [element('p', { class: 'cb-fact' }, from === to ? /** @type {string} */ (from) : say('{from} to {to}', { from: /** @type {string} */ (from), to: /** @type {string} */ (to) }))] : []),
        element(
          'ul',
          { class: 'cb-shares' },
          ...shares.map(({ count, part, label }) =>
            element(
              'li',
              { style: `--c: var(--g${part}, var(--mute))` },
              element('span', {}, label),
              element('span', { class: 'cb-count' }, eventWords(count)),
              element('i', { 'aria-hidden': 'true', style: `width: ${(100 * count) / Math.max(1, shares[0].count)}%` }),
            ),
          ),
        ),
        element(
          'div',
          { class: 'cb-card-foot' },
          element('button', { type: 'button', class: 'cb-small', click: () => on.closer(cell) }, say('Closer')),
          on.link && element('button', { type: 'button', class: 'cb-small', click: on.link }, say('Link to this view')),
        ),
      );
    },
    destroy: () => node.remove(),
  };
}
