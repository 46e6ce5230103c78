// @ts-check
/** The board in somebody else's page: the frame that shows it there, to paste, and the way back to the whole page. */
import { element, icon, setText } from './dom.js';
import { say } from './say.js';

/** Pixels; map, timeline and list fit into it on a phone, too. */
const HEIGHT = 640;
const ENTITIES = /** @type {Record<string, string>} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' });

/**
 * The address of the whole page at the same view. What only tells how a page is embedded goes, whatever its case.
 * @param {string} address @returns {string}
 */
export function whole(address) {
  const url = new URL(address);
  const names = [...url.searchParams.keys()].filter((name) => /^embed(_options)?$/i.test(name));
  if (!names.length) return address;
  for (const name of names) url.searchParams.delete(name);
  return url.href.replaceAll('%3A', ':');
}

/** The address of the board alone at the same view. @param {string} address @returns {string} */
export function alone(address) {
  const url = new URL(whole(address));
  url.hash = '';
  url.search = `embed=true${url.search.replace('?', '&')}`;
  return url.href;
}

/**
 * The element to paste into a page.
 * @param {string} address of the view @param {string} title @returns {string}
 */
export function snippet(address, title) {
  const quoted = (/** @type {string} */ text) => `"${text.replace(/[&<>"]/g, (sign) => ENTITIES[sign])}"`;
  return `<iframe src=${quoted(alone(address))} title=${quoted(title)} width="100%" height="${HEIGHT}" style="border:0" loading="lazy" allow="fullscreen; clipboard-write"></iframe>`;
}

/**
 * The button "Embed" and what it opens: the element for the view of that moment, and a button that copies it.
 * @param {string} title @param {() => string} link to the view @returns {HTMLElement[]}
 */
export function embed(title, link) {
  const id = `cb-${Math.random().toString(36).slice(2, 8)}-embed`;
  const text = element('textarea', { class: 'cb-search', 'aria-label': 'HTML', rows: 5, readOnly: true, spellcheck: false, focus: () => text.select() });
  const said = element('span', { class: 'cb-say', role: 'status' });
  async function copy() {
    try {
      await navigator.clipboard.writeText(text.value);
      setText(said, say('HTML copied'));
    } catch {
      text.focus();
    }
  }
  const panel = element(
    'div',
    { class: 'cb-pop cb-embed', id, popover: 'auto', role: 'group', 'aria-label': say('Embed') },
    element('p', {}, say('This view of the board in your own page:')),
    text,
    element('div', { class: 'cb-actions' }, said, element('button', { type: 'button', class: 'cb-primary', click: copy }, say('Copy HTML'))),
  );
  const button = element('button', { type: 'button', class: 'cb-chip cb-ghost cb-embeds', popovertarget: id, 'aria-expanded': 'false' }, say('Embed'));
  panel.addEventListener('beforetoggle', (/** @type {any} */ event) => {
    if (event.newState !== 'open') return;
    setText(said, '');
    text.value = snippet(link(), title);
  });
  panel.addEventListener('toggle', (/** @type {any} */ event) => {
    const open = event.newState === 'open';
    button.setAttribute('aria-expanded', String(open));
    if (!open) return;
    const box = button.getBoundingClientRect();
    panel.style.top = `${Math.round(box.bottom + 6)}px`;
    panel.style.left = `${Math.round(Math.max(8, Math.min(box.left, innerWidth - panel.offsetWidth - 8)))}px`;
  });
  return [button, panel];
}

/**
 * From a frame to the whole page at the moment it shows, in a tab of its own.
 * @param {() => string} link @returns {HTMLElement}
 */
export function opener(link) {
  const aim = () => (anchor.href = link());
  const anchor = element(
    'a',
    { class: 'cb-open', href: link(), target: '_blank', rel: 'noopener', pointerdown: aim, focus: aim, click: aim },
    say('Open in Caseboard'),
    icon('M8 5H5v10h10v-3M11 4h5v5M16 4l-7 7'),
  );
  return anchor;
}
