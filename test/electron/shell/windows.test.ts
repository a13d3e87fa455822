import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { MessagePortMain } from 'electron';
import {
  handOverLines,
  PORT_CHANNEL,
  renewLines,
  Windows,
} from '../../../electron/shell/windows.ts';
import { BrowserWindow, ipcMain, MessageChannelMain } from '../../support/electron-stand-in.ts';
import { tempDir } from '../../support/temp-dir.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

/** A core that hands out lines and counts them. */
function aLineKeeper() {
  const lines: unknown[] = [];
  return {
    lines,
    openLine: () => {
      const { port2 } = new MessageChannelMain();
      lines.push(port2);
      return port2 as unknown as MessagePortMain;
    },
  };
}

function someWindows(placesFile: string) {
  const opened: BrowserWindow[] = [];
  const windows = new Windows({
    preload: '/out/preload.cjs',
    placesFile,
    onOpened: (window) => opened.push(window as unknown as BrowserWindow),
  });
  return { windows, opened };
}

function restored(placesFile: string): BrowserWindow {
  const { windows, opened } = someWindows(placesFile);
  windows.restore();
  return opened[0]!;
}

beforeEach(() => {
  BrowserWindow.opened.length = 0;
  ipcMain.removeAllListeners();
});

test('the window is sandboxed, isolated, and shows our page alone', async () => {
  const window = restored(join(await tempDir(), 'windows.json'));
  expect(window.loaded).toEqual(['app://docket/']);
  expect(window.options.webPreferences).toEqual({
    preload: '/out/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    spellcheck: true,
  });
});

test('(I1) the window comes back where it was closed, with what it showed', async () => {
  const file = join(await tempDir(), 'profile/windows.json');
  const first = restored(file);
  first.isMaximizedNow = true;
  first.webContents.mainFrame.url = 'app://docket/#/jobs/1?kind=reply';
  first.close();
  const second = restored(file);
  expect(second.options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 });
  expect(second.loaded).toEqual(['app://docket/#/jobs/1?kind=reply']);
  second.emit('ready-to-show');
  expect(second.isMaximizedNow).toBe(true);
});

test('(I1) a Docket that ends because its last window was closed keeps that window’s place', async () => {
  const file = join(await tempDir(), 'windows.json');
  const { windows, opened } = someWindows(file);
  windows.restore();
  opened[0]!.webContents.mainFrame.url = 'app://docket/#/jobs/1';
  opened[0]!.close();
  windows.keepPlaces();
  expect(restored(file).loaded).toEqual(['app://docket/#/jobs/1']);
});

test('(I1) all windows come back that stood there when Docket ended; one closed before does not', async () => {
  const file = join(await tempDir(), 'windows.json');
  const { windows, opened } = someWindows(file);
  windows.restore();
  windows.open('/jobs/1');
  windows.open('/jobs/2');
  expect(opened[1]!.options).toMatchObject({ x: 38, y: 48, width: 1000, height: 700 });
  opened[0]!.close();
  windows.keepPlaces();
  // They close one after the other now, and each place stays kept.
  opened[1]!.close();
  opened[2]!.close();
  const again = someWindows(file);
  again.windows.restore();
  expect(again.opened.map(({ loaded }) => loaded[0])).toEqual([
    'app://docket/#/jobs/1',
    'app://docket/#/jobs/2',
  ]);
});

test('(I1) the window that had the focus last is the one shown; without one, one is opened', async () => {
  const { windows, opened } = someWindows(join(await tempDir(), 'windows.json'));
  windows.restore();
  windows.open();
  opened[0]!.emit('focus');
  opened[0]!.isMinimizedNow = true;
  windows.show();
  expect(opened.map(({ focused }) => focused)).toEqual([1, 0]);
  expect(opened[0]!.isMinimizedNow).toBe(false);
  opened[0]!.close();
  opened[1]!.close();
  windows.show();
  expect(opened).toHaveLength(3);
});

test('(I1) a page that asks for window after window gets twelve', async () => {
  const { windows, opened } = someWindows(join(await tempDir(), 'windows.json'));
  for (let asked = 0; asked < 40; asked += 1) windows.open('/all');
  expect(opened).toHaveLength(12);
});

