// @ts-check
/** Discs written into pixels. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channels, css, inkOn, mixed, pixel } from '../../dashboard/static/colour.js';
import { coverage, discColours, mask, write } from '../../dashboard/static/discs.js';
import { STEPS } from '../../dashboard/static/markers.js';

test('the mask covers as much as the disc', () => {
  for (const diameter of [1, 5, 7, 8.75, 10.5, 14, 21]) {
    const sum = coverage(diameter).cover.reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum / (Math.PI * (diameter / 2) ** 2) - 1) < 0.04, `${diameter}: ${sum}`);
  }
});

test('the mask is the same from all four sides', () => {
  const { size, cover } = coverage(7);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      assert.equal(cover[y * size + x], cover[x * size + y]);
      assert.equal(cover[y * size + x], cover[y * size + (size - 1 - x)]);
    }
  }
});

test('the disc of seven pixels has the shape that is spelled out for speed', () => {
  const { runs, strong, weak, reach } = mask(7, 100);
  let inner = 0;
  for (let r = 0; r < runs.length; r += 2) inner += runs[r + 1] - runs[r];
  assert.deepEqual([reach, inner, strong.length, weak.length], [3, 29, 8, 8]);
});

/** One disc in a picture of its own, by the loops or spelled out. @param {boolean} looped */
function one(looped) {
  const stride = 15;
  const pixels = new Int32Array(stride * stride);
  const shape = mask(7, stride);
  // An extra weak rim pixel, written twice, keeps the loops from being skipped and changes nothing.
  const drawn = looped ? { ...shape, weak: Int32Array.of(...shape.weak, shape.weak[0]) } : shape;
  write(pixels, stride, drawn, Int32Array.of(7 * stride + 7), Uint8Array.of(0), Int32Array.of(11, 22, 33), 1);
  return pixels;
}

test('the fast way writes what the loops write', () => {
  assert.deepEqual(one(false), one(true));
});

test('a later disc lies over an earlier one', () => {
  const stride = 20;
  const pixels = new Int32Array(stride * stride);
  const centre = 10 * stride + 10;
  write(pixels, stride, mask(7, stride), Int32Array.of(centre, centre + 1), Uint8Array.of(0, 1), Int32Array.of(1, 2, 3, 4, 5, 6), 2);
  assert.equal(pixels[centre], 4);
  assert.equal(pixels[centre - 3], 1);
});

test('the faint rim never nibbles a disc that is there', () => {
  const stride = 20;
  const pixels = new Int32Array(stride * stride).fill(9);
  write(pixels, stride, mask(7, stride), Int32Array.of(10 * stride + 10), Uint8Array.of(0), Int32Array.of(1, 2, 3), 1);
  assert.equal(pixels.includes(3), false);
});

test('the freshest shade is the colour of the group, the faintest sinks into the ground', () => {
  const colours = discColours([[200, 100, 0]], [0, 0, 0], { strongCover: 0.8, weakCover: 0.3 });
  assert.equal(colours[3 * (STEPS - 1)], pixel([200, 100, 0], 1));
  assert.equal(colours[0], pixel([60, 30, 0], 1));
});

test('a pixel is red, green, blue and alpha in this order', () => {
  assert.deepEqual([...new Uint8Array(Int32Array.of(pixel([1, 2, 3], 1)).buffer)], [1, 2, 3, 255]);
});

test('colours are read as style sheets write them, and what cannot be read is grey', () => {
  assert.deepEqual(channels(' #f0a23b '), [240, 162, 59]);
  assert.deepEqual(channels('#fa0'), [255, 170, 0]);
  assert.deepEqual(channels('rgba(1, 2, 3, 0.5)'), [1, 2, 3]);
  assert.deepEqual(channels('rgb(1 2 3 / 50%)'.replace(' / 50%', '')), [1, 2, 3]);
  for (const text of ['', '#12', 'hotpink', 'rgb(1, 2)', 'url(x)']) assert.deepEqual(channels(text), channels('unreadable'));
});

test('mixing keeps both ends', () => {
  assert.deepEqual(mixed([10, 20, 30], [90, 80, 70], 1), [10, 20, 30]);
  assert.deepEqual(mixed([10, 20, 30], [90, 80, 70], 0), [90, 80, 70]);
  assert.equal(css([1, 2, 3], 0.5), 'rgba(1,2,3,0.5)');
});

test('ink is dark on bright and white on dark', () => {
  assert.notEqual(inkOn([250, 250, 250]), inkOn([10, 10, 10]));
});
