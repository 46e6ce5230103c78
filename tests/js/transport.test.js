// @ts-check
/** What the controls of time say and do, as far as it needs no page. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advanced, crossing } from '../../dashboard/static/player.js';
import { readStory } from '../../dashboard/static/story.js';
import { asked, command, readout, spans } from '../../dashboard/static/transport.js';
import { small } from './small.js';

const story = readStory(small([{ at: 3600 }, { at: 7265 }]));

test('a story takes between forty seconds and three minutes', () => {
  assert.deepEqual([1, 79, 100_000].map(crossing), [40, 79 * 1.2, 180]);
});

test('play passes the same share of the scale in the same time, twice as much at twice the speed', () => {
  assert.equal(advanced(0.25, 1, 40, false).x, 0.275);
  assert.equal(advanced(0.25, 1, 40 / 2, false).x, 0.3);
});

test('play stops exactly at the end', () => assert.deepEqual(advanced(0.999, 1, 40, false), { x: 1, over: true }));

test('a loop goes on at the beginning', () => {
  const { x, over } = advanced(0.99, 1, 40, true);
  assert.ok(!over && Math.abs(x - 0.015) < 1e-9);
});

test('keys move through time where nothing else wants them', () => {
  const said = [' ', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End', '?'].map((key) => command(key, ''));
  assert.deepEqual(said, ['play', 'previous', 'next', 'back', 'forward', 'first', 'last', 'help']);
});

test('letters and unknown keys are left alone', () => {
  for (const key of ['a', 'Enter', 'Tab', 'Escape', 'constructor', 'toString']) assert.equal(command(key, ''), null, key);
});

test('a text field keeps all its keys', () => {
  for (const key of [' ', 'ArrowLeft', 'Home', '?']) assert.equal(command(key, 'text'), null);
});

test('a button keeps space, a choice and the map keep their arrows', () => {
  assert.equal(command(' ', 'button'), null);
  assert.equal(command('ArrowRight', 'button'), 'next');
  assert.equal(command('ArrowRight', 'choice'), null);
  assert.equal(command('ArrowRight', 'map'), null);
  assert.equal(command(' ', 'map'), 'play');
});

test('the readout says time and chapter', () => {
  assert.deepEqual(readout(story, { t: 3600, scale: 'story' }, 0), { time: 'Day 0, 01:00', chapter: 'One', doubts: [] });
  assert.deepEqual(readout(story, { t: 0, scale: 'story' }, -1), { time: 'Day 0, 00:00', chapter: '', doubts: [] });
});

test('the readout says when a time is only about right and when a day is assumed', () => {
  const unsure = { ...story, precision: ['day', 'exact'], clock: { ...story.clock, assumed: ['D0'] } };
  assert.deepEqual(readout(unsure, { t: 3600, scale: 'story' }, 0).doubts, ['about', 'day assumed']);
  assert.deepEqual(readout(unsure, { t: 7265, scale: 'story' }, 1).doubts, ['day assumed']);
});

test('the readout says how long the steps are in which events were counted', () => {
  const counted = (/** @type {number} */ to) => readout({ ...story, cells: /** @type {any} */ ({ from: 0, to, steps: 240 }) }, { t: 0, scale: 'story' }, -1).doubts;
  assert.deepEqual(counted(15_829_005), ['in steps of 18 hours']);
  assert.deepEqual(counted(240 * 60), ['in steps of 1 minute']);
  assert.deepEqual(counted(0), ['in steps of 1 second']);
});

test('seconds that are stated are said', () => assert.equal(readout(story, { t: 7265, scale: 'story' }, 1).time, 'Day 0, 02:01:05'));

test('windows on offer fit the story and hold the one in use', () => {
  assert.deepEqual(spans(86_400, 5400), [300, 900, 3600, 5400, 21_600]);
  assert.deepEqual(spans(0, 21_600), [21_600]);
});

test('a typed time is taken, and one that is wrong or outside the story is explained', () => {
  assert.deepEqual(asked(story, 'Day 0, 02:00', 3600), { t: 7200 });
  assert.match(/** @type {any} */ (asked(story, 'tea time', 3600)).fault, /D0T01:00.*Day 0, 01:00/);
  assert.match(/** @type {any} */ (asked(story, 'D9', 3600)).fault, /from Day 0, 00:00 to Day 1, 00:00/);
});
