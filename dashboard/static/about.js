// @ts-check
/** The panel About of a file: the story in its own words, what is assumed in it, and whom it thanks. */
import { element } from './dom.js';
import { subscribe } from './share.js';
import { theme } from './theme.js';

/**
 * @param {HTMLElement} root
 * @returns {() => void} ends it
 */
export function about(root) {
  let look = /** @type {any} */ (null);
  return subscribe(({ story, theme: now }) => {
    if (!look) {
      const listed = (/** @type {string} */ title, /** @type {string[]} */ sentences) =>
        sentences.length ? [element('section', {}, element('h2', {}, title), element('ul', {}, ...sentences.map((sentence) => element('li', {}, sentence))))] : [];
      const told = element('section', {}, element('h2', {}, 'The story'), element('p', {}, story.description || story.storyTitle));
      root.replaceChildren(told, ...listed('What is assumed', story.assumptions), ...listed('Credits', story.credits));
    }
    if (look !== now) theme(root, story.groups);
    look = now;
  });
}
