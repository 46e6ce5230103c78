// @ts-check
/** Which places the shown events mark, with which count, colour and freshness. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countText, eventsAt, freshness, marker, radiusOf, share, slots, STEPS, stepsOf } from '../../dashboard/static/markers.js';

const NOWHERE = NaN;
/**
 * Marks all events of a small story: place and group of each.
 * @param {[number, number][]} events @param {Float64Array} [lat]
 */
function marked(events, lat = Float64Array.of(1, 2, 3)) {
  const numbered = slots(Int32Array.from(events, ([place]) => place), lat, lat);
  const mark = marker(numbered.slot, Uint8Array.from(events, ([, group]) => group), numbered.placeOf.length, 3);
  return { ...numbered, mark, all: mark(Int32Array.from(events, (_, i) => i)) };
}
/** @param {ReturnType<typeof marked>} result @param {number} place */
const groupAt = ({ all, slotOf }, place) => all.group[slotOf[place]];

test('a place counts the events shown there', () => {
  const { all, slotOf } = marked([[0, 0], [1, 0], [0, 0]]);
  assert.deepEqual([all.n, all.count[slotOf[0]], all.count[slotOf[1]]], [2, 2, 1]);
});

test('the group with most events gives the colour', () => {
  assert.equal(groupAt(marked([[0, 1], [0, 1], [0, 2]]), 0), 1);
});

test('of groups with equally many events the most recent gives the colour', () => {
  assert.equal(groupAt(marked([[0, 1], [0, 2]]), 0), 2);
  assert.equal(groupAt(marked([[0, 1], [0, 2], [0, 2], [0, 1]]), 0), 1);
  assert.equal(groupAt(marked([[0, 2], [0, 1], [0, 1], [0, 2], [0, 0]]), 0), 2);
});

test('the place of the latest event comes last', () => {
  const { all, placeOf } = marked([[0, 0], [1, 0], [2, 0], [0, 0]]);
  assert.deepEqual(Array.from(all.order.subarray(0, all.n), (slot) => placeOf[slot]), [1, 2, 0]);
});

test('events without a place, or at one without coordinates, mark nothing', () => {
  const { all, slotOf } = marked([[-1, 0], [1, 0]], Float64Array.of(1, NOWHERE, 3));
  assert.equal(all.n, 0);
  assert.equal(slotOf[1], -1);
});

test('zero is a coordinate', () => {
  assert.equal(marked([[0, 0]], Float64Array.of(0)).all.n, 1);
});

test('nothing of an earlier turn is left over', () => {
  const { mark, slotOf } = marked([[0, 1], [0, 1], [0, 2], [1, 0]]);
  const later = mark(Int32Array.of(2));
  assert.deepEqual([later.n, later.count[slotOf[0]], later.group[slotOf[0]]], [1, 1, 2]);
  assert.equal(later.has(slotOf[1]), false);
});

test('no event shown marks nothing', () => {
  assert.equal(marked([]).all.n, 0);
});

test('slots follow the story, places it never comes to are last', () => {
  const { placeOf } = slots(Int32Array.of(2, -1, 0, 2), Float64Array.of(1, 1, 1), Float64Array.of(1, 1, 1));
  assert.deepEqual([...placeOf], [2, 0, 1]);
});

test('events at a place keep their order', () => {
  assert.deepEqual([...eventsAt(Int32Array.of(0, 1, 0, 0), Int32Array.of(0, 1, 3), 0)], [0, 3]);
});

test('the latest event is fresh, older ones fade and never vanish', () => {
  for (const shown of [1, 2, 79, 100_000]) {
    assert.equal(freshness(0, shown), 1);
    let before = 1;
    for (let age = 1; age < shown; age += Math.ceil(shown / 50)) {
      const now = freshness(age, shown);
      assert.ok(now < before && now >= 0.3, `${age} of ${shown}`);
      before = now;
    }
  }
});

test('fading steps are freshness, rounded', () => {
  for (const shown of [0, 1, 5, 79, 1000]) {
    const steps = stepsOf(shown);
    assert.equal(steps.length, shown);
    for (let i = 0; i < shown; i++) {
      const exact = freshness(shown - 1 - i, shown);
      assert.ok(Math.abs(share(steps[i]) - exact) <= 0.7 / (STEPS - 1) / 2 + 1e-9, `${i} of ${shown}`);
    }
  }
});

test('a count fits its marker at any size', () => {
  assert.deepEqual([1, 999, 1000, 9949, 9950, 99_500, 999_499, 2_000_000].map(countText), ['1', '999', '1.0k', '9.9k', '10k', '100k', '999k', '2M']);
  assert.ok(radiusOf(1) < radiusOf(2) && radiusOf(2) < radiusOf(100) && radiusOf(1e9) <= 16);
});
