// @ts-check
/** Where the marks of the timeline lie: bars, histogram, chapter bands and labels, in pixels. Pure. */
import { position } from './clock.js';

/**
 * @typedef {import('./story.js').Scale} Scale
 * @typedef {{centre: Float64Array, width: number}} Bars one bar an event
 * @typedef {{pitch: number, bins: number, parts: number, counts: Uint32Array, tallest: number}} Histogram
 *   `counts[bin * parts + part]`; every event is in exactly one of them
 * @typedef {{chapter: number, first: number, last: number}} Run consecutive events of one chapter
 * @typedef {{run: number, left: number, width: number}} Band
 */

/** How far a bar may stand from its instant so that its neighbours keep apart, in pixels. */
const NUDGE = 3;
const [WIDEST, THINNEST] = [9, 2];
/** Two bands closer than this touch, so that quiet minutes between chapters do not look like a break. */
const CLOSE = 28;
const THINNEST_BAND = 2;

/**
 * The events of `selection` along a timeline of `width` pixels, in their order.
 * @param {Scale} scale @param {Float64Array} at @param {Int32Array} selection @param {number} width
 */
export function along(scale, at, selection, width) {
  const xs = new Float64Array(selection.length);
  let last = NaN;
  let x = 0;
  for (let i = 0; i < selection.length; i++) {
    const t = at[selection[i]];
    if (t !== last) x = position(scale, t) * width;
    xs[i] = x;
    last = t;
  }
  return xs;
}

/**
 * The positions nearest to sorted `xs` (least squares) that keep at least `gap` apart and inside [low, high]; null
 * when there is no room. Pools neighbours that would collide, as isotonic regression does.
 * @param {ArrayLike<number>} xs @param {number} gap @param {number} low @param {number} high
 */
export function spaced(xs, gap, low, high) {
  const n = xs.length;
  if ((n - 1) * gap > high - low) return null;
  /** @type {{sum: number, count: number}[]} */
  const pools = [];
  for (let i = 0; i < n; i++) {
    let pool = { sum: xs[i] - i * gap, count: 1 };
    for (let before = pools[pools.length - 1]; before && before.sum / before.count >= pool.sum / pool.count; before = pools[pools.length - 1]) {
      pool = { sum: before.sum + pool.sum, count: before.count + pool.count };
      pools.pop();
    }
    pools.push(pool);
  }
  const out = new Float64Array(n);
  let i = 0;
  for (const { sum, count } of pools) {
    const start = Math.max(low, Math.min(high - (n - 1) * gap, sum / count));
    for (let k = 0; k < count; k++, i++) out[i] = start + i * gap;
  }
  return out;
}

/**
 * One bar an event, as wide as room allows; null when some would stand far from their instant.
 * @param {Float64Array} xs sorted @param {number} width of the timeline
 * @returns {Bars | null}
 */
export function barsOf(xs, width) {
  const n = xs.length;
  if (n * (THINNEST + 1) > width) return null;
  const gaps = Array.from({ length: Math.max(0, n - 1) }, (_, i) => xs[i + 1] - xs[i]).sort((a, b) => a - b);
  const usual = gaps.length ? gaps[gaps.length >> 1] : width;
  for (let w = Math.max(THINNEST, Math.min(WIDEST, Math.round(usual * 0.58))); w >= THINNEST; w--) {
    const centre = spaced(xs, w + Math.max(1, w * 0.3), w / 2, width - w / 2);
    if (centre && centre.every((x, i) => Math.abs(x - xs[i]) <= Math.max(NUDGE, w / 2))) return { centre, width: w };
  }
  return null;
}

/**
 * Events counted in columns of `pitch` pixels, each column by part.
 * @param {Float64Array} xs @param {(i: number) => number} partOf the part of the event at index i of `xs`
 * @param {number} parts @param {number} width @param {number} pitch
 * @returns {Histogram}
 */
export function histogram(xs, partOf, parts, width, pitch) {
  const bins = Math.max(1, Math.ceil(width / pitch));
  const counts = new Uint32Array(bins * parts);
  const totals = new Uint32Array(bins);
  let tallest = 0;
  for (let i = 0; i < xs.length; i++) {
    const bin = Math.max(0, Math.min(bins - 1, Math.floor(xs[i] / pitch)));
    counts[bin * parts + partOf(i)]++;
    tallest = Math.max(tallest, ++totals[bin]);
  }
  return { pitch, bins, parts, counts, tallest };
}

/** A column of several steps of time is at least so wide. */
const COLUMN = 3;

/**
 * The histogram of what was counted by step of time: one column a step, or a few of them where steps are thin.
 * @param {import('./cells.js').Cells} cells @param {(t: number) => number} along pixels of an instant @param {number} width
 * @returns {{columns: Histogram, pitch: number, first: number}} `first` is where the first column begins
 */
