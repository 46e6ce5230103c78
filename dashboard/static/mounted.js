// @ts-check
/** How a panel that follows the board comes and goes: made once for its element, whatever reruns, and ended with it. */
import { language } from './say.js';

/**
 * What Streamlit calls for a panel, as it calls board.js.
 * @param {string} selector of the panel's root in its element
 * @param {(root: HTMLElement) => () => void} panel makes it and gives what ends it
 * @returns {(component: {parentElement: HTMLElement}) => () => void}
 */
export function mounted(selector, panel) {
  /** @type {WeakMap<Element, () => void>} */
  const panels = new WeakMap();
  return ({ parentElement }) => {
    if (!panels.has(parentElement)) {
      const root = /** @type {HTMLElement} */ (parentElement.querySelector(selector));
      root.lang = language();
      panels.set(parentElement, panel(root));
    }
    return () => {
      panels.get(parentElement)?.();
      panels.delete(parentElement);
    };
  };
}
