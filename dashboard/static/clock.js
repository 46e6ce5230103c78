// @ts-check
/**
 * Story time in the browser: where an instant lies on a scale, and how it is written and said. Pure.
 *
 * Story time is wall-clock time in seconds and is never converted to another zone. `days` counts from midnight before
 * Day 0, `calendar` from 1970-01-01T00:00 in the proleptic Gregorian calendar. The twin of `geo/clock.py`.
 */
import { counted } from './say.js';
import { MONTHS, months, when } from './when.js';

/** @typedef {import('./story.js').Scale} Scale */

const [MINUTE, HOUR, DAY, WEEK] = [60, 3600, 86_400, 604_800];
const LAST_YEAR = 200_000;
const DAY_AT = /^D(-?[0-9]{1,6})(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?$/i;
const DATE_AT = /^(-?[0-9]{4,6})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?$/i;
/** Largest first, so that a span is written in the largest unit that divides it; an hour and a half stays 90m. */
const UNITS = /** @type {[string, number, (n: number) => string][]} */ ([
  ['w', WEEK, (n) => counted(n, '{n} week|{n} weeks')],
  ['d', DAY, (n) => counted(n, '{n} day|{n} days')],
  ['h', HOUR, (n) => counted(n, '{n} hour|{n} hours')],
  ['m', MINUTE, (n) => counted(n, '{n} minute|{n} minutes')],
  ['s', 1, (n) => counted(n, '{n} second|{n} seconds')],
]);

/** The first index of sorted `values` whose value is above `value`. @param {ArrayLike<number>} values @param {number} value */
function above(values, value) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where the instant `value` of the knots `from` lies on the knots `to`; outside the knots it is their end.
 * @param {ArrayLike<number>} from @param {ArrayLike<number>} to @param {number} value
 */
function interpolated(from, to, value) {
  const last = from.length - 1;
  if (last < 0) return 0;
  const i = above(from, value);
  if (i === 0) return to[0];
  if (i > last) return to[last];
  return to[i - 1] + ((value - from[i - 1]) / (from[i] - from[i - 1])) * (to[i] - to[i - 1]);
}

/** Where `t` lies on the scale, 0 to 1. @param {Scale} scale @param {number} t */
export const position = ({ t: knots, x }, t) => interpolated(knots, x, t);

/**
 * The instant at the position `x` of the scale; where the scale stands still it is the latest such instant, but the
 * start of the scale at 0.
 * @param {Scale} scale @param {number} x 0 to 1
 */
export const instant = ({ t, x: knots }, x) => (x <= 0 && t.length ? t[0] : interpolated(knots, t, x));

/** Story seconds that pass on one `step` of the scale (0 to 1) around `t`. @param {Scale} scale @param {number} t @param {number} step */
export function secondsPer(scale, t, step) {
  const x = position(scale, t);
  return Math.abs(instant(scale, Math.min(1, x + step / 2)) - instant(scale, Math.max(0, x - step / 2)));
}

/** "11:30", with seconds only when there are some. @param {number} second of the day */
function clock(second) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  const rest = second % MINUTE;
  return `${two(Math.floor(second / HOUR))}:${two(Math.floor(second / MINUTE) % 60)}${rest ? `:${two(rest)}` : ''}`;
}

/** @param {number} t @returns {[number, number]} whole days, and the second of the day */
function split(t) {
  const whole = Math.round(t);
  const day = Math.floor(whole / DAY);
  return [day, whole - day * DAY];
}

