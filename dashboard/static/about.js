// @ts-check
/** The panel About of a file: the story in its own words, and what is assumed in it; whom it thanks stands below. */
import { element } from './dom.js';
import { say } from './say.js';
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
      const told = element('section', {}, element('h2', {}, say('The story')), element('p', {}, story.description || story.storyTitle));
      const sentences = story.assumptions.map((sentence) => element('li', {}, sentence));
      const assumed = element('section', { hidden: !sentences.length }, element('h2', {}, say('What is assumed')), element('ul', {}, ...sentences));
      root.replaceChildren(told, assumed);
    }
    if (look !== now) theme(root, story.groups);
    look = now;
  });
}
