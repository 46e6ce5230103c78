// @ts-check
/** How time runs by itself: it stays at an event as long as its text takes to read, and goes quickly to the next one. */
import { instant, position } from './clock.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {import('./story.js').Scale} Scale
 * @typedef {{t: number, event: number, scale: Scale, selection: Int32Array, sequence: Int32Array, from: number | null,
 *   to: number | null}} Now `sequence` is the selection in the order in use; `from` and `to` are the marks of the loop
 * @typedef {{play(t: number, keep: boolean): void, release(): void, pick(event: number): void, step(delta: number): void,
 *   playing(playing: boolean): void}} On `keep` while time is on its way to the next event
 */

const STILL = '(prefers-reduced-motion: reduce)';
/** From this many events on nobody reads them all: time runs evenly along the scale. */
const MANY = 2000;
/** Seconds to cross the whole scale at speed 1 where steps of time are shown, and no single event. */
const ACROSS = 60;
/** Longest step of one frame in seconds, so that a stalled page does not leap. */
const LONGEST_FRAME = 0.1;

/** Seconds to stay at event `e` at speed 1: 1.2 and 45 ms a character, from 1.5 to 7. @param {Story} story @param {number} e */
export const dwell = (story, e) => Math.max(1.5, Math.min(7, 1.2 + 0.045 * (story.title[e].length + story.summary[e].length)));

/**
 * Seconds to go from one instant to another at speed 1: by the way on the scale, from 0.25 to 0.9, and at most 0.4 where
 * dead time lies between them.
 * @param {Scale} scale @param {[number, number][]} breaks @param {number} from @param {number} to
 */
export function travel(scale, breaks, from, to) {
  const [low, high] = from < to ? [from, to] : [to, from];
  const dead = breaks.some(([start, end]) => start < high && end > low);
  const way = Math.abs(position(scale, to) - position(scale, from));
  return Math.min(dead ? 0.4 : 0.9, Math.max(0.25, 30 * way));
}

/** Slow at both ends. @param {number} share 0 to 1 */
export const eased = (share) => share * share * (3 - 2 * share);

/** The events of `sequence` between the marks, or all of them where none is. @param {Story} story @param {Now} now */
export function within(story, { sequence, from, to }) {
  if (from === null && to === null) return sequence;
  const inside = sequence.filter((e) => story.at[e] >= (from ?? -Infinity) && story.at[e] <= (to ?? Infinity));
  return inside.length ? inside : sequence;
}

/** Seconds to cross the whole scale at speed 1 where time runs evenly. @param {number} events how many there are to see */
export const crossing = (events) => Math.max(40, Math.min(180, 1.2 * events));

/**
 * The position after `seconds` of even play; `over` when the end was reached without a loop.
 * @param {number} x @param {number} seconds @param {number} across seconds to cross the scale @param {boolean} loop
 * @param {[number, number]} [ends] positions to run between
 */
export function advanced(x, seconds, across, loop, [first, last] = [0, 1]) {
  const next = x + seconds / across;
  if (next < last) return { x: next, over: false };
  const length = last - first;
  return loop && length > 0 ? { x: first + ((next - first) % length), over: false } : { x: last, over: true };
}

/**
 * @param {Story} story
 * @param {() => Now} read what the board shows @param {On} on
 */
export function player(story, read, on) {
  const still = matchMedia(STILL);
  const evenly = () => (story.cells || read().selection.length > MANY) && !still.matches;
  let playing = false;
  let speed = 1;
  let again = false;
  let frame = 0;
  let timer = 0;
  let before = 0;
  /** Where time is going, and how many seconds are left of going there and of staying there. */
  let way = { from: 0, event: -1, long: 0, left: 0, stay: 0 };
  /** The instant that play last left; another one means that somebody picked an event meanwhile. */
  let sent = NaN;

  const looped = () => again || read().from !== null || read().to !== null;

  /** The event after `event` in the order in use; -1 at the end. @param {number} event */
  function after(event) {
    const now = read();
    const events = within(story, now);
    const here = events.indexOf(event);
    if (here >= 0) return here + 1 < events.length ? events[here + 1] : looped() ? events[0] : -1;
    return events.find((e) => story.at[e] > now.t) ?? (looped() ? events[0] : -1);
  }

  /** @param {number} event @param {boolean} there whether time is there already */
  function head(event, there) {
    const { t, scale } = read();
    const long = there ? 0 : travel(scale, story.axis.breaks, t, story.at[event]);
    way = { from: t, event, long, left: long, stay: dwell(story, event) };
    sent = t;
  }

  /** @param {number} now */
  function run(now) {
    const seconds = Math.min(LONGEST_FRAME, Math.max(0, (now - before) / 1000)) * speed;
    before = now;
    const { t, event, scale } = read();
    if (t !== sent && event >= 0 && t === story.at[event]) head(event, true);
    if (way.left > 0) {
      way.left -= seconds;
      if (way.left <= 0) {
        on.pick(way.event);
        sent = story.at[way.event];
      } else {
        const [a, b] = [position(scale, way.from), position(scale, story.at[way.event])];
        sent = instant(scale, a + (b - a) * eased(1 - way.left / way.long));
        on.play(sent, true);
      }
    } else if ((way.stay -= seconds) <= 0) {
      const next = after(way.event);
      if (next < 0) return stop();
      head(next, false);
    }
    frame = requestAnimationFrame(run);
  }

  let x = 0;
  /** @param {number} now */
  function runEvenly(now) {
    const { scale, selection, from, to } = read();
    const seconds = Math.min(LONGEST_FRAME, Math.max(0, (now - before) / 1000));
    before = now;
    const ends = /** @type {[number, number]} */ ([from === null ? 0 : position(scale, from), to === null ? 1 : position(scale, to)]);
    const across = story.cells ? ACROSS : crossing(selection.length);
    const next = advanced(x, seconds, across / speed, looped(), ends);
    x = next.x;
    on.play(instant(scale, x), false);
    if (next.over) stop();
    else frame = requestAnimationFrame(runEvenly);
  }

  /** Where no motion is wanted: from event to event, nothing glides. */
  function hop() {
    const now = read();
    if (now.event >= 0 && now.t === story.at[now.event]) way.event = now.event;
    const next = after(way.event);
    if (next < 0) return stop();
    way.event = next;
    on.pick(next);
    timer = setTimeout(hop, (dwell(story, next) * 1000) / speed);
  }

  function start() {
    const now = read();
    const events = within(story, now);
    if (playing || !events.length) return;
    playing = true;
    on.playing(true);
    before = performance.now();
    if (evenly()) {
      x = position(now.scale, now.t);
      if (x >= 1) x = 0;
      frame = requestAnimationFrame(runEvenly);
      return;
    }
    const here = events.includes(now.event) && now.t === story.at[now.event];
    const first = here && after(now.event) >= 0 ? now.event : here ? events[0] : after(-1) >= 0 ? after(-1) : events[0];
    if (still.matches) {
      way.event = first;
      on.pick(first);
      timer = setTimeout(hop, (dwell(story, first) * 1000) / speed);
      return;
    }
    head(first, first === now.event && here);
    // Whoever presses play has read what stands there.
    if (way.left === 0) way.stay = Math.min(way.stay, 0.6);
    frame = requestAnimationFrame(run);
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
    /** @param {Story} next */
    use(next) {
      if (playing && !next.cells !== !story.cells) stop();
      story = next;
    },
    /** @param {number} times */
    setSpeed: (times) => (speed = times),
    /** @param {boolean} loop */
    setLoop: (loop) => (again = loop),
    destroy() {
      playing = false;
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', hidden);
    },
  };
}
