// @ts-check
/** What a large story adds to the board: it asks for cells or events of what the map shows, and draws cells where there are no events. */
import { asking, filterOf, zoomsTo } from './asked_bins.js';
import { cellCard } from './cellcard.js';
import { cellKey, keyWords } from './cellkey.js';
import { cellList } from './celllist.js';
import { cellMap } from './cellmap.js';
import { largestCells, over } from './cellsheet.js';
import { countIn, largestEver, partsOf, rangeAt, readCells, tally } from './cells.js';
import { eventWords, middle, mostlyWords, whereWords } from './cellwords.js';
import { chosenPeople } from './chosen.js';
import { element } from './dom.js';
import { storyLayer } from './layer.js';
import { asLinked } from './link.js';
import { counted, say } from './say.js';
import { standIn } from './standin.js';
import { readStory } from './story.js';

const NONE = new Int32Array(0);
/** @type {Set<number>} */
const NOBODY = new Set();

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{use(story: Story): void, change(patch: Record<string, any>): void, pick(cell: number): void, close(): void,
 *   moving(): boolean, paint(): void, notice(sentence: string): void}} On `use` shows another story on the board; `moving` says whether
 *   time plays or is dragged: then nothing is asked
 */

/**
 * @param {any} wire of the story, without events @param {Story} base what it was read to
 * @param {{L: any, map: {add(layer: any): void, shift(move: () => void): void}, mapPart: HTMLElement, listPart: HTMLElement, address: string, view: any,
 *   known: import('./cellwords.js').Known[], link: (() => void) | null, still: MediaQueryList}} parts `address` is that of the wire
 * @param {On} on
 */
