// @ts-check
/** Where the link of a view lives: in the query of a page that a server answers, in the fragment of a file. */
import { whole } from './embed.js';

/**
 * @typedef {{read(): string, write(search: string): void, link(): string}} Address `read` and `write` take the
 *   parameters as a query, "?crew=chris", or ""; `link` is the whole address to pass on, "" where there is none
 */

/** @type {Address} */
export const inQuery = {
  read: () => location.search,
  write(search) {
    if (search !== location.search) history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
  },
  link: () => whole(location.href),
};

/** @type {Address} */
export const inFragment = {
  read: () => (location.hash.length > 1 ? `?${location.hash.slice(1)}` : ''),
  write(search) {
    const fragment = `#${search.slice(1)}`;
    if (isFramed() || fragment === (location.hash || '#')) return;
    history.replaceState(history.state, '', fragment);
  },
  link: () => (isFramed() ? '' : location.href),
};

/** A document written into a frame has no address of its own that anyone else could open. */
const isFramed = () => location.protocol === 'about:';
