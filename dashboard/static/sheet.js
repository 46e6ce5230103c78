// @ts-check
/** The sheet of the storylines: drawn once for a filter, a scale and a size; a step of time moves a line and marks an event. */
import { fitting } from './bars.js';
import { cast, isRole } from './cast.js';
import { instant, position, secondsPer } from './clock.js';
import { element, setAttribute } from './dom.js';
import { say } from './say.js';
import { drawnAxis, drawnCapsule, drawnNames, drawnStrand, svg } from './strands.js';
import { weave } from './weave.js';
import { markWords } from './when.js';

/** @typedef {import('./story.js').Story} Story */
/** @typedef {import('./share.js').Shown} Shown */

/** Pixels a single event needs, so that a sheet is as wide as its story is long; a shorter one fills its panel. */
const PER_EVENT = 15;
/** Pixels beyond the first and the last instant; the first line's name stands before it. */
const [LEFT, RIGHT] = [104, 28];
const WIDEST = 10;
const FOOT = 26;
const PER_LETTER = 6.6;
/** A sheet of more events would take seconds to draw. */
export const MOST = 2000;

/**
 * @param {HTMLElement} scroller takes the sheet and scrolls it
 */
export function sheet(scroller) {
  const axis = element('div', { class: 'cb-sl-axis', 'aria-hidden': 'true' });
  const drawing = svg('svg', { class: 'cb-sl-drawing', role: 'group', 'aria-label': say('Events on the storylines, arrow keys move between them') });
  const future = element('div', { class: 'cb-sl-veil' });
  const past = element('div', { class: 'cb-sl-veil', hidden: true });
  const hand = element('div', { class: 'cb-sl-hand', title: say('Drag to move in time') }, element('i', {}));
  const paper = element('div', { class: 'cb-sl-paper' }, drawing, future, past, axis, hand);
  scroller.append(paper);

  let shown = /** @type {Shown | null} */ (null);
  let drawn = { story: /** @type {Story | null} */ (null), selection: new Int32Array(0), scale: '', room: 0, everybody: false, crew: /** @type {any} */ (null) };
  let counts = { lines: 0, left: 0, folded: 0, roles: false };
  let width = 1;
  let room = 0;
  /** @type {Map<number, SVGGElement>} */
  let nodes = new Map();
  /** Marked events: one has the class at a time. @type {Record<string, number>} */
  const marked = { 'cb-sl-now': -1, 'cb-sl-over': -1 };
  let stop = -1;
  let lastX = NaN;
  let lit = -1;

  const scaleOf = () => /** @type {import('./story.js').Scale} */ (/** @type {any} */ (shown?.story.axis)[shown?.view.scale ?? 'story']);
  const along = (/** @type {number} */ t) => LEFT + position(scaleOf(), t) * width;

  // ---- drawn once for a filter, scale, size and theme ---------------------------------------------------------------
  /** @param {boolean} everybody @returns {boolean} whether anything was drawn */
  function draw(everybody) {
    if (!shown) return false;
    const { story, derived, view } = shown;
    if (!room) return false;
    const next = { story, selection: derived.selection, scale: view.scale, room, everybody, crew: view.crew };
    if (Object.entries(next).every(([name, value]) => /** @type {any} */ (drawn)[name] === value)) return false;
    drawn = next;
    const selection = derived.selection.length > MOST ? derived.selection.slice(0, 0) : derived.selection;
    const { people, folded, left } = cast(story, selection, { everybody, chosen: view.crew });
    const pitch = people.length > 34 ? { pitch: 18, tight: 12 } : { pitch: 22, tight: 14 };
    width = Math.max(room - LEFT - RIGHT, selection.length * PER_EVENT);
    const xs = Float64Array.from(selection, (e) => along(story.at[e]));
    const { strands, capsules, height } = weave(story, selection, people, xs, pitch);
    const size = { width: Math.min(WIDEST, Math.max(5, (width / Math.max(1, selection.length)) * 0.62)), foot: height + FOOT / 2 };
    const full = height + FOOT;
    setAttribute(drawing, 'width', String(LEFT + width + RIGHT));
    setAttribute(drawing, 'height', String(full));
    paper.style.width = `${LEFT + width + RIGHT}px`;
    const { marks, breaks } = story.axis;
    const events = capsules.map((one) => drawnCapsule(story, one, size));
    nodes = new Map(capsules.map(({ event }, i) => [event, events[i]]));
    drawing.replaceChildren(
      drawnAxis(marks.map(({ t }) => along(t)), view.scale === 'story' ? breaks.map(([a, b]) => (along(a) + along(b)) / 2) : [], full),
      svg('g', { 'aria-hidden': 'true' }, ...strands.map((one) => drawnStrand(story, one))),
      svg('g', {}, ...events),
      svg('g', { 'aria-hidden': 'true' }, ...strands.flatMap((one) => drawnNames(story, one))),
    );
    axis.replaceChildren(...days());
    for (const node of drawing.querySelectorAll('[data-person]')) {
      const chosen = view.crew.has(Number(node.getAttribute('data-person')));
      node.classList.toggle('cb-sl-chosen', chosen);
      node.classList.toggle('cb-sl-aside', view.crew.size > 0 && !chosen);
    }
    counts = { lines: people.length, left, folded, roles: Array.from(people).some((p) => isRole(story.people.name[p])) };
    marked['cb-sl-now'] = marked['cb-sl-over'] = -1;
    stop = lit = -1;
    lastX = NaN;
    return true;
  }

  /** Day labels that stay in sight while their day does. */
  function days() {
    const { marks } = /** @type {Shown} */ (shown).story.axis;
    const wordings = marks.map(({ label }) => markWords(label));
    const end = LEFT + width + RIGHT;
    const chosen = fitting(marks.map(({ t }, i) => ({ x: along(t), widths: wordings[i].map((text) => text.length * PER_LETTER + 10) })), 2, end);
    const kept = marks.flatMap(({ t, assumed }, i) => (chosen[i] < 0 ? [] : [{ x: along(t), text: wordings[i][chosen[i]], assumed }]));
    return kept.map(({ x, text, assumed }, i) =>
      element('div', { style: `left: ${x}px; width: ${(kept[i + 1]?.x ?? end) - x}px` }, element('span', { class: assumed ? 'cb-sl-assumed' : null }, text)),
    );
  }

  // ---- moved at every step -----------------------------------------------------------------------------------------
  /** @param {boolean} held whether the viewer holds the instant in hand: then the sheet stays where it is */
  function move(held) {
    if (!shown || !drawn.story) return;
    const { view, derived, moving, story } = shown;
    const x = along(view.t);
    hand.style.transform = `translateX(${x}px)`;
    future.style.transform = `translateX(${x + WIDEST / 2 + 2}px)`;
    const from = view.mode === 'window' ? view.t - view.span : view.mode === 'moment' && derived.current >= 0 ? story.at[derived.current] : null;
    past.hidden = from === null;
    if (from !== null) past.style.transform = `translateX(${along(from) - WIDEST / 2 - 2}px) translateX(-100%)`;
    mark('cb-sl-now', derived.current);
    mark('cb-sl-over', view.hover);
    rove(nodes.has(view.event) && !drawing.contains(document.activeElement) ? view.event : stop);
    if (x !== lastX && !held && LEFT + width + RIGHT > room) keepInView(x, moving);
    lastX = x;
  }

  /** @param {string} name of a class @param {number} event */
  function mark(name, event) {
    if (marked[name] === event) return;
    nodes.get(marked[name])?.classList.remove(name);
    nodes.get(event)?.classList.add(name);
    if (name === 'cb-sl-now') {
      if (marked[name] >= 0) nodes.get(marked[name])?.removeAttribute('aria-current');
      nodes.get(event)?.setAttribute('aria-current', 'true');
    }
    marked[name] = event;
  }

  /** The one event that the tab key reaches. @param {number} event */
  function rove(event) {
    const next = nodes.has(event) ? event : (nodes.keys().next().value ?? -1);
    if (next === stop) return;
    nodes.get(stop)?.setAttribute('tabindex', '-1');
    nodes.get(next)?.setAttribute('tabindex', '0');
    stop = next;
  }

  /** @param {number} x @param {boolean} moving */
  function keepInView(x, moving) {
    const left = scroller.scrollLeft;
    const margin = Math.min(120, room / 5);
    if (x >= left + margin && x <= left + room - margin) return;
    scroller.scrollLeft = x - (moving && x > left ? margin : room / 2);
  }

  // ---- for those who point at it -----------------------------------------------------------------------------------
  /** The instant at a point of the page, in whole minutes where a pixel is longer than half of one. @param {number} clientX */
  function instantAt(clientX) {
    const scale = scaleOf();
    const share = (clientX - paper.getBoundingClientRect().left - LEFT) / width;
    const exact = instant(scale, Math.max(0, Math.min(1, share)));
    const unit = secondsPer(scale, exact, 1 / width) > 30 ? 60 : 1;
    return Math.max(scale.t[0], Math.min(scale.t[scale.t.length - 1], Math.round(exact / unit) * unit));
  }
  /** @param {number} person the one whose line is lit up, or -1 */
  function light(person) {
    if (person === lit) return;
    lit = person;
    for (const node of drawing.querySelectorAll('.cb-sl-lit')) node.classList.remove('cb-sl-lit');
    if (person >= 0) for (const node of drawing.querySelectorAll(`[data-person="${person}"]`)) node.classList.add('cb-sl-lit');
    drawing.classList.toggle('cb-sl-lighting', person >= 0);
  }

  return {
    paper,
    hand,
    /**
     * @param {Shown} next @param {{everybody: boolean, held: boolean, room: number}} how `room` is the width to fill, asked for
     *   when it changes and not in every frame
     * @returns {boolean} whether it was drawn anew
     */
    render(next, { everybody, held, room: given }) {
      shown = next;
      room = given;
      const anew = draw(everybody);
      move(held);
      return anew;
    },
    counts: () => counts,
    node: (/** @type {number} */ event) => nodes.get(event),
    order: () => [...nodes.keys()],
    rove,
    light,
    instantAt,
  };
}
