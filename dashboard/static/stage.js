// @ts-check
/** The elements the story is drawn on: discs below, everything else above, names beside. */
import { discs } from './discs.js';
import { plate } from './plate.js';

/** In a pane of its own above the base map, transparent to the pointer. @param {any} map of Leaflet */
export function stage(map) {
  const pane = map.getPane('cb-story') ?? map.createPane('cb-story');
  Object.assign(pane.style, { zIndex: '450', pointerEvents: 'none' });
  const root = document.createElement('div');
  const many = document.createElement('canvas');
  const canvas = document.createElement('canvas');
  const names = document.createElement('div');
  root.className = 'cb-story leaflet-zoom-animated';
  names.className = 'cb-names';
  for (const node of [root, names, many, canvas]) Object.assign(node.style, { position: 'absolute', left: '0', top: '0' });
  names.style.transition = 'opacity .12s';
  root.append(many, canvas);
  pane.append(root, names);
  const remove = () => [root, names].forEach((node) => node.remove());
  return { root, names, many, canvas, remove, discs: discs(many), plates: { current: plate(names, 'current'), pointed: plate(names, 'pointed') } };
}

/**
 * The canvas at the size of the map, empty, in CSS pixels. @param {HTMLCanvasElement} canvas
 * @param {{width: number, height: number, ratio: number}} camera
 */
export function cleared(canvas, { width, height, ratio }) {
  const w = Math.round(width * ratio);
  const h = Math.round(height * ratio);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  }
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, w, h);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
