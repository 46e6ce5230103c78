// @ts-check
/** The shapes of the storylines: a smooth line a person, a capsule an event over the lines of those present. Pure. */
import { appearancesOf, nearestFree, rows } from './cast.js';
import { present, remote } from './story.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{person: number, y: number}} Dot
 * @typedef {{event: number, x: number, top: number, bottom: number, here: Dot[], elsewhere: Dot[]}} Capsule `top` and
 *   `bottom` are the outermost lines of those present; an event with nobody drawn has no lines, its `top` is NaN
 * @typedef {{person: number, line: string, away: string, names: {x: number, y: number}[],
 *   end: {x: number, y: number, gone: boolean}}} Strand `line` and `away` are path data; `away` leads over long absences
 * @typedef {{pitch: number, tight: number}} Pitch pixels between the lines of people apart, and of people together
 */

/** A line begins and ends this many pixels before its first and after its last event. */
export const LEAD = 15;
/** Nobody is followed through more than this many events without them: the line is dotted until they come back. */
export const LONG = 9;
/** A line changes rows in the last so many pixels before an event. */
const BEND = 34;
/** Pixels of a letter of a name. */
const PER_LETTER = 6.4;

/**
 * @param {Story} story
 * @param {Int32Array} selection
 * @param {Int32Array} people those with a line
 * @param {ArrayLike<number>} xs pixels of every selected event, not decreasing
 * @param {Pitch} pitch
 * @returns {{strands: Strand[], capsules: Capsule[], height: number}}
 */
export function weave(story, selection, people, xs, { pitch, tight }) {
  const m = people.length;
  const { row, count } = rows(story, selection, people);
  const ys = Float64Array.from(row, (r) => (r + 0.5) * pitch);
  const indexOf = new Map(Array.from(people, (p, i) => [p, i]));
  const steps = appearancesOf(story, selection, people);
  const drawn = (/** @type {Int32Array} */ list) => Array.from(list, (p) => indexOf.get(p)).filter((i) => i !== undefined);

  const capsules = Array.from(selection, (e, k) => {
    const here = drawn(present(story, e)).sort((a, b) => row[k * m + a] - row[k * m + b]);
    const elsewhere = drawn(remote(story, e)).filter((i) => !here.includes(i));
    const middle = here.length ? (ys[k * m + here[0]] + ys[k * m + here[here.length - 1]]) / 2 : NaN;
    here.forEach((i, j) => (ys[k * m + i] = middle + (j - (here.length - 1) / 2) * tight));
    const dot = (/** @type {number} */ i) => ({ person: people[i], y: ys[k * m + i] });
    const dots = here.map(dot);
    return { event: e, x: xs[k], top: dots.length ? dots[0].y : NaN, bottom: dots.length ? dots[dots.length - 1].y : NaN, here: dots, elsewhere: elsewhere.map(dot) };
  });
  const gone = ended(story, selection);
  const names = Array.from(people, (p) => LEAD / 2 + story.people.short[p].length * PER_LETTER);
  const entered = entries(steps, xs, (i, k) => row[k * m + i], count, names);
  const strands = Array.from(people, (person, i) => ({
    person,
    ...strand(steps[i], xs, (k) => ys[k * m + i], (k) => ((entered.rows.get(k * m + i) ?? row[k * m + i]) + 0.5) * pitch, gone.has(person)),
  }));
  return { strands, capsules, height: entered.count * pitch };
}

/** Whether a person is away for long between two events of theirs. @param {ArrayLike<number>} xs @param {number} from @param {number} to */
const isLong = (xs, from, to) => to - from > LONG && xs[to] - xs[from] > 4 * LEAD;

/**
 * The row from which every line comes in, at its beginning and after long absences, by `event * people + person`: the
 * closest to the line in which its name is not written over other lines and names.
 * @param {number[][]} steps of every person @param {ArrayLike<number>} xs
 * @param {(i: number, k: number) => number} rowOf @param {number} count of rows @param {number[]} names pixels of every name
 */
