// @ts-check
/** The windows in which events may lie: each drawn once, in rows that do not touch. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { windows } from '../../dashboard/static/doubt.js';
import { readStory } from '../../dashboard/static/story.js';
import { small } from './small.js';

/** @param {[number, number][]} pairs of earliest and latest */
function found(pairs) {
  const story = readStory(small(pairs.map(([at]) => ({ at }))));
  pairs.forEach(([from, to], e) => {
    story.earliest[e] = from;
    story.latest[e] = to;
  });
  return windows(story, Int32Array.from(pairs.keys()), (t) => t);
}

test('an exact event has no window', () => assert.deepEqual(found([[5, 5]]), []));

test('events of one window share its bar', () => assert.deepEqual(found([[0, 10], [0, 10]]), [{ left: 0, right: 10, row: 0 }]));

test('windows that overlap have rows of their own, and one that is over frees its row', () => {
  assert.deepEqual(found([[0, 10], [5, 20], [15, 30]]).map(({ row }) => row), [0, 1, 0]);
});

test('what finds no free row is in the last one', () => {
  assert.deepEqual(found([[0, 50], [1, 50], [2, 50], [3, 50]]).map(({ row }) => row), [0, 1, 2, 2]);
});
