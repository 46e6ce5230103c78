// @ts-check
/** A board in a file of its own: opened from the fragment of its address, with panels under it. */
import { inFragment } from './address.js';
import { asked, notice } from './asked.js';
import { board } from './board.js';
import { element } from './dom.js';
import { inside } from './load.js';
import { LANGUAGES, language, preferred, say, speak } from './say.js';
import { subscribe } from './share.js';
import { readStory } from './story.js';
import { theme } from './theme.js';

const LEAFLET = 'Leaflet, © 2010–2022 Vladimir Agafonkin, © 2010–2011 CloudMade, BSD-2-Clause';

/** Name in a link, word on the button, class of its root, its module and what that exports. */
const panelsSaid = () => [
  ['whereabouts', say('panel::Whereabouts'), 'cb-wh', 'roster.js', 'panel'],
  ['storylines', say('panel::Storylines'), 'cb-sl', 'storylines.js', 'storylines'],
  ['meetings', say('panel::Meetings'), 'cb-me', 'meetings.js', 'panel'],
  ['about', say('panel::About'), 'cb-about', 'about.js', 'about'],
];

/** @param {Record<string, string>} addresses of the modules of the file */
export default async function open(addresses) {
  const root = /** @type {HTMLElement} */ (document.querySelector('main > .cb-board'));
  const under = element('div', { class: 'cb-board cb-under' });
  const foot = element('footer', { class: 'cb-board cb-foot' });
  const { wire, basemap, given, L, folium, spanish } = await inside(addresses);
  const story = readStory(wire);
  const parts = { L, basemap, folium, address: given.view ? kept(story.storyId) : inFragment };
  const spoken = wanted();
  if (spoken !== LANGUAGES[0]) speak(spoken, spanish);
  document.documentElement.lang = language();
  const first = show();
  let shown = first.board;
  root.after(under);
  const drawn = panels(under, addresses, first.panel);
  document.body.append(foot);
  const made = [
    say('Base map: schematic, from our own coordinates.'),
    say('Map library: {credit}.', { credit: LEAFLET }),
    say('Made with Caseboard {version}.', { version: given.version }),
  ];
  for (const line of [...story.credits, made.join(' ')]) foot.append(element('p', {}, line));
  subscribe(() => {
    for (const part of [under, foot]) if (part.dataset.theme !== root.dataset.theme) theme(part, story.groups);
  });

  // A link to another moment of this file, followed in this window, does not load it anew.
  addEventListener('hashchange', () => {
    if (wanted() !== spoken) return location.reload();
    shown.destroy();
    const next = show();
    shown = next.board;
    if (next.panel) drawn.open(next.panel);
  });

  /** The language of the link, else the one the file was saved in, else the reader's. */
  function wanted() {
    const { lang } = asked(inFragment.read(), story, ['schematic']).given;
    return lang ?? (given.view?.lang || preferred(navigator.languages));
  }

  function show() {
    const link = inFragment.read();
    const { given: said, ignored } = asked(link, story, ['schematic']);
    const view = saysNothing(link) ? (given.view ?? {}) : said;
    const data = { story: story.storyId, view, notice: notice(ignored), bases: [] };
    return { board: board(root, story, { ...parts, component: { data } }), panel: /** @type {string} */ (view.panel ?? '') };
  }
}

/**
 * The address of a file that opens on a view of its own: the story as a whole has to be said in it, or the file's own
 * view would come back.
 * @param {string} story @returns {import('./address.js').Address}
 */
const kept = (story) => ({
  ...inFragment,
  write(search) {
    const said = new URLSearchParams(search);
    if (saysNothing(search)) said.set('story', story);
    inFragment.write(`?${said.toString().replaceAll('%3A', ':')}`);
  },
});

/** Whether a link has no word about the view, but perhaps one about the language. @param {string} link */
const saysNothing = (link) => [...new URLSearchParams(link).keys()].every((name) => name === 'lang');

/**
 * The panels, one shown at a time, each fetched out of the file when it is first chosen.
 * @param {HTMLElement} root @param {Record<string, string>} addresses @param {string} first the one of the link
 */
function panels(root, addresses, first) {
  let chosen = '';
  let leave = () => {};
  const choices = panelsSaid();
  const buttons = choices.map(([id, label]) => element('button', { type: 'button', class: 'cb-chip', 'aria-pressed': 'false', 'data-panel': id, click: () => choose(id) }, label));
  const body = element('section', { class: 'cb-panel' });
  root.replaceChildren(element('div', { class: 'cb-panels', role: 'group', 'aria-label': say('Panel') }, ...buttons), body);

  /** @param {string} id */
  async function open(id) {
    const [known, label, name, module, made] = choices.find((panel) => panel[0] === id) ?? choices[0];
    if (known === chosen) return;
    chosen = known;
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.panel === known));
    const panel = (await import(addresses[module]))[made];
    if (chosen !== known) return;
    leave();
    const inner = element('div', { class: `cb-board ${name}` });
    body.setAttribute('aria-label', label);
    body.replaceChildren(inner);
    leave = panel(inner);
  }
  /** @param {string} id */
  function choose(id) {
    const query = new URLSearchParams(inFragment.read());
    query.set('panel', id);
    inFragment.write(`?${query.toString().replaceAll('%3A', ':')}`);
    open(id);
  }
  open(first);
  return { open };
}
