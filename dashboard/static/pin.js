// @ts-check
/** A small map to say where one place is: its candidates, numbered, and a pin that is dragged, clicked or moved by keys. */
import { element, setText } from './dom.js';
import { hear, module } from './load.js';
import { language, say } from './say.js';
import { schematic } from './schematic.js';
import { theme } from './theme.js';

/**
 * @typedef {{name: string, lat: number, lon: number, radius_m: number}} Candidate
 * @typedef {{toponym: string, candidates: Candidate[], chosen: number, pin: {lat: number, lon: number} | null,
 *   bounds: [number, number, number, number] | null, basemap: string, leaflet: string, lang?: string, words?: string}} Asked
 * @typedef {(name: 'put' | 'chosen', value: any) => void} Answer
 */

/** Pixels an arrow key moves the pin; with Shift ten times as many. */
const STEP = 4;
/** Nothing is shown closer than this. */
const CLOSEST = 15;

/** @type {WeakMap<Element, {key: string, show(asked: Asked): void, destroy(): void}>} */
const maps = new WeakMap();

/**
 * Called by Streamlit as board.js is. It answers `put` ({lat, lon}, 6 decimals) when the pin was set, `chosen` (a number from 0)
 * when a candidate was.
 * @param {{data: Asked, parentElement: HTMLElement, setTriggerValue: Answer}} component
 */
export default async function mount({ data, parentElement, setTriggerValue }) {
  const leave = () => {
    maps.get(parentElement)?.destroy();
    maps.delete(parentElement);
  };
  const known = maps.get(parentElement);
  if (known?.key === data.toponym) {
    known.show(data);
    return leave;
  }
  leave();
  let latest = data;
  const waiting = { key: data.toponym, show: (/** @type {Asked} */ asked) => void (latest = asked), destroy() {} };
  maps.set(parentElement, waiting);
  const [basemap] = await Promise.all([
    fetch(new URL(data.basemap, document.baseURI)).then((answer) => (answer.ok ? answer.json() : null)),
    module(data.leaflet),
    hear(data),
  ]);
  if (maps.get(parentElement) !== waiting) return leave;
  const root = /** @type {HTMLElement} */ (parentElement.querySelector('.cb-pin'));
  const drawn = pinMap(/** @type {any} */ (globalThis).L, root, basemap, data.bounds, setTriggerValue);
  maps.set(parentElement, { key: data.toponym, ...drawn });
  drawn.show(latest);
  return leave;
}

/**
 * @param {any} L
 * @param {HTMLElement} root
 * @param {any} basemap
 * @param {[number, number, number, number] | null} area the story's bounds, shown where there is no candidate
 * @param {Answer} answer
 */
