// @ts-check
/** Answers of cells as the server writes them, of invented events, for tests. */

/** The same numbers for the same seed: `pick(n)` is from 0 to n - 1. @param {number} seed */
export function chance(seed) {
  let state = (seed * 2654435761) % 4294967296;
  return (/** @type {number} */ n) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * n);
  };
}

/** @param {(n: number) => number} pick @param {{n: number, cells: number, groups: string[]}} how */
export const events = (pick, { n, cells, groups }) =>
  Array.from({ length: n }, () => ({ x: pick(cells), y: pick(3), at: pick(1001), group: groups[pick(groups.length)] }));

/**
 * What `geo/bins_json.py` writes.
 * @param {{x: number, y: number, at: number, group: string}[]} all
 * @param {{zoom: number, from: number, to: number, steps: number}} asked
 */
export function answered(all, { zoom, from, to, steps }) {
  const groups = [...new Set(all.map(({ group }) => group))].sort();
  const rows = new Map();
  for (const { x, y, at, group } of all) {
    const step = to > from ? Math.min(steps - 1, Math.floor(((at - from) * steps) / (to - from))) : 0;
    const key = [x, y, groups.indexOf(group), step].join(' ');
    rows.set(key, (rows.get(key) ?? 0) + 1);
  }
  const sorted = [...rows].map(([key, count]) => [...key.split(' ').map(Number), count]).sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]);
  const out = { zoom, from, to, steps, total: all.length, unplaced: 0, groups, x: [], y: [], cell: [], group: [], length: [], step: [], count: [] };
  /** @type {any} */
  const told = out;
  let last = { x: 0, y: 0, cell: 0, cells: -1, key: '', place: '', step: 0 };
  for (const [x, y, group, step, count] of sorted) {
    if (last.place !== `${x} ${y}`) {
      told.x.push(x - last.x);
      told.y.push(y - last.y);
      last = { ...last, x, y, place: `${x} ${y}`, cells: last.cells + 1 };
    }
    if (last.key !== `${x} ${y} ${group}`) {
      told.cell.push(last.cells - last.cell);
      told.group.push(group);
      told.length.push(0);
      last = { ...last, key: `${x} ${y} ${group}`, cell: last.cells, step: 0 };
    }
    told.length[told.length.length - 1]++;
    told.step.push(step - last.step);
    told.count.push(count);
    last.step = step;
  }
  return told;
}
