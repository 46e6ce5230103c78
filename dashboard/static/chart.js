// @ts-check
/** What stands still on the timeline: day marks, breaks, bars or histogram and chapter bands, drawn on a canvas. */
import { bands, barsOf, cut, fitting, histogram, stacking, stepped } from './bars.js';
import { position } from './clock.js';
import { windows } from './doubt.js';
import { placed } from './story.js';
import { markWords } from './when.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {import('./theme.js').Theme} Theme
 * @typedef {{left: number, text: string, label: string, assumed: boolean}} Label text of a day mark, pixels from the first instant
 * @typedef {{labels: Label[], bars: import('./bars.js').Bars | null, bands: import('./bars.js').Band[], pitch: number, first: number}} Chart
 *   `pitch` is the width of a column where there is a histogram instead of bars, `first` where the first one begins
 */

/** Pixels from the top: labels of days, bars, the strip of the baseline with breaks and knob, bands. timeline.css knows them too. */
const [LABELS, STRIP, BAND, FOOT] = [20, 13, 20, 2];
const LOWEST_BAR = 7;
/** Narrower bands have no text. */
export const NARROW = 26;
/** A histogram of fewer events has wider columns. */
const SPARSE = 2000;
/** Of more events the windows would be one dark strip. */
const FEW = 300;
/** Thinner bars are too thin for an outline. */
const OUTLINED = 4;

/** @type {WeakMap<Story, {sizes: Uint16Array, largest: number}>} */
const crowds = new WeakMap();

/** How many people are present at every event. @param {Story} story */
function crowd(story) {
  let known = crowds.get(story);
  if (!known) {
    const sizes = Uint16Array.from({ length: story.n }, (_, e) => story.peopleStart[e + 1] - story.peopleStart[e]);
    known = { sizes, largest: sizes.reduce((most, size) => Math.max(most, size), 2) };
    crowds.set(story, known);
  }
  return known;
}

/**
 * Draws everything that no step of time changes. `pen` stands at the first instant of the scale.
 * @param {CanvasRenderingContext2D} pen
 * @param {Story} story
 * @param {{selection: Int32Array, xs: Float64Array, scale: import('./story.js').Scale, squeezed: boolean,
 *   chapters: import('./bars.js').Run[], theme: Theme}} shown `xs` are the pixels of the selected events, `squeezed`
 *   says whether the scale has breaks
 * @param {{width: number, height: number, edge: number, ratio: number, family: string}} paper `edge` is the room in
 *   pixels beyond both ends, `ratio` the device's pixels in one of ours
 * @returns {Chart}
 */
