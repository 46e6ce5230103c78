// @ts-check
/** The board on paper: a numbered map and a numbered list of exactly the events shown, made when somebody prints. */
import { countWords, filterWords, momentWords } from './caption.js';
import { metres } from './card.js';
import { dayAssumed, dayWords, parseAt } from './clock.js';
import { element } from './dom.js';
import { shapeOf } from './marks.js';
import { boundsOf, framed, tallness } from './mercator.js';
import { numbered } from './numbers.js';
import { MOST_NUMBERED } from './numerals.js';
import { plan } from './plan.js';
import { language, say } from './say.js';
import { placed, present, remote } from './story.js';
import { sureness } from './sureness.js';
import { whenOf } from './when.js';

/** Width of the map in CSS pixels, which fits A4 and Letter either way, and its least and greatest height as shares of it. */
const WIDTH = 680;
const [FLAT, TALL] = [0.5, 0.9];
/** Device pixels a pixel: 384 dots an inch. Chromium prints a canvas as lines and letters, but scales it in steps of 1/64. */
const RATIO = 4;
/** More events than these are no handout; the files of the panel Events hold any number. */
const MOST = 1000;

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{now(): import('./share.js').Seen, basemap: any, camera(): import('./mercator.js').Seen | null, link(): string}} Parts `camera` is
 *   what the map shows now, `link` the address of this view, or nothing
 */

/**
 * Listens for printing until it is destroyed. What it makes is a child of the document's body for as long as the paper
 * is made; print.css shows nothing else there.
 * @param {HTMLElement} root of the board @param {Parts} parts
 */
export function handout(root, parts) {
  /** @type {HTMLElement | null} */
  let sheet = null;
  let printing = false;
  const remove = () => {
    printing = false;
    sheet?.remove();
    sheet = null;
  };
  const make = () => {
    if (sheet) return;
    sheet = written(root, parts);
    document.body.append(sheet);
  };
  const begin = () => {
    remove();
    make();
    printing = true;
  };
  // A page may be shown as on paper without being printed; while it is printed, the medium may turn more than once.
  const paper = matchMedia('print');
  const turned = () => (paper.matches ? make() : printing || remove());
  paper.addEventListener('change', turned);
  addEventListener('beforeprint', begin);
  addEventListener('afterprint', remove);
  return {
    destroy() {
      paper.removeEventListener('change', turned);
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', remove);
      remove();
    },
  };
}

/** @param {HTMLElement} root @param {Parts} parts @returns {HTMLElement} */
function written(root, { now, basemap, camera, link }) {
  const { story, view, derived, theme, large } = now();
  const passing = new Set(derived.shown);
  const all = Array.from(/** @type {Int32Array} */ (derived.sequence)).filter((e) => passing.has(e));
  const events = all.slice(-MOST);
  const { numbers, at } = numbered(story, events);
  const look = { theme: onPaper(root, theme, story.groups), font: getComputedStyle(root).fontFamily, numbers: at };
  const listed = Int32Array.from(events).sort();
  const chart = plan(story, basemap);
  return element(
    'section',
    { class: 'cb-handout', lang: language(), 'aria-label': say('Handout'), style: `--cb-font: ${look.font}` },
    element('h1', {}, story.storyTitle),
    element('p', { class: 'cb-ho-moment' }, momentWords(story, { ...view, ...large?.moment })),
    element('p', { class: 'cb-ho-what' }, [large?.said ?? countWords(story, derived.shown), ...filterWords(story, view)].join(' · ')),
    all.length > MOST && element('p', { class: 'cb-ho-what' }, say('The last {n} of these events are listed.', { n: MOST })),
    drawn(chart, large?.key ?? '', large ? null : story.bounds, view.camera || large ? camera() : null, { ...view, shown: listed, ...large?.moment }, at.size > MOST_NUMBERED ? { ...look, numbers: new Map() } : look),
    at.size > MOST_NUMBERED && element('p', { class: 'cb-ho-what' }, say('The events are at {n} places, too many to number on the map.', { n: at.size })),
    groups(story, large?.groups ?? new Set(Array.from(listed, (e) => story.group[e]))),
    element('div', { class: 'cb-ho-list' }, ...(large?.list?.() ?? items(story, events, numbers))),
    element(
      'footer',
      {},
      ...[assumed(story), ...story.credits, chart.credit, link()].filter(Boolean).map((line) => element('p', {}, line)),
    ),
  );
}

