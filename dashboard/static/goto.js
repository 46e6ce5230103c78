// @ts-check
/** A link from the page to the board: when the event it is given changes, the board moves there. */
import { subscribe } from './share.js';

/** @type {WeakMap<Element, string>} the event each link was last given */
const given = new WeakMap();

/**
 * Called by Streamlit as board.js is. The event of the first call is not moved to: nobody has chosen it just now.
 * @param {{data: {event: string}, parentElement: Element}} component
 */
export default function mount({ data, parentElement }) {
  const before = given.get(parentElement);
  given.set(parentElement, data.event);
  if (before !== undefined && before !== data.event && data.event) go(data.event);
  return () => given.delete(parentElement);
}

/** @param {string} id of an event */
function go(id) {
  const leave = subscribe(({ story }, on) => {
    const event = story.id.indexOf(id);
    // not while the board is drawing: it publishes at the end of a frame
    queueMicrotask(() => {
      leave();
      if (event >= 0) on.pick(event);
    });
  });
}
