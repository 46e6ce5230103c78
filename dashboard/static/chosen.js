// @ts-check
/** The story of the people chosen on a board of cells: asked for late and once, the last choice only. */
import { say } from './say.js';
import { readStory } from './story.js';

/** How long nobody else is chosen before anything is asked, in milliseconds. */
const LATE = 250;

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
      if (!wire) return fail(/^text\/plain/.test(response.headers.get('content-type') ?? '') ? said : say('The tracks did not come ({status}).', { status: String(response.status) }));
      if (failed) on.failed('');
      failed = false;
      tell(readStory(wire));
    } catch {
      if (stop === own) fail(say('The tracks did not come: the server does not answer.'));
    }
  }

  /** Nobody's tracks are shown for those of others; whoever chooses again asks again. @param {string} sentence */
  function fail(sentence) {
    failed = true;
    wanted = '';
    on.failed(sentence);
    tell(null);
  }

  return {
    story: () => known,
    /** @param {string[]} people ids, always in the same order */
    ask(people) {
      const query = String(new URLSearchParams(people.map((id) => ['crew', id])));
      if (query === wanted) return;
      wanted = query;
      clearTimeout(timer);
      stop?.abort();
      stop = null;
      if (query) timer = setTimeout(ask, LATE);
      else tell(null);
    },
    destroy() {
      clearTimeout(timer);
      stop?.abort();
      stop = null;
    },
  };
}
