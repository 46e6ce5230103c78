// @ts-check
/** What the library says of a time, in the language in use: "Day 8, morning". The twin of `dashboard/whenwords.py`. Pure. */
import { language, remembered, say } from './say.js';

const YEAR = '(?<year>[0-9]{1,6})(?<bc> BC)?';
const NAME = '(?<name>[A-Z][a-z]{2,8})';
const TIME = '[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?';
const whole = (/** @type {string} */ pattern) => new RegExp(`^(?:${pattern})$`);
const DAY = whole('Day (?<n>-?[0-9]{1,7})');
const DATE = whole(`(?<day>[0-9]{1,2}) ${NAME} ${YEAR}`);
const MONTH = whole(`${NAME} ${YEAR}`);
const SHORT = whole(`(?<day>[0-9]{1,2}) ${NAME}`);
const SEASON = whole(`(?<season>spring|summer|autumn|winter) ${YEAR}`);
const ANY_YEAR = whole(YEAR);
const DECADE = whole('the (?<decade>[0-9]{1,5}0)s');
const WITHIN = whole(`(?<day>.+), between (?<a>${TIME}) and (?<b>${TIME})`);
const SIDE = whole(`(?<day>.+), (?<side>before|after) (?<time>${TIME})`);
const AT = whole(`(?<day>.+), (?<time>${TIME})`);
const PART = whole('(?<day>.+), (?<part>[a-z]+)');
const BETWEEN = whole('between (?<a>.+) and (?<b>.+)');
/** So many texts are remembered. */
const MOST = 20_000;

/** @typedef {'' | 'the' | 'of'} Case how a day stands in the sentence: alone, with an article, or after "of" */

const retold = remembered(sentence, MOST);

/** The words of a time; what is none stays as it is. @param {string} english */
export const when = (english) => (language() === 'en' ? english : retold(english));

/** When event `e` happens, in words. @param {{when: string[]}} story @param {number} e */
export const whenOf = (story, e) => when(story.when[e]);

/** The label of a day mark, and a shorter one where there is one: "Day 8", "8". @param {string} label @returns {string[]} */
export function markWords(label) {
  const number = DAY.exec(label)?.groups?.n;
  return number === undefined ? [when(label)] : [when(label), number];
}

/** The names of the months in the language in use. */
export const months = () => [
  say('January'),
  say('February'),
  say('March'),
  say('April'),
  say('May'),
  say('June'),
  say('July'),
  say('August'),
  say('September'),
  say('October'),
  say('November'),
  say('December'),
];
export const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** @param {string} text */
function sentence(text) {
  if (text === 'some time') return say('some time');
  const { a, b } = groups(BETWEEN, text) ?? {};
  if (a) return say('between {a} and {b}', { a: moment(a, 'the'), b: moment(b, 'the') });
  if (text.startsWith('after ')) return say('after {when}', { when: moment(text.slice(6), 'of') });
  if (text.startsWith('before ')) return say('before {when}', { when: moment(text.slice(7), 'of') });
  if (text.endsWith(' or later')) return say('{when} or later', { when: moment(text.slice(0, -9), '') });
  if (text.endsWith(' or earlier')) return say('{when} or earlier', { when: moment(text.slice(0, -11), '') });
  return moment(text, '');
}

/** A day, and a time of it. @param {string} text @param {Case} how */
function moment(text, how) {
  const within = groups(WITHIN, text);
  if (within) return say('{day}, between {a} and {b}', { day: date(within.day, how), a: within.a, b: within.b });
  const side = groups(SIDE, text);
  if (side?.side === 'before') return say('{day}, before {time}', { day: date(side.day, how), time: side.time });
  if (side) return say('{day}, after {time}', { day: date(side.day, how), time: side.time });
  const at = groups(AT, text);
  if (at) return say('{day}, {time}', { day: date(at.day, how), time: at.time });
  const part = groups(PART, text);
  const named = part && parts()[part.part];
  if (named) return say('{day}, {part}', { day: date(part.day, how), part: named });
  return text.startsWith('about ') ? say('about {when}', { when: uncertain(text.slice(6), how) }) : uncertain(text, how);
}

/** @param {string} text @param {Case} how */
const uncertain = (text, how) => (text.endsWith(' (uncertain)') ? say('{when} (uncertain)', { when: date(text.slice(0, -12), how) }) : date(text, how));

/** @param {string} text @param {Case} how */
function date(text, how) {
  const n = groups(DAY, text)?.n;
  if (n) return { '': () => say('Day {n}', { n }), the: () => say('the::Day {n}', { n }), of: () => say('of::Day {n}', { n }) }[how]();
  const found = groups(DATE, text);
  if (found && MONTHS.includes(found.name)) {
    const said = { day: found.day, month: monthOf(found), year: yearOf(found) };
    return { '': () => say('{day} {month} {year}', said), the: () => say('the::{day} {month} {year}', said), of: () => say('of::{day} {month} {year}', said) }[how]();
  }
  const month = groups(MONTH, text);
  if (month && MONTHS.includes(month.name)) return say('{month} {year}', { month: monthOf(month), year: yearOf(month) });
  const short = groups(SHORT, text);
  if (short && MONTHS.includes(short.name)) return say('{day} {month}', { day: short.day, month: monthOf(short) });
  const season = groups(SEASON, text);
  if (season) return say('{season} {year}', { season: seasons()[season.season], year: yearOf(season) });
  const decade = groups(DECADE, text)?.decade;
  if (decade) return say('the {decade}s', { decade });
  const year = groups(ANY_YEAR, text);
  return year ? yearOf(year) : text;
}

/** @param {RegExp} pattern @param {string} text @returns {Record<string, string> | undefined} */
const groups = (pattern, text) => pattern.exec(text)?.groups;

/** @param {Record<string, string>} found */
const monthOf = ({ name }) => months()[MONTHS.indexOf(name)];

/** @param {Record<string, string>} found */
const yearOf = ({ year, bc }) => (bc ? say('{year} BC', { year }) : year);

/** @returns {Record<string, string>} */
const parts = () => ({
  morning: say('morning'),
  midday: say('midday'),
  afternoon: say('afternoon'),
  evening: say('evening'),
  night: say('night'),
  daytime: say('daytime'),
});

/** @returns {Record<string, string>} */
const seasons = () => ({ spring: say('spring'), summer: say('summer'), autumn: say('autumn'), winter: say('winter') });
