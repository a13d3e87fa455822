import { beforeEach, expect, test, vi } from 'vitest';
import { dragFiles } from '../../../electron/shell/drag-files.ts';
import { app, BrowserWindow, NativeImage } from '../../support/electron-stand-in.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

const TWO = ['/data/dragged/1/1/plan.pdf', '/data/dragged/1/2/photo.heic'];

beforeEach(() => {
  BrowserWindow.opened.length = 0;
  BrowserWindow.focusedWindow = null;
  app.icons = { '.pdf': new NativeImage('a PDF') };
});

test('(D9) the window a person works in drags the real files, under the icon their system has for them', async () => {
  const other = new BrowserWindow({});
  const focused = new BrowserWindow({});
  BrowserWindow.focusedWindow = focused;
  expect(await dragFiles(TWO)).toBe(true);
  expect(focused.webContents.dragged).toEqual([
    { file: TWO[0], files: TWO, icon: app.icons['.pdf'] },
  ]);
  expect(other.webContents.dragged).toEqual([]);
});

test.each([
  ['has none', undefined],
  ['has an empty one', new NativeImage('')],
])('(D9) a file whose system %s is dragged under a plain one', async (_what, icon) => {
  app.icons = icon === undefined ? {} : { '.pdf': icon };
  const window = new BrowserWindow({});
  expect(await dragFiles(TWO)).toBe(true);
  expect(window.webContents.dragged[0]?.icon.isEmpty()).toBe(false);
});

test('(D9) without a window nothing is dragged', async () => {
  expect(await dragFiles(TWO)).toBe(false);
});
