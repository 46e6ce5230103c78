// @ts-check
/** Who has a line in the storylines, and in which row. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cast, gathered, isRole, nearestFree, rows } from '../../dashboard/static/cast.js';
import { readStory } from '../../dashboard/static/story.js';
import { small } from './small.js';

/** A story of these people, who are present at these events. @param {string[]} names @param {{people: number[], remote?: number[]}[]} events */
function storyOf(names, events, storyline = null) {
  const wire = small(events.map((event, i) => ({ at: i, ...event })));
  const empty = names.map(() => '');
  wire.people = { id: names, name: names, short: names, initials: empty, group: names.map(() => 0), role: empty };
  return readStory({ ...wire, storyline });
}
/** @param {import('../../dashboard/static/story.js').Story} story */
const everything = (story) => Int32Array.from({ length: story.n }, (_, e) => e);
const nobody = { everybody: false, chosen: new Set() };
/** The people at every event from the top row down. @param {Int32Array} row @param {number} m */
const ordered = (row, m) =>
  Array.from({ length: row.length / m }, (_, k) => Array.from({ length: m }, (_, i) => i).sort((a, b) => row[k * m + a] - row[k * m + b]));

test('a role is written small, a name is not', () => {
  const roles = ['Bank guards', 'Detective at headquarters', 'SWAT team', "Lauren's father"];
  const names = ['Neil McCauley', 'Detective Casals', 'Trejo', 'Roger Van Zant', 'Ludwig van Beethoven', ''];
  assert.deepEqual([roles.map(isRole), names.map(isRole)], [roles.map(() => true), names.map(() => false)]);
});

test('people are in order of first appearance, also from elsewhere', () => {
  const story = storyOf(['Ann', 'Bo', 'Cy'], [{ people: [1], remote: [2] }, { people: [0, 1] }]);
  assert.deepEqual([...cast(story, everything(story), nobody).people], [1, 2, 0]);
});

test('only people of the selected events have a line', () => {
  const story = storyOf(['Ann', 'Bo'], [{ people: [0] }, { people: [1] }]);
  assert.deepEqual([...cast(story, Int32Array.of(1), nobody).people], [1]);
});

test('roles are folded and counted, unless everybody is asked for or they are chosen', () => {
  const story = storyOf(['Ann Lee', 'First guard', 'Second guard'], [{ people: [0, 1, 2] }]);
  assert.deepEqual(cast(story, everything(story), nobody), { people: Int32Array.of(0), folded: 2, left: 0 });
  assert.equal(cast(story, everything(story), { everybody: true, chosen: new Set() }).people.length, 3);
  assert.deepEqual([...cast(story, everything(story), { everybody: false, chosen: new Set([2]) }).people], [0, 2]);
});

test('where nobody has a name nobody is folded', () => {
  const story = storyOf(['First guard', 'Second guard'], [{ people: [0, 1] }]);
  assert.deepEqual(cast(story, everything(story), nobody), { people: Int32Array.of(0, 1), folded: 0, left: 0 });
});

test('of too many people those with the most events have a line, the others are counted', () => {
  const names = Array.from({ length: 130 }, (_, i) => `P${i}`);
  const story = storyOf(names, [{ people: names.map((_, i) => i) }, { people: [129] }]);
  const { people, left } = cast(story, everything(story), nobody);
  assert.deepEqual([people.length, left, people.includes(129)], [120, 10, true]);
});

test('those who meet move together around the middle one of them, and nobody else changes places', () => {
  assert.deepEqual(gathered([0, 1, 2, 3, 4], new Set([0, 2, 4])), [1, 0, 2, 4, 3]);
});

test('those who stand together stay where they are', () => {
  const order = [0, 1, 2, 3];
  assert.equal(gathered(order, new Set([1, 2])), order);
  assert.equal(gathered(order, new Set([3])), order);
});

test('without a layout of the story everybody has a row of their own, those who meet side by side', () => {
  const story = storyOf(['Ann', 'Bo', 'Cy', 'Di'], [{ people: [0, 1] }, { people: [2, 3] }, { people: [0, 3] }]);
  const { row, count } = rows(story, everything(story), Int32Array.of(0, 1, 2, 3));
  assert.deepEqual(ordered(row, 4), [[0, 1, 2, 3], [0, 1, 2, 3], [1, 2, 0, 3]]);
  assert.equal(count, 4);
});

test('the layout that came with the story is followed, also between its steps', () => {
  const layout = { people: [0, 1], steps: [0, 2], slots: [[1, 0], [0, 1]], crossings: 1, baseline: 1 };
  const story = storyOf(['Ann', 'Bo'], [{ people: [0, 1] }, { people: [], remote: [1] }, { people: [0, 1] }], /** @type {any} */ (layout));
  assert.deepEqual([...rows(story, everything(story), Int32Array.of(0, 1)).row], [1, 0, 1, 0, 0, 1]);
});

test('rows where no line runs are closed up', () => {
  const layout = { people: [0, 1, 2], steps: [0], slots: [[0], [1], [2]], crossings: 0, baseline: 0 };
  const story = storyOf(['Ann', 'Second guard', 'Cy'], [{ people: [0, 1, 2] }], /** @type {any} */ (layout));
  assert.deepEqual(rows(story, everything(story), Int32Array.of(0, 2)), { row: Int32Array.of(0, 1), count: 2 });
});

test('who takes part from elsewhere before they are ever present has a row that is free', () => {
  const layout = { people: [0, 1], steps: [0, 1], slots: [[0, 1], [-1, 0]], crossings: 0, baseline: 0 };
  const story = storyOf(['Ann', 'Bo'], [{ people: [0], remote: [1] }, { people: [0, 1] }], /** @type {any} */ (layout));
  assert.deepEqual([...rows(story, everything(story), Int32Array.of(0, 1)).row], [0, 1, 1, 0]);
});

test('somebody the layout does not know has a free row too', () => {
  const layout = { people: [0], steps: [0], slots: [[0]], crossings: 0, baseline: 0 };
  const story = storyOf(['Ann', 'Bo'], [{ people: [0], remote: [1] }], /** @type {any} */ (layout));
  assert.deepEqual([...rows(story, everything(story), Int32Array.of(0, 1)).row], [0, 1]);
});

test('the free row closest to the wish is taken, a new one where none is free', () => {
  assert.equal(nearestFree(2, 5, (row) => row === 0 || row === 3), 3);
  assert.equal(nearestFree(2, 5, () => false), 5);
  assert.equal(nearestFree(0, 0, () => true), 0);
});

test('no event and nobody make no row', () => {
  const story = storyOf(['Ann'], [{ people: [0] }]);
  assert.deepEqual(rows(story, new Int32Array(0), new Int32Array(0)), { row: new Int32Array(0), count: 0 });
});
