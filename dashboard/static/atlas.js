// @ts-check
/** What the map works out once a story: its places as slots, their positions, and the ways of its people. */
import { marker, slots } from './markers.js';
import { positions } from './positions.js';
import { appearances, track } from './tracks.js';

/** So many places, the first of the story, names of the base map keep clear of; with more there is no clear ground left. */
const AVOIDED = 300;

/**
 * @param {import('./story.js').Story} story
 * @param {(lat: number, lon: number) => {x: number, y: number}} project to pixels at zoom 0
 */
export function atlas(story, project) {
  const { lat, lon } = story.places;
  const { slot, slotOf, placeOf } = slots(story.place, lat, lon);
  /** @type {ReturnType<typeof appearances> | null} */
  let present = null;

  /**
   * The ways of the chosen people up to `t`, legs from the first shown event on.
   * @param {import('./layer.js').View} view @returns {import('./scene.js').Way[]}
   */
  function ways({ chosen, shown, t }) {
    if (!chosen.length) return [];
    present ??= appearances(story, story.people.n);
    const { start, list } = present;
    const since = shown.length ? story.at[shown[0]] : Infinity;
    return Array.from(chosen, (person, lane) => ({
      ...track(list.subarray(start[person], start[person + 1]), story.at, slot, t, since),
      person,
      lane,
      group: Math.min(story.people.group[person], story.groups.length),
      initials: story.people.initials[person],
    }));
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
  };
}
