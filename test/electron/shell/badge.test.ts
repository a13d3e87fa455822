// The bell's number on Docket's sign. (F4)

import sharp from 'sharp';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Badge } from '../../../electron/shell/badge.ts';
import { badgeWords, numberPicture } from '../../../electron/shell/number-picture.ts';
import { app, BrowserWindow } from '../../support/electron-stand-in.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

const { platform } = process;
const on = (name: NodeJS.Platform) => Object.defineProperty(process, 'platform', { value: name });

beforeEach(() => {
  BrowserWindow.opened.length = 0;
  app.badgeCount = 0;
});

afterEach(() => on(platform));

test.each(['darwin', 'linux'] as const)(
  '(F4) on %s the system writes the number, and 0 takes it away',
  (name) => {
    on(name);
    const badge = new Badge(() => []);
    badge.show(3);
    expect(app.badgeCount).toBe(3);
    badge.show(0);
    expect(app.badgeCount).toBe(0);
  },
);

test('(F4) on Windows it is drawn over the button of every window, also of one that is opened later', () => {
  on('win32');
  const window = new BrowserWindow({});
  const badge = new Badge(() => BrowserWindow.opened as never);
  badge.show(12);
  expect(window.overlay).toEqual({ picture: { of: numberPicture(12) }, description: '12 new' });
  const later = new BrowserWindow({});
  badge.opened(later as never);
  expect(later.overlay).toEqual(window.overlay);
  badge.show(0);
  expect(window.overlay).toEqual({ picture: null, description: '' });
  expect(app.badgeCount).toBe(0);
});

test.each([
  [1, '1'],
  [99, '99'],
  [100, '99+'],
])('(F4) %i is written as %s', (count, words) => {
  expect(badgeWords(count)).toBe(words);
});

test('(F4) the picture is a round with the number on it, and no two are alike', async () => {
  const pictures = Array.from({ length: 100 }, (_, index) => numberPicture(index + 1));
  expect(new Set(pictures).size).toBe(100);
  for (const url of [pictures[0]!, pictures[87]!, pictures[99]!]) {
    const png = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 32, height: 32, channels: 4 });
    const at = (x: number, y: number) => [...data.subarray((y * 32 + x) * 4, (y * 32 + x) * 4 + 4)];
    expect(at(0, 0)[3]).toBe(0);
    expect(at(16, 1)).toEqual([0xc2, 0x3a, 0x2b, 255]);
    const isWhite = (offset: number) => data.readUInt32BE(offset) === 0xffffffff;
    const white = Array.from({ length: 32 * 32 }, (_, dot) => dot * 4).filter(isWhite);
    expect(white.length).toBeGreaterThan(80);
    // All of the number is on the round.
    for (const offset of white) {
      const [x, y] = [(offset / 4) % 32, Math.floor(offset / 128)];
      expect(Math.hypot(x - 15.5, y - 15.5)).toBeLessThan(15);
    }
  }
});
