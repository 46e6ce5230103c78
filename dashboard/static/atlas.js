// @ts-check
/** What the map works out once a story: its places as slots, their positions, the ways and whereabouts of its people. */
import { marker, slots } from './markers.js';
import { positions } from './positions.js';
import { track } from './tracks.js';
import { doubt, lives, whereabouts } from './whereabouts.js';

/** So many places, the first of the story, names of the base map keep clear of; with more there is no clear ground left. */
const AVOIDED = 300;
/** The ring of what is not known is drawn for so many people at most, so that the map stays calm. */
const DOUBTED = 3;
/** Metres in a degree of latitude. */
const DEGREE = 111320;

/**
 * @param {import('./story.js').Story} story
 * @param {(lat: number, lon: number) => {x: number, y: number}} project to pixels at zoom 0
 */
export function atlas(story, project) {
  const { lat, lon } = story.places;
  const { slot, slotOf, placeOf } = slots(story.place, lat, lon);
  /** @type {import('./whereabouts.js').Lives | null} */
  let all = null;
  let stated = false;

  /**
   * The ways of the chosen people up to `t`, legs from the first shown event on.
   * @param {import('./layer.js').View} view @returns {import('./scene.js').Way[]}
   */
  function ways(view) {
    const { chosen, shown, t } = view;
    if (!chosen.length) return [];
    const { start, list } = everybody(view);
    const first = shown.length ? story.at[shown[0]] : Infinity;
    return Array.from(chosen, (person, lane) => ({
      ...track(list.subarray(start[person], start[person + 1]), story.at, slot, t, first),
      lane,
      group: groupOf(person),
    }));
  }

  /** Everybody's events that count in a view. @param {import('./layer.js').View} view */
  function everybody(view) {
    if (!all || stated !== view.stated) all = lives(story, view.stated);
    stated = view.stated;
    return all;
  }

  /** @param {number} person */
  const groupOf = (person) => Math.min(story.people.group[person], story.groups.length);

  /**
   * A token for everybody asked for who has been seen by `t`, and for the one pointed at.
   * @param {import('./layer.js').View} view @returns {import('./tokens.js').Token[]}
   */
  function tokens(view) {
    const { people, person, t } = view;
    const events = everybody(view);
    const asked = person < 0 || people.includes(person) ? people : [...people, person];
    const few = people.length <= DOUBTED;
    /** @type {import('./tokens.js').Token[]} */
    const found = [];
    for (const p of asked) {
      const where = whereabouts(events, story, p, t);
      if (where.status === 'not_seen_yet') continue;
      const place = slot[where.event];
      found.push({
        person: p,
        group: groupOf(p),
        initials: story.people.initials[p],
        place,
        event: where.event,
        gone: where.status === 'gone',
        doubt: place >= 0 && (few || p === person) ? pixels(place, doubt(story, where, t)) : 0,
      });
    }
    return found;
  }

  /** A radius around a place in pixels at zoom 0. @param {number} place its slot @param {number} metres */
  function pixels(place, metres) {
    const p = placeOf[place];
    // Towards the equator, so that a ring near a pole stays on the map.
    const beside = lat[p] - (Math.sign(lat[p]) || 1) * (metres / DEGREE);
    return Math.abs(project(beside, lon[p]).y - project(lat[p], lon[p]).y);
  }

  return {
    story,
    slot,
    slotOf,
    placeOf,
    at: positions(story.places, placeOf, project),
    mark: marker(slot, story.group, placeOf.length, story.groups.length + 1),
    points: Array.from(placeOf.subarray(0, AVOIDED), (p) => ({ lat: lat[p], lon: lon[p] })),
    ways,
    tokens,
  };
}
