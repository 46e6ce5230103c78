// @ts-check
/** The words and the name of a saved picture. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileName, inLines } from '../../dashboard/static/picture.js';
import { clipped } from '../../dashboard/static/stamp.js';

/** A context whose letters are all one pixel wide. */
const context = /** @type {any} */ ({ measureText: (/** @type {string} */ text) => ({ width: Array.from(text).length }) });

test('the name of a picture is safe on any system and says the moment', () => {
  assert.equal(fileName({ storyId: 'heat', clock: { kind: 'days' } }, 8 * 86_400 + 11.5 * 3600), 'heat-D8T11-30.png');
  assert.equal(fileName({ storyId: '../../x\r\n', clock: { kind: 'days' } }, 0), 'x--D0T00-00.png');
  assert.equal(fileName({ storyId: 'Ω', clock: { kind: 'calendar' } }, 0), '1970-01-01T00-00.png');
});

test('a text that fits is left as it is, and one that does not ends in an ellipsis', () => {
  assert.equal(clipped(context, 'Whittier', 8), 'Whittier');
  assert.equal(clipped(context, 'Whittier', 5), 'Whit…');
  assert.equal(clipped(context, '🦊🦊🦊', 2), '🦊…');
  assert.equal(clipped(context, 'x', 0), '…');
});

test('credits are broken between words', () => {
  assert.deepEqual(inLines(context, 'one two three', 8, 6), ['one two', 'three']);
  assert.deepEqual(inLines(context, '', 8, 6), []);
});

test('what does not fit the last line is clipped, and so is a word wider than a line', () => {
  assert.deepEqual(inLines(context, 'one two three four', 8, 2), ['one two', 'three f…']);
  assert.deepEqual(inLines(context, 'extraordinary', 5, 2), ['extr…']);
});
