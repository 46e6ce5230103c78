// @ts-check
/** One scene of the story on a canvas: what lies under what, and where tokens and names go so that nothing is hidden. */
import { TOKEN } from './figures.js';
import { around, beside, bestOf, grown } from './labels.js';
import { radiusOf, STEPS } from './markers.js';
import { drawCurrent, drawEdge, drawFading, drawGhost, drawHover, drawMark, drawRing, edgePoint } from './marks.js';
import { counted } from './say.js';
import { drawTokens } from './tokens.js';
import { drawLegs } from './tracks.js';

/** A place farther outside the map than this is "over there" and named at the edge. */
const OUTSIDE = 14;
/** So many rings at most: more of them are a fog. */
const RINGS = 120;

/**
 * @typedef {import('./labels.js').Box} Box
 * @typedef {ReturnType<typeof import('./plate.js').plate>} Plate
 * @typedef {{place: number, x: number, y: number, radius: number, group: number, step: number, count: number}} Spot
 *   a place as it stands on the screen; `count` 0 when nothing is shown there
 * @typedef {{legs: import('./tracks.js').Leg[], group: number, lane: number}} Way
 * @typedef {{context: CanvasRenderingContext2D, palette: import('./marks.js').Palette, width: number, height: number,
 *   spot(place: number): Spot, ring(place: number): number, name(place: number): string, inferred(place: number): boolean,
 *   wrapped(x: number): number, visible: ArrayLike<number>, rings: ArrayLike<number>, many: boolean, ways: Way[],
 *   tokens: import('./tokens.js').Token[], person: number, touched: number, about(person: number): [string, string], scale: number, ratio: number,
 *   current: number, currentGroup: number, pointed: number, pointedGroup: number, previous: number, emphasis: number,
 *   card: Box | null, tools: Box | null, plates: {current: Plate, pointed: Plate}}} Scene
 *   `visible` are the marked places in view, the latest event's last; `rings` those whose ring may be in view;
 *   `person` is pointed at elsewhere, `touched` on the map; `about` is a name and what is said beside it; `scale` is from zoom 0, `ratio` device pixels a pixel;
 *   `current`, `pointed` and `previous` are places or -1; `emphasis` goes from 0 to 1 while `previous` hands over
 */

/**
 * Draws a scene.
 * @param {Scene} scene
 * @returns {{taken: Box[], edge: (Spot & {box: Box}) | null, standing: import('./tokens.js').Standing[]}} what it covers, the arrow
 *   that points out of the map, and the tokens where they stand
 */
export function drawScene(scene) {
  const { context, palette, width, height, spot, many, ways, current, pointed, previous, emphasis } = scene;
  /** @type {Box[]} */
  const taken = [];
  if (!many) drawRings(scene);
  for (const { legs, group, lane } of ways) {
    const look = { colour: palette.pure[group], casing: palette.casing, lane: lane % 4 };
    drawLegs(context, legs, { x: (p) => spot(p).x, y: (p) => spot(p).y, radius: (p) => spot(p).radius, width, height, ...look });
  }
  if (!many) drawMarks(scene, taken);
  if (pointed >= 0 && pointed !== current && spot(pointed).count === 0) drawGhost(context, { ...spot(pointed), group: scene.pointedGroup }, palette);
  if (previous >= 0 && previous !== current) drawFading(context, spot(previous), palette, 1 - emphasis);
  const now = current >= 0 ? currentSpot(scene) : null;
  if (now && isInside(scene, now)) {
    drawCurrent(context, now, palette, emphasis);
    taken.push(around(now.x, now.y, now.radius + 5));
  }
  if (pointed >= 0 && (pointed === current || spot(pointed).count)) drawHover(context, now && pointed === current ? { ...now, radius: now.radius + 2 } : spot(pointed), palette);
  const blocked = [scene.card, scene.tools].flatMap((box) => (box ? [grown(box, 4)] : []));
  taken.push(...blocked);
  const standing = drawTokens(context, scene.tokens, {
    palette,
    width,
    height,
    taken,
    blocked,
    scale: scene.scale,
    ratio: scene.ratio,
    pointed: scene.touched >= 0 ? scene.touched : scene.person,
    spot: (p) => (now?.place === p ? { ...now, radius: now.radius + 6 } : spot(p)),
  });
  return { taken, standing, edge: drawNames(scene, now, standing, taken) };
}

/** @param {Scene} scene @param {{x: number, y: number}} point */
const isInside = ({ width, height }, { x, y }) => x > -OUTSIDE && y > -OUTSIDE && x < width + OUTSIDE && y < height + OUTSIDE;

/** The current event's place: a little larger than others, in its event's colour where nothing is shown. @param {Scene} scene @returns {Spot} */
function currentSpot({ spot, current, currentGroup }) {
  const here = spot(current);
  const count = Math.max(1, here.count);
  return { ...here, count, group: here.count ? here.group : currentGroup, radius: radiusOf(count) + 1.5 };
}

/** @param {Scene} scene */
function drawRings({ context, palette, width, height, spot, ring, rings, inferred, current, pointed }) {
  for (let i = Math.max(0, rings.length - RINGS); i < rings.length; i++) {
    const p = rings[i];
    const here = spot(p);
    const strength = p === current || p === pointed ? 1 : 0.65 * (here.step / (STEPS - 1));
    drawRing(context, { x: here.x, y: here.y, ring: ring(p), group: here.group, strength, inferred: inferred(p) }, palette, Math.max(width, height));
  }
}

/** @param {Scene} scene @param {Box[]} taken */
function drawMarks({ context, palette, visible, spot, current }, taken) {
  for (let i = 0; i < visible.length; i++) {
    if (visible[i] === current) continue;
    const here = spot(visible[i]);
    drawMark(context, here, palette);
    taken.push(around(here.x, here.y, here.radius));
  }
}

/**
 * The names of the current place and of the place or person under the pointer, and the arrow at the edge when the first is far away.
 * @param {Scene} scene @param {Spot | null} now @param {import('./tokens.js').Standing[]} standing @param {Box[]} taken
 */
function drawNames(scene, now, standing, taken) {
  const { context, palette, plates, width, height, spot, current, pointed, wrapped } = scene;
  const within = { x: 4, y: 4, w: width - 8, h: height - 8 };
  /** @type {(plate: Plate, at: {x: number, y: number}, away: number, words: string, note: string) => Box} */
  const place = (plate, at, away, words, note) => {
    const { w, h } = plate.size(words, note, palette.font);
    const { box } = bestOf([0, 50, 100].flatMap((more) => beside(at.x, at.y, away + more, w, h)), taken, within);
    plate.show(words, note, box, palette);
    taken.push(box);
    return box;
  };
  let edge = null;
  if (!now) plates.current.hide();
  else if (isInside(scene, now)) place(plates.current, now, now.radius + 4, scene.name(current), '');
  else {
    const at = edgePoint(wrapped(now.x), now.y, width, height, 20);
    drawEdge(context, at, palette, now.group);
    taken.push(around(at.x, at.y, 13));
    edge = { ...now, ...at, box: place(plates.current, at, 10, scene.name(current), '') };
  }
  const touched = standing.find(({ person }) => person === scene.touched);
  if (touched) place(plates.pointed, touched, TOKEN + 1, ...scene.about(touched.person));
  else if (pointed < 0 || pointed === current || !isInside(scene, spot(pointed))) plates.pointed.hide();
  else {
    const { count, radius, x, y } = spot(pointed);
    place(plates.pointed, { x, y }, radius, scene.name(pointed), count > 1 ? counted(count, '{n} event|{n} events') : '');
  }
  return edge;
}
