// @ts-check
/** The story of the people chosen on a board of cells: asked for late and once, the last choice only. */
import { say } from './say.js';
import { readStory } from './story.js';

/** How long nobody else is chosen before anything is asked, in milliseconds. */
const LATE = 250;
/** So many events of theirs are sent at most; of more, those between the marks of the loop. */
const MOST = 20_000;

/**
 * @param {(kind: string, query: string) => string} address of a question
 * @param {{answered(story: import('./story.js').Story | null): void, failed(sentence: string): void}} on null is nobody; an
 *   empty sentence says that a failure is over
 */
export function chosenPeople(address, on) {
  let timer = 0;
  let wanted = '';
  /** @type {AbortController | null} */
  let stop = null;
  /** @type {import('./story.js').Story | null} */
  let known = null;
  let failed = false;

  /** @param {import('./story.js').Story | null} story */
  function tell(story) {
    known = story;
    on.answered(story);
  }

  async function ask() {
    const own = (stop = new AbortController());
    try {
      const response = await fetch(address('people', wanted), { signal: own.signal });
      const said = response.ok ? '' : await response.text();
      const wire = response.ok ? await response.json() : null;
      if (stop !== own) return;
      if (!wire) return fail(/^text\/plain/.test(response.headers.get('content-type') ?? '') ? said : say('The tracks did not come ({status}).', { status: String(response.status) }), response.status !== 400);
      over();
      tell(readStory(wire));
    } catch {
      if (stop === own) fail(say('The tracks did not come: the server does not answer.'), true);
    }
  }

  function over() {
    if (failed) on.failed('');
    failed = false;
  }

  /** Nobody's tracks are shown for those of others. @param {string} sentence @param {boolean} again whether another answer may come to the same question */
  function fail(sentence, again) {
    failed = true;
    if (again) wanted = '';
    on.failed(sentence);
    tell(null);
  }

  return {
    story: () => known,
    /** @param {import('./asked_bins.js').Filter} filter @param {number} count of the events of its people */
    ask({ crew, from, to }, count) {
      const times = crew.length && count > MOST && from && to ? [['from', from], ['to', to]] : [];
      const query = String(new URLSearchParams([...crew.map((id) => ['crew', id]), ...times]));
      if (query === wanted) return;
      wanted = query;
      clearTimeout(timer);
      stop?.abort();
      stop = null;
      if (query) {
        timer = setTimeout(ask, LATE);
        return;
      }
      over();
      tell(null);
    },
    destroy() {
      clearTimeout(timer);
      stop?.abort();
      stop = null;
    },
  };
}
