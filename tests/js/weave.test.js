// @ts-check
/** The shapes of the storylines. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStory } from '../../dashboard/static/story.js';
import { LEAD, LONG, strand, weave } from '../../dashboard/static/weave.js';
import { small } from './small.js';

const PITCH = { pitch: 20, tight: 10 };

/** The lines of Neil and Chris through these events, 100 pixels apart. @param {{people?: number[], remote?: number[]}[]} events @param {number[][]} [gone] */
function woven(events, gone) {
  const wire = small(events.map((event, i) => ({ at: i, ...event })));
  const story = readStory({ ...wire, events: { ...wire.events, ...(gone && { gone }) } });
  const selection = Int32Array.from(events, (_, e) => e);
  return weave(story, selection, Int32Array.of(0, 1), Float64Array.from(events, (_, i) => 100 * (i + 1)), PITCH);
}
/** The points a path names, in order. @param {string} path */
const numbers = (path) => [...path.matchAll(/-?\d+(\.\d+)?/g)].map(([number]) => Number(number));

test('a capsule reaches over the lines of those present, who are closer together than apart', () => {
  const [{ top, bottom, here }] = woven([{ people: [0, 1] }]).capsules;
  assert.deepEqual([top, bottom], [15, 25]);
  assert.deepEqual(here, [{ person: 0, y: 15 }, { person: 1, y: 25 }]);
});

test('who takes part from elsewhere is outside of the capsule, on their own line', () => {
  const [, { top, bottom, elsewhere }] = woven([{ people: [0, 1] }, { people: [0], remote: [1] }]).capsules;
  assert.deepEqual([top, bottom, elsewhere], [10, 10, [{ person: 1, y: 30 }]]);
});

test('an event with nobody has no lines', () => {
  const [{ top, here }] = woven([{ people: [] }, { people: [0, 1] }]).capsules;
  assert.deepEqual([top, here], [NaN, []]);
});

test('a line begins a little before the first event and ends a little after the last', () => {
  const { strands } = woven([{ people: [0] }, { people: [0, 1] }, { people: [1] }]);
  const xs = strands.map(({ names, end }) => [names[0].x, end.x]);
  assert.deepEqual(xs, [[100 - LEAD, 200 + LEAD], [200 - LEAD, 300 + LEAD]]);
});

test('a line ends with a mark where the story of its person does', () => {
  assert.deepEqual(woven([{ people: [0, 1] }], [[1]]).strands.map(({ end }) => end.gone), [false, true]);
});

test('a line is level where its row stays', () => {
  const { line } = strand([0, 1], [100, 200], () => 30, () => 30, false);
  assert.equal(line, `M${100 - LEAD} 30H100H200H${200 + LEAD}`);
});

test('a line bends shortly before an event where it changes rows', () => {
  const { line } = strand([0, 1], [100, 200], (k) => [30, 70][k], () => 30, false);
  const [from] = numbers(line.slice(line.indexOf('H', line.indexOf('H') + 1)));
  assert.ok(from > 150 && from < 200);
});

test('a line through events at one instant does not run back', () => {
  const { line } = strand([0, 1, 2], [100, 100, 100], (k) => 30 + 20 * k, () => 30, false);
  assert.equal(numbers(line).every(Number.isFinite), true);
  assert.ok(!line.includes('H99'));
});

test('a long absence is dotted, and the name is said again', () => {
  const xs = Array.from({ length: LONG + 3 }, (_, i) => 20 * i);
  const { line, away, names } = strand([0, LONG + 2], xs, () => 30, () => 30, false);
  assert.equal(line.match(/M/g)?.length, 2);
  assert.deepEqual(names.map(({ x }) => x), [-LEAD, xs[LONG + 2] - LEAD]);
  const [start, , ...along] = numbers(away);
  assert.deepEqual([start, along[along.length - 1]], [LEAD, xs[LONG + 2] - LEAD]);
  assert.deepEqual(along, [...along].sort((a, b) => a - b));
});

test('a short absence is not', () => {
  const { away, names } = strand([0, LONG], Array.from({ length: LONG + 1 }, (_, i) => 20 * i), () => 30, () => 30, false);
  assert.deepEqual([away, names.length], ['', 1]);
});

test('two names that begin at once are in different rows', () => {
  const { strands } = woven([{ people: [0, 1] }]);
  assert.notEqual(strands[0].names[0].y, strands[1].names[0].y);
});

test('the drawing is as tall as its rows', () => {
  assert.equal(woven([{ people: [0, 1] }]).height, 40);
});
