// @ts-check
/** Who was with whom. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between, meetings } from '../../dashboard/static/pairs.js';
import { readStory } from '../../dashboard/static/story.js';
import { small } from './small.js';

const NAMES = ['Ann', 'Bo', 'Cy', 'First guard'];
const asked = { everybody: false, chosen: new Set() };

/** @param {{people: number[], remote?: number[]}[]} events @param {number[]} [group] of the four people */
function storyOf(events, group = [0, 0, 0, 0]) {
  const wire = small(events.map((event, i) => ({ at: i, ...event })));
  const empty = NAMES.map(() => '');
  wire.groups = [...wire.groups, { ...wire.groups[0], id: 'police' }];
  wire.people = { id: NAMES, name: NAMES, short: NAMES, initials: empty, group, role: empty };
  return readStory(wire);
}
/** @param {import('../../dashboard/static/story.js').Story} story */
const everything = (story) => Int32Array.from({ length: story.n }, (_, e) => e);

test('two people meet at every event where both are present', () => {
  const story = storyOf([{ people: [0, 1] }, { people: [0] }, { people: [1, 0] }]);
  const { people, counts, first, last } = meetings(story, everything(story), asked);
  assert.deepEqual([...people], [0, 1]);
  assert.deepEqual([...counts], [0, 2, 2, 0]);
  assert.deepEqual([[...first], [...last]], [[-1, 0, 0, -1], [-1, 2, 2, -1]]);
});

test('who takes part from elsewhere meets nobody', () => {
  const story = storyOf([{ people: [0], remote: [1] }]);
  assert.deepEqual(meetings(story, everything(story), asked).people, new Int32Array(0));
});

test('only events of the selection count', () => {
  const story = storyOf([{ people: [0, 1] }, { people: [0, 2] }]);
  assert.deepEqual([...meetings(story, Int32Array.of(1), asked).people], [0, 2]);
});

test('people are ordered by group, then by first appearance', () => {
  const story = storyOf([{ people: [2] }, { people: [1, 0] }, { people: [0, 2] }], [1, 1, 0, 0]);
  assert.deepEqual([...meetings(story, everything(story), asked).people], [2, 1, 0]);
});

test('roles are folded and counted; who met nobody else is left out', () => {
  const story = storyOf([{ people: [0, 1] }, { people: [2, 3] }]);
  const { people, folded } = meetings(story, everything(story), asked);
  assert.deepEqual([[...people], folded], [[0, 1], 1]);
  assert.deepEqual([...meetings(story, everything(story), { ...asked, everybody: true }).people], [0, 1, 2, 3]);
});

test('the meetings of two are the events with both, in order, with whoever else was there', () => {
  const story = storyOf([{ people: [0, 1] }, { people: [0] }, { people: [2, 1, 0] }, { people: [1], remote: [0] }]);
  assert.deepEqual([...between(story, everything(story), 1, 0)], [0, 2]);
});

test('a story without events has no meetings', () => {
  const story = storyOf([]);
  assert.deepEqual(meetings(story, everything(story), asked), {
    people: new Int32Array(0),
    counts: new Uint32Array(0),
    first: new Int32Array(0),
    last: new Int32Array(0),
    folded: 0,
    left: 0,
  });
});
