// @ts-check
/** What the interface says in another language, and the words of times that Python must say alike. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { typedAt, parseAt, spanWords, words } from '../../dashboard/static/clock.js';
import { counted, figures, preferred, say, speak } from '../../dashboard/static/say.js';
import { markWords, when } from '../../dashboard/static/when.js';
import { aheadWords, agoWords } from '../../dashboard/static/whereabouts.js';

const json = (/** @type {string} */ path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const table = json('../../dashboard/spanish.json');
const spanish = () => speak('es', table);
afterEach(() => speak('en'));

test('English is what stands in the code, without what tells two uses apart', () => {
  assert.equal(say('panel::Events'), 'Events');
  assert.equal(counted(1, '{n} event|{n} events'), '1 event');
  assert.equal(counted(1234, '{n} event|{n} events'), '1,234 events');
});

test('another language is what stands in its table', () => {
  spanish();
  assert.equal(say('panel::Events'), 'Eventos');
  assert.equal(counted(1, '{n} event|{n} events'), '1 evento');
  assert.equal(counted(12_345, '{n} event|{n} events'), '12.345 eventos');
  assert.equal(say('said nowhere::What no table has'), 'What no table has');
});

test('what a part says is not looked into', () => assert.equal(say('{a} and {b}', { a: '{b}', b: '$& {a} $1' }), '{b} and $& {a} $1'));

test('a number is written as its language writes it', () => {
  assert.equal(figures(1234.5), '1,234.5');
  spanish();
  assert.deepEqual([1234.5, 12_345.6, 0.25].map(figures), ['1234,5', '12.345,6', '0,25']);
});

for (const [wanted, language] of /** @type {[string[], string][]} */ ([
  [['es-MX', 'en'], 'es'],
  [['fr', 'ES', 'en'], 'es'],
  [['en-GB', 'es'], 'en'],
  [['est', 'de'], 'en'],
  [[], 'en'],
])) {
  test(`who reads ${wanted.join(', ') || 'nothing'} gets ${language}`, () => assert.equal(preferred(wanted), language));
}

for (const [english, words] of Object.entries(json('../cases/when.json'))) {
  test(`a time is said as Python says it: ${english}`, () => {
    assert.equal(when(english), english);
    spanish();
    assert.equal(when(english), words);
  });
}

test('a time said in one language is not remembered in the other', () => {
  spanish();
  assert.equal(words(8 * 86_400, 'days'), 'D\u00eda 8, 00:00');
  speak('en');
  assert.equal(words(8 * 86_400, 'days'), 'Day 8, 00:00');
});

test('the mark of a day has a shorter label', () => {
  spanish();
  assert.deepEqual(markWords('Day -13'), ['D\u00eda -13', '-13']);
  assert.deepEqual(markWords('3 October'), ['3 de octubre']);
  assert.deepEqual(markWords('11:00'), ['11:00']);
});

test('a time may be typed as the board says it in either language', () => {
  spanish();
  const noon = 8 * 86_400 + 43_200;
  for (const text of ['D\u00eda 8, 12:00', 'dia 8 12:00', 'Day 8, 12:00', 'D8T12:00']) assert.equal(typedAt(text, 'days', 0), noon, text);
  const october = parseAt('1995-10-03T11:30', 'calendar');
  for (const text of ['3 de octubre de 1995, 11:30', '3 oct 1995 11:30', '3 October 1995, 11:30']) assert.equal(typedAt(text, 'calendar', 0), october, text);
  assert.equal(typedAt('15 de marzo de 44 a. C., 00:00', 'calendar', 0), parseAt('-0043-03-15', 'calendar'));
});

test('every time that is said in words is understood when typed', () => {
  spanish();
  for (let t = -6e10; t < 6e11; t += 1_234_567_860) assert.equal(typedAt(words(t, 'calendar'), 'calendar', 0), t, words(t, 'calendar'));
});

test('lengths of time are said', () => {
  spanish();
  assert.equal(spanWords(3600), '1 hora');
  assert.equal(spanWords(3 * 86_400), '3 d\u00edas');
  assert.equal(agoWords(0, true), 'ahora');
  assert.equal(agoWords(720, true), 'hace 12 min');
  assert.equal(agoWords(3 * 3600, false), 'hace aprox. 3 h');
  assert.equal(agoWords(2 * 86_400, false), 'hace aprox. 2 d\u00edas');
  assert.equal(aheadWords(600, false), 'dentro de aprox. 10 min');
});
