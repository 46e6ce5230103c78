// @ts-check
/** The list of events: the equal-access twin of the map, in order of time, one item an event. */
import { element, setAttribute, setText } from './dom.js';
import { say } from './say.js';
import { placed, present, remote } from './story.js';
import { sureness } from './sureness.js';
import { whenOf } from './when.js';

/** From this many events on, only the rows in sight exist. */
const WHOLE = 400;
const ROW = 76;
const NAMES = 5;
/** How long the list leaves the reader alone after they scrolled it, in milliseconds. */
const HANDS_OFF = 4000;

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{pick(event: number): void, hover(event: number): void}} On
 */

/** The words for where an event is. @param {Story} story @param {number} e */
export function placeWords(story, e) {
  const place = story.place[e];
  if (place < 0) return say('Place not given');
  return placed(story, e) ? story.places.name[place] : say('{place}: place not known', { place: story.places.name[place] });
}

/**
 * @param {HTMLElement} root
 * @param {Story} story
 * @param {On} on
 */
export function list(root, story, on) {
  const rows = element('ol', { class: 'cb-rows', role: 'list', 'aria-label': say('Events') });
  const empty = element('p', { class: 'cb-empty', hidden: true }, say('No event passes the filter.'));
  const scroller = element('div', { class: 'cb-scroller' }, rows, empty);
  root.append(scroller);

  /** @type {Map<number, HTMLElement>} */
  const items = new Map();
  /** @type {Int32Array} */
  let selection = new Int32Array(0);
  let windowed = false;
  let handsOffUntil = 0;
  let stopped = /** @type {Element | null | undefined} */ (null);
  let focused = -2;
  let derivedNow = /** @type {any} */ (null);
  let viewNow = /** @type {any} */ (null);

  /** @param {ArrayLike<number>} people */
  function names(people) {
    const one = (/** @type {number} */ p) => element('span', { class: 'cb-name', style: `--c: var(--g${story.people.group[p]})` }, story.people.short[p]);
    const spans = Array.from(people).slice(0, NAMES).map(one);
    if (people.length > NAMES) spans.push(element('span', { class: 'cb-more' }, `+${people.length - NAMES}`));
    return spans;
  }

  /** @param {number} e @param {number} position */
  function row(e, position) {
    const unknown = !placed(story, e);
    const who = present(story, e).length ? present(story, e) : remote(story, e);
    const button = element(
      'button',
      { type: 'button', class: 'cb-row', tabIndex: -1 },
      element('span', { class: 'cb-row-title' }, story.title[e]),
      element('span', { class: 'cb-row-when' }, whenOf(story, e), story.basis[e] === 'assumed' && element('i', {}, ` ${sureness('assumed')}`)),
      element('span', { class: unknown ? 'cb-row-place cb-unknown' : 'cb-row-place' }, placeWords(story, e)),
      element('span', { class: 'cb-row-who' }, ...names(who)),
    );
    const item = element('li', { class: 'cb-item', 'data-event': e }, button);
    if (windowed) {
      item.style.transform = `translateY(${position * ROW}px)`;
      item.setAttribute('aria-setsize', String(selection.length));
      item.setAttribute('aria-posinset', String(position + 1));
    }
    items.set(e, item);
    return item;
  }

  function build() {
    items.clear();
    windowed = selection.length > WHOLE;
    rows.classList.toggle('cb-windowed', windowed);
    rows.style.height = windowed ? `${selection.length * ROW}px` : '';
    empty.hidden = selection.length > 0;
    if (windowed) {
      rows.replaceChildren();
      fill();
      return;
    }
    const nodes = [];
    let chapter = -1;
    for (let i = 0; i < selection.length; i++) {
      const e = selection[i];
      const item = row(e, i);
      if (story.chapter[e] !== chapter && story.chapter[e] >= 0) {
        chapter = story.chapter[e];
        item.prepend(element('span', { class: 'cb-chapter' }, story.chapters[chapter]));
      }
      nodes.push(item);
    }
    rows.replaceChildren(...nodes);
  }

  /** Makes the rows in sight exist, and no others. */
  function fill() {
    const first = Math.max(0, Math.floor(scroller.scrollTop / ROW) - 4);
    const last = Math.min(selection.length, Math.ceil((scroller.scrollTop + (scroller.clientHeight || 600)) / ROW) + 4);
    const wanted = new Set(selection.subarray(first, last));
    for (const [e, item] of items) {
      if (!wanted.has(e) && !item.contains(document.activeElement)) {
        item.remove();
        items.delete(e);
      }
    }
    for (let i = first; i < last; i++) if (!items.has(selection[i])) rows.append(row(selection[i], i));
    paint();
  }

  /** Marks on the existing rows what is shown, current and hovered. */
  function paint() {
    const { shown } = derivedNow;
    const from = shown.length ? story.at[shown[0]] : Infinity;
    const to = shown.length ? story.at[shown[shown.length - 1]] : -Infinity;
    const set = windowed || shown.length === selection.length ? null : new Set(shown);
    for (const [e, item] of items) {
      const visible = set ? set.has(e) : story.at[e] >= from && story.at[e] <= to;
      item.classList.toggle('cb-off', !visible);
      item.classList.toggle('cb-hovered', viewNow.hover === e || (viewNow.hoverPlace >= 0 && story.place[e] === viewNow.hoverPlace));
      setAttribute(item, 'aria-current', viewNow.event === e ? 'true' : null);
    }
    stop();
  }

  /** The list is one stop of the tab key, at the current row or else the first; arrow keys go on from there. */
  function stop() {
    const within = /** @type {HTMLElement | null} */ (document.activeElement?.closest('.cb-item'));
    const goal = (within && rows.contains(within) ? within : items.get(viewNow.event)) ?? rows.querySelector('.cb-item');
    if (goal === stopped && goal?.isConnected) return;
    stopped?.querySelector('.cb-row')?.setAttribute('tabindex', '-1');
    stopped = goal;
    stopped?.querySelector('.cb-row')?.setAttribute('tabindex', '0');
  }

  /** @param {number} e @param {boolean} smooth */
  function follow(e, smooth) {
    if (performance.now() < handsOffUntil || root.offsetParent === null) return;
    const position = selection.indexOf(e);
    if (position < 0) return;
    const item = items.get(e);
    const top = windowed ? position * ROW : item ? item.offsetTop : 0;
    const height = item ? item.offsetHeight : ROW;
    const view = scroller.clientHeight;
    if (top >= scroller.scrollTop + 8 && top + height <= scroller.scrollTop + view - 8) return;
    const goal = height > view * 0.6 ? top : Math.max(top + height - view + 8, top - (view - height) * 0.4);
    scroller.scrollTo({ top: goal, behavior: smooth ? 'smooth' : 'instant' });
  }

  /** @param {Event} event @returns {number} */
  const eventOf = (event) => {
    const item = /** @type {HTMLElement} */ (event.target).closest?.('[data-event]');
    return item ? Number(item.getAttribute('data-event')) : -1;
  };
  const listeners = {
    /** @param {Event} event */
    click(event) {
      if (/** @type {HTMLElement} */ (event.target).closest('.cb-row')) on.pick(eventOf(event));
    },
    /** @param {Event} event */
    pointerover(event) {
      on.hover(eventOf(event));
    },
    pointerleave() {
      on.hover(-1);
    },
    /** @param {Event} event */
    focusin(event) {
      if (viewNow) stop();
      on.hover(eventOf(event));
    },
    /** @param {KeyboardEvent} event */
    keydown(event) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      const target = /** @type {HTMLElement} */ (event.target);
      if (!step || !target.classList.contains('cb-row')) return;
      const position = selection.indexOf(eventOf(event)) + step;
      if (position < 0 || position >= selection.length) return;
      event.preventDefault();
      if (windowed) {
        const top = position * ROW;
        if (top < scroller.scrollTop || top + ROW > scroller.scrollTop + scroller.clientHeight) {
          scroller.scrollTop = top - scroller.clientHeight / 2;
        }
        fill();
      }
      /** @type {HTMLElement | null | undefined} */ (items.get(selection[position])?.querySelector('.cb-row'))?.focus();
    },
  };
  for (const [name, listener] of Object.entries(listeners)) rows.addEventListener(name, /** @type {any} */ (listener));
  const touched = () => (handsOffUntil = performance.now() + HANDS_OFF);
  const scrolled = () => windowed && derivedNow && fill();
  scroller.addEventListener('wheel', touched, { passive: true });
  scroller.addEventListener('touchmove', touched, { passive: true });
  scroller.addEventListener('scroll', scrolled, { passive: true });

  return {
    /** From the next render on another story is listed; one of cells is not listed here. @param {Story} next */
    use(next) {
      story = next;
      selection = new Int32Array(0);
      build();
      scroller.hidden = story.cells !== null;
    },
    /** The row of event `e` if it exists now. @param {number} e */
    rowOf: (e) => items.get(e) ?? null,
    /** Forgets that the reader scrolled, so that the next step may follow. */
    release: () => (handsOffUntil = 0),
    /**
     * @param {any} view
     * @param {{sequence: Int32Array, shown: Int32Array, current: number}} derived `sequence` is the selection in the order in use
     * @param {{still: boolean, within: HTMLElement | null}} how `still` while time runs or no motion is wanted: jumps
     *   instead of gliding; `within` is the card, where it opens in its row
     */
    render(view, derived, { still, within }) {
      viewNow = view;
      derivedNow = derived;
      if (derived.sequence !== selection) {
        selection = derived.sequence;
        build();
        focused = -2;
      }
      paint();
      const item = items.get(view.event);
      if (within && item && within.parentElement !== item) item.append(within);
      if (view.event !== focused) {
        const first = focused === -2;
        focused = view.event;
        if (focused >= 0) follow(focused, !first && !still);
      }
      if (selection.length === 0) setText(empty, say('No event passes the filter. Choose other people or clear the search.'));
    },
    destroy() {
      for (const [name, listener] of Object.entries(listeners)) rows.removeEventListener(name, /** @type {any} */ (listener));
      scroller.removeEventListener('wheel', touched);
      scroller.removeEventListener('touchmove', touched);
      scroller.removeEventListener('scroll', scrolled);
      scroller.remove();
    },
  };
}
