// @ts-check
/** The panel of the page in its address, by the name that links have for it whatever the language; the first is left out. */
import { inQuery } from './address.js';

const FIRST = 'events';

/** Called by Streamlit as board.js is, whenever another panel is chosen. @param {{data: {panel: string}}} component */
export default function mount({ data }) {
  const query = new URLSearchParams(inQuery.read());
  if (data.panel === FIRST) query.delete('panel');
  else query.set('panel', data.panel);
  const search = query.toString().replaceAll('%3A', ':');
  inQuery.write(search && `?${search}`);
}
