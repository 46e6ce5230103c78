// @ts-check
/** The scale bar of a map on paper or in a picture. */
import { scaleBar } from './mercator.js';

const INSET = 12;

/**
 * Draws the bar at the lower left corner of the frame; the box it takes comes back.
 * @param {CanvasRenderingContext2D} context whose unit is a CSS pixel of the frame @param {import('./mercator.js').Camera} camera
 * @param {import('./theme.js').Theme} theme @param {string} font family
 */
export function drawScale(context, camera, { colours }, font) {
  const { words, width } = scaleBar(camera, 110);
  const [x, y] = [INSET, camera.height - INSET];
  context.font = `500 10px ${font}`;
  const box = { x: x - 5, y: y - 20, w: Math.max(width, context.measureText(words).width) + 10, h: 25 };
  context.save();
  context.globalAlpha = 0.85;
  context.fillStyle = colours.panel;
  context.fillRect(box.x, box.y, box.w, box.h);
  context.restore();
  context.beginPath();
  context.moveTo(x, y - 4);
  context.lineTo(x, y);
  context.lineTo(x + width, y);
  context.lineTo(x + width, y - 4);
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.2;
  context.stroke();
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillStyle = colours.ink;
  context.fillText(words, x, y - 7);
  return box;
}
