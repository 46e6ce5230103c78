// @ts-check
/** What a view shows, in words for paper: the moment, the events counted, the filters. Pure. */
import { dayAssumed, spanWords, words } from './clock.js';
import { DEFAULTS } from './link.js';
import { counted, say } from './say.js';
import { withoutPlace } from './select.js';
import { whenOf } from './when.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{t: number, event: number, mode: string, span: number, crew: Set<number>, match: string, q: string, stated: boolean, order: string}} View
 */

/** "Day 8, 11:30 (day assumed): The bank". The event is named where the moment is its own. @param {Story} story @param {View} view */
export function momentWords(story, { t, event }) {
  if (!story.n && !story.large) return '';
  const own = event >= 0 && story.at[event] === t;
  const when = own ? whenOf(story, event) : words(t, story.clock.kind);
  return `${dayAssumed(story.clock, t) ? say('{when} (day assumed)', { when }) : when}${own ? `: ${story.title[event]}` : ''}`;
}

/** "53 of 79 events, 11 without a known place". @param {Story} story @param {Int32Array} shown */
export function countWords(story, shown) {
  const without = withoutPlace(story, shown);
  const shownOf = counted(story.n, '{shown} of {n} event|{shown} of {n} events', { shown: shown.length });
  return `${shownOf}${without ? `, ${say('{n} without a known place', { n: without })}` : ''}`;
}

/** Every filter in force, a phrase each; none for the whole story so far. @param {Story} story @param {View} view @returns {string[]} */
export function filterWords(story, { mode, span, crew, match, q, stated, order }) {
  const names = Array.from(crew, (person) => story.people.name[person]);
  const said = [];
  if (mode === 'window') said.push(say('the last {span}', { span: spanWords(span) }));
  if (mode === 'moment') said.push(say('this moment only'));
  if (names.length) {
    const people = joined(names, match === 'any');
    said.push(match === 'only' ? say('nobody of their group but {people}', { people }) : say('with {people}', { people }));
  }
  if (q.trim()) said.push(say('“{words}”', { words: q.trim() }));
  if (stated) said.push(say('only times the story states'));
  if (order !== DEFAULTS.order) said.push(say('in the order it is told'));
  return said;
}

/** @param {string[]} names @param {boolean} any whether one of them is enough */
function joined(names, any) {
  if (names.length < 2) return names.join('');
  const parts = { first: names.slice(0, -1).join(', '), last: names[names.length - 1] };
  return any ? say('{first} or {last}', parts) : say('{first} and {last}', parts);
}
