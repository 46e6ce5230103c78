// @ts-check
/** What paper and picture say of the view they show. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countWords, filterWords, momentWords } from '../../dashboard/static/caption.js';
import { readStory } from '../../dashboard/static/story.js';
import { viewFrom } from '../../dashboard/static/view.js';
import { small } from './small.js';

const wire = { ...small([{ at: 86_400 + 3600, title: 'The bank' }, { at: 86_400 + 7200, place: -1 }]), clock: { kind: 'days', assumed: ['D1'], timezone: '' } };
const story = readStory(wire);
/** @param {Record<string, any>} given */
const filters = (given) => filterWords(story, viewFrom(story, given));

test('a moment that is an event is said in its words and named', () => {
  assert.equal(momentWords(story, viewFrom(story, { event: 'e0' })), 'Day 1 (day assumed): The bank');
});

test('a moment between two events is a time', () => {
  assert.equal(momentWords(story, viewFrom(story, { at: 'D1T01:30' })), 'Day 1, 01:30 (day assumed)');
});

test('what is shown is counted, and what has no place', () => {
  assert.equal(countWords(story, Int32Array.of(0)), '1 of 2 events');
  assert.equal(countWords(story, Int32Array.of(0, 1)), '2 of 2 events, 1 without a known place');
});

test('the whole story so far has no filter to tell of', () => {
  assert.deepEqual(filters({}), []);
});

test('people are joined by what they have to match', () => {
  assert.deepEqual(filters({ crew: ['neil', 'chris'] }), ['with Neil or Chris']);
  assert.deepEqual(filters({ crew: ['neil', 'chris'], match: 'all' }), ['with Neil and Chris']);
  assert.deepEqual(filters({ crew: ['neil'], match: 'only' }), ['nobody of their group but Neil']);
});

test('every other filter has its words', () => {
  assert.deepEqual(filters({ mode: 'window', span: '6h', q: ' bank ', stated: '1', order: 'told' }), [
    'the last 6 hours',
    '“bank”',
    'only times the story states',
    'in the order it is told',
  ]);
  assert.deepEqual(filters({ mode: 'moment' }), ['this moment only']);
});
