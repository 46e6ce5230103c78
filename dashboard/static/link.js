// @ts-check
/** The link as the view: writes what a viewer set into query parameters, keyed by ids; defaults are left out. Pure. */
import { formatAt, formatSpan } from './clock.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{t: number, event: number, mode: string, span: number, scale: string, crew: Set<number>, match: string,
 *   q: string, place: number, base: string, order: string, stated: boolean, follow: boolean, from: number | null,
 *   to: number | null, camera: {lat: number, lon: number, z: number} | null}} View
 */

export const DEFAULTS = Object.freeze({ match: 'any', mode: 'so-far', scale: 'story', span: 21600, base: 'schematic', order: 'happened' });

/** Decimals of a degree in a link: about ten metres. */
const DIGITS = 4;

/** The parameters that the board owns; any other one in the address is left as it is. */
export const OWNED = ['crew', 'match', 'at', 'mode', 'span', 'scale', 'event', 'place', 'q', 'lat', 'lon', 'z', 'base', 'order', 'stated', 'follow', 'from', 'to'];

/**
 * The moment and the event a story opens on.
 * @param {Story} story @returns {{t: number, event: number}}
 */
export function opening(story) {
  // Of a large story everything is seen at once.
  if (story.large) return { t: story.large.last, event: -1 };
  const event = Math.min(Math.max(story.opening, 0), story.n - 1);
  return { t: story.n ? story.at[event] : 0, event };
}

/**
 * A point of the map, as exactly as a link says it.
 * @template {{lat: number, lon: number}} T
 * @param {T} point @returns {T}
 */
export const asLinked = (point) => ({ ...point, lat: Number(point.lat.toFixed(DIGITS)), lon: Number(point.lon.toFixed(DIGITS)) });

/**
 * The view as pairs of parameter and text, in a fixed order.
 * @param {Story} story @param {View} view @returns {[string, string][]}
 */
export function pairs(story, view) {
  /** @type {[string, string][]} */
  const out = [];
  for (const person of [...view.crew].sort((a, b) => a - b)) out.push(['crew', story.people.id[person]]);
  if (view.match !== DEFAULTS.match) out.push(['match', view.match]);
  const start = opening(story);
  if (Math.abs(view.t - start.t) >= 0.5) out.push(['at', formatAt(view.t, story.clock.kind)]);
  if (view.mode !== DEFAULTS.mode) out.push(['mode', view.mode]);
  if (view.span !== DEFAULTS.span) out.push(['span', formatSpan(view.span)]);
  if (view.scale !== DEFAULTS.scale) out.push(['scale', view.scale]);
  // What stands for a step of time has no id.
  if (view.event >= 0 && view.event !== start.event && story.id[view.event]) out.push(['event', story.id[view.event]]);
  if (view.place >= 0) out.push(['place', story.places.id[view.place]]);
  if (view.q.trim()) out.push(['q', view.q.trim()]);
  if (view.camera) {
    out.push(['lat', view.camera.lat.toFixed(DIGITS)], ['lon', view.camera.lon.toFixed(DIGITS)], ['z', String(view.camera.z)]);
  }
  if (view.base !== DEFAULTS.base) out.push(['base', view.base]);
  if (view.order !== DEFAULTS.order) out.push(['order', view.order]);
  if (view.stated) out.push(['stated', '1']);
  if (!view.follow) out.push(['follow', '0']);
  if (view.from !== null) out.push(['from', formatAt(view.from, story.clock.kind)]);
  if (view.to !== null) out.push(['to', formatAt(view.to, story.clock.kind)]);
  return out;
}

/**
 * `search` with the board's parameters replaced by those of the view; parameters of others stay.
 * @param {string} search @param {[string, string][]} own @returns {string} begins with "?" unless empty
 */
export function merged(search, own) {
  const params = new URLSearchParams(search);
  for (const name of OWNED) params.delete(name);
  for (const [name, text] of own) params.append(name, text);
  const query = params.toString().replaceAll('%3A', ':');
  return query ? `?${query}` : '';
}
