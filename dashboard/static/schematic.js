// @ts-check
/** The schematic base map as a Leaflet layer: our own coordinates on a canvas, names as elements above it. */
import { drawGraticule } from './graticule.js';
import { overlap } from './labels.js';
import { drawGround, shapes } from './ground.js';
import { mapNames } from './mapnames.js';
import { LETTERS, SPACING } from './names.js';

/** The canvas is so much larger than the map on every side, as a share of its size, that a drag shows no edge. */
const PADDING = 0.5;
/** Below this zoom our coast would be read as a coast it is not. */
const LEAST_ZOOM = 7;
/** More pixels than this are drawn at a lower resolution. */
const MOST_PIXELS = 1.4e7;

/**
 * @param {any} L Leaflet
 * @param {any} basemap the parsed `basemap.json`, or null for a graticule alone
 * @param {{bounds?: [number, number, number, number]}} [options] `bounds` of the story (west, south, east, north): a story
 *   elsewhere gets the graticule
 */
export function schematic(L, basemap, options = {}) {
  const project = (/** @type {number} */ lat, /** @type {number} */ lon) => L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0);
  const covered = basemap ? L.latLngBounds([basemap.bounds[1], basemap.bounds[0]], [basemap.bounds[3], basemap.bounds[2]]) : null;
  const elsewhere = !covered || (options.bounds && !covered.intersects([[options.bounds[1], options.bounds[0]], [options.bounds[3], options.bounds[2]]]));
  const lines = elsewhere ? null : shapes(basemap, project);
  const written = lines && mapNames(basemap, lines, project);
  /** @type {Map<string, {outer: HTMLElement, inner: HTMLElement, box: import('./labels.js').Box, rank: number, yields: boolean}>} */
  const names = new Map();
  /** @type {any} */
  let map = null;
  /** @type {HTMLCanvasElement | null} */
  let canvas = null;
  /** @type {HTMLElement | null} */
  let board = null;
  /** @type {import('./theme.js').Theme | null} */
  let theme = null;
  let font = 'sans-serif';
  /** @type {{lat: number, lon: number}[]} */
  let places = [];
  /** What the canvas shows: layer point of its corner, zoom, size. */
  let drawn = { corner: /** @type {any} */ (null), zoom: NaN, left: 0, top: 0, width: 0, height: 0 };
  /** @type {(ReturnType<typeof import('./names.js').placedNames> & {zoom: number}) | null} */
  let layout = null;

  /** Names, shields and letterings of a zoom; kept until the zoom or the story's places change. @param {number} zoom */
  function laidOut(zoom) {
    if (layout?.zoom === zoom) return layout;
    return (layout = { zoom, ...(written ? written(zoom, places, font) : { names: [], shields: [], lettering: [] }) });
  }

  const redraw = () => {
    if (map?._loaded && !map._animatingZoom) draw(map.getZoom(), map.getPixelOrigin());
  };

  /**
   * Draws the map as it is, or will be, at a zoom.
   * @param {number} zoom @param {{x: number, y: number}} origin world pixel of layer point 0, 0 at that zoom
   */
  function draw(zoom, origin) {
    if (!canvas || !theme) return;
    const size = map.getSize();
    const width = Math.round(size.x * (1 + 2 * PADDING));
    const height = Math.round(size.y * (1 + 2 * PADDING));
    const ratio = Math.min(devicePixelRatio || 1, 2, Math.max(1, Math.sqrt(MOST_PIXELS / (width * height))));
    const corner = map.containerPointToLayerPoint([-size.x * PADDING, -size.y * PADDING]).round();
    const [left, top] = [origin.x + corner.x, origin.y + corner.y];
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
      Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const northWest = map.unproject([left, top], zoom);
    const southEast = map.unproject([left + width, top + height], zoom);
    const words = laidOut(zoom);
    const ours = lines && zoom >= LEAST_ZOOM && covered.pad(0.5).intersects(L.latLngBounds(northWest, southEast));
    if (ours) drawGround(context, lines, { scale: 2 ** zoom, left, top, width, height, zoom }, words, theme, font);
    else {
      drawGraticule(
        context,
        {
          west: northWest.lng,
          north: northWest.lat,
          east: southEast.lng,
          south: southEast.lat,
          width,
          height,
          x: (lon) => project(0, lon).x * 2 ** zoom - left,
          y: (lat) => project(lat, 0).y * 2 ** zoom - top,
        },
        theme,
        font,
      );
    }
    L.DomUtil.setPosition(canvas, corner);
    drawn = { corner: northWest, zoom, left, top, width, height };
    showNames(ours ? words.names : [], origin);
  }

  /** @param {import('./names.js').PlacedName[]} placed @param {{x: number, y: number}} origin of layer points */
  function showNames(placed, origin) {
    if (!board || !theme) return;
    const kept = new Set(placed.map(({ name, rank }) => `${rank} ${name}`));
    for (const [key, { outer }] of names) {
      if (kept.has(key)) continue;
      outer.remove();
      names.delete(key);
    }
    for (const { name, rank, box } of placed) {
      const key = `${rank} ${name}`;
      const own = names.get(key) ?? nameNode(board, name, rank);
      Object.assign(own, { box, rank });
      Object.assign(own.inner.style, { color: rank === 4 ? theme.colours.rail : theme.colours.lab, fontFamily: font, textShadow: `0 0 2px ${theme.colours.land}, 0 0 3px ${theme.colours.land}, 0 0 4px ${theme.colours.land}` });
      L.DomUtil.setPosition(own.outer, L.point(box.x - origin.x, box.y - origin.y));
      names.set(key, own);
    }
  }

  /** Whether the map shows more than is drawn, or another zoom. */
  function isStale() {
    const size = map.getSize();
    const origin = map.getPixelOrigin();
    const corner = map.containerPointToLayerPoint([0, 0]);
    const [left, top] = [origin.x + corner.x, origin.y + corner.y];
    return (
      map.getZoom() !== drawn.zoom ||
      left < drawn.left || top < drawn.top || left + size.x > drawn.left + drawn.width || top + size.y > drawn.top + drawn.height
    );
  }

  /** @param {any} centre @param {number} zoom */
  function transform(centre, zoom) {
    if (!canvas || !drawn.corner) return;
    L.DomUtil.setTransform(canvas, map._latLngToNewLayerPoint(drawn.corner, zoom, centre), map.getZoomScale(zoom, drawn.zoom));
    const scale = 2 ** (zoom - drawn.zoom);
    const origin = map._getNewPixelOrigin(centre, zoom);
    for (const { outer, box } of names.values()) {
      L.DomUtil.setPosition(outer, L.point((box.x + box.w / 2) * scale - box.w / 2 - origin.x, (box.y + box.h / 2) * scale - box.h / 2 - origin.y));
    }
  }

  /** Zooming in enlarges the picture there is; zooming out needs one of the wider view, drawn first and shrunk from. */
  const zoomanim = (/** @type {any} */ { center, zoom }) => {
    if (canvas && theme && zoom < drawn.zoom) {
      draw(zoom, map._getNewPixelOrigin(center, zoom));
      canvas.style.transition = 'none';
      const from = map.getZoom();
      L.DomUtil.setTransform(canvas, map.project(drawn.corner, from).subtract(map.getPixelOrigin()), map.getZoomScale(from, zoom));
      canvas.getBoundingClientRect();
      canvas.style.transition = '';
    }
    transform(center, zoom);
  };
  const move = () => {
    if (!map._animatingZoom && map.getZoom() === drawn.zoom && isStale()) redraw();
  };
  const zoomed = () => {
    if (!map._animatingZoom && map.getZoom() !== drawn.zoom) transform(map.getCenter(), map.getZoom());
  };
  const settled = () => {
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint([0, 0]).add(map.getPixelOrigin());
    const [across, down] = [corner.x - drawn.left, corner.y - drawn.top];
    const near = (/** @type {number} */ gap, /** @type {number} */ room) => gap < room * 0.2 || gap > room * 0.8;
    // Redrawn while standing still rather than in the middle of the next drag.
    if (isStale() || near(across, drawn.width - size.x) || near(down, drawn.height - size.y)) redraw();
  };

  return Object.assign(new L.Layer(), {
    onAdd(/** @type {any} */ target) {
      map = target;
      const container = map.getContainer();
      font = getComputedStyle(container.parentElement ?? container).fontFamily;
      canvas = document.createElement('canvas');
      canvas.className = 'cb-schematic leaflet-zoom-animated';
      Object.assign(canvas.style, { position: 'absolute', left: '0', top: '0' });
      map.getPane('tilePane').append(canvas);
      const pane = map.getPane('cb-map-names') ?? map.createPane('cb-map-names');
      Object.assign(pane.style, { zIndex: '350', pointerEvents: 'none' });
      board = document.createElement('div');
      board.setAttribute('aria-hidden', 'true');
      pane.append(board);
      paintBehind();
      redraw();
    },
    onRemove() {
      canvas?.remove();
      board?.remove();
      names.clear();
      map.getContainer().style.background = '';
      canvas = board = null;
      drawn = { ...drawn, zoom: NaN };
      map = null;
    },
    getEvents: () => ({
      move,
      zoom: zoomed,
      moveend: settled,
      viewreset: redraw,
      resize: redraw,
      zoomanim,
    }),
    /** @param {import('./theme.js').Theme} next */
    setTheme(next) {
      theme = next;
      paintBehind();
      redraw();
    },
    /** Places of the story that names should not lie on. @param {{lat: number, lon: number}[]} points */
    avoid(points) {
      if (points === places) return;
      places = points;
      layout = null;
      redraw();
    },
    /** Names under these boxes (in pixels of the map's container) step back. @param {import('./labels.js').Box[]} boxes */
    yieldTo(boxes) {
      if (!map || !names.size) return;
      const corner = map.containerPointToLayerPoint([0, 0]).add(map.getPixelOrigin());
      for (const name of names.values()) {
        const box = { ...name.box, x: name.box.x - corner.x, y: name.box.y - corner.y };
        const yields = boxes.some((other) => overlap(box, other) > 0);
        if (yields === name.yields) continue;
        name.yields = yields;
        name.inner.style.opacity = yields ? '0' : '1';
      }
    },
  });

  function paintBehind() {
    if (map && theme) map.getContainer().style.background = elsewhere ? theme.colours.land : theme.colours.water;
  }
}

/** A name: the outer element is moved by Leaflet, the inner one fades. @param {HTMLElement} parent @param {string} text @param {number} rank */
function nameNode(parent, text, rank) {
  const outer = document.createElement('div');
  const inner = document.createElement('span');
  outer.className = 'cb-map-name leaflet-zoom-animated';
  inner.textContent = text;
  Object.assign(outer.style, { position: 'absolute', left: '0', top: '0', whiteSpace: 'nowrap' });
  Object.assign(inner.style, {
    display: 'block', fontSize: `${LETTERS[rank]}px`, fontWeight: '500', lineHeight: `${LETTERS[rank] + 4}px`, letterSpacing: `${SPACING}em`, transition: 'opacity .2s',
  });
  outer.append(inner);
  parent.append(outer);
  return { outer, inner, box: { x: 0, y: 0, w: 0, h: 0 }, rank, yields: false };
}
