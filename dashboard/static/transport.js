// @ts-check
/** The row under the timeline: play, step, the time in words, mode, scale and the keys. */
import { dayAssumed, formatAt, spanWords, typedAt, words, wordsOn } from './clock.js';
import { element, icon, setAttribute, setText } from './dom.js';
import { matchesSaid } from './chips.js';
import { loopMarks } from './loop.js';
import { player } from './player.js';
import { figures, say } from './say.js';
import { whenOf } from './when.js';

/**
 * @typedef {import('./story.js').Story} Story
 * @typedef {{t: number, event: number, mode: string, span: number, scale: string, from: number | null, to: number | null}} View
 * @typedef {{selection: Int32Array, sequence: Int32Array, current: number}} Derived
 * @typedef {import('./player.js').On & {chapter(delta: number): void, mode(mode: string): void, span(seconds: number): void, time(t: number): void,
 *   marks(from: number | null, to: number | null): void,
 *   scale(scale: string): void}} On
 */

const SPEEDS = [0.5, 1, 2, 4, 8];
const SPANS = [60, 300, 900, 3600, 6 * 3600, 86_400, 3 * 86_400, 604_800, 30 * 86_400, 365 * 86_400, 3650 * 86_400];
const modes = () => [
  ['so-far', say('So far'), say('Everything up to now')],
  ['window', say('Window'), say('Only the last while before now')],
  ['moment', say('Moment'), say('Only what is going on now')],
];
const scales = () => [
  ['story', say('scale::Story'), say('Room where much happens; quiet time is squeezed')],
  ['clock', say('scale::Clock'), say('Every hour is equally long')],
  ['order', say('scale::Order'), say('Every event is equally long')],
];
const keys = () => [
  [say('Space'), say('Play or pause')],
  ['\u2190 \u2192', say('Previous or next event')],
  [say('Page Up, Page Down'), say('Previous or next chapter')],
  [say('Home, End'), say('First or last event')],
  ['I, O', say('Loop from here, loop up to here')],
  ['?', say('This list')],
];
/** @type {Map<string, 'previous' | 'next' | 'back' | 'forward' | 'first' | 'last' | 'from' | 'to'>} */
const MOVES = new Map([
  ['ArrowLeft', 'previous'],
  ['ArrowRight', 'next'],
  ['PageUp', 'back'],
  ['PageDown', 'forward'],
  ['Home', 'first'],
  ['End', 'last'],
  ['i', 'from'],
  ['o', 'to'],
]);
const ICONS = {
  play: 'M6.5 4.2v11.6L16 10z',
  pause: 'M6 4.5h2.6v11H6zM11.4 4.5H14v11h-2.6z',
  previous: 'M12 5l-5 5 5 5',
  next: 'M8 5l5 5-5 5',
  loop: 'M4.5 8.5A5.8 5.8 0 0 1 15 6.8M15.5 11.5A5.8 5.8 0 0 1 5 13.2M15.3 3.6v3.4h-3.4M4.7 16.4V13h3.4',
};

/**
 * What a key means on the board, or null where the element in focus needs the key itself.
 * @param {string} key
 * @param {'' | 'text' | 'button' | 'choice' | 'map'} focus what is in focus: `choice` is a radio button or a check box
 * @returns {'play' | 'previous' | 'next' | 'back' | 'forward' | 'first' | 'last' | 'from' | 'to' | 'help' | null}
 */
export function command(key, focus) {
  if (focus === 'text') return null;
  if (key === '?') return 'help';
  if (key === ' ') return focus === '' || focus === 'map' ? 'play' : null;
  if (focus === 'choice' || focus === 'map') return null;
  return MOVES.get(key) ?? null;
}

/** @param {EventTarget | null} target */
function focusOf(target) {
  if (!(target instanceof Element)) return '';
  if (target.closest('textarea, select, dialog, [contenteditable], [popover], input:not([type=range], [type=radio], [type=checkbox], [type=button])')) return 'text';
  if (target.matches('[type=radio], [type=checkbox]')) return 'choice';
  if (target.matches('button, a[href], summary, [role=button]')) return 'button';
  return target.closest('.leaflet-container') ? 'map' : '';
}

