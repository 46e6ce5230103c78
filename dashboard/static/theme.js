// @ts-check
/** The colours in force: dark or light after Streamlit's theme, one accent a group of the story. */

const NAMES = ['bg', 'panel', 'edge', 'ink', 'mute', 'faint', 'water', 'land', 'shore', 'fwy', 'blvd', 'river', 'rail', 'lab', 'now', 'accent'];

/**
 * @typedef {{dark: boolean, colours: Record<string, string>, group: string[]}} Theme `group` has one colour a group and a neutral one last
 */

/** Relative luminance (WCAG 2.2) of a CSS colour as the browser prints it: `rgb(r, g, b)` or `#rrggbb`; null when unreadable. @param {string} colour */
export function luminance(colour) {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour.trim());
  const parts = hex
    ? [0, 2, 4].map((i) => parseInt(hex[1].slice(i, i + 2), 16))
    : (/^rgba?\(([^)]+)\)/.exec(colour.trim())?.[1].split(/[\s,/]+/).slice(0, 3).map(Number) ?? []);
  if (parts.length < 3 || parts.some(Number.isNaN)) return null;
  const [r, g, b] = parts.map((value) => {
    const v = value / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Whether the page around the board is dark. @param {HTMLElement} root */
function isDark(root) {
  const streamlit = getComputedStyle(root).getPropertyValue('--st-background-color');
  const light = luminance(streamlit || '') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 0 : 1);
  return light < 0.4;
}

/**
 * Puts the theme on `root` (attribute and group colours) and reads the colours back from the style sheet.
 * @param {HTMLElement} root
 * @param {import('./story.js').Group[]} groups
 * @returns {Theme}
 */
export function theme(root, groups) {
  const dark = isDark(root);
  root.dataset.theme = dark ? 'dark' : 'light';
  groups.forEach((group, index) => root.style.setProperty(`--g${index}`, dark ? group.dark : group.light));
  root.style.setProperty(`--g${groups.length}`, dark ? '#8896a1' : '#66757f');
  const style = getComputedStyle(root);
  const colours = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  return { dark, colours, group: [...groups, null].map((_, index) => style.getPropertyValue(`--g${index}`).trim()) };
}
