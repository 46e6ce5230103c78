// @ts-check
/** What the board of a large story asks: of a real server on this machine, once, late, and the last question only. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { areaOf, asking, cellsIn, covers, FEW, filterOf, inBlocks, parameters, wanted, zoomFor, zoomsTo } from '../../dashboard/static/asked_bins.js';
import { readCells } from '../../dashboard/static/cells.js';
import { answered, chance } from './answers.js';

const CITY = { lat: 34.05, lon: -118.25, z: 9.75, width: 960, height: 540 };
const KEY = 'nobody';
const EVERYTHING = { crew: [], match: 'any', q: '', from: '', to: '' };

/** Cells of an answer to `question` with so many events in the middle of its area. @param {any} question @param {number} count */
function cellsOf({ area }, count) {
  const at = { x: Math.floor((area.west + area.east) / 2), y: Math.floor((area.north + area.south) / 2), at: 0, group: 'crew' };
  const one = answered([at], { zoom: area.zoom, from: 0, to: 10, steps: 2 });
  return readCells({ ...one, count: [count], total: count }, [{ id: 'crew' }]);
}
/** The answer at hand after `question`. @param {any} question @param {number} count @returns {any} */
const having = (question, count) => ({ question, cells: question.kind === 'bins' ? cellsOf(question, count) : null, total: count });

// ---- what is asked ---------------------------------------------------------------------------------------------------
test('any map is asked for at most five thousand cells, and they cover it', () => {
  const pick = chance(5);
  for (let i = 0; i < 400; i++) {
    const seen = { lat: pick(160) - 80, lon: pick(350) - 175, z: pick(80) / 4, width: 200 + pick(3600), height: 150 + pick(2000) };
    const zoom = zoomFor(seen);
    const area = inBlocks(areaOf(seen, zoom));
    assert.ok(cellsIn(area) <= 5000, JSON.stringify(seen));
    assert.ok(covers(area, areaOf(seen, zoom)));
    assert.ok(area.west >= 0 && area.north >= 0 && area.east < 2 ** zoom && area.south < 2 ** zoom);
  }
});

test('a small move asks nothing, a large one and another filter ask for cells', () => {
  const first = wanted(CITY, KEY, null, 240);
  assert.equal(first?.kind, 'bins');
  const have = having(first, 1_000_000);
  assert.equal(wanted(CITY, KEY, have, 240), null);
  assert.equal(wanted({ ...CITY, lon: -118.251 }, KEY, have, 240), null);
  assert.equal(wanted({ ...CITY, lon: -117.5 }, KEY, have, 240)?.kind, 'bins');
  assert.equal(wanted(CITY, 'somebody', have, 240)?.kind, 'bins');
  assert.equal(wanted({ ...CITY, z: 11.75 }, KEY, have, 240)?.area.zoom, /** @type {any} */ (first).area.zoom + 2);
});

test('few events are asked for themselves, of what is in view and no more', () => {
  const first = /** @type {any} */ (wanted(CITY, KEY, null, 240));
  const few = /** @type {any} */ (wanted(CITY, KEY, having(first, FEW), 240));
  assert.equal(few.kind, 'few');
  assert.deepEqual(few.area, areaOf(CITY, zoomFor(CITY)));
  assert.equal(wanted(CITY, KEY, having(first, FEW + 1), 240), null);
  assert.equal(wanted(CITY, KEY, having(first, 0), 240), null);
});

test('beside few events lie few, and many where four times as much of the map is seen', () => {
  const few = /** @type {any} */ (wanted(CITY, KEY, having(wanted(CITY, KEY, null, 240), 3000), 240));
  const have = having(few, 3000);
  assert.equal(wanted(CITY, KEY, have, 240), null);
  assert.equal(wanted({ ...CITY, lon: -118 }, KEY, have, 240)?.kind, 'few');
  assert.equal(wanted({ ...CITY, z: 10.75 }, KEY, have, 240)?.kind, 'few');
  assert.equal(wanted({ ...CITY, z: 8.75 }, KEY, have, 240)?.kind, 'bins');
  assert.equal(wanted({ ...CITY, z: 8.75 }, KEY, having(few, 300), 240)?.kind, 'few');
});

