// @ts-check
/** What the board shows, shared with the panels of the same page: they draw in the same frame and answer with the same actions. */

/**
 * @typedef {{story: import('./story.js').Story, view: any, derived: {selection: Int32Array, shown: Int32Array, current: number},
 *   theme: import('./theme.js').Theme, moving: boolean}} Shown `moving` while time plays or is dragged; `view.everybody`
 *   says that the map has a token for every person
 * @typedef {{story: import('./story.js').Story, view: any, derived: {sequence: Int32Array, shown: Int32Array}, theme: import('./theme.js').Theme,
 *   large?: ReturnType<ReturnType<typeof import('./large.js').large>['paper']>}} Seen what is printed and saved
 * @typedef {{time(t: number): void, release(): void, pick(event: number): void, hover(event: number): void,
 *   person(person: number): void, everybody(all: boolean): void, hoverPerson(person: number): void}} Actions `person` adds
 *   somebody to the filter or takes them out; -1 hovers nothing and nobody
 */

/** @type {Set<(shown: Shown, on: Actions) => void>} */
const listeners = new Set();
/** @type {{shown: Shown, on: Actions} | null} */
let latest = null;

/**
 * The board calls this at the end of every frame it draws.
 * @param {Shown} shown @param {Actions} on
 */
export function publish(shown, on) {
  latest = { shown, on };
  for (const listener of listeners) listener(shown, on);
}

/** The board is gone; panels keep what they show until the next one comes. */
export function withdraw() {
  latest = null;
}

/**
 * A panel listens until it calls what is returned; it hears at once what is shown now, if anything is.
 * @param {(shown: Shown, on: Actions) => void} listener
 * @returns {() => void}
 */
export function subscribe(listener) {
  listeners.add(listener);
  if (latest) listener(latest.shown, latest.on);
  return () => listeners.delete(listener);
}
