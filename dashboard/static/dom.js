// @ts-check
/** Elements without markup: text is always a text node. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [properties] `class`, `aria-*`, `data-*`, `role`, `for` and `style` become attributes,
 *   functions become listeners, everything else is set as a property
 * @param {...(Node | string | null | false)} children strings become text nodes
 * @returns {any}
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name, value);
    else if (/^(class|role|for|style|popovertarget|popover)$|^(aria|data)-/.test(name)) node.setAttribute(name, String(value));
    else /** @type {any} */ (node)[name] = value;
  }
  node.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== false)));
  return node;
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * A 20 x 20 line icon from path data; decoration only, hidden from assistive technology.
 * @param {string} path
 */
export function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'cb-icon');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** Sets text only when it changes, so that a step costs nothing where nothing changed. @param {Element} node @param {string} text */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** @param {Element} node @param {string} name @param {string | null} value null removes it */
export function setAttribute(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
