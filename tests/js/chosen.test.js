// @ts-check
/** The story of the people chosen is asked of a real server on this machine: the last choice, once. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { chosenPeople } from '../../dashboard/static/chosen.js';
import { small } from './small.js';

/** @type {import('node:http').Server} */
let server;
let base = '';
const heard = /** @type {string[]} */ ([]);
const told = { status: 200, type: 'application/json', body: JSON.stringify(small([{ at: 60 }])) };
let how = told;

before(async () => {
  server = createServer((request, response) => {
    heard.push(String(request.url));
    response.writeHead(how.status, { 'content-type': how.type }).end(how.body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(null)));
  base = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

function somebody() {
  heard.length = 0;
  how = told;
  const said = /** @type {string[]} */ ([]);
  const stories = /** @type {any[]} */ ([]);
  let wake = () => {};
  const people = chosenPeople((kind, query) => `${base}/${kind}?${query}`, {
    answered: (story) => (stories.push(story), wake()),
    failed: (sentence) => said.push(sentence),
  });
  const filter = (/** @type {string[]} */ crew, from = '', to = '') => ({ crew, match: 'any', q: '', from, to });
  return {
    said,
    stories,
    people,
    ask: (/** @type {string[]} */ crew, count = 5, from = '', to = '') => people.ask(filter(crew, from, to), count),
    /** @param {number} count */
    async until(count) {
      while (stories.length < count) await new Promise((done) => (wake = () => done(null)));
    },
  };
}

test('of several choices the last is asked for, and nobody is asked for nobody', async () => {
  const { ask, until, stories, people } = somebody();
  for (const crew of [['a'], ['a', 'b'], ['b&c']]) ask(crew);
  await until(1);
  assert.deepEqual(heard, ['/people?crew=b%26c']);
  assert.equal(people.story()?.n, 1);
  ask(['b&c']);
  ask([]);
  assert.deepEqual([stories.at(-1), people.story(), heard.length], [null, null, 1]);
});

test('of people with too many events those between the marks are asked for', async () => {
  const { ask, until } = somebody();
  ask(['a'], 20_001, '1995-06-01', '1995-06-02');
  await until(1);
  ask(['b'], 20_000, '1995-06-01', '1995-06-02');
  await until(2);
  assert.deepEqual(heard, ['/people?crew=a&from=1995-06-01&to=1995-06-02', '/people?crew=b']);
});

test('a refusal is told, shows nobody, and is over with the next answer', async () => {
  const { ask, until, said, stories } = somebody();
  how = { status: 400, type: 'text/plain; charset=utf-8', body: 'These are too many.' };
  ask(['a']);
  await until(1);
  ask(['a']);
  how = told;
  ask(['b']);
  await until(2);
  assert.deepEqual([said, stories[0], heard.length], [['These are too many.', ''], null, 2]);
});

test('what a server could not answer is asked again', async () => {
  const { ask, until, said } = somebody();
  how = { status: 503, type: 'text/html', body: '<p>' };
  ask(['a']);
  await until(1);
  how = told;
  ask(['a']);
  await until(2);
  assert.deepEqual([said, heard.length], [['The tracks did not come (503).', ''], 2]);
});
