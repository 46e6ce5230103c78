// @ts-check
/** The panel Whereabouts: where everybody in the filter is at the slider's instant, since when, and where they are seen next. */
import { wordsOn } from './clock.js';
import { element, setText } from './dom.js';
import { row } from './entry.js';
import { mounted } from './mounted.js';
import { counted, say } from './say.js';
import { subscribe } from './share.js';
import { theme } from './theme.js';
import { lives, whereabouts } from './whereabouts.js';

/** So many people have a row at most; of a larger cast those chosen above do. */
const MOST = 300;
/** Milliseconds without a step after which rows out of sight are written too. */
const DWELL = 80;
const columns = () => [say('Person'), say('Last known place'), say('How sure'), say('Seen'), say('Next known place')];

/**
 * @typedef {import('./share.js').Shown} Shown
 * @typedef {import('./share.js').Actions} Actions
 * @typedef {import('./story.js').Story} Story
 * @typedef {import('./entry.js').Row} Row
 */

export default mounted('.cb-wh', panel);

/**
 * @param {HTMLElement} root
 * @returns {() => void} ends it
 */
export function panel(root) {
  const now = element('b', {});
  const counts = element('span', {});
  const box = element('input', { type: 'checkbox', change: () => on?.everybody(box.checked) });
  const rest = element('p', { class: 'cb-wh-rest', hidden: true });
  const body = element('div', { class: 'cb-wh-body', role: 'rowgroup' });
  const head = element('div', { class: 'cb-wh-row cb-wh-head', role: 'row' }, ...columns().map((name) => element('span', { role: 'columnheader' }, name)));
  root.replaceChildren(
    element(
      'header',
      { class: 'cb-wh-top' },
      element('p', { class: 'cb-wh-said' }, now, counts),
      element('label', { class: 'cb-chip cb-wh-all' }, box, say('Show everybody')),
    ),
    element('div', { class: 'cb-wh-table', role: 'table', 'aria-label': say('panel::Whereabouts') }, element('div', { role: 'rowgroup' }, head), body),
    rest,
  );

  /** @type {Actions | null} */
  let on = null;
  /** @type {Shown | null} */
  let shown = null;
  let made = { story: /** @type {any} */ (null), crew: /** @type {any} */ (null), everybody: false, stated: /** @type {any} */ (null), theme: /** @type {any} */ (null) };
  let everything = /** @type {import('./whereabouts.js').Lives | null} */ (null);
  /** @type {Map<number, Row>} rows by person, in the order shown */
  let rows = new Map();
  /** @type {Map<number, Row>} every row made for this story, so that one that stays keeps the focus */
  let kept = new Map();

  /** Rows on the screen; while time moves only these are written, the others when it rests or dwells. @type {Set<Element>} */
  const inSight = new Set();
  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) inSight[isIntersecting ? 'add' : 'delete'](target);
    if (shown) move();
  });
  let dwelling = 0;

  /** What changes with story, filter and theme alone. */
  function arrange() {
    const { story, view, theme: look } = /** @type {Shown} */ (shown);
    const everybody = !!view.everybody;
    if (made.theme !== look) theme(root, story.groups);
    if (made.story !== story || made.stated !== view.stated) {
      everything = lives(story, !!view.stated);
    }
    if (made.story !== story) kept = new Map();
    const same = made.story === story && made.crew === view.crew && made.everybody === everybody;
    made = { story, crew: view.crew, everybody, stated: view.stated, theme: look };
    if (same) return;
    box.checked = everybody;
    const people = listed(story, view.crew, everybody);
    for (const person of people.slice(0, MOST)) if (!kept.has(person)) kept.set(person, row(story, person));
    rows = new Map(people.slice(0, MOST).map((person) => [person, /** @type {Row} */ (kept.get(person))]));
    /** @type {HTMLElement[]} */
    const nodes = [];
    let group = -1;
    for (const [person, { node }] of rows) {
      if (story.people.group[person] !== group) {
        group = story.people.group[person];
        nodes.push(element('div', { class: 'cb-wh-group', role: 'row', style: `--c: var(--g${group})` }, element('span', { role: 'cell' }, story.groups[group]?.label ?? say('Others'))));
      }
      nodes.push(node);
    }
    const focused = body.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    body.replaceChildren(...nodes);
    sight.disconnect();
    inSight.clear();
    for (const { node } of rows.values()) sight.observe(node);
    if (focused && body.contains(focused)) focused.focus({ preventScroll: true });
    rest.hidden = people.length <= MOST;
    setText(rest, people.length > MOST ? counted(people.length - MOST, '{n} more person has no row here; choose whom to follow above the map.|{n} more people have no row here; choose whom to follow above the map.') : '');
  }

  /** What changes with the instant. @param {boolean} [all] also the rows out of sight while time moves */
  function move(all = false) {
    const { story, view, moving } = /** @type {Shown} */ (shown);
    clearTimeout(dwelling);
    if (moving && !all) dwelling = setTimeout(() => move(true), DWELL);
    const known = /** @type {import('./whereabouts.js').Lives} */ (everything);
    const tally = { at_place: 0, unknown_place: 0, not_seen_yet: 0, gone: 0 };
    for (const [person, { node, show }] of rows) {
      const found = whereabouts(known, story, person, view.t);
      tally[found.status]++;
      if (all || !moving || inSight.has(node)) show(story, found, known.end[person], view.t, view.crew.has(person));
    }
    const scale = story.axis[/** @type {'story' | 'clock' | 'order'} */ (view.scale)] ?? story.axis.story;
    setText(now, wordsOn(scale, view.t, story.clock.kind, false));
    setText(counts, said(tally));
  }

  // ---- what a viewer does ------------------------------------------------------------------------------------------
  /** The person a row is about, and what of it was meant. @param {Event} event */
  function meant(event) {
    const target = /** @type {Element} */ (event.target);
    const person = Number(target.closest?.('[data-person]')?.getAttribute('data-person') ?? -1);
    return { person, does: target.closest?.('[data-does]')?.getAttribute('data-does') ?? 'last', row: rows.get(person) };
  }
  const point = (/** @type {Event} */ event) => {
    const { person, row } = meant(event);
    on?.hover(row ? row.last() : -1);
    on?.hoverPerson(row ? person : -1);
  };
  const unpoint = () => {
    on?.hover(-1);
    on?.hoverPerson(-1);
  };
  const listeners = {
    /** @param {Event} event */
    click(event) {
      const { person, does, row } = meant(event);
      if (!row) return;
      if (does === 'filter') on?.person(person);
      else if (does === 'last') on?.pick(row.last());
      else on?.pick(Number(does));
    },
    pointerover: point,
    pointerleave: unpoint,
    focusin: point,
    focusout: unpoint,
  };
  for (const [name, listener] of Object.entries(listeners)) body.addEventListener(name, listener);
  const unsubscribe = subscribe((nextShown, nextOn) => {
    shown = nextShown;
    on = nextOn;
    arrange();
    move();
  });

  return () => {
    unsubscribe();
    sight.disconnect();
    clearTimeout(dwelling);
    unpoint();
    on?.everybody(false);
    for (const [name, listener] of Object.entries(listeners)) body.removeEventListener(name, listener);
    root.replaceChildren();
  };
}

/**
 * Who has a row, by group and then as the story lists them: those chosen; when nobody is, the first group.
 * @param {Story} story @param {Set<number>} crew @param {boolean} everybody
 */
export function listed({ people }, crew, everybody) {
  const first = people.group.reduce((least, group) => Math.min(least, group), Infinity);
  const wanted = (/** @type {number} */ p) => everybody || (crew.size ? crew.has(p) : people.group[p] === first);
  return Array.from({ length: people.n }, (_, p) => p).filter(wanted).sort((a, b) => people.group[a] - people.group[b] || a - b);
}

/** @param {{at_place: number, unknown_place: number, not_seen_yet: number, gone: number}} tally */
function said({ at_place: placed, unknown_place: lost, not_seen_yet: unseen, gone }) {
  const parts = [
    placed && say('{n} at a known place', { n: placed }),
    lost && say('{n} at a place not known', { n: lost }),
    unseen && counted(unseen, '{n} not seen yet|{n} not seen yet'),
    gone && counted(gone, '{n} dead|{n} dead'),
  ];
  return parts.filter(Boolean).join(', ') || say('nobody to look for');
}
