// @ts-check
/** What a board needs: from our server, asked for once and kept by the browser for ever, or from the file it travels in. */
import { say, speak } from './say.js';

/** @param {string} path relative to the page */
const address = (path) => new URL(path, document.baseURI).href;

/**
 * The story as it is sent, the base map (null when it did not come) and Leaflet, when the words of the interface are there.
 * @param {{story: string, basemap: string, leaflet: string, lang?: string, words?: string}} data addresses relative to the page
 * @returns {Promise<{wire: any, basemap: any, L: any}>}
 */
export async function load(data) {
  const heard = hear(data);
  const [wire, basemap] = await Promise.all([
    fetch(address(data.story)).then(async (answer) => {
      if (answer.ok) return answer.json();
      await heard;
      throw new Error(say('The story did not load ({status}). Reload the page.', { status: String(answer.status) }));
    }),
    fetch(address(data.basemap)).then((answer) => (answer.ok ? answer.json() : null)),
    import(address(data.leaflet)),
    heard,
  ]);
  return { wire, basemap, L: /** @type {any} */ (globalThis).L };
}

/**
 * Has the interface speak the language of the page; a page that says none changes nothing, and a table that does not come
 * leaves English.
 * @param {{lang?: string, words?: string}} data `words` is the address of the table, nothing for English
 */
export async function hear({ lang, words }) {
  if (!lang) return;
  const table = words ? await fetch(address(words)).then((answer) => (answer.ok ? answer.json() : null), () => null) : {};
  if (table) speak(lang, table);
}

/** A module of ours by its address. @param {string} path relative to the page */
export const module = (path) => import(address(path));

/**
 * The same, and what only a file says, out of the document itself. Nothing is asked for.
 * @param {Record<string, string>} addresses of the modules unpacked
 * @returns {Promise<{wire: any, basemap: any, given: any, L: any, folium: any, spanish: Record<string, string>}>}
 */
export async function inside(addresses) {
  const [wire, basemap, given] = ['story', 'basemap', 'given'].map((name) => JSON.parse(document.getElementById(`cb-${name}`)?.textContent ?? 'null'));
  const [folium, words] = await Promise.all(['map.mjs', 'spanish.mjs', 'leaflet.js'].map((name) => import(addresses[name])));
  const { L } = /** @type {any} */ (globalThis);
  // Leaflet looks for the pictures of its markers beside its style sheet, and here there is no beside.
  Object.assign(L.Icon.Default, { imagePath: '' });
  L.Icon.Default.mergeOptions(given.icons);
  return { wire, basemap, given, L, folium, spanish: words.default };
}
