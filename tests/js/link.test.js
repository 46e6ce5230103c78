// @ts-check
/** The link says the view, keyed by ids, and leaves the parameters of others alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merged, pairs } from '../../dashboard/static/link.js';
import { readStory } from '../../dashboard/static/story.js';
import { viewFrom } from '../../dashboard/static/view.js';
import { small } from './small.js';

const story = readStory(small([{ at: 86400 + 41400 }, { at: 2 * 86400 + 7200 }]));

test('the opening view needs no parameter', () => {
  assert.deepEqual(pairs(story, viewFrom(story, {})), []);
});

test('a moment is written to the minute', () => {
  const view = { ...viewFrom(story, {}), t: 86400 + 41400, event: 0 };
  assert.deepEqual(pairs(story, view), [['at', 'D1T11:30'], ['event', 'e0']]);
});

test('people are written as ids, one parameter each', () => {
  const view = { ...viewFrom(story, {}), crew: new Set([1, 0]) };
  assert.deepEqual(pairs(story, view), [['crew', 'neil'], ['crew', 'chris']]);
});

test('what is written restores the same view', () => {
  const view = { ...viewFrom(story, {}), t: 86400 + 41400, event: 0, mode: 'window', span: 5400, scale: 'clock', crew: new Set([1]), match: 'only', q: 'bank', place: 0 };
  /** @type {Record<string, any>} */
  const given = {};
  for (const [name, text] of pairs(story, view)) {
    if (name === 'crew') (given.crew ??= []).push(text);
    else given[name] = text;
  }
  assert.deepEqual(viewFrom(story, given), view);
});

test('parameters of others stay in the address', () => {
  assert.equal(merged('?panel=places&at=D1&crew=x', [['crew', 'chris'], ['at', 'D1T11:30']]), '?panel=places&crew=chris&at=D1T11:30');
});

test('an address without parameters stays empty', () => {
  assert.equal(merged('?at=D1', []), '');
});
