// @ts-check
/** How a few places are drawn, as beautiful as we can: rings, markers with counts, the current one, edge arrows. */
import { channels, css, inkOn, mixed } from './colour.js';
import { countText, share, STEPS } from './markers.js';

/** Rings smaller than this on the screen say nothing and are not drawn. */
export const LEAST_RING = 8;

/**
 * @typedef {import('./theme.js').Theme} Theme
 * @typedef {{groups: import('./colour.js').Channels[], ground: import('./colour.js').Channels, fill: string[][], ink: string[][],
 *   pure: string[], theme: Theme, font: string, casing: string}} Palette
 * @typedef {{x: number, y: number, radius: number, group: number, step: number, count: number}} Mark `step` of fading, see markers.js
 */

/**
 * Every colour the layer draws with, made once a theme: per group a fill and an ink for each fading step.
 * @param {Theme} theme @param {string} font family
 * @returns {Palette}
 */
export function palette(theme, font) {
  const ground = channels(theme.colours.land);
  const groups = theme.group.map(channels);
  const faded = groups.map((group) => Array.from({ length: STEPS }, (_, step) => mixed(group, ground, share(step))));
  return {
    groups,
    ground,
    fill: faded.map((steps) => steps.map((colour) => css(colour))),
    ink: faded.map((steps) => steps.map(inkOn)),
    pure: theme.group,
    theme,
    font,
    casing: css(mixed(channels(theme.colours.bg), ground, 0.55), 0.85),
  };
}

/** A group's shape beside its colour, as corners around its middle at radius 1; none: a circle. Those of `board.css` are the same. @type {[number, number][][]} */
const CORNERS = [
  [],
  regular(4, 1.24, 45),
  regular(4, 1.22, 0),
  regular(3, 1.42, -90),
  regular(6, 1.1, 0),
  [[-0.42, -1.15], [0.42, -1.15], [0.42, -0.42], [1.15, -0.42], [1.15, 0.42], [0.42, 0.42], [0.42, 1.15], [-0.42, 1.15], [-0.42, 0.42], [-1.15, 0.42], [-1.15, -0.42], [-0.42, -0.42]],
];

/** The number of a group's shape, 0 to 5. @param {number} group */
export const shapeOf = (group) => group % CORNERS.length;

/** @param {number} n corners @param {number} reach @param {number} turn of the first, in degrees clockwise from the right @returns {[number, number][]} */
function regular(n, reach, turn) {
  return Array.from({ length: n }, (_, i) => {
    const angle = (turn / 180 + (2 * i) / n) * Math.PI;
    return [reach * Math.cos(angle), reach * Math.sin(angle)];
  });
}