/**
 * The time of the view in words; the chapter; and what is not sure: `about` where the current event has no exact time,
 * `day assumed` where the story does not date the day; `in steps of 18 hours` where events are counted in such steps.
 * @param {Story} story @param {Pick<View, 't' | 'scale'>} view @param {number} current event or -1
 */
export function readout(story, { t, scale }, current) {
  const here = current >= 0 && story.at[current] === t;
  const exact = here && story.precision[current] === 'exact';
  const chapter = current >= 0 && story.chapter[current] >= 0 ? story.chapters[story.chapter[current]] : '';
  const doubts = [here && !exact ? say('about') : '', dayAssumed(story.clock, t) ? say('day assumed') : '', story.cells ? say('in steps of {span}', { span: stepWords(story.cells) }) : ''].filter(Boolean);
  return { time: wordsOn(/** @type {any} */ (story.axis)[scale], t, story.clock.kind, exact), chapter, doubts };
}

/** About how long a step of time is, in the largest unit there are two of. @param {import('./cells.js').Cells} cells */
function stepWords({ from, to, steps }) {
  const length = (to - from) / steps;
  const unit = [86_400, 3600, 60, 1].find((size) => length >= 2 * size) ?? 1;
  return spanWords(Math.max(1, Math.round(length / unit)) * unit);
}

/** Lengths of the window worth offering, with the one in use. @param {number} length of the story in seconds @param {number} span */
export function spans(length, span) {
  const useful = SPANS.filter((seconds) => seconds < length && seconds * 1000 >= length);
  return [...new Set([...useful, span])].sort((a, b) => a - b);
}

/**
 * The instant a person typed, or what is wrong with it.
 * @param {Story} story @param {string} text @param {number} now
 * @returns {{t: number} | {fault: string}}
 */
export function asked(story, text, now) {
  const { kind } = story.clock;
  const { t: knots } = story.axis.clock;
  const [first, last] = [knots[0] ?? now, knots[knots.length - 1] ?? now];
  const t = typedAt(text, kind, now);
  if (t === null) {
    return { fault: say('This is not a time of the story. Write it like {code}, or {when}.', { code: formatAt(now, kind), when: words(now, kind) }) };
  }
  if (t < first || t > last) {
    return { fault: say('The story runs from {first} to {last}.', { first: words(first, kind), last: words(last, kind) }) };
  }
  return { t };
}

/**
 * @param {HTMLElement} root
 * @param {Story} story
 * @param {On} on
 */
