// @ts-check
/** How time runs by itself: evenly along the scale in use, or from event to event where no motion is wanted. */
import { instant, position } from './clock.js';

/**
 * @typedef {import('./story.js').Scale} Scale
 * @typedef {{t: number, scale: Scale, selection: Int32Array, current: number}} Now
 * @typedef {{time(t: number): void, release(): void, pick(event: number): void, step(delta: number): void,
 *   playing(playing: boolean): void}} On
 */

const STILL = '(prefers-reduced-motion: reduce)';
/** Milliseconds an event stays where no motion is wanted. */
const STAY = 2000;
/** Longest step of one frame in seconds, so that a stalled page does not leap. */
const LONGEST_FRAME = 0.1;
/** Milliseconds that time waits after somebody else moved it, so that it does not pull against a hand. */
const YIELD = 400;

/** Seconds to cross the whole scale at speed 1. @param {number} events how many there are to see */
export const crossing = (events) => Math.max(40, Math.min(180, 1.2 * events));

/**
 * The position after `seconds` of play; `over` when the end was reached without a loop.
 * @param {number} x 0 to 1 @param {number} seconds @param {number} across seconds to cross the scale @param {boolean} loop
 */
export function advanced(x, seconds, across, loop) {
  const next = x + seconds / across;
  if (next < 1) return { x: next, over: false };
  return loop ? { x: next % 1, over: false } : { x: 1, over: true };
}

/**
 * @param {() => Now} read what the board shows @param {On} on
 */
export function player(read, on) {
  const still = matchMedia(STILL);
  let playing = false;
  let speed = 1;
  let loop = false;
  let frame = 0;
  let timer = 0;
  let x = 0;
  let sent = NaN;
  let before = 0;
  let waitUntil = 0;

  /** @param {number} now */
  function glide(now) {
    const { t, scale, selection } = read();
    if (t !== sent) {
      x = position(scale, t);
      if (!Number.isNaN(sent)) waitUntil = now + YIELD;
    }
    const seconds = now < waitUntil ? 0 : Math.min(LONGEST_FRAME, Math.max(0, (now - before) / 1000));
    before = now;
    const next = advanced(x, seconds, crossing(selection.length) / speed, loop);
    x = next.x;
    sent = seconds ? instant(scale, x) : t;
    if (seconds) on.time(sent);
    if (next.over) stop();
    else frame = requestAnimationFrame(glide);
  }

  function hop() {
    const { selection, current } = read();
    if (current !== selection[selection.length - 1]) on.step(1);
    else if (loop && selection.length) on.pick(selection[0]);
    else return stop();
    timer = setTimeout(hop, STAY / speed);
  }

  function start() {
    const { t, scale, selection, current } = read();
    if (playing || !selection.length) return;
    playing = true;
    on.playing(true);
    if (still.matches) {
      if (current === selection[selection.length - 1]) on.pick(selection[0]);
      timer = setTimeout(hop, STAY / speed);
      return;
    }
    x = position(scale, t);
    sent = t;
    if (x >= 1) {
      x = 0;
      sent = instant(scale, 0);
      on.time(sent);
    }
    before = performance.now();
    waitUntil = 0;
    frame = requestAnimationFrame(glide);
  }

  function stop() {
    if (!playing) return;
    playing = false;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    on.playing(false);
    on.release();
  }

  const hidden = () => document.hidden && stop();
  document.addEventListener('visibilitychange', hidden);

  return {
    toggle: () => (playing ? stop() : start()),
    stop,
    /** @param {number} times */
    setSpeed: (times) => (speed = times),
    /** @param {boolean} again */
    setLoop: (again) => (loop = again),
    destroy() {
      playing = false;
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', hidden);
    },
  };
}
