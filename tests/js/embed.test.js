// @ts-check
/** A frame shows the view of the page it was copied from, and leads back to it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alone, snippet, whole } from '../../dashboard/static/embed.js';

const PAGES = [
  'https://h.example/',
  'https://h.example/a/b?crew=chris&at=D8T11:30&match=all',
  'https://h.example/?q=100%25+%26+more&story=x%3Cy',
];

for (const page of PAGES) {
  test(`from the page to its frame and back: ${page}`, () => {
    assert.deepEqual([...new URL(whole(alone(page))).searchParams], [...new URL(page).searchParams]);
    assert.equal(alone(alone(page)), alone(page));
    assert.equal(new URL(alone(page)).searchParams.get('embed'), 'true');
  });
}

test('a page that is no frame keeps its address to the letter', () => {
  for (const page of PAGES) assert.equal(whole(page), page);
});

test('whatever told how the page was embedded is gone from its address', () => {
  assert.equal(whole('https://h.example/?EMBED=True&crew=a&embed=true&embed_options=light_theme&Embed_Options=x'), 'https://h.example/?crew=a');
});

test('a moment stays readable in the address', () => {
  assert.equal(alone('https://h.example/?at=D8T11:30'), 'https://h.example/?embed=true&at=D8T11:30');
  assert.equal(whole('https://h.example/?embed=true&at=D8T11:30'), 'https://h.example/?at=D8T11:30');
});

test('a frame is one element, whatever the story is called', () => {
  assert.equal(
    snippet('https://h.example/?crew=a&crew=b', `"><script>alert('1 & 2')</script>`),
    `<iframe src="https://h.example/?embed=true&amp;crew=a&amp;crew=b" title="&quot;&gt;&lt;script&gt;alert('1 &amp; 2')&lt;/script&gt;" ` +
      'width="100%" height="640" style="border:0" loading="lazy" allow="fullscreen; clipboard-write"></iframe>',
  );
});