export function large(wire, base, { L, map, mapPart, listPart, address, view, known, link, still }, on) {
  const [path, version] = address.split('?');
  const ask = (/** @type {string} */ kind, /** @type {string} */ query) => new URL(`${path.replace(/\.json$/, '')}/${kind}?${query}${version ? `&${version}` : ''}`, document.baseURI).href;
  /** @type {Parameters<typeof import('./asked_bins.js').wanted>[2]} */
  let have = null;
  let unplaced = 0;
  let begun = false;
  let revealed = -1;
  /** @type {Story} */
  let story = base;
  let tallied = tally(0);
  let ever = { of: '', cells: /** @type {any} */ (null), count: 0 };
  let look = /** @type {any} */ (null);

  const closer = (/** @type {number} */ cell) => {
    const seen = layer.seen();
    if (!story.cells || !seen) return;
    const { lat, lon } = middle(story.cells, cell);
    layer.closer(lat, lon, zoomsTo(story.cells, { ...seen, lat, lon }), still.matches);
  };
  const key = cellKey(mapPart, base.groups);
  const layer = cellMap(L, { hover: (cell) => on.change({ hoverCell: cell }), pick: on.pick, moved: soon, drawn: (ever, radius) => key.render(ever, radius) });
  const rows = cellList(listPart, base, { pick: on.pick, hover: (cell) => on.change({ hoverCell: cell }), closer, known });
  const detail = cellCard(base, { close: on.close, closer, link, known });
  const tracks = storyLayer(L);
  tracks.setStory(base);
  const chosen = chosenPeople(ask, {
    answered(people) {
      tracks.setStory(people ?? base);
      if (people) map.add(tracks);
      else tracks.remove();
      on.paint();
    },
    failed: on.notice,
  });

  const asks = asking(ask, {
    // A link leads to the very same question.
    seen: () => {
      const seen = layer.seen();
      return seen && asLinked(seen);
    },
    filter: () => filterOf(base, view),
    have: () => have,
    answered({ question, body }) {
      unplaced = body.unplaced;
      // There are more events now than were counted before.
      if (question.kind === 'few' && !body.events) {
        have = null;
        return;
      }
      const cells = question.kind === 'bins' ? readCells(body, base.groups) : null;
      have = { question, cells, total: body.total };
      on.change({ cell: cells && story.cells ? sameCell(story.cells, view.cell, cells) : -1, hoverCell: -1 });
      story = cells ? standIn(base, cells) : readStory({ ...wire, events: body.events, places: body.places });
      tallied = tally(cells ? cells.n : 0);
      rows.use(story);
      detail.use(story);
      on.use(story);
    },
    failed: on.notice,
    waiting(waits) {
      mapPart.setAttribute('aria-busy', String(waits));
    },
  });

  /** Asks when nothing has moved for a while, and never while time does. */
  function soon() {
    if (on.moving()) return;
    const filter = filterOf(base, view);
    chosen.ask(filter, [...view.crew].reduce((sum, person) => sum + (base.large?.people[person] ?? 0), 0));
    if (begun) asks.soon();
  }

  const words = (/** @type {number} */ cell) => {
    const cells = /** @type {import('./cells.js').Cells} */ (story.cells);
    const range = rangeAt(cells, view);
    const mostly = mostlyWords(partsOf(cells, cell, range), base.groups);
    return /** @type {[string, string]} */ ([whereWords(middle(cells, cell), known), [eventWords(tallied.count[cell]), mostly].filter(Boolean).join(', ')]);
  };

  map.add(layer);
  listPart.append(element('link', { rel: 'stylesheet', href: new URL('./cells.css', import.meta.url).href }));

  return {
    /** The card of the chosen cell. */
    card: detail.node,
    /** The story of the people chosen, once it is there. @returns {Story | null} */
    people: () => chosen.story(),
    /** Something of the view or the filter has changed. */
    soon,
    /** The map has its size: asks for the first time. */
    begin() {
      if (!begun) asks.now();
      begun = true;
    },
    /** "412,000 of 1,000,000 events in view, 315 in all without a place". @param {number} shown events on the board, where they are told one by one */
    said(shown) {
      if (story === base) return counted(base.large?.count ?? 0, '{n} event, not yet counted|{n} events, not yet counted');
      const events = counted(base.large?.count ?? 0, '{shown} of {n} event in view|{shown} of {n} events in view', { shown: story.cells ? tallied.sum : shown });
      return `${events}, ${say('{n} in all without a place', { n: unplaced })}`;
    },
    /**
     * What differs from the board's own story where it is printed or saved.
     * @param {number} shown as for `said`
     */
    paper(shown) {
      const { cells } = story;
      const sizes = cells && { cells, counted: tallied, ever: ever.count };
      const event = cells ? -1 : view.event;
      return {
        said: this.said(shown),
        key: sizes ? keyWords(ever.count, base.groups) : '',
        moment: { crew: NOBODY, event, everybody: false, over: over(sizes, chosen.story(), view) },
        groups: sizes ? new Set(Array.from(sizes.counted.group).filter((_, cell) => tallied.count[cell])) : null,
        list: sizes ? () => largestCells(sizes, rangeAt(sizes.cells, view), layer.seen(), base.groups, known) : null,
      };
    },
    /** Counts the cells of this moment, before any part draws them. */
    count() {
      if (story.cells) countIn(story.cells, rangeAt(story.cells, view), tallied);
    },
    /**
     * @param {import('./theme.js').Theme} theme
     * @param {{cardOpen: boolean, moving: boolean, phone: boolean}} how
     */
    render(theme, { cardOpen, moving, phone }) {
      if (look !== theme) {
        look = theme;
        layer.setTheme(theme);
        tracks.setTheme(theme);
      }
      const { cells } = story;
      const crew = Int32Array.from(view.crew, Number);
      tracks.render({ shown: NONE, current: -1, t: view.t, chosen: crew, people: crew, person: view.hoverPerson, stated: false, hover: -1, place: -1 });
      detail.node.hidden = !cells || !cardOpen || view.cell < 0;
      if (!cells) return layer.render(null);
      const of = `${view.mode} ${view.span}`;
      if (ever.of !== of || ever.cells !== cells) ever = { of, cells, count: largestEver(cells, view) };
      layer.render({ cells, counted: tallied, ever: ever.count, hovered: view.hoverCell, selected: view.cell, words });
      const range = rangeAt(cells, view);
      rows.render(view, tallied, range, { moving, still: moving || still.matches, ever: ever.count, within: phone ? detail.node : null });
      if (!detail.node.hidden) detail.render(view.cell, view, tallied, range);
      if (view.cell === revealed) return;
      revealed = view.cell;
      if (!detail.node.hidden && view.follow && !phone) map.shift(() => layer.reveal(view.cell, detail.node.getBoundingClientRect(), still.matches));
    },
    release: rows.release,
    destroy() {
      for (const part of [asks, chosen, rows, detail, key]) part.destroy();
    },
  };
}

/** The cell of a new answer that is the very one of the old, or -1. @param {import('./cells.js').Cells} old @param {number} cell @param {import('./cells.js').Cells} next */
function sameCell(old, cell, next) {
  if (cell < 0 || old.zoom !== next.zoom) return -1;
  for (let i = 0; i < next.n; i++) if (next.x[i] === old.x[cell] && next.y[i] === old.y[cell]) return i;
  return -1;
}