test('closer goes just so far that events are listed, and never so far that the cell is not all in view', () => {
  const first = /** @type {any} */ (wanted(CITY, KEY, null, 240));
  const pitch = (256 * 2 ** CITY.z) / 2 ** first.area.zoom;
  assert.equal(zoomsTo(cellsOf(first, 100), CITY), 1);
  const most = zoomsTo(cellsOf(first, 1e6), CITY);
  assert.ok(pitch * 2 ** most <= CITY.height && pitch * 2 ** (most + 1) > CITY.height);
  assert.equal(zoomsTo(cellsOf(first, 1e6), { ...CITY, z: 30 }), 1);
});

test('an empty filter is not in the address, and what is in it is as in a link', () => {
  const question = /** @type {any} */ (wanted(CITY, KEY, null, 60));
  assert.deepEqual([...parameters(question, EVERYTHING).keys()], ['bounds', 'zoom', 'steps']);
  const asked = parameters(question, { crew: ['a', 'b&c'], match: 'all', q: '100% & more', from: '1995-06-01', to: '1995-06-02T10:00' });
  assert.deepEqual(asked.getAll('crew'), ['a', 'b&c']);
  assert.deepEqual(['match', 'q', 'from', 'to', 'steps'].map((name) => asked.get(name)), ['all', '100% & more', '1995-06-01', '1995-06-02T10:00', '60']);
  const [west, south, east, north] = String(asked.get('bounds')).split(',').map(Number);
  assert.ok(west < east && south < north && west >= -180 && east <= 180);
});

test('the marks of the loop narrow what is asked while time is between them, but never what is so far', () => {
  const story = /** @type {any} */ ({ people: { id: ['a', 'b'] }, clock: { kind: 'calendar' } });
  const view = { crew: new Set([1, 0]), match: 'all', q: ' x ', mode: 'window', t: 50, from: 0, to: 100 };
  const filter = filterOf(story, view);
  assert.deepEqual([filter.crew, filter.match, filter.q, Boolean(filter.from && filter.to)], [['a', 'b'], 'all', 'x', true]);
  for (const other of [{ mode: 'so-far' }, { t: 101 }, { to: null }]) assert.equal(filterOf(story, { ...view, ...other }).from, '');
  assert.equal(filterOf(story, { ...view, crew: new Set() }).match, 'any');
});

// ---- asking ----------------------------------------------------------------------------------------------------------
/** @type {import('node:http').Server} */
let server;
let base = '';
/** What the server heard, and how it answers: status, body, and whether it waits to be told. */
const heard = /** @type {string[]} */ ([]);
let how = { status: 200, type: 'application/json', body: '{}', waits: false };
/** @type {(() => void)[]} */
let waiting = [];

