// @ts-check
/** Where chosen people went: legs between known places, and the curves that draw them. Pure but for `drawLegs`. */

/** Older legs of one person than these are not drawn: they have faded away. */
const LEGS = 60;
/** How far a leg bows, as a share of its length, and at most, in pixels. */
const BOW = 0.16;
const BOW_MOST = 110;
/** Length of the dashes that say "came from or went to somewhere unknown". */
const STUB = 26;

/**
 * @typedef {{from: number, to: number, gap: boolean, end: number}} Leg slots of the places at both ends; `gap` when the person was
 *   somewhere unknown in between; `end` is the event that ends it
 * @typedef {{legs: Leg[], place: number, lost: boolean}} Track `place` is the last known one (its slot) or -1; `lost` when the
 *   person has since been somewhere unknown
 * @typedef {{ax: number, ay: number, cx: number, cy: number, bx: number, by: number}} Curve a quadratic one, c its control point
 */

/**
 * The events each person is present at, in order of time: those of person p are `list` from `start[p]` to `start[p + 1]`.
 * Being involved from elsewhere (a telephone call) is no presence.
 * @param {{n: number, peopleStart: Int32Array, peopleList: Int32Array}} story @param {number} people how many
 * @param {(event: number) => boolean} [counts] which events count; all when not given
 */
export function appearances({ n, peopleStart, peopleList }, people, counts = () => true) {
  const start = new Int32Array(people + 1);
  /** @type {(seen: (person: number, event: number) => void) => void} */
  const each = (seen) => {
    for (let e = 0; e < n; e++) if (counts(e)) for (let i = peopleStart[e]; i < peopleStart[e + 1]; i++) seen(peopleList[i], e);
  };
  each((p) => start[p + 1]++);
  for (let p = 0; p < people; p++) start[p + 1] += start[p];
  const list = new Int32Array(start[people]);
  const next = start.slice();
  each((p, e) => (list[next[p]++] = e));
  return { start, list };
}

/**
 * The way of one person through `events` up to and including the instant `t`. Staying at a place makes no leg; a leg
 * that ended before `since` is left out.
 * @param {ArrayLike<number>} events the person's, in order of time
 * @param {Float64Array} at of every event @param {Int32Array} slot of every event: its known place, or -1
 * @param {number} t @param {number} [since]
 * @returns {Track}
 */
export function track(events, at, slot, t, since = -Infinity) {
  /** @type {Leg[]} */
  const legs = [];
  let here = -1;
  let lost = false;
  for (let i = 0; i < events.length && at[events[i]] <= t; i++) {
    const p = slot[events[i]];
    if (p < 0) {
      lost = true;
      continue;
    }
    if (here >= 0 && here !== p && at[events[i]] >= since) legs.push({ from: here, to: p, gap: lost, end: events[i] });
    here = p;
    lost = false;
  }
  return { legs: legs.slice(-LEGS), place: here, lost: lost && here >= 0 };
}

/**
 * A curve from a to b that bows to the left of the way walked, so that there and back are two lines.
 * @param {number} ax @param {number} ay @param {number} bx @param {number} by
 * @param {number} [lane] 0, 1, 2...: people on the same way bow one more step each
 * @returns {Curve}
 */
export function curve(ax, ay, bx, by, lane = 0) {
  const dx = bx - ax;
  const dy = by - ay;
  const length = Math.hypot(dx, dy) || 1;
  const bow = Math.min(BOW_MOST, length * BOW) * (1 + 0.35 * lane) * 2;
  return { ax, ay, cx: (ax + bx) / 2 + (dy / length) * bow, cy: (ay + by) / 2 - (dx / length) * bow, bx, by };
}

/** The point at `s` (0 to 1) along a curve. @param {Curve} c @param {number} s */
export function pointAt({ ax, ay, cx, cy, bx, by }, s) {
  const r = 1 - s;
  return { x: r * r * ax + 2 * r * s * cx + s * s * bx, y: r * r * ay + 2 * r * s * cy + s * s * by };
}

/** The direction of travel at `s`, in radians clockwise from east as the screen shows it. @param {Curve} c @param {number} s */
export function directionAt({ ax, ay, cx, cy, bx, by }, s) {
  return Math.atan2((1 - s) * (cy - ay) + s * (by - cy), (1 - s) * (cx - ax) + s * (bx - cx));
}

/** The part of a curve between `s0` and `s1`, itself a curve. @param {Curve} c @param {number} s0 @param {number} s1 @returns {Curve} */
export function part(c, s0, s1) {
  const a = pointAt(c, s0);
  const b = pointAt(c, s1);
  const { ax, ay, cx, cy, bx, by } = c;
  const mix = (/** @type {number} */ p, /** @type {number} */ q, /** @type {number} */ r) =>
    (1 - s0) * (1 - s1) * p + (s0 * (1 - s1) + s1 * (1 - s0)) * q + s0 * s1 * r;
  return { ax: a.x, ay: a.y, cx: mix(ax, cx, bx), cy: mix(ay, cy, by), bx: b.x, by: b.y };
}

