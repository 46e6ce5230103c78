// @ts-check
/** Base maps: the schematic one of our own, online ones by choice, and back to ours when their tiles fail. */
import { element, icon } from './dom.js';
import { say } from './say.js';

/** Tiles that fail, with none that came, before the schematic map takes over. */
const FAILURES = 3;

/**
 * @typedef {{id: string, label: string, url?: string, attribution?: string, max_zoom?: number, subdomains?: string, allowed?: boolean}} Base
 * @param {any} L
 * @param {{schematic: any, bases: Base[], notice(text: string): void}} options
 */
export function base(L, { schematic, bases, notice }) {
  /** @type {any} */
  let map = null;
  /** @type {any} */
  let tiles = null;
  const allowed = new Set(['schematic']);

  /** @param {string} id */
  function use(id) {
    tiles?.remove();
    tiles = null;
    const choice = bases.find((item) => item.id === id);
    if (!choice?.url) {
      if (!map.hasLayer(schematic)) schematic.addTo(map);
      return;
    }
    let failed = 0;
    let came = 0;
    tiles = L.tileLayer(choice.url, { attribution: choice.attribution ?? '', maxZoom: choice.max_zoom ?? 19, subdomains: choice.subdomains ?? 'abc' });
    tiles.on('tileload', () => {
      if (came++ === 0) schematic.remove();
    });
    tiles.on('tileerror', () => {
      if (came || ++failed < FAILURES) return;
      notice(say('The base map “{name}” did not answer; the schematic map is shown instead.', { name: nameOf(choice) }));
      use('schematic');
    });
    tiles.addTo(map);
  }

  return {
    schematic,
    use,
    /** Whether the page must be asked for again before the base map may load. @param {string} id */
    needsReload: (id) => !allowed.has(id),
    /** @param {any} target @param {string} id */
    attach(target, id) {
      map = target;
      allowed.add(id);
      if (!map.hasLayer(schematic)) schematic.addTo(map);
      if (id !== 'schematic') use(id);
    },
    /** @param {any} theme */
    setTheme: (theme) => schematic.setTheme(theme),
    /**
     * The button and the menu to choose a base map.
     * @param {string} chosen @param {(id: string) => void} choose
     */
    chooser(chosen, choose) {
      if (bases.length < 2) return [];
      const name = `cb-base-${Math.random().toString(36).slice(2, 8)}`;
      const menu = element(
        'div',
        { class: 'cb-pop cb-bases', id: name, popover: 'auto', role: 'radiogroup', 'aria-label': say('Base map') },
        ...bases.map((item) =>
          element(
            'label',
            {},
            element('input', { type: 'radio', name: `${name}-choice`, value: item.id, checked: item.id === chosen, change: () => choose(item.id) }),
            element('span', {}, nameOf(item)),
            element('small', {}, item.url ? hostOf(item.url) : say('built in')),
          ),
        ),
      );
      const button = element(
        'button',
        { type: 'button', class: 'cb-tool', 'aria-label': say('Base map'), title: say('Base map'), popovertarget: name, 'aria-expanded': 'false' },
        icon('M10 3l7 4-7 4-7-4zM3 10.5l7 4 7-4M3 14l7 4 7-4'),
      );
      menu.addEventListener('toggle', (/** @type {any} */ event) => {
        const open = event.newState === 'open';
        button.setAttribute('aria-expanded', String(open));
        if (!open) return;
        const box = button.getBoundingClientRect();
        menu.style.top = `${Math.round(box.top)}px`;
        menu.style.left = `${Math.round(box.left - menu.offsetWidth - 8)}px`;
      });
      return [button, menu];
    },
  };
}

/** @param {Base} base */
const nameOf = ({ id, label }) => names()[id] ?? label;

/** @returns {Record<string, string>} */
const names = () => ({
  schematic: say('Schematic'),
  light: say('base::Light'),
  streets: say('base::Streets'),
  topo: say('base::Topographic'),
  imagery: say('base::Satellite'),
});

/** The host a tile address asks. @param {string} url */
const hostOf = (url) => url.replace(/^https?:\/\//, '').replace(/^\{s\}\./, '').split('/')[0];
