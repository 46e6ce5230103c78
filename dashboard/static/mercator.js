// @ts-check
/** Web Mercator without a map library: where degrees lie in pixels, which frame shows an extent, how long a kilometre is. Pure. */
import { figures } from './say.js';

/** The world is so wide at zoom 0, in pixels; beyond this latitude it ends. */
const WORLD = 256;
const MOST_NORTH = 85.0511287798;
/** Circumference of the earth at the equator, in metres. */
const ROUND = 2 * Math.PI * 6378137;
/** A frame shows no less than so many pixels at zoom 0, or one place would fill it. */
const LEAST = 0.002;
/** Lengths of a scale bar that read well: these times a power of ten. */
const STEPS = [5, 2, 1];

/**
 * @typedef {import('./positions.js').Camera} Camera
 * @typedef {[number, number, number, number]} Bounds west, south, east, north in degrees
 * @typedef {{lat: number, lon: number, z: number, width: number, height: number}} Seen the middle of a map, its zoom, its size in CSS pixels
 */

/** A point in pixels at zoom 0, from the top left corner of the world. @param {number} lat @param {number} lon */
export function project(lat, lon) {
  const sine = Math.sin((Math.max(-MOST_NORTH, Math.min(MOST_NORTH, lat)) * Math.PI) / 180);
  return { x: (lon / 360 + 0.5) * WORLD, y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD };
}

/** The inverse of `project`. @param {number} x @param {number} y */
export function unproject(x, y) {
  return { lat: (360 / Math.PI) * Math.atan(Math.exp((0.5 - y / WORLD) * 2 * Math.PI)) - 90, lon: (x / WORLD - 0.5) * 360 };
}

/**
 * The camera of a frame that shows all of `bounds`, as large as fits, with `room` pixels on every side.
 * @param {Bounds} bounds @param {number} width @param {number} height in CSS pixels @param {number} ratio device pixels a CSS pixel
 * @param {number} [room]
 * @returns {Camera}
 */
export function framed([west, south, east, north], width, height, ratio, room = 0) {
  const a = project(north, west);
  const b = project(south, east);
  const wide = Math.max(LEAST, b.x - a.x);
  const high = Math.max(LEAST, b.y - a.y);
  const scale = Math.min((width - 2 * room) / wide, (height - 2 * room) / high);
  return { scale, left: ((a.x + b.x) / 2) * scale - width / 2, top: ((a.y + b.y) / 2) * scale - height / 2, width, height, ratio };
}

/** What a camera shows, in degrees. @param {Camera} camera @returns {Bounds} */
export function extent({ scale, left, top, width, height }) {
  const a = unproject(left / scale, top / scale);
  const b = unproject((left + width) / scale, (top + height) / scale);
  return [a.lon, b.lat, b.lon, a.lat];
}

/** The extent of a map in a window. @param {Seen} seen @returns {Bounds} */
export function boundsOf({ lat, lon, z, width, height }) {
  const scale = 2 ** z;
  const { x, y } = project(lat, lon);
  return extent({ scale, left: x * scale - width / 2, top: y * scale - height / 2, width, height, ratio: 1 });
}

/** How much higher than wide an extent is drawn. @param {Bounds} bounds */
export function tallness([west, south, east, north]) {
  const a = project(north, west);
  const b = project(south, east);
  return Math.max(LEAST, b.y - a.y) / Math.max(LEAST, b.x - a.x);
}

/** Zoom of a camera, as map libraries count it. @param {Camera} camera */
export const zoomOf = ({ scale }) => Math.log2(scale);

/**
 * A bar of a round length, at most `most` pixels, true in the middle of the frame.
 * @param {Camera} camera @param {number} most
 * @returns {{words: string, width: number}}
 */
export function scaleBar(camera, most) {
  const { scale, top, height } = camera;
  const { lat } = unproject(0, (top + height / 2) / scale);
  const metres = (ROUND * Math.cos((lat * Math.PI) / 180)) / (WORLD * scale);
  const power = 10 ** Math.floor(Math.log10(metres * most));
  const length = (STEPS.find((step) => step * power <= metres * most) ?? 1) * power;
  const words = length >= 1000 ? `${figures(Math.round(length / 1000))} km` : length >= 1 ? `${Math.round(length)} m` : `${Math.round(length * 100)} cm`;
  return { words, width: length / metres };
}
