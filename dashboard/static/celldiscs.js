// @ts-check
/** The discs of cells on a canvas: as large as their events are many, in the colour of the group that has most of them. */
import { countText, STEPS } from './markers.js';
import { drawText } from './marks.js';

/** The least radius that is still seen, in pixels. */
const LEAST = 1.6;
/** From this radius on a disc has its count written on it. */
const ROOMY = 10;

/**
 * @typedef {{n: number, cell: Int32Array, x: Float32Array, y: Float32Array, radius: Float32Array}} Discs in pixels of the canvas, the
 *   first `n` of each column
 */

/** The radius of a disc of so many events: its area goes with the count. @param {number} count @param {number} ever @param {number} most */
export const radiusFor = (count, ever, most) => (count ? Math.max(LEAST, most * Math.sqrt(count / Math.max(ever, 1))) : 0);

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
