// @ts-check
/** Which chips of a crowd are there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, MOST } from '../../dashboard/static/crowd.js';

const people = Array.from({ length: 100_000 }, (_, person) => person).reverse();
const names = people.map((person) => `Ánna Nº${99_999 - person}`);
const NOBODY = /** @type {Set<number>} */ (new Set());

test('of a crowd the first are there, and the others are counted', () => {
  const { listed, more } = found(people, names, NOBODY, '');
  assert.deepEqual([listed.length, listed[0], more], [MOST, 99_999, 100_000 - MOST]);
});

test('a person is found by parts of the name, whatever its accents and capitals', () => {
  assert.deepEqual(found(people, names, NOBODY, 'anna 4271 NO4').listed.includes(42710), true);
  assert.deepEqual(found(people, names, NOBODY, 'no99999'), { listed: [99_999], more: 0 });
  assert.deepEqual(found(people, names, NOBODY, 'bob'), { listed: [], more: 0 });
});

test('who is chosen is there first, also of more than are shown', () => {
  assert.equal(found(people, names, new Set([3]), '').listed[0], 3);
  assert.deepEqual(found(people, names, new Set([3]), 'no99999').listed, [99_999]);
  const { listed, more } = found(people, names, new Set(people), '');
  assert.deepEqual([listed.length, more], [MOST, 100_000 - MOST]);
});
