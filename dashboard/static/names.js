// @ts-check
/** Which names and road shields of a base map are shown at a zoom, and where, so that none collides. Pure. */
import { around, bestOf, grown, overlap } from './labels.js';

/** The least zoom at which names of a rank appear; stations come last. */
const FROM_ZOOM = [0, 8, 10, 11.5, 13];
/** Size of the letters by rank, in pixels. */
export const LETTERS = [0, 12, 11, 10.5, 10];
/** Extra width of a letter, as a share of the size: names of districts are spaced out. */
export const SPACING = 0.035;
/** Pixels between two shields of one road, and between any two. */
const APART = 330;
const CLEAR = 46;
const SHIELD = { h: 15, letter: 6, padding: 9 };
/** What it costs a name to lie on a place of the story, in square pixels. */
const ON_PLACE = 260;
/** Roads carry their names in letters of this size, so far above the line, so far from one to the next. */
export const ROAD_LETTERS = { size: 10, above: 9, apart: 620 };

/**
 * @typedef {import('./labels.js').Box} Box
 * @typedef {{x: number, y: number}} Point in pixels of the zoom
 * @typedef {{name: string, rank: number, x: number, y: number, beside?: boolean}} Name `beside` puts it to the right of a dot
 * @typedef {{name: string, rank: number, box: Box}} PlacedName
 * @typedef {{text: string, x: number, y: number, w: number, h: number}} Shield x and y are its centre
 * @typedef {{line: Point[], weight: number}} Weighted what it costs a name to cross each segment, in square pixels
 * @typedef {{a: Point, b: Point, weight: number}} Segment
 * @typedef {{name: string, line: Point[]}} Road
 * @typedef {{text: string, x: number, y: number, angle: number}} Lettering a name along a road, x and y are its middle
 */

/** Whether the line from a to b touches a box. @param {Point} a @param {Point} b @param {Box} box */
export function crosses(a, b, { x, y, w, h }) {
  let low = 0;
  let high = 1;
  for (const [p, d, min, max] of [
    [a.x, b.x - a.x, x, x + w],
    [a.y, b.y - a.y, y, y + h],
  ]) {
    if (d === 0) {
      if (p < min || p > max) return false;
      continue;
    }
    const s = (min - p) / d;
    const e = (max - p) / d;
    low = Math.max(low, Math.min(s, e));
    high = Math.min(high, Math.max(s, e));
    if (low > high) return false;
  }
  return true;
}

/** The segments of lines that come near a box, in one flat list with their weights. @param {Weighted[]} lines @param {Box} box @returns {Segment[]} */
function segmentsNear(lines, { x, y, w, h }) {
  const near = [];
  for (const { line, weight } of lines) {
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1], line[i]];
      if (Math.max(a.x, b.x) < x || Math.min(a.x, b.x) > x + w || Math.max(a.y, b.y) < y || Math.min(a.y, b.y) > y + h) continue;
      near.push({ a, b, weight });
    }
  }
  return near;
}

/** Boxes for a name: over its point, then shifted a little, further away last. @param {Name} name @param {number} w @param {number} h @returns {Box[]} */
function candidates({ x, y, beside }, w, h) {
  if (beside) return [{ x: x + 7, y: y - h / 2, w, h }, { x: x - 7 - w, y: y - h / 2, w, h }];
  const side = w / 2 + 8;
  const shifts = [[0, 0], [0, -11], [0, 11], [-14, 0], [14, 0], [-14, -11], [14, -11], [-14, 11], [14, 11], [0, -20], [0, 20], [-side, 0], [side, 0], [-side, -11], [side, -11], [-side, 11], [side, 11]];
  return shifts.map(([dx, dy]) => ({ x: x - w / 2 + dx, y: y - h / 2 + dy, w, h }));
}

/**
 * Chooses names and shields for one zoom. The same zoom gives the same answer wherever the map is moved, so that
 * nothing jumps while panning.
 * @param {{zoom: number, names: Name[], shielded: {shield: string, line: Point[]}[], lettered: Road[], lines: Weighted[],
 *   places: Point[]}} map in pixels of the zoom: roads with shields, roads with names, lines that names avoid, places of the story
 * @param {(text: string, size: number) => number} width of a text in pixels
 * @returns {{names: PlacedName[], shields: Shield[], lettering: Lettering[]}}
 */
