import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { serveCore } from '../../../electron/shell/serve-core.ts';
import { runShell } from '../../../electron/shell/run-shell.ts';
import { readLaunchOptions } from '../../../electron/shell/launch-options.ts';
import {
  app,
  BrowserWindow,
  coreEntry,
  errorBoxes,
  forked,
  ipcMain,
  menuShown,
} from '../../support/electron-stand-in.ts';
import { tempDir } from '../../support/temp-dir.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

const BUILT = '/docket/out/main';

function emitQuit(): boolean {
  let isPrevented = false;
  app.emit('will-quit', {
    preventDefault: () => {
      isPrevented = true;
    },
  });
  return isPrevented;
}

beforeEach(() => {
  app.removeAllListeners();
  ipcMain.removeAllListeners();
  app.quits = 0;
  app.hasLock = true;
  app.paths = {};
  BrowserWindow.opened.length = 0;
  forked.length = 0;
  errorBoxes.length = 0;
  coreEntry.run = (child) =>
    serveCore({
      main: child.parentPort,
      startCore: async () => ({
        connect: () => undefined,
        addFile: async (name) => ({ kind: 'refused', name, sentence: '' }),
        openAttachment: () => Promise.reject(new Error('not asked')),
        openDraftFile: () => Promise.reject(new Error('not asked')),
        openInboxFile: () => Promise.reject(new Error('not asked')),
        openZip: () => Promise.reject(new Error('not asked')),
        openExport: () => Promise.reject(new Error('not asked')),
        close: async () => undefined,
      }),
      exit: () => child.end(0),
    });
});

test('a second Docket with the same data shows the first one and goes away', async () => {
  app.hasLock = false;
  await runShell(BUILT);
  expect(app.quits).toBe(1);
  expect(BrowserWindow.opened).toEqual([]);
  expect(forked).toEqual([]);
});

test('the first Docket comes to the front when a second is started', async () => {
  app.setPath('userData', await tempDir());
  await runShell(BUILT);
  const window = BrowserWindow.opened[0]!;
  window.isMinimizedNow = true;
  app.emit('second-instance', {}, ['docket']);
  expect(window.isMinimizedNow).toBe(false);
  expect(window.focused).toBe(1);
});

test('quitting waits for the core to close', async () => {
  app.setPath('userData', await tempDir());
  await runShell(BUILT);
  expect(emitQuit()).toBe(true);
  expect(app.quits).toBe(0);
  await vi.waitFor(() => expect(app.quits).toBe(1));
  expect(forked[0]!.isRunning).toBe(false);
  expect(emitQuit()).toBe(false);
});

test('a core that cannot run is told to the person, then Docket quits', async () => {
  coreEntry.run = (child) =>
    serveCore({
      main: child.parentPort,
      startCore: () => Promise.reject(new Error('no disk')),
      exit: () => child.end(0),
    });
  app.setPath('userData', await tempDir());
  await runShell(BUILT);
  await vi.waitFor(() => expect(app.quits).toBe(1));
  expect(errorBoxes).toEqual([
    { title: 'Docket cannot go on', content: expect.stringContaining('no disk') as string },
  ]);
});

test('the menu has the roles people copy, zoom and close with', async () => {
  app.setPath('userData', await tempDir());
  await runShell(BUILT);
  const roles = menuShown.flatMap(({ role, submenu }) => [
    role,
    ...(submenu ?? []).map((item) => item.role),
  ]);
  expect(roles).toEqual(expect.arrayContaining(['fileMenu', 'editMenu', 'windowMenu', 'zoomIn']));
});

test('what Docket was started with is found among the switches of Chromium', () => {
  const argv = [
    'electron',
    '.',
    '--disable-gpu',
    '--data',
    '/tmp/a',
    '--lang=de',
    '--server',
    'http://office',
  ];
  expect(readLaunchOptions(argv, '/home/mara/.config/docket')).toEqual({
    dataFolder: '/tmp/a',
    browserFolder: join('/tmp/a', 'browser'),
    defaultServerUrl: 'http://office',
  });
});

test('a Docket started with nothing keeps its data with its profile', () => {
  expect(readLaunchOptions(['Docket'], '/home/mara/.config/docket')).toEqual({
    dataFolder: join('/home/mara/.config/docket', 'desk'),
    browserFolder: '/home/mara/.config/docket',
    defaultServerUrl: '',
  });
});
