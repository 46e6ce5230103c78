// @ts-check
/** The chips of a group of more people than anyone reads through: those chosen, those with most events, and a search by name. */
import { element, setText } from './dom.js';
import { counted, say } from './say.js';
import { folded } from './select.js';

/** So many chips at most are there at a time. */
export const MOST = 60;

/**
 * Those of `people` that are shown: whose names hold every word, the chosen first, else in their order.
 * @param {number[]} people @param {ArrayLike<string>} names @param {Set<number>} chosen @param {string} words
 * @returns {{listed: number[], more: number}}
 */
export function found(people, names, chosen, words) {
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  const named = wanted.length ? people.filter((person) => wanted.every((word) => folded(names[person]).includes(word))) : people;
  const first = chosen.size ? named.filter((person) => chosen.has(person)) : [];
  const rest = [];
  for (const person of named) {
    if (first.length + rest.length >= MOST) break;
    if (!chosen.has(person)) rest.push(person);
  }
  const listed = [...first.slice(0, MOST), ...rest];
  return { listed, more: named.length - listed.length };
}

/**
 * @param {number[]} people in the order in which they are offered @param {ArrayLike<string>} names
 * @param {(person: number) => HTMLElement} chip
 */
export function crowd(people, names, chip) {
  const chips = element('div', { class: 'cb-crowd' });
  const rest = element('p', { class: 'cb-crowd-rest', role: 'status' });
  /** @type {Map<number, HTMLElement>} */
  const made = new Map();
  let chosen = /** @type {Set<number>} */ (new Set());
  const search = element('input', {
    type: 'search',
    class: 'cb-search',
    placeholder: say('Find a person'),
    'aria-label': say('Find a person'),
    autocomplete: 'off',
    spellcheck: false,
    input: fill,
  });

  function fill() {
    const { listed, more } = found(people, names, chosen, search.value);
    for (const person of listed) if (!made.has(person)) made.set(person, chip(person));
    chips.replaceChildren(...listed.map((person) => /** @type {HTMLElement} */ (made.get(person))));
    const none = listed.length ? '' : say('Nobody is called so.');
    setText(rest, more ? counted(more, '{n} more person; type a part of the name.|{n} more people; type a part of the name.') : none);
  }

  return {
    nodes: [search, chips, rest],
    /** Shows them anew, as the panel opens. @param {Set<number>} crew the people chosen */
    open(crew) {
      chosen = crew;
      fill();
    },
  };
}
