// @ts-check
/** The story that a board of cells runs on: one event for every step of time in which anything was counted. Pure. */
import { beginning } from './cells.js';
import { eventWords, mostlyWords } from './cellwords.js';

/** The first whole second of a step, as a link can say it; steps may be shorter. @param {import('./cells.js').Cells} cells @param {number} step */
function whole(cells, step) {
  const second = Math.ceil(beginning(cells, step));
  return second < beginning(cells, step + 1) ? second : beginning(cells, step);
}

/**
 * `base` with those events. They have no place, people or id; their title says how many events they stand for, and whose.
 * @param {import('./story.js').Story} base without events @param {import('./cells.js').Cells} cells
 * @returns {import('./story.js').Story}
 */
export function standIn(base, cells) {
  const { steps, parts, totals } = cells;
  const found = [];
  for (let step = 0; step < steps; step++) {
    const counts = Array.from(totals.subarray(step * parts, (step + 1) * parts));
    const sum = counts.reduce((all, count) => all + count, 0);
    if (sum) found.push({ at: whole(cells, step), group: counts.indexOf(Math.max(...counts)), words: [eventWords(sum), mostlyWords(counts, base.groups)] });
  }
  const n = found.length;
  const texts = (/** @type {string} */ text) => new Array(n).fill(text);
  const at = Float64Array.from(found, (one) => one.at);
  const none = () => new Int32Array(n + 1);
  return {
    ...base,
    n,
    id: texts(''),
    title: found.map(({ words }) => words.filter(Boolean).join(', ')),
    summary: texts(''),
    at,
    earliest: at,
    latest: at,
    until: at,
    when: texts(''),
    precision: texts('exact'),
    basis: texts('stated'),
    place: new Int32Array(n).fill(-1),
    group: Uint8Array.from(found, (one) => one.group),
    peopleStart: none(),
    remoteStart: none(),
    goneStart: none(),
    chapter: new Int32Array(n).fill(-1),
    outcome: texts(''),
    source: texts(''),
    told: Array.from({ length: n }, (_, i) => i),
    maxDuration: 0,
    cells,
  };
}