/**
 * The curve without what lies under the markers at its ends, or null when nothing is left of it.
 * @param {Curve} c @param {number} start radius around a @param {number} end radius around b
 */
export function trimmed(c, start, end) {
  const along = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ radius, /** @type {boolean} */ back) => {
    let low = 0;
    let high = 1;
    for (let i = 0; i < 18; i++) {
      const s = (low + high) / 2;
      const p = pointAt(c, back ? 1 - s : s);
      if (Math.hypot(p.x - x, p.y - y) < radius) low = s;
      else high = s;
    }
    return high;
  };
  const s0 = along(c.ax, c.ay, start, false);
  const s1 = 1 - along(c.bx, c.by, end, true);
  return s1 - s0 > 0.02 ? part(c, s0, s1) : null;
}

/**
 * Where along a curve its arrowhead is seen best: as near to 0.58 as lies on the screen, or -1.
 * @param {Curve} c @param {number} width @param {number} height
 */
export function arrowPosition(c, width, height) {
  for (let i = 0; i < 24; i++) {
    const s = 0.58 + (i % 2 ? 1 : -1) * Math.ceil(i / 2) * 0.035;
    if (s < 0.08 || s > 0.92) continue;
    const { x, y } = pointAt(c, s);
    if (x > 12 && y > 12 && x < width - 12 && y < height - 12) return s;
  }
  return -1;
}

/**
 * Draws the legs of one person, oldest first. Where the person was somewhere unknown in between, no line claims a way:
 * two dashed stubs point out of the one place and into the other.
 * @param {CanvasRenderingContext2D} context
 * @param {Leg[]} legs
 * @param {{x(place: number): number, y(place: number): number, radius(place: number): number, width: number, height: number,
 *   colour: string, casing: string, lane: number}} look
 */
export function drawLegs(context, legs, { x, y, radius, width, height, colour, casing, lane }) {
  context.lineCap = 'round';
  legs.forEach((leg, i) => {
    const age = legs.length - 1 - i;
    const whole = curve(x(leg.from), y(leg.from), x(leg.to), y(leg.to), lane);
    const c = trimmed(whole, radius(leg.from) + 2.5, radius(leg.to) + 3.5);
    if (!c || outside(c, width, height)) return;
    context.globalAlpha = Math.max(0.12, 0.95 * 0.72 ** age);
    const thick = age === 0 ? 2.4 : 1.8;
    if (leg.gap) {
      const length = Math.hypot(c.bx - c.ax, c.by - c.ay);
      const share = Math.min(0.38, STUB / length);
      context.setLineDash([2.5, 4]);
      stroke(context, part(c, 0, share), colour, thick, casing);
      stroke(context, part(c, 1 - share, 1), colour, thick, casing);
      context.setLineDash([]);
      arrowhead(context, c, 1, colour, age === 0 ? 6 : 5);
      return;
    }
    stroke(context, c, colour, thick, casing);
    const s = Math.hypot(c.bx - c.ax, c.by - c.ay) > 34 ? arrowPosition(c, width, height) : -1;
    if (s >= 0) arrowhead(context, c, s, colour, age === 0 ? 6.5 : 5.5, casing);
  });
  context.globalAlpha = 1;
}

/** @param {Curve} c @param {number} width @param {number} height */
const outside = ({ ax, ay, cx, cy, bx, by }, width, height) =>
  Math.max(ax, cx, bx) < 0 || Math.max(ay, cy, by) < 0 || Math.min(ax, cx, bx) > width || Math.min(ay, cy, by) > height;

/** @param {CanvasRenderingContext2D} context @param {Curve} c @param {string} colour @param {number} thick @param {string} casing */
function stroke(context, c, colour, thick, casing) {
  context.beginPath();
  context.moveTo(c.ax, c.ay);
  context.quadraticCurveTo(c.cx, c.cy, c.bx, c.by);
  context.strokeStyle = casing;
  context.lineWidth = thick + 2.4;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = thick;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Curve} c @param {number} s @param {string} colour @param {number} size @param {string} [casing] */
function arrowhead(context, c, s, colour, size, casing) {
  const { x, y } = pointAt(c, s);
  const turn = directionAt(c, s);
  /** @type {(away: number, angle: number) => [number, number]} */
  const corner = (away, angle) => [x + away * Math.cos(turn + angle), y + away * Math.sin(turn + angle)];
  context.beginPath();
  context.moveTo(...corner(size * 0.9, 0));
  context.lineTo(...corner(size, 2.45));
  context.lineTo(...corner(size * 0.35, Math.PI));
  context.lineTo(...corner(size, -2.45));
  context.closePath();
  if (casing) {
    context.strokeStyle = casing;
    context.lineWidth = 2.4;
    context.stroke();
  }
  context.fillStyle = colour;
  context.fill();
}
