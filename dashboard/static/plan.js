// @ts-check
/** The map drawn once, at any size and resolution, on a canvas for paper or a picture; no map library and no elements. */
import { atlas } from './atlas.js';
import { discs, MARGIN } from './discs.js';
import { drawGraticule } from './graticule.js';
import { drawGround, shapes } from './ground.js';
import { overlap } from './labels.js';
import { radiusOf, STEPS, stepsOf } from './markers.js';
import { mapNames } from './mapnames.js';
import { LEAST_RING, palette } from './marks.js';
import { extent, project, zoomOf } from './mercator.js';
import { LETTERS, SPACING } from './names.js';
import { drawNumbers } from './numerals.js';
import { inView, ringsInView } from './positions.js';
import { say } from './say.js';
import { drawScale } from './scale.js';
import { drawScene } from './scene.js';
import { cleared } from './stage.js';
import { canvasPlate, noPlate } from './stamp.js';

/** As the board: from so many places on they are discs; below this zoom our coast is not drawn. */
const MANY = 900;
const LEAST_ZOOM = 7;
/** With numbers beside them all markers are of one size, and none fades: the numbers say the order. */
const DOT = 4.6;

const NONE = new Int32Array(0);

/**
 * @typedef {import('./positions.js').Camera} Camera
 * @typedef {import('./story.js').Story} Story
 * @typedef {{shown: Int32Array, t: number, event: number, crew: Set<number>, stated: boolean, everybody: boolean, over?: Over}} Moment
 *   `shown` in order of time; `event` is the current one or -1; `over` draws on top of it all
 * @typedef {(context: CanvasRenderingContext2D, camera: Camera, look: Look, blocked: import('./labels.js').Box) => import('./labels.js').Box[]} Over
 *   says what it covers
 * @typedef {{theme: import('./theme.js').Theme, font: string, numbers?: Map<number, number[]>}} Look with `numbers` (by
 *   place) these stand beside the markers, instead of the name of the current place and people's tokens
 */

/**
 * @param {Story} story
 * @param {any} basemap the parsed `basemap.json`, or null: then, as for a story elsewhere, a graticule lies under the story
 */