before(async () => {
  server = createServer((request, response) => {
    heard.push(String(request.url));
    const { status, type, body, waits } = how;
    const say = () => response.writeHead(status, { 'content-type': type }).end(body);
    if (waits) waiting.push(say);
    else say();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(null)));
  base = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

/** Somebody who asks, with what they hear; `heard()` waits until they have heard so much. @param {any} [have] */
function somebody(have = null, again = /** @type {number[]} */ ([])) {
  heard.length = 0;
  waiting = [];
  const told = { answers: /** @type {any[]} */ ([]), sentences: /** @type {string[]} */ ([]), waits: /** @type {boolean[]} */ ([]) };
  let seen = /** @type {any} */ (CITY);
  let wake = () => {};
  const asks = asking((kind, query) => `${base}/${kind}?${query}`, {
    seen: () => seen,
    filter: () => EVERYTHING,
    have: () => have,
    answered({ question, body }) {
      have = having(question, body.total ?? 1e6);
      told.answers.push(body);
      wake();
    },
    failed(sentence) {
      told.sentences.push(sentence);
      wake();
    },
    waiting: (now) => (told.waits.push(now), wake()),
  }, again);
  return {
    asks,
    told,
    /** Moves the map; null is a map under way. @param {any} next */
    look: (next) => (seen = next && { ...CITY, ...next }),
    /** @param {() => boolean} enough */
    async until(enough) {
      while (!enough()) await new Promise((done) => (wake = () => done(null)));
    },
  };
}
const always = { status: 200, type: 'application/json', body: '{"total": 1000000}', waits: false };

test('of several moves the last is asked for, once', async () => {
  how = always;
  const { asks, told, look, until } = somebody();
  for (const lon of [-118, -117, -116]) {
    look({ lon });
    asks.soon();
  }
  assert.equal(heard.length, 0);
  await until(() => told.answers.length > 0 && told.waits.at(-1) === false);
  asks.now();
  assert.equal(heard.length, 1);
  assert.ok(heard[0].startsWith('/bins?bounds=-11'));
  asks.destroy();
});

test('while the map moves nothing is asked, not even when an answer comes', async () => {
  how = { ...always, waits: true };
  const { asks, told, look, until } = somebody();
  asks.now();
  while (!waiting.length) await new Promise((done) => setImmediate(done));
  look(null);
  asks.now();
  waiting.forEach((say) => say());
  await until(() => told.answers.length > 0 && told.waits.at(-1) === false);
  assert.equal(heard.length, 1);
  how = always;
  look({ lon: -116 });
  asks.now();
  await until(() => told.answers.length > 1);
  assert.equal(heard.length, 2);
  asks.destroy();
});

test('a question that is no longer asked is given up, and only the last is answered', async () => {
  how = { ...always, waits: true };
  const { asks, told, look, until } = somebody();
  asks.now();
  while (!waiting.length) await new Promise((done) => setImmediate(done));
  how = always;
  look({ lon: -116 });
  asks.now();
  await until(() => told.answers.length > 0);
  waiting.forEach((say) => say());
  await until(() => told.waits.at(-1) === false);
  assert.deepEqual([told.answers.length, heard.length, told.sentences.length], [1, 2, 0]);
  asks.destroy();
});

test('a refusal is told in the words of the server, once, until an answer comes', async () => {
  how = { status: 503, type: 'text/plain; charset=utf-8', body: 'The engine does not answer.', waits: false };
  const { asks, told, look, until } = somebody();
  asks.now();
  await until(() => told.sentences.length > 0 && told.waits.at(-1) === false);
  look({ lon: -116 });
  asks.now();
  await until(() => heard.length > 1 && told.waits.at(-1) === false);
  assert.deepEqual(told.sentences, ['The engine does not answer. Move the map to ask again.']);
  how = always;
  look({ lon: -115 });
  asks.now();
  await until(() => told.answers.length > 0);
  assert.deepEqual(told.sentences.slice(1), ['']);
  asks.destroy();
});

test('what is no sentence of ours is told by its number, and a server that is gone as gone', async () => {
  how = { status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>', waits: false };
  const { asks, told, until } = somebody();
  asks.now();
  await until(() => told.sentences.length > 0);
  assert.equal(told.sentences[0], 'The events did not come (502). Move the map to ask again.');
  asks.destroy();
  const lost = /** @type {string[]} */ ([]);
  const gone = asking(() => 'http://127.0.0.1:9/', { seen: () => CITY, filter: () => EVERYTHING, have: () => null, answered() {}, failed: (said) => lost.push(said), waiting() {} }, []);
  gone.now();
  while (!lost.length) await new Promise((done) => setImmediate(done));
  assert.equal(lost[0], 'The events did not come: the server does not answer. Move the map to ask again.');
});

test('a server that is busy or away is asked again by itself, as often as there are waits and no more', async () => {
  how = { status: 503, type: 'text/plain', body: 'Too many are asking.', waits: false };
  const patient = somebody(null, [0.01, 0.01]);
  patient.asks.now();
  await patient.until(() => patient.told.sentences.length > 1);
  assert.deepEqual(patient.told.sentences, ['Too many are asking. It is asked again shortly.', 'Too many are asking. Move the map to ask again.']);
  assert.equal(heard.length, 3);
  patient.asks.destroy();
  const { asks, told, until } = somebody(null, [0.01]);
  asks.now();
  await until(() => told.sentences.length > 0);
  how = always;
  await until(() => told.answers.length > 0);
  assert.deepEqual([told.sentences, heard.length], [['Too many are asking. It is asked again shortly.', ''], 2]);
  asks.destroy();
});

test('what would be refused again is not asked again', async () => {
  how = { status: 400, type: 'text/plain', body: 'No such person.', waits: false };
  const { asks, told, until } = somebody(null, [0.01]);
  asks.now();
  await until(() => told.sentences.length > 0);
  assert.deepEqual(told.sentences, ['No such person. Move the map to ask again.']);
  asks.destroy();
});

test('too many counts are asked for again in longer steps', async () => {
  how = { status: 400, type: 'text/plain', body: 'That is too many counts for one answer.', waits: false };
  const { asks, told, until } = somebody();
  asks.now();
  await until(() => told.sentences.length > 0);
  const steps = heard.map((url) => Number(new URL(url, base).searchParams.get('steps')));
  assert.deepEqual(steps, [240, 120, 60, 30, 15]);
  asks.destroy();
});
