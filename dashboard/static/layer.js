// @ts-check
/** The story on the map: a Leaflet layer that draws the events shown, in the very call that says so. */
import { atlas } from './atlas.js';
import { MARGIN } from './discs.js';
import { handover } from './handover.js';
import { grid } from './hits.js';
import { around, overlap } from './labels.js';
import { eventsAt, radiusOf, stepsOf } from './markers.js';
import { LEAST_RING, palette } from './marks.js';
import { inView, ringsInView, wayClear } from './positions.js';
import { drawScene } from './scene.js';
import { cleared, stage } from './stage.js';
import { tokenAt } from './tokens.js';

/** From so many places in view on they are discs in one picture: arcs would no longer fit a frame. */
const MANY = 900;
/** Pixels around a marker in which it is hit, by mouse and by finger; the radius of the largest marker. */
const REACH = { mouse: 5, touch: 18 };
const LARGEST = 18;
/** Room kept between a revealed place and the edge of the map or the card, in pixels. */
const ROOM = 56;
const NONE = new Int32Array(0);
/** @type {View} */
const NOTHING = { shown: NONE, current: -1, t: 0, chosen: NONE, people: NONE, person: -1, stated: false, hover: -1, place: -1 };

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {import('./theme.js').Theme} Theme
 * @typedef {{shown: Int32Array, current: number, t: number, chosen: Int32Array, people: Int32Array, person: number, stated: boolean,
 *   hover: number, place: number}} View `shown` in order of time; `current` and `hover` are events or -1; `chosen` are people with a track,
 *   `people` those with a token; `person` is the one pointed at, `place` the place, or -1;
 *   `stated` leaves out of their ways what the story does not state
 * @typedef {{onHover?(place: number): void, onPick?(place: number, events: Int32Array): void}} Options
 *   `onHover(-1)` and `onPick(-1, none)` are the open map
 */

/**
 * A Leaflet layer that shows one story. It draws within `render` and when the map moves; only the hand-over from one
 * event to the next takes a few frames of its own, and the next `render` ends it. A layer with a method `yieldTo` (the
 * schematic map) hears which boxes are taken, one with `avoid` where the places are.
 * @param {any} L Leaflet
 * @param {Options} [options]
 */
