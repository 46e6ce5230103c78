// @ts-check
/** The cells of a large story on the map: a Leaflet layer of discs, one a cell, as large as its events are many. */
import { covered, drawCells, laid, LARGEST, largest, middleIn, radiusFor } from './celldiscs.js';
import { grid } from './hits.js';
import { around, beside, bestOf } from './labels.js';
import { circle, drawHover, palette } from './marks.js';
import { plate } from './plate.js';
import { wayClear } from './positions.js';
import { cleared } from './stage.js';

/** Room kept between a chosen disc and the card or the edge of the map, in pixels. */
const ROOM = 40;
/** Pixels around a disc in which it is hit, by mouse and by finger. */
const REACH = { mouse: 6, touch: 18 };
/**
 * @typedef {import('./cells.js').Cells} Cells
 * @typedef {{cells: Cells, counted: import('./cells.js').Counted, ever: number, hovered: number, selected: number,
 *   words(cell: number): [string, string]}} View `ever` is the count that the largest disc stands for; `words` are a cell's, and what
 *   is said beside them
 */

/**
 * @param {any} L Leaflet
 * @param {{hover(cell: number): void, pick(cell: number): void, moved(): void, drawn(ever: number, radius: number): void}} on `pick(-1)` is
 *   the open map; `drawn` hears what the largest disc stands for and its radius in pixels, zeros where there are none
 */