const PLACE =
  '{"bounds":{"x":40,"y":0,"width":900,"height":700},"isMaximized":false,"address":"/all"}';

test.each([
  ['missing', undefined],
  ['torn', '[{"bounds":{"x":1'],
  ['something else', '"a string"'],
  ['without an address', `[${PLACE.replace(',"address":"/all"', '')}]`],
  ['without whole numbers', `[${PLACE.replace('40', '4.5')}]`],
  ['on a screen that is gone', `[${PLACE.replace('40', '4000')}]`],
  // The screen above this one is gone: what is left of the window has no bar to drag it by.
  ['half on a screen that is gone', `[${PLACE.replace('"y":0', '"y":-300')}]`],
])('a kept place that is %s is passed over', async (_what, content) => {
  const file = join(await tempDir(), 'windows.json');
  if (content !== undefined) await writeFile(file, content);
  const { options } = restored(file);
  expect(options).toMatchObject({ width: 1280, height: 800 });
  expect(options).not.toHaveProperty('x');
});

test.each(['//example.org', 'javascript:alert(1)', '/a b', `/${'a'.repeat(600)}`])(
  'a kept address %s, which no page of ours has, is none',
  async (address) => {
    const file = join(await tempDir(), 'windows.json');
    await writeFile(file, `[${PLACE.replace('/all', address)}]`);
    expect(restored(file).loaded).toEqual(['app://docket/']);
  },
);

test('(I1) where Windows ends the session, which asks no window to close, all places are kept', async () => {
  const file = join(await tempDir(), 'windows.json');
  const { windows, opened } = someWindows(file);
  windows.restore();
  windows.open('/jobs/1');
  for (const window of opened) window.emit('session-end', {});
  const again = someWindows(file);
  again.windows.restore();
  expect(again.opened.map(({ loaded }) => loaded[0])).toEqual([
    'app://docket/',
    'app://docket/#/jobs/1',
  ]);
});

test('(I1) a window whose page broke off is filled anew; one that breaks off again and again is left alone', async () => {
  const { webContents } = restored(join(await tempDir(), 'windows.json'));
  webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
  expect(webContents.reloads).toBe(0);
  for (let time = 0; time < 9; time += 1)
    webContents.emit('render-process-gone', {}, { reason: 'oom' });
  expect(webContents.reloads).toBe(3);
});

test('a place that cannot be kept does not keep the window from closing', async () => {
  const folder = await tempDir();
  await writeFile(join(folder, 'file'), '');
  const window = restored(join(folder, 'file/windows.json'));
  expect(() => window.close()).not.toThrow();
  expect(await readFile(join(folder, 'file'), 'utf8')).toBe('');
});

test('our page gets a line to the core each time it asks', () => {
  const core = aLineKeeper();
  handOverLines(core);
  const { webContents } = new BrowserWindow({});
  const sender = { sender: webContents, senderFrame: webContents.mainFrame };
  ipcMain.emit(PORT_CHANNEL, sender);
  ipcMain.emit(PORT_CHANNEL, sender);
  expect(webContents.posted.map(({ ports }) => ports[0])).toEqual(core.lines);
  expect(core.lines).toHaveLength(2);
});

test('a frame inside the page, a page from elsewhere and a frame that is gone get none', () => {
  const core = aLineKeeper();
  handOverLines(core);
  const { webContents } = new BrowserWindow({});
  const inner = { url: 'app://docket/', postMessage: () => undefined };
  ipcMain.emit(PORT_CHANNEL, { sender: webContents, senderFrame: inner });
  ipcMain.emit(PORT_CHANNEL, { sender: webContents, senderFrame: null });
  webContents.mainFrame.url = 'https://example.org/';
  ipcMain.emit(PORT_CHANNEL, { sender: webContents, senderFrame: webContents.mainFrame });
  expect(core.lines).toEqual([]);
});

test('after a restart of the core every window is handed a new line', () => {
  const core = aLineKeeper();
  const windows = [new BrowserWindow({}), new BrowserWindow({})];
  renewLines(core);
  expect(windows.map(({ webContents }) => webContents.posted.length)).toEqual([1, 1]);
  expect(core.lines).toHaveLength(2);
});