export function storyLayer(L, options = {}) {
  const seen = { n: 0, slot: NONE, x: new Float32Array(0), y: new Float32Array(0), shade: new Uint8Array(0) };
  const passing = handover(draw);
  /** @type {any} */
  let map = null;
  /** @type {ReturnType<typeof stage> | null} */
  let nodes = null;
  /** @type {ReturnType<typeof atlas> | null} */
  let ground = null;
  /** @type {Theme | null} */
  let theme = null;
  /** @type {import('./marks.js').Palette | null} */
  let colours = null;
  let view = NOTHING;
  /** @type {import('./markers.js').Marked | null} */
  let marked = null;
  /** @type {import('./scene.js').Way[]} */
  let ways = [];
  /** @type {import('./tokens.js').Token[]} */
  let tokens = [];
  /** @type {import('./tokens.js').Standing[]} */
  let standing = [];
  /** @type {import('./positions.js').Camera} */
  let camera = { scale: 1, left: 0, top: 0, width: 0, height: 0, ratio: 1 };
  /** @type {any} */
  let corner = null;
  /** @type {ReturnType<typeof grid> | null} */
  let index = null;
  /** @type {ReturnType<typeof drawScene>['edge']} */
  let edge = null;
  /** @type {import('./labels.js').Box | null} */
  let card = null;
  /** @type {{node: HTMLElement, box: import('./labels.js').Box | null} | null} */
  let tools = null;
  let steps = new Uint8Array(0);
  let many = false;
  let hovered = -1;
  let touched = -1;

  // ---- what it is told -----------------------------------------------------------------------------------------------
  /** @param {Story} story */
  function setStory(story) {
    // Web Mercator, as folium's maps and every base map of ours: pixels at zoom 0 times two to the zoom.
    ground = atlas(story, (lat, lon) => L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0));
    view = NOTHING;
    marked = null;
    ways = [];
    tokens = [];
    passing.end();
    tellPlaces();
    draw();
  }

  /** @param {Theme} next */
  function setTheme(next) {
    theme = next;
    colours = null;
    draw();
  }

  /** @param {View} next */
  function render(next) {
    const before = view.current;
    view = next;
    passing.end();
    if (!ground) return;
    marked = ground.mark(view.shown);
    if (steps.length !== view.shown.length) steps = stepsOf(view.shown.length);
    ways = ground.ways(view);
    tokens = ground.tokens(pointedAt());
    if (view.current !== before) passing.begin(before < 0 ? -1 : ground.slot[before], !!map && !many);
    draw();
  }

  // ---- drawing -------------------------------------------------------------------------------------------------------
  /** Takes the camera of this moment; while a zoom is animated, that of its beginning, which the browser transforms. */
  function aim() {
    if (map._animatingZoom) return;
    const size = map.getSize();
    if (tools && (!tools.box || size.x !== camera.width || size.y !== camera.height)) tools.box = boxOf(tools.node.getBoundingClientRect());
    const pane = map.containerPointToLayerPoint([0, 0]);
    const origin = map.getPixelOrigin();
    camera = { scale: 2 ** map.getZoom(), left: origin.x + pane.x, top: origin.y + pane.y, width: size.x, height: size.y, ratio: devicePixelRatio || 1 };
    corner = map.layerPointToLatLng(pane);
    for (const node of [nodes?.root, nodes?.names]) L.DomUtil.setPosition(node, pane);
  }

  function draw() {
    if (!map || !nodes || !ground || !theme || !marked || !map._loaded) return;
    aim();
    const { story, at, slot, slotOf, placeOf } = ground;
    colours ??= palette(theme, getComputedStyle(map.getContainer().parentElement ?? map.getContainer()).fontFamily);
    inView(at, marked, steps, camera, seen, MARGIN);
    many = seen.n > MANY;
    index = null;
    nodes.many.hidden = !many;
    if (many) nodes.discs.draw(camera, seen, colours);
    const context = cleared(nodes.canvas, camera);
    const slotAt = (/** @type {number} */ e) => (e < 0 ? -1 : slot[e]);
    const byEvent = slotAt(view.hover);
    const scene = drawScene({
      context,
      palette: colours,
      width: camera.width,
      height: camera.height,
      many,
      ways,
      tokens,
      touched,
      person: view.person,
      about: (p) => [story.people.name[p], story.people.role[p]],
      scale: camera.scale,
      ratio: camera.ratio,
      card,
      tools: tools?.box ?? null,
      spot,
      ring: (p) => at.ring[p] * camera.scale,
      name: (p) => story.places.name[placeOf[p]],
      inferred: (p) => story.places.precision[placeOf[p]] === 'inferred',
      wrapped: (x) => x - Math.round((x - camera.width / 2) / (256 * camera.scale)) * 256 * camera.scale,
      visible: many ? NONE : seen.slot.subarray(0, seen.n),
      rings: many ? NONE : ringsInView(at, marked, camera, LEAST_RING),
      current: slotAt(view.current),
      currentGroup: view.current >= 0 ? story.group[view.current] : story.groups.length,
      pointed: byEvent >= 0 ? byEvent : view.place >= 0 ? slotOf[view.place] : -1,
      pointedGroup: byEvent >= 0 ? story.group[view.hover] : story.groups.length,
      previous: passing.from(),
      emphasis: passing.emphasis(),
      plates: nodes.plates,
    });
    edge = scene.edge;
    standing = scene.standing;
    map.eachLayer((/** @type {any} */ other) => other.yieldTo?.(scene.taken));
  }

  /** @param {number} p @returns {import('./scene.js').Spot} */
  function spot(p) {
    const { at, story } = /** @type {NonNullable<typeof ground>} */ (ground);
    const has = marked?.has(p);
    const count = has ? /** @type {any} */ (marked).count[p] : 0;
    const position = { place: p, x: at.x[p] * camera.scale - camera.left, y: at.y[p] * camera.scale - camera.top, count };
    if (!has || !marked) return { ...position, radius: radiusOf(1), group: story.groups.length, step: 0 };
    return { ...position, radius: many ? 3.5 : radiusOf(count), group: marked.group[p], step: steps[marked.last[p]] };
  }

  // ---- the pointer -----------------------------------------------------------------------------------------------------
  /**
   * What is drawn at a point of the map's container: its place and the shown events there in order of time, or null. A
   * token stands for the event by which its person was last seen.
   * @param {{x: number, y: number}} point @param {number} [reach] pixels around a marker
   * @returns {{place: number, events: Int32Array} | null}
   */
  function hit({ x, y }, reach = REACH.mouse) {
    if (!ground || !marked || !map) return null;
    const { slot, placeOf } = ground;
    const token = tokenAt(standing, x, y, reach);
    if (token) return { place: token.place < 0 ? -1 : placeOf[token.place], events: Int32Array.of(token.event) };
    const found = edge && onEdge(edge, x, y, reach) ? edge.place : nearest(x, y, reach);
    return found < 0 ? null : { place: placeOf[found], events: eventsAt(slot, view.shown, found) };
  }

  /** A rectangle of the window on the map, or null when it is nowhere. @param {DOMRectReadOnly | null} rectangle */
  function boxOf(rectangle) {
    if (!rectangle || rectangle.width <= 0) return null;
    const own = map.getContainer().getBoundingClientRect();
    return { x: rectangle.x - own.x, y: rectangle.y - own.y, w: rectangle.width, h: rectangle.height };
  }

  /** The slot of the marker nearest to a point, or -1. @param {number} x @param {number} y @param {number} reach */
  function nearest(x, y, reach) {
    index ??= grid(seen.x, seen.y, seen.n, camera.width, camera.height, (i) => spot(seen.slot[i]).radius);
    const found = index.nearest(x, y, reach, LARGEST);
    return found < 0 ? -1 : seen.slot[found];
  }

  /** @param {number} place */
  function point(place) {
    if (place === hovered) return;
    hovered = place;
    map.getContainer().style.cursor = place < 0 ? '' : 'pointer';
    options.onHover?.(place);
  }

  /** @param {number} person whose token is under the pointer, or -1 */
  function touch(person) {
    if (person === touched) return;
    touched = person;
    if (ground) tokens = ground.tokens(pointedAt());
    draw();
  }

  /** The view with the person pointed at on the map, if there is one. */
  const pointedAt = () => (touched < 0 ? view : { ...view, person: touched });

  const mousemove = (/** @type {any} */ event) => {
    // A tap makes mouse events too; a finger does not hover.
    if (map.dragging?.moving() || event.originalEvent.sourceCapabilities?.firesTouchEvents) return;
    const { x, y } = event.containerPoint;
    touch(tokenAt(standing, x, y, REACH.mouse)?.person ?? -1);
    point(hit(event.containerPoint)?.place ?? -1);
  };
  const mouseout = () => {
    touch(-1);
    point(-1);
  };
  const click = (/** @type {any} */ event) => {
    const found = hit(event.containerPoint, event.originalEvent.pointerType === 'touch' ? REACH.touch : REACH.mouse);
    options.onPick?.(found ? found.place : -1, found ? found.events : NONE);
  };

  // ---- the map moves ---------------------------------------------------------------------------------------------------
  const moved = () => {
    if (!map || !nodes || map._animatingZoom) return;
    nodes.names.style.opacity = '1';
    const { scale, left, top, width, height, ratio } = camera;
    aim();
    const same = camera.scale === scale && camera.left === left && camera.top === top && camera.width === width && camera.height === height;
    if (!same || camera.ratio !== ratio) draw();
  };

  /** Everything is scaled with the map while a zoom is animated; words wait until they have their size again. */
  const zoomanim = (/** @type {any} */ event) => {
    if (!nodes || !corner) return;
    const scale = map.getZoomScale(event.zoom, map.getZoom());
    L.DomUtil.setTransform(nodes.root, map._latLngToNewLayerPoint(corner, event.zoom, event.center), scale);
    nodes.names.style.opacity = '0';
  };

  /** Another layer came: it may be one that keeps clear of us. @param {any} event */
  function joined({ layer }) {
    layer.avoid?.(ground?.points ?? []);
    if (layer.yieldTo) draw();
  }

  function tellPlaces() {
    if (map && ground) map.eachLayer((/** @type {any} */ other) => other.avoid?.(/** @type {any} */ (ground).points));
  }

  /**
   * Moves the map just so far that `place` is in view and clear of `clearOf` (in pixels of the window). A place beyond
   * the story's bounds stays where it is: the arrow at the edge names it.
   * @param {number} place @param {DOMRectReadOnly | null} [clearOf]
   */
  function reveal(place, clearOf = null) {
    if (!map || !ground || place < 0 || ground.slotOf[place] < 0) return;
    card = boxOf(clearOf);
    const { lat, lon } = ground.story.places;
    const [west, south, east, north] = ground.story.bounds;
    const near = L.latLngBounds([south, west], [north, east]).pad(0.1);
    if (!near.contains([lat[place], lon[place]])) return;
    const { x, y } = map.latLngToContainerPoint([lat[place], lon[place]]);
    const size = map.getSize();
    const way = wayClear(x, y, size.x, size.y, card, ROOM);
    if (Math.hypot(way.x, way.y) < 1) return;
    map.panBy([Math.round(way.x), Math.round(way.y)], { animate: !passing.isStill(), duration: 0.4, easeLinearity: 0.35 });
  }

  return Object.assign(new L.Layer(), {
    onAdd(/** @type {any} */ target) {
      map = target;
      nodes = stage(map);
      colours = null;
      tellPlaces();
      draw();
    },
    onRemove() {
      passing.end();
      map.getContainer().style.cursor = '';
      map.eachLayer((/** @type {any} */ other) => other.yieldTo?.([]));
      nodes?.remove();
      nodes = null;
      map = null;
    },
    getEvents: () => ({ move: moved, zoom: moved, moveend: moved, viewreset: moved, resize: moved, zoomanim, layeradd: joined, mousemove, mouseout, click }),
    setStory,
    setTheme,
    render,
    hit,
    reveal,
    /** Nothing is drawn under `node`, which lies on the map. @param {HTMLElement} node */
    clearOf(node) {
      tools = { node, box: null };
    },
  });
}

/** Whether a point is on the arrow at the edge or its name. @param {NonNullable<ReturnType<typeof drawScene>['edge']>} edge @param {number} x @param {number} y @param {number} reach */
const onEdge = (edge, x, y, reach) => overlap(edge.box, around(x, y, 1)) > 0 || Math.hypot(x - edge.x, y - edge.y) < 14 + reach;
