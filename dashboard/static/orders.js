// @ts-check
/** The two orders of a story, as it happened and as it is told, and the switch for what is stated: the list's header. */
import { element, setAttribute } from './dom.js';
import { say } from './say.js';

const orderings = () => [
  ['happened', say('As it happened')],
  ['told', say('As it is told')],
];

/**
 * The events in the order in use.
 * @param {import('./story.js').Story} story @param {Int32Array} selection in order of time @param {string} order
 * @returns {Int32Array}
 */
export function ordered(story, selection, order) {
  if (order !== 'told') return selection;
  return Int32Array.from(selection).sort((a, b) => story.told[a] - story.told[b] || a - b);
}

/** Whether the story is told in another order than it happened. @param {import('./story.js').Story} story */
export function retold(story) {
  for (let e = 1; e < story.n; e++) if (story.told[e] < story.told[e - 1]) return true;
  return false;
}

/**
 * @param {HTMLElement} root
 * @param {import('./story.js').Story} story
 * @param {{order(order: string): void, stated(stated: boolean): void}} on
 */
export function orders(root, story, on) {
  const name = `cb-order-${Math.random().toString(36).slice(2, 8)}`;
  const choices = orderings();
  const inputs = choices.map(([value]) => element('input', { type: 'radio', name, value, change: () => on.order(value) }));
  const group = element('div', { class: 'cb-seg', role: 'radiogroup', 'aria-label': say('Order of events'), hidden: !retold(story) });
  choices.forEach(([, label], i) => group.append(element('label', {}, inputs[i], element('span', {}, label))));
  const stated = element(
    'button',
    {
      type: 'button',
      class: 'cb-chip cb-ghost cb-stated',
      title: say('Leaves out what the story does not state: times that are derived or assumed'),
      'aria-pressed': 'false',
      click: () => on.stated(stated.getAttribute('aria-pressed') !== 'true'),
    },
    say('Only what is stated'),
  );
  const unsure = story.basis.some((basis) => basis !== 'stated');
  stated.hidden = !unsure;
  const node = element('div', { class: 'cb-orders', hidden: group.hidden && stated.hidden }, group, stated);
  root.append(node);
  return {
    /** @param {{order: string, stated: boolean}} view */
    render(view) {
      inputs.forEach((input, i) => (input.checked = choices[i][0] === view.order));
      setAttribute(stated, 'aria-pressed', String(view.stated));
    },
    destroy: () => node.remove(),
  };
}
