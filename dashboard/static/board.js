// @ts-check
/** The board: keeps one view and has map, timeline, list and card show it in the same frame. */
import { inQuery } from './address.js';
import { card } from './card.js';
import { chips } from './chips.js';
import { dayWords } from './clock.js';
import { element, setText } from './dom.js';
import { embed, opener } from './embed.js';
import { handout } from './handout.js';
import { storyLayer } from './layer.js';
import { DEFAULTS, merged, pairs } from './link.js';
import { list } from './list.js';
import { ordered, orders } from './orders.js';
import { load, module } from './load.js';
import { map } from './map.js';
import { labelled } from './mapnames.js';
import { schematic } from './schematic.js';
import { picture } from './picture.js';
import { counted, language, say } from './say.js';
import { publish, withdraw } from './share.js';
import { currentEvent, filtered, shown, withoutPlace } from './select.js';
import { chapterStepped, stepped } from './steps.js';
import { placed, readStory } from './story.js';
import { theme } from './theme.js';
import { timeline } from './timeline.js';
import { transport } from './transport.js';
import { viewFrom } from './view.js';

/** How long after the last change Python hears of it, in milliseconds. */
const SETTLED = 120;
/** Where the card has no room on the map, and is told in the list. */
const PHONE = '(max-width: 700px)';
const SMALL_FRAME = `${PHONE}, (max-height: 640px)`;
const STILL = '(prefers-reduced-motion: reduce)';

const NOBODY = new Int32Array(0);

/** @type {WeakMap<Element, {story: string, update(component: any): void, destroy(): void}>} */
const boards = new WeakMap();

/**
 * Called by Streamlit at every rerun with the same element: the first call builds the board, later ones update it.
 * What it returns is called once, when the element goes.
 * @param {{data: any, parentElement: HTMLElement, setStateValue(name: string, value: any): void}} component
 */
export default async function mount(component) {
  const { data, parentElement } = component;
  const known = boards.get(parentElement);
  const leave = () => {
    boards.get(parentElement)?.destroy();
    boards.delete(parentElement);
  };
  if (known && known.story === data.story) {
    known.update(component);
    return leave;
  }
  known?.destroy();
  const placeholder = { story: data.story, update() {}, destroy() {} };
  boards.set(parentElement, placeholder);
  const root = /** @type {HTMLElement} */ (parentElement.querySelector('.cb-board'));
  try {
    const [{ wire, basemap, L }, folium] = await Promise.all([load(data), module(data.map)]);
    const more = wire.large ? { wire, ...(await import('./large.js')) } : null;
    if (boards.get(parentElement) !== placeholder) return leave;
    boards.set(parentElement, board(root, readStory(wire), { L, basemap, folium, component, more }));
  } catch (error) {
    boards.delete(parentElement);
    root.replaceChildren(element('p', { class: 'cb-notice', role: 'alert' }, error instanceof Error ? error.message : String(error)));
  }
  return leave;
}

/**
 * @param {HTMLElement} root
 * @param {import('./story.js').Story} story
 * @param {{L: any, basemap: any, folium: any, component: any, address?: import('./address.js').Address,
 *   more?: {wire: any, large: typeof import('./large.js').large} | null}} parts `more` comes with a large story
 */