export function placedNames({ zoom, names, shielded, lettered, lines, places }, width) {
  const everywhere = { x: -Infinity, y: -Infinity, w: Infinity, h: Infinity };
  const dots = places.map(({ x, y }) => around(x, y, 9));
  /** @type {Box[]} */
  const taken = [];
  /** @type {PlacedName[]} */
  const placed = [];
  const put = (/** @type {number} */ rank) => {
    if (zoom < FROM_ZOOM[rank]) return;
    for (const name of names) {
      if (name.rank !== rank) continue;
      const size = LETTERS[rank];
      const w = Math.ceil(width(name.name, size) + name.name.length * size * SPACING) + 2;
      const options = candidates(name, w, size + 4);
      const home = options[0];
      const reach = grown(home, w + 24);
      const near = taken.filter((box) => overlap(box, reach) > 0);
      const close = dots.filter((box) => overlap(box, reach) > 0);
      const segments = segmentsNear(lines, reach);
      const { box } = bestOf(options, near, everywhere, (option) => {
        const far = Math.hypot(option.x - home.x, option.y - home.y);
        let sum = far * 1.6;
        for (const { a, b, weight } of segments) if (crosses(a, b, option)) sum += weight;
        for (const dot of close) if (overlap(dot, option) > 0) sum += ON_PLACE;
        for (const other of near) if (overlap(other, grown(option, 3)) > 0) sum += 4000;
        return sum;
      });
      if (near.some((other) => overlap(other, grown(box, 3)) > 0)) continue;
      taken.push(box);
      placed.push({ name: name.name, rank, box });
    }
  };
  put(1);
  const shields = zoom < 9 ? [] : placedShields(shielded, [...taken, ...dots]);
  for (const { x, y, w, h } of shields) taken.push(grown({ x: x - w / 2, y: y - h / 2, w, h }, 2));
  put(2);
  put(3);
  put(4);
  return { names: placed, shields, lettering: placedLettering(lettered, [...taken, ...dots], width) };
}

/** @param {{shield: string, line: Point[]}[]} roads @param {Box[]} taken @returns {Shield[]} */
function placedShields(roads, taken) {
  /** @type {Shield[]} */
  const shields = [];
  for (const { shield, line } of roads) {
    const w = shield.length * SHIELD.letter + SHIELD.padding;
    let next = 0.42 * APART;
    for (const { x, y, along } of walked(line, 12)) {
      if (along < next) continue;
      const box = { x: x - w / 2, y: y - SHIELD.h / 2, w, h: SHIELD.h };
      if (taken.some((other) => overlap(other, grown(box, 3)) > 0)) continue;
      if (shields.some((other) => Math.hypot(other.x - x, other.y - y) < CLEAR)) continue;
      shields.push({ text: shield, x, y, w, h: SHIELD.h });
      next = along + APART;
    }
  }
  return shields;
}

/** Points every `step` pixels along a line. @param {Point[]} line @param {number} step */
export function walked(line, step) {
  const points = [];
  let along = 0;
  let rest = 0;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    for (let s = rest; s < length; s += step) points.push({ x: a.x + ((b.x - a.x) * s) / length, y: a.y + ((b.y - a.y) * s) / length, along: along + s });
    rest = length ? (rest - length % step + step) % step : rest;
    along += length;
  }
  return points;
}

/**
 * @param {Road[]} roads @param {Box[]} taken is added to @param {(text: string, size: number) => number} width
 * @returns {Lettering[]}
 */
function placedLettering(roads, taken, width) {
  const lettering = [];
  for (const { name, line } of roads) {
    const w = width(name, ROAD_LETTERS.size);
    let last = null;
    for (const { x, y, angle } of carried(line, w)) {
      if (last && Math.hypot(last.x - x, last.y - y) < ROAD_LETTERS.apart) continue;
      // The box around slanted letters is mostly air: small boxes along them are nearer to the truth.
      const parts = [-0.42, -0.2, 0, 0.2, 0.42].map((s) => {
        const [along, above] = [s * w, -ROAD_LETTERS.above];
        return around(x + along * Math.cos(angle) - above * Math.sin(angle), y + along * Math.sin(angle) + above * Math.cos(angle), 8);
      });
      if (parts.some((part) => taken.some((box) => overlap(box, part) > 0))) continue;
      taken.push(...parts);
      last = { x, y };
      lettering.push({ text: name, x, y, angle });
    }
  }
  return lettering;
}

/**
 * Stretches of a line straight and long enough to carry its name.
 * @param {Point[]} line @param {number} w width of the name
 * @returns {{x: number, y: number, angle: number}[]} middle of the name, and its slope: never upside down
 */
export function carried(line, w) {
  const found = [];
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]];
    if (Math.hypot(b.x - a.x, b.y - a.y) < w + 16) continue;
    let angle = Math.atan2(b.y - a.y, b.x - a.x);
    if (angle > Math.PI / 2) angle -= Math.PI;
    if (angle <= -Math.PI / 2) angle += Math.PI;
    found.push({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, angle });
  }
  return found;
}
