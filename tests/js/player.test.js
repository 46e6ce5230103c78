// @ts-check
/** Play respects the story: it stays as long as an event takes to read, and dead time is crossed quickly. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advanced, dwell, eased, travel, within } from '../../dashboard/static/player.js';
import { readStory } from '../../dashboard/static/story.js';
import { small } from './small.js';

const story = readStory(small([{ at: 0 }, { at: 10, title: 'x'.repeat(60) }, { at: 20, title: 'x'.repeat(900) }]));
const scale = { t: [0, 100], x: [0, 1] };

test('a longer text stays longer, within bounds', () => {
  const [short, middle, long] = [0, 1, 2].map((e) => dwell(story, e));
  assert.ok(Math.abs(short - 1.515) < 1e-9);
  assert.ok(short < middle && middle < long);
  assert.equal(long, 7);
});

test('the way between events takes longer the further it is, within bounds', () => {
  assert.equal(travel(scale, [], 0, 0.1), 0.25);
  assert.equal(travel(scale, [], 0, 2), 0.6);
  assert.equal(travel(scale, [], 0, 90), 0.9);
});

test('dead time is crossed in at most 0.4 seconds, in either direction', () => {
  assert.equal(travel(scale, [[10, 60]], 0, 90), 0.4);
  assert.equal(travel(scale, [[10, 60]], 90, 0), 0.4);
  assert.equal(travel(scale, [[10, 60]], 70, 90), 0.9);
});

test('the way begins and ends slowly', () => {
  assert.deepEqual([0, 0.5, 1].map(eased), [0, 0.5, 1]);
  assert.ok(eased(0.1) < 0.1 && eased(0.9) > 0.9);
});

test('between the marks of the loop only what lies there is played, and everything where nothing does', () => {
  const now = /** @type {any} */ ({ sequence: Int32Array.of(0, 1, 2), from: 5, to: 15 });
  assert.deepEqual([...within(story, now)], [1]);
  assert.deepEqual([...within(story, { ...now, from: null, to: null })], [0, 1, 2]);
  assert.deepEqual([...within(story, { ...now, from: 50, to: 60 })], [0, 1, 2]);
});

test('even play repeats between the marks', () => {
  const { x, over } = advanced(0.58, 1, 20, true, [0.2, 0.6]);
  assert.ok(Math.abs(x - 0.23) < 1e-9);
  assert.equal(over, false);
});
