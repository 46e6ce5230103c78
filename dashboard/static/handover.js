// @ts-check
/** The hand-over: how the emphasis passes from one event's place to the next in a few frames. */

/** Milliseconds it takes, and the least pause between two events for it to be worth seeing. */
const LASTS = 180;
const PAUSE = 320;
/** How much of the emphasis the new event has in its very first frame. */
const FIRST = 0.4;

/** @param {() => void} draw draws a frame of it */
export function handover(draw) {
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let from = -1;
  let start = 0;
  let changed = -Infinity;
  let frame = 0;

  function step() {
    if (performance.now() - start >= LASTS) from = -1;
    else frame = requestAnimationFrame(step);
    draw();
  }

  return {
    /** Whether the viewer asked for no motion. */
    isStill: () => still.matches,
    /** The slot that lets go, or -1. */
    from: () => from,
    /** The new event's share of the emphasis, 0 to 1. */
    emphasis: () => (from < 0 ? 1 : FIRST + (1 - FIRST) * (1 - (1 - Math.min(1, (performance.now() - start) / LASTS)) ** 3)),
    /** @param {number} slot that lets go @param {boolean} possible whether the map can afford it */
    begin(slot, possible) {
      const now = performance.now();
      const soon = now - changed < PAUSE;
      changed = now;
      if (soon || slot < 0 || !possible || still.matches || document.hidden) return;
      from = slot;
      start = now;
      frame = requestAnimationFrame(step);
    },
    end() {
      cancelAnimationFrame(frame);
      from = -1;
    },
  };
}
