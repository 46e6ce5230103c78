// @ts-check
/** What a component needs from our server, asked for once and kept by the browser for ever. */

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
