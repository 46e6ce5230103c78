// @ts-check
/** A small map of the places that are not exact: each lies somewhere inside its ring. */
import { element, setText } from './dom.js';
import { load } from './load.js';
import { counted, figures, language, say } from './say.js';
import { schematic } from './schematic.js';
import { readStory } from './story.js';
import { sureness } from './sureness.js';
import { theme } from './theme.js';

/** A ring smaller than this on the screen, in pixels, is drawn as a dot of this size. */
const LEAST = 4;

/** @type {WeakMap<Element, {story: string, paint(): void, destroy(): void}>} */
const maps = new WeakMap();

/** How a ring of each precision is drawn, from nearly sure to hardly. */
const STYLES = /** @type {Record<string, {dashArray?: string, weight: number}>} */ ({
  street: { weight: 1.8 },
  district: { weight: 1.5 },
  inferred: { weight: 1.5, dashArray: '4 4' },
});

/**
 * Called by Streamlit as board.js is.
 * @param {{data: any, parentElement: HTMLElement}} component
 */
export default async function mount({ data, parentElement }) {
  const known = maps.get(parentElement);
  const leave = () => {
    maps.get(parentElement)?.destroy();
    maps.delete(parentElement);
  };
  if (known?.story === data.story) {
    known?.paint();
    return leave;
  }
  leave();
  const waiting = { story: data.story, paint() {}, destroy() {} };
  maps.set(parentElement, waiting);
  const { wire, basemap, L } = await load(data);
  if (maps.get(parentElement) !== waiting) return leave;
  const root = /** @type {HTMLElement} */ (parentElement.querySelector('.cb-rings'));
  maps.set(parentElement, { story: data.story, ...rings(L, root, readStory(wire), basemap) });
  return leave;
}

/**
 * @param {any} L
 * @param {HTMLElement} root
 * @param {import('./story.js').Story} story
 * @param {any} basemap
 */
function rings(L, root, story, basemap) {
  const said = element('p', { class: 'cb-rings-said', role: 'status' });
  const node = element('div', { class: 'cb-rings-map', role: 'region', 'aria-label': say('Uncertain places') });
  root.lang = language();
  root.replaceChildren(node, said);
  const map = L.map(node, { zoomSnap: 0.25, zoomControl: false, scrollWheelZoom: false, preferCanvas: true });
  map.attributionControl.setPrefix('Leaflet');
  const ground = schematic(L, basemap, { bounds: story.bounds }).addTo(map);
  const { places } = story;
  const uncertain = Array.from({ length: places.n }, (_, p) => p).filter((p) => !Number.isNaN(places.lat[p]) && places.precision[p] !== 'exact');
  uncertain.sort((a, b) => places.radius[b] - places.radius[a]);
  const inexact = counted(uncertain.length, '{n} place is not exact.|{n} places are not exact.');
  const resting = `${inexact} ${say('Each lies somewhere inside its ring; a dashed ring is inferred.')}`;
  const marks = uncertain.map((p) => {
    const mark = L.circle([places.lat[p], places.lon[p]], { radius: places.radius[p], ...(STYLES[places.precision[p]] ?? STYLES.inferred) });
    mark.on('mouseover click', () => setText(said, `${places.name[p]}: ${sureness(places.precision[p])}, \u00b1 ${figures(Math.round(places.radius[p]))} m. ${places.note[p]}`));
    mark.on('mouseout', () => setText(said, resting));
    const dot = L.circleMarker([places.lat[p], places.lon[p]], { radius: LEAST, interactive: false, weight: 0, fillOpacity: 1 });
    return [mark.addTo(map), dot.addTo(map)];
  });
  setText(said, resting);
  const bounds = L.latLngBounds([story.bounds[1], story.bounds[0]], [story.bounds[3], story.bounds[2]]);
  map.fitBounds(bounds, { animate: false });

  function paint() {
    const look = theme(root, story.groups);
    ground.setTheme(look);
    for (const [mark, dot] of marks) {
      mark.setStyle({ color: look.colours.accent, fillColor: look.colours.accent, fillOpacity: 0.07 });
      dot.setStyle({ fillColor: look.colours.accent });
    }
  }
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const resize = new ResizeObserver(() => {
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(bounds, { animate: false });
  });
  dark.addEventListener('change', paint);
  resize.observe(node);
  paint();
  return {
    paint,
    destroy() {
      dark.removeEventListener('change', paint);
      resize.disconnect();
      map.remove();
    },
  };
}
