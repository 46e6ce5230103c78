// @ts-check
/** Which places a set of shown events marks: how many events, whose colour, how fresh. Pure. */

/** What is left of a colour when its event lies far in the past. */
const FLOOR = 0.3;
/** Colours fade in this many steps. */
export const STEPS = 16;

/**
 * Places as the layer counts them: "slots", those with coordinates only, in the order in which the story comes to them.
 * Events that follow each other are then neighbours in memory, which makes a frame of a hundred thousand three times as fast.
 * @param {Int32Array} place of every event, -1 for none @param {Float64Array} lat @param {Float64Array} lon NaN where unknown
 * @returns {{placeOf: Int32Array, slotOf: Int32Array, slot: Int32Array}} place of a slot, slot of a place (-1 where unknown),
 *   slot of every event (-1 where it has no known place)
 */
export function slots(place, lat, lon) {
  const slotOf = new Int32Array(lat.length).fill(-1);
  const placeOf = new Int32Array(lat.length);
  let n = 0;
  const add = (/** @type {number} */ p) => {
    if (p < 0 || slotOf[p] >= 0 || !Number.isFinite(lat[p]) || !Number.isFinite(lon[p])) return;
    placeOf[n] = p;
    slotOf[p] = n++;
  };
  for (let e = 0; e < place.length; e++) add(place[e]);
  for (let p = 0; p < lat.length; p++) add(p);
  const slot = Int32Array.from(place, (p) => (p < 0 ? -1 : slotOf[p]));
  return { placeOf: placeOf.subarray(0, n), slotOf, slot };
}

/**
 * @typedef {{n: number, order: Int32Array, count: Int32Array, group: Uint8Array, last: Int32Array, has(slot: number): boolean}} Marked
 *   `order` holds the `n` marked slots, the one of the latest event last; the other arrays are indexed by slot and
 *   mean something where `has`: events shown there, the dominant group, where in `shown` its last event stands. All of it
 *   is valid until the next call.
 */

/**
 * The slots of `shown` with their counts. The dominant group of a place is the one with most of its shown events; of
 * equals, the one seen last. Events without a slot mark nothing.
 * @param {Int32Array} slot of every event @param {Uint8Array} groupOf every event
 * @param {number} places how many slots @param {number} groups how many groups, the neutral one included
 * @returns {(shown: Int32Array) => Marked}
 */
export function marker(slot, groupOf, places, groups) {
  const turnOf = new Int32Array(places);
  const count = new Int32Array(places);
  const most = new Int32Array(places);
  const last = new Int32Array(places);
  const group = new Uint8Array(places);
  const tally = new Int32Array(places * groups);
  const order = new Int32Array(places);
  let turn = 0;
  const has = (/** @type {number} */ p) => turnOf[p] === turn;
  return (shown) => {
    turn++;
    for (let i = 0; i < shown.length; i++) {
      const e = shown[i];
      const p = slot[e];
      if (p < 0) continue;
      const g = groupOf[e];
      last[p] = i;
      if (turnOf[p] !== turn) {
        turnOf[p] = turn;
        count[p] = 1;
        group[p] = g;
        continue;
      }
      const row = p * groups;
      if (++count[p] === 2) {
        // Most places of a large story see one event; only the others need a tally.
        tally.fill(0, row, row + groups);
        tally[row + group[p]] = 1;
        most[p] = 1;
      }
      const same = ++tally[row + g];
      if (same >= most[p]) {
        most[p] = same;
        group[p] = g;
      }
    }
    let n = 0;
    for (let i = 0; i < shown.length; i++) {
      const p = slot[shown[i]];
      if (p >= 0 && last[p] === i) order[n++] = p;
    }
    return { n, order, count, group, last, has };
  };
}

/**
 * The share of its colour an event keeps when `age` events were shown after it: 1 for the latest, halving towards a floor.
 * @param {number} age @param {number} shown how many events are shown
 */
export const freshness = (age, shown) => FLOOR + (1 - FLOOR) * 2 ** (-age / halfLife(shown));

/** How many later events halve a colour. @param {number} shown */
const halfLife = (shown) => Math.max(6, shown * 0.16);

/**
 * The fading step (0 faintest, `STEPS - 1` freshest) of every event of a list of `shown`, by where it stands in it.
 * @param {number} shown @returns {Uint8Array}
 */
export function stepsOf(shown) {
  const steps = new Uint8Array(shown);
  const half = halfLife(shown);
  let end = shown;
  for (let step = STEPS - 1; step > 0 && end > 0; step--) {
    // The greatest age that still rounds to this step, so that a hundred thousand events cost sixteen fills.
    const oldest = Math.floor(half * Math.log2((STEPS - 1) / (step - 0.5)));
    const from = Math.max(0, shown - 1 - oldest);
    if (from < end) steps.fill(step, from, end);
    end = Math.min(end, from);
  }
  return steps;
}

/** The share of its colour kept at a fading step. @param {number} step */
export const share = (step) => FLOOR + ((1 - FLOOR) * step) / (STEPS - 1);

/** The events of `shown` at one slot, in the order given. @param {Int32Array} slot of every event @param {Int32Array} shown @param {number} which */
export const eventsAt = (slot, shown, which) => shown.filter((e) => slot[e] === which);

/** Radius in CSS pixels of the marker of so many events. @param {number} count */
export const radiusOf = (count) => (count < 2 ? 6.5 : Math.min(16, 7.6 + 1.2 * Math.log2(count)));

/** A count as it fits a marker: 999, 1.2k, 34k. @param {number} count */
export function countText(count) {
  if (count < 1000) return String(count);
  if (count < 9950) return `${(count / 1000).toFixed(1)}k`;
  return count < 999500 ? `${Math.round(count / 1000)}k` : `${Math.round(count / 1e6)}M`;
}