/** @param {ReturnType<typeof plan>} chart @param {string} key of its signs, or nothing @param {import('./mercator.js').Bounds | null} whole what is shown at least, null for the very part in view @param {import('./mercator.js').Seen | null} seen @param {any} moment @param {import('./plan.js').Look} look */
function drawn(chart, key, whole, seen, moment, look) {
  const bounds = seen ? boundsOf(seen) : /** @type {import('./mercator.js').Bounds} */ (whole);
  // Of a large story only what is in view is there to be drawn.
  const height = Math.round(WIDTH * (whole ? Math.max(FLAT, Math.min(TALL, tallness(bounds))) : tallness(bounds)));
  const camera = framed(bounds, WIDTH, height, RATIO, seen ? 0 : 8);
  const canvas = element('canvas', { role: 'img', 'aria-label': say('Map') });
  chart.draw(canvas, camera, moment, look);
  const caption = look.numbers?.size ? say('The numbers are those of the list; an arrow at the edge points to a place beyond the map.') : key;
  return element('figure', {}, canvas, element('figcaption', {}, caption));
}

/** What the colours mean, for the groups that are on the map. @param {Story} story @param {Set<number>} used */
function groups(story, used) {
  const shown = story.groups.map(({ label, light }, index) => used.has(index) && element('span', {}, element('i', { style: `--c: ${light}`, 'data-shape': shapeOf(index) }), label));
  return element('p', { class: 'cb-ho-groups' }, ...shown);
}

/** The list, a heading where the chapter changes. @param {Story} story @param {number[]} events @param {Int32Array} numbers */
function items(story, events, numbers) {
  const parts = [];
  let chapter = -1;
  let list = element('ol', { 'aria-label': say('Events') });
  events.forEach((e, i) => {
    if (story.chapter[e] !== chapter && story.chapter[e] >= 0) {
      chapter = story.chapter[e];
      if (list.children.length) parts.push(list);
      parts.push(element('h2', {}, story.chapters[chapter]));
      list = element('ol', { 'aria-label': story.chapters[chapter] });
    }
    list.append(item(story, e, numbers[i]));
  });
  return [...parts, list];
}

/** @param {Story} story @param {number} e @param {number} number 0 for none */
function item(story, e, number) {
  const names = (/** @type {Int32Array} */ people) => Array.from(people, (person) => story.people.name[person]).join(', ');
  const away = names(remote(story, e));
  const who = [names(present(story, e)), away && say('from elsewhere: {people}', { people: away })].filter(Boolean).join('; ');
  const doubt = story.basis[e] === 'stated' ? dayAssumed(story.clock, story.at[e]) && say('day assumed') : sureness(story.basis[e]);
  return element(
    'li',
    { 'data-event': story.id[e] },
    element('span', number ? { class: 'cb-ho-number' } : {}, number ? String(number) : '\u2013'),
    element(
      'div',
      {},
      element('b', {}, story.title[e]),
      element('p', {}, `${[whenOf(story, e), doubt].filter(Boolean).join(', ')} · ${where(story, e)}`),
      who && element('p', { class: 'cb-ho-who' }, who),
      element('p', {}, [story.summary[e], story.outcome[e] && `\u2192\u00a0${story.outcome[e]}`].filter(Boolean).join(' ')),
    ),
  );
}

/** The days that the story only assumes, in words. @param {Story} story */
function assumed({ clock }) {
  const days = clock.assumed.map((day) => dayWords(parseAt(day, clock.kind) ?? 0, clock.kind));
  return days.length ? say('Assumed, not told: {days}.', { days: days.join(', ') }) : '';
}

/** @param {Story} story @param {number} e */
function where(story, e) {
  const { places } = story;
  const at = story.place[e];
  if (at < 0) return say('place not given');
  if (!placed(story, e)) return say('{place}: place not known', { place: places.name[at] });
  return places.radius[at] > 0 ? `${places.name[at]} \u00b1\u00a0${metres(places.radius[at]).replace(' ', '\u00a0')}` : places.name[at];
}

/** The light colours of the board, on white, whatever the page shows. @param {HTMLElement} root @param {import('./theme.js').Theme} theme in force @param {import('./story.js').Group[]} groups @returns {import('./theme.js').Theme} */
function onPaper(root, theme, groups) {
  const probe = element('div', { class: 'cb-board', 'data-theme': 'light', hidden: true });
  root.append(probe);
  const style = getComputedStyle(probe);
  const colours = Object.fromEntries(Object.keys(theme.colours).map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  probe.remove();
  return { dark: false, colours: { ...colours, land: '#ffffff', panel: '#ffffff', ink: '#000000', water: '#e6eef2' }, group: [...groups.map(({ light }) => light), '#66757f'] };
}
