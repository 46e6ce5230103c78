// @ts-check
/** The timeline: what lies where in time, drawn once; a step of time only moves the playhead and the veil of the future. */
import { along, nearest, runOf, runs } from './bars.js';
import { drawChart, NARROW } from './chart.js';
import { dayAssumed, instant, position, secondsPer, wordsOn } from './clock.js';
import { element, setAttribute, setText } from './dom.js';
import { whiskers } from './doubt.js';
import { say } from './say.js';
import { countUpTo } from './select.js';
import { whenOf } from './when.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {import('./theme.js').Theme} Theme
 * @typedef {{t: number, event: number, mode: string, span: number, scale: string, hover?: number}} View
 * @typedef {{selection: Int32Array, shown: Int32Array, current: number}} Derived
 * @typedef {{time(t: number): void, release(): void, pick(event: number): void, step(delta: number): void,
 *   chapter(delta: number): void, hover(event: number): void}} On
 */

/** Pixels at both ends that belong to no instant; the same in timeline.css. */
const PAD = 12;
/** A bound, so that a timeline whose style sheet has not arrived does not grow with its own canvas. */
const TALLEST = 240;
const SNAP = 5;
const TAP = 4;

/**
 * @param {HTMLElement} root
 * @param {Story} story
 * @param {On} on
 */
