// @ts-check
/** Many places at once: antialiased discs written straight into the pixels of one picture. */
import { mixed, pixel } from './colour.js';
import { share, STEPS } from './markers.js';

/** Diameter of a disc in CSS pixels. */
export const DIAMETER = 7;
/** How far outside the screen the centre of a disc may lie, in CSS pixels. */
export const MARGIN = 18;
/** Above this many pixel writes a screen of more than one pixel a point is drawn at one, which takes a third of the time. */
const WRITES = 2.5e6;
/** Coverage from which a pixel counts as inside, and below which as outside. */
const INSIDE = 0.95;
const OUTSIDE = 0.06;
/** Rim pixels covered less than this are written only where nothing is drawn yet, so that a disc never nibbles another. */
const HALF = 0.5;

/**
 * How much of each pixel a disc covers that is centred on the middle pixel: `size` is odd, `cover` has size * size
 * values from 0 to 1, row by row.
 * @param {number} diameter in pixels
 */
export function coverage(diameter) {
  const reach = Math.max(0, Math.ceil(diameter / 2 - 0.5));
  const size = 2 * reach + 1;
  const cover = new Float32Array(size * size);
  const samples = 16;
  const radius = diameter / 2;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let inside = 0;
      for (let j = 0; j < samples; j++) {
        for (let i = 0; i < samples; i++) {
          const dx = x - reach - 0.5 + (i + 0.5) / samples;
          const dy = y - reach - 0.5 + (j + 0.5) / samples;
          if (dx * dx + dy * dy <= radius * radius) inside++;
        }
      }
      cover[y * size + x] = inside / (samples * samples);
    }
  }
  return { size, reach, cover };
}

/**
 * The disc as runs of inner pixels, one a row (from, to: offsets from the centre, `to` excluded), and its rim pixels
 * in two strengths, the mean coverage of each with it.
 * @param {number} diameter @param {number} stride pixels from one row of the picture to the next
 */
export function mask(diameter, stride) {
  const { size, reach, cover } = coverage(diameter);
  /** @type {number[]} */
  const runs = [];
  const strong = { offsets: /** @type {number[]} */ ([]), sum: 0 };
  const weak = { offsets: /** @type {number[]} */ ([]), sum: 0 };
  for (let y = 0; y < size; y++) {
    let from = 0;
    let to = 0;
    for (let x = 0; x < size; x++) {
      const value = cover[y * size + x];
      const offset = (y - reach) * stride + (x - reach);
      if (value >= INSIDE) {
        if (to === from) from = offset;
        to = offset + 1;
      } else if (value > OUTSIDE) {
        const rim = value >= HALF ? strong : weak;
        rim.offsets.push(offset);
        rim.sum += value;
      }
    }
    if (to > from) runs.push(from, to);
  }
  const mean = (/** @type {typeof weak} */ rim) => (rim.offsets.length ? rim.sum / rim.offsets.length : 0);
  return {
    reach,
    runs: Int32Array.from(runs),
    strong: Int32Array.from(strong.offsets),
    weak: Int32Array.from(weak.offsets),
    strongCover: mean(strong),
    weakCover: mean(weak),
  };
}

/**
 * Writes `n` discs, later ones over earlier ones. Every centre must be at least the mask's reach from the edge.
 * @param {Int32Array} pixels @param {number} stride
 * @param {ReturnType<typeof mask>} shape
 * @param {Int32Array} centres index of the middle pixel of each disc
 * @param {Uint8Array} shades of each disc: index into `colours`
 * @param {Int32Array} colours pixels of the inner, the strong rim and the weak rim of each shade, in threes
 * @param {number} n
 */
export function write(pixels, stride, shape, centres, shades, colours, n) {
  const { runs, strong, weak } = shape;
  const seven = shape.reach === 3 && strong.length === 8 && weak.length === 8;
  for (let k = 0; k < n; k++) {
    const shade = 3 * shades[k];
    if (seven) {
      writeSeven(pixels, stride, centres[k], colours[shade], colours[shade + 1], colours[shade + 2]);
      continue;
    }
    const centre = centres[k];
    const inner = colours[shade];
    for (let r = 0; r < runs.length; r += 2) for (let i = centre + runs[r]; i < centre + runs[r + 1]; i++) pixels[i] = inner;
    for (let r = 0; r < strong.length; r++) pixels[centre + strong[r]] = colours[shade + 1];
    for (let r = 0; r < weak.length; r++) if (pixels[centre + weak[r]] === 0) pixels[centre + weak[r]] = colours[shade + 2];
  }
}

/**
 * One disc of seven pixels, every write spelled out: three times as fast as the loops, and the size of most screens.
 * @param {Int32Array} p @param {number} stride @param {number} centre @param {number} c @param {number} s @param {number} w
 */
