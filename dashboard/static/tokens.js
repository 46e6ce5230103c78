// @ts-check
/** Tokens with people's initials on the map: where each stands so that none hides another. */
import { drawDoubt, drawTether, drawToken, TOKEN } from './figures.js';
import { around, bestFan, grown, overlap } from './labels.js';
import { widthOf } from './plate.js';
import { say } from './say.js';

/** So many tokens at most. */
export const TOKENS = 150;
/** Up to so many people at one place stand in a fan, more of them in rows around it. */
const FAN = 6;
/** From middle to middle of two tokens that stand side by side. */
const APART = 2 * TOKEN + 2;
/** What a pixel further from the place is worth against a square pixel of a marker that is covered. */
const AWAY = 3;
/** Rows around a place that are tried for a better spot once there is one at all. */
const ROWS = 3;
const TRAY = { x: 10, y: 10, pad: 7, head: 18, widest: 300 };

/**
 * @typedef {import('./labels.js').Box} Box
 * @typedef {{x: number, y: number}} Point
 * @typedef {{person: number, group: number, initials: string, place: number, event: number, gone: boolean, doubt: number}} Token
 *   `place` is the slot it belongs to, or -1 where that is not known; `event` the one that says so; `doubt` the radius of
 *   what is not known in pixels at zoom 0, or 0 where it is not to be drawn
 * @typedef {Token & Point} Standing
 */

/**
 * Where tokens stand around their places: near them, inside `within`, never on each other, off the markers if that is
 * possible. A token there is no room for at all gets none.
 * @param {{x: number, y: number, radius: number, n: number}[]} places those with most say first
 * @param {Box[]} taken what is better not covered @param {Box} within @param {Box[]} [blocked] what is not to be covered
 * @returns {Point[][]} of every place, at most `n`
 */
export function arranged(places, taken, within, blocked = []) {
  /** @type {Point[]} */
  const stood = [];
  const inner = grown(within, -TOKEN);
  const inside = (/** @type {Point} */ { x, y }) => x >= inner.x && y >= inner.y && x <= inner.x + inner.w && y <= inner.y + inner.h;
  const open = (/** @type {Point} */ p) => blocked.every(({ x, y, w, h }) => p.x < x - TOKEN || p.y < y - TOKEN || p.x > x + w + TOKEN || p.y > y + h + TOKEN);
  const free = (/** @type {Point} */ p) => inside(p) && open(p) && stood.every((o) => Math.abs(o.x - p.x) >= APART || Math.hypot(o.x - p.x, o.y - p.y) >= APART - 0.01);
  return places.map(({ x, y, radius, n }) => {
    const own = around(x, y, radius + 1);
    const others = taken.filter((box) => !contains(own, box));
    if (n <= FAN) {
      const tokens = stood.map((o) => around(o.x, o.y, TOKEN + 1));
      const fan = bestFan(x, y, radius, n, TOKEN, [...others, ...tokens], within);
      if (fan.every(free)) {
        stood.push(...fan);
        return fan;
      }
    }
    return inRows(x, y, radius, n, others, within, free, stood);
  });
}

/** @param {Box} outer @param {Box} box */
const contains = (outer, box) => box.x >= outer.x && box.y >= outer.y && box.x + box.w <= outer.x + outer.w && box.y + box.h <= outer.y + outer.h;

/**
 * Spots in rows around a disc, each row filled from the top both ways; those that cover something only when need be.
 * @param {number} x @param {number} y @param {number} radius @param {number} n @param {Box[]} taken @param {Box} within
 * @param {(p: Point) => boolean} free @param {Point[]} stood grows by what is found
 */
function inRows(x, y, radius, n, taken, within, free, stood) {
  /** @type {Point[]} */
  const found = [];
  const stand = (/** @type {Point} */ p) => {
    found.push(p);
    stood.push(p);
  };
  /** @type {{p: Point, cost: number}[]} */
  const covering = [];
  const farthest = Math.hypot(within.w, within.h) + Math.hypot(x - within.x - within.w / 2, y - within.y - within.h / 2);
  let last = Infinity;
  for (let row = 0; found.length < n && row <= last; row++) {
    const distance = radius + TOKEN + 4 + row * APART;
    if (distance > farthest) break;
    const fits = Math.max(1, Math.floor(Math.PI / Math.asin(Math.min(1, APART / (2 * distance)))));
    for (let k = 0; k < fits && found.length < n; k++) {
      const angle = -Math.PI / 2 + (k % 2 ? 1 : -1) * Math.ceil(k / 2) * ((2 * Math.PI) / fits);
      const p = { x: x + distance * Math.cos(angle), y: y + distance * Math.sin(angle) };
      if (!free(p)) continue;
      const box = around(p.x, p.y, TOKEN);
      const cost = taken.reduce((sum, other) => sum + overlap(box, other), 0);
      if (cost) covering.push({ p, cost: cost + AWAY * distance });
      else stand(p);
    }
    if (last === Infinity && found.length + covering.length >= n) last = row + ROWS;
  }
  covering.sort((a, b) => a.cost - b.cost);
  for (let i = 0; i < covering.length && found.length < n; i++) if (free(covering[i].p)) stand(covering[i].p);
  // A map full of people: any spot that is left.
  for (let b = within.y + TOKEN; found.length < n && b <= within.y + within.h - TOKEN; b += APART / 2) {
    for (let a = within.x + TOKEN; found.length < n && a <= within.x + within.w - TOKEN; a += APART / 2) if (free({ x: a, y: b })) stand({ x: a, y: b });
  }
  return found;
}

