// @ts-check
/** Names, shields and letterings of the base map, laid out on the built-in one. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { shapes } from '../../dashboard/static/ground.js';
import { mapNames } from '../../dashboard/static/mapnames.js';
import { project } from '../../dashboard/static/mercator.js';

// A ruler, as a page has one.
const measureText = (/** @type {string} */ text) => ({ width: 7 * text.length });
Object.assign(globalThis, { document: { createElement: () => ({ getContext: () => ({ measureText }) }) } });

const basemap = JSON.parse(readFileSync(new URL('../../geo/data/basemap.json', import.meta.url), 'utf8'));
const words = mapNames(basemap, shapes(basemap, project), project);

test('deep in the map every word stands on the same ground, in letters of the same size', () => {
  const [street, house] = [16, 20.5].map((zoom) => ({ scale: 2 ** zoom, words: words(zoom, [], 'serif') }));
  const near = (/** @type {number} */ a, /** @type {number} */ b) => assert.ok(Math.abs(a / street.scale - b / house.scale) < 1e-9);
  assert.ok(street.words.names.length && street.words.shields.length && street.words.lettering.length);
  street.words.names.forEach(({ name, box }, i) => {
    const other = house.words.names[i];
    assert.deepEqual([other.name, other.box.w, other.box.h], [name, box.w, box.h]);
    near(box.x + box.w / 2, other.box.x + other.box.w / 2);
    near(box.y + box.h / 2, other.box.y + other.box.h / 2);
  });
  for (const kind of /** @type {const} */ (['shields', 'lettering'])) {
    street.words[kind].forEach(({ text, x, y }, i) => {
      assert.equal(house.words[kind][i].text, text);
      near(x, house.words[kind][i].x);
      near(y, house.words[kind][i].y);
    });
  }
});
