// @ts-check
/** What a view shows, in words for paper: the moment, the events counted, the filters. Pure. */
import { dayAssumed, spanWords, words } from './clock.js';
import { DEFAULTS } from './link.js';
import { withoutPlace } from './select.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{t: number, event: number, mode: string, span: number, crew: Set<number>, match: string, q: string, stated: boolean, order: string}} View
 */

/** "Day 8, 11:30 (day assumed): The bank". The event is named where the moment is its own. @param {Story} story @param {View} view */
export function momentWords(story, { t, event }) {
  if (!story.n) return '';
  const assumed = dayAssumed(story.clock, t) ? ' (day assumed)' : '';
  const own = event >= 0 && story.at[event] === t;
  return `${own ? story.when[event] : words(t, story.clock.kind)}${assumed}${own ? `: ${story.title[event]}` : ''}`;
}

/** "53 of 79 events, 11 without a known place". @param {Story} story @param {Int32Array} shown */
export function countWords(story, shown) {
  const without = withoutPlace(story, shown);
  return `${shown.length} of ${story.n} ${story.n === 1 ? 'event' : 'events'}${without ? `, ${without} without a known place` : ''}`;
}

/** Every filter in force, a phrase each; none for the whole story so far. @param {Story} story @param {View} view @returns {string[]} */
export function filterWords(story, { mode, span, crew, match, q, stated, order }) {
  const names = Array.from(crew, (person) => story.people.name[person]);
  const said = [];
  if (mode === 'window') said.push(`the last ${spanWords(span)}`);
  if (mode === 'moment') said.push('this moment only');
  if (names.length) said.push(`${match === 'only' ? 'nobody of their group but ' : 'with '}${joined(names, match === 'any' ? 'or' : 'and')}`);
  if (q.trim()) said.push(`\u201c${q.trim()}\u201d`);
  if (stated) said.push('only times the story states');
  if (order !== DEFAULTS.order) said.push('in the order it is told');
  return said;
}

/** @param {string[]} names @param {string} last the word before the last of them */
const joined = (names, last) => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names[names.length - 1]}`);
