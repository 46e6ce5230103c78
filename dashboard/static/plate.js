// @ts-check
/** The name of a place in words on the map: one element whose text is a text node and whose size is known before layout. */

const HEIGHT = 25;
const PADDING = 9;
const WIDEST = 250;

/** @type {Map<string, number>} */
const widths = new Map();
/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

/** Width of a line of text in pixels, measured once. @param {string} text @param {string} font CSS shorthand */
export function widthOf(text, font) {
  const key = `${font}\n${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    ruler ??= /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
    ruler.font = font;
    width = ruler.measureText(text).width;
    if (widths.size > 4000) widths.clear();
    widths.set(key, width);
  }
  return width;
}

/**
 * @param {HTMLElement} parent
 * @param {string} name of the class, after `cb-plate-`
 */
export function plate(parent, name) {
  const node = document.createElement('div');
  const title = document.createElement('span');
  const note = document.createElement('span');
  node.className = `cb-plate cb-plate-${name}`;
  node.setAttribute('aria-hidden', 'true');
  Object.assign(node.style, {
    position: 'absolute', left: '0', top: '0', height: `${HEIGHT}px`, lineHeight: `${HEIGHT - 2}px`, padding: `0 ${PADDING - 1}px`, boxSizing: 'border-box',
    maxWidth: `${WIDEST}px`, borderRadius: '7px', borderWidth: '1px', borderStyle: 'solid', fontSize: '12px', whiteSpace: 'nowrap', overflow: 'hidden',
    textOverflow: 'ellipsis', pointerEvents: 'none', display: 'none', contain: 'layout style',
  });
  title.style.fontWeight = '600';
  node.append(title, note);
  parent.append(node);
  let text = '';
  return {
    /**
     * The size it will have. @param {string} words @param {string} more @param {string} font family
     */
    size(words, more, font) {
      const wide = widthOf(words, `600 12px ${font}`) + (more ? widthOf(` ${more}`, `400 12px ${font}`) + 3 : 0);
      return { w: Math.min(WIDEST, Math.ceil(wide) + 2 * PADDING + 1), h: HEIGHT };
    },
    /** @param {string} words @param {string} more @param {{x: number, y: number, w: number}} box @param {import('./marks.js').Palette} palette */
    show(words, more, box, { theme, font }) {
      const key = `${words}\n${more}`;
      if (key !== text) {
        text = key;
        title.textContent = words;
        note.textContent = more ? ` ${more}` : '';
      }
      const { style } = node;
      style.fontFamily = font;
      style.color = theme.colours.ink;
      note.style.color = theme.colours.mute;
      style.background = theme.colours.panel;
      style.borderColor = name === 'current' ? theme.colours.now : theme.colours.edge;
      style.boxShadow = theme.dark ? '0 2px 10px rgba(0,0,0,.45)' : '0 2px 8px rgba(20,40,60,.16)';
      style.width = `${box.w}px`;
      style.transform = `translate(${Math.round(box.x)}px,${Math.round(box.y)}px)`;
      style.display = 'block';
    },
    hide() {
      node.style.display = 'none';
    },
  };
}