export function cellMap(L, on) {
  const pane = { root: document.createElement('div'), canvas: document.createElement('canvas'), names: document.createElement('div') };
  pane.root.className = 'cb-cells leaflet-zoom-animated';
  pane.names.className = 'cb-names';
  for (const node of Object.values(pane)) Object.assign(node.style, { position: 'absolute', left: '0', top: '0' });
  pane.root.append(pane.canvas);
  const names = { hovered: plate(pane.names, 'pointed'), selected: plate(pane.names, 'current') };
  /** @type {any} */
  let map = null;
  /** @type {any} */
  let corner = null;
  /** @type {import('./theme.js').Theme | null} */
  let theme = null;
  /** @type {import('./marks.js').Palette | null} */
  let colours = null;
  /** @type {View | null} */
  let view = null;
  let frame = { scale: 1, left: 0, top: 0, width: 0, height: 0, ratio: 1 };
  /** The discs drawn, the largest first. */
  let drawn = { n: 0, cell: new Int32Array(0), x: new Float32Array(0), y: new Float32Array(0), radius: new Float32Array(0) };
  /** @type {ReturnType<typeof grid> | null} */
  let index = null;
  let yielding = { cells: /** @type {Cells | null} */ (null), scale: 0, left: 0, top: 0, boxes: /** @type {import('./labels.js').Box[]} */ ([]) };

  function aim() {
    if (map._animatingZoom) return;
    const size = map.getSize();
    const at = map.containerPointToLayerPoint([0, 0]);
    const origin = map.getPixelOrigin();
    frame = { scale: 2 ** map.getZoom(), left: origin.x + at.x, top: origin.y + at.y, width: size.x, height: size.y, ratio: devicePixelRatio || 1 };
    corner = map.layerPointToLatLng(at);
    for (const node of [pane.root, pane.names]) L.DomUtil.setPosition(node, at);
  }

  function draw() {
    if (!map || !theme || !map._loaded) return;
    aim();
    const context = cleared(pane.canvas, frame);
    if (!view) {
      drawn.n = 0;
      index = null;
      names.hovered.hide();
      names.selected.hide();
      on.drawn(0, 0);
      return;
    }
    colours ??= palette(theme, getComputedStyle(map.getContainer().parentElement ?? map.getContainer()).fontFamily);
    drawn = laid(view, frame, drawn);
    index = null;
    drawCells(context, drawn, view.counted, colours);
    drawPointed(context, colours);
    const { cells } = view;
    on.drawn(view.ever, largest(cells, frame));
    map.eachLayer((/** @type {any} */ other) => other.yieldTo?.(boxes(cells)));
  }

  /** @param {CanvasRenderingContext2D} context @param {import('./marks.js').Palette} colour */
  function drawPointed(context, colour) {
    const { hovered, selected } = /** @type {View} */ (view);
    const chosen = spot(selected);
    const pointed = spot(hovered);
    const within = { x: 4, y: 4, w: frame.width - 8, h: frame.height - 8 };
    const taken = [chosen, pointed].flatMap((one) => (one ? [around(one.x, one.y, one.radius + 3)] : []));
    if (chosen) {
      circle(context, chosen.x, chosen.y, chosen.radius + 2.5);
      context.strokeStyle = colour.theme.colours.now;
      context.lineWidth = 2.4;
      context.stroke();
      circle(context, chosen.x, chosen.y, chosen.radius + 6.5);
      context.lineWidth = 1.2;
      context.globalAlpha = 0.5;
      context.stroke();
      context.globalAlpha = 1;
    }
    if (pointed && hovered !== selected) drawHover(context, { ...pointed, group: 0, step: 0, count: 0 }, colour);
    for (const [name, at, cell] of /** @type {const} */ ([['selected', chosen, selected], ['hovered', hovered === selected ? null : pointed, hovered]])) {
      if (!at) {
        names[name].hide();
        continue;
      }
      const [words, note] = /** @type {View} */ (view).words(cell);
      const { w, h } = names[name].size(words, note, colour.font);
      const { box } = bestOf(beside(at.x, at.y, at.radius, w, h), taken, within);
      names[name].show(words, note, box, colour);
      taken.push(box);
    }
  }

  /** Where a cell stands, if it is in view; one without events now stands where it would. @param {number} cell */
  function spot(cell) {
    if (!view || cell < 0 || cell >= view.cells.n) return null;
    const { x, y } = middleIn(view.cells, cell, frame);
    if (x < 0 || y < 0 || x > frame.width || y > frame.height) return null;
    return { x, y, radius: Math.max(4, radiusFor(view.counted.count[cell], view.ever, largest(view.cells, frame))) };
  }

  /** What the discs cover, worked out again where the map or the answer is another. @param {Cells} cells */
  function boxes(cells) {
    const { scale, left, top } = frame;
    if (yielding.cells !== cells || yielding.scale !== scale || yielding.left !== left || yielding.top !== top) yielding = { cells, scale, left, top, boxes: covered(cells, frame) };
    return yielding.boxes;
  }

  /** The cell at a point of the map's container, or -1. @param {{x: number, y: number}} point @param {number} reach */
  function hit({ x, y }, reach) {
    if (!view) return -1;
    index ??= grid(drawn.x, drawn.y, drawn.n, frame.width, frame.height, (k) => drawn.radius[k]);
    const found = index.nearest(x, y, reach, LARGEST);
    return found < 0 ? -1 : drawn.cell[found];
  }

  let pointed = -1;
  /** @param {number} cell */
  function point(cell) {
    if (cell === pointed) return;
    pointed = cell;
    map.getContainer().style.cursor = cell < 0 ? '' : 'pointer';
    on.hover(cell);
  }
  const mousemove = (/** @type {any} */ event) => {
    if (!view || map.dragging?.moving() || event.originalEvent.sourceCapabilities?.firesTouchEvents) return;
    point(hit(event.containerPoint, REACH.mouse));
  };
  const click = (/** @type {any} */ event) => {
    if (view) on.pick(hit(event.containerPoint, event.originalEvent.pointerType === 'touch' ? REACH.touch : REACH.mouse));
  };
  const moved = () => {
    if (!map || map._animatingZoom) return;
    pane.names.style.opacity = '1';
    draw();
  };
  const zoomanim = (/** @type {any} */ event) => {
    if (!corner) return;
    L.DomUtil.setTransform(pane.root, map._latLngToNewLayerPoint(corner, event.zoom, event.center), map.getZoomScale(event.zoom, map.getZoom()));
    pane.names.style.opacity = '0';
  };

  return Object.assign(new L.Layer(), {
    onAdd(/** @type {any} */ target) {
      map = target;
      const parent = map.getPane('cb-cells') ?? map.createPane('cb-cells');
      Object.assign(parent.style, { zIndex: '440', pointerEvents: 'none' });
      parent.append(pane.root, pane.names);
      draw();
    },
    onRemove() {
      pane.root.remove();
      pane.names.remove();
      map = null;
    },
    getEvents: () => ({ move: moved, zoom: moved, viewreset: moved, resize: moved, zoomanim, mousemove, mouseout: () => point(-1), click, moveend: () => (moved(), on.moved()) }),
    /** @param {import('./theme.js').Theme} next */
    setTheme(next) {
      if (next === theme) return;
      theme = next;
      colours = null;
      draw();
    },
    /** @param {View | null} next null takes the cells off the map */
    render(next) {
      if (!next && !view) return;
      view = next;
      if (!view) point(-1);
      draw();
    },
    /** What the map shows, null while it moves. @returns {import('./mercator.js').Seen | null} */
    seen() {
      if (!map?._loaded || map._animatingZoom || map.dragging?.moving() || map._panAnim?._inProgress) return null;
      const { lat, lng } = map.getCenter();
      const { x, y } = map.getSize();
      return { lat, lon: lng, z: map.getZoom(), width: x, height: y };
    },
    /**
     * Moves the map just so far that a cell is clear of the card.
     * @param {number} cell @param {DOMRectReadOnly} card in pixels of the window @param {boolean} still
     */
    reveal(cell, card, still) {
      const at = spot(cell);
      if (!at) return;
      const own = map.getContainer().getBoundingClientRect();
      const box = { x: card.x - own.x, y: card.y - own.y, w: card.width, h: card.height };
      const way = wayClear(at.x, at.y, frame.width, frame.height, box, ROOM);
      if (Math.hypot(way.x, way.y) >= 1) map.panBy([Math.round(way.x), Math.round(way.y)], { animate: !still, duration: 0.4, easeLinearity: 0.35 });
    },
    /** Goes closer to a point. @param {number} lat @param {number} lon @param {number} by zooms @param {boolean} still */
    closer(lat, lon, by, still) {
      map.setView([lat, lon], Math.min(map.getMaxZoom(), map.getZoom() + by), { animate: !still });
    },
  });
}
