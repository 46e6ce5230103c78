// @ts-check
/** How the schematic map is drawn on a canvas: sea, land, roads, river, railway, airport. */
import { channels, css, mixed } from './colour.js';
import { ROAD_LETTERS } from './names.js';

/**
 * @typedef {Float64Array} Line pixels at zoom 0: x, y, x, y...
 * @typedef {{land: Line[], breakwaters: Line[], river: Line, freeways: {shield: string, name: string, line: Line}[],
 *   boulevards: {name: string, line: Line}[], rail: Line, stations: Line, airport: Line, runways: Line[]}} Shapes
 * @typedef {{scale: number, left: number, top: number, width: number, height: number, zoom: number}} Camera
 */

/**
 * The lines of `basemap.json` projected once. What the file does not hold is empty.
 * @param {any} basemap @param {(lat: number, lon: number) => {x: number, y: number}} project to pixels at zoom 0
 * @returns {Shapes}
 */
export function shapes(basemap, project) {
  /** @type {(points?: [number, number][]) => Line} */
  const line = (points = []) => Float64Array.from(points.flatMap(([lat, lon]) => {
    const { x, y } = project(lat, lon);
    return [x, y];
  }));
  const { land = [], islands = [], breakwaters = [], river, freeways = [], boulevards = [], rail = {}, airport = {} } = basemap;
  return {
    land: [...land, ...islands].map(line),
    breakwaters: breakwaters.map(line),
    river: line(river),
    freeways: freeways.map((/** @type {any} */ road) => ({ ...road, line: line(road.line) })),
    boulevards: boulevards.map((/** @type {any} */ road) => ({ ...road, line: line(road.line) })),
    rail: line(rail.line),
    stations: line((rail.stations ?? []).map((/** @type {any} */ { lat, lon }) => [lat, lon])),
    airport: line(airport.outline),
    runways: (airport.runways ?? []).map((/** @type {any} */ runway) => line(runway.line)),
  };
}

/** A line in pixels of the camera's zoom. @param {Line} line @param {number} scale @returns {{x: number, y: number}[]} */
export const pointsOf = (line, scale) => Array.from({ length: line.length / 2 }, (_, i) => ({ x: line[2 * i] * scale, y: line[2 * i + 1] * scale }));

/**
 * Adds a line to the path, straight from point to point.
 * @param {CanvasRenderingContext2D} context @param {Line} line @param {Camera} camera
 */
function straight(context, line, { scale, left, top }) {
  for (let i = 0; i < line.length; i += 2) {
    const x = line[i] * scale - left;
    const y = line[i + 1] * scale - top;
    if (i) context.lineTo(x, y);
    else context.moveTo(x, y);
  }
}

/**
 * Adds a line to the path as a smooth curve through every point, so that roads that share a point still meet there.
 * @param {CanvasRenderingContext2D} context @param {Line} line @param {Camera} camera
 */
