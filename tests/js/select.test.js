// @ts-check
/** Which events are shown: the cases that Python and the browser must answer alike, and the edges. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { counts, currentEvent, filtered, folded, shown } from '../../dashboard/static/select.js';
import { readStory } from '../../dashboard/static/story.js';
import { small } from './small.js';

const shared = JSON.parse(readFileSync(new URL('../cases/shown.json', import.meta.url), 'utf8'));
const story = readStory(shared.story);

for (const { view, shown: expected } of shared.cases) {
  test(`shown as Python shows it: ${JSON.stringify(view)}`, () => {
    const crew = new Set(view.crew.map((/** @type {string} */ id) => story.people.id.indexOf(id)));
    const selection = filtered(story, { ...view, crew });
    const ids = Array.from(shown(story, selection, view), (e) => story.id[e]);
    assert.deepEqual(ids.sort(), [...expected].sort());
  });
}

test('an empty story shows nothing', () => {
  const empty = readStory(small([]));
  const selection = filtered(empty, { crew: new Set(), match: 'any', q: '' });
  assert.equal(shown(empty, selection, { t: 0, mode: 'moment', span: 60 }).length, 0);
  assert.equal(currentEvent(empty, selection, 0), -1);
});

test('an event that ends at the instant is over', () => {
  const one = readStory(small([{ at: 0, until: 60 }, { at: 10 }]));
  const selection = filtered(one, { crew: new Set(), match: 'any', q: '' });
  assert.deepEqual([...shown(one, selection, { t: 59, mode: 'moment', span: 1 })], [0, 1]);
  assert.deepEqual([...shown(one, selection, { t: 60, mode: 'moment', span: 1 })], [1]);
});

test('an event exactly one span ago has left the window', () => {
  const two = readStory(small([{ at: 0 }, { at: 60 }]));
  const selection = filtered(two, { crew: new Set(), match: 'any', q: '' });
  assert.deepEqual([...shown(two, selection, { t: 60, mode: 'window', span: 60 })], [1]);
  assert.deepEqual([...shown(two, selection, { t: 59, mode: 'window', span: 60 })], [0]);
});

test('a person counts once an event, present or from elsewhere', () => {
  const one = readStory(small([{ at: 0, people: [0], remote: [0, 1] }]));
  assert.deepEqual([...counts(one, '').people], [1, 1]);
  assert.deepEqual([...counts(one, '').groups], [1]);
});

test('search ignores case and accents', () => {
  assert.equal(folded('ZOË Straße'), 'zoe strasse');
});
