// @ts-check
/** Who has a line in the storylines, and in which row the line lies at every event. Pure. */
import { present, remote } from './story.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{people: Int32Array, folded: number, left: number}} Cast `people` in order of first appearance; `folded` is
 *   the number of roles without a name that are not drawn, `left` that of people for whom there is no room
 */

/** More lines than this nobody follows; those with the most events are drawn. */
export const MOST = 120;

/** A role instead of a name: "Bank guards", "Detective at headquarters", but not "Detective Casals". @param {string} name */
export const isRole = (name) => /\s\p{Ll}\S*$/u.test(name.trim());

/**
 * The people of the selected events who get a line. Roles are folded unless `everybody` is asked for, or they are chosen,
 * or nobody has a name.
 * @param {Story} story @param {Int32Array} selection @param {{everybody: boolean, chosen: Set<number>}} asked
 * @returns {Cast}
 */
export function cast(story, selection, { everybody, chosen }) {
  const counts = new Int32Array(story.people.n);
  /** @type {number[]} */
  const met = [];
  for (const e of selection) {
    for (const list of [present(story, e), remote(story, e)]) {
      for (const p of list) if (counts[p]++ === 0) met.push(p);
    }
  }
  const named = met.filter((p) => !isRole(story.people.name[p]) || chosen.has(p));
  const kept = everybody || !named.length ? met : named;
  const busiest = new Set([...kept].sort((a, b) => Number(chosen.has(b)) - Number(chosen.has(a)) || counts[b] - counts[a]).slice(0, MOST));
  return {
    people: Int32Array.from(kept.filter((p) => busiest.has(p))),
    folded: met.length - kept.length,
    left: kept.length - busiest.size,
  };
}

/**
 * The row of every one of `people` at every selected event, `row[k * people.length + i]`, and how many rows there are.
 * Rows are the slots of the story's own layout where it has one; otherwise people begin in order of first appearance, and
 * those who meet move together around the middle one of them.
 * @param {Story} story @param {Int32Array} selection @param {Int32Array} people
 * @returns {{row: Int32Array, count: number}}
 */
export function rows(story, selection, people) {
  const m = people.length;
  const laid = laidOut(story, selection, people);
  if (laid) return squeezed(laid);
  const row = new Int32Array(selection.length * m);
  const indexOf = new Map(Array.from(people, (p, i) => [p, i]));
  let order = Array.from(people, (_, i) => i);
  selection.forEach((e, k) => {
    order = gathered(order, new Set(Array.from(present(story, e), (p) => indexOf.get(p))));
    order.forEach((i, r) => (row[k * m + i] = r));
  });
  return { row, count: m };
}

/**
 * `order` with its `members` side by side around the middle one of them; nobody else changes places.
 * @param {number[]} order @param {Set<number | undefined>} members
 */
export function gathered(order, members) {
  const at = order.flatMap((i, row) => (members.has(i) ? [row] : []));
  if (at.length < 2 || at[at.length - 1] - at[0] === at.length - 1) return order;
  const middle = at[at.length >> 1];
  const before = order.filter((i, row) => !members.has(i) && row < middle);
  const after = order.filter((i, row) => !members.has(i) && row > middle);
  return [...before, ...order.filter((i) => members.has(i)), ...after];
}

/**
 * The slots of the layout that came with the story (`geo/storyline.py`); null where it has none. It gives slots from the
 * first to the last presence of a person; where they take part from elsewhere before or after, the nearest free row serves.
 * @param {Story} story @param {Int32Array} selection @param {Int32Array} people
 */
function laidOut(story, selection, people) {
  if (!story.storyline) return null;
  const { people: lines, steps, slots } = story.storyline;
  const m = people.length;
  const lineOf = new Map(lines.map((/** @type {number} */ p, /** @type {number} */ i) => [p, i]));
  const row = new Int32Array(selection.length * m).fill(-1);
  let step = 0;
  selection.forEach((e, k) => {
    while (step + 1 < steps.length && steps[step + 1] <= e) step++;
    for (let i = 0; i < m; i++) row[k * m + i] = slots[lineOf.get(people[i]) ?? -1]?.[step] ?? -1;
  });
  const own = appearancesOf(story, selection, people);
  const taken = new Set();
  let count = 0;
  own.forEach((steps, i) => {
    for (const k of range(steps[0], steps[steps.length - 1])) {
      const r = row[k * m + i];
      if (r >= 0) taken.add(r * selection.length + k);
      count = Math.max(count, r + 1);
    }
  });
  // From the last gap back, event by event, so that each part lies close to where the line goes next.
  own.forEach((steps, i) => {
    for (let j = steps.length - 1; j >= 0; j--) {
      const [from, to] = [steps[j], j + 1 < steps.length ? steps[j + 1] - 1 : steps[j]];
      const open = range(from, to).filter((k) => row[k * m + i] < 0);
      if (!open.length) continue;
      const wish = [row[(to + 1) * m + i], row[(from - 1) * m + i]].find((r) => r >= 0) ?? count >> 1;
      const r = nearestFree(wish, count, (r) => open.every((k) => !taken.has(r * selection.length + k)));
      count = Math.max(count, r + 1);
      for (const k of open) {
        row[k * m + i] = r;
        taken.add(r * selection.length + k);
      }
    }
  });
  return { row, count, own };
}

/** @param {number} from @param {number} to included */
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/**
 * The row closest to `wish` that is free; `count`, a row below all others, where none is.
 * @param {number} wish @param {number} count @param {(row: number) => boolean} free
 */
export function nearestFree(wish, count, free) {
  for (let d = 0; d < count; d++) {
    for (const row of [wish + d, wish - d]) if (row >= 0 && row < count && free(row)) return row;
  }
  return count;
}

/** The selected events of every one of `people`, as indices of the selection. @param {Story} story @param {Int32Array} selection @param {Int32Array} people */
export function appearancesOf(story, selection, people) {
  const own = Array.from(people, () => /** @type {number[]} */ ([]));
  const indexOf = new Map(Array.from(people, (p, i) => [p, i]));
  selection.forEach((e, k) => {
    for (const p of new Set([...present(story, e), ...remote(story, e)])) {
      const i = indexOf.get(p);
      if (i !== undefined) own[i].push(k);
    }
  });
  return own;
}

/** The same rows without those where no line runs. @param {{row: Int32Array, own: number[][]}} laid */
function squeezed({ row, own }) {
  const m = own.length;
  const used = new Set();
  own.forEach((steps, i) => {
    for (const k of range(steps[0], steps[steps.length - 1])) used.add(row[k * m + i]);
  });
  const place = new Map([...used].sort((a, b) => a - b).map((r, i) => [r, i]));
  return { row: row.map((r) => place.get(r) ?? 0), count: used.size };
}
