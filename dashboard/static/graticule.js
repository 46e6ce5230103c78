// @ts-check
/** The calm ground for stories outside our base map: meridians and parallels with their degrees. */
import { fixed, say } from './say.js';

/** Steps between lines that read well, in degrees. */
const STEPS = [45, 30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

/** The smallest readable step that keeps lines `pixels` apart. @param {number} perDegree pixels in a degree @param {number} [pixels] */
export const stepFor = (perDegree, pixels = 150) => [...STEPS].reverse().find((step) => step * perDegree >= pixels) ?? STEPS[0];

/** A latitude or longitude in words. @param {number} degrees @param {string} positive @param {string} negative @param {number} step */
export function degreesText(degrees, positive, negative, step) {
  const digits = step >= 1 ? 0 : Math.min(3, Math.ceil(-Math.log10(step) - 1e-9));
  const wrapped = positive === 'E' ? ((((degrees + 180) % 360) + 360) % 360) - 180 : degrees;
  const size = Math.abs(wrapped);
  return `${fixed(size, digits)}\u00b0${Number(size.toFixed(digits)) === 0 ? '' : ` ${wrapped > 0 ? positive : negative}`}`;
}

/** Multiples of `step` from `from` to `to`. @param {number} from @param {number} to @param {number} step */
export function lines(from, to, step) {
  const found = [];
  for (let k = Math.ceil(from / step); k * step <= to; k++) found.push(k * step);
  return found;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{west: number, south: number, east: number, north: number, width: number, height: number,
 *   x(lon: number): number, y(lat: number): number}} view bounds in degrees, size in pixels
 * @param {{colours: Record<string, string>}} theme @param {string} font
 */
export function drawGraticule(context, { west, south, east, north, width, height, x, y }, { colours }, font) {
  const step = stepFor(width / (east - west));
  context.fillStyle = colours.land;
  context.fillRect(0, 0, width, height);
  context.strokeStyle = colours.blvd;
  context.lineWidth = 1;
  const meridians = lines(west, east, step);
  const parallels = lines(Math.max(-85, south), Math.min(85, north), step);
  context.beginPath();
  for (const lon of meridians) {
    context.moveTo(Math.round(x(lon)) + 0.5, 0);
    context.lineTo(Math.round(x(lon)) + 0.5, height);
  }
  for (const lat of parallels) {
    context.moveTo(0, Math.round(y(lat)) + 0.5);
    context.lineTo(width, Math.round(y(lat)) + 0.5);
  }
  context.stroke();
  context.font = `400 10px ${font}`;
  context.fillStyle = colours.lab;
  context.textBaseline = 'alphabetic';
  for (const lat of parallels) {
    for (const lon of meridians) {
      context.textAlign = 'left';
      context.fillText(degreesText(lat, 'N', 'S', step), x(lon) + 5, y(lat) - 4);
      context.textAlign = 'right';
      context.fillText(degreesText(lon, 'E', say('west::W'), step), x(lon) - 4, y(lat) + 12);
    }
  }
}
