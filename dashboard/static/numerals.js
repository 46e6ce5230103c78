// @ts-check
/** Numbers beside markers on paper: where they go, and the thin lines that lead to them. */
import { around, beside, bestOf, overlap } from './labels.js';
import { edgePoint } from './marks.js';
import { lined, runs } from './numbers.js';
import { widthOf } from './plate.js';

const SIZE = 9;
const LINE = 10.5;
const PAD = 3;
/** So many letters stand in one line of numbers. */
const LETTERS = 12;
/** A number further from its marker than this gets a line to it, in pixels. */
const NEAR = 9;
/** Places beyond the frame are named at its edge, so far inside; those this near to each other together. */
const INSET = 9;
const TOGETHER = 26;
/** More places than these cannot be numbered so that anybody could read it. */
export const MOST_NUMBERED = 150;

/**
 * @typedef {{x: number, y: number, radius: number, numbers: number[]}} Spot in pixels of the frame
 * @typedef {{width: number, height: number, palette: import('./marks.js').Palette, taken: import('./labels.js').Box[],
 *   blocked: import('./labels.js').Box}} Frame `blocked` is the scale, in the lower left corner
 */

/**
 * Draws the numbers of each place beside it, on clear ground as far as there is any; those of places beyond the frame
 * stand at its edge with an arrow that points there.
 * @param {CanvasRenderingContext2D} context @param {Spot[]} spots @param {Frame} frame `taken` grows by what is drawn
 */
export function drawNumbers(context, spots, frame) {
  const { width, height, palette, taken, blocked } = frame;
  const inside = spots.filter(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height);
  const arrows = atEdge(spots.filter((spot) => !inside.includes(spot)), width, height, blocked);
  for (const { x, y } of arrows) taken.push(around(x, y, INSET));
  const font = `600 ${SIZE}px ${palette.font}`;
  const labels = [...arrows, ...inside].map((spot) => {
    const lines = lined(runs(spot.numbers), LETTERS);
    const w = Math.ceil(Math.max(...lines.map((line) => widthOf(line, font)))) + 2 * PAD;
    const h = Math.ceil(lines.length * LINE + 2);
    const away = [0, 60, 110, 160].flatMap((more) => beside(spot.x, spot.y, spot.radius - 3 + more, w, h));
    const { box } = bestOf(away, taken, { x: 2, y: 2, w: width - 4, h: height - 4 });
    taken.push(box);
    return { spot, lines, box };
  });
  context.lineWidth = 0.7;
  context.strokeStyle = palette.theme.colours.ink;
  for (const { spot, box } of labels) drawLeader(context, spot, box);
  for (const arrow of arrows) drawArrow(context, arrow, palette);
  for (const { lines, box } of labels) drawLabel(context, lines, box, font, palette);
}

/** The places beyond the frame where the way to them crosses its edge, those that cross it side by side as one. @param {Spot[]} spots @param {number} width @param {number} height @param {import('./labels.js').Box} blocked */
function atEdge(spots, width, height, blocked) {
  /** @type {(Spot & {angle: number})[]} */
  const found = [];
  for (const { x, y, numbers } of spots) {
    const at = edgePoint(x, y, width, height, INSET + 2);
    if (overlap(around(at.x, at.y, INSET), blocked) > 0) at.y = blocked.y - INSET;
    const near = found.find((other) => Math.hypot(other.x - at.x, other.y - at.y) < TOGETHER);
    if (near) near.numbers = [...near.numbers, ...numbers].sort((a, b) => a - b);
    else found.push({ ...at, radius: INSET - 2, numbers });
  }
  return found;
}

/** @param {CanvasRenderingContext2D} context @param {Spot} spot @param {import('./labels.js').Box} box */
function drawLeader(context, { x, y, radius }, box) {
  const to = { x: Math.max(box.x, Math.min(box.x + box.w, x)), y: Math.max(box.y, Math.min(box.y + box.h, y)) };
  const length = Math.hypot(to.x - x, to.y - y);
  if (length <= radius + NEAR) return;
  context.beginPath();
  context.moveTo(x + ((to.x - x) * radius) / length, y + ((to.y - y) * radius) / length);
  context.lineTo(to.x, to.y);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {{x: number, y: number, angle: number}} arrow @param {import('./marks.js').Palette} palette */
function drawArrow(context, { x, y, angle }, { theme }) {
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.beginPath();
  context.moveTo(7, 0);
  context.lineTo(-4, -4.5);
  context.lineTo(-1.5, 0);
  context.lineTo(-4, 4.5);
  context.closePath();
  context.fillStyle = theme.colours.ink;
  context.fill();
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {string[]} lines @param {import('./labels.js').Box} box @param {string} font @param {import('./marks.js').Palette} palette */
function drawLabel(context, lines, { x, y, w, h }, font, { theme }) {
  context.beginPath();
  context.roundRect(x, y, w, h, 3);
  context.fillStyle = theme.colours.panel;
  context.fill();
  context.stroke();
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = theme.colours.ink;
  lines.forEach((line, i) => context.fillText(line, x + w / 2, y + 1.5 + LINE * (i + 0.5)));
}