export function drawChart(pen, story, { selection, xs, scale, squeezed, chapters, theme }, { width, height, edge, ratio, family }) {
  const { colours, group } = theme;
  const floor = height - FOOT - BAND - STRIP;
  const room = floor - LABELS - 2;
  const along = (/** @type {number} */ t) => position(scale, t) * width;
  const counted = story.cells ? stepped(story.cells, along, width) : null;
  const bars = counted ? null : barsOf(xs, width);
  const pitch = counted ? counted.pitch : (width < 600 ? 3 : 4) + (xs.length < SPARSE ? 1 : 0);
  const first = counted ? counted.first : 0;
  const font = (/** @type {number} */ size, style = '') => `${style} ${size}px ${family}`;
  const colourOf = (/** @type {number} */ part) => group[part] ?? colours.mute;

  function drawMarks() {
    const marks = story.axis.marks.map((mark) => ({ ...mark, x: Math.round(along(mark.t)) }));
    const wordings = marks.map(({ label }) => markWords(label));
    const labels = marks.map(({ x, assumed }, i) => {
      pen.font = font(11.5, assumed ? 'italic' : '');
      return { x: x + 1, widths: wordings[i].map((text) => pen.measureText(text).width) };
    });
    const chosen = fitting(labels, 6, width + edge);
    pen.fillStyle = colours.edge;
    let last = -Infinity;
    marks.forEach(({ x }, i) => {
      if (chosen[i] < 0 && x - last < 3) return;
      // a mark without a label keeps out of the row of labels
      const top = chosen[i] < 0 ? LABELS : 4;
      pen.fillRect(x - 4.5, top, 1, floor + 6 - top);
      last = x;
    });
    return marks.flatMap(({ assumed }, i) =>
      chosen[i] < 0 ? [] : [{ left: labels[i].x, text: wordings[i][chosen[i]], label: wordings[i][0], assumed }],
    );
  }

  function drawBaseline() {
    const y = floor + 6.5;
    pen.strokeStyle = colours.edge;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(-4, y);
    pen.lineTo(width + 4, y);
    pen.stroke();
    if (!squeezed) return;
    pen.strokeStyle = colours.faint;
    pen.lineWidth = 1.2;
    pen.lineJoin = 'round';
    let last = -Infinity;
    for (const [from, to] of story.axis.breaks) {
      const x = (along(from) + along(to)) / 2;
      if (x - last < 12) continue;
      last = x;
      pen.clearRect(x - 5, y - 2, 10, 4);
      pen.beginPath();
      [0, -3.5, 3.5, -3.5, 0].forEach((dy, i) => pen.lineTo(x + (i - 2) * 2.5, y + dy));
      pen.stroke();
    }
  }

  /** From when to when events without an exact time may have been, under the bars. */
  function drawWindows() {
    pen.fillStyle = colours.faint;
    pen.globalAlpha = 0.45;
    for (const { left, right, row } of windows(story, selection, along)) pen.fillRect(left, floor + 8.5 + row * 2, Math.max(1, right - left), 1.2);
    pen.globalAlpha = 1;
  }

  /** @param {import('./bars.js').Bars} bars */
  function drawBars({ centre, width: w }) {
    const { sizes, largest } = crowd(story);
    const rounding = Math.min(2, w / 3);
    for (let i = 0; i < centre.length; i++) {
      const e = selection[i];
      const h = Math.max(LOWEST_BAR, (sizes[e] / largest) * room);
      const x = Math.round((centre[i] - w / 2) * ratio) / ratio;
      pen.beginPath();
      pen.fillStyle = pen.strokeStyle = colourOf(story.group[e]);
      if (placed(story, e)) {
        pen.roundRect(x, floor - h, w, h, rounding);
        pen.fill();
      } else if (w < OUTLINED) {
        for (let y = floor; y > floor - h; y -= 3) pen.fillRect(x, y - 1.5, w, 1.5);
      } else {
        pen.roundRect(x + 0.5, floor - h + 0.5, w - 1, h - 1, rounding);
        pen.lineWidth = 1;
        pen.setLineDash([2, 1.6]);
        pen.stroke();
        pen.setLineDash([]);
      }
    }
  }

  function drawHistogram() {
    const nowhere = story.groups.length + 1;
    const partOf = (/** @type {number} */ i) => (placed(story, selection[i]) ? story.group[selection[i]] : nowhere);
    const columns = counted ? counted.columns : histogram(xs, partOf, nowhere + 1, width, pitch);
    const gap = pitch > 2.5 ? 1 : 0;
    const order = stacking(columns).sort((a, b) => Number(a === nowhere) - Number(b === nowhere));
    const tall = room / Math.max(columns.tallest, 4);
    for (let bin = 0; bin < columns.bins; bin++) {
      let y = floor;
      for (const part of order) {
        const count = columns.counts[bin * columns.parts + part];
        if (!count) continue;
        const h = Math.max(1, count * tall);
        pen.fillStyle = part === nowhere ? colours.faint : colourOf(part);
        pen.globalAlpha = part === nowhere ? 0.45 : 1;
        pen.fillRect(first + bin * pitch, y - h, pitch - gap, h);
        y -= h;
      }
    }
    pen.globalAlpha = 1;
  }

  function drawBands() {
    const startOf = (/** @type {number} */ e) => along(story.at[e]);
    const endOf = (/** @type {number} */ e) => along(Math.max(story.at[e], story.until[e]));
    const all = bands(chapters, startOf, endOf, bars ? bars.width / 2 : 1, width);
    pen.font = font(11);
    pen.textBaseline = 'middle';
    const measure = (/** @type {string} */ text) => pen.measureText(text).width;
    const top = height - FOOT - BAND;
    for (const { run, left, width: w } of all) {
      pen.fillStyle = colours.ink;
      pen.globalAlpha = 0.07;
      pen.beginPath();
      pen.roundRect(left, top, w, BAND, Math.min(3, w / 2));
      pen.fill();
      pen.globalAlpha = 1;
      if (w < NARROW) continue;
      pen.fillStyle = colours.mute;
      pen.fillText(cut(story.chapters[chapters[run].chapter], w - 8, measure), left + 5, top + BAND / 2 + 0.5);
    }
    return all;
  }

  const labels = drawMarks();
  drawBaseline();
  if (selection.length <= FEW && !counted) drawWindows();
  if (bars) drawBars(bars);
  else drawHistogram();
  return { labels, bars, bands: drawBands(), pitch, first };
}
