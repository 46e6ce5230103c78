// @ts-check
/** The model of the cells: any answer is read to the same counts that counting one by one gives. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginning, countIn, largestEver, partsOf, rangeAt, reach, readCells, stepAt, stepBeside, tally } from '../../dashboard/static/cells.js';
import { degrees, eventWords, middle, mostlyWords, whereWords, within } from '../../dashboard/static/cellwords.js';
import { answered, chance, events } from './answers.js';

const GROUPS = [{ id: 'crew' }, { id: 'police' }];
const MODES = ['so-far', 'window', 'moment'];

/** So many random stories, each with what one by one is known of it. @param {(cells: import('../../dashboard/static/cells.js').Cells, all: ReturnType<typeof events>, pick: ReturnType<typeof chance>, answer: any) => void} law */
function always(law, rounds = 60) {
  for (let seed = 1; seed <= rounds; seed++) {
    const pick = chance(seed);
    const all = events(pick, { n: pick(120), cells: 1 + pick(9), groups: ['crew', 'police', '', 'strangers'] });
    const answer = answered(all, { zoom: 8, from: 0, to: 1000, steps: 1 + pick(30) });
    law(readCells(answer, GROUPS), all, pick, answer);
  }
}
const partOf = (/** @type {string} */ group) => (group === 'crew' ? 0 : group === 'police' ? 1 : 2);

test('every event is counted once', () => {
  always((cells, all) => {
    assert.equal(cells.whole.reduce((sum, count) => sum + count, 0), all.length);
    assert.equal(cells.totals.reduce((sum, count) => sum + count, 0), all.length);
    assert.equal(cells.total, all.length);
  });
});

test('a moment, a window and all so far are those counted one by one', () => {
  always((cells, all, pick) => {
    const view = { t: pick(1100) - 50, mode: MODES[pick(3)], span: 1 + pick(400) };
    const { low, high } = rangeAt(cells, view);
    const out = countIn(cells, { low, high }, tally(cells.n));
    for (let cell = 0; cell < cells.n; cell++) {
      const here = all.filter(({ x, y, at }) => x === cells.x[cell] && y === cells.y[cell] && stepAt(cells, at) >= low && stepAt(cells, at) < high);
      assert.equal(out.count[cell], here.length);
      const parts = [0, 1, 2].map((part) => here.filter(({ group }) => partOf(group) === part).length);
      assert.deepEqual(partsOf(cells, cell, { low, high }), parts);
      if (here.length) assert.equal(parts[out.group[cell]], Math.max(...parts));
      const steps = here.map(({ at }) => stepAt(cells, at));
      assert.deepEqual(reach(cells, cell, { low, high }), here.length ? { first: Math.min(...steps), last: Math.max(...steps) } : null);
    }
    assert.equal(out.sum, out.count.reduce((sum, count) => sum + count, 0));
    assert.equal(out.largest, Math.max(0, ...out.count));
  });
});

test('a step begins at its beginning, however the numbers round', () => {
  always((cells) => {
    for (const [from, to] of [[cells.from, cells.to], [801964801, 817794006]]) {
      const other = { ...cells, from, to };
      for (let step = 0; step < cells.steps; step++) assert.equal(stepAt(other, beginning(other, step)), step);
    }
  }, 20);
});

test('no moment of a mode has a cell larger than the largest ever', () => {
  always((cells, _, pick) => {
    for (const mode of MODES) {
      const span = 1 + pick(400);
      const ever = largestEver(cells, { mode, span });
      let most = 0;
      for (let t = 0; t <= 1000; t += 7) most = Math.max(most, countIn(cells, rangeAt(cells, { t, mode, span }), tally(cells.n)).largest);
      assert.ok(most <= ever, `${mode}: ${most} of ${ever}`);
    }
    assert.equal(largestEver(cells, { mode: 'so-far', span: 1 }), Math.max(0, ...cells.whole));
  }, 20);
});

test('time goes from step to step that has events, and stays at the ends', () => {
  always((cells, all) => {
    const steps = [...new Set(all.map(({ at }) => stepAt(cells, at)))].sort((a, b) => a - b);
    assert.equal(stepBeside(cells, 0, -Infinity), steps[0] ?? -1);
    assert.equal(stepBeside(cells, 0, Infinity), steps[steps.length - 1] ?? -1);
    const walked = [];
    for (let step = stepBeside(cells, -1, 1); step >= 0; step = stepBeside(cells, beginning(cells, step) + 1e-6, 1)) walked.push(step);
    assert.deepEqual(walked, steps);
  });
});

test('before the first step nothing is shown, at the very end everything', () => {
  always((cells, all) => {
    assert.equal(countIn(cells, rangeAt(cells, { t: -1, mode: 'so-far', span: 1 }), tally(cells.n)).sum, 0);
    assert.equal(countIn(cells, rangeAt(cells, { t: 1000, mode: 'so-far', span: 1 }), tally(cells.n)).sum, all.length);
  });
});

