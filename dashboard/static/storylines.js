// @ts-check
/** The panel Storylines: one line a person over the board's time, under its filter and at its instant. */
import { element, setAttribute, setText } from './dom.js';
import { mounted } from './mounted.js';
import { counted, say } from './say.js';
import { subscribe } from './share.js';
import { MOST, sheet } from './sheet.js';
import { present, remote } from './story.js';
import { svg } from './strands.js';
import { theme } from './theme.js';
import { whenOf } from './when.js';

/** Pixels a pointer may move in a click. */
const TAP = 4;

export default mounted('.cb-sl', storylines);

/**
 * @param {HTMLElement} root
 * @returns {() => void} ends it
 */
export function storylines(root) {
  const said = element('p', { class: 'cb-sl-said', role: 'status', 'aria-label': say('Lines') });
  const all = element('button', { type: 'button', class: 'cb-chip', 'aria-pressed': 'false', click: () => paint(!everybody) }, say('Everybody'));
  const scroller = element('div', { class: 'cb-sl-scroll' });
  const tip = element('div', { class: 'cb-sl-tip', 'aria-hidden': 'true', hidden: true }, element('b', {}), element('span', {}), element('em', {}));
  root.replaceChildren(element('header', { class: 'cb-sl-head' }, said, all, legend()), element('div', { class: 'cb-sl-frame' }, scroller, tip));
  const page = sheet(scroller);
  const { paper } = page;

  let everybody = false;
  /** @type {import('./share.js').Shown | null} */
  let shown = null;
  /** @type {import('./share.js').Actions | null} */
  let on = null;
  let look = /** @type {any} */ (null);
  let room = 0;

  function paint(asked = everybody) {
    everybody = asked;
    if (!shown) return;
    const { story, derived } = shown;
    if (look !== shown.theme) theme(root, story.groups);
    look = shown.theme;
    if (!page.render(shown, { everybody, held: pressed !== null, room })) return;
    const { lines, left, folded, roles } = page.counts();
    setText(said, sentence(lines, left, derived.selection.length));
    all.hidden = !folded && !(everybody && roles);
    setAttribute(all, 'aria-pressed', String(everybody));
    setText(all, folded ? say('Everybody, {n} more without a name', { n: folded }) : say('Everybody'));
  }

  /** @param {Event} event */
  const eventAt = (event) => Number(/** @type {Element} */ (event.target).closest?.('[data-event]')?.getAttribute('data-event') ?? -1);

  let pressed = /** @type {{x: number, y: number, event: number, dragging: boolean} | null} */ (null);
  let pointed = -1;
  /** @param {number} event @param {number} person */
  function point(event, person) {
    if (event !== pointed) on?.hover((pointed = event));
    page.light(person);
    const node = page.node(event);
    tip.hidden = !node && person < 0;
    if (!shown || tip.hidden) return;
    const { story } = shown;
    const names = (/** @type {Int32Array} */ list) => Array.from(list, (p) => story.people.short[p]).join(', ');
    const [title, when, who] = tip.children;
    setText(title, node ? story.title[event] : story.people.name[person]);
    setText(when, node ? whenOf(story, event) : story.people.role[person]);
    const far = node ? names(remote(story, event)) : '';
    setText(who, node ? [names(present(story, event)), far && say('from elsewhere: {people}', { people: far })].filter(Boolean).join(' · ') : '');
  }
  /** @param {number} x @param {number} y of the page */
  function placeTip(x, y) {
    const frame = /** @type {HTMLElement} */ (scroller.parentElement).getBoundingClientRect();
    const left = Math.max(4, Math.min(frame.width - tip.offsetWidth - 4, x - frame.left + 14));
    const below = y - frame.top + 18;
    const top = below + tip.offsetHeight > frame.height - 4 ? y - frame.top - tip.offsetHeight - 12 : below;
    tip.style.transform = `translate(${left}px, ${top}px)`;
  }
  /** Ends a drag or a press, once. */
  function release() {
    if (pressed?.dragging) on?.release();
    pressed = null;
    paper.classList.remove('cb-sl-dragging');
  }

  const listeners = {
    /** @param {PointerEvent} event */
    pointerdown(event) {
      if (event.button || !shown?.story.n) return;
      const grip = page.hand.contains(/** @type {Node} */ (event.target));
      pressed = { x: event.clientX, y: event.clientY, event: eventAt(event), dragging: false };
      // a finger on the paper scrolls it; a finger on the grip moves time
      if (event.pointerType !== 'touch' || grip) paper.setPointerCapture(event.pointerId);
    },
    /** @param {PointerEvent} event */
    pointermove(event) {
      if (!pressed) {
        if (event.pointerType === 'touch') return;
        const person = Number(/** @type {Element} */ (event.target).closest?.('[data-person]')?.getAttribute('data-person') ?? -1);
        const over = eventAt(event);
        point(over, over >= 0 ? -1 : person);
        placeTip(event.clientX, event.clientY);
        return;
      }
      if (!paper.hasPointerCapture(event.pointerId)) return;
      if (!pressed.dragging && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < TAP) return;
      pressed.dragging = true;
      paper.classList.add('cb-sl-dragging');
      point(-1, -1);
      on?.time(page.instantAt(event.clientX));
    },
    /** @param {PointerEvent} event */
    pointerup(event) {
      if (!pressed || pressed.dragging) return release();
      const picked = pressed.event;
      pressed = null;
      if (picked >= 0) on?.pick(picked);
      else {
        on?.time(page.instantAt(event.clientX));
        on?.release();
      }
    },
    pointercancel: release,
    pointerleave: () => pressed || point(-1, -1),
    /** @param {FocusEvent} event */
    focusin(event) {
      const e = eventAt(event);
      if (e < 0) return;
      page.rove(e);
      point(e, -1);
      const box = /** @type {Element} */ (event.target).getBoundingClientRect();
      placeTip(box.left + box.width / 2, Math.min(box.bottom - 20, box.top + 40));
    },
    focusout: () => point(-1, -1),
    /** @param {KeyboardEvent} event */
    keydown(event) {
      const e = eventAt(event);
      if (e < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      const order = page.order();
      const i = order.indexOf(e);
      const targets = /** @type {Record<string, number>} */ ({ ArrowLeft: i - 1, ArrowUp: i - 1, ArrowRight: i + 1, ArrowDown: i + 1, Home: 0, End: order.length - 1 });
      const next = page.node(order[targets[event.key]]);
      if (event.key === 'Enter' || event.key === ' ') on?.pick(e);
      else if (next) /** @type {any} */ (next).focus();
      else if (!(event.key in targets)) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  for (const [name, listener] of Object.entries(listeners)) paper.addEventListener(name, /** @type {any} */ (listener));

  const resize = new ResizeObserver(() => {
    room = scroller.clientWidth;
    paint();
  });
  resize.observe(scroller);
  const unsubscribe = subscribe((nextShown, nextOn) => {
    shown = nextShown;
    on = nextOn;
    paint();
  });

  return () => {
    if (pointed >= 0) on?.hover(-1);
    unsubscribe();
    resize.disconnect();
    for (const [name, listener] of Object.entries(listeners)) paper.removeEventListener(name, /** @type {any} */ (listener));
    root.replaceChildren();
  };
}

/** @param {number} lines @param {number} left @param {number} events */
function sentence(lines, left, events) {
  if (events > MOST) return say('{n} events are too many for lines. Choose people or search, until at most {most} are left.', { n: events, most: MOST });
  if (!events) return say('No event passes the filter.');
  const drawn = say('{people} in {events}', { people: counted(lines, '{n} person|{n} people'), events: counted(events, '{n} event|{n} events') });
  return left ? `${drawn}; ${counted(left, '{n} with fewer events has no line|{n} with fewer events have no line')}` : drawn;
}

/** What the marks mean. */
function legend() {
  const sign = (/** @type {string} */ text, /** @type {Node[]} */ ...marks) =>
    element('span', {}, svg('svg', { width: 26, height: 14, viewBox: '0 0 26 14', 'aria-hidden': 'true' }, ...marks), text);
  const line = () => svg('path', { class: 'cb-sl-line', d: 'M1 7H25' });
  return element(
    'p',
    { class: 'cb-sl-legend' },
    sign(say('together'), svg('path', { class: 'cb-sl-line', d: 'M1 4H25M1 10H25' }), svg('rect', { class: 'cb-sl-capsule', x: 9, y: 0.8, width: 8, height: 12.4, rx: 4 })),
    sign(say('from elsewhere'), line(), svg('circle', { class: 'cb-sl-far', cx: 13, cy: 7, r: 3 })),
    sign(say('not seen for long'), svg('path', { class: 'cb-sl-away', d: 'M1 7H25' })),
    sign(say('story ends'), svg('path', { class: 'cb-sl-line', d: 'M1 7H18' }), svg('path', { class: 'cb-sl-end', d: 'M18 1v12' })),
  );
}
