// @ts-check
/** Which marker lies under the pointer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grid } from '../../dashboard/static/hits.js';

/** @param {[number, number][]} points @param {(i: number) => number} [radius] */
const over = (points, radius) =>
  grid(Float32Array.from(points, ([x]) => x), Float32Array.from(points, ([, y]) => y), points.length, 200, 100, radius);

test('nothing is hit where nothing is drawn', () => {
  assert.equal(over([]).nearest(10, 10, 50), -1);
});

test('the nearest of several is hit', () => {
  assert.equal(over([[10, 10], [20, 10], [90, 90]]).nearest(17, 10, 12), 1);
});

test('a point farther than the reach is not hit', () => {
  assert.equal(over([[10, 10]]).nearest(15.1, 10, 5), -1);
  assert.equal(over([[10, 10]]).nearest(15, 10, 5), 0);
});

test('of two at one point the one drawn last is hit', () => {
  assert.equal(over([[10, 10], [10, 10]]).nearest(11, 10, 5), 1);
});

test('a large marker is hit anywhere on its disc', () => {
  assert.equal(over([[10, 10]], () => 16).nearest(29, 10, 5, 16), 0);
});

test('a marker partly outside the map is hit', () => {
  assert.equal(over([[-4, 50]]).nearest(1, 50, 6), 0);
  assert.equal(over([[205, 101]]).nearest(199, 99, 8), 0);
});

test('the grid finds what looking at every point finds', () => {
  const points = /** @type {[number, number][]} */ (Array.from({ length: 400 }, (_, i) => [(i * 0.6180339 * 200) % 200, (i * 0.7548776 * 100) % 100]));
  const index = over(points);
  for (let i = 0; i < 300; i++) {
    const [x, y] = [(i * 0.5698402 * 200) % 200, (i * 0.3247179 * 100) % 100];
    const distances = points.map(([px, py]) => Math.hypot(Math.fround(px) - x, Math.fround(py) - y));
    const least = Math.min(...distances);
    assert.equal(index.nearest(x, y, 7), least <= 7 ? distances.indexOf(least) : -1);
  }
});
