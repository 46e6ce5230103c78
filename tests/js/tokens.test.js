// @ts-check
/** Tokens stand so that none hides another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOKEN } from '../../dashboard/static/figures.js';
import { arranged, tokenAt, tray } from '../../dashboard/static/tokens.js';

const DESK = { x: 0, y: 0, w: 960, h: 570 };
const PHONE = { x: 0, y: 0, w: 390, h: 280 };

/** A chance that is the same every time. @param {number} seed */
const chance = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;

/** @param {{x: number, y: number}[]} points @param {{x: number, y: number, w: number, h: number}} within */
function apart(points, within) {
  for (const [i, a] of points.entries()) {
    assert.ok(a.x >= within.x + TOKEN && a.y >= within.y + TOKEN && a.x <= within.x + within.w - TOKEN && a.y <= within.y + within.h - TOKEN, 'inside');
    for (const b of points.slice(0, i)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= 2 * TOKEN, 'apart');
  }
}

test('44 people never hide each other, wherever they are', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const next = chance(seed);
    const within = seed % 2 ? DESK : PHONE;
    const places = 1 + Math.floor(next() * 20);
    const spread = next();
    const here = Array.from({ length: places }, () => ({
      x: within.w * (0.5 + (next() - 0.5) * spread),
      y: within.h * (0.5 + (next() - 0.5) * spread),
      radius: 6 + 10 * next(),
      n: 0,
    }));
    for (let p = 0; p < 44; p++) here[Math.floor(next() * places)].n++;
    const groups = arranged(here, here.map(({ x, y, radius }) => ({ x: x - radius, y: y - radius, w: 2 * radius, h: 2 * radius })), within);
    assert.deepEqual(groups.map((points) => points.length), here.map(({ n }) => n), `all of them, ${seed}`);
    apart(groups.flat(), within);
  }
});

test('a few people stand around their place and leave its marker free', () => {
  const [points] = arranged([{ x: 200, y: 150, radius: 9, n: 5 }], [], PHONE);
  for (const { x, y } of points) assert.ok(Math.hypot(x - 200, y - 150) >= 9 + TOKEN && Math.hypot(x - 200, y - 150) < 60);
});

test('a crowd at one place leaves its marker free', () => {
  const [points] = arranged([{ x: 200, y: 150, radius: 9, n: 44 }], [], PHONE);
  for (const { x, y } of points) assert.ok(Math.hypot(x - 200, y - 150) >= 9 + TOKEN);
});

test('nobody stands on what is blocked', () => {
  const card = { x: 0, y: 100, w: 200, h: 180 };
  for (const n of [2, 30]) {
    const [points] = arranged([{ x: 190, y: 150, radius: 9, n }], [card], PHONE, [card]);
    assert.equal(points.length, n);
    for (const { x, y } of points) assert.ok(x >= 200 + TOKEN || y <= 100 - TOKEN);
  }
});

test('the same people stand in the same spots every time', () => {
  const here = [{ x: 100, y: 100, radius: 7, n: 9 }, { x: 120, y: 110, radius: 7, n: 3 }];
  assert.deepEqual(arranged(here, [], DESK), arranged(here, [], DESK));
});

test('for more people than a map has room for, as many stand as there is room', () => {
  const [points] = arranged([{ x: 50, y: 50, radius: 7, n: 100 }], [], { x: 0, y: 0, w: 100, h: 100 });
  assert.ok(points.length > 4 && points.length < 17);
  apart(points, { x: 0, y: 0, w: 100, h: 100 });
});

test('nobody at all needs no spot and no tray', () => {
  assert.deepEqual(arranged([], [], DESK), []);
  assert.equal(tray(0, 500), null);
});

test('those whose place is not known stand side by side in the tray', () => {
  for (const width of [60, 170, 900]) {
    const { box, points } = tray(30, width) ?? assert.fail();
    assert.equal(points.length, 30);
    apart(points, box);
  }
});

test('the token under the pointer is the nearest one in reach', () => {
  const standing = [{ x: 10, y: 10 }, { x: 34, y: 10 }].map((point, person) => ({ ...point, person, group: 0, initials: '', place: 0, event: 0, gone: false, doubt: 0 }));
  assert.equal(tokenAt(standing, 30, 10, 5)?.person, 1);
  assert.equal(tokenAt(standing, 22.5, 10, 5)?.person, 1);
  assert.equal(tokenAt(standing, 80, 10, 18), undefined);
});