test('an answer without events is no cells', () => {
  const cells = readCells(answered([], { zoom: 3, from: 5, to: 5, steps: 4 }), GROUPS);
  assert.deepEqual([cells.n, cells.total, stepAt(cells, 5), largestEver(cells, { mode: 'moment', span: 1 })], [0, 0, 3, 0]);
});

test('an answer too large to hold is told in longer steps, and nothing is lost', () => {
  const many = Array.from({ length: 400 }, (_, i) => ({ x: i, y: 0, at: i * 2.5, group: 'crew' }));
  const groups = Array.from({ length: 200 }, (_, i) => ({ id: `g${i}` }));
  const cells = readCells(answered(many, { zoom: 12, from: 0, to: 1000, steps: 999 }), groups);
  assert.ok(cells.before.length <= 16.1e6 && cells.steps < 999);
  assert.equal(countIn(cells, rangeAt(cells, { t: 1001, mode: 'so-far', span: 1 }), tally(cells.n)).sum, 400);
});

test('counts are grouped by thousands', () => {
  assert.deepEqual([1, 2, 1204, 1_000_000].map(eventWords), ['1 event', '2 events', '1,204 events', '1,000,000 events']);
});

test('no event of a cell is farther from its middle than the words say', () => {
  const pick = chance(7);
  for (let i = 0; i < 200; i++) {
    const zoom = 1 + pick(20);
    const at = { zoom, x: [pick(2 ** zoom)], y: [pick(2 ** zoom)] };
    const { lat, lon, radius } = middle(at, 0);
    assert.ok(Math.abs(lat) <= 85.06 && Math.abs(lon) <= 180 && radius > 0);
    const said = within(radius);
    assert.ok(Number.parseFloat(said.replaceAll(',', '')) * (said.endsWith('km') ? 1000 : 1) >= radius * 0.96, `${said} for ${radius}`);
  }
});

const DOWNTOWN = { name: 'Downtown', lat: 34.05, lon: -118.25 };
/** A cell some hundred metres wide around a point. @param {number} lat @param {number} lon */
const cellAt = (lat, lon, wide = 0.005) => ({ lat, lon, radius: wide * 80_000, wide, high: wide * 0.83 });

test('a cell is said by the name in it, by the way to the nearest, else by its degrees', () => {
  const names = [DOWNTOWN];
  assert.equal(whereWords(cellAt(34.0501, -118.25), names), 'Downtown');
  assert.equal(whereWords(cellAt(34.07, -118.25), names), '2.2 km north of Downtown');
  assert.equal(whereWords(cellAt(34.05, -118.28), names), '2.8 km west of Downtown');
  assert.equal(whereWords(cellAt(53.551, 9.99), names), '53.551, 9.990');
  assert.equal(whereWords(cellAt(53.551, 9.99), []), '53.551, 9.990');
  assert.equal(degrees({ lat: -1.5, lon: -2.25, radius: 90_000 }), '\u22121.5, \u22122.3');
});

test('of several names in a cell the best known is said, of those known alike the nearest', () => {
  const station = { name: 'Grand', lat: 34.0501, lon: -118.2501, rank: 4 };
  const north = { name: 'North', lat: 34.07, lon: -118.25, rank: 1 };
  const wide = cellAt(34.0501, -118.25, 0.2);
  assert.equal(whereWords(wide, [station, north, { ...DOWNTOWN, rank: 1 }]), 'Downtown');
  assert.equal(whereWords(cellAt(34.0501, -118.2501, 0.0001), [north, station]), 'Grand');
  // outside of the cell only the way counts
  assert.match(whereWords(cellAt(34.0502, -118.2502, 0.0001), [north, station]), /^1\d m .* of Grand$/);
});

test('neighbouring cells of any size are said in other words', () => {
  for (let zoom = 8; zoom <= 20; zoom++) {
    const x = Math.floor(((DOWNTOWN.lon + 180) / 360) * 2 ** zoom);
    const y = Math.floor((0.5 - Math.asinh(Math.tan((DOWNTOWN.lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** zoom);
    const cells = { zoom, x: [x, x + 1, x, x - 1, x], y: [y, y, y + 1, y, y - 1] };
    const said = cells.x.map((_, cell) => whereWords(middle(cells, cell), [DOWNTOWN]));
    assert.equal(said[0], 'Downtown');
    assert.equal(new Set(said).size, 5, said.join('; '));
  }
});

test('whose events most are is said no stronger than it is', () => {
  const groups = [{ label: 'The crew' }, { label: 'Police' }];
  assert.equal(mostlyWords([5, 0, 0], groups), 'all the crew');
  assert.equal(mostlyWords([5, 4, 1], groups), 'mostly the crew');
  assert.equal(mostlyWords([3, 4, 2], groups), 'Police more than others');
  assert.equal(mostlyWords([1, 1, 9], groups), '');
  assert.equal(mostlyWords([0, 0, 0], groups), '');
});

test('a cell as large as a country is not called after one of its towns', () => {
  assert.match(whereWords(middle({ zoom: 4, x: [2], y: [6] }, 0), [DOWNTOWN]), /^\d+, \u2212?\d+$/);
});
