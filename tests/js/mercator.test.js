// @ts-check
/** Where degrees lie in pixels, and which frame shows an extent. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsOf, extent, framed, project, scaleBar, tallness, unproject, zoomOf } from '../../dashboard/static/mercator.js';

/** @param {number} actual @param {number} expected @param {number} [within] */
const near = (actual, expected, within = 1e-6) => assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

test('the middle of the world is the middle of the square, and its ends are the ends', () => {
  const middle = project(0, 0);
  near(middle.x, 128);
  near(middle.y, 128);
  near(project(85.0511287798, -180).y, 0);
  near(project(90, 180).x, 256);
  near(project(90, 0).y, 0);
});

test('there and back is the same point', () => {
  for (const [lat, lon] of [[34.05, -118.25], [-33.9, 151.2], [0, 180], [84, -179.9]]) {
    const { x, y } = project(lat, lon);
    const back = unproject(x, y);
    near(back.lat, lat);
    near(back.lon, lon);
  }
});

test('a frame shows all of the extent it is for, and no more on one of its sides', () => {
  for (const [width, height] of [[680, 400], [400, 680]]) {
    const bounds = /** @type {[number, number, number, number]} */ ([-118.56, 33.7, -117.98, 34.2]);
    const [west, south, east, north] = extent(framed(bounds, width, height, 2));
    assert.ok(west <= bounds[0] + 1e-9 && south <= bounds[1] + 1e-9 && east >= bounds[2] - 1e-9 && north >= bounds[3] - 1e-9);
    near(Math.min(bounds[0] - west, north - bounds[3]), 0);
  }
});

test('room around an extent is kept', () => {
  const camera = framed([0, 0, 10, 1], 200, 200, 1, 20);
  near(project(0, 0).x * camera.scale - camera.left, 20);
});

test('one place alone does not fill a frame', () => {
  const camera = framed([9.99, 53.55, 9.99, 53.55], 400, 300, 1);
  assert.ok(Number.isFinite(camera.scale) && zoomOf(camera) < 18);
});

test('a map in a window and the frame of its extent are the same', () => {
  const bounds = boundsOf({ lat: 34, lon: -118, z: 10.25, width: 900, height: 500 });
  const camera = framed(bounds, 900, 500, 1);
  near(zoomOf(camera), 10.25);
  near(tallness(bounds), 500 / 900);
});

test('a scale bar has a round length and is as long as it says', () => {
  const camera = framed([-118.56, 33.7, -117.98, 34.2], 680, 600, 1);
  const { words, width } = scaleBar(camera, 110);
  assert.match(words, /^[125]0* (km|m)$/);
  assert.ok(width <= 110 && width > 110 / 2.6);
  const metres = parseInt(words, 10) * (words.endsWith('km') ? 1000 : 1);
  const lat = unproject(0, (camera.top + 300) / camera.scale).lat;
  const degrees = metres / (111319.49 * Math.cos((lat * Math.PI) / 180));
  near((degrees / 360) * 256 * camera.scale, width, 0.01);
});
