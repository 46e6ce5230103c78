// @ts-check
/** What the server counted, by cell of the map, step of time and group: read once, then any moment of it at once. Pure. */

/**
 * @typedef {{zoom: number, from: number, to: number, steps: number, total: number, unplaced: number, n: number, parts: number,
 *   x: Int32Array, y: Int32Array, before: Uint32Array, whole: Uint32Array, totals: Uint32Array}} Cells `x` and `y` are of `zoom`, the
 *   world 2 to its power wide; a part is a group of the story, the last one nobody's. `before[(k * n + cell) * parts + part]` are
 *   the events in steps before k, k from 0 to `steps`; `whole` are all of a cell, `totals[step * parts + part]` all of a step
 * @typedef {{low: number, high: number}} Range steps, `high` excluded
 * @typedef {{count: Uint32Array, group: Uint8Array, largest: number, sum: number}} Counted by cell: how many, and the part most
 *   of them are of
 */

/** Numbers held at most; more are told in steps twice as long. */
const MOST = 16e6;

/**
 * @param {any} answer the JSON of `stories/<id>/bins` @param {{id: string}[]} groups of the story
 * @returns {Cells}
 */
export function readCells(answer, groups) {
  const n = answer.x.length;
  const parts = groups.length + 1;
  let every = 1;
  while (n * parts * (Math.ceil(answer.steps / every) + 1) > MOST && every < answer.steps) every *= 2;
  const steps = Math.ceil(answer.steps / every);
  const width = n * parts;
  const before = new Uint32Array(width * (steps + 1));
  const partOf = answer.groups.map((/** @type {string} */ id) => {
    const found = groups.findIndex((group) => group.id === id);
    return found < 0 ? parts - 1 : found;
  });
  let at = 0;
  let cell = 0;
  for (let series = 0; series < answer.cell.length; series++) {
    cell += answer.cell[series];
    const column = cell * parts + partOf[answer.group[series]];
    let step = 0;
    for (let i = 0; i < answer.length[series]; i++, at++) {
      step += answer.step[at];
      // counted one row later, so that the sums below are those of the steps before
      before[(Math.floor(step / every) + 1) * width + column] += answer.count[at];
    }
  }
  const totals = new Uint32Array(steps * parts);
  for (let k = 1; k <= steps; k++) {
    const row = k * width;
    for (let i = 0, part = 0; i < width; i++) {
      const own = before[row + i];
      totals[(k - 1) * parts + part] += own;
      before[row + i] = before[row - width + i] + own;
      if (++part === parts) part = 0;
    }
  }
  const whole = new Uint32Array(n);
  for (let i = 0; i < width; i++) whole[Math.floor(i / parts)] += before[steps * width + i];
  const { zoom, from, total, unplaced } = answer;
  // a last step that is not full reaches beyond the end, so that all are of one length
  const to = from + ((answer.to - from) * steps * every) / answer.steps;
  return { zoom, from, to, steps, total, unplaced, n, parts, x: summed(answer.x), y: summed(answer.y), before, whole, totals };
}

/** The sums of differences. @param {number[]} differences */
function summed(differences) {
  const out = new Int32Array(differences.length);
  let sum = 0;
  for (let i = 0; i < out.length; i++) out[i] = sum += differences[i];
  return out;
}

/** The step that `t` lies in, -1 before the first; the end, and what is later, is in the last. @param {Cells} cells @param {number} t */
export function stepAt(cells, t) {
  const { from, to, steps } = cells;
  if (t < from) return -1;
  if (to <= from) return steps - 1;
  const step = Math.min(steps - 1, Math.floor(((t - from) / (to - from)) * steps));
  // Rounding may put the instant at which a step begins into the one before.
  return step + 1 < steps && t >= beginning(cells, step + 1) ? step + 1 : step;
}

/** The instant at which a step begins. @param {Cells} cells @param {number} step */
export const beginning = ({ from, to, steps }, step) => from + ((to - from) * step) / steps;

/**
 * The steps that the mode shows at `t`, whole ones: up to that of `t`, or those that touch the `span` before it, or it alone.
 * @param {Cells} cells @param {{t: number, mode: string, span: number}} view @returns {Range}
 */
