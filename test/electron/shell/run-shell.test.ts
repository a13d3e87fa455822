import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FromCore, ToCore } from '../../../electron/core/api/contract.ts';
import type { Core } from '../../../electron/core/core.ts';
import { serveCore } from '../../../electron/shell/serve-core.ts';
import type { ToCoreProcess } from '../../../electron/shell/core-messages.ts';
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
  Notification,
  Tray,
} from '../../support/electron-stand-in.ts';
import { tempDir } from '../../support/temp-dir.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

const JOB = '01a19b7c-a7cd-7000-8000-000000000000';
const ENTRY = '01a19b7c-a7cd-7000-8000-000000000001';
const NO_CORE: Core = {
  connect: () => undefined,
  addFile: async (name) => ({ kind: 'refused', name, sentence: '' }),
  openAttachment: () => Promise.reject(new Error('not asked')),
  openDraftFile: () => Promise.reject(new Error('not asked')),
  openInboxFile: () => Promise.reject(new Error('not asked')),
  openZip: () => Promise.reject(new Error('not asked')),
  openExport: () => Promise.reject(new Error('not asked')),
  close: async () => undefined,
};
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

/** What the main process told the core of the desktop. */
const told = (child: (typeof forked)[number]) => heard.get(child) ?? [];
const heard = new Map<unknown, unknown[]>();

/** As its preload does once the page has begun to listen. */
function pageAsks({ webContents }: BrowserWindow): void {
  ipcMain.emit('docket:port', { sender: webContents, senderFrame: webContents.mainFrame });
}

const { platform } = process;

afterEach(() => {
  Object.defineProperty(process, 'platform', { value: platform });
});