function entries(steps, xs, rowOf, count, names) {
  /** @type {[number, number][][]} what is taken of every row, in pixels */
  const taken = [];
  const take = (/** @type {number} */ r, /** @type {number} */ from, /** @type {number} */ to) => (taken[r] ??= []).push([from, to]);
  const places = /** @type {{i: number, k: number}[]} */ ([]);
  steps.forEach((own, i) => {
    own.forEach((k, j) => {
      const next = own[j + 1] ?? k;
      if (j === 0 || isLong(xs, own[j - 1], k)) places.push({ i, k });
      const last = isLong(xs, k, next) ? k : next;
      for (let at = k; at < last; at++) take(rowOf(i, at), xs[at] - LEAD, xs[at + 1]);
      take(rowOf(i, last), xs[last] - LEAD, xs[last] + LEAD);
    });
  });
  const rows = new Map();
  for (const { i, k } of places.sort((a, b) => a.k - b.k || rowOf(a.i, a.k) - rowOf(b.i, b.k))) {
    const [from, to] = [xs[k] - LEAD - names[i], xs[k] - LEAD];
    const own = rowOf(i, k);
    const row = nearestFree(own, count, (r) => (taken[r] ?? []).every(([a, b]) => b <= from || a >= to));
    count = Math.max(count, row + 1);
    take(row, from, to);
    rows.set(k * steps.length + i, row);
  }
  return { rows, count };
}

/** Whose story ends with one of the selected events. @param {Story} story @param {Int32Array} selection */
function ended(story, selection) {
  /** @type {Set<number>} */
  const gone = new Set();
  const { goneStart: start, goneList: list } = story;
  for (const e of selection) for (let i = start[e]; i < start[e + 1]; i++) gone.add(list[i]);
  return gone;
}

/** @param {number} value */
const short = (value) => Math.round(value * 10) / 10;

/**
 * One person's line: level between events, a bend before every event where the row changes.
 * @param {number[]} steps the events of the person, as indices of `xs`, ascending and not empty
 * @param {ArrayLike<number>} xs
 * @param {(k: number) => number} y where the line lies at the event `k`
 * @param {(k: number) => number} home where it comes in at the event `k` from its name
 * @param {boolean} gone
 */
export function strand(steps, xs, y, home, gone) {
  const [first, last] = [steps[0], steps[steps.length - 1]];
  let line = '';
  let away = '';
  let [x, level] = [xs[first] - LEAD, home(first)];
  const names = [{ x, y: level }];
  const bend = (/** @type {number} */ toX, /** @type {number} */ toY) => {
    const from = Math.max(x, toX - BEND);
    const flat = from > x ? `H${short(from)}` : '';
    const middle = short((from + toX) / 2);
    const path = toY === level ? `H${short(toX)}` : `${flat}C${middle} ${short(level)} ${middle} ${short(toY)} ${short(toX)} ${short(toY)}`;
    [x, level] = [toX, toY];
    return path;
  };
  const start = () => `M${short(x)} ${short(level)}`;
  line += start() + bend(xs[first], y(first));
  for (let j = 1; j < steps.length; j++) {
    const [from, to] = [steps[j - 1], steps[j]];
    if (!isLong(xs, from, to)) {
      for (let k = from + 1; k <= to; k++) line += bend(xs[k], y(k));
      continue;
    }
    line += bend(xs[from] + LEAD, level);
    away += start();
    for (let k = from + 1; k < to; k++) if (xs[k] > x && xs[k] < xs[to] - LEAD) away += bend(xs[k], y(k));
    away += bend(xs[to] - LEAD, home(to));
    names.push({ x, y: level });
    line += start() + bend(xs[to], y(to));
  }
  line += bend(xs[last] + LEAD, level);
  return { line, away, names, end: { x, y: level, gone } };
}