/**
 * The tray at the corner of the map for those whose place is not known, or null when there are none.
 * @param {number} n @param {number} width there is for it
 * @returns {{box: Box, points: Point[]} | null}
 */
export function tray(n, width) {
  if (!n) return null;
  const { x, y, pad, head, widest } = TRAY;
  const columns = Math.max(4, Math.floor((Math.min(widest, width) - 2 * pad) / APART));
  const rows = Math.ceil(n / columns);
  const points = Array.from({ length: n }, (_, i) => ({
    x: x + pad + TOKEN + (i % columns) * APART,
    y: y + head + TOKEN + Math.floor(i / columns) * APART,
  }));
  return { box: { x, y, w: Math.min(n, columns) * APART + 2 * pad - 2, h: head + rows * APART + pad - 4 }, points };
}

/**
 * Draws everybody's token and gives where each stands.
 * @param {CanvasRenderingContext2D} context @param {Token[]} tokens
 * @param {{palette: import('./marks.js').Palette, width: number, height: number, pointed: number, taken: Box[],
 *   blocked: Box[], spot(place: number): {x: number, y: number, radius: number}, scale: number, ratio: number}} scene `pointed` is a person
 *   or -1; `taken` grows by what is drawn; nothing is drawn in `blocked`; `spot` is a place as drawn, `scale` pixels a pixel of zoom 0, `ratio` device pixels a pixel
 * @returns {Standing[]}
 */
export function drawTokens(context, tokens, { palette, width, height, pointed, taken, blocked, spot, scale, ratio }) {
  const within = { x: 3, y: 3, w: width - 6, h: height - 6 };
  /** @type {Map<number, Token[]>} */
  const together = new Map();
  for (const token of tokens.slice(0, TOKENS)) {
    const people = together.get(token.place);
    if (people) people.push(token);
    else together.set(token.place, [token]);
  }
  const lost = together.get(-1) ?? [];
  together.delete(-1);
  const places = [...together.keys()].filter((place) => isInside(spot(place), within)).sort((a, b) => a - b);
  const corner = tray(lost.length, Math.min(width * 0.55, ...blocked.filter((box) => box.y < TRAY.y + TRAY.head).map((box) => box.x - TRAY.x)));
  if (corner) {
    drawTray(context, corner.box, palette);
    taken.push(corner.box);
  }
  const groups = places.map((place) => ({ ...spot(place), n: together.get(place)?.length ?? 0 }));
  const centres = arranged(groups, taken, within, corner ? [...blocked, corner.box] : blocked);
  /** @type {Standing[]} */
  const standing = lost.map((token, i) => ({ ...token, .../** @type {any} */ (corner).points[i] }));
  places.forEach((place, i) => {
    const here = spot(place);
    const people = /** @type {Token[]} */ (together.get(place));
    centres[i].forEach((point, k) => {
      const token = people[k];
      const away = Math.hypot(point.x - here.x, point.y - here.y);
      const edge = { x: here.x + ((point.x - here.x) * here.radius) / away, y: here.y + ((point.y - here.y) * here.radius) / away };
      if (token.doubt) drawDoubt(context, { x: here.x, y: here.y, ring: token.doubt * scale, group: token.group, strong: token.person === pointed }, palette, Math.max(width, height));
      drawTether(context, edge.x, edge.y, point.x, point.y, palette.pure[token.group]);
      standing.push({ ...token, ...point });
      taken.push(around(point.x, point.y, TOKEN));
    });
  });
  for (const token of standing) drawToken(context, { ...token, lost: token.place < 0, pointed: token.person === pointed }, palette, ratio);
  return standing;
}

/** @param {Point} point @param {Box} within */
const isInside = ({ x, y }, within) => x > within.x - 14 && y > within.y - 14 && x < within.x + within.w + 14 && y < within.y + within.h + 14;

/** @param {CanvasRenderingContext2D} context @param {Box} box @param {import('./marks.js').Palette} palette */
function drawTray(context, { x, y, w, h }, { theme, font }) {
  const face = `600 10.5px ${font}`;
  const label = say('Place not known');
  const wide = Math.max(w, widthOf(label, face) + 2 * TRAY.pad);
  context.beginPath();
  context.roundRect(x, y, wide, h, 8);
  context.globalAlpha = 0.9;
  context.fillStyle = theme.colours.panel;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = theme.colours.edge;
  context.lineWidth = 1;
  context.stroke();
  context.font = face;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillStyle = theme.colours.mute;
  context.fillText(label, x + TRAY.pad, y + 13);
}

/** The token under a point, or undefined. @param {Standing[]} standing @param {number} x @param {number} y @param {number} reach pixels around it */
export function tokenAt(standing, x, y, reach) {
  let best = TOKEN + Math.min(reach, 6);
  let found;
  for (const token of standing) {
    const distance = Math.hypot(token.x - x, token.y - y);
    if (distance <= best) {
      best = distance;
      found = token;
    }
  }
  return found;
}
