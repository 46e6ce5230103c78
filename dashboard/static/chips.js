// @ts-check
/** The filter of people: the crew first, any / all / only, other groups one click away, and the search. */
import { crowd, MOST } from './crowd.js';
import { element, setAttribute, setText } from './dom.js';
import { shapeOf } from './marks.js';
import { counted, figures, say } from './say.js';
import { counts } from './select.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{crew(crew: Set<number>): void, match(match: string): void, search(q: string): void, reset(): void}} On
 */

/** How several chosen people are taken together: in a link, on the button, at length. */
export const matchesSaid = () => [
  ['any', say('match::any'), say('Events with any of the chosen people')],
  ['all', say('match::all'), say('Events with all of the chosen people')],
  ['only', say('match::only'), say('Events with nobody else of the groups of the chosen people, present or from elsewhere')],
];

/** Of a first group that is a crowd, so many have their chips in the row. */
const AHEAD = 12;

/** Events of every person and group: those of the filter, or of a large story all of them. @param {Story} story @param {string} q @param {boolean} stated */
const tallied = (story, q, stated) => story.large ?? counts(story, q, stated);
/** @param {number | null} count */
const many = (count) => (count === null ? '' : figures(count));

/**
 * @param {HTMLElement} root takes the chips
 * @param {HTMLElement} tools takes the search and the reset
 * @param {Story} story
 * @param {On} on
 */
export function chips(root, tools, story, on) {
  let crew = /** @type {Set<number>} */ (new Set());
  /** @type {{people: ArrayLike<number | null>, groups: ArrayLike<number | null>}} */
  let tally = tallied(story, '', false);
  let talliedFor = 'false|';
  /** @type {{person: number, button: HTMLElement, count: HTMLElement}[]} */
  const buttons = [];
  /** @param {typeof buttons[number]} chip */
  const mark = ({ person, button, count }) => {
    setAttribute(button, 'aria-pressed', String(crew.has(person)));
    setText(count, many(tally.people[person]));
  };

  /** @param {number} person */
  function toggle(person) {
    const next = new Set(crew);
    if (!next.delete(person)) next.add(person);
    on.crew(next);
  }

  /** @param {number} person */
  function chip(person) {
    const count = element('span', { class: 'cb-count' });
    const button = element(
      'button',
      {
        type: 'button',
        class: 'cb-chip',
        style: `--c: var(--g${story.people.group[person]})`,
        title: story.people.role[person] || null,
        'aria-pressed': 'false',
        click: () => toggle(person),
      },
      element('i', { 'data-shape': shapeOf(story.people.group[person]) }),
      element('span', {}, story.people.name[person]),
      ' ',
      count,
    );
    buttons.push({ person, button, count });
    mark({ person, button, count });
    return button;
  }

  /** @param {number} group */
  const members = (group) => {
    const found = [];
    for (let p = 0; p < story.people.n; p++) if (story.people.group[p] === group) found.push(p);
    return found.sort((a, b) => (tally.people[b] ?? 0) - (tally.people[a] ?? 0) || a - b);
  };

  /** With the `people` of it where they are not all of the group. @type {{people: Set<number> | null, group: number, button: HTMLElement, count: HTMLElement, panel: HTMLElement}[]} */
  const groups = [];
  const label = (/** @type {number} */ group) => story.groups[group].label;
  /** People of the first group beyond what a row of chips holds. @param {number} more */
  const others = (more) => counted(more, '{n} more|{n} more');
  const unique = `cb-${Math.random().toString(36).slice(2, 8)}`;

  /** @param {number} group @param {number[]} people of it @param {string} [words] on the button */
  function disclosure(group, people, words = label(group)) {
    const count = element('span', { class: 'cb-count' });
    const many = people.length > MOST ? crowd(people, story.people.name, chip) : null;
    const panel = element(
      'div',
      { class: 'cb-pop cb-group', id: `${unique}-group-${group}`, popover: 'auto', role: 'group', 'aria-label': label(group) },
      ...(many?.nodes ?? people.map(chip)),
    );
    const button = element(
      'button',
      {
        type: 'button',
        class: 'cb-chip cb-ghost',
        style: `--c: var(--g${group})`,
        popovertarget: panel.id,
        'aria-expanded': 'false',
      },
      element('i', { 'data-shape': shapeOf(group) }),
      element('span', {}, words),
      ' ',
      count,
      element('span', { class: 'cb-caret', 'aria-hidden': 'true' }),
    );
    if (many) panel.addEventListener('beforetoggle', (/** @type {any} */ event) => event.newState === 'open' && many.open(crew));
    panel.addEventListener('toggle', (/** @type {any} */ event) => {
      const open = event.newState === 'open';
      button.setAttribute('aria-expanded', String(open));
      if (!open) return;
      const box = button.getBoundingClientRect();
      panel.style.top = `${Math.round(box.bottom + 6)}px`;
      panel.style.left = `${Math.round(Math.max(8, Math.min(box.left, innerWidth - panel.offsetWidth - 8)))}px`;
    });
    groups.push({ people: words === label(group) ? null : new Set(people), group, button, count, panel });
    return [button, panel];
  }

  const inGroups = story.groups.map((_, group) => members(group)).map((people, group) => ({ people, group }));
  const first = inGroups.find(({ people }) => people.length)?.group ?? 0;
  const shown = inGroups[first]?.people ?? [];
  const ahead = shown.length > MOST ? shown.slice(0, AHEAD) : shown;
  const matchName = `${unique}-match`;
  /** @type {Record<string, any>} */
  const matches = {};
  const match = element('div', { class: 'cb-seg', role: 'radiogroup', 'aria-label': say('Match') });
  for (const [value, label, title] of matchesSaid()) {
    matches[value] = element('input', { type: 'radio', name: matchName, value, change: () => on.match(value) });
    match.append(element('label', { title }, matches[value], element('span', {}, label)));
  }
  const search = element('input', {
    type: 'search',
    class: 'cb-search',
    placeholder: say('Search events'),
    'aria-label': say('Search events'),
    maxLength: 200,
    autocomplete: 'off',
    spellcheck: false,
    input: () => on.search(search.value),
  });
  const reset = element('button', { type: 'button', class: 'cb-chip cb-ghost cb-reset', click: on.reset, hidden: true }, say('Reset'));
  const row = element(
    'div',
    { class: 'cb-chips', role: 'group', 'aria-label': story.groups[first]?.label ?? say('People') },
    ...ahead.map(chip),
    ...(ahead === shown ? [] : disclosure(first, shown.slice(AHEAD), others(shown.length - AHEAD))),
    match,
    ...inGroups.filter(({ people, group }) => people.length && group !== first).flatMap(({ group, people }) => disclosure(group, people)),
  );
  root.append(row);
  tools.prepend(reset, search);

  return {
    /** @param {{crew: Set<number>, match: string, q: string, stated: boolean}} view @param {boolean} changed whether anything can be reset */
    render(view, changed) {
      crew = view.crew;
      const under = `${view.stated}|${view.q}`;
      if (talliedFor !== under) {
        tally = tallied(story, view.q, view.stated);
        talliedFor = under;
      }
      buttons.forEach(mark);
      for (const { people, group, button, count } of groups) {
        if (!people) setText(count, many(tally.groups[group]));
        button.classList.toggle('cb-on', [...crew].some((person) => (people ? people.has(person) : story.people.group[person] === group)));
      }
      matches[view.match].checked = true;
      if (search.value !== view.q && document.activeElement !== search) search.value = view.q;
      reset.hidden = !changed;
    },
    destroy() {
      for (const node of [row, search, reset]) node.remove();
    },
  };
}
