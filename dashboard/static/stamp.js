// @ts-check
/** The name of a place drawn on a canvas, where there are no elements: the twin of `plate.js`. */
import { widthOf } from './plate.js';

const HEIGHT = 25;
const PADDING = 9;
const WIDEST = 250;

/** A plate that is never there. */
export const noPlate = { size: () => ({ w: 0, h: 0 }), show() {}, hide() {} };

/** @param {CanvasRenderingContext2D} context @param {string} name "current" or "pointed" */
export function canvasPlate(context, name) {
  return {
    /** @param {string} words @param {string} more @param {string} font family */
    size(words, more, font) {
      const wide = widthOf(words, `600 12px ${font}`) + (more ? widthOf(` ${more}`, `400 12px ${font}`) + 3 : 0);
      return { w: Math.min(WIDEST, Math.ceil(wide) + 2 * PADDING + 1), h: HEIGHT };
    },
    /** @param {string} words @param {string} _ @param {{x: number, y: number, w: number}} box @param {import('./marks.js').Palette} palette */
    show(words, _, { x, y, w }, { theme, font }) {
      context.beginPath();
      context.roundRect(x, y, w, HEIGHT, 7);
      context.fillStyle = theme.colours.panel;
      context.fill();
      context.strokeStyle = name === 'current' ? theme.colours.now : theme.colours.edge;
      context.lineWidth = 1;
      context.stroke();
      context.font = `600 12px ${font}`;
      context.textAlign = 'left';
      context.textBaseline = 'middle';
      context.fillStyle = theme.colours.ink;
      context.fillText(clipped(context, words, w - 2 * PADDING), x + PADDING, y + HEIGHT / 2 + 0.5);
    },
    hide() {},
  };
}

/** A text that is no wider than `room` in the font in force. @param {CanvasRenderingContext2D} context @param {string} text @param {number} room */
export function clipped(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  const letters = Array.from(text);
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (context.measureText(`${letters.slice(0, middle).join('')}\u2026`).width <= room) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('').trimEnd()}\u2026`;
}
