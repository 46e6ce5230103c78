// @ts-check
/** The marks between which play repeats: two buttons that set them where time is, and one that takes them away. */
import { words } from './clock.js';
import { element, setAttribute } from './dom.js';
import { say } from './say.js';

/**
 * @param {import('./story.js').Story} story
 * @param {{marks(from: number | null, to: number | null): void}} on
 */
export function loopMarks(story, on) {
  let view = { t: 0, from: /** @type {number | null} */ (null), to: /** @type {number | null} */ (null) };
  /** @param {string} name @param {string} sign @param {() => void} click */
  const button = (name, sign, click) =>
    element('button', { type: 'button', class: 'cb-tr-button cb-tr-mark', 'aria-label': name, title: name, 'aria-pressed': 'false', click }, sign);
  const setStart = () => on.marks(view.t, view.to !== null && view.to > view.t ? view.to : null);
  const setEnd = () => on.marks(view.from !== null && view.from < view.t ? view.from : null, view.t);
  const clear = () => on.marks(null, null);
  const start = button(say('Set loop start'), '[', setStart);
  const end = button(say('Set loop end'), ']', setEnd);
  const none = button(say('Clear the loop'), '\u00d7', clear);
  none.removeAttribute('aria-pressed');
  const { kind } = story.clock;
  return {
    nodes: [start, end, none],
    setStart,
    setEnd,
    /** @param {{t: number, from: number | null, to: number | null}} next */
    render(next) {
      view = next;
      setAttribute(start, 'aria-pressed', String(next.from !== null));
      setAttribute(end, 'aria-pressed', String(next.to !== null));
      setAttribute(start, 'title', next.from === null ? say('Set loop start (I)') : say('Loop from {when}', { when: words(next.from, kind) }));
      setAttribute(end, 'title', next.to === null ? say('Set loop end (O)') : say('Loop to {when}', { when: words(next.to, kind) }));
      none.hidden = next.from === null && next.to === null;
    },
  };
}
