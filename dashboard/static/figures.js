// @ts-check
/** How people are drawn on the map: tokens with initials, tethers to their places, rings of what is not known. */
import { css } from './colour.js';
import { circle, drawText } from './marks.js';

/** Radius of a token with a person's initials. */
export const TOKEN = 11;
/** Room for a token in its picture, from the middle to the edge. */
const SPRITE = TOKEN + 2;
/** Tokens as pictures, by what they show: drawn once, a crowd of them fits a frame. @type {WeakMap<import('./marks.js').Palette, Map<string, HTMLCanvasElement>>} */
const sprites = new WeakMap();

/**
 * A person, by initials: dashed when their place is not known, hollow and struck through when their story has ended.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, group: number, initials: string, lost: boolean, gone: boolean, pointed: boolean}} token
 * @param {import('./marks.js').Palette} palette @param {number} ratio device pixels a CSS pixel
 */
export function drawToken(context, token, palette, ratio) {
  const { x, y, group, initials, lost, gone, pointed } = token;
  if (pointed) {
    circle(context, x, y, TOKEN + 3.2);
    context.fillStyle = palette.theme.colours.now;
    context.fill();
  }
  const known = sprites.get(palette) ?? new Map();
  sprites.set(palette, known);
  const key = `${initials} ${group} ${lost} ${gone} ${ratio}`;
  let picture = known.get(key);
  if (!picture) {
    picture = document.createElement('canvas');
    picture.width = picture.height = Math.ceil(2 * SPRITE * ratio);
    const own = /** @type {CanvasRenderingContext2D} */ (picture.getContext('2d'));
    own.scale(ratio, ratio);
    own.translate(SPRITE, SPRITE);
    paintToken(own, token, palette);
    known.set(key, picture);
  }
  // On whole device pixels, so that the letters stay sharp.
  const snapped = (/** @type {number} */ v) => Math.round((v - SPRITE) * ratio) / ratio;
  context.drawImage(picture, snapped(x), snapped(y), picture.width / ratio, picture.height / ratio);
}

/** @param {CanvasRenderingContext2D} context @param {{group: number, initials: string, lost: boolean, gone: boolean}} token @param {import('./marks.js').Palette} palette */
function paintToken(context, { group, initials, lost, gone }, { groups, theme, pure, font, casing }) {
  circle(context, 0, 0, TOKEN + 1);
  context.fillStyle = casing;
  context.fill();
  circle(context, 0, 0, TOKEN - 1);
  context.fillStyle = gone ? casing : theme.colours.panel;
  context.fill();
  context.strokeStyle = gone ? css(groups[group], 0.6) : pure[group];
  context.lineWidth = gone ? 1.2 : 2;
  if (lost && !gone) context.setLineDash([3, 2.6]);
  context.stroke();
  context.setLineDash([]);
  if (gone) {
    const reach = (TOKEN - 1) * Math.SQRT1_2;
    context.beginPath();
    context.moveTo(-reach, reach);
    context.lineTo(reach, -reach);
    context.stroke();
  }
  const size = initials.length > 2 ? 7 : 8.5;
  drawText(context, initials, 0, 0, `${gone ? 600 : 700} ${size}px ${font}`, gone || lost ? theme.colours.mute : theme.colours.ink);
}

/**
 * How much is not known of where somebody is: faint, for it is no promise.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, ring: number, group: number, strong: boolean}} doubt @param {import('./marks.js').Palette} palette
 * @param {number} view the larger side of the map, in pixels
 */
export function drawDoubt(context, { x, y, ring, group, strong }, { groups }, view) {
  const calm = Math.max(0, Math.min(1, 1.2 - (3 * ring) / view));
  circle(context, x, y, ring);
  context.fillStyle = css(groups[group], (strong ? 0.1 : 0.05) * calm);
  context.fill();
  context.strokeStyle = css(groups[group], strong ? 0.75 : 0.4);
  context.lineWidth = 1;
  context.setLineDash([1, 4]);
  context.stroke();
  context.setLineDash([]);
}

/** A thin line from a token to the place it stands for. @param {CanvasRenderingContext2D} context @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {string} colour */
export function drawTether(context, ax, ay, bx, by, colour) {
  context.beginPath();
  context.moveTo(ax, ay);
  context.lineTo(bx, by);
  context.strokeStyle = colour;
  context.globalAlpha = 0.55;
  context.lineWidth = 1.2;
  context.stroke();
  context.globalAlpha = 1;
}
