// @ts-check
/** A link asks a file for what it asks the page for: the cases are what Python says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { asked, notice } from '../../dashboard/static/asked.js';
import { readStory } from '../../dashboard/static/story.js';
import { viewFrom } from '../../dashboard/static/view.js';

const { story: wire, cases } = JSON.parse(readFileSync(new URL('../cases/links.json', import.meta.url), 'utf8'));
const story = readStory(wire);

for (const { link, view, ignored, notice: said } of cases) {
  test(`?${link.slice(0, 80)}`, () => {
    const found = asked(`?${link}`, story, ['schematic']);
    assert.deepEqual(viewFrom(story, found.given), viewFrom(story, view));
    assert.equal(found.given.panel ?? 'events', view.panel);
    assert.equal(found.given.lang ?? '', view.lang);
    assert.deepEqual(found.ignored, ignored);
    assert.equal(notice(found.ignored), said);
  });
}

test('a base map that is not on offer is left out and named', () => {
  assert.deepEqual(asked('?base=light', story, ['schematic']), { given: {}, ignored: ['base "light"'] });
  assert.deepEqual(asked('?base=light', story, ['schematic', 'light']), { given: { base: 'light' }, ignored: [] });
});