beforeEach(() => {
  app.removeAllListeners();
  Tray.made.length = 0;
  Tray.canBeMade = true;
  Notification.standing.length = 0;
  ipcMain.removeAllListeners();
  app.quits = 0;
  app.hasLock = true;
  app.paths = {};
  BrowserWindow.opened.length = 0;
  forked.length = 0;
  errorBoxes.length = 0;
  heard.clear();
  coreEntry.run = (child) => {
    child.parentPort.on('message', ({ data }: { data: ToCoreProcess }) => {
      if (data.kind === 'desktop') heard.set(child, [...(heard.get(child) ?? []), data]);
    });
    serveCore({
      main: child.parentPort,
      startCore: async () => NO_CORE,
      exit: () => child.end(0),
    });
  };
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

test('(I1) without a window Docket ends, unless a person chose that it stays in the tray', async () => {
  app.setPath('userData', await tempDir());
  await runShell(BUILT);
  BrowserWindow.opened[0]!.close();
  expect(app.quits).toBe(1);
  forked[0]!.parentPort.postMessage({
    kind: 'desktop-act',
    act: { kind: 'keep-running', keep: true },
  });
  await vi.waitFor(() =>
    expect(told(forked[0]!).at(-1)).toMatchObject({ state: { keepsRunning: true } }),
  );
  app.emit('second-instance', {}, ['docket']);
  BrowserWindow.opened[0]!.close();
  expect(app.quits).toBe(1);
});

test('(I1) what was chosen is kept, and a Docket without a window is reached by a second start', async () => {
  const folder = await tempDir();
  app.setPath('userData', folder);
  await writeFile(join(folder, 'device.json'), '{"keepsRunning":true}');
  await runShell(BUILT);
  BrowserWindow.opened[0]!.close();
  expect(app.quits).toBe(0);
  app.emit('second-instance', {}, ['docket']);
  expect(BrowserWindow.opened).toHaveLength(1);
});

test('(I1) where no tray can be had, Docket ends with its last window whatever was chosen', async () => {
  const folder = await tempDir();
  app.setPath('userData', folder);
  await writeFile(join(folder, 'device.json'), '{"keepsRunning":true}');
  Tray.canBeMade = false;
  await runShell(BUILT);
  BrowserWindow.opened[0]!.close();
  expect(app.quits).toBe(1);
});

test('(F4) (I1) what rings is shown by the system, counted on the sign, and a click opens its entry', async () => {
  const notice = {
    id: JOB,
    title: 'Anna Berg wrote',
    body: '#2291 · Golf 8',
    place: { jobId: JOB, entryId: ENTRY },
    jobIds: [JOB],
    reply: null,
  };
  let say: (message: FromCore) => void = () => undefined;
  const asked: ToCore[] = [];
  coreEntry.run = (child) =>
    serveCore({
      main: child.parentPort,
      startCore: async () => ({
        ...NO_CORE,
        connect: (port) => {
          say = (message) => port.post(message);
          port.onMessage((message) => {
            const known = message as ToCore;
            asked.push(known);
            if (known.kind !== 'unwatch' && known.name === 'notices')
              say({ kind: 'update', id: known.id, value: { count: 1, fresh: 9, jobIds: [JOB] } });
            if (known.kind === 'request' && known.name === 'notices.take')
              say({ kind: 'answer', id: known.id, value: [notice] });
          });
        },
      }),
      exit: () => child.end(0),
    });
  app.setPath('userData', await tempDir());
  await runShell(BUILT);
  await vi.waitFor(() => expect(Notification.standing).toHaveLength(1));
  expect(app.badgeCount).toBe(1);
  expect(Tray.made[0]!.toolTip).toBe('Docket, 1 new');
  BrowserWindow.opened[0]!.close();
  Notification.standing[0]!.emit('click', {});
  const window = BrowserWindow.opened[0]!;
  pageAsks(window);
  expect(window.webContents.said).toEqual([
    { channel: 'docket:link', message: `docket://jobs/${JOB}?entry=${ENTRY}` },
  ]);
  Tray.made[0]!.menu.find(({ label }) => label === 'New job…')?.click?.();
  expect(window.webContents.said.at(-1)).toEqual({
    channel: 'docket:command',
    message: 'new-job',
  });
  expect(Notification.standing).toHaveLength(1);
  const pause = Tray.made[0]!.menu.find(({ label }) => label === 'Pause notifications');
  pause?.submenu?.[0]?.click?.();
  await vi.waitFor(() =>
    expect(asked).toContainEqual(
      expect.objectContaining({ name: 'notices.pause', args: { until: 'in-an-hour' } }),
    ),
  );
  emitQuit();
  expect(Notification.standing).toEqual([]);
});

test('(F4) Docket started by a click on a notice leads there, in the window that comes back', async () => {
  app.setPath('userData', await tempDir());
  Object.defineProperty(process, 'platform', { value: 'darwin' });
  const running = runShell(BUILT);
  app.emit('ready', {}, { identifier: `${JOB}.1a2b3c4d` });
  await running;
  expect(BrowserWindow.opened).toHaveLength(1);
  const [window] = BrowserWindow.opened;
  pageAsks(window!);
  expect(window!.webContents.said).toEqual([
    { channel: 'docket:link', message: `docket://jobs/${JOB}` },
  ]);
});

test('(I1) a Docket that was not installed says that it looks for no updates', async () => {
  app.setPath('userData', await tempDir());
  await runShell(BUILT);
  await vi.waitFor(() => expect(told(forked[0]!)).not.toEqual([]));
  expect(told(forked[0]!)[0]).toEqual({
    kind: 'desktop',
    state: { version: '0.1.0', keepsRunning: false, canTell: true, update: { kind: 'off' } },
  });
});

test('the menu has the roles people copy, zoom and close with', async () => {
  app.setPath('userData', await tempDir());
  await runShell(BUILT);
  const roles = menuShown.flatMap(({ role, submenu }) => [
    role,
    ...(submenu ?? []).map((item) => item.role),
  ]);
  expect(roles).toEqual(expect.arrayContaining(['copy', 'windowMenu', 'zoomIn']));
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
