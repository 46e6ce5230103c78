// @ts-check
/** Where a person went, and the curves that show it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appearances, arrowPosition, curve, directionAt, part, pointAt, track, trimmed } from '../../dashboard/static/tracks.js';

/** The track of somebody present at every event, one a second. @param {number[]} slots @param {number} [t] @param {number} [since] */
const way = (slots, t = Infinity, since) => track(slots.map((_, i) => i), Float64Array.from(slots, (_, i) => i), Int32Array.from(slots), t, since);
/** @param {ReturnType<typeof way>} result */
const pairs = ({ legs }) => legs.map(({ from, to, gap }) => (gap ? `${from}?${to}` : `${from}-${to}`));

test('legs lead from place to place in order', () => {
  assert.deepEqual(pairs(way([0, 1, 0])), ['0-1', '1-0']);
});

test('staying makes no leg', () => {
  assert.deepEqual(pairs(way([0, 0, 1, 1])), ['0-1']);
});

test('a leg over an unknown place is a gap, not a way that is known', () => {
  assert.deepEqual(pairs(way([0, -1, 1, 2])), ['0?1', '1-2']);
});

test('back where one was before the unknown place makes no leg', () => {
  assert.deepEqual(pairs(way([0, -1, 0])), []);
});

test('an event exactly at the instant is part of the way, a later one is not', () => {
  assert.deepEqual(pairs(way([0, 1, 2], 1)), ['0-1']);
  assert.equal(way([0, 1, 2], 1).place, 1);
});

test('legs that ended before the first event shown are left out, the last known place is not', () => {
  assert.deepEqual(pairs(way([0, 1, 2], Infinity, 2)), ['1-2']);
  assert.equal(way([0, 1, 2], Infinity, 9).place, 2);
});

test('who was last somewhere unknown is lost, at the last known place', () => {
  const { place, lost } = way([0, 3, -1]);
  assert.deepEqual([place, lost], [3, true]);
});

test('who was never anywhere known has no place and is not lost', () => {
  assert.deepEqual(way([-1, -1]), { legs: [], place: -1, lost: false });
  assert.deepEqual(way([]), { legs: [], place: -1, lost: false });
});

/** @param {(e: number) => boolean} [counts] */
function appearing(counts) {
  const { start, list } = appearances({ n: 3, peopleStart: Int32Array.of(0, 2, 2, 3), peopleList: Int32Array.of(1, 0, 1) }, 3, counts);
  return [0, 1, 2].map((p) => [...list.subarray(start[p], start[p + 1])]);
}

test('appearances are the events a person is present at, in order', () => {
  assert.deepEqual(appearing(), [[0], [0, 2], []]);
});

test('an event that does not count is no appearance', () => {
  assert.deepEqual(appearing((e) => e !== 0), [[], [2], []]);
});

test('a curve begins and ends at its places', () => {
  const c = curve(1, 2, 30, 40);
  assert.deepEqual([pointAt(c, 0), pointAt(c, 1)], [{ x: 1, y: 2 }, { x: 30, y: 40 }]);
});

test('every curve bows to the same side of the way, so there and back are two lines', () => {
  for (const [bx, by] of [[100, 0], [0, 100], [-100, 0], [70, -70]]) {
    const middle = pointAt(curve(0, 0, bx, by), 0.5);
    assert.ok(bx * middle.y - by * middle.x < 0, `${bx},${by}`);
  }
});

test('a second person on the same way bows further', () => {
  assert.ok(pointAt(curve(0, 0, 100, 0, 1), 0.5).y < pointAt(curve(0, 0, 100, 0), 0.5).y);
});

test('a curve to where one is already does not break', () => {
  assert.ok(Number.isFinite(pointAt(curve(5, 5, 5, 5), 0.5).x));
  assert.equal(trimmed(curve(5, 5, 5, 5), 8, 8), null);
});

test('a part of a curve lies on it', () => {
  const c = curve(0, 0, 100, 50);
  const p = part(c, 0.2, 0.7);
  const there = pointAt(c, 0.45);
  const here = pointAt(p, 0.5);
  assert.ok(Math.hypot(here.x - there.x, here.y - there.y) < 1e-9);
});

test('a trimmed curve leaves both markers free', () => {
  const c = trimmed(curve(0, 0, 100, 0), 10, 12);
  assert.ok(c);
  assert.ok(Math.abs(Math.hypot(c.ax, c.ay) - 10) < 0.1);
  assert.ok(Math.abs(Math.hypot(c.bx - 100, c.by) - 12) < 0.1);
});

test('the arrow points along the way', () => {
  assert.ok(Math.abs(directionAt(curve(0, 0, 100, 0), 0.5)) < 1e-9);
  assert.ok(Math.abs(Math.abs(directionAt(curve(100, 0, 0, 0), 0.5)) - Math.PI) < 1e-9);
});

test('the arrow sits where it can be seen, or nowhere', () => {
  assert.equal(arrowPosition(curve(20, 50, 180, 50), 200, 100), 0.58);
  const s = arrowPosition(curve(50, 150, 800, 150), 400, 300);
  assert.ok(s > 0 && pointAt(curve(50, 150, 800, 150), s).x < 388);
  assert.equal(arrowPosition(curve(-900, -900, -800, -900), 200, 100), -1);
});
