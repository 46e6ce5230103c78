// @ts-check
/** What a board needs: from our server, asked for once and kept by the browser for ever, or from the file it travels in. */

/** @param {string} path relative to the page */
const address = (path) => new URL(path, document.baseURI).href;

/**
 * The story as it is sent, the base map (null when it did not come) and Leaflet.
 * @param {{story: string, basemap: string, leaflet: string}} data addresses relative to the page
 * @returns {Promise<{wire: any, basemap: any, L: any}>}
 */
export async function load(data) {
  const [wire, basemap] = await Promise.all([
    fetch(address(data.story)).then((answer) => {
      if (!answer.ok) throw new Error(`The story did not load (${answer.status}). Reload the page.`);
      return answer.json();
    }),
    fetch(address(data.basemap)).then((answer) => (answer.ok ? answer.json() : null)),
    import(address(data.leaflet)),
  ]);
  return { wire, basemap, L: /** @type {any} */ (globalThis).L };
}

/** A module of ours by its address. @param {string} path relative to the page */
export const module = (path) => import(address(path));

/**
 * The same, and what only a file says, out of the document itself. Nothing is asked for.
 * @param {Record<string, string>} addresses of the modules unpacked
 * @returns {Promise<{wire: any, basemap: any, given: any, L: any, folium: any}>}
 */
export async function inside(addresses) {
  const [wire, basemap, given] = ['story', 'basemap', 'given'].map((name) => JSON.parse(document.getElementById(`cb-${name}`)?.textContent ?? 'null'));
  const [folium] = await Promise.all([import(addresses['map.mjs']), import(addresses['leaflet.js'])]);
  const { L } = /** @type {any} */ (globalThis);
  // Leaflet looks for the pictures of its markers beside its style sheet, and here there is no beside.
  Object.assign(L.Icon.Default, { imagePath: '' });
  L.Icon.Default.mergeOptions(given.icons);
  return { wire, basemap, given, L, folium };
}
