// @ts-check
/** Where places lie on the screen, what is in view, and how a place is brought into view. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { degreesText, lines, stepFor } from '../../dashboard/static/graticule.js';
import { marker, STEPS, stepsOf } from '../../dashboard/static/markers.js';
import { edgePoint } from '../../dashboard/static/marks.js';
import { inView, positions, ringsInView, wayClear } from '../../dashboard/static/positions.js';

/** A flat world: a degree is a pixel at zoom 0. @param {number} lat @param {number} lon */
const flat = (lat, lon) => ({ x: lon, y: -lat });
const places = { lat: Float64Array.of(0, -50, -500), lon: Float64Array.of(0, 50, 500), radius: Float64Array.of(NaN, 111320 * 30, 111320 * 460) };
const at = positions(places, Int32Array.of(0, 1, 2), flat);
const marked = marker(Int32Array.of(0, 1, 2), Uint8Array.of(0, 1, 0), 3, 2)(Int32Array.of(0, 1, 2));
const camera = { scale: 1, left: 0, top: 0, width: 100, height: 100, ratio: 1 };
const empty = () => ({ n: 0, slot: new Int32Array(0), x: new Float32Array(0), y: new Float32Array(0), shade: new Uint8Array(0) });

test('a radius in metres is as many pixels as the same way north', () => {
  assert.deepEqual([...at.ring].map(Math.round), [0, 30, 460]);
});

test('places in view are seen, the latest last, others are not', () => {
  const seen = inView(at, marked, stepsOf(3), camera, empty(), 10);
  assert.deepEqual([...seen.slot.subarray(0, seen.n)], [0, 1]);
  assert.deepEqual([seen.x[1], seen.y[1]], [50, 50]);
  assert.equal(Math.floor(seen.shade[1] / STEPS), 1);
});

test('a zoom of one more doubles every distance', () => {
  const seen = inView(at, marked, stepsOf(3), { ...camera, scale: 2, left: 10, top: 20 }, empty(), 10);
  assert.deepEqual([seen.x[seen.n - 1], seen.y[seen.n - 1]], [90, 80]);
});

test('a ring that reaches into view is drawn though its place is outside, a small one is not', () => {
  assert.deepEqual(ringsInView(at, marked, camera, 8), [1, 2]);
  assert.deepEqual(ringsInView(at, marked, camera, 40), [2]);
});

test('a place in view and clear of the card needs no move', () => {
  assert.deepEqual(wayClear(300, 200, 800, 500, { x: 10, y: 400, w: 200, h: 90 }, 50), { x: 0, y: 0 });
});

test('a place under the card comes out by the shortest way, and stays in view', () => {
  const card = { x: 10, y: 300, w: 300, h: 190 };
  const way = wayClear(290, 400, 800, 500, card, 50);
  assert.deepEqual(way, { x: -70, y: 0 });
  const up = wayClear(100, 310, 800, 500, card, 50);
  assert.deepEqual(up, { x: 0, y: 60 });
});

test('a place out of view comes in just far enough', () => {
  assert.deepEqual(wayClear(900, -20, 800, 500, null, 50), { x: 150, y: -70 });
});

test('a card over the whole map leaves the place in the middle', () => {
  assert.deepEqual(wayClear(10, 20, 100, 100, { x: 0, y: 0, w: 100, h: 100 }, 50), { x: -40, y: -30 });
});

test('the arrow at the edge lies on the frame, on the way to the place', () => {
  assert.deepEqual(edgePoint(1000, 50, 200, 100, 20), { x: 180, y: 50, angle: 0 });
  const { x, y } = edgePoint(100, -5000, 200, 100, 20);
  assert.deepEqual([x, y], [100, 20]);
});

test('degrees are read with their side of the world', () => {
  assert.equal(degreesText(34.5, 'N', 'S', 0.5), '34.5° N');
  assert.equal(degreesText(-118, 'E', 'W', 1), '118° W');
  assert.equal(degreesText(190, 'E', 'W', 10), '170° W');
  assert.equal(degreesText(0, 'N', 'S', 10), '0°');
  assert.equal(degreesText(0.25, 'N', 'S', 0.05), '0.25° N');
});

test('graticule lines keep their distance at any zoom', () => {
  for (let zoom = 0; zoom < 18; zoom++) {
    const perDegree = (256 * 2 ** zoom) / 360;
    const apart = stepFor(perDegree) * perDegree;
    if (stepFor(perDegree) < 45) assert.ok(apart >= 150 && apart <= 400, `zoom ${zoom}: ${apart}`);
  }
  assert.deepEqual(lines(-1, 11, 5).map((degrees) => degrees + 0), [0, 5, 10]);
});
