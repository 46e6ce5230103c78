// @ts-check
/** Where the marks of the timeline lie. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { along, bands, barsOf, cut, fitting, histogram, nearest, runOf, runs, spaced, stacking } from '../../dashboard/static/bars.js';

/** Numbers that look random and are the same in every run. @param {number} n @param {number} most */
const scattered = (n, most) => Float64Array.from({ length: n }, (_, i) => ((i * 0.6180339887) % 1) * most).sort();

test('events lie along the scale in the order of time', () => {
  const scale = { t: [0, 10, 20], x: [0, 0.9, 1] };
  assert.deepEqual([...along(scale, Float64Array.of(0, 10, 10, 20), Int32Array.of(0, 1, 2, 3), 100)], [0, 90, 90, 100]);
});

test('bars with room stay where they are', () => {
  assert.deepEqual([...(spaced([10, 20, 30], 5, 0, 100) ?? [])], [10, 20, 30]);
});

test('bars keep their gap, their order and the timeline', () => {
  for (const gap of [1, 2, 3]) {
    const xs = scattered(60, 200);
    const out = /** @type {Float64Array} */ (spaced(xs, gap, 2, 198));
    for (let i = 1; i < out.length; i++) assert.ok(out[i] - out[i - 1] >= gap - 1e-9);
    assert.ok(out[0] >= 2 && out[59] <= 198 + 1e-9);
  }
});

test('two events at one instant stand on both sides of it', () => assert.deepEqual([...(spaced([50, 50], 10, 0, 100) ?? [])], [45, 55]));

test('more bars than the timeline holds are no bars', () => {
  assert.equal(spaced([1, 2, 3], 60, 0, 100), null);
  assert.equal(barsOf(scattered(500, 1000), 1000), null);
});

test('events crowded in one minute of a long scale become a histogram', () => {
  assert.equal(barsOf(Float64Array.from({ length: 40 }, (_, i) => 500 + i / 100), 1000), null);
});

test('few events get wide bars, more get thinner ones', () => {
  const width = (/** @type {number} */ n) => barsOf(Float64Array.from({ length: n }, (_, i) => ((i + 0.5) * 1000) / n), 1000)?.width ?? 0;
  assert.ok(width(1) === 9 && width(60) === 9 && width(150) < 6 && width(150) >= 2);
});

test('an empty selection has bars, none of them', () => assert.equal(barsOf(new Float64Array(0), 1000)?.centre.length, 0));

test('every event is counted in exactly one column', () => {
  const xs = scattered(1000, 300);
  const { counts, tallest, bins, parts } = histogram(xs, (i) => i % 3, 3, 300, 4);
  assert.equal(counts.reduce((sum, count) => sum + count, 0), 1000);
  const columns = Array.from({ length: bins }, (_, bin) => counts.slice(bin * parts, (bin + 1) * parts).reduce((sum, count) => sum + count, 0));
  assert.equal(tallest, Math.max(...columns));
});

test('the event at the very end is in the last column', () => {
  const { counts, bins } = histogram(Float64Array.of(100), () => 0, 1, 100, 4);
  assert.equal(counts[bins - 1], 1);
});

test('the most frequent part stands at the bottom, a part without events nowhere', () => {
  assert.deepEqual(stacking({ pitch: 4, bins: 2, parts: 4, counts: Uint32Array.of(1, 5, 0, 2, 1, 0, 0, 3), tallest: 8 }), [1, 3, 0]);
});

test('a chapter that comes back is two runs, an event without chapter ends one', () => {
  assert.deepEqual(runs(Int32Array.of(0, 0, 1, 0, -1, 0)), [
    { chapter: 0, first: 0, last: 1 },
    { chapter: 1, first: 2, last: 2 },
    { chapter: 0, first: 3, last: 3 },
    { chapter: 0, first: 5, last: 5 },
  ]);
});

test('the run of an event is the one that holds it', () => {
  const all = runs(Int32Array.of(0, 0, 1, -1, 2));
  assert.deepEqual([0, 1, 2, 3, 4].map((e) => runOf(all, e)), [0, 0, 1, -1, 2]);
  assert.equal(runOf([], 0), -1);
});

test('bands do not overlap, reach a close neighbour and stop before a long silence', () => {
  const starts = [10, 40, 60, 400];
  const all = runs(Int32Array.of(0, 0, 1, 2));
  const out = bands(all, (e) => starts[e], (e) => starts[e], 4, 500);
  for (let i = 1; i < out.length; i++) assert.ok(out[i - 1].left + out[i - 1].width <= out[i].left);
  assert.equal(out[0].left + out[0].width, out[1].left - 2);
  assert.ok(out[1].left + out[1].width < 100);
});

test('a band too thin to see is left out', () => {
  const all = runs(Int32Array.from({ length: 1000 }, (_, i) => i % 2));
  assert.equal(bands(all, (e) => e / 10, (e) => e / 10, 0, 100).filter(({ width }) => width < 2).length, 0);
});

test('labels never touch, and one with room wins over one without', () => {
  const labels = [0, 45, 60, 300, 320].map((x) => ({ x, widths: [35, 8] }));
  const chosen = fitting(labels, 6, 360);
  assert.deepEqual(chosen, [0, 1, 0, 1, 0]);
  const dense = Array.from({ length: 200 }, (_, i) => ({ x: i * 5, widths: [35, 8] }));
  let free = -Infinity;
  fitting(dense, 6, 1000).forEach((wording, i) => {
    if (wording < 0) return;
    assert.ok(dense[i].x >= free);
    free = dense[i].x + dense[i].widths[wording] + 6;
  });
  assert.ok(free > 900 && free <= 1006);
});

test('a label that would leave the timeline is not shown', () => assert.deepEqual(fitting([{ x: 90, widths: [35] }], 6, 100), [-1]));

test('text is cut to the room there is, and to nothing where three letters do not fit', () => {
  const measure = (/** @type {string} */ text) => Array.from(text).length;
  assert.equal(cut('Bank robbery', 12, measure), 'Bank robbery');
  assert.equal(cut('Bank robbery', 8, measure), 'Bank ro\u2026');
  assert.equal(cut('Bank robbery', 6, measure), 'Bank\u2026');
  assert.equal(cut('Bank robbery', 3, measure), '');
  assert.equal(cut('\u{1F3E6}\u{1F3E6}\u{1F3E6}\u{1F3E6}\u{1F3E6}', 4, measure), '\u{1F3E6}\u{1F3E6}\u{1F3E6}\u2026');
});

test('the nearest of sorted values', () => {
  assert.deepEqual([-5, 4, 6, 14, 99].map((x) => nearest([0, 10, 20], x)), [0, 0, 1, 1, 2]);
  assert.equal(nearest([], 1), -1);
});