export function rangeAt(cells, { t, mode, span }) {
  const now = stepAt(cells, t);
  if (mode === 'moment') return { low: Math.max(0, now), high: now + 1 };
  return { low: mode === 'window' ? Math.max(0, stepAt(cells, t - span)) : 0, high: now + 1 };
}

/** @param {number} n how many cells @returns {Counted} */
export const tally = (n) => ({ count: new Uint32Array(n), group: new Uint8Array(n), largest: 0, sum: 0 });

/**
 * Counts the events of a range of steps in every cell, into `out`; of groups equally strong the first has the cell.
 * @param {Cells} cells @param {Range} range @param {Counted} out
 */
export function countIn({ n, parts, before }, { low, high }, out) {
  const [start, end] = [low * n * parts, Math.max(low, high) * n * parts];
  out.largest = out.sum = 0;
  for (let cell = 0, i = 0; cell < n; cell++) {
    let count = 0;
    let most = 0;
    let group = parts - 1;
    for (let part = 0; part < parts; part++, i++) {
      const own = before[end + i] - before[start + i];
      count += own;
      if (own > most) {
        most = own;
        group = part;
      }
    }
    out.count[cell] = count;
    out.group[cell] = group;
    out.sum += count;
    if (count > out.largest) out.largest = count;
  }
  return out;
}

/** The events of one cell in a range of steps, by part. @param {Cells} cells @param {number} cell @param {Range} range */
export function partsOf({ n, parts, before }, cell, { low, high }) {
  const at = (/** @type {number} */ step, /** @type {number} */ part) => before[(step * n + cell) * parts + part];
  return Array.from({ length: parts }, (_, part) => at(Math.max(low, high), part) - at(low, part));
}

/**
 * The first and the last step of a range that have an event in a cell, or null where it has none.
 * @param {Cells} cells @param {number} cell @param {Range} range @returns {{first: number, last: number} | null}
 */
export function reach(cells, cell, { low, high }) {
  const { n, parts, before } = cells;
  const upTo = (/** @type {number} */ step) => {
    let sum = 0;
    for (let part = 0; part < parts; part++) sum += before[(step * n + cell) * parts + part];
    return sum;
  };
  const [none, all] = [upTo(low), upTo(Math.max(low, high))];
  if (none === all) return null;
  /** The first step after which more than `sum` are counted. @param {(sum: number) => boolean} passed */
  const search = (passed) => {
    let [a, b] = [low, high - 1];
    while (a < b) {
      const middle = (a + b) >>> 1;
      if (passed(upTo(middle + 1))) b = middle;
      else a = middle + 1;
    }
    return a;
  };
  return { first: search((sum) => sum > none), last: search((sum) => sum === all) };
}

/**
 * The largest count that any cell ever has while a mode runs over the whole answer: what the largest mark stands for, so
 * that marks grow and shrink with time alone.
 * @param {Cells} cells @param {{mode: string, span: number}} view
 */
export function largestEver(cells, { mode, span }) {
  const { n, parts, before, steps, from, to, whole } = cells;
  if (mode === 'so-far') return whole.reduce((most, count) => Math.max(most, count), 0);
  const long = mode === 'moment' ? 1 : Math.min(steps, Math.ceil((span * steps) / Math.max(to - from, 1)) + 1);
  let largest = 0;
  for (let high = 1; high <= steps; high++) {
    const [start, end] = [Math.max(0, high - long) * n * parts, high * n * parts];
    for (let cell = 0, i = 0; cell < n; cell++) {
      let count = 0;
      for (let part = 0; part < parts; part++, i++) count += before[end + i] - before[start + i];
      if (count > largest) largest = count;
    }
  }
  return largest;
}

/**
 * The next step in a direction that has an event anywhere: from wherever `t` lies; -1 where there is none.
 * @param {Cells} cells @param {number} t @param {number} delta with its sign; infinite is the first or the last one
 */
export function stepBeside(cells, t, delta) {
  const { steps, parts, totals } = cells;
  const some = (/** @type {number} */ step) => totals.subarray(step * parts, (step + 1) * parts).some((count) => count > 0);
  const way = Math.sign(delta);
  let step = Number.isFinite(delta) ? stepAt(cells, t) + way : way < 0 ? 0 : steps - 1;
  const on = Number.isFinite(delta) ? way : -way;
  while (step >= 0 && step < steps) {
    if (some(step)) return step;
    step += on;
  }
  return -1;
}
