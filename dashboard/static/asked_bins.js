// @ts-check
/** What the board of a large story asks its server, when, and what it keeps until the answer is there. */
import { formatAt } from './clock.js';
import { project } from './mercator.js';
import { say } from './say.js';

/**
 * @typedef {import('./mercator.js').Seen} Seen
 * @typedef {{zoom: number, west: number, north: number, east: number, south: number}} Area cells of a zoom, edges included
 * @typedef {{crew: string[], match: string, q: string, from: string, to: string}} Filter as in a link
 * @typedef {{kind: 'bins' | 'few', area: Area, key: string, steps: number}} Question
 * @typedef {{question: Question, body: any}} Answer
 */

/** How long the map has to stand still before anything is asked, in milliseconds. */
const LATE = 250;
/** The map is 2 to this power cells wider than its zoom says: cells of 32 pixels, and fewer where there would be too many. */
const FINER = 3;
const MOST_CELLS = 5000;
/** Asked are whole blocks of so many cells, so that a small move asks nothing. */
const BLOCK = 4;
const [STEPS, LEAST_STEPS] = [240, 15];
/** Seconds until what was not answered is asked again, by how often that was in a row; a server may name more, up to the last. */
const AGAIN = [5, 15, 45];
/** Up to so many events on the map are listed one by one. */
export const FEW = 5000;
/** Deeper than this, cells are a few metres wide. */
const DEEPEST = 22;

/** The cells of a zoom that the map shows. @param {Seen} seen @param {number} zoom @returns {Area} */
export function areaOf({ lat, lon, z, width, height }, zoom) {
  const { x, y } = project(lat, lon);
  const [scale, cell, last] = [2 ** z, 256 / 2 ** zoom, 2 ** zoom - 1];
  const index = (/** @type {number} */ at) => Math.max(0, Math.min(last, Math.floor(at / cell)));
  return { zoom, west: index(x - width / 2 / scale), north: index(y - height / 2 / scale), east: index(x + width / 2 / scale), south: index(y + height / 2 / scale) };
}

/** @param {Area} area */
export const cellsIn = ({ west, north, east, south }) => (east - west + 1) * (south - north + 1);

/** The area in whole blocks. @param {Area} area @returns {Area} */
export function inBlocks({ zoom, west, north, east, south }) {
  const last = 2 ** zoom - 1;
  const down = (/** @type {number} */ cell) => cell - (cell % BLOCK);
  const up = (/** @type {number} */ cell) => Math.min(last, cell - (cell % BLOCK) + BLOCK - 1);
  return { zoom, west: down(west), north: down(north), east: up(east), south: up(south) };
}

/** The zoom of the cells that a map is asked for. @param {Seen} seen */
export function zoomFor(seen) {
  let zoom = Math.max(0, Math.min(DEEPEST, Math.round(seen.z) + FINER));
  while (zoom > 0 && cellsIn(inBlocks(areaOf(seen, zoom))) > MOST_CELLS) zoom--;
  return zoom;
}

/** Whether `area` lies in `other`, whatever their zooms. @param {Area} area @param {Area} other */
export function covers(other, area) {
  const scale = 2 ** (area.zoom - other.zoom);
  return (
    other.west * scale <= area.west && other.north * scale <= area.north && (other.east + 1) * scale >= area.east + 1 && (other.south + 1) * scale >= area.south + 1
  );
}

/** All events of the answer, whatever the time, in cells that touch `area`. @param {import('./cells.js').Cells} cells @param {Area} area */
export function countedIn({ n, x, y, zoom, whole }, area) {
  const scale = 2 ** (area.zoom - zoom);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if ((x[i] + 1) * scale > area.west && x[i] * scale < area.east + 1 && (y[i] + 1) * scale > area.north && y[i] * scale < area.south + 1) sum += whole[i];
  }
  return sum;
}

/**
 * How many zooms closer the events of the cell in the middle of a map are listed one by one; at most so many that all of the cell
 * stays in view.
 * @param {import('./cells.js').Cells} cells @param {Seen} seen
 */
export function zoomsTo(cells, seen) {
  const pitch = (256 * 2 ** seen.z) / 2 ** cells.zoom;
  const most = Math.floor(Math.log2(Math.min(seen.width, seen.height) / pitch));
  let by = 1;
  while (by < most && countedIn(cells, areaOf({ ...seen, z: seen.z + by }, cells.zoom)) > FEW) by++;
  return by;
}

/**
 * What to ask for what the map shows, or null where the answer at hand will do.
 * @param {Seen} seen @param {string} key of the filter
 * @param {{question: Question, cells: import('./cells.js').Cells | null, total: number} | null} have the answer at hand, with cells or
 *   with the events themselves
 * @param {number} steps
 * @returns {Question | null}
 */
export function wanted(seen, key, have, steps) {
  const zoom = zoomFor(seen);
  const view = areaOf(seen, zoom);
  const area = inBlocks(view);
  const cells = { kind: /** @type {const} */ ('bins'), area, key, steps };
  // What is listed one by one is what is in view.
  const few = { ...cells, kind: /** @type {const} */ ('few'), area: view };
  if (!have) return cells;
  const same = have.question.key === key;
  if (!have.cells) {
    if (same && equal(have.question.area, view)) return null;
    return same && expected(have.question.area, have.total, view) > FEW ? cells : few;
  }
  if (!same || !covers(have.question.area, view)) return cells;
  const here = countedIn(have.cells, view);
  if (here > 0 && here <= FEW) return few;
  return have.question.area.zoom === zoom ? null : cells;
}

