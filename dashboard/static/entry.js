// @ts-check
/** One person's row of the panel Whereabouts: what it says, rewritten only where it changes. */
import { metres } from './card.js';
import { words } from './clock.js';
import { element, icon, setAttribute, setText } from './dom.js';
import { say } from './say.js';
import { sureness } from './sureness.js';
import { whenOf } from './when.js';
import { agoWords, aheadWords, since } from './whereabouts.js';

/** Instead of an event: nobody sees them again; there is nothing to say; nothing has been said yet. */
const [NEVER, NOTHING, UNSET] = [-1, -2, -3];

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{node: HTMLElement, last(): number,
 *   show(story: Story, found: import('./whereabouts.js').Whereabouts, end: number, t: number, chosen: boolean): void}} Row
 *   `last` is the event the row tells of, or -1; `end` the event the person's story ends with, or -1
 */

/** @param {Story} story @param {number} person @returns {Row} */
export function row({ people, clock }, person) {
  const name = element('button', { type: 'button', class: 'cb-wh-name', 'data-does': 'filter', title: people.role[person] || null }, people.name[person]);
  const place = element('button', { type: 'button', class: 'cb-wh-place', 'data-does': 'last' });
  const [event, sure, basis, ago, when, nextPlace, ahead] = ['small', 'span', 'small', 'span', 'small', 'span', 'small'].map((tag) => line(tag));
  const go = element('button', { type: 'button', class: 'cb-wh-go', 'aria-label': say('Go to the next event of {person}', { person: people.name[person] }) }, icon('M4 10h11M10.5 5.5 15 10l-4.5 4.5'));
  const cell = (/** @type {string} */ title, /** @type {(Node | string)[]} */ ...children) => element('div', { role: 'cell', class: 'cb-wh-cell', 'data-title': title }, ...children);
  const node = element(
    'div',
    { class: 'cb-wh-row', role: 'row', 'data-person': person, style: `--c: var(--g${people.group[person]})` },
    element('div', { role: 'cell', class: 'cb-wh-who' }, element('i', { class: 'cb-wh-token', 'aria-hidden': 'true' }, people.initials[person]), name),
    cell(say('Last'), place, event.node),
    cell(say('Sure'), sure.node, basis.node),
    cell(say('Seen'), ago.node, when.node),
    element('div', { role: 'cell', class: 'cb-wh-next' }, element('div', { class: 'cb-wh-cell', 'data-title': say('Next') }, nextPlace.node, ahead.node), go),
  );
  let seen = UNSET;
  let last = -1;
  let aimed = UNSET;
  let pressed = /** @type {boolean | null} */ (null);

  /** What the last event says, which does not change while it is the last one. @param {Story} story @param {import('./whereabouts.js').Whereabouts} found @param {number} end */
  function tell(story, { status, event: e, known }, end) {
    node.dataset.status = status;
    place.disabled = e < 0;
    const at = e < 0 ? -1 : story.place[e];
    const { name: names, precision, radius, basis: bases } = story.places;
    if (status === 'not_seen_yet') setText(place, say('Not seen yet'));
    else if (status === 'gone') setText(place, say('Dead since {when}', { when: whenOf(story, end) || words(story.until[end], clock.kind) }));
    else setText(place, status === 'at_place' ? names[at] : say('Place not known'));
    const where = status === 'at_place' || at < 0 ? '' : names[at];
    event.write(e < 0 ? '' : [where, story.title[e]].filter(Boolean).join(' \u00b7 '));
    const onMap = e >= 0 && known === e;
    if (onMap) sure.write(radius[at] > 0 ? `\u00b1 ${metres(radius[at])}` : sureness(precision[at]));
    else sure.write(status === 'unknown_place' && known >= 0 ? say('Before: {place}', { place: names[story.place[known]] }) : '');
    basis.write(onMap ? [precision[at], bases[at]].filter(Boolean).map(sureness).join(', ') : '');
    when.write(e < 0 ? '' : [whenOf(story, e), story.basis[e] === 'stated' ? '' : sureness(story.basis[e])].filter(Boolean).join(', '));
  }

  /** What comes next, which does not change until it comes. @param {Story} story @param {number} coming an event, NEVER or NOTHING @param {boolean} known */
  function aim(story, coming, known) {
    go.hidden = coming < 0;
    nextPlace.write(known ? story.places.name[story.place[coming]] : coming >= 0 ? say('Place not known') : coming === NEVER ? say('Not seen again') : '');
    setAttribute(nextPlace.node, 'class', known ? null : 'cb-unknown');
    if (coming < 0) return;
    setAttribute(go, 'data-does', String(coming));
    setAttribute(go, 'title', story.title[coming]);
  }

  return {
    node,
    last: () => last,
    show(story, found, end, t, chosen) {
      const { status, event: e, known, next, nextKnown } = found;
      last = e;
      const key = 4 * (e + 1) + (status === 'gone' ? 1 : 0);
      if (seen !== key) tell(story, found, end);
      seen = key;
      if (pressed !== chosen) setAttribute(name, 'aria-pressed', String(chosen));
      pressed = chosen;
      const exact = (/** @type {number} */ other) => story.precision[other] === 'exact';
      ago.write(e < 0 ? '' : agoWords(since(story, e, t), exact(e)));
      if (status === 'unknown_place' && known >= 0) basis.write(agoWords(since(story, known, t), exact(known)));
      const seenAgain = status === 'at_place' || status === 'unknown_place' ? NEVER : NOTHING;
      const coming = nextKnown >= 0 ? nextKnown : next >= 0 ? next : seenAgain;
      if (coming !== aimed) aim(story, coming, nextKnown >= 0);
      aimed = coming;
      ahead.write(coming < 0 ? '' : aheadWords(story.at[coming] - t, exact(coming)));
    },
  };
}

/** An element with one line of text that is only touched when it changes. @param {string} tag */
function line(tag) {
  const text = document.createTextNode('');
  let was = '';
  return {
    node: element(tag, {}, text),
    /** @param {string} next */
    write(next) {
      if (next === was) return;
      was = next;
      text.data = next;
    },
  };
}
