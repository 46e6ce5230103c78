// @ts-check
/** A picture of the map to save: base map, tracks, marks and names with title, moment, scale and credits, drawn in the browser. */
import { countWords, filterWords, momentWords } from './caption.js';
import { formatAt } from './clock.js';
import { element, icon } from './dom.js';
import { boundsOf, framed, tallness } from './mercator.js';
import { plan } from './plan.js';
import { say } from './say.js';
import { subscribe } from './share.js';
import { clipped } from './stamp.js';

/** Width in CSS pixels, and device pixels a pixel: 2000 pixels wide. The map is so much higher than wide at least, at most. */
const WIDTH = 1000;
const RATIO = 2;
const [FLAT, TALL] = [0.45, 1.1];
const PAD = 22;
/** Lines of credits at most; what is longer ends in an ellipsis. */
const CREDITS = 6;
/** How long a browser gets to save what it was given, in milliseconds. */
const SAVED = 20_000;

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{basemap: any, camera(): import('./mercator.js').Seen | null, notice(text: string): void}} Parts `camera` is what the
 *   map shows now
 */

/**
 * The button "Save picture" among the tools of the map.
 * @param {HTMLElement} root of the board @param {Story} story @param {Parts} parts
 */
export function picture(root, story, { basemap, camera, notice }) {
  /** @type {any} */
  let latest = null;
  const leave = subscribe((shown) => {
    if (shown.story === story) latest = shown;
  });
  const save = () => {
    if (!latest) return;
    const canvas = composed(latest, basemap, camera(), getComputedStyle(root).fontFamily);
    canvas.toBlob((blob) => (blob ? download(blob, fileName(story, latest.view.t)) : notice(say('This browser could not make the picture.'))), 'image/png');
  };
  const label = say('Save picture');
  const button = element('button', { type: 'button', class: 'cb-tool', 'aria-label': label, title: label, click: save }, icon('M4 6.5h2.5L8 4.5h4l1.5 2H16a1 1 0 0 1 1 1V14a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7.5a1 1 0 0 1 1-1zM10 8a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z'));
  root.querySelector('.cb-tools')?.append(button);
  return {
    destroy() {
      leave();
      button.remove();
    },
  };
}

/** A name that any system takes: "heat-D8T11-30.png". @param {{storyId: string, clock: {kind: string}}} story @param {number} t */
export function fileName({ storyId, clock }, t) {
  const safe = `${storyId}-${formatAt(t, clock.kind)}`.replace(/[^a-zA-Z0-9_-]+/g, '-').slice(0, 80).replace(/^-+|-+$/g, '');
  return `${safe || 'map'}.png`;
}

/** A text in lines no wider than `room`; of more than `most` the last ends in an ellipsis. @param {CanvasRenderingContext2D} context @param {string} text @param {number} room @param {number} most */
export function inLines(context, text, room, most) {
  /** @type {string[]} */
  const lines = [];
  let line = '';
  const words = text.split(/\s+/).filter(Boolean);
  for (let i = 0; i < words.length; i++) {
    const longer = line ? `${line} ${words[i]}` : words[i];
    if (!line || context.measureText(longer).width <= room) line = longer;
    else if (lines.length === most - 1) return [...lines, clipped(context, [line, ...words.slice(i)].join(' '), room)];
    else {
      lines.push(clipped(context, line, room));
      line = words[i];
    }
  }
  return line ? [...lines, clipped(context, line, room)] : lines;
}

/** @param {any} shown as the board publishes it @param {any} basemap @param {import('./mercator.js').Seen | null} seen @param {string} font family */
function composed({ story, view, derived, theme }, basemap, seen, font) {
  const bounds = seen ? boundsOf(seen) : story.bounds;
  const height = Math.round(WIDTH * Math.max(FLAT, Math.min(TALL, tallness(bounds))));
  const camera = framed(bounds, WIDTH, height, RATIO);
  const map = plan(story, basemap);
  const chart = document.createElement('canvas');
  map.draw(chart, camera, { ...view, shown: derived.shown }, { theme, font });

  const canvas = document.createElement('canvas');
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const small = `400 11px ${font}`;
  context.font = small;
  const credits = inLines(context, [...story.credits, map.credit, say('Made with Caseboard.')].join(' '), WIDTH - 2 * PAD, CREDITS);
  const head = 104;
  canvas.width = WIDTH * RATIO;
  canvas.height = (head + height + 15 * credits.length + 26) * RATIO;
  context.scale(RATIO, RATIO);
  context.fillStyle = theme.colours.bg;
  context.fillRect(0, 0, WIDTH, canvas.height);
  context.textBaseline = 'alphabetic';
  const write = (/** @type {string} */ text, /** @type {number} */ y, /** @type {string} */ face, /** @type {string} */ colour) => {
    context.font = face;
    context.fillStyle = colour;
    context.fillText(clipped(context, text, WIDTH - 2 * PAD), PAD, y);
  };
  write(story.storyTitle, 40, `700 26px ${font}`, theme.colours.ink);
  write(momentWords(story, view), 65, `600 16px ${font}`, theme.colours.ink);
  write([countWords(story, derived.shown), ...filterWords(story, view)].join(' · '), 87, `400 13px ${font}`, theme.colours.mute);
  context.drawImage(chart, 0, head, WIDTH, height);
  credits.forEach((line, i) => write(line, head + height + 22 + 15 * i, small, theme.colours.mute));
  return canvas;
}

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const address = URL.createObjectURL(blob);
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), SAVED);
}
