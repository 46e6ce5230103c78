// @ts-check
/** What a cell of the map is, in words: how many events, how near to which point, of whom mostly. Pure. */
import { metres } from './card.js';
import { unproject } from './mercator.js';
import { counted, fixed, say } from './say.js';

/**
 * @typedef {import('./cells.js').Cells} Cells
 * @typedef {{name: string, lat: number, lon: number, rank?: number}} Known a point that has a name; a lower `rank` is known to more
 *   people, as in `labelled` of mapnames.js, which gives those of the base map
 * @typedef {{lat: number, lon: number, radius: number, wide: number, high: number}} Middle of a cell so many degrees wide and high;
 *   `radius` in metres
 */

/** Circumference of the earth at the equator, in metres; metres in a degree of latitude. */
const ROUND = 2 * Math.PI * 6378137;
const DEGREE = 111320;
/** Farther than this from every known name, a point is said by its degrees alone. */
const FAR = 40_000;
/** A cell whose corners are farther than this from its middle is more than any name in it. */
const HUGE = 100_000;
/** So far from a name, by the eighth of the compass a point lies in. @type {((length: string, name: string) => string)[]} */
const WAYS = [
  (length, name) => say('{length} north of {name}', { length, name }),
  (length, name) => say('{length} north-east of {name}', { length, name }),
  (length, name) => say('{length} east of {name}', { length, name }),
  (length, name) => say('{length} south-east of {name}', { length, name }),
  (length, name) => say('{length} south of {name}', { length, name }),
  (length, name) => say('{length} south-west of {name}', { length, name }),
  (length, name) => say('{length} west of {name}', { length, name }),
  (length, name) => say('{length} north-west of {name}', { length, name }),
];

/** "1 event", "1,204 events". @param {number} count */
export const eventWords = (count) => counted(count, '{n} event|{n} events');

/**
 * The middle of a cell, and how far from it the farthest of its events can be.
 * @param {{zoom: number, x: ArrayLike<number>, y: ArrayLike<number>}} cells @param {number} cell @returns {Middle}
 */
export function middle({ zoom, x, y }, cell) {
  const size = 256 / 2 ** zoom;
  const { lat, lon } = unproject((x[cell] + 0.5) * size, (y[cell] + 0.5) * size);
  const north = unproject(0, y[cell] * size).lat;
  const south = unproject(0, (y[cell] + 1) * size).lat;
  const widest = Math.cos((Math.min(Math.abs(south), Math.abs(north)) * Math.PI) / 180);
  return { lat, lon, radius: ((ROUND / 2 ** zoom) * widest) / Math.SQRT2, wide: 360 / 2 ** zoom, high: north - south };
}

/** "300 m" for 297, "1.2 km": rounded up, so that nothing lies outside. @param {number} length in metres */
export function within(length) {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, length))) - 1);
  return metres(Math.ceil(length / unit) * unit);
}

/** "34.052, −118.243", as many digits as the cell is small. @param {{lat: number, lon: number, radius: number}} point */
export function degrees({ lat, lon, radius }) {
  const digits = Math.max(0, Math.min(6, Math.ceil(Math.log10(DEGREE / Math.max(0.1, radius)))));
  return [lat, lon].map((value) => fixed(value, digits).replace('-', '\u2212')).join(', ');
}

/**
 * Where a cell is: "Downtown" where names lie in it, the best known of them, else "2.1 km north of Downtown", else its degrees,
 * which a huge cell has anyway.
 * @param {Middle} point @param {Known[]} names
 */
export function whereWords(point, names) {
  if (point.radius > HUGE) return degrees(point);
  let best = { name: '', inside: false, rank: 0, away: Infinity, east: 0, north: 0 };
  for (const { name, lat, lon, rank = 0 } of names) {
    const inside = Math.abs(lon - point.lon) * 2 <= point.wide && Math.abs(lat - point.lat) * 2 <= point.high;
    const east = (point.lon - lon) * DEGREE * Math.cos((point.lat * Math.PI) / 180);
    const north = (point.lat - lat) * DEGREE;
    const away = Math.hypot(east, north);
    const nearer = inside && best.inside && rank !== best.rank ? rank < best.rank : away < best.away;
    if (inside === best.inside ? nearer : inside) best = { name, inside, rank, away, east, north };
  }
  if (best.inside) return best.name;
  if (best.away > FAR) return degrees(point);
  const way = WAYS[Math.round((Math.atan2(best.east, best.north) / Math.PI) * 4 + 8) % 8];
  // As exact as the cell is small.
  const unit = Math.min(100, 10 ** Math.floor(Math.log10(Math.max(1, point.radius))));
  return way(metres(Math.max(1, Math.round(best.away / unit)) * unit), best.name);
}

/**
 * "mostly the crew" from half of them on, "the crew more than others" below; nothing where nobody's are the most.
 * @param {number[]} parts events by group, the last one nobody's @param {{label: string}[]} groups
 */
export function mostlyWords(parts, groups) {
  const sum = parts.reduce((all, count) => all + count, 0);
  const first = parts.reduce((best, count, part) => (count > parts[best] ? part : best), 0);
  if (!sum || first >= groups.length) return '';
  const group = groups[first].label.replace(/^The /, 'the ');
  if (parts[first] === sum) return say('all {group}', { group });
  return parts[first] * 2 >= sum ? say('mostly {group}', { group }) : say('{group} more than others', { group });
}
