import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { MessagePortMain } from 'electron';
import {
  handOverLines,
  openMainWindow,
  PORT_CHANNEL,
  renewLines,
} from '../../../electron/shell/main-window.ts';
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

function openedWindow(stateFile: string): BrowserWindow {
  return openMainWindow({ preload: '/out/preload.cjs', stateFile }) as unknown as BrowserWindow;
}

beforeEach(() => {
  BrowserWindow.opened.length = 0;
  ipcMain.removeAllListeners();
});

test('the window is sandboxed, isolated, and shows our page alone', async () => {
  const window = openedWindow(join(await tempDir(), 'window.json'));
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

test('the window comes back where it was closed', async () => {
  const file = join(await tempDir(), 'profile/window.json');
  const first = openedWindow(file);
  first.isMaximizedNow = true;
  first.emit('close');
  const second = openedWindow(file);
  expect(second.options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 });
  second.emit('ready-to-show');
  expect(second.isMaximizedNow).toBe(true);
});

test.each([
  ['damaged', '{"bounds":'],
  ['of another shape', '{"bounds":{"x":"1"},"isMaximized":false}'],
  [
    'on a screen that is gone',
    '{"bounds":{"x":4000,"y":0,"width":900,"height":700},"isMaximized":false}',
  ],
])('a kept place that is %s is passed over', async (_what, content) => {
  const file = join(await tempDir(), 'window.json');
  await writeFile(file, content);
  const { options } = openedWindow(file);
  expect(options).toMatchObject({ width: 1280, height: 800 });
  expect(options).not.toHaveProperty('x');
});

test('a place that cannot be kept does not keep the window from closing', async () => {
  const folder = await tempDir();
  await writeFile(join(folder, 'file'), '');
  const window = openedWindow(join(folder, 'file/window.json'));
  expect(() => window.emit('close')).not.toThrow();
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
