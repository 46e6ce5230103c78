// @ts-check
/** Which number an event has on paper, and how the numbers of one place are written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lined, numbered, runs } from '../../dashboard/static/numbers.js';
import { readStory } from '../../dashboard/static/story.js';
import { small } from './small.js';

const story = readStory(small([{ at: 1 }, { at: 2, place: -1 }, { at: 3 }]));

test('events with a known place are numbered in the order of the list, the others have none', () => {
  const { numbers, at } = numbered(story, [0, 1, 2]);
  assert.deepEqual([...numbers], [1, 0, 2]);
  assert.deepEqual([...at], [[0, [1, 2]]]);
});

test('the order of the list is the order of the numbers', () => {
  assert.deepEqual([...numbered(story, [2, 1, 0]).numbers], [1, 0, 2]);
});

test('nothing shown is nothing numbered', () => {
  assert.deepEqual([...numbered(story, []).at], []);
});

test('three and more in a row are written as a run', () => {
  assert.deepEqual(runs([1]), ['1']);
  assert.deepEqual(runs([1, 2]), ['1', '2']);
  assert.deepEqual(runs([2, 4, 5, 6, 9, 10]), ['2', '4–6', '9', '10']);
  assert.deepEqual(runs([]), []);
});

test('a run names every number once', () => {
  for (let seed = 1; seed < 200; seed++) {
    const numbers = Array.from({ length: 12 }, (_, i) => i + 1).filter((n) => (seed >> n % 8) & 1 || n % 5 === 0);
    const again = runs(numbers).flatMap((part) => {
      const [from, to = from] = part.split('–').map(Number);
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    });
    assert.deepEqual(again, numbers);
  }
});

test('numbers of one place stand in short lines', () => {
  assert.deepEqual(lined(['7', '11–16', '18', '20', '31'], 12), ['7, 11–16,', '18, 20, 31']);
  assert.deepEqual(lined(['1'], 12), ['1']);
});
