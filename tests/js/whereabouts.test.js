// @ts-check
/** Where everybody is at an instant: as Python says it, and in words. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readStory } from '../../dashboard/static/story.js';
import { agoWords, aheadWords, doubt, lengthWords, lives, since, wanderBound, whereabouts } from '../../dashboard/static/whereabouts.js';
import { small } from './small.js';

const cases = JSON.parse(readFileSync(new URL('../cases/whereabouts.json', import.meta.url), 'utf-8'));
const story = readStory(cases.story);
const all = lives(story);
const id = (/** @type {number} */ e) => (e < 0 ? '' : story.id[e]);

test('JavaScript says what Python says of everybody, at every edge', () => {
  const bound = wanderBound(story);
  for (const { t, people } of cases.cases) {
    const said = people.map((/** @type {any} */ row) => {
      const person = story.people.id.indexOf(row.person);
      const { status, event, known, next, present } = whereabouts(all, story, person, t);
      const radius = known < 0 ? null : doubt(story.places.radius[story.place[known]], status === 'gone' ? 0 : since(story, known, t), bound);
      return { person: row.person, status, event: id(event), known_event: id(known), next_event: id(next), present, radius_m: radius && Math.round(radius * 1000) / 1000 };
    });
    assert.deepEqual(said, people, `at ${t}`);
  }
});

test('every status is among the cases', () => {
  const seen = new Set(cases.cases.flatMap((/** @type {any} */ { people }) => people.map((/** @type {any} */ row) => row.status)));
  assert.deepEqual([...seen].sort(), ['at_place', 'gone', 'not_seen_yet', 'unknown_place']);
});

test('the next known place may come after the next event', () => {
  const ada = story.people.id.indexOf('ada');
  const { next, nextKnown } = whereabouts(all, story, ada, story.at[story.id.indexOf('a2')]);
  assert.deepEqual([id(next), id(nextKnown)], ['a3', 'a5']);
});

test('events that do not count leave no trace', () => {
  const none = lives(story, () => false);
  for (let p = 0; p < story.people.n; p++) assert.equal(whereabouts(none, story, p, Infinity).status, 'not_seen_yet');
});

test('a story without events has seen nobody', () => {
  const empty = readStory(small([]));
  assert.deepEqual(whereabouts(lives(empty), empty, 0, 0), { status: 'not_seen_yet', event: -1, known: -1, next: -1, nextKnown: -1, present: false });
  assert.equal(wanderBound(empty), 0);
});

test('what is not known grows with time, to a bound', () => {
  assert.equal(doubt(60, 0, 2000), 60);
  assert.equal(doubt(60, 720, 2000), 1060);
  assert.equal(doubt(60, 1e9, 2000), 2060);
  assert.equal(doubt(60, -5, 2000), 60);
  assert.equal(doubt(NaN, 0, 2000), 0);
});

test('a length of time is said in whole units', () => {
  const said = [0, 59, 60, 3599, 3600, 12_060, 36_060, 86_399, 86_400, 200_000, 4 * 365.25 * 86_400].map(lengthWords);
  assert.deepEqual(said, ['0 s', '59 s', '1 min', '59 min', '1 h', '3 h 21 min', '10 h', '23 h', '1 day', '2 days', '4 years']);
});

test('who is seen at this moment was seen now, and a time that is not exact is about', () => {
  assert.deepEqual([agoWords(0, true), agoWords(0, false), agoWords(720, true), agoWords(720, false)], ['now', 'now', '12 min ago', 'about 12 min ago']);
  assert.deepEqual([aheadWords(720, true), aheadWords(720, false)], ['in 12 min', 'in about 12 min']);
});
