// @ts-check
/** Where the places of a story lie in the pixels of a map, projected once and scaled to any zoom. Pure. */
import { STEPS } from './markers.js';

/** Metres in a degree of latitude. */
const DEGREE = 111320;

/**
 * @typedef {{x: Float64Array, y: Float64Array, ring: Float64Array}} Positions by slot, in pixels at zoom 0; `ring` is its radius
 * @typedef {{scale: number, left: number, top: number, width: number, height: number, ratio: number}} Camera `scale` from
 *   zoom 0; `left` and `top` in pixels of the zoom in force; `ratio` device pixels a CSS pixel
 * @typedef {{n: number, slot: Int32Array, x: Float32Array, y: Float32Array, shade: Uint8Array}} Seen the slots in view,
 *   the latest event's last, in pixels from the top left corner of the map
 */

/**
 * @param {{lat: Float64Array, lon: Float64Array, radius: Float64Array}} places
 * @param {Int32Array} placeOf every slot; all of these have coordinates
 * @param {(lat: number, lon: number) => {x: number, y: number}} project to pixels at zoom 0
 * @returns {Positions}
 */
export function positions({ lat, lon, radius }, placeOf, project) {
  const n = placeOf.length;
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  const ring = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const p = placeOf[k];
    ({ x: x[k], y: y[k] } = project(lat[p], lon[p]));
    // Towards the equator, so that a ring near a pole stays on the map.
    if (radius[p] > 0) ring[k] = Math.abs(project(lat[p] - (Math.sign(lat[p]) || 1) * (radius[p] / DEGREE), lon[p]).y - y[k]);
  }
  return { x, y, ring };
}

/**
 * The marked slots that are in view or at most `margin` pixels outside.
 * @param {Positions} at @param {import('./markers.js').Marked} marked @param {Uint8Array} steps of fading, see `stepsOf`
 * @param {Camera} camera @param {Seen} seen is filled and returned, so that a frame allocates nothing @param {number} margin
 */
export function inView(at, { n, order, group, last }, steps, { scale, left, top, width, height }, seen, margin) {
  if (seen.slot.length < n) {
    Object.assign(seen, { slot: new Int32Array(n), x: new Float32Array(n), y: new Float32Array(n), shade: new Uint8Array(n) });
  }
  const { slot, x: xs, y: ys, shade } = seen;
  let count = 0;
  for (let k = 0; k < n; k++) {
    const p = order[k];
    const x = at.x[p] * scale - left;
    const y = at.y[p] * scale - top;
    if (x < -margin || y < -margin || x > width + margin || y > height + margin) continue;
    slot[count] = p;
    xs[count] = x;
    ys[count] = y;
    shade[count++] = group[p] * STEPS + steps[last[p]];
  }
  seen.n = count;
  return seen;
}

/**
 * The marked slots whose ring is at least `least` pixels and reaches into view.
 * @param {Positions} at @param {import('./markers.js').Marked} marked @param {Camera} camera @param {number} least
 */
export function ringsInView(at, { n, order }, { scale, left, top, width, height }, least) {
  const found = [];
  for (let k = 0; k < n; k++) {
    const p = order[k];
    const ring = at.ring[p] * scale;
    if (ring < least) continue;
    const x = at.x[p] * scale - left;
    const y = at.y[p] * scale - top;
    if (x > -ring && y > -ring && x < width + ring && y < height + ring) found.push(p);
  }
  return found;
}

/**
 * How far to move the map so that a point comes free: out of the edge and out from under the card, by the shortest way.
 * Zero where it is free already. The result is what `panBy` takes.
 * @param {number} x @param {number} y @param {number} width @param {number} height of the map
 * @param {import('./labels.js').Box | null} card @param {number} room kept around the point
 */
export function wayClear(x, y, width, height, card, room) {
  const across = Math.min(room, width / 4);
  const down = Math.min(room, height / 4);
  const clamp = (/** @type {number} */ v, /** @type {number} */ low, /** @type {number} */ high) => Math.max(low, Math.min(high, v));
  const areas = [{ x0: across, y0: down, x1: width - across, y1: height - down }];
  if (card && card.w > 0 && card.h > 0) {
    const [whole] = areas;
    areas.splice(
      0,
      1,
      { ...whole, x0: Math.max(whole.x0, card.x + card.w + across) },
      { ...whole, x1: Math.min(whole.x1, card.x - across) },
      { ...whole, y0: Math.max(whole.y0, card.y + card.h + down) },
      { ...whole, y1: Math.min(whole.y1, card.y - down) },
    );
  }
  let best = { x: 0, y: 0, length: Infinity };
  for (const { x0, y0, x1, y1 } of areas) {
    if (x0 > x1 || y0 > y1) continue;
    const dx = x - clamp(x, x0, x1);
    const dy = y - clamp(y, y0, y1);
    if (Math.hypot(dx, dy) < best.length) best = { x: dx, y: dy, length: Math.hypot(dx, dy) };
  }
  return best.length === Infinity ? { x: x - width / 2, y: y - height / 2 } : { x: best.x, y: best.y };
}
