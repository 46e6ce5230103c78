// @ts-check
/** The map of the board: folium's own map, its base maps, its tools, and the view of it that a viewer chose. */
import { base } from './base.js';
import { element, icon } from './dom.js';
import { say } from './say.js';

/** A map goes no deeper than a link can say. */
const DEEPEST = 22;

/**
 * @typedef {{lat: number, lon: number, z: number}} Camera
 * @typedef {{moved(camera: Camera | null): void, base(id: string): void, follow(follow: boolean): void,
 *   notice(text: string): void}} On `moved` hears of
 *   the viewer's own moves only; null is the whole story again
 */

/**
 * @param {any} L Leaflet
 * @param {HTMLElement} root
 * @param {import('./story.js').Story} story
 * @param {{folium: any, layer: any, schematic: any, bases: any[], chosen: string, camera: Camera | null, still: MediaQueryList}} parts
 *   `folium` is the module that a folium map became: `html` to mount, and its script as the default export
 * @param {On} on
 */
export function map(L, root, story, { folium, layer, schematic, bases, chosen, camera, still }, on) {
  const host = element('div', { class: 'cb-folium' });
  const tools = element('div', { class: 'cb-tools' });
  root.append(element('div', { class: 'cb-leaflet' }, host), tools);
  if (folium.html) host.innerHTML = folium.html;
  const ground = base(L, { schematic, bases, notice: on.notice });
  const leaflet = folium.default(calm(L), { storyLayer: () => layer, schematic: () => schematic });
  delete leaflet._tryAnimatedZoom;
  const deepest = leaflet.getMaxZoom.bind(leaflet);
  leaflet.getMaxZoom = () => Math.min(DEEPEST, deepest());
  leaflet.attributionControl?.setPrefix('Leaflet');
  ground.attach(leaflet, chosen);
  layer.clearOf(tools);

  /** Whether the move under way was begun by the viewer: only such a view of the map goes into the link. */
  let own = false;
  let whole = camera === null;
  const began = () => (own = true);
  const gestures = /** @type {const} */ (['pointerdown', 'wheel', 'keydown']);
  for (const gesture of gestures) root.addEventListener(gesture, began, { capture: true, passive: true });
  /** Moves the map for the viewer. @param {() => void} move */
  function steer(move) {
    own = false;
    move();
  }
  const bounds = L.latLngBounds([story.bounds[1], story.bounds[0]], [story.bounds[3], story.bounds[2]]);
  const fit = (animate = false) =>
    steer(() => {
      whole = true;
      leaflet.fitBounds(bounds, { animate: animate && !still.matches, padding: [8, 8] });
    });
  leaflet.invalidateSize({ animate: false });
  if (camera) leaflet.setView([camera.lat, camera.lon], camera.z, { animate: false });
  else fit();
  leaflet.on('moveend', () => {
    if (!own) return;
    whole = false;
    const { lat, lng } = leaflet.getCenter();
    on.moved({ lat, lon: lng, z: leaflet.getZoom() });
  });

  // It can have the focus.
  leaflet.getContainer().setAttribute('role', 'group');
  leaflet.getContainer().setAttribute('aria-label', say('Map: arrow keys move it, plus and minus zoom'));

  const tool = (/** @type {string} */ name, /** @type {string} */ path, /** @type {() => void} */ click, kind = 'cb-tool') =>
    element('button', { type: 'button', class: kind, 'aria-label': name, title: name, click }, icon(path));
  tools.append(
    tool(say('Zoom in'), 'M10 4v12M4 10h12', () => leaflet.zoomIn(), 'cb-tool cb-zoom'),
    tool(say('Zoom out'), 'M4 10h12', () => leaflet.zoomOut(), 'cb-tool cb-zoom'),
    tool(say('Show the whole story'), 'M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4', () => {
      fit(true);
      on.moved(null);
    }),
    ...ground.chooser(chosen, on.base),
  );

  const followTool = tool(say('Follow'), 'M10 3v3M10 14v3M3 10h3M14 10h3M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z', () => on.follow(followTool.getAttribute('aria-pressed') !== 'true'));
  followTool.title = say('Follow: the map moves when an event would be out of sight');
  tools.append(followTool);

  return {
    /** Puts another layer on the map. @param {any} more */
    add: (more) => more.addTo(leaflet),
    /** @param {boolean} follow */
    showFollow: (follow) => followTool.setAttribute('aria-pressed', String(follow)),
    fit,
    /** What the map shows now. @returns {import('./mercator.js').Seen} */
    camera() {
      const { lat, lng } = leaflet.getCenter();
      const { x, y } = leaflet.getSize();
      return { lat, lon: lng, z: leaflet.getZoom(), width: x, height: y };
    },
    /**
     * Shows a place, gently and only if it is out of sight.
     * @param {number} place @param {DOMRect | null} card what covers the map @param {boolean} kept as a view of the viewer's, in the link
     */
    reveal: (place, card, kept) =>
      steer(() => {
        own = kept;
        layer.reveal(place, card);
      }),
    /** Moves the map for the viewer, as a view of their own that the link keeps. @param {() => void} move */
    shift: (move) =>
      steer(() => {
        own = true;
        move();
      }),
    /** After the map has another size: the whole story again, unless the viewer has chosen a view. */
    resize() {
      if (!root.offsetWidth) return;
      steer(() => leaflet.invalidateSize({ animate: false }));
      if (whole) fit();
    },
    /** Puts a base map under the story; false when the page must be asked for again first. @param {string} id */
    use(id) {
      if (ground.needsReload(id)) return false;
      ground.use(id);
      return true;
    },
    /** @param {any} theme */
    setTheme(theme) {
      layer.setTheme(theme);
      ground.setTheme(theme);
    },
    destroy() {
      for (const gesture of gestures) root.removeEventListener(gesture, began, { capture: true });
      leaflet.remove();
    },
  };
}

/**
 * Leaflet whose maps do not fly. A folium map fits its bounds in its script, and that flight, begun a frame later, would
 * end after the view of the link is set, and win.
 * @param {any} L
 */
function calm(L) {
  return Object.assign(Object.create(L), {
    map(/** @type {any[]} */ ...options) {
      return Object.assign(L.map(...options), { _tryAnimatedZoom: () => false });
    },
  });
}