export function transport(root, story, on) {
  const unique = `cb-${Math.random().toString(36).slice(2, 8)}`;
  let view = /** @type {View} */ ({ t: story.n ? story.at[0] : 0, event: -1, mode: 'so-far', span: SPANS[4], scale: 'story', from: null, to: null });
  let derived = /** @type {Derived} */ ({ selection: new Int32Array(0), sequence: new Int32Array(0), current: -1 });
  const play = player(
    story,
    () => ({ t: view.t, event: view.event, from: view.from, to: view.to, scale: /** @type {any} */ (story.axis)[view.scale], ...derived }),
    {
      ...on,
      playing(now) {
        setAttribute(playButton, 'aria-label', now ? say('Pause') : say('Play'));
        playButton.replaceChildren(icon(now ? ICONS.pause : ICONS.play));
        on.playing(now);
      },
    },
  );

  /** @param {string} name @param {Node | string} face @param {() => void} click */
  const button = (name, face, click) =>
    element('button', { type: 'button', class: 'cb-tr-button', 'aria-label': name, title: name, click }, face);
  const playButton = button(say('Play'), icon(ICONS.play), play.toggle);
  playButton.classList.add('cb-tr-play');
  playButton.removeAttribute('title');
  const previous = button(say('Previous event'), icon(ICONS.previous), () => on.step(-1));
  const next = button(say('Next event'), icon(ICONS.next), () => on.step(1));
  const speed = element('select', { class: 'cb-tr-button cb-tr-choice', 'aria-label': say('Speed'), title: say('Speed'), change: () => play.setSpeed(Number(speed.value)) });
  for (const times of SPEEDS) speed.append(element('option', { value: String(times), selected: times === 1 }, `${figures(times)}\u00d7`));
  const loop = button(say('Loop'), icon(ICONS.loop), () => {
    const again = loop.getAttribute('aria-pressed') !== 'true';
    loop.setAttribute('aria-pressed', String(again));
    play.setLoop(again);
  });
  loop.setAttribute('aria-pressed', 'false');

  const marks = loopMarks(story, on);

  const time = element('span', { class: 'cb-tr-time' });
  const chapter = element('span', { class: 'cb-tr-chapter' });
  const doubts = element('span', { class: 'cb-tr-doubts' });
  const field = element('input', { type: 'text', class: 'cb-search', id: `${unique}-time`, autocomplete: 'off', spellcheck: false, maxLength: 60 });
  const fault = element('p', { class: 'cb-tr-fault', role: 'alert' });
  const typed = element(
    'form',
    { class: 'cb-pop cb-tr-typed', id: `${unique}-typed`, popover: 'auto', submit: goTo, toggle: opened },
    element('label', { for: field.id }, say('Go to a time')),
    element('div', { class: 'cb-tr-field' }, field, element('button', { type: 'submit', class: 'cb-primary' }, say('Go'))),
    fault,
  );
  const now = element('button', { type: 'button', class: 'cb-tr-now', popovertarget: typed.id, title: say('Go to a time') }, time);

  /** @param {string} name @param {string[][]} choices @param {(value: string) => void} choose */
  function radios(name, choices, choose) {
    const inputs = choices.map(([value]) => element('input', { type: 'radio', name: `${unique}-${name}`, value, change: () => choose(value) }));
    const group = element('div', { class: 'cb-seg', role: 'radiogroup', 'aria-label': name });
    choices.forEach(([, label, title], i) => group.append(element('label', { title }, inputs[i], element('span', {}, label))));
    return { group, inputs };
  }
  const [modesSaid, scalesSaid] = [modes(), scales()];
  const mode = radios(say('Mode'), modesSaid, on.mode);
  const scale = radios(say('Scale'), scalesSaid, on.scale);
  scale.group.hidden = story.large !== null;
  const length = story.n || story.large ? story.axis.clock.t[story.axis.clock.t.length - 1] - story.axis.clock.t[0] : 0;
  const span = element('select', { class: 'cb-tr-button cb-tr-choice cb-tr-span', 'aria-label': say('Length of the window'), change: () => on.span(Number(span.value)) });

  /** @param {string} title @param {string[][]} rows @param {string} tag */
  const table = (title, rows, tag) => [
    element('h2', {}, title),
    element('dl', {}, ...rows.map(([term, meaning]) => element('div', {}, element('dt', {}, element(tag, {}, term)), element('dd', {}, meaning)))),
  ];
  const help = element(
    'dialog',
    { class: 'cb-tr-help', 'aria-label': say('Help'), click: (/** @type {Event} */ event) => event.target === help && help.close() },
    element(
      'div',
      {},
      ...table(say('Keys'), keys(), 'kbd'),
      ...table(say('Mode'), modesSaid.map(([, label, title]) => [label, title]), 'b'),
      ...table(say('People'), matchesSaid().map(([, label, title]) => [label, title]), 'b'),
      ...(story.large ? [] : table(say('Scale'), scalesSaid.map(([, label, title]) => [label, title]), 'b')),
      element('button', { type: 'button', class: 'cb-tr-button', click: () => help.close() }, say('Close')),
    ),
  );
  const helpButton = button(say('Help'), '?', () => help.showModal());

  const row = element(
    'div',
    { class: 'cb-tr' },
    element('div', { class: 'cb-tr-move' }, playButton, previous, next),
    element('div', { class: 'cb-tr-readout' }, now, element('div', { class: 'cb-tr-aside' }, chapter, doubts)),
    element('div', { class: 'cb-tr-how' }, speed, loop, ...marks.nodes, mode.group, span, scale.group),
    helpButton,
    typed,
    help,
  );
  root.append(row);

  /** @param {Event & {newState?: string}} event */
  function opened(event) {
    if (event.newState !== 'open') return;
    field.value = formatAt(view.t, story.clock.kind);
    setText(fault, '');
    const box = now.getBoundingClientRect();
    typed.style.left = `${Math.round(Math.max(8, Math.min(box.left, innerWidth - typed.offsetWidth - 8)))}px`;
    typed.style.top = `${Math.round(Math.max(8, box.top - typed.offsetHeight - 8))}px`;
    field.focus();
    field.select();
  }
  /** @param {Event} event */
  function goTo(event) {
    event.preventDefault();
    const answer = asked(story, field.value, view.t);
    if ('fault' in answer) {
      setText(fault, answer.fault);
      setAttribute(field, 'aria-invalid', 'true');
      typed.style.top = `${Math.round(Math.max(8, now.getBoundingClientRect().top - typed.offsetHeight - 8))}px`;
      return;
    }
    field.removeAttribute('aria-invalid');
    typed.hidePopover();
    now.focus();
    on.time(answer.t);
    on.release();
  }
  /** @param {number} index of the sequence */
  function end(index) {
    if (derived.sequence.length) on.pick(derived.sequence[index]);
  }
  /** @type {Record<string, () => void>} */
  const commands = {
    play: play.toggle,
    previous: () => on.step(-1),
    next: () => on.step(1),
    back: () => on.chapter(-1),
    forward: () => on.chapter(1),
    first: () => end(0),
    last: () => end(derived.sequence.length - 1),
    from: marks.setStart,
    to: marks.setEnd,
    help: () => help.showModal(),
  };
  let offered = '';

  return {
    /** @param {View} nextView @param {Derived} nextDerived */
    render(nextView, nextDerived) {
      view = nextView;
      derived = nextDerived;
      const { sequence, current } = derived;
      marks.render(view);
      const said = readout(story, view, current);
      setText(time, said.time);
      setText(chapter, said.chapter);
      setText(doubts, said.doubts.join(' \u00b7 '));
      setAttribute(doubts, 'title', said.doubts.length && current >= 0 && !story.cells ? whenOf(story, current) : null);
      // aria-disabled and not disabled: a button that is disabled under the finger loses the focus
      const event = view.event >= 0 ? view.event : current;
      setAttribute(previous, 'aria-disabled', String(!sequence.length || event < 0 || event === sequence[0]));
      setAttribute(next, 'aria-disabled', String(!sequence.length || event === sequence[sequence.length - 1]));
      setAttribute(playButton, 'aria-disabled', String(!sequence.length));
      mode.inputs.forEach((input, i) => (input.checked = modesSaid[i][0] === view.mode));
      scale.inputs.forEach((input, i) => (input.checked = scalesSaid[i][0] === view.scale));
      span.hidden = view.mode !== 'window';
      if (offered !== `${view.span}`) {
        offered = `${view.span}`;
        span.replaceChildren(
          ...spans(length, view.span).map((seconds) => element('option', { value: String(seconds), selected: seconds === view.span }, spanWords(seconds))),
        );
      }
    },
    /** @param {Story} next on the same axis */
    use(next) {
      story = next;
      play.use(next);
    },
    /** Ends play, as somebody else moves time now. */
    stop: play.stop,
    /** Answers a key pressed anywhere on the board; true when it was one of ours. @param {KeyboardEvent} event */
    key(event) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
      const name = command(event.key, focusOf(event.target));
      if (!name) return false;
      event.preventDefault();
      commands[name]();
      return true;
    },
    destroy() {
      play.destroy();
      row.remove();
    },
  };
}
