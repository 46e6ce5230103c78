// @ts-check
/** The discs of cells on a canvas: as large as their events are many, in the colour of the group that has most of them. */
import { around } from './labels.js';
import { countText, STEPS } from './markers.js';
import { drawText } from './marks.js';

/** The least radius that is still seen, in pixels. */
const LEAST = 1.6;
/** From this radius on a disc has its count written on it. */
const ROOMY = 10;
/** Pixels between the largest discs. */
const APART = 1.5;
/** While the map is closer than the answer, discs grow with it, but no larger than this. */
export const LARGEST = 44;
/** So many discs at most make names of the base map give way: the largest ones. */
const YIELDING = 120;

/**
 * @typedef {{n: number, cell: Int32Array, x: Float32Array, y: Float32Array, radius: Float32Array}} Discs in pixels of the canvas, the
 *   first `n` of each column
 * @typedef {{cells: import('./cells.js').Cells, counted: import('./cells.js').Counted, ever: number}} Sizes `ever` is the count that the
 *   largest disc stands for
 */

/** The radius of a disc of so many events: its area goes with the count. @param {number} count @param {number} ever @param {number} most */
export const radiusFor = (count, ever, most) => (count ? Math.max(LEAST, most * Math.sqrt(count / Math.max(ever, 1))) : 0);

/** Pixels from one cell to the next. @param {import('./cells.js').Cells} cells @param {{scale: number}} camera */
export const pitch = (cells, { scale }) => (256 * scale) / 2 ** cells.zoom;

/** The radius of the largest disc. @param {import('./cells.js').Cells} cells @param {{scale: number}} camera */
export const largest = (cells, camera) => Math.min(LARGEST, pitch(cells, camera) / 2 - APART / 2);

/** The middle of a cell, in pixels of the camera's frame. @param {import('./cells.js').Cells} cells @param {number} cell @param {import('./positions.js').Camera} camera */
export function middleIn(cells, cell, camera) {
  const step = pitch(cells, camera);
  return { x: (cells.x[cell] + 0.5) * step - camera.left, y: (cells.y[cell] + 0.5) * step - camera.top };
}

/**
 * Where the discs of the cells in view lie, those of the most events first where the cells are in that order.
 * @param {Sizes} sizes @param {import('./positions.js').Camera} camera @param {Discs} [out] is used again where it has the room
 * @returns {Discs}
 */
export function laid({ cells, counted, ever }, camera, out) {
  const { n } = cells;
  const found = out && out.cell.length >= n ? out : { n: 0, cell: new Int32Array(n), x: new Float32Array(n), y: new Float32Array(n), radius: new Float32Array(n) };
  const step = pitch(cells, camera);
  const most = largest(cells, camera);
  found.n = 0;
  for (let i = 0; i < n; i++) {
    if (!counted.count[i]) continue;
    const [x, y] = [(cells.x[i] + 0.5) * step - camera.left, (cells.y[i] + 0.5) * step - camera.top];
    if (x < -step || y < -step || x > camera.width + step || y > camera.height + step) continue;
    found.cell[found.n] = i;
    found.x[found.n] = x;
    found.y[found.n] = y;
    found.radius[found.n++] = radiusFor(counted.count[i], ever, most);
  }
  return found;
}

/** What the largest discs cover, of all times, so that no name of the base map comes and goes as time runs. @param {import('./cells.js').Cells} cells @param {import('./positions.js').Camera} camera */
export function covered(cells, camera) {
  const most = largest(cells, camera);
  const ever = cells.whole.reduce((most, count) => Math.max(most, count), 0);
  const discs = Array.from(cells.whole, (count, i) => ({ ...middleIn(cells, i, camera), radius: radiusFor(count, ever, most) }));
  const seen = discs.filter(({ x, y, radius }) => radius >= 5 && x > -radius && y > -radius && x < camera.width + radius && y < camera.height + radius);
  if (seen.length > YIELDING) seen.sort((one, other) => other.radius - one.radius).length = YIELDING;
  return seen.map(({ x, y, radius }) => around(x, y, radius * 0.85));
}

/**
 * One path a colour, so that five thousand discs cost a few fills.
 * @param {CanvasRenderingContext2D} context @param {Discs} discs @param {import('./cells.js').Counted} counted @param {import('./marks.js').Palette} palette
 */
export function drawCells(context, { n, cell, x, y, radius }, { group, count }, { fill, ink, casing, font }) {
  const paths = fill.map(() => new Path2D());
  const rim = new Path2D();
  for (let k = 0; k < n; k++) {
    const path = paths[group[cell[k]]];
    path.moveTo(x[k] + radius[k], y[k]);
    path.arc(x[k], y[k], radius[k], 0, 2 * Math.PI);
    rim.moveTo(x[k] + radius[k] + 1, y[k]);
    rim.arc(x[k], y[k], radius[k] + 1, 0, 2 * Math.PI);
  }
  context.fillStyle = casing;
  context.fill(rim);
  paths.forEach((path, part) => {
    context.fillStyle = fill[part][STEPS - 1];
    context.fill(path);
  });
  for (let k = 0; k < n; k++) {
    if (radius[k] < ROOMY) continue;
    drawText(context, countText(count[cell[k]]), x[k], y[k], `700 ${Math.min(13, radius[k] * 0.72)}px ${font}`, ink[group[cell[k]]][STEPS - 1]);
  }
}