function writeSeven(p, stride, centre, c, s, w) {
  let i = centre - 3 * stride;
  if (p[i - 2] === 0) p[i - 2] = w;
  p[i - 1] = s; p[i] = c; p[i + 1] = s;
  if (p[i + 2] === 0) p[i + 2] = w;
  i += stride;
  if (p[i - 3] === 0) p[i - 3] = w;
  p[i - 2] = c; p[i - 1] = c; p[i] = c; p[i + 1] = c; p[i + 2] = c;
  if (p[i + 3] === 0) p[i + 3] = w;
  i += stride;
  p[i - 3] = s; p[i - 2] = c; p[i - 1] = c; p[i] = c; p[i + 1] = c; p[i + 2] = c; p[i + 3] = s;
  i += stride;
  p[i - 3] = c; p[i - 2] = c; p[i - 1] = c; p[i] = c; p[i + 1] = c; p[i + 2] = c; p[i + 3] = c;
  i += stride;
  p[i - 3] = s; p[i - 2] = c; p[i - 1] = c; p[i] = c; p[i + 1] = c; p[i + 2] = c; p[i + 3] = s;
  i += stride;
  if (p[i - 3] === 0) p[i - 3] = w;
  p[i - 2] = c; p[i - 1] = c; p[i] = c; p[i + 1] = c; p[i + 2] = c;
  if (p[i + 3] === 0) p[i + 3] = w;
  i += stride;
  if (p[i - 2] === 0) p[i - 2] = w;
  p[i - 1] = s; p[i] = c; p[i + 1] = s;
  if (p[i + 2] === 0) p[i + 2] = w;
}

/**
 * The colours of every group at every fading step, as `write` wants them: shade = group * STEPS + step.
 * @param {import('./colour.js').Channels[]} groups @param {import('./colour.js').Channels} ground faded colours sink into
 * @param {{strongCover: number, weakCover: number}} shape
 */
export function discColours(groups, ground, { strongCover, weakCover }) {
  const colours = new Int32Array(groups.length * STEPS * 3);
  groups.forEach((group, g) => {
    for (let step = 0; step < STEPS; step++) {
      const colour = mixed(group, ground, share(step));
      colours.set([pixel(colour, 1), pixel(colour, strongCover), pixel(colour, weakCover)], 3 * (g * STEPS + step));
    }
  });
  return colours;
}

/**
 * Draws discs on a canvas of its own. Its picture is kept between frames; only size, theme or density change it.
 * @param {HTMLCanvasElement} canvas
 */
export function discs(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  /** @type {ImageData | null} */
  let picture = null;
  /** @type {Int32Array} */
  let pixels = new Int32Array(0);
  let shape = mask(DIAMETER, 1);
  let scale = 0;
  let edge = 0;
  let colours = new Int32Array(0);
  /** @type {unknown} */
  let palette = null;
  let centres = new Int32Array(0);

  /** @param {number} width @param {number} height @param {number} ratio device pixels a CSS pixel */
  function resize(width, height, ratio) {
    const w = Math.round(width * ratio);
    const h = Math.round(height * ratio);
    if (picture && canvas.width === w && canvas.height === h && scale === ratio) return;
    canvas.width = w;
    canvas.height = h;
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    scale = ratio;
    // Room for discs whose centre lies outside, so that no write needs to ask where it is.
    edge = Math.ceil(MARGIN * ratio) + coverage(DIAMETER * ratio).reach + 1;
    picture = new ImageData(w + 2 * edge, h + 2 * edge);
    pixels = new Int32Array(picture.data.buffer);
    shape = mask(DIAMETER * ratio, picture.width);
    palette = null;
  }

  return {
    /**
     * @param {{width: number, height: number, ratio: number}} screen in CSS pixels, and device pixels a CSS pixel
     * @param {{n: number, x: Float32Array, y: Float32Array, shade: Uint8Array}} seen centres in CSS pixels, at most
     *   `MARGIN` outside the screen; `shade` is group * STEPS + step
     * @param {{groups: import('./colour.js').Channels[], ground: import('./colour.js').Channels}} theme the same object as
     *   long as the colours are the same
     */
    draw({ width, height, ratio }, { n, x, y, shade }, theme) {
      const crowded = n * (DIAMETER * ratio) ** 2 > WRITES;
      resize(width, height, crowded ? Math.min(1, ratio) : ratio);
      if (!picture) return;
      if (palette !== theme) {
        palette = theme;
        colours = discColours(theme.groups, theme.ground, shape);
      }
      if (centres.length < n) centres = new Int32Array(n);
      const stride = picture.width;
      for (let k = 0; k < n; k++) {
        centres[k] = (Math.floor(y[k] * scale) + edge) * stride + Math.floor(x[k] * scale) + edge;
      }
      pixels.fill(0);
      write(pixels, stride, shape, centres, shade, colours, n);
      context.putImageData(picture, -edge, -edge);
    },
  };
}