/** The outline of a group's marker. @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} radius @param {number} group */
function outline(context, x, y, radius, group) {
  const corners = CORNERS[shapeOf(group)];
  if (!corners.length) return circle(context, x, y, radius);
  context.beginPath();
  for (const [dx, dy] of corners) context.lineTo(x + radius * dx, y + radius * dy);
  context.closePath();
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} radius */
export function circle(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

/**
 * How far the place may really lie from its marker; dashed where it was inferred.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, ring: number, group: number, strength: number, inferred: boolean}} ring `strength` 0 to 1
 * @param {Palette} palette @param {number} view the larger side of the map, in pixels
 */
export function drawRing(context, { x, y, ring, group, strength, inferred }, { groups }, view) {
  // A ring wider than the map would only tint it; it pales as it grows.
  const calm = Math.max(0, Math.min(1, 1.6 - ring / view));
  circle(context, x, y, ring);
  context.fillStyle = css(groups[group], 0.1 * strength * calm);
  context.fill();
  context.strokeStyle = css(groups[group], 0.2 + 0.4 * strength);
  context.lineWidth = 1.1;
  if (inferred) context.setLineDash([4, 4]);
  context.stroke();
  context.setLineDash([]);
}

/**
 * A marker; the fill fades with age, its edge does not, so that an old one is still seen.
 * @param {CanvasRenderingContext2D} context @param {Mark} mark @param {Palette} palette
 */
export function drawMark(context, { x, y, radius, group, step, count }, { fill, ink, casing, font, pure }) {
  outline(context, x, y, radius + 1.6, group);
  context.fillStyle = casing;
  context.fill();
  outline(context, x, y, radius, group);
  context.fillStyle = fill[group][step];
  context.fill();
  if (step < STEPS - 1) {
    outline(context, x, y, radius - 0.5, group);
    context.strokeStyle = pure[group];
    context.lineWidth = 1;
    context.stroke();
  }
  if (count > 1) drawText(context, countText(count), x, y, `700 ${count < 1000 ? 9.5 : 8.5}px ${font}`, ink[group][step]);
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y @param {string} font @param {string} colour */
export function drawText(context, text, x, y, font, colour) {
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillStyle = colour;
  const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = context.measureText(text);
  context.fillText(text, x, y + (up - down) / 2);
}

/**
 * The current event's marker: a halo and a bright ring around the marker drawn in full colour.
 * @param {CanvasRenderingContext2D} context @param {Mark} mark @param {Palette} palette
 * @param {number} emphasis 0 (none yet, or no longer) to 1
 */
export function drawCurrent(context, mark, palette, emphasis) {
  const { x, y, radius } = mark;
  const now = channels(palette.theme.colours.now);
  const reach = radius + 15 + 12 * (1 - emphasis);
  const glow = context.createRadialGradient(x, y, radius * 0.6, x, y, reach);
  const strength = (palette.theme.dark ? 0.5 : 0.34) * emphasis;
  glow.addColorStop(0, css(now, strength));
  glow.addColorStop(0.55, css(now, strength * 0.38));
  glow.addColorStop(1, css(now, 0));
  circle(context, x, y, reach);
  context.fillStyle = glow;
  context.fill();
  drawMark(context, { ...mark, step: STEPS - 1 }, palette);
  outline(context, x, y, radius + 0.6, mark.group);
  context.strokeStyle = css(now, emphasis);
  context.lineWidth = 2.4;
  context.stroke();
  circle(context, x, y, radius + 5.5 + 9 * (1 - emphasis));
  context.strokeStyle = css(now, 0.5 * emphasis);
  context.lineWidth = 1.2;
  context.stroke();
}

/**
 * The ring of the event before, letting go.
 * @param {CanvasRenderingContext2D} context @param {Mark} mark @param {Palette} palette @param {number} left 1 to 0
 */
export function drawFading(context, { x, y, radius }, { theme }, left) {
  circle(context, x, y, radius + 0.6 + 5 * (1 - left));
  context.strokeStyle = css(channels(theme.colours.now), 0.8 * left);
  context.lineWidth = 2;
  context.stroke();
}

/** A place under the pointer, or of the event under it in the list. @param {CanvasRenderingContext2D} context @param {Mark} mark @param {Palette} palette */
export function drawHover(context, { x, y, radius }, { theme }) {
  circle(context, x, y, radius + 3.5);
  context.strokeStyle = theme.colours.ink;
  context.lineWidth = 1.6;
  context.stroke();
}

/** A place where nothing is shown at this moment: hollow. @param {CanvasRenderingContext2D} context @param {Mark} mark @param {Palette} palette */
export function drawGhost(context, { x, y, radius, group }, { casing, pure }) {
  outline(context, x, y, radius, group);
  context.fillStyle = casing;
  context.fill();
  context.strokeStyle = pure[group];
  context.lineWidth = 1.6;
  context.setLineDash([2.5, 2.5]);
  context.stroke();
  context.setLineDash([]);
}

/**
 * Where the way from the middle of the map to a point outside crosses the frame `inset` pixels inside its edge.
 * @param {number} x @param {number} y @param {number} width @param {number} height @param {number} inset
 */
export function edgePoint(x, y, width, height, inset) {
  const dx = x - width / 2;
  const dy = y - height / 2;
  const reach = Math.min((width / 2 - inset) / Math.abs(dx || 1e-9), (height / 2 - inset) / Math.abs(dy || 1e-9));
  return { x: width / 2 + dx * reach, y: height / 2 + dy * reach, angle: Math.atan2(dy, dx) };
}

/** The arrow at the edge that points to the current event. @param {CanvasRenderingContext2D} context @param {{x: number, y: number, angle: number}} edge @param {Palette} palette @param {number} group */
export function drawEdge(context, { x, y, angle }, { theme, pure, casing }, group) {
  context.save();
  context.translate(x, y);
  circle(context, 0, 0, 12);
  context.fillStyle = casing;
  context.fill();
  circle(context, 0, 0, 10.5);
  context.fillStyle = theme.colours.panel;
  context.fill();
  context.strokeStyle = theme.colours.now;
  context.lineWidth = 2;
  context.stroke();
  context.rotate(angle);
  context.beginPath();
  context.moveTo(6, 0);
  context.lineTo(-3.5, -4.6);
  context.lineTo(-1.4, 0);
  context.lineTo(-3.5, 4.6);
  context.closePath();
  context.fillStyle = pure[group];
  context.fill();
  context.restore();
}