/** @param {Area} one @param {Area} other */
const equal = (one, other) => one.zoom === other.zoom && covers(one, other) && covers(other, one);

/** How many events `area` has if they lie as densely as the `total` of another one. @param {Area} known @param {number} total @param {Area} area */
const expected = (known, total, area) => (total * cellsIn(area)) / (cellsIn(known) * 4 ** (area.zoom - known.zoom));

/** The filter of a view as a link says it. @param {import('./story.js').Story} story @param {any} view @returns {Filter} */
export function filterOf(story, { crew, match, q, mode, t, from, to }) {
  // So far is from the very beginning; the other modes show nothing outside of the loop.
  const narrow = mode !== 'so-far' && from !== null && to !== null && t >= from && t <= to;
  return {
    crew: [...crew].sort((a, b) => a - b).map((person) => story.people.id[person]),
    match: crew.size ? match : 'any',
    q: q.trim(),
    from: narrow ? formatAt(from, story.clock.kind) : '',
    to: narrow ? formatAt(to, story.clock.kind) : '',
  };
}

/** The parameters of a question. @param {Question} question @param {Filter} filter @returns {URLSearchParams} */
export function parameters({ kind, area: { zoom, west, north, east, south }, steps }, { crew, match, q, from, to }) {
  // Through the middles of the cells at the corners: the cells that touch these bounds are the very ones.
  const at = (/** @type {number} */ cell) => (cell + 0.5) / 2 ** zoom;
  const lon = (/** @type {number} */ cell) => (at(cell) * 360 - 180).toFixed(7);
  const lat = (/** @type {number} */ cell) => ((Math.atan(Math.sinh(Math.PI * (1 - 2 * at(cell)))) * 180) / Math.PI).toFixed(7);
  const out = new URLSearchParams({ bounds: [lon(west), lat(south), lon(east), lat(north)].join(','), zoom: String(zoom) });
  if (kind === 'bins') out.set('steps', String(steps));
  for (const person of crew) out.append('crew', person);
  for (const [name, value] of Object.entries({ match: match === 'any' ? '' : match, q, from, to })) if (value) out.set(name, value);
  return out;
}

/**
 * Asks late, one question at a time, the last one only; whatever was answered stays until the next answer is there.
 * @param {(kind: string, query: string) => string} address of a question
 * @param {{seen(): Seen | null, filter(): Filter, have(): Parameters<typeof wanted>[2], answered(answer: Answer): void,
 *   failed(sentence: string): void, waiting(waits: boolean): void}} on `failed` hears one sentence, the same one once,
 *   and an empty one when it is over
 * @param {number[]} [again] seconds until it is asked again
 */
export function asking(address, on, again = AGAIN) {
  let timer = 0;
  let steps = STEPS;
  let failed = '';
  let failures = 0;
  /** @type {{key: string, stop: AbortController} | null} */
  let asked = null;

  /** @param {Question} question @param {Filter} filter */
  async function ask(question, filter) {
    const query = String(parameters(question, filter));
    const key = `${question.kind}?${query}`;
    if (asked?.key === key) return;
    asked?.stop.abort();
    const own = (asked = { key, stop: new AbortController() });
    on.waiting(true);
    try {
      const response = await fetch(address(question.kind, query), { signal: own.stop.signal });
      const body = response.ok ? await response.json() : await response.text();
      if (asked !== own) return;
      asked = null;
      if (response.ok) {
        failures = 0;
        if (failed) on.failed((failed = ''));
        on.answered({ question, body });
      } else if (response.status === 400 && question.kind === 'bins' && steps > LEAST_STEPS && body.includes('too many')) {
        steps = Math.ceil(steps / 2);
      } else {
        const busy = response.status === 429 || response.status >= 500;
        const sentence = /^text\/plain/.test(response.headers.get('content-type') ?? '') ? body : say('The events did not come ({status}).', { status: String(response.status) });
        return tell(sentence, busy ? Number(response.headers.get('retry-after')) || 0 : null);
      }
      now();
    } catch (error) {
      if (asked !== own) return;
      asked = null;
      tell(say('The events did not come: the server does not answer.'), 0);
    } finally {
      if (!asked) on.waiting(false);
    }
  }

  /** @param {string} sentence @param {number | null} least seconds until it is of use to ask again, null where it is of none */
  function tell(sentence, least) {
    const wait = least === null ? undefined : again[failures++];
    if (wait !== undefined) {
      clearTimeout(timer);
      timer = setTimeout(now, 1000 * Math.max(wait, Math.min(least ?? 0, again[again.length - 1])));
    }
    const told = `${sentence} ${wait === undefined ? say('Move the map to ask again.') : say('It is asked again shortly.')}`;
    if (told !== failed) on.failed(told);
    failed = told;
  }

  function now() {
    clearTimeout(timer);
    const seen = on.seen();
    if (!seen || !seen.width || !seen.height) return;
    const filter = on.filter();
    const question = wanted(seen, JSON.stringify(filter), on.have(), steps);
    if (question) ask(question, filter);
    else if (asked) {
      asked.stop.abort();
      asked = null;
      on.waiting(false);
    }
  }

  return {
    /** Something has moved: asks when nothing has for a while. */
    soon() {
      failures = 0;
      clearTimeout(timer);
      timer = setTimeout(now, LATE);
    },
    now,
    destroy() {
      clearTimeout(timer);
      asked?.stop.abort();
      asked = null;
    },
  };
}
