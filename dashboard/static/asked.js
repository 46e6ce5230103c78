// @ts-check
/** What a link asks for, checked against the story: what does not fit is left out and named. The twin of `dashboard/view.py`. Pure. */
import { formatAt, parseAt, parseSpan } from './clock.js';
import { LANGUAGES, say } from './say.js';

const CHOICES = Object.freeze({
  match: ['any', 'all', 'only'],
  mode: ['so-far', 'window', 'moment'],
  scale: ['story', 'clock', 'order'],
  order: ['happened', 'told'],
  panel: ['events', 'places', 'whereabouts', 'storylines', 'meetings', 'checks', 'about'],
  lang: LANGUAGES,
});

const LONGEST = 200;
const MOST = 500;
const SHOWN = 40;
const NAMED = 5;
/** Ends of the time axis lie a little outside of the first and the last event. */
const MARGIN = 0.05;
const LEAST_MARGIN = 3600;

/** What the trackers of other sites add to an address is no mistake of whoever made the link. */
const FOREIGN = /^(embed(_options)?|utm_[\p{L}\p{N}_]+|(fb|g|ms|dcl)clid|_gl|mc_[ce]id)$/iu;
/** White space as Python knows it. */
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/**
 * The view that a link asks for, as `dashboard/view.py` would send it, and what was left out, each as `name "value"`.
 * @param {string} search "?crew=chris&at=D8T11:30"
 * @param {import('./story.js').Story} story
 * @param {string[]} bases ids of the base maps on offer
 * @returns {{given: Record<string, any>, ignored: string[]}}
 */
export function asked(search, story, bases) {
  const readers = readersOf(story, bases);
  /** @type {Map<string, Set<string>>} */
  const query = new Map();
  for (const [name, text] of new URLSearchParams(search)) query.set(name, (query.get(name) ?? new Set()).add(text));
  /** @type {Map<string, any>} */
  const values = new Map();
  /** @type {string[]} */
  const ignored = [];
  for (const [name, all] of query) {
    if (FOREIGN.test(name)) continue;
    const texts = [...all].filter((text) => text.split(SPACE).some(Boolean));
    const read = readers.get(name);
    if (!read || texts.length > (name === 'crew' ? MOST : 1)) {
      if (!read || texts.length) ignored.push(named(name, texts.slice(0, MOST).join(' ')));
      continue;
    }
    for (const text of texts) {
      const value = [...text].length > LONGEST ? undefined : read(text);
      if (value === undefined) ignored.push(named(name, text));
      else values.set(name, name === 'crew' ? [...(values.get(name) ?? []), value] : value);
    }
  }
  const drop = (/** @type {string} */ name, /** @type {string} */ text) => {
    ignored.push(named(name, text));
    values.delete(name);
  };
  if (values.has('crew')) values.set('crew', story.people.id.filter((person) => values.get('crew').includes(person)));
  const camera = ['lat', 'lon', 'z'].filter((name) => values.has(name));
  if (camera.length < 3) for (const name of camera) drop(name, decimal(values.get(name)));
  if (values.has('from') && values.has('to') && values.get('from') >= values.get('to')) {
    for (const name of ['from', 'to']) drop(name, decimal(values.get(name)));
  }
  for (const name of ['at', 'from', 'to']) if (values.has(name)) values.set(name, formatAt(values.get(name), story.clock.kind));
  return { given: Object.fromEntries(values), ignored };
}

/** One sentence about what was left out, or nothing. @param {string[]} ignored */
export function notice(ignored) {
  if (!ignored.length) return '';
  const more = ignored.length - NAMED;
  const names = ignored.slice(0, NAMED).join(', ');
  return more > 0 ? say('Left out of this link: {names} and {n} more.', { names, n: String(more) }) : say('Left out of this link: {names}.', { names });
}

/**
 * How each parameter is read: undefined where the text does not fit.
 * @param {import('./story.js').Story} story @param {string[]} bases
 * @returns {Map<string, (text: string) => any>}
 */
function readersOf(story, bases) {
  const oneOf = (/** @type {string[]} */ words) => (/** @type {string} */ text) => (words.includes(text) ? text : undefined);
  const number = (/** @type {number} */ least, /** @type {number} */ most, /** @type {number} */ places) => (/** @type {string} */ text) => {
    const value = /^-?[0-9]{1,3}(\.[0-9]{1,20})?$/.test(text) ? Number(Number(text).toFixed(places)) : NaN;
    return value >= least && value <= most ? value : undefined;
  };
  const first = story.n ? story.at[0] : NaN;
  const last = story.until.reduce((most, t) => Math.max(most, t), -Infinity);
  const margin = Math.max((last - first) * MARGIN, LEAST_MARGIN);
  const instant = (/** @type {string} */ text) => {
    const t = parseAt(text, story.clock.kind);
    return t !== null && first - margin <= t && t <= last + margin ? t : undefined;
  };
  return new Map(
    /** @type {[string, (text: string) => any][]} */ ([
      ...Object.entries(CHOICES).map(([name, words]) => [name, oneOf(words)]),
      ['story', oneOf([story.storyId])],
      ['crew', oneOf(story.people.id)],
      ['at', instant],
      ['span', (text) => (parseSpan(text) === null ? undefined : text.split(SPACE).join(''))],
      ['event', oneOf(story.id)],
      ['place', oneOf(story.places.id)],
      ['q', sought],
      ['lat', number(-90, 90, 4)],
      ['lon', number(-180, 180, 4)],
      ['z', number(0, 22, 2)],
      ['base', oneOf(bases)],
      ['stated', (text) => (text === '1' ? true : undefined)],
      ['follow', (text) => (text === '0' ? false : undefined)],
      ['from', instant],
      ['to', instant],
    ]),
  );
}

/** Words to search for, one space apart. @param {string} text */
function sought(text) {
  const words = text.split(SPACE).filter(Boolean).join(' ');
  return /[\p{Cc}\p{Cs}]/u.test(words) ? undefined : words;
}

/** A parameter in the notice: on one line, short, without control characters and direction marks. @param {string} name @param {string} text */
const named = (name, text) => `${cleaned(name)} "${cleaned(text)}"`;

/** @param {string} text */
function cleaned(text) {
  const head = [...text].slice(0, 4 * SHOWN).join('');
  const line = [...head.replace(/[\p{C}\p{Z}]/gu, ' ').split(SPACE).filter(Boolean).join(' ')];
  return line.length <= SHOWN ? line.join('') : `${line.slice(0, SHOWN - 1).join('')}\u2026`;
}

/** A number as the server writes it. @param {number} value */
const decimal = (value) => (Number.isInteger(value) ? value.toFixed(1) : String(value));