export function plan(story, basemap) {
  const known = atlas(story, project);
  const { slot, placeOf, at } = known;
  const [west, south, east, north] = story.bounds;
  const covers = (/** @type {number[]} */ [w, s, e, n], margin = 0) =>
    basemap && w < basemap.bounds[2] + margin && e > basemap.bounds[0] - margin && s < basemap.bounds[3] + margin && n > basemap.bounds[1] - margin;
  const lines = covers([west, south, east, north]) ? shapes(basemap, project) : null;
  const words = lines && mapNames(basemap, lines, project);

  /**
   * Draws the map with its scale bar on `canvas`, which takes the size of the camera.
   * @param {HTMLCanvasElement} canvas @param {Camera} camera @param {Moment} moment @param {Look} look
   */
  function draw(canvas, camera, moment, { theme, font, numbers }) {
    // Drawn once for nothing but the boxes it covers: the names of the map yield to the story, which yields to the scale.
    const nothing = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
    const scale = drawScale(nothing, camera, theme, font);
    const look = { theme, font, numbers };
    const drawStory = (/** @type {CanvasRenderingContext2D} */ target) => [
      ...drawnStory(target, camera, moment, look, scale),
      ...(moment.over?.(target, camera, look, scale) ?? []),
    ];
    const taken = drawStory(nothing);
    const context = cleared(canvas, camera);
    for (const name of drawnGround(context, camera, theme, font)) {
      if (!taken.some((box) => overlap(box, name.box) > 0)) drawName(context, name, theme, font);
    }
    drawStory(context);
    drawScale(context, camera, theme, font);
  }

  /** The base map; what is written on it comes back, in pixels of the frame. @param {CanvasRenderingContext2D} context @param {Camera} camera @param {import('./theme.js').Theme} theme @param {string} font */
  function drawnGround(context, camera, theme, font) {
    const { scale, left, top, width, height } = camera;
    const zoom = zoomOf(camera);
    const bounds = extent(camera);
    const reach = (basemap ? basemap.bounds[2] - basemap.bounds[0] : 0) / 2;
    if (lines && words && zoom >= LEAST_ZOOM && covers(bounds, reach)) {
      const { names, ...rest } = words(zoom, known.points, font);
      drawGround(context, lines, { scale, left, top, width, height, zoom }, rest, theme, font);
      return names.map((name) => ({ ...name, box: { ...name.box, x: name.box.x - left, y: name.box.y - top } }));
    }
    const [w, s, e, n] = bounds;
    const view = { west: w, south: s, east: e, north: n, width, height };
    drawGraticule(context, { ...view, x: (lon) => project(0, lon).x * scale - left, y: (lat) => project(lat, 0).y * scale - top }, theme, font);
    return [];
  }

  /** The story, and the boxes it covers. @param {CanvasRenderingContext2D} context @param {Camera} camera @param {Moment} moment @param {Look} look @param {import('./labels.js').Box} blocked */
  function drawnStory(context, camera, { shown, t, event, crew, stated, everybody }, { theme, font, numbers }, blocked) {
    const { scale, left, top, width, height, ratio } = camera;
    const chosen = Int32Array.from(crew);
    const everyone = everybody ? Int32Array.from({ length: story.people.n }, (_, person) => person) : chosen;
    const view = { shown, current: event, t, chosen, people: numbers ? NONE : everyone, person: -1, stated, hover: -1, place: -1 };
    const marked = known.mark(shown);
    const steps = numbers ? new Uint8Array(shown.length).fill(STEPS - 1) : stepsOf(shown.length);
    const seen = inView(at, marked, steps, camera, { n: 0, slot: NONE, x: new Float32Array(0), y: new Float32Array(0), shade: new Uint8Array(0) }, MARGIN);
    const colours = palette(theme, font);
    const many = seen.n > MANY;
    if (many) {
      const crowd = document.createElement('canvas');
      discs(crowd).draw(camera, seen, colours);
      context.drawImage(crowd, 0, 0, width, height);
    }
    /** @param {number} p @returns {import('./scene.js').Spot} */
    const spot = (p) => {
      const has = marked.has(p);
      const position = { place: p, x: at.x[p] * scale - left, y: at.y[p] * scale - top };
      if (!has) return { ...position, count: 0, radius: radiusOf(1), group: story.groups.length, step: 0 };
      const count = numbers ? 1 : marked.count[p];
      return { ...position, count, radius: many ? 3.5 : numbers ? DOT : radiusOf(count), group: marked.group[p], step: steps[marked.last[p]] };
    };
    const wrapped = (/** @type {number} */ x) => x - Math.round((x - width / 2) / (256 * scale)) * 256 * scale;
    const plates = numbers ? { current: noPlate, pointed: noPlate } : { current: canvasPlate(context, 'current'), pointed: noPlate };
    const { taken } = drawScene({
      context,
      palette: colours,
      width,
      height,
      many,
      ways: known.ways(view),
      tokens: known.tokens(view),
      touched: -1,
      person: -1,
      about: (p) => [story.people.name[p], story.people.role[p]],
      scale,
      ratio,
      card: null,
      tools: blocked,
      spot,
      ring: (p) => at.ring[p] * scale,
      name: (p) => story.places.name[placeOf[p]],
      inferred: (p) => story.places.precision[placeOf[p]] === 'inferred',
      wrapped,
      visible: many ? NONE : seen.slot.subarray(0, seen.n),
      rings: many ? NONE : ringsInView(at, marked, camera, LEAST_RING),
      current: numbers || event < 0 ? -1 : slot[event],
      currentGroup: event >= 0 ? story.group[event] : story.groups.length,
      pointed: -1,
      pointedGroup: story.groups.length,
      previous: -1,
      emphasis: 1,
      plates,
    });
    if (numbers) {
      const spots = Array.from(numbers, ([place, here]) => ({ ...spot(known.slotOf[place]), numbers: here }));
      drawNumbers(context, spots.map((one) => ({ ...one, x: wrapped(one.x) })), { width, height, palette: colours, taken, blocked });
    }
    return taken;
  }

  return { draw, drawnStory, /** What to say of the base map, or nothing where only a graticule is drawn. */ credit: lines ? say('Base map: schematic, from our own coordinates.') : '' };
}

/** @param {CanvasRenderingContext2D} context @param {import('./names.js').PlacedName} name @param {import('./theme.js').Theme} theme @param {string} font */
function drawName(context, { name, rank, box }, { colours }, font) {
  context.font = `500 ${LETTERS[rank]}px ${font}`;
  context.letterSpacing = `${LETTERS[rank] * SPACING}px`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.strokeStyle = colours.land;
  context.lineWidth = 3;
  context.strokeText(name, box.x, box.y + box.h / 2);
  context.fillStyle = rank === 4 ? colours.rail : colours.lab;
  context.fillText(name, box.x, box.y + box.h / 2);
  context.letterSpacing = '0px';
}