function pinMap(L, root, basemap, area, answer) {
  const node = element('div', { class: 'cb-pin-map', role: 'region', 'aria-label': say('Where the place is') });
  const said = element('p', { class: 'cb-rings-said', role: 'status' });
  root.lang = language();
  root.replaceChildren(node, said);
  const map = L.map(node, { zoomSnap: 0.25, minZoom: 2, zoomControl: false });
  L.control.zoom({ zoomInTitle: say('Zoom in'), zoomOutTitle: say('Zoom out') }).addTo(map);
  map.attributionControl.setPrefix('Leaflet');
  const ground = schematic(L, basemap, area ? { bounds: area } : {}).addTo(map);
  /** @type {any[]} */
  let marks = [];
  /** @type {any} */
  let pin = null;
  let framed = '';
  /** @type {Asked | null} */
  let shown = null;

  /** @param {Asked} asked */
  function show(asked) {
    shown = asked;
    for (const mark of marks) mark.remove();
    marks = asked.candidates.flatMap((candidate, index) => candidateMarks(candidate, index, index === asked.chosen));
    pin?.remove();
    pin = null;
    if (asked.pin) setPin(asked.pin);
    const frame = JSON.stringify(asked.candidates.map(({ lat, lon }) => [lat, lon]));
    if (frame !== framed) fit(asked);
    framed = frame;
    setText(said, asked.pin ? say('Drag the pin, or move it with the arrow keys.') : say('Click the map to set a pin.'));
    paint();
  }

  /** @param {Candidate} candidate @param {number} index @param {boolean} chosen */
  function candidateMarks({ name, lat, lon, radius_m }, index, chosen) {
    const ring = L.circle([lat, lon], { radius: radius_m || 0, interactive: false, weight: 1.5, fillOpacity: 0.07, className: 'cb-pin-ring' });
    const disc = element('span', { class: chosen ? 'cb-pin-disc cb-pin-chosen' : 'cb-pin-disc' }, String(index + 1));
    const icon = L.divIcon({ html: disc, className: 'cb-pin-icon', iconSize: [26, 26] });
    const mark = L.marker([lat, lon], { icon, keyboard: true, alt: `${index + 1}: ${name}` });
    mark.on('click keypress', (/** @type {any} */ event) => {
      if (event.type === 'click' || event.originalEvent.key === 'Enter') answer('chosen', index);
    });
    mark.on('add', () => mark.getElement().setAttribute('aria-label', `${index + 1}: ${name}`));
    return [ring.addTo(map), mark.addTo(map)];
  }

  /** @param {{lat: number, lon: number}} at */
  function setPin({ lat, lon }) {
    const icon = L.divIcon({ html: element('span', { class: 'cb-pin-needle' }), className: 'cb-pin-icon', iconSize: [30, 40], iconAnchor: [15, 38] });
    pin = L.marker([lat, lon], { icon, draggable: true, autoPan: true, zIndexOffset: 1000, alt: say('Pin') });
    pin.on('dragend', () => put(pin.getLatLng()));
    pin.addTo(map);
    pin.getElement().setAttribute('aria-label', say('Pin: arrow keys move it'));
    pin.getElement().addEventListener('keydown', moved);
  }

  /** @param {KeyboardEvent} event */
  function moved(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 10 * STEP : STEP;
    const there = map.latLngToContainerPoint(pin.getLatLng()).add([way[0] * far, way[1] * far]);
    pin.setLatLng(map.containerPointToLatLng(there));
    clearTimeout(resting);
    resting = setTimeout(() => put(pin.getLatLng()), 400);
  }
  /** @type {any} the pin is said when the keys rest, not at every step */
  let resting = 0;

  /** @param {{lat: number, lng: number}} at */
  function put(at) {
    if (!Number.isFinite(at.lat) || !Number.isFinite(at.lng)) return; // a map that has no size yet
    const { lat, lng } = L.latLng(at.lat, at.lng).wrap();
    answer('put', { lat: Number(lat.toFixed(6)), lon: Number(lng.toFixed(6)) });
  }

  /** @param {Asked} asked */
  function fit({ candidates, pin: at }) {
    const points = [...candidates.flatMap(({ lat, lon, radius_m }) => corners(lat, lon, radius_m)), ...(at ? [[at.lat, at.lon]] : [])];
    if (!map.getSize().x) return;
    if (points.length) map.fitBounds(points, { animate: false, padding: [24, 24], maxZoom: CLOSEST });
    else if (area) map.fitBounds([[area[1], area[0]], [area[3], area[2]]], { animate: false });
    else map.setView([25, 0], 2, { animate: false });
  }

  /** South-west and north-east of a ring. @param {number} lat @param {number} lon @param {number} radius_m */
  function corners(lat, lon, radius_m) {
    const box = L.latLng(lat, lon).toBounds(2 * Math.max(radius_m || 0, 200));
    return [box.getSouthWest(), box.getNorthEast()].map(({ lat: y, lng: x }) => [y, x]);
  }

  function paint() {
    const look = theme(root, []);
    ground.setTheme(look);
    for (const mark of marks) mark.setStyle?.({ color: look.colours.accent, fillColor: look.colours.accent });
  }
  map.setView([25, 0], 2, { animate: false });
  map.on('click', (/** @type {any} */ event) => put(event.latlng));
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const resize = new ResizeObserver(() => {
    const unseen = !map.getSize().x;
    map.invalidateSize({ animate: false, pan: false });
    if (unseen && shown) fit(shown);
  });
  dark.addEventListener('change', paint);
  resize.observe(node);
  return {
    show,
    destroy() {
      clearTimeout(resting);
      dark.removeEventListener('change', paint);
      resize.disconnect();
      map.remove();
    },
  };
}
