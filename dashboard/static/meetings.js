// @ts-check
/** The panel Meetings: a table of who met whom and how often under the board's filter, and the meetings of two of them. */
import { isRole } from './cast.js';
import { element, setAttribute, setText } from './dom.js';
import { matrix } from './matrix.js';
import { mounted } from './mounted.js';
import { between, meetings } from './pairs.js';
import { counted, say } from './say.js';
import { subscribe } from './share.js';
import { present } from './story.js';
import { theme } from './theme.js';
import { whenOf } from './when.js';

export default mounted('.cb-me', panel);

/**
 * @param {HTMLElement} root
 * @returns {() => void} ends it
 */
export function panel(root) {
  const said = element('p', { class: 'cb-me-said', role: 'status', 'aria-label': say('panel::Meetings') });
  const all = element('button', { type: 'button', class: 'cb-chip', 'aria-pressed': 'false', click: () => unfold() }, say('Everybody'));
  const table = element('table', { class: 'cb-me-table', 'aria-label': say('Who met whom, and how often') });
  const names = element('h3', {});
  const span = element('p', { class: 'cb-me-span' });
  const rows = element('ol', { class: 'cb-me-rows', 'aria-label': say('Meetings of the two') });
  const pair = element('section', { class: 'cb-me-pair', 'aria-label': say('Two people') }, names, span, rows);
  root.replaceChildren(
    element('header', { class: 'cb-sl-head' }, said, all),
    element('div', { class: 'cb-me-both' }, element('div', { class: 'cb-me-scroll' }, table), pair),
  );

  let everybody = false;
  /** @type {[number, number] | null} the two people whose meetings are listed */
  let chosen = null;
  /** @type {import('./share.js').Shown | null} */
  let shown = null;
  /** @type {import('./share.js').Actions | null} */
  let on = null;
  let drawn = { story: /** @type {any} */ (null), selection: /** @type {any} */ (null), crew: /** @type {any} */ (null), theme: /** @type {any} */ (null), everybody };
  let found = /** @type {import('./pairs.js').Meetings | null} */ (null);
  /** @type {Map<number, HTMLElement>} the button of every cell with meetings */
  let cells = new Map();
  /** @type {Map<number, HTMLElement>} the button of every listed event */
  let listed = new Map();
  const marked = { current: -1, hover: -1, listed: -1, listedHover: -1 };
  let stop = -1;

  // ---- drawn once for a filter -------------------------------------------------------------------------------------
  function draw() {
    if (!shown) return;
    const { story, derived, view, theme: look } = shown;
    if (drawn.theme !== look) theme(root, story.groups);
    const same = drawn.story === story && drawn.selection === derived.selection && drawn.crew === view.crew && drawn.everybody === everybody;
    if (drawn.story !== story) chosen = null;
    if (drawn.crew !== view.crew && view.crew.size === 2) chosen = /** @type {[number, number]} */ ([...view.crew]);
    drawn = { story, selection: derived.selection, crew: view.crew, theme: look, everybody };
    if (same) return;
    found = meetings(story, derived.selection, { everybody, chosen: view.crew });
    const { people, folded, left } = found;
    cells = matrix(table, story, found);
    marked.current = marked.hover = -1;
    stop = -1;
    setText(said, sentence(people.length, left));
    all.hidden = !folded && (!everybody || !Array.from(people).some((p) => isRole(story.people.name[p])));
    setAttribute(all, 'aria-pressed', String(everybody));
    setText(all, folded ? say('Everybody, {n} more without a name', { n: folded }) : say('Everybody'));
    pair.hidden = !people.length;
    if (!people.length) return;
    if (!chosen || cellOf(...chosen) < 0) chosen = most();
    list();
  }

  /** The cell of two people, or -1 where they have none. @param {number} a @param {number} b */
  function cellOf(a, b) {
    const { people, counts } = /** @type {import('./pairs.js').Meetings} */ (found);
    const [i, j] = [people.indexOf(a), people.indexOf(b)];
    return i < 0 || j < 0 || !counts[i * people.length + j] ? -1 : i * people.length + j;
  }

  /** The two who met most often. @returns {[number, number]} */
  function most() {
    const { people, counts } = /** @type {import('./pairs.js').Meetings} */ (found);
    const cell = counts.reduce((best, count, i) => (count > counts[best] ? i : best), 0);
    return [people[Math.floor(cell / people.length)], people[cell % people.length]];
  }

  /** The meetings of the chosen two. */
  function list() {
    const { story, derived } = /** @type {import('./share.js').Shown} */ (shown);
    const [a, b] = /** @type {[number, number]} */ (chosen);
    const events = between(story, derived.selection, a, b);
    const name = (/** @type {number} */ p) => element('span', { class: 'cb-name', style: `--c: var(--g${story.people.group[p]})` }, story.people.name[p]);
    names.replaceChildren(name(a), ` ${say('and')} `, name(b));
    const [first, last] = [whenOf(story, events[0]), whenOf(story, events[events.length - 1])];
    setText(span, counted(events.length, 'met once, {first}|met {n} times, from {first} to {last}', { first, last }));
    listed = new Map();
    rows.replaceChildren(
      ...Array.from(events, (e) => {
        const place = story.place[e] >= 0 ? story.places.name[story.place[e]] : '';
        const others = present(story, e).length - 2;
        const button = element(
          'button',
          { type: 'button', class: 'cb-row', 'data-event': e },
          element('span', { class: 'cb-row-title' }, story.title[e]),
          element('span', { class: 'cb-row-when' }, whenOf(story, e)),
          element('span', { class: `cb-row-place${place ? '' : ' cb-unknown'}` }, place || say('place not known'), others > 0 && ` · ${say('with {n} more', { n: others })}`, others === 0 && ` · ${say('alone together')}`),
        );
        listed.set(e, button);
        return element('li', { class: 'cb-item' }, button);
      }),
    );
    marked.listed = marked.listedHover = -1;
    for (const [cell, button] of cells) setAttribute(button, 'aria-pressed', String(cell === cellOf(a, b) || cell === cellOf(b, a)));
    rove(cellOf(a, b));
  }

  // ---- moved at every step -----------------------------------------------------------------------------------------
  function move() {
    if (!shown || !found) return;
    const { derived, view } = shown;
    ring('current', derived.current, 'cb-me-now');
    ring('hover', view.hover, 'cb-me-over');
    if (marked.listed !== derived.current) {
      listed.get(marked.listed)?.parentElement?.removeAttribute('aria-current');
      listed.get(derived.current)?.parentElement?.setAttribute('aria-current', 'true');
      marked.listed = derived.current;
    }
    if (marked.listedHover !== view.hover) {
      listed.get(marked.listedHover)?.parentElement?.classList.remove('cb-hovered');
      listed.get(view.hover)?.parentElement?.classList.add('cb-hovered');
      marked.listedHover = view.hover;
    }
  }

  /** Marks the cells of everybody who meets at an event. @param {'current' | 'hover'} which @param {number} event @param {string} name of a class */
  function ring(which, event, name) {
    if (marked[which] === event) return;
    for (const node of table.querySelectorAll(`.${name}`)) node.classList.remove(name);
    marked[which] = event;
    const { story } = /** @type {import('./share.js').Shown} */ (shown);
    if (event < 0 || event >= story.n) return;
    const here = present(story, event);
    for (const a of here) for (const b of here) if (a !== b) cells.get(cellOf(a, b))?.classList.add(name);
  }

  /** The one cell that the tab key reaches. @param {number} cell */
  function rove(cell) {
    cells.get(stop)?.setAttribute('tabindex', '-1');
    cells.get(cell)?.setAttribute('tabindex', '0');
    stop = cell;
  }

  // ---- what a viewer does ------------------------------------------------------------------------------------------
  function unfold() {
    everybody = !everybody;
    draw();
    move();
  }
  /** @param {Event} event @param {string} name of a data attribute */
  const dataOf = (event, name) => Number(/** @type {Element} */ (event.target).closest?.(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? -1);

  const listeners = {
    /** @param {Event} event */
    click(event) {
      const cell = dataOf(event, 'cell');
      const picked = dataOf(event, 'event');
      if (picked >= 0) on?.pick(picked);
      if (cell < 0 || !found) return;
      const n = found.people.length;
      chosen = [found.people[Math.floor(cell / n)], found.people[cell % n]];
      list();
      move();
      pair.scrollIntoView({ block: 'nearest' });
    },
    /** @param {Event} event */
    pointerover(event) {
      on?.hover(dataOf(event, 'event'));
      const cell = dataOf(event, 'cell');
      const n = found?.people.length ?? 1;
      const at = cell < 0 ? [] : [Math.floor(cell / n), cell % n];
      for (const head of table.querySelectorAll('th')) head.classList.toggle('cb-me-lit', at.includes(Number(head.dataset.at)));
    },
    pointerleave: () => on?.hover(-1),
    /** @param {Event} event */
    focusin(event) {
      const cell = dataOf(event, 'cell');
      if (cell >= 0) rove(cell);
      on?.hover(dataOf(event, 'event'));
    },
    focusout: () => on?.hover(-1),
    /** @param {KeyboardEvent} event */
    keydown(event) {
      const cell = dataOf(event, 'cell');
      const n = found?.people.length ?? 0;
      const step = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -n, ArrowDown: n })[event.key];
      if (cell < 0 || !step || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const inRow = Math.abs(step) === 1;
      for (let next = cell + step; next >= 0 && next < n * n && (!inRow || Math.floor(next / n) === Math.floor(cell / n)); next += step) {
        const button = cells.get(next);
        if (button) return button.focus();
      }
    },
  };
  for (const [name, listener] of Object.entries(listeners)) root.addEventListener(name, /** @type {any} */ (listener));
  const unsubscribe = subscribe((nextShown, nextOn) => {
    shown = nextShown;
    on = nextOn;
    draw();
    move();
  });

  return () => {
    unsubscribe();
    for (const [name, listener] of Object.entries(listeners)) root.removeEventListener(name, /** @type {any} */ (listener));
    root.replaceChildren();
  };
}

/** @param {number} people @param {number} left */
function sentence(people, left) {
  if (!people) return say('Nobody meets under this filter.');
  const met = counted(people, '{n} person who met|{n} people who met');
  const without = left ? `; ${counted(left, '{n} who met fewer is left out|{n} who met fewer are left out')}` : '';
  return `${met}${without}. ${say('A number is how often two were at the same event.')}`;
}
