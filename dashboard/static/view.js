// @ts-check
/** The view a link restores: ids from Python become indices, what is missing becomes the default. Pure. */
import { parseAt, parseSpan } from './clock.js';
import { DEFAULTS, opening } from './link.js';

/**
 * @param {import('./story.js').Story} story
 * @param {Record<string, any>} given as `dashboard/view.py` sends it: ids, and times as in the link
 */
export function viewFrom(story, given) {
  const start = opening(story);
  const event = given.event ? story.id.indexOf(given.event) : -1;
  const at = given.at ? parseAt(given.at, story.clock.kind) : null;
  const t = at ?? (event >= 0 ? story.at[event] : start.t);
  return {
    t,
    event: event >= 0 ? event : at === null ? start.event : latest(story, t),
    mode: /** @type {string} */ (given.mode ?? DEFAULTS.mode),
    span: (given.span && parseSpan(given.span)) || DEFAULTS.span,
    scale: /** @type {string} */ (given.scale ?? DEFAULTS.scale),
    crew: new Set(/** @type {string[]} */ (given.crew ?? []).map((id) => story.people.id.indexOf(id)).filter((p) => p >= 0)),
    match: /** @type {string} */ (given.match ?? DEFAULTS.match),
    q: /** @type {string} */ (given.q ?? ''),
    cell: -1,
    hoverCell: -1,
    place: given.place ? story.places.id.indexOf(given.place) : -1,
    base: /** @type {string} */ (given.base ?? DEFAULTS.base),
    order: /** @type {string} */ (given.order ?? DEFAULTS.order),
    stated: given.stated === true || given.stated === '1',
    follow: given.follow !== false && given.follow !== '0',
    from: given.from ? parseAt(given.from, story.clock.kind) : null,
    to: given.to ? parseAt(given.to, story.clock.kind) : null,
    camera: given.z === undefined || given.z === null ? null : { lat: given.lat, lon: given.lon, z: given.z },
    hover: -1,
    hoverPlace: -1,
    hoverPerson: -1,
    everybody: false,
  };
}

/** The latest event at or before `t`, or -1. @param {import('./story.js').Story} story @param {number} t */
function latest(story, t) {
  let found = -1;
  for (let e = 0; e < story.n && story.at[e] <= t; e++) found = e;
  return found;
}
