// @ts-check
/** Colours as numbers: reading CSS colours, mixing them, packing them into a pixel. Pure. */

/** @typedef {[number, number, number]} Channels red, green and blue, 0 to 255 */

/** Grey, for a colour that cannot be read: a theme must never stop the map. @type {Channels} */
const UNREADABLE = [128, 136, 144];

/** @type {(value: number) => number} */
const byte = (value) => Math.max(0, Math.min(255, Math.round(value)));

/**
 * The channels of `#rgb`, `#rrggbb` or `rgb(r g b)`; an alpha is ignored.
 * @param {string} colour @returns {Channels}
 */
export function channels(colour) {
  const text = colour.trim();
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)?.[1];
  if (hex) {
    const step = hex.length === 3 ? 1 : 2;
    const [r, g, b] = [0, 1, 2].map((i) => parseInt(hex.slice(i * step, (i + 1) * step).padStart(2, hex[i]), 16));
    return [r, g, b];
  }
  const parts = /^rgba?\(([^)]+)\)$/i.exec(text)?.[1].split(/[\s,/]+/).filter(Boolean).map(Number) ?? [];
  if (parts.length < 3 || !parts.every(Number.isFinite)) return UNREADABLE;
  return [byte(parts[0]), byte(parts[1]), byte(parts[2])];
}

/**
 * `share` of the first colour over the second.
 * @param {Channels} over @param {Channels} under @param {number} share 0 to 1 @returns {Channels}
 */
export function mixed(over, under, share) {
  const part = (/** @type {number} */ i) => byte(over[i] * share + under[i] * (1 - share));
  return [part(0), part(1), part(2)];
}

/** @param {Channels} colour @param {number} [alpha] */
export const css = ([r, g, b], alpha = 1) => (alpha >= 1 ? `rgb(${r},${g},${b})` : `rgba(${r},${g},${b},${alpha})`);

/**
 * A pixel as ImageData holds it, read as one little-endian 32-bit integer (signed: small integers stay fast).
 * @param {Channels} colour @param {number} alpha 0 to 1
 */
export const pixel = ([r, g, b], alpha) => (byte(alpha * 255) << 24) | (b << 16) | (g << 8) | r;

/** Of two ink colours the one that reads better on `ground`: dark on bright, white on dark. @param {Channels} ground */
export const inkOn = ([r, g, b]) => (0.299 * r + 0.587 * g + 0.114 * b > 140 ? '#10161b' : '#ffffff');
