// @ts-check
/** Where labels go so that nothing hides anything: boxes, candidates around a marker, the fan of tokens. Pure. */

/** @typedef {{x: number, y: number, w: number, h: number}} Box top left corner, width and height in pixels */

/** Area common to two boxes, in square pixels. @param {Box} a @param {Box} b */
export function overlap(a, b) {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

/** A box grown by `by` on every side. @param {Box} box @param {number} by @returns {Box} */
export const grown = ({ x, y, w, h }, by) => ({ x: x - by, y: y - by, w: w + 2 * by, h: h + 2 * by });

/** The box of a disc. @param {number} x @param {number} y @param {number} radius @returns {Box} */
export const around = (x, y, radius) => ({ x: x - radius, y: y - radius, w: 2 * radius, h: 2 * radius });

/** @param {Box} box @param {Box} within */
const outsideArea = (box, within) => box.w * box.h - overlap(box, within);

/**
 * The first candidate that touches nothing and lies within; where none does, the one that hides least.
 * @param {Box[]} candidates the best first @param {Box[]} taken @param {Box} within
 * @param {(box: Box) => number} [cost] what else speaks against a box, in square pixels
 * @returns {{box: Box, cost: number, index: number}}
 */
export function bestOf(candidates, taken, within, cost = () => 0) {
  let best = { box: candidates[0], cost: Infinity, index: 0 };
  for (let i = 0; i < candidates.length; i++) {
    const box = candidates[i];
    let sum = 4 * outsideArea(box, within) + cost(box);
    for (let k = 0; k < taken.length && sum < best.cost; k++) sum += overlap(box, taken[k]);
    if (sum < best.cost) best = { box, cost: sum, index: i };
    if (sum === 0) break;
  }
  return best;
}

/**
 * Boxes for a label beside a disc: right, left, below, above, then the corners, then the same further away.
 * @param {number} x @param {number} y @param {number} radius of the disc @param {number} w @param {number} h
 * @returns {Box[]}
 */
export function beside(x, y, radius, w, h) {
  return [radius + 5, radius + 22, radius + 40].flatMap((d) => {
    const c = d * 0.75;
    return [
      { x: x + d, y: y - h / 2, w, h },
      { x: x - d - w, y: y - h / 2, w, h },
      { x: x - w / 2, y: y + d, w, h },
      { x: x - w / 2, y: y - d - h, w, h },
      { x: x + c, y: y + c, w, h },
      { x: x + c, y: y - c - h, w, h },
      { x: x - c - w, y: y + c, w, h },
      { x: x - c - w, y: y - c - h, w, h },
    ];
  });
}

/**
 * Centres of `n` tokens of radius `token` fanned around a disc so that none touches another or the disc.
 * @param {number} x @param {number} y @param {number} radius of the disc @param {number} n @param {number} token
 * @param {number} towards the middle of the fan, in radians clockwise from east @param {number} [space] between tokens
 * @returns {{x: number, y: number}[]}
 */
export function fan(x, y, radius, n, token, towards, space = 2) {
  const between = 2 * token + space;
  // A full circle of n tokens needs a radius of at least between / (2 sin(pi / n)).
  const distance = Math.max(radius + token + 4, n > 1 ? between / (2 * Math.sin(Math.PI / n)) : 0);
  const step = n > 1 ? Math.min((2 * Math.PI) / n, 2 * Math.asin(Math.min(1, between / (2 * distance)))) : 0;
  return Array.from({ length: n }, (_, i) => {
    const angle = towards + (i - (n - 1) / 2) * step;
    return { x: x + distance * Math.cos(angle), y: y + distance * Math.sin(angle) };
  });
}

/** The directions a fan is tried in: up first, then leaning, down last; then all again a little further away. */
const TOWARDS = [-90, -55, -125, -20, -160, 20, 160, 55, 125, 90].map((degrees) => (degrees * Math.PI) / 180);

/**
 * The fan that hides least of what is `taken`.
 * @param {number} x @param {number} y @param {number} radius @param {number} n @param {number} token
 * @param {Box[]} taken @param {Box} within
 */
export function bestFan(x, y, radius, n, token, taken, within) {
  let best = { cost: Infinity, centres: /** @type {{x: number, y: number}[]} */ ([]) };
  for (const [away, towards] of [0, 13].flatMap((away) => TOWARDS.map((towards) => [away, towards]))) {
    const centres = fan(x, y, radius + away, n, token, towards);
    let cost = away;
    for (const centre of centres) {
      const box = around(centre.x, centre.y, token);
      cost += 4 * outsideArea(box, within);
      for (const other of taken) cost += overlap(box, other);
    }
    if (cost < best.cost) best = { cost, centres };
    if (cost <= away) break;
  }
  return best.centres;
}
