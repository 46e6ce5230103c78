// @ts-check
/** Which of many points lies under the pointer: a grid over two typed arrays. Pure. */

const CELL = 32;

/**
 * An index over `n` points inside a box from 0,0 to `width`,`height`; points outside belong to the cells at the edge.
 * @param {Float32Array} xs @param {Float32Array} ys @param {number} n @param {number} width @param {number} height
 * @param {(index: number) => number} [radius] of the disc drawn at a point; 0 when not given
 */
export function grid(xs, ys, n, width, height, radius = () => 0) {
  const columns = Math.max(1, Math.ceil(width / CELL));
  const rows = Math.max(1, Math.ceil(height / CELL));
  const column = (/** @type {number} */ x) => Math.max(0, Math.min(columns - 1, Math.floor(x / CELL)));
  const row = (/** @type {number} */ y) => Math.max(0, Math.min(rows - 1, Math.floor(y / CELL)));
  const start = new Int32Array(columns * rows + 1);
  const cells = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    cells[i] = row(ys[i]) * columns + column(xs[i]);
    start[cells[i] + 1]++;
  }
  for (let c = 0; c < columns * rows; c++) start[c + 1] += start[c];
  const list = new Int32Array(n);
  const next = start.slice();
  for (let i = 0; i < n; i++) list[next[cells[i]]++] = i;

  /**
   * The index of the nearest point whose disc is within `reach` pixels of `x`,`y`, or -1. Of points equally near, the
   * last wins: it is the one drawn on top.
   * @param {number} x @param {number} y @param {number} reach @param {number} [largest] the largest radius of any disc
   */
  function nearest(x, y, reach, largest = 0) {
    const far = reach + largest;
    let best = Infinity;
    let found = -1;
    for (let r = row(y - far); r <= row(y + far); r++) {
      for (let c = column(x - far); c <= column(x + far); c++) {
        for (let k = start[r * columns + c]; k < start[r * columns + c + 1]; k++) {
          const i = list[k];
          const distance = Math.hypot(xs[i] - x, ys[i] - y);
          if (distance > reach + radius(i)) continue;
          if (distance < best || (distance === best && i > found)) {
            best = distance;
            found = i;
          }
        }
      }
    }
    return found;
  }
  return { nearest };
}