function smooth(context, line, { scale, left, top }) {
  const n = line.length / 2;
  const x = (/** @type {number} */ i) => line[2 * Math.max(0, Math.min(n - 1, i))] * scale - left;
  const y = (/** @type {number} */ i) => line[2 * Math.max(0, Math.min(n - 1, i)) + 1] * scale - top;
  /** The handle at point i towards its neighbour: along the neighbours' chord, a third as long as the step. @type {(i: number, step: number) => [number, number]} */
  const handle = (i, step) => {
    const dx = x(i + 1) - x(i - 1);
    const dy = y(i + 1) - y(i - 1);
    const chord = Math.hypot(dx, dy) || 1;
    return [(dx / chord) * step * 0.33, (dy / chord) * step * 0.33];
  };
  if (n) context.moveTo(x(0), y(0));
  for (let i = 1; i < n; i++) {
    const step = Math.hypot(x(i) - x(i - 1), y(i) - y(i - 1));
    const [ax, ay] = handle(i - 1, step);
    const [bx, by] = handle(i, step);
    context.bezierCurveTo(x(i - 1) + ax, y(i - 1) + ay, x(i) - bx, y(i) - by, x(i), y(i));
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Shapes} shapes @param {Camera} camera
 * @param {{shields: import('./names.js').Shield[], lettering: import('./names.js').Lettering[]}} words in pixels of the zoom
 * @param {import('./theme.js').Theme} theme @param {string} font
 */
export function drawGround(context, shapes, camera, words, theme, font) {
  const { colours, dark } = theme;
  const { zoom, width, height } = camera;
  const land = channels(colours.land);
  /** A width that grows with the zoom, given at zoom 11. @type {(at11: number, most?: number) => number} */
  const wide = (at11, most = at11 * 4) => Math.min(most, Math.max(at11 * 0.55, at11 * 1.3 ** (zoom - 11)));
  const path = (/** @type {Line[]} */ lines, /** @type {typeof straight} */ way) => {
    context.beginPath();
    for (const line of lines) way(context, line, camera);
  };
  const stroke = (/** @type {string} */ colour, /** @type {number} */ thick) => {
    context.strokeStyle = colour;
    context.lineWidth = thick;
    context.stroke();
  };
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.fillStyle = colours.water;
  context.fillRect(0, 0, width, height);

  // The shallows: a soft glow that follows the coast, under the land.
  const shore = channels(colours.shore);
  path(shapes.land, straight);
  for (const [thick, alpha] of [[34, 0.07], [22, 0.08], [12, 0.1], [5, 0.14]]) stroke(css(shore, alpha * (dark ? 1.15 : 1.5)), thick);
  context.fillStyle = colours.land;
  context.fill();
  stroke(colours.shore, 1.2);
  path(shapes.breakwaters, straight);
  stroke(colours.shore, wide(1.6, 3));

  path([shapes.airport], straight);
  context.fillStyle = css(mixed(channels(colours.lab), land, dark ? 0.13 : 0.12));
  context.fill();
  context.lineCap = 'butt';
  path(shapes.runways, straight);
  stroke(css(mixed(channels(colours.lab), land, dark ? 0.75 : 0.6)), wide(2.2, 14));
  context.lineCap = 'round';

  path([shapes.river], smooth);
  stroke(colours.river, wide(1.7, 7));
  path(shapes.boulevards.map(({ line }) => line), smooth);
  stroke(colours.blvd, wide(1.3, 6));
  const freeways = shapes.freeways.map(({ line }) => line);
  path(freeways, smooth);
  const thick = wide(2.3, 8);
  stroke(css(mixed(channels(dark ? colours.bg : colours.panel), land, 0.75)), thick + wide(2.4, 4));
  stroke(colours.fwy, thick);
  drawRail(context, shapes, camera, theme, wide);
  drawLettering(context, words.lettering, camera, theme, font);
  for (const shield of words.shields) drawShield(context, shield, camera, theme, font);
}

/** @param {CanvasRenderingContext2D} context @param {Shapes} shapes @param {Camera} camera @param {import('./theme.js').Theme} theme @param {(at11: number, most?: number) => number} wide */
function drawRail(context, { rail, stations }, camera, { colours }, wide) {
  context.beginPath();
  smooth(context, rail, camera);
  context.lineCap = 'butt';
  context.setLineDash([wide(5, 9), wide(2.6, 5)]);
  context.strokeStyle = colours.rail;
  context.lineWidth = wide(1.6, 3);
  context.stroke();
  context.setLineDash([]);
  context.lineCap = 'round';
  if (camera.zoom < 11) return;
  context.beginPath();
  const radius = wide(1.9, 4.5);
  for (let i = 0; i < stations.length; i += 2) {
    const x = stations[i] * camera.scale - camera.left;
    const y = stations[i + 1] * camera.scale - camera.top;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fillStyle = colours.land;
  context.fill();
  context.lineWidth = wide(1.1, 1.8);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {import('./names.js').Lettering[]} lettering @param {Camera} camera @param {import('./theme.js').Theme} theme @param {string} font */
function drawLettering(context, lettering, { left, top }, { colours }, font) {
  context.font = `400 ${ROAD_LETTERS.size}px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { x, y, angle, text } of lettering) {
    context.save();
    context.translate(x - left, y - top);
    context.rotate(angle);
    context.strokeStyle = colours.land;
    context.lineWidth = 4;
    context.strokeText(text, 0, -ROAD_LETTERS.above);
    context.fillStyle = colours.lab;
    context.fillText(text, 0, -ROAD_LETTERS.above);
    context.restore();
  }
}

/** @param {CanvasRenderingContext2D} context @param {import('./names.js').Shield} shield @param {Camera} camera @param {import('./theme.js').Theme} theme @param {string} font */
function drawShield(context, { text, x, y, w, h }, { left, top }, { colours }, font) {
  const [cx, cy] = [Math.round(x - left), Math.round(y - top)];
  context.beginPath();
  context.roundRect(cx - w / 2, cy - h / 2, w, h, 4.5);
  context.fillStyle = colours.land;
  context.fill();
  context.strokeStyle = colours.fwy;
  context.lineWidth = 1.1;
  context.stroke();
  context.font = `600 9px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colours.mute;
  context.fillText(text, cx, cy + 0.5);
}