export function stepped({ from, to, steps, parts, totals }, along, width) {
  const first = along(from);
  const reach = Math.max(1, Math.min(width, along(to)) - first);
  const every = Math.max(1, Math.ceil((COLUMN * steps) / reach));
  const bins = Math.ceil(steps / every);
  const counts = new Uint32Array(bins * parts);
  const columns = { pitch: (reach * every) / steps, bins, parts, counts, tallest: 0 };
  const sums = new Uint32Array(bins);
  for (let step = 0; step < steps; step++) {
    const bin = Math.floor(step / every);
    for (let part = 0; part < parts; part++) {
      const count = totals[step * parts + part];
      counts[bin * parts + part] += count;
      sums[bin] += count;
    }
    columns.tallest = Math.max(columns.tallest, sums[bin]);
  }
  return { columns, pitch: columns.pitch, first };
}

/** Parts of a histogram, the most frequent first; parts without events are left out. @param {Histogram} histogram */
export function stacking({ bins, parts, counts }) {
  const totals = new Float64Array(parts);
  for (let i = 0; i < bins * parts; i++) totals[i % parts] += counts[i];
  return Array.from(totals.keys())
    .filter((part) => totals[part])
    .sort((a, b) => totals[b] - totals[a] || a - b);
}

/** Consecutive events of one chapter; events without a chapter (-1) belong to none. @param {Int32Array} chapter of every event */
export function runs(chapter) {
  /** @type {Run[]} */
  const out = [];
  for (let e = 0; e < chapter.length; e++) {
    const run = out[out.length - 1];
    if (chapter[e] < 0) continue;
    if (run && run.chapter === chapter[e] && run.last === e - 1) run.last = e;
    else out.push({ chapter: chapter[e], first: e, last: e });
  }
  return out;
}

/** The run that holds event `e`, or -1. @param {Run[]} all @param {number} e */
export function runOf(all, e) {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (all[middle].first <= e) low = middle + 1;
    else high = middle;
  }
  return low && all[low - 1].last >= e ? low - 1 : -1;
}

/**
 * The chapter bands that are wide enough to see. A band reaches to the next one when that is close.
 * @param {Run[]} all @param {(e: number) => number} startOf pixels where event e begins
 * @param {(e: number) => number} endOf pixels where it ends @param {number} half of a bar @param {number} width
 * @returns {Band[]}
 */
export function bands(all, startOf, endOf, half, width) {
  /** @type {Band[]} */
  const out = [];
  for (let i = 0; i < all.length; i++) {
    const left = Math.max(0, startOf(all[i].first) - half - 2);
    const next = i + 1 < all.length ? Math.max(0, startOf(all[i + 1].first) - half - 2) : Infinity;
    const own = Math.min(width, endOf(all[i].last) + half + 2);
    const right = next - own <= CLOSE ? next - 2 : Math.min(own, next - 2);
    if (right - left >= THINNEST_BAND) out.push({ run: i, left, width: right - left });
  }
  return out;
}

/**
 * Which wording of each label is shown without touching another: an index into its `widths`, or -1 for none. Labels
 * with much room before the next one go first, a shorter wording serves where the best does not fit before the next.
 * @param {{x: number, widths: number[]}[]} labels `x` where the text begins, sorted; `widths` in order of preference
 * @param {number} gap between two labels @param {number} width of the timeline
 */
export function fitting(labels, gap, width) {
  const room = labels.map(({ x }, i) => (i + 1 < labels.length ? labels[i + 1].x : width + gap) - x);
  const rank = (/** @type {number} */ i) => Math.min(8, Math.floor(room[i] / 16));
  const chosen = labels.map(() => -1);
  /** @param {number} i @param {number} w */
  function free(i, w) {
    const { x } = labels[i];
    let before = i - 1;
    while (before >= 0 && chosen[before] < 0) before--;
    let after = i + 1;
    while (after < labels.length && chosen[after] < 0) after++;
    const clear = before < 0 || labels[before].x + labels[before].widths[chosen[before]] + gap <= x;
    return clear && x + w <= (after < labels.length ? labels[after].x - gap : width);
  }
  for (const i of labels.map((_, k) => k).sort((a, b) => rank(b) - rank(a) || a - b)) {
    const { widths } = labels[i];
    const best = widths.findIndex((w) => w + gap <= room[i] && free(i, w));
    chosen[i] = best >= 0 ? best : widths.findIndex((w) => free(i, w));
  }
  return chosen;
}

/**
 * `text` cut with an ellipsis to `width`; nothing when not even three letters fit.
 * @param {string} text @param {number} width @param {(text: string) => number} measure
 */
export function cut(text, width, measure) {
  if (measure(text) <= width) return text;
  const letters = Array.from(text);
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (measure(`${letters.slice(0, middle).join('').trimEnd()}\u2026`) <= width) low = middle;
    else high = middle - 1;
  }
  return low < 3 ? '' : `${letters.slice(0, low).join('').trimEnd()}\u2026`;
}

/** The index of the value of sorted `xs` nearest to `x`, or -1. @param {ArrayLike<number>} xs @param {number} x */
export function nearest(xs, x) {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (xs[middle] < x) low = middle + 1;
    else high = middle;
  }
  if (low === xs.length || (low > 0 && x - xs[low - 1] < xs[low] - x)) return low - 1;
  return low;
}
