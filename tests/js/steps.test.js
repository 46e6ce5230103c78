// @ts-check
/** Stepping by event and by chapter, at the ends, between events, and where nothing is selected. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chapterStepped, stepped } from '../../dashboard/static/steps.js';
import { ordered } from '../../dashboard/static/orders.js';
import { readStory } from '../../dashboard/static/story.js';
import { small } from './small.js';

const story = readStory({
  ...small([{ at: 0 }, { at: 10 }, { at: 20, chapter: 1 }, { at: 20, chapter: 1 }, { at: 30, chapter: 2 }]),
  chapters: ['One', 'Two', 'Three'],
});
const chosen = (/** @type {number[]} */ ...events) => ({ selection: Int32Array.from(events), sequence: Int32Array.from(events) });
const all = Int32Array.of(0, 1, 2, 3, 4);
const whole = chosen(0, 1, 2, 3, 4);

test('a step goes to the neighbour, also among events of one instant', () => {
  assert.equal(stepped(story, whole, { t: 20, event: 2 }, 1), 3);
  assert.equal(stepped(story, whole, { t: 20, event: 3 }, -1), 2);
});

test('the ends hold', () => {
  assert.equal(stepped(story, whole, { t: 30, event: 4 }, 1), 4);
  assert.equal(stepped(story, whole, { t: 0, event: 0 }, -1), 0);
});

test('between events a step goes to the next or to the last one', () => {
  assert.equal(stepped(story, whole, { t: 15, event: -1 }, 1), 2);
  assert.equal(stepped(story, whole, { t: 15, event: -1 }, -1), 1);
});

test('an event outside of the selection counts as between events', () => {
  assert.equal(stepped(story, chosen(0, 4), { t: 20, event: 2 }, 1), 4);
});

test('nothing selected, nothing stepped to', () => {
  assert.equal(stepped(story, chosen(), { t: 0, event: -1 }, 1), -1);
  assert.equal(chapterStepped(story, new Int32Array(0), { t: 0, event: -1 }, 1), -1);
});

test('a chapter forward is the first event of the next one', () => {
  assert.equal(chapterStepped(story, all, { t: 0, event: 0 }, 1), 2);
  assert.equal(chapterStepped(story, all, { t: 30, event: 4 }, 1), 4);
});

test('a chapter back is the start of this one, and from the start that of the one before', () => {
  assert.equal(chapterStepped(story, all, { t: 20, event: 3 }, -1), 2);
  assert.equal(chapterStepped(story, all, { t: 20, event: 2 }, -1), 0);
  assert.equal(chapterStepped(story, all, { t: 0, event: 0 }, -1), 0);
});

test('a step in the order of telling goes to what is told next', () => {
  const told = { ...story, told: [1, 3, 2, 4, 5] };
  const sequence = ordered(told, all, 'told');
  assert.deepEqual([...sequence], [0, 2, 1, 3, 4]);
  assert.equal(stepped(told, { selection: all, sequence }, { t: 0, event: 0 }, 1), 2);
  assert.equal(stepped(told, { selection: all, sequence }, { t: 20, event: 2 }, 1), 1);
  assert.equal(ordered(told, all, 'happened'), all);
});
