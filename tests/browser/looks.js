// What an eye sees of the page: colours as they are painted, how far apart they are, and where the focus is.
const one = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const known = new Map();
function rgba(colour) {
  if (known.has(colour)) return known.get(colour);
  one.clearRect(0, 0, 1, 1);
  one.fillStyle = colour;
  one.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = one.getImageData(0, 0, 1, 1).data;
  known.set(colour, [r, g, b, a / 255]);
  return known.get(colour);
}

const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];

/** What is behind an element, its own ground included. */
function ground(node) {
  const found = [];
  for (let it = node; it; it = it.parentElement) {
    found.push(rgba(getComputedStyle(it).backgroundColor));
    if (found.at(-1)[3] > 0.99) break;
  }
  return found.reduceRight((under, colour) => over(colour, under), [255, 255, 255, 1]);
}

function luminance(colour) {
  const [r, g, b] = colour.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours (WCAG 2.2), 1 to 21. */
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Texts of the board, and colours of its marks, that stand out too little. What cannot be used now may be faint. */
function faint() {
  const found = [];
  for (const node of document.querySelectorAll('.cb-board *')) {
    const says = [...node.childNodes].some((it) => it.nodeType === Node.TEXT_NODE && it.data.trim());
    const aside = '[aria-disabled="true"], :disabled, dialog, .cb-unseen, svg';
    if (!says || !node.checkVisibility({ opacityProperty: true }) || node.closest(aside)) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(node);
    const [size, behind] = [parseFloat(fontSize), ground(node)];
    const large = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
    const ratio = contrast(over(rgba(color), behind), behind);
    if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(2)} .${node.className}: ${node.textContent.slice(0, 40)}`);
  }
  const style = getComputedStyle(document.querySelector('.cb-board'));
  const value = (name) => rgba(style.getPropertyValue(name).trim());
  const groups = Array.from({ length: 20 }, (_, i) => `--g${i}`).filter((name) => style.getPropertyValue(name));
  for (const mark of ['--now', '--accent', ...groups]) {
    for (const behind of ['--land', '--panel', '--bg']) {
      const ratio = contrast(value(mark), value(behind));
      if (ratio < 3) found.push(`${ratio.toFixed(2)} ${mark} on ${behind}`);
    }
  }
  return found;
}

/** The element that has the focus: whether it is in the board, its name, and what is wrong with how its focus shows. */
function focused() {
  const node = document.activeElement;
  const name = `${node.tagName} ${node.getAttribute('aria-label') || node.textContent.slice(0, 30)}`;
  const inside = Boolean(node.closest('.cb-board'));
  // A choice is drawn by what stands beside its unseen input.
  const drawn = node.matches('.cb-seg input') ? node.nextElementSibling : node;
  const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(drawn);
  const box = drawn.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const behind = ground(parseFloat(outlineOffset) < 0 ? drawn : drawn.parentElement);
  const faults = [];
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) faults.push('no ring');
  else if (contrast(over(rgba(outlineColor), behind), behind) < 3) faults.push('faint ring');
  if (!at || !(drawn.contains(at) || at.contains(drawn) || node.closest('label')?.contains(at))) faults.push('out of view');
  return { inside, name, faults };
}
