// @ts-check
/** The words of the interface in the language in use; in the code they stand in English. The twin of `dashboard/language.py`. */

export const LANGUAGES = ['en', 'es'];

const PLACE = /\{([a-z_]+)\}/g;

/** @type {{language: string, words: Record<string, string>, numbers: Intl.NumberFormat, point: string, version: number}} */
const spoken = { language: 'en', words: {}, numbers: new Intl.NumberFormat('en'), point: '.', version: 0 };

/** From now on the interface is in this language. @param {string} language @param {Record<string, string>} [words] English to that language */
export function speak(language, words = {}) {
  const numbers = new Intl.NumberFormat(language);
  Object.assign(spoken, { language, words, numbers, point: numbers.format(0.5)[1], version: spoken.version + 1 });
}

/** The language in use. */
export const language = () => spoken.language;

/** Of the languages that somebody reads, best first, the first there is; else English. @param {readonly string[]} wanted "es-MX" */
export function preferred(wanted) {
  const known = wanted.map((tag) => tag.split('-')[0].toLowerCase()).find((tag) => LANGUAGES.includes(tag));
  return known ?? LANGUAGES[0];
}

/**
 * A text of the interface, with numbers as the language writes them. What stands before `::` only tells two uses of one
 * English text apart.
 * @param {string} english a literal, so that it can be found in the table @param {Record<string, string | number>} [parts]
 */
export const say = (english, parts) => filled(spoken.words[english] ?? english.slice(english.indexOf('::') < 0 ? 0 : english.indexOf('::') + 2), parts);

/**
 * A text for a number of things, of the two with a bar between: "{n} event|{n} events".
 * @param {number} n @param {string} english a literal @param {Record<string, string | number>} [parts]
 */
export function counted(n, english, parts = {}) {
  const [one, other] = say(english).split('|');
  return filled(n === 1 ? one : other, { n, ...parts });
}

/** A number as the language writes it: "1,234.5" or "1234,5". @param {number} number */
export const figures = (number) => spoken.numbers.format(number);

/** A number with so many decimals and without groups of digits: "0.50" or "0,50". @param {number} number @param {number} decimals */
export const fixed = (number, decimals) => number.toFixed(decimals).replace('.', spoken.point);

/**
 * The same of an equal text as long as the language stays.
 * @param {(text: string) => string} made @param {number} most texts kept
 * @returns {(text: string) => string}
 */
export function remembered(made, most) {
  /** @type {Map<string, string>} */
  const known = new Map();
  let version = -1;
  return (text) => {
    if (version !== spoken.version || known.size >= most) known.clear();
    version = spoken.version;
    let words = known.get(text);
    if (words === undefined) known.set(text, (words = made(text)));
    return words;
  };
}

/** What a part says is never looked into: a story may write braces. @param {string} words @param {Record<string, string | number>} [parts] */
function filled(words, parts) {
  if (!parts) return words;
  return words.replace(PLACE, (place, name) => {
    const value = Object.hasOwn(parts, name) ? parts[name] : place;
    return typeof value === 'number' ? figures(value) : value;
  });
}