export function board(root, story, { L, basemap, folium, component, address = inQuery, more = null }) {
  const { embedded = false, embeddable = false } = component.data;
  const phone = matchMedia(embedded ? SMALL_FRAME : PHONE);
  const still = matchMedia(STILL);
  let streamlit = component;
  const view = viewFrom(story, component.data.view ?? {});
  /** The event of the link, until it is there. */
  const opened = { event: story.large ? (component.data.view?.event ?? '') : '' };
  const derived = { selection: new Int32Array(0), sequence: new Int32Array(0), shown: new Int32Array(0), current: -1 };
  const dirty = { filter: true, theme: true };
  let painting = 0;
  let settling = 0;
  let playing = false;
  let dragging = false;
  let cardOpen = true;
  let look = theme(root, story.groups);
  let revealed = view.camera ? view.event : -2;

  const message = element('p', { class: 'cb-say', role: 'status', 'aria-label': say('Message') });
  const notice = element('div', { class: 'cb-notice', role: 'alert', hidden: true });
  const told = element('p', { class: 'cb-unseen', role: 'status', 'aria-label': say('Moment') });
  const status = element('p', { class: 'cb-status', role: 'status', 'aria-label': say('Shown') });
  const passable = address.link() !== '';
  const copy = passable && element('button', { type: 'button', class: 'cb-primary', click: () => copyLink() }, say('Copy link'));
  const currentLink = () => {
    writeLink();
    return address.link();
  };
  const frames = passable && embeddable && !embedded ? embed(story.storyTitle, currentLink) : [];
  const actions = element('div', { class: 'cb-actions' }, ...(embedded ? [] : [message, ...frames, copy]));
  const people = element('div', { class: 'cb-people' });
  const listPart = element('section', { class: 'cb-list' });
  const listHead = element('header', {}, status);
  listPart.append(listHead);
  const mapPart = element('section', { class: 'cb-map', role: 'region', 'aria-label': say('Map') });
  const timePart = element('section', { class: 'cb-time', 'aria-label': say('Timeline') });
  const ends = story.large ? [story.large.first, story.large.last] : story.n ? [story.at[0], story.at[story.n - 1]] : null;
  const [first, last] = ends ? ends.map((t) => dayWords(t, story.clock.kind)) : ['', ''];
  const facts = [
    counted(story.large?.count ?? story.n, '{n} event|{n} events'),
    ...(story.large ? [] : [counted(story.places.n, '{n} place|{n} places')]),
    counted(story.people.n, '{n} person|{n} people'),
    ...(story.clock.kind === 'days' || !ends ? [] : [first === last ? first : say('{first} to {last}', { first, last })]),
  ].join(' · ');
  const head = element(
    'header',
    { class: 'cb-head' },
    element('h1', {}, story.storyTitle),
    element('p', {}, element('span', {}, story.description), story.description ? ` · ${facts}` : facts),
    actions,
  );
  const frame = element('div', { class: 'cb-frame' }, listPart, mapPart, timePart);
  root.lang = language();
  root.classList.toggle('cb-embedded', embedded);
  if (embedded) mapPart.append(element('div', { class: 'cb-corner' }, opener(currentLink), message));
  root.replaceChildren(embedded ? element('h1', { class: 'cb-unseen' }, story.storyTitle) : head, people, notice, frame, told);

  // ---- map -------------------------------------------------------------------------------------------------------
  const layer = storyLayer(L, {
    onHover: (/** @type {number} */ place) => change({ hoverPlace: place }),
    onPick: (/** @type {number} */ place, /** @type {ArrayLike<number>} */ events) => pickPlace(place, events),
  });
  layer.setStory(story);
  const ground = map(
    L,
    mapPart,
    story,
    { folium, layer, schematic: schematic(L, basemap, { bounds: story.bounds }), bases: component.data.bases ?? [], chosen: view.base, camera: view.camera, still },
    {
      moved(camera) {
        view.camera = camera;
        settle();
      },
      base: (id) => chooseBase(id),
      follow: (follow) => set({ follow }),
      notice: (text) => showNotice(text),
    },
  );

  /** @returns {import('./share.js').Seen} */
  const now = () => ({ story, view, derived, theme: look, large: cells?.paper(derived.shown.length) });
  const onPaper = handout(root, { now, basemap, camera: ground.camera, link: address.link });
  const saved = picture(root, { now, basemap, camera: ground.camera, notice: (text) => showNotice(text) });

  // ---- other parts -----------------------------------------------------------------------------------------------
  const rows = list(listPart, story, { pick, hover: (event) => change({ hover: event }) });
  const detail = card(story, {
    close() {
      cardOpen = false;
      paint();
    },
    link: passable ? (event) => copyLink(event) : null,
    person: (person) => toggle(person),
    goTo: (event) => pick(event),
  });
  const filter = chips(people, actions, story, {
    crew: (crew) => refilter({ crew }),
    match: (match) => refilter({ match }),
    search: (q) => refilter({ q }),
    reset: () => reset(),
  });
  if (embedded) people.append(actions);
  const order = story.large ? null : orders(listHead, story, { order: (order) => refilter({ order }), stated: (stated) => refilter({ stated }) });
  const on = {
    /** A viewer moves time, which ends play. @param {number} t */
    time(t) {
      if (playing) controls.stop();
      dragging = true;
      moveTo(t);
    },
    /** Play moves time; on the way from one event to the next (`keep`) the one it comes from stays. */
    play: (/** @type {number} */ t, /** @type {boolean} */ keep) => (keep ? change({ t }) : moveTo(t)),
    marks: (/** @type {number | null} */ from, /** @type {number | null} */ to) => set({ from, to }),
    release() {
      dragging = false;
      rows.release();
      cells?.release();
      paint();
      settle();
    },
    pick,
    step(/** @type {number} */ delta) {
      select();
      pick(stepped(story, derived, view, delta));
    },
    chapter(/** @type {number} */ delta) {
      select();
      pick(chapterStepped(story, derived.sequence, view, delta));
    },
    mode: (/** @type {string} */ mode) => set({ mode }),
    span: (/** @type {number} */ span) => set({ span, mode: 'window' }),
    scale: (/** @type {string} */ scale) => set({ scale }),
    hover: (/** @type {number} */ event) => change({ hover: event }),
    playing(/** @type {boolean} */ now) {
      playing = now;
      if (now) cardOpen = true;
      paint();
    },
  };
  // What only panels ask for: a token on the map for every person, and which of them is pointed at.
  const asked = {
    ...on,
    person: toggle,
    everybody: (/** @type {boolean} */ everybody) => change({ everybody }),
    hoverPerson: (/** @type {number} */ hoverPerson) => change({ hoverPerson }),
  };
  const everyone = Int32Array.from({ length: story.people.n }, (_, person) => person);
  const line = timeline(timePart, story, on);
  const controls = transport(timePart, story, on);

  // ---- a large story: cells or events of what the map shows, asked for as it moves ---------------------------------------
  const cells =
    more &&
    more.large(
      more.wire,
      story,
      {
        L,
        map: ground,
        mapPart,
        listPart,
        address: component.data.story,
        view,
        known: labelled(basemap ?? {}),
        link: passable ? () => copyLink() : null,
        still,
      },
      {
        use,
        change: (patch) => change(patch),
        pick: (cell) => {
          cardOpen = true;
          change({ cell });
        },
        close() {
          cardOpen = false;
          paint();
        },
        moving: () => playing || dragging,
        paint: () => paint(),
        notice: (text) => showNotice(text),
      },
    );
  /** Shows another story on the same axis, as an answer brought it: what was chosen stays chosen where it is in that, too. @param {import('./story.js').Story} next */
  function use(next) {
    const [event, place] = [view.event >= 0 ? story.id[view.event] : opened.event, view.place >= 0 ? story.places.id[view.place] : ''];
    story = next;
    layer.setStory(story);
    for (const part of [rows, detail, line, controls]) part.use(story);
    Object.assign(view, { event: event ? story.id.indexOf(event) : -1, place: place ? story.places.id.indexOf(place) : -1, hover: -1, hoverPlace: -1 });
    dirty.filter = true;
    select();
    if (view.event < 0) view.event = currentEvent(story, derived.selection, view.t);
    else if (story.id[view.event] === opened.event) opened.event = '';
    // An answer to a move of the map does not move it again.
    revealed = view.event;
    root.dataset.shows = story.cells ? 'cells' : 'events';
    paint(true);
  }

  // ---- what a viewer does ------------------------------------------------------------------------------------------
  /** @param {Partial<typeof view>} patch */
  function change(patch) {
    let changed = false;
    for (const [name, value] of Object.entries(patch)) {
      if (/** @type {any} */ (view)[name] !== value) {
        /** @type {any} */ (view)[name] = value;
        changed = true;
      }
    }
    if (changed) paint();
  }
  /** @param {Partial<typeof view>} patch */
  function set(patch) {
    change(patch);
    settle();
  }
  /** @param {Partial<typeof view>} patch */
  function refilter(patch) {
    Object.assign(view, patch);
    dirty.filter = true;
    cells?.soon();
    select();
    if (!derived.selection.includes(view.event)) view.event = currentEvent(story, derived.selection, view.t);
    paint(true);
    settle();
  }
  /** @param {number} t */
  function moveTo(t) {
    select();
    view.t = t;
    view.event = currentEvent(story, derived.selection, t);
    view.place = -1;
    cardOpen = true;
    paint();
  }
  /** @param {number} event */
  function pick(event) {
    if (event < 0) return;
    Object.assign(view, { t: story.at[event], event, place: -1 });
    cardOpen = true;
    rows.release();
    paint();
    settle();
  }
  /** @param {number} place @param {ArrayLike<number>} events those shown at the place, in order of time; empty: the open map */
  function pickPlace(place, events) {
    if (place < 0 || !events.length) {
      if (view.place >= 0) set({ place: -1 });
      return;
    }
    const here = Array.from(events);
    const event = here.includes(view.event) ? view.event : here[here.length - 1];
    cardOpen = true;
    rows.release();
    set({ place, event });
  }
  /** @param {number} person */
  function toggle(person) {
    const crew = new Set(view.crew);
    if (!crew.delete(person)) crew.add(person);
    refilter({ crew });
  }
  function reset() {
    Object.assign(view, viewFrom(story, {}), { base: view.base });
    dirty.filter = true;
    cells?.soon();
    cardOpen = true;
    ground.fit(true);
    paint(true);
    settle();
  }
  /** An online base map needs its host in the page's policy, so the page is asked for again. @param {string} id */
  function chooseBase(id) {
    view.base = id;
    writeLink();
    if (ground.use(id)) settle();
    else location.reload();
  }

  // ---- the link ----------------------------------------------------------------------------------------------------
  function writeLink() {
    address.write(merged(address.read(), pairs(story, view)));
  }
  /** @param {number} [event] the moment to link to, instead of the one shown */
  async function copyLink(event) {
    if (event !== undefined && event !== view.event) pick(event);
    writeLink();
    try {
      await navigator.clipboard.writeText(address.link());
      message.textContent = say('Link copied');
    } catch {
      const field = element('input', { class: 'cb-search', 'aria-label': say('Link'), value: address.link(), readOnly: true });
      message.replaceChildren(field);
      field.select();
      return;
    }
    setTimeout(() => setText(message, ''), 2500);
  }
  /** After the last of several changes: the address says the view, and Python hears of it once. */
  function settle() {
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (playing || dragging) return;
      cells?.soon();
      writeLink();
      streamlit.setStateValue?.('view', address.read());
    }, SETTLED);
  }
  /** @param {string} text */
  function showNotice(text) {
    notice.hidden = !text;
    notice.replaceChildren(
      element('span', {}, text),
      element('button', { type: 'button', class: 'cb-close', 'aria-label': say('Dismiss'), click: () => (notice.hidden = true) }, '\u00d7'),
    );
  }

  // ---- drawing -----------------------------------------------------------------------------------------------------
  function select() {
    if (!dirty.filter) return;
    dirty.filter = false;
    // The server has filtered what it counted or sent.
    derived.selection = story.large ? Int32Array.from({ length: story.n }, (_, e) => e) : filtered(story, view);
    derived.sequence = ordered(story, derived.selection, view.order);
  }
  let refiltered = true;
  function paint(filtering = false) {
    refiltered ||= filtering;
    if (!painting) painting = requestAnimationFrame(render);
  }
  function render() {
    painting = 0;
    select();
    if (dirty.theme) {
      dirty.theme = false;
      look = theme(root, story.groups);
      ground.setTheme(look);
    }
    derived.shown = shown(story, derived.selection, view);
    derived.current = currentEvent(story, derived.selection, view.t);
    const event = cardOpen && !story.cells ? view.event : -1;
    const moving = playing || dragging;
    status.setAttribute('aria-live', moving ? 'off' : 'polite');
    cells?.count();
    setText(status, cells ? cells.said(derived.shown.length) : shownWords());
    const chosen = cells ? NOBODY : Int32Array.from(view.crew);
    layer.render({
      shown: story.cells ? NOBODY : derived.shown,
      current: story.cells ? -1 : view.event,
      t: view.t,
      chosen,
      people: view.everybody && !cells ? everyone : chosen,
      person: view.hoverPerson,
      stated: view.stated,
      hover: view.hover,
      place: view.place >= 0 ? view.place : (view.hoverPlace ?? -1),
    });
    detail.render(event, view, derived.selection);
    if (!story.cells) rows.render(view, derived, { still: moving || still.matches, within: phone.matches ? detail.node : null });
    if (!phone.matches && detail.node.parentElement !== mapPart) mapPart.append(detail.node);
    cells?.render(look, { cardOpen, moving, phone: phone.matches });
    if (cells && !phone.matches && cells.card.parentElement !== mapPart) mapPart.append(cells.card);
    line.render(view, derived, look);
    controls.render(view, derived, look);
    // The slider speaks for itself while it has the focus; play and drag are heard when they end.
    if (!moving && !line.hasFocus()) setText(told, line.said());
    if (refiltered || !moving) {
      refiltered = false;
      filter.render(view, view.crew.size > 0 || view.q !== '' || view.match !== DEFAULTS.match || view.mode !== DEFAULTS.mode || view.stated || view.order !== DEFAULTS.order);
      order?.render(view);
      ground.showFollow(view.follow);
    }
    if (view.follow && !story.cells && view.event !== revealed && event >= 0 && placed(story, event)) {
      revealed = view.event;
      const place = story.place[event];
      ground.reveal(place, phone.matches ? null : detail.node.getBoundingClientRect(), story.large !== null);
    }
    tell(moving);
    if (root.dataset.ready !== 'true') root.dataset.ready = 'true';
  }
  /** "12 of 79 events, 3 without a place" */
  function shownWords() {
    const events = counted(story.n, '{shown} of {n} event|{shown} of {n} events', { shown: derived.shown.length });
    return `${events}, ${say('{n} without a place', { n: withoutPlace(story, derived.shown) })}`;
  }
  /** Panels hear what is shown; of a large story that is what the chosen people did. @param {boolean} moving */
  function tell(moving) {
    const people = cells?.people();
    if (!cells) publish({ story, view, derived, theme: look, moving }, asked);
    else if (people) {
      const selection = filtered(people, view);
      const current = currentEvent(people, selection, view.t);
      const seen = { selection, sequence: selection, shown: shown(people, selection, view), current };
      publish({ story: people, view: { ...view, event: current, hover: -1, place: -1, hoverPlace: -1 }, derived: seen, theme: look, moving }, { ...asked, pick: (event) => goTo(people.at[event]), hover() {} });
    }
  }
  /** @param {number} t */
  function goTo(t) {
    moveTo(t);
    settle();
  }

  // ---- listeners ---------------------------------------------------------------------------------------------------
  /** Keys belong to the board while it, or nothing else on the page, has the focus. @param {KeyboardEvent} event */
  const keys = (event) => {
    if (event.target === document.body || root.contains(/** @type {Node} */ (event.target))) controls.key(event);
  };
  const retheme = () => {
    dirty.theme = true;
    paint();
  };
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const resize = new ResizeObserver(() => {
    ground.resize();
    cells?.begin();
    dirty.theme = true;
    paint();
  });
  // After a click the keys belong to the board again: space plays, and does not press the same button once more.
  const released = (/** @type {MouseEvent} */ event) => {
    const focused = document.activeElement;
    if (event.detail > 0 && focused instanceof HTMLButtonElement && root.contains(focused) && !focused.hasAttribute('popovertarget')) focused.blur();
  };
  // A browser leaves what is half in view where it is. Under a finger nothing may move.
  const bringIntoView = (/** @type {FocusEvent} */ event) => {
    const focused = /** @type {HTMLElement} */ (event.target);
    if (focused.matches('.cb-chips *, .cb-orders *, .cb-tr-how *') && focused.matches(':focus-visible')) focused.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  root.addEventListener('click', released);
  root.addEventListener('focusin', bringIntoView);
  document.addEventListener('keydown', keys);
  dark.addEventListener('change', retheme);
  phone.addEventListener('change', retheme);
  resize.observe(mapPart);
  showNotice(component.data.notice ?? '');
  cells?.soon();
  select();
  if (!derived.selection.includes(view.event)) view.event = currentEvent(story, derived.selection, view.t);
  render();
  settle();

  return {
    story: component.data.story,
    /** @param {any} next */
    update(next) {
      streamlit = next;
      retheme();
    },
    destroy() {
      withdraw();
      cancelAnimationFrame(painting);
      clearTimeout(settling);
      root.removeEventListener('focusin', bringIntoView);
      document.removeEventListener('keydown', keys);
      root.removeEventListener('click', released);
      dark.removeEventListener('change', retheme);
      phone.removeEventListener('change', retheme);
      resize.disconnect();
      for (const part of [cells, rows, detail, filter, order, line, controls, onPaper, saved, ground]) part?.destroy();
      root.replaceChildren();
      delete root.dataset.ready;
    },
  };
}
