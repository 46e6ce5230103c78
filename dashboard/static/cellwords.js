// @ts-check
/** What a cell of the map is, in words: how many events, how near to which point, of whom mostly. Pure. */
import { metres } from './card.js';
import { unproject } from './mercator.js';

/**
 * @typedef {import('./cells.js').Cells} Cells
 * @typedef {{name: string, lat: number, lon: number}} Known a point that has a name
 */

/** Circumference of the earth at the equator, in metres; metres in a degree of latitude. */
const ROUND = 2 * Math.PI * 6378137;
const DEGREE = 111320;
/** Farther than this from every known name, a point is said by its degrees alone. */
const FAR = 40_000;
const WAYS = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'];

/** A whole number with narrow spaces between thousands: 1 204. @param {number} count */
export const grouped = (count) => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, '\u202f');

/** "1 event", "1 204 events". @param {number} count */
export const eventWords = (count) => `${grouped(count)} ${count === 1 ? 'event' : 'events'}`;

/**
 * The middle of a cell, and how far from it the farthest of its events can be.
 * @param {{zoom: number, x: ArrayLike<number>, y: ArrayLike<number>}} cells @param {number} cell
 */
export function middle({ zoom, x, y }, cell) {
  const size = 256 / 2 ** zoom;
  const { lat, lon } = unproject((x[cell] + 0.5) * size, (y[cell] + 0.5) * size);
  const south = Math.abs(unproject(0, (y[cell] + 1) * size).lat);
  const north = Math.abs(unproject(0, y[cell] * size).lat);
  const widest = Math.cos((Math.min(south, north) * Math.PI) / 180);
  return { lat, lon, radius: ((ROUND / 2 ** zoom) * widest) / Math.SQRT2 };
}

/** "300 m" for 297, "1.2 km": rounded up, so that nothing lies outside. @param {number} length in metres */
export function within(length) {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, length))) - 1);
  return metres(Math.ceil(length / unit) * unit);
}

/** "34.052, −118.243", as many digits as the cell is small. @param {{lat: number, lon: number, radius: number}} point */
export function degrees({ lat, lon, radius }) {
  const digits = Math.max(0, Math.min(6, Math.ceil(Math.log10(DEGREE / Math.max(0.1, radius)))));
  return [lat, lon].map((value) => value.toFixed(digits).replace('-', '\u2212')).join(', ');
}

/**
 * Where a cell is: "Downtown" where a name lies in it, else "2.1 km north of Downtown", else its degrees.
 * @param {{lat: number, lon: number, radius: number}} point @param {Known[]} names
 */
export function whereWords(point, names) {
  let best = { name: '', away: Infinity, east: 0, north: 0 };
  for (const { name, lat, lon } of names) {
    const east = (point.lon - lon) * DEGREE * Math.cos((point.lat * Math.PI) / 180);
    const north = (point.lat - lat) * DEGREE;
    const away = Math.hypot(east, north);
    if (away < best.away) best = { name, away, east, north };
  }
  if (best.away > FAR) return degrees(point);
  if (best.away <= point.radius) return best.name;
  const way = WAYS[Math.round((Math.atan2(best.east, best.north) / Math.PI) * 4 + 8) % 8];
  return `a point ${metres(Math.round(best.away / 100) * 100 || best.away)} ${way} of ${best.name}`;
}

/**
 * "mostly the crew" from half of them on, "the crew more than others" below; nothing where nobody's are the most.
 * @param {number[]} parts events by group, the last one nobody's @param {{label: string}[]} groups
 */
export function mostlyWords(parts, groups) {
  const sum = parts.reduce((all, count) => all + count, 0);
  const first = parts.reduce((best, count, part) => (count > parts[best] ? part : best), 0);
  if (!sum || first >= groups.length) return '';
  const label = groups[first].label.replace(/^The /, 'the ');
  if (parts[first] === sum) return `all ${label}`;
  return parts[first] * 2 >= sum ? `mostly ${label}` : `${label} more than others`;
}
