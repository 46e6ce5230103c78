// @ts-check
/** The card of one event: when and how sure, where and how sure, who, who from elsewhere, what. */
import { dayAssumed } from './clock.js';
import { element } from './dom.js';
import { figures, say } from './say.js';
import { placed, present, remote } from './story.js';
import { sureness } from './sureness.js';
import { whenOf } from './when.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{close(): void, link: ((event: number) => void) | null, person(person: number): void, goTo(event: number): void}} On
 */

/** A length in metres as people say it: "60 m", "1.2 km", "9 km". @param {number} metres */
export function metres(metres) {
  if (metres < 1000) return `${Math.round(metres)} m`;
  const km = metres / 1000;
  return `${figures(km < 10 ? Math.round(km * 10) / 10 : Math.round(km))} km`;
}

/** What a badge beside a time says at length. @returns {Record<string, string>} */
const timeBases = () => ({
  stated: say('The time is stated in the story'),
  derived: say('The time is derived in the story'),
  assumed: say('The time is assumed in the story'),
});

/**
 * @param {Story} story
 * @param {On} on
 */
export function card(story, on) {
  const node = element('section', { class: 'cb-card', role: 'region', 'aria-label': say('Event'), hidden: true });
  let drawn = { e: -1, crew: /** @type {any} */ (null), selection: /** @type {any} */ (null) };

  /** @param {string} text @param {string} [title] */
  const badge = (text, title) => element('span', { class: 'cb-badge', title: title ?? null }, text);

  /** @param {ArrayLike<number>} people @param {Set<number>} crew */
  const who = (people, crew) =>
    Array.from(people).map((p) =>
      element(
        'button',
        {
          type: 'button',
          class: 'cb-who',
          style: `--c: var(--g${story.people.group[p]})`,
          title: story.people.role[p] || null,
          'aria-pressed': crew.has(p) ? 'true' : 'false',
          click: () => on.person(p),
        },
        story.people.name[p],
      ),
    );

  /** @param {number} e */
  function timeLine(e) {
    const line = element('p', { class: 'cb-fact' }, element('b', {}, whenOf(story, e)), ' ');
    const basis = story.basis[e];
    const atLength = timeBases()[basis];
    if (atLength) line.append(badge(sureness(basis), atLength));
    if (dayAssumed(story.clock, story.at[e]) && basis !== 'assumed') line.append(badge(say('day assumed'), say('The story does not date this day')));
    return line;
  }

  /** @param {number} e */
  function placeLine(e) {
    const place = story.place[e];
    if (place < 0) return element('p', { class: 'cb-fact cb-unknown' }, say('The story does not say where.'));
    const { name, basis, radius, precision, note } = story.places;
    const line = element('p', { class: 'cb-fact' }, element('b', {}, name[place]), ' ');
    if (!placed(story, e)) {
      line.append(badge(say('place not known'), note[place] || say('No coordinate is known, so it is not on the map')));
      return line;
    }
    const how = sureness(basis[place]);
    if (how) line.append(badge(how, note[place] || say('How the place is known: {basis}', { basis: how })));
    const coarse = precision[place] === 'exact' ? '' : sureness(precision[place]);
    line.append(badge(`${coarse && `${coarse}, `}\u00b1 ${metres(radius[place])}`, say('The place is somewhere inside this radius')));
    return line;
  }

  /** @param {number} e @param {number[]} here events at the same place, in order of time */
  function pager(e, here) {
    const at = here.indexOf(e);
    if (here.length < 2 || at < 0) return null;
    /** @param {number} step @param {string} label @param {string} sign */
    const button = (step, label, sign) =>
      element(
        'button',
        { type: 'button', class: 'cb-small', 'aria-label': label, disabled: !(at + step in here), click: () => on.goTo(here[at + step]) },
        sign,
      );
    return element(
      'span',
      { class: 'cb-pager' },
      button(-1, say('Earlier event at this place'), '\u2039'),
      element('span', {}, say('{i} of {n} here', { i: at + 1, n: here.length })),
      button(1, say('Later event at this place'), '\u203a'),
    );
  }

  return {
    node,
    /** @param {Story} next */
    use(next) {
      story = next;
      drawn.e = -1;
      node.hidden = true;
    },
    /**
     * @param {number} e event or -1 for no card
     * @param {{crew: Set<number>}} view
     * @param {Int32Array} selection
     */
    render(e, view, selection) {
      node.hidden = e < 0;
      if (e < 0 || (drawn.e === e && drawn.crew === view.crew && drawn.selection === selection)) return;
      drawn = { e, crew: view.crew, selection };
      const here = placed(story, e) ? Array.from(selection.filter((other) => story.place[other] === story.place[e])) : [];
      const outcome = story.outcome[e];
      const from = remote(story, e);
      node.replaceChildren(
        element('button', { type: 'button', class: 'cb-close', 'aria-label': say('Close the card'), click: on.close }, '\u00d7'),
        element('h2', {}, story.title[e]),
        timeLine(e),
        placeLine(e),
        ...(story.summary[e] ? [element('p', { class: 'cb-summary' }, story.summary[e])] : []),
        ...(outcome ? [element('p', { class: 'cb-outcome' }, outcome)] : []),
        element('p', { class: 'cb-people-line' }, ...who(present(story, e), view.crew)),
        ...(from.length
          ? [element('p', { class: 'cb-people-line cb-remote' }, element('span', {}, say('From elsewhere'), ' '), ...who(from, view.crew))]
          : []),
        element(
          'div',
          { class: 'cb-card-foot' },
          on.link && element('button', { type: 'button', class: 'cb-small', click: () => on.link?.(e) }, say('Link to this moment')),
          pager(e, here),
        ),
      );
    },
    destroy: () => node.remove(),
  };
}
