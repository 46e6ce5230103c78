// @ts-check
/** Story time in the browser: the cases that Python must answer alike, and the laws of writing and reading it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { dayAssumed, formatAt, formatSpan, instant, parseAt, parseSpan, position, spanWords, typedAt, words, wordsOn } from '../../dashboard/static/clock.js';

const shared = JSON.parse(readFileSync(new URL('../cases/clock.json', import.meta.url), 'utf8'));
const NOON = 8 * 86_400 + 43_200;

for (const { kind, t, text } of shared.words) {
  test(`said as Python says it: ${text}`, () => assert.equal(words(t, kind), text));
}
for (const { kind, text, t } of shared.at) {
  test(`read as Python reads it, and written back: ${text}`, () => {
    assert.equal(parseAt(text, kind), t);
    assert.equal(formatAt(t, kind), text);
  });
}
for (const { kind, text } of shared.bad) {
  test(`refused as Python refuses it: ${kind} ${JSON.stringify(text)}`, () => assert.equal(parseAt(text, kind), null));
}
test('instants lie where Python puts them', () => {
  for (const { t, x, at, position: expected } of shared.axis) assert.ok(Math.abs(position({ t, x }, at) - expected) < 1e-6, `${at}`);
});

test('every whole second written is read back', () => {
  for (const [kind, far] of /** @type {[string, number][]} */ ([['days', 8e10], ['calendar', 6e12]])) {
    for (let t = -far; t < far; t += Math.floor(far / 97)) assert.equal(parseAt(formatAt(t, kind), kind), t);
  }
});

test('a position and its instant are one another', () => {
  const scale = { t: [0, 60, 3600, 86_400], x: [0, 0.5, 0.75, 1] };
  for (let x = 0; x <= 1; x += 0.01) assert.ok(Math.abs(position(scale, instant(scale, x)) - x) < 1e-9);
});

test('where the scale stands still the position means its latest instant', () => {
  const scale = { t: [0, 10, 20, 30, 40], x: [0, 0, 0.5, 0.5, 1] };
  assert.equal(instant(scale, 0), 0);
  assert.equal(instant(scale, 0.5), 30);
  assert.equal(instant(scale, 1), 40);
});

test('outside the scale is its end', () => {
  const scale = { t: [100, 200], x: [0, 1] };
  assert.deepEqual([position(scale, 0), position(scale, 900)], [0, 1]);
  assert.deepEqual([instant(scale, -1), instant(scale, 2)], [100, 200]);
});

test('an empty scale has a position for everything', () => assert.equal(position({ t: [], x: [] }, 5), 0));

test('a person may type the time as the board says it', () => {
  for (const text of ['D8T12:00', 'd8 12:00', 'Day 8 12:00', 'day 8, 12:00', ' Day  8, 12:00 ', '12:00']) assert.equal(typedAt(text, 'days', NOON + 60), NOON, text);
  const october = parseAt('1995-10-03T11:30', 'calendar');
  for (const text of ['1995-10-03T11:30', '1995-10-03 11:30', '3 October 1995, 11:30', '3 oct 1995 11:30', '11:30']) {
    assert.equal(typedAt(text, 'calendar', /** @type {number} */ (october) + 60), october, text);
  }
  assert.equal(typedAt('15 March 44 BC', 'calendar', 0), parseAt('-0043-03-15', 'calendar'));
});

test('every instant said can be typed', () => {
  for (const { kind, t, text } of shared.words) assert.equal(typedAt(text, kind, 0), t, text);
});

test('words that are no time are none', () => {
  for (const text of ['', 'noon', 'Day', 'Day 8 25:00', '3 Foo 1995', '31 February 1995', '25:00']) {
    assert.equal(typedAt(text, 'days', NOON), null, text);
    assert.equal(typedAt(text, 'calendar', NOON), null, text);
  }
});

test('a span is read as it was written', () => {
  for (const [text, seconds] of /** @type {[string, number][]} */ ([['6h', 21_600], ['90m', 5400], ['3d', 259_200], ['45s', 45], ['2w', 1_209_600]])) {
    assert.equal(parseSpan(text), seconds);
    assert.equal(formatSpan(seconds), text);
  }
});

test('what is no span is none', () => {
  for (const text of ['', '0h', '6', 'h', '-3d', '1.5h', '6H', '1234567s', '6 h', 'NaNh']) assert.equal(parseSpan(text), null, text);
});

test('a span in words is singular for one', () => {
  assert.deepEqual([3600, 21_600, 86_400, 5400].map(spanWords), ['1 hour', '6 hours', '1 day', '90 minutes']);
});

test('seconds are said only where the scale shows them or they are stated', () => {
  const long = { t: [0, 30 * 86_400], x: [0, 1] };
  const short = { t: [NOON - 600, NOON + 600], x: [0, 1] };
  assert.equal(wordsOn(long, NOON + 59, 'days', false), 'Day 8, 12:00');
  assert.equal(wordsOn(long, NOON + 59, 'days', true), 'Day 8, 12:00:59');
  assert.equal(wordsOn(short, NOON + 59, 'days', false), 'Day 8, 12:00:59');
});

test('an assumed day is known by any of its instants', () => {
  const clock = { kind: 'days', assumed: ['D8', 'D-1'] };
  assert.deepEqual([NOON, NOON - 86_400, -1, 0].map((t) => dayAssumed(clock, t)), [true, false, true, false]);
});
