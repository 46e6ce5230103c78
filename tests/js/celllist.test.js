// @ts-check
/** What list and legend of the cells choose to say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { radiusFor } from '../../dashboard/static/celldiscs.js';
import { keyCounts, rounded } from '../../dashboard/static/cellkey.js';
import { largestFirst, MOST } from '../../dashboard/static/celllist.js';
import { chance } from './answers.js';

test('the cells with most events in the whole answer are listed first, equal ones as they came', () => {
  assert.deepEqual(largestFirst({ n: 5, whole: Uint32Array.of(3, 9, 3, 0, 12) }), [4, 1, 0, 2, 3]);
  assert.deepEqual(largestFirst({ n: 0, whole: new Uint32Array(0) }), []);
});

test('no more cells are listed than anybody reads', () => {
  const whole = Uint32Array.from({ length: MOST + 7 }, (_, cell) => cell);
  const order = largestFirst({ n: whole.length, whole });
  assert.equal(order.length, MOST);
  assert.equal(order[MOST - 1], 7);
});

test('a round number of the legend is the largest that is not more', () => {
  assert.deepEqual([0, 1, 3, 5, 9.9, 10, 999, 1000, 20_192].map(rounded), [0, 1, 2, 5, 5, 10, 500, 1000, 20_000]);
});

test('discs of the legend are of falling counts and all large enough to be told apart', () => {
  const pick = chance(3);
  for (let i = 0; i < 500; i++) {
    const ever = 1 + pick(10 ** (1 + pick(7)));
    const radius = 1 + pick(44);
    const counts = keyCounts(ever, radius);
    assert.equal(counts[0], ever);
    for (let k = 1; k < counts.length; k++) {
      assert.ok(counts[k] < counts[k - 1] && Number.isInteger(counts[k]) && counts[k] >= 1);
      assert.ok(radiusFor(counts[k], ever, radius) <= radiusFor(counts[k - 1], ever, radius) * 0.51 + 1e-9 || counts[k] * 4 <= counts[k - 1] * 4);
      assert.ok(radiusFor(counts[k], ever, radius) >= 2.5);
    }
  }
});

test('a map without discs has no legend', () => {
  assert.deepEqual(keyCounts(0, 20), []);
  assert.deepEqual(keyCounts(5, 0), []);
});
