// @ts-check
/** Where everybody is at an instant: as Python says it, and in words. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readStory } from '../../dashboard/static/story.js';
import { agoWords, aheadWords, doubt, lengthWords, lives, whereabouts } from '../../dashboard/static/whereabouts.js';
import { small } from './small.js';

const cases = JSON.parse(readFileSync(new URL('../cases/whereabouts.json', import.meta.url), 'utf-8'));
const story = readStory(cases.story);
const all = lives(story);
const id = (/** @type {number} */ e) => (e < 0 ? '' : story.id[e]);

test('JavaScript says what Python says of everybody, at every edge', () => {
  for (const { t, people } of cases.cases) {
    const said = people.map((/** @type {any} */ row) => {
      const person = story.people.id.indexOf(row.person);
      const found = whereabouts(all, story, person, t);
      const { status, event, known, next, present } = found;
      const radius = known < 0 ? null : Math.round(doubt(story, found, t) * 1000) / 1000;
      return { person: row.person, status, event: id(event), known_event: id(known), next_event: id(next), present, radius_m: radius };
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

test('of what is only derived or assumed nothing is left when only what is stated counts', () => {
  const wire = small([{ at: 0 }, { at: 60, people: [1] }]);
  const told = readStory({ ...wire, events: { ...wire.events, basis: ['stated', 'assumed'] } });
  const statuses = [0, 1].map((person) => whereabouts(lives(told, true), told, person, 90).status);
  assert.deepEqual(statuses, ['at_place', 'not_seen_yet']);
});

test('a story without events has seen nobody', () => {
  const empty = readStory(small([]));
  assert.deepEqual(whereabouts(lives(empty), empty, 0, 0), { status: 'not_seen_yet', event: -1, known: -1, next: -1, nextKnown: -1, present: false });
});

/** What is not known so many seconds after somebody left a place of 60 m, in a story whose people stray 2 km at most. @param {number} seconds @param {number[][]} [gone] */
function doubted(seconds, gone) {
  const wire = small([{ at: 0 }]);
  const told = readStory({ ...wire, wander: { kmh: 5, bound_m: 2000 }, events: { ...wire.events, gone } });
  return doubt(told, whereabouts(lives(told), told, 0, seconds), seconds);
}

test('what is not known grows with time, to a bound', () => {
  assert.deepEqual([0, 720, 1e9].map((seconds) => doubted(seconds)), [60, 1060, 2060]);
});

test('who is gone does not stray', () => {
  assert.equal(doubted(1e9, [[0]]), 60);
});

test('of somebody never seen at a place on the map nothing is known at all', () => {
  assert.ok(Number.isNaN(doubted(-1)));
});

test('a length of time is said in whole units', () => {
  const said = [0, 59, 60, 3599, 3600, 12_060, 36_060, 86_399, 86_400, 200_000, 4 * 365.25 * 86_400].map(lengthWords);
  assert.deepEqual(said, ['0 s', '59 s', '1 min', '59 min', '1 h', '3 h 21 min', '10 h', '23 h', '1 day', '2 days', '4 years']);
});

test('who is seen at this moment was seen now', () => {
  assert.deepEqual([agoWords(0, true), agoWords(0, false)], ['now', 'now']);
});

test('how long ago is said as exactly as the time is known', () => {
  assert.deepEqual([agoWords(720, true), agoWords(720, false)], ['12 min ago', 'about 10 min ago']);
  assert.deepEqual([aheadWords(11_880, true), aheadWords(11_880, false)], ['in 3 h 18 min', 'in about 3 h']);
  const rough = [20, 240, 3590, 5401, 86_399, 86_400].map((seconds) => agoWords(seconds, false));
  assert.deepEqual(rough, ['about 1 min ago', 'about 4 min ago', 'about 1 h ago', 'about 2 h ago', 'about 1 day ago', 'about 1 day ago']);
});