/** @param {number} days since 1970-01-01 @returns {[number, number, number]} year, month 1-12, day of the month */
function civil(days) {
  const date = new Date(days * DAY * 1000);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

/** Days since 1970-01-01, or null when there is no such day. @param {number} year @param {number} month @param {number} day */
function dayNumber(year, month, day) {
  if (year < -LAST_YEAR || year > LAST_YEAR + 1) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? Math.round(date.getTime() / (DAY * 1000)) : null;
}

/** "Day 8", "3 October 1995", "15 March 44 BC", in the language in use. @param {number} t @param {string} kind */
export const dayWords = (t, kind) => when(dated(t, kind));

/** "Day 8, 11:30", "3 October 1995, 11:30". @param {number} t @param {string} kind "days" or "calendar" */
export const words = (t, kind) => when(`${dated(t, kind)}, ${clock(split(t)[1])}`);

/** The day in English, as `geo/clock.py` says it. @param {number} t @param {string} kind */
function dated(t, kind) {
  const [day] = split(t);
  if (kind === 'days') return `Day ${day}`;
  const [year, month, date] = civil(day);
  return `${date} ${MONTHS[month - 1]} ${year > 0 ? year : `${1 - year} BC`}`;
}

/**
 * The instant in words no finer than the scale shows it: seconds only where a thousandth of the scale is shorter than
 * 20 of them, or where they are stated (`exact`).
 * @param {Scale} scale @param {number} t @param {string} kind @param {boolean} exact
 */
export function wordsOn(scale, t, kind, exact) {
  if (exact || secondsPer(scale, t, 0.001) < 20) return words(t, kind);
  return words(Math.floor(Math.round(t) / MINUTE) * MINUTE, kind);
}

/**
 * The instant a link says: `D8T11:30`, `D8`, `1995-10-03T11:30:20`; null when it says none.
 * @param {string} text @param {string} kind
 */
export function parseAt(text, kind) {
  const match = (kind === 'days' ? DAY_AT : DATE_AT).exec(text.trim());
  if (!match) return null;
  const fields = match.slice(1).map((field) => Number(field ?? 0));
  const [hour, minute, second] = fields.slice(-3);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const day = kind === 'days' ? fields[0] : dayNumber(fields[0], fields[1], fields[2]);
  return day === null ? null : day * DAY + hour * HOUR + minute * MINUTE + second;
}

/** The inverse of `parseAt` for whole seconds; seconds are written only when there are some. @param {number} t @param {string} kind */
export function formatAt(t, kind) {
  const [day, second] = split(t);
  if (kind === 'days') return `D${day}T${clock(second)}`;
  const [year, month, date] = civil(day);
  const digits = (/** @type {number} */ number, /** @type {number} */ length) => String(Math.abs(number)).padStart(length, '0');
  return `${year < 0 ? '-' : ''}${digits(year, 4)}-${digits(month, 2)}-${digits(date, 2)}T${clock(second)}`;
}

/** Whether the story only assumes the day of `t`. @param {{kind: string, assumed: string[]}} clock of the story @param {number} t */
export const dayAssumed = ({ kind, assumed }, t) => assumed.includes(formatAt(t, kind).split('T')[0]);

/**
 * The instant a person typed: as in a link, or as the board says it ("Day 8, 11:30", "3 October 1995, 11:30") in English
 * or in the language in use, or a clock time alone on the day of `now`; null when it says none.
 * @param {string} text @param {string} kind @param {number} now
 */
export function typedAt(text, kind, now) {
  const plain = text.trim().replace(/\s+/g, ' ');
  if (/^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$/.test(plain)) return parseAt(`${formatAt(now, kind).split('T')[0]}T${plain}`, kind);
  if (kind === 'days') return parseAt(plain.replace(/^(day|d[i\u00ed]a) ?/i, 'D').replace(/,? (?=[0-9]{1,2}:)/, ' '), kind);
  const said = /^([0-9]{1,2}) (?:de )?([a-z]{3,10}) (?:de )?([0-9]{1,6})( BC| a\. ?C\.)?(?:,? ([0-9:]+))?$/i.exec(plain);
  if (!said) return parseAt(plain, kind);
  const named = (/** @type {string} */ name) => name.toLowerCase().startsWith(said[2].toLowerCase());
  const month = MONTHS.findIndex(named) + 1 || months().findIndex(named) + 1;
  const year = said[4] ? 1 - Number(said[3]) : Number(said[3]);
  const date = [Math.abs(year), month, Number(said[1])].map((field, i) => String(field).padStart(i ? 2 : 4, '0')).join('-');
  return month ? parseAt(`${year < 0 ? '-' : ''}${date}${said[5] ? `T${said[5]}` : ''}`, kind) : null;
}

/** Seconds of a span as links write it: "6h", "90m", "3d", "45s", "2w"; null for anything else. @param {string} text */
export function parseSpan(text) {
  const match = /^([0-9]{1,6})([smhdw])$/.exec(text.trim());
  const unit = match && UNITS.find(([letter]) => letter === match[2]);
  return (match && unit && Number(match[1]) * unit[1]) || null;
}

/** The unit that says a span in whole numbers. @param {number} seconds */
const unitOf = (seconds) => UNITS.find(([, size]) => seconds % size === 0) ?? UNITS[UNITS.length - 1];

/** The inverse of `parseSpan` for whole seconds, in the largest unit that divides it. @param {number} seconds */
export function formatSpan(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  const [letter, size] = unitOf(whole);
  return `${whole / size}${letter}`;
}

/** "6 hours", "1 day". @param {number} seconds */
export function spanWords(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  const [, size, said] = unitOf(whole);
  return said(whole / size);
}
