// @ts-check
/** Labels, tokens and names of the base map that hide nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, beside, bestFan, bestOf, fan, grown, overlap } from '../../dashboard/static/labels.js';
import { carried, crosses, placedNames, walked } from '../../dashboard/static/names.js';

const WITHIN = { x: 0, y: 0, w: 400, h: 300 };
const SIZE = 11;

test('boxes that only touch do not overlap', () => {
  assert.equal(overlap({ x: 0, y: 0, w: 10, h: 10 }, { x: 10, y: 0, w: 10, h: 10 }), 0);
  assert.equal(overlap({ x: 0, y: 0, w: 10, h: 10 }, { x: 8, y: 5, w: 10, h: 10 }), 10);
});

test('a label goes to the right of its marker where that is free', () => {
  assert.equal(bestOf(beside(100, 100, 8, 60, 20), [], WITHIN).index, 0);
});

test('a label goes elsewhere where something is in the way', () => {
  const { box, cost } = bestOf(beside(100, 100, 8, 60, 20), [{ x: 105, y: 80, w: 90, h: 40 }], WITHIN);
  assert.equal(cost, 0);
  assert.ok(box.x + box.w <= 100);
});

test('a label stays on the map', () => {
  for (const [x, y] of [[395, 150], [3, 150], [200, 2], [200, 298], [398, 2]]) {
    assert.equal(bestOf(beside(x, y, 8, 60, 20), [], WITHIN).cost, 0, `${x},${y}`);
  }
});

test('a label that finds no room hides as little as it can', () => {
  const everything = { x: 0, y: 0, w: 400, h: 300 };
  const { box } = bestOf(beside(100, 100, 8, 60, 20), [everything, grown(around(140, 100, 30), 0)], WITHIN);
  assert.ok(box.x < 100);
});

test('tokens of one fan never touch each other or their marker', () => {
  for (let n = 1; n <= 24; n++) {
    const centres = fan(0, 0, 12, n, SIZE, -Math.PI / 2);
    for (let i = 0; i < n; i++) {
      assert.ok(Math.hypot(centres[i].x, centres[i].y) >= 12 + SIZE);
      for (let k = 0; k < i; k++) {
        const apart = Math.hypot(centres[i].x - centres[k].x, centres[i].y - centres[k].y);
        assert.ok(apart >= 2 * SIZE - 1e-6, `${n} tokens: ${i} and ${k} are ${apart} apart`);
      }
    }
  }
});

test('one token stands above its marker', () => {
  const [{ x, y }] = fan(50, 50, 8, 1, SIZE, -Math.PI / 2);
  assert.ok(Math.abs(x - 50) < 1e-9 && y < 50 - 8 - SIZE);
});

test('a fan turns away from what is there', () => {
  const above = { x: 170, y: 100, w: 60, h: 40 };
  for (const { x, y } of bestFan(200, 150, 8, 2, SIZE, [above], WITHIN)) assert.equal(overlap(around(x, y, SIZE), above), 0);
});

test('a fan at the edge of the map stays on it', () => {
  for (const { x, y } of bestFan(200, 4, 8, 3, SIZE, [], WITHIN)) assert.ok(y >= SIZE && x >= SIZE);
});

test('a line crosses a box it passes through, without ending in it', () => {
  const box = { x: 10, y: 10, w: 10, h: 10 };
  assert.equal(crosses({ x: 0, y: 15 }, { x: 40, y: 15 }, box), true);
  assert.equal(crosses({ x: 0, y: 0 }, { x: 40, y: 9 }, box), false);
  assert.equal(crosses({ x: 0, y: 22 }, { x: 22, y: 44 }, box), false);
  assert.equal(crosses({ x: 15, y: 0 }, { x: 15, y: 5 }, box), false);
});

/** A map of names, all else empty. @param {any} map */
const placed = (map) => placedNames({ zoom: 12, names: [], shielded: [], lettered: [], lines: [], places: [], ...map }, (text, size) => text.length * size * 0.6);
const NAMES = Array.from({ length: 60 }, (_, i) => ({ name: `Quarter ${i}`, rank: 1 + (i % 3), x: (i * 0.618034 * 500) % 500, y: (i * 0.754877 * 300) % 300 }));
const ROAD = [{ x: 0, y: 150 }, { x: 500, y: 150 }];

test('no name collides with another or with a shield', () => {
  const { names, shields } = placed({ names: NAMES, shielded: [{ shield: '405', line: ROAD }] });
  const boxes = [...names.map(({ box }) => box), ...shields.map(({ x, y, w, h }) => ({ x: x - w / 2, y: y - h / 2, w, h }))];
  assert.ok(names.length > 10 && shields.length > 0);
  boxes.forEach((a, i) => boxes.slice(0, i).forEach((b) => assert.equal(overlap(a, b), 0)));
});

test('great names come before small ones', () => {
  const { names } = placed({ names: [{ name: 'Small', rank: 3, x: 100, y: 100 }, ...Array.from({ length: 9 }, (_, i) => ({ name: 'Great', rank: 1, x: 70 + (i % 3) * 30, y: 90 + Math.floor(i / 3) * 10 }))] });
  assert.equal(names[0].name, 'Great');
});

test('small names wait for a near view', () => {
  assert.deepEqual([7, 9, 11, 12].map((zoom) => placed({ zoom, names: [1, 2, 3].map((rank) => ({ name: 'x', rank, x: rank * 90, y: 50 })) }).names.length), [0, 1, 2, 3]);
});

test('a name steps aside from a road and from a place of the story', () => {
  const name = { name: 'Watts', rank: 2, x: 250, y: 150 };
  const [beside] = placed({ names: [name], lines: [{ line: ROAD, weight: 75 }] }).names;
  assert.equal(crosses(ROAD[0], ROAD[1], beside.box), false);
  const [free] = placed({ names: [name], places: [{ x: 250, y: 150 }] }).names;
  assert.equal(overlap(free.box, around(250, 150, 8)), 0);
});

test('the same zoom gives the same names', () => {
  assert.deepEqual(placed({ names: NAMES }), placed({ names: NAMES }));
});

test('a road carries its name where it is straight enough, never upside down', () => {
  assert.equal(carried(ROAD, 600).length, 0);
  const [{ angle }] = carried([...ROAD].reverse(), 100);
  assert.equal(Math.abs(angle), 0);
});

test('points along a line are evenly spaced over its corners', () => {
  const points = walked([{ x: 0, y: 0 }, { x: 25, y: 0 }, { x: 25, y: 25 }], 10);
  assert.deepEqual(points.map(({ along }) => along), [0, 10, 20, 30, 40]);
  assert.deepEqual([points[3].x, points[3].y], [25, 5]);
});
