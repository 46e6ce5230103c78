// @ts-check
/** A picture of the map to save: base map, tracks, marks and names with title, moment, scale and credits, drawn in the browser. */
import { countWords, filterWords, momentWords } from './caption.js';
import { formatAt } from './clock.js';
import { element, icon } from './dom.js';
import { STEPS } from './markers.js';
import { drawMark, palette } from './marks.js';
import { boundsOf, framed, tallness } from './mercator.js';
import { plan } from './plan.js';
import { say } from './say.js';
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
 * @typedef {{now(): import('./share.js').Seen, basemap: any, camera(): import('./mercator.js').Seen | null, notice(text: string): void}} Parts
 *   `camera` is what the map shows now
 */

/**
 * The button "Save picture" among the tools of the map.
 * @param {HTMLElement} root of the board @param {Parts} parts
 */
export function picture(root, { now, basemap, camera, notice }) {
  const save = () => {
    const seen = now();
    const canvas = composed(seen, basemap, camera(), getComputedStyle(root).fontFamily);
    canvas.toBlob((blob) => (blob ? download(blob, fileName(seen.story, seen.view.t)) : notice(say('This browser could not make the picture.'))), 'image/png');
  };
  const label = say('Save picture');
  const button = element('button', { type: 'button', class: 'cb-tool', 'aria-label': label, title: label, click: save }, icon('M4 6.5h2.5L8 4.5h4l1.5 2H16a1 1 0 0 1 1 1V14a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7.5a1 1 0 0 1 1-1zM10 8a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z'));
  root.querySelector('.cb-tools')?.append(button);
  return {
    destroy() {
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

/** @param {import('./share.js').Seen} shown @param {any} basemap @param {import('./mercator.js').Seen | null} seen @param {string} font family */
function composed({ story, view, derived, theme, large }, basemap, seen, font) {
  const bounds = seen ? boundsOf(seen) : story.bounds;
  // Of a large story only what is in view is there to be drawn.
  const height = Math.round(WIDTH * (large ? tallness(bounds) : Math.max(FLAT, Math.min(TALL, tallness(bounds)))));
  const camera = framed(bounds, WIDTH, height, RATIO);
  const map = plan(story, basemap);
  const chart = document.createElement('canvas');
  map.draw(chart, camera, { ...view, shown: derived.shown, ...large?.moment }, { theme, font });

  const canvas = document.createElement('canvas');
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const small = `400 11px ${font}`;
  context.font = small;
  const credits = inLines(context, [...story.credits, map.credit, say('Made with Caseboard.')].join(' '), WIDTH - 2 * PAD, CREDITS);
  const head = 104;
  const used = large?.groups ?? new Set(Array.from(derived.shown, (e) => story.group[e]));
  const said = keyed(context, story.groups, used, `400 12px ${font}`);
  const foot = head + height + (said.length ? 20 * (1 + said[said.length - 1].line) + 8 : 0);
  canvas.width = WIDTH * RATIO;
  canvas.height = (foot + 15 * (credits.length + (large?.key ? 1 : 0)) + 26) * RATIO;
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
  write(momentWords(story, { ...view, ...large?.moment }), 65, `600 16px ${font}`, theme.colours.ink);
  write([large?.said ?? countWords(story, derived.shown), ...filterWords(story, view)].join(' · '), 87, `400 13px ${font}`, theme.colours.mute);
  context.drawImage(chart, 0, head, WIDTH, height);
  const colours = palette(theme, font);
  for (const { group, label, x, line } of said) {
    const y = head + height + 20 * (1 + line);
    drawMark(context, { x, y, radius: 5, group, step: STEPS - 1, count: 1 }, colours);
    Object.assign(context, { textAlign: 'left', font: `400 12px ${font}`, fillStyle: theme.colours.ink });
    context.fillText(label, x + 11, y + 4);
  }
  [...(large?.key ? [large.key] : []), ...credits].forEach((line, i) => write(line, foot + 22 + 15 * i, small, theme.colours.mute));
  return canvas;
}

/**
 * Where the colours of groups are told apart below the map, a sign and a name each, in lines.
 * @param {CanvasRenderingContext2D} context @param {{label: string}[]} groups @param {Set<number>} used @param {string} face
 */
function keyed(context, groups, used, face) {
  context.font = face;
  const out = [];
  let [x, line] = [PAD + 5, 0];
  for (const [group, { label }] of groups.entries()) {
    if (!used.has(group) || groups.length < 2) continue;
    const wide = 11 + context.measureText(label).width + 18;
    if (x > PAD + 5 && x + wide > WIDTH - PAD) [x, line] = [PAD + 5, line + 1];
    out.push({ group, label, x, line });
    x += wide;
  }
  return out;
}

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const address = URL.createObjectURL(blob);
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), SAVED);
}