export function timeline(root, story, on) {
  const canvas = element('canvas', { class: 'cb-tl-ground', 'aria-hidden': 'true' });
  const marks = element('div', { class: 'cb-tl-marks' });
  const future = element('div', { class: 'cb-tl-veil' });
  const past = element('div', { class: 'cb-tl-veil cb-tl-past' });
  const span = element('div', { class: 'cb-tl-span' });
  const clip = element('div', { class: 'cb-tl-clip' }, span, past, future);
  const band = element('div', { class: 'cb-tl-band', hidden: true });
  const hovered = element('div', { class: 'cb-tl-hovered', hidden: true });
  const hand = element('div', { class: 'cb-tl-hand' }, element('i', {}));
  const slider = element('input', { type: 'range', class: 'cb-tl-slider', min: '0', max: '1', step: 'any', 'aria-label': say('Time') });
  const tipTime = element('b', {});
  const tipText = element('span', {});
  const tip = element('div', { class: 'cb-tl-tip', 'aria-hidden': 'true', hidden: true }, tipTime, tipText);
  const doubts = whiskers(story, PAD);
  const looped = element('div', { class: 'cb-tl-loop', hidden: true });
  const node = element('div', { class: 'cb-tl' }, canvas, marks, clip, looped, band, ...doubts.nodes, hovered, hand, slider, tip);
  root.append(node);

  let chapters = runs(story.chapter);

  let view = /** @type {View | null} */ (null);
  let derived = /** @type {Derived} */ ({ selection: new Int32Array(0), sequence: new Int32Array(0), shown: new Int32Array(0), current: -1 });
  let theme = /** @type {Theme | null} */ (null);
  // What is on the canvas.
  let drawn = { selection: derived.selection, scale: '', theme: /** @type {Theme | null} */ (null), size: '' };
  let width = 0;
  let height = 0;
  let xs = new Float64Array(0);
  let chart = /** @type {import('./chart.js').Chart} */ ({ labels: [], bars: null, bands: [], pitch: 1, first: 0 });
  let highlighted = -1;

  const scaleOf = () => /** @type {import('./story.js').Scale} */ (/** @type {any} */ (story.axis)[view?.scale ?? 'story']);

  // ---- drawn once for a filter, scale, size and theme ---------------------------------------------------------------
  function draw() {
    if (!view || !theme) return;
    const size = `${node.clientWidth}x${node.clientHeight}@${devicePixelRatio}`;
    if (drawn.selection === derived.selection && drawn.scale === view.scale && drawn.theme === theme && drawn.size === size) return;
    drawn = { selection: derived.selection, scale: view.scale, theme, size };
    width = Math.max(1, node.clientWidth - 2 * PAD);
    height = Math.min(TALLEST, node.clientHeight);
    canvas.width = Math.round(node.clientWidth * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    pen.scale(devicePixelRatio, devicePixelRatio);
    pen.translate(PAD, 0);
    xs = along(scaleOf(), story.at, derived.selection, width);
    const chosen = { selection: derived.selection, xs, scale: scaleOf(), squeezed: view.scale === 'story', chapters, theme };
    const { fontFamily: family } = getComputedStyle(node);
    chart = drawChart(pen, story, chosen, { width, height, edge: PAD, ratio: devicePixelRatio, family });
    marks.replaceChildren(
      ...chart.labels.map(({ left, text, label, assumed }) =>
        element(
          'span',
          { class: assumed ? 'cb-tl-assumed' : null, title: assumed ? say('{when} (assumed: the story does not date it)', { when: label }) : label, style: `left: ${PAD + left}px` },
          text,
          assumed && element('span', { class: 'cb-tl-aside' }, `, ${say('assumed')}`),
        ),
      ),
    );
    highlighted = -2;
  }

  // ---- moved at every step -----------------------------------------------------------------------------------------
  /**
   * The edge between the bars before index `i` of the selection and those from `i` on, close to `x`; between columns of
   * the histogram the one that `round` gives.
   * @param {number} i @param {number} x @param {(x: number) => number} round
   */
  function edge(i, x, round) {
    if (!chart.bars) return chart.first + round((x - chart.first) / chart.pitch) * chart.pitch;
    const { centre, width: w } = chart.bars;
    const low = i > 0 ? centre[i - 1] + w / 2 + 0.5 : -PAD;
    const high = i < centre.length ? centre[i] - w / 2 - 0.5 : width + PAD;
    return Math.max(low, Math.min(high, x));
  }

  /** How many events of the selection are at or before `t`. @param {number} t */
  const upTo = (t) => countUpTo(story, derived.selection, t);

  function move() {
    if (!view) return;
    const { t, mode } = view;
    const scale = scaleOf();
    const share = position(scale, t);
    const x = share * width;
    hand.style.transform = `translateX(${PAD + x}px)`;
    future.style.transform = `translateX(${PAD + edge(upTo(t), x, Math.ceil)}px)`;
    const from = mode === 'window' ? t - view.span : mode === 'moment' && derived.current >= 0 ? story.at[derived.current] : -Infinity;
    past.hidden = mode === 'so-far';
    span.hidden = mode !== 'window';
    if (mode === 'window') {
      const start = position(scale, from) * width;
      past.style.transform = `translateX(${PAD + edge(upTo(from), start, Math.floor)}px) translateX(-100%)`;
      span.style.transform = `translateX(${PAD + start}px) scaleX(${Math.max(0, x - start) / width})`;
    } else if (mode === 'moment') {
      const first = upTo(from - 1e-6);
      past.style.transform = `translateX(${PAD + edge(first, position(scale, from) * width, Math.floor)}px) translateX(-100%)`;
    }
    highlight();
    markHovered();
    markLoop();
    doubts.render(view, scale, width);
    slider.value = String(share);
    setAttribute(slider, 'aria-valuetext', said());
  }

  /** "Day 8, 11:30, Bank robbery: Into the bank" */
  function said() {
    const { current } = derived;
    const { t } = /** @type {View} */ (view);
    if (current < 0) return wordsOn(scaleOf(), t, story.clock.kind, false);
    const exact = story.at[current] === t && story.precision[current] === 'exact';
    const chapter = story.chapter[current] >= 0 ? `${story.chapters[story.chapter[current]]}: ` : '';
    return `${wordsOn(scaleOf(), t, story.clock.kind, exact)}, ${chapter}${story.title[current]}`;
  }

  /** The band of the chapter in which the current event lies. */
  function highlight() {
    const run = derived.current < 0 ? -1 : runOf(chapters, derived.current);
    if (run === highlighted) return;
    highlighted = run;
    const place = chart.bands.find((one) => one.run === run);
    band.hidden = !place;
    if (!place) return;
    band.style.left = `${PAD + place.left}px`;
    band.style.width = `${place.width}px`;
    setText(band, place.width < NARROW ? '' : story.chapters[chapters[run].chapter]);
  }

  /** The part between the marks of the loop; with one mark, from there to the end of the scale. */
  function markLoop() {
    const { from, to } = /** @type {View} */ (view);
    looped.hidden = from === null && to === null;
    if (looped.hidden) return;
    const [a, b] = [from === null ? 0 : position(scaleOf(), from) * width, to === null ? width : position(scaleOf(), to) * width];
    looped.style.transform = `translateX(${PAD + a}px)`;
    looped.style.width = `${Math.max(1, b - a)}px`;
  }

  function markHovered() {
    const event = view?.hover ?? -1;
    const known = event >= 0 && event < story.n;
    hovered.hidden = !known;
    if (!known) return;
    const i = chart.bars ? indexOf(event) : -1;
    const x = chart.bars && i >= 0 ? chart.bars.centre[i] : position(scaleOf(), story.at[event]) * width + (story.cells ? chart.pitch / 2 : 0);
    hovered.style.transform = `translateX(${PAD + x}px)`;
  }

  /** The index of event `e` in the selection, or -1; events are sorted by time, so by index. @param {number} e */
  function indexOf(e) {
    const i = nearest(derived.selection, e);
    return i >= 0 && derived.selection[i] === e ? i : -1;
  }

  // ---- what a viewer does ------------------------------------------------------------------------------------------
  /** The instant under a position, in whole minutes where a pixel is longer than half of one. @param {number} share */
  function instantAt(share) {
    const scale = scaleOf();
    const exact = instant(scale, share);
    const unit = secondsPer(scale, exact, 1 / width) > 30 ? 60 : 1;
    const [first, last] = [scale.t[0] ?? exact, scale.t[scale.t.length - 1] ?? exact];
    return Math.max(first, Math.min(last, Math.round(exact / unit) * unit));
  }
  /** @param {PointerEvent} event @returns {number} from the first instant */
  const pixels = (event) => Math.max(0, Math.min(width, event.clientX - node.getBoundingClientRect().left - PAD));

  /** The selected event whose bar is under the pointer, or -1. @param {number} x */
  function eventNear(x) {
    if (story.cells) return stepUnder(x);
    const places = chart.bars?.centre ?? xs;
    const i = nearest(places, x);
    return i >= 0 && Math.abs(places[i] - x) <= SNAP ? derived.selection[i] : -1;
  }

  /** The event that stands for the step of time under the pointer, or -1. @param {number} x */
  function stepUnder(x) {
    const { from, to, steps } = /** @type {import('./cells.js').Cells} */ (story.cells);
    const t = instant(scaleOf(), x / width);
    const before = upTo(t);
    const event = before ? derived.selection[before - 1] : -1;
    return event >= 0 && t - story.at[event] < (to - from) / steps ? event : -1;
  }

  let pressedAt = /** @type {{x: number, y: number} | null} */ (null);
  let moved = false;
  let pointed = -1;
  /** Ends a move of time, once. */
  function release() {
    if (moved) on.release();
    moved = false;
  }
  /** @param {number} event */
  function point(event) {
    if (event !== pointed) on.hover((pointed = event));
  }
  const listeners = {
    input() {
      moved = true;
      if (view) on.time(instantAt(Number(slider.value)));
    },
    change: release,
    /** @param {PointerEvent} event */
    pointerdown(event) {
      pressedAt = { x: event.clientX, y: event.clientY };
    },
    /** A tap close to a bar means that event, not the instant under the finger. @param {PointerEvent} event */
    click(event) {
      release(); // a drag that ends where it began is no change for the browser
      const tapped = pressedAt && Math.hypot(event.clientX - pressedAt.x, event.clientY - pressedAt.y) < TAP;
      pressedAt = null;
      const near = tapped ? eventNear(pixels(event)) : -1;
      if (near >= 0) on.pick(near);
    },
    /** @param {PointerEvent} event */
    pointermove(event) {
      if (!view || event.pointerType === 'touch') return;
      const x = pixels(event);
      const near = event.buttons ? -1 : eventNear(x);
      const t = near >= 0 ? story.at[near] : instantAt(x / width);
      tip.hidden = false;
      const time = near >= 0 && !story.cells ? whenOf(story, near) : wordsOn(scaleOf(), t, story.clock.kind, false);
      setText(tipTime, dayAssumed(story.clock, t) ? say('{when} (day assumed)', { when: time }) : time);
      setText(tipText, near >= 0 ? [story.title[near], story.cells ? '' : story.groups[story.group[near]]?.label].filter(Boolean).join(' · ') : chapterAt(t));
      const half = tip.offsetWidth / 2;
      tip.style.transform = `translateX(${Math.max(0, Math.min(node.clientWidth - 2 * half, PAD + x - half))}px)`;
      point(near);
    },
    pointerleave() {
      tip.hidden = true;
      point(-1);
    },
    pointercancel() {
      pressedAt = null;
      release();
      tip.hidden = true;
      point(-1);
    },
    /** @param {KeyboardEvent} event */
    keydown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { sequence } = derived;
      /** @type {Record<string, () => void>} */
      const moves = {
        ArrowLeft: () => on.step(-1),
        ArrowDown: () => on.step(-1),
        ArrowRight: () => on.step(1),
        ArrowUp: () => on.step(1),
        PageUp: () => on.chapter(-1),
        PageDown: () => on.chapter(1),
        Home: () => sequence.length && on.pick(sequence[0]),
        End: () => sequence.length && on.pick(sequence[sequence.length - 1]),
      };
      const go = moves[event.key];
      if (!go) return;
      event.preventDefault();
      go();
    },
  };
  for (const [name, listener] of Object.entries(listeners)) slider.addEventListener(name, /** @type {any} */ (listener));

  /** The chapter that the selected events have reached at `t`. @param {number} t */
  function chapterAt(t) {
    const count = upTo(t);
    const chapter = count ? story.chapter[derived.selection[count - 1]] : -1;
    return chapter >= 0 ? story.chapters[chapter] : '';
  }

  const resize = new ResizeObserver(() => {
    draw();
    move();
  });
  resize.observe(node);

  return {
    /** From now on another story on the same axis is shown, from the next render on. @param {Story} next */
    use(next) {
      story = next;
      chapters = runs(story.chapter);
      doubts.use(next);
      pointed = -1;
      tip.hidden = true;
    },
    /** @param {View} nextView @param {Derived} nextDerived @param {Theme} nextTheme */
    render(nextView, nextDerived, nextTheme) {
      view = nextView;
      derived = nextDerived;
      theme = nextTheme;
      draw();
      move();
    },
    /** The moment in words, and the event. */
    said,
    hasFocus: () => document.activeElement === slider,
    destroy() {
      resize.disconnect();
      for (const [name, listener] of Object.entries(listeners)) slider.removeEventListener(name, /** @type {any} */ (listener));
      node.remove();
    },
  };
}
