// @ts-check
/** What is written on the built-in base map at a zoom: names of districts, shields and names of roads. */
import { pointsOf } from './ground.js';
import { placedNames } from './names.js';
import { widthOf } from './plate.js';

/** From this zoom roads carry their names. */
const LETTERED = 13;
/** Deeper than this words stay where they are on the ground: roads are too long in pixels to look for more room along them. */
const DEEPEST = 16;

/**
 * @typedef {{x: number, y: number}} Point
 * @typedef {ReturnType<typeof placedNames>} Words
 */

/**
 * @param {any} basemap the parsed `basemap.json` @param {import('./ground.js').Shapes} shapes its lines
 * @param {(lat: number, lon: number) => Point} project to pixels at zoom 0
 */
export function mapNames(basemap, shapes, project) {
  /** What was laid out last. @type {{zoom: number, places: {lat: number, lon: number}[], font: string, words: Words} | null} */
  let known = null;
  const labels = labelled(basemap).map(({ lat, lon, ...label }) => ({ ...label, ...project(lat, lon) }));
  /**
   * All of it at a zoom, in pixels of that zoom; names keep clear of `places`.
   * @param {number} zoom @param {{lat: number, lon: number}[]} places of the story @param {string} font family
   */
  return (zoom, places, font) => enlarged(at(Math.min(zoom, DEEPEST), places, font), 2 ** Math.max(0, zoom - DEEPEST));

  /** @param {number} zoom @param {{lat: number, lon: number}[]} places @param {string} font */
  function at(zoom, places, font) {
    if (known?.zoom === zoom && known.places === places && known.font === font) return known.words;
    const scale = 2 ** zoom;
    const scaled = (/** @type {Point} */ { x, y }) => ({ x: x * scale, y: y * scale });
    const points = (/** @type {import('./ground.js').Line} */ line) => pointsOf(line, scale);
    const weighted = (/** @type {import('./ground.js').Line[]} */ group, /** @type {number} */ weight) => group.map((line) => ({ line: points(line), weight }));
    const { freeways, boulevards, rail, runways, land, river } = shapes;
    const words = placedNames(
      {
        zoom,
        names: labels.map((label) => ({ ...label, ...scaled(label) })),
        shielded: freeways.map(({ shield, line }) => ({ shield, line: points(line) })),
        lettered: zoom < LETTERED ? [] : [...boulevards, ...freeways].map(({ name, line }) => ({ name, line: points(line) })),
        lines: [
          ...weighted(freeways.map(({ line }) => line), 75),
          ...weighted([rail, ...runways], 60),
          ...weighted(land, 30),
          ...weighted([river, ...boulevards.map(({ line }) => line)], 18),
        ],
        places: places.map(({ lat, lon }) => scaled(project(lat, lon))),
      },
      (text, size) => widthOf(text, `500 ${size}px ${font}`),
    );
    known = { zoom, places, font, words };
    return words;
  }
}

/** The same words where the ground is so many times larger. @param {Words} words @param {number} times @returns {Words} */
function enlarged(words, times) {
  if (times === 1) return words;
  const moved = (/** @type {any} */ one) => ({ ...one, x: one.x * times, y: one.y * times });
  return {
    names: words.names.map((name) => ({ ...name, box: { ...name.box, x: (name.box.x + name.box.w / 2) * times - name.box.w / 2, y: (name.box.y + name.box.h / 2) * times - name.box.h / 2 } })),
    shields: words.shields.map(moved),
    lettering: words.lettering.map(moved),
  };
}

/** Every name of the base map with its rank: districts, then the airport, then the stations. @param {any} basemap @returns {{name: string, lat: number, lon: number, rank: number, beside?: boolean}[]} */
export function labelled({ labels = [], airport, rail }) {
  const outline = airport?.outline ?? [];
  const middle = (/** @type {number} */ i) => outline.reduce((/** @type {number} */ sum, /** @type {number[]} */ point) => sum + point[i], 0) / outline.length;
  const names = [...labels];
  if (outline.length) names.push({ name: airport.name, lat: middle(0), lon: middle(1), rank: 3 });
  return [...names, ...(rail?.stations ?? []).map((/** @type {any} */ station) => ({ ...station, rank: 4, beside: true }))];
}
