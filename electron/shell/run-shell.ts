// Docket under Electron, from start to quit.

import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, session, shell } from 'electron';
import type { LogLine } from '../core/host.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { CoreProgram } from './core-program.ts';
import { dragFiles } from './drag-files.ts';
import { Keychain } from './keychain.ts';
import { type LaunchOptions, readLaunchOptions } from './launch-options.ts';
import { Links } from './links.ts';
import { denyPermissions, lockDownPages } from './lock-down.ts';
import { handOverLines, openMainWindow, renewLines } from './main-window.ts';
import { setMenu } from './menu.ts';

/** @param builtFolder where `main.js` lies; the other built parts lie beside it */
export async function runShell(builtFolder: string): Promise<void> {
  const options = readLaunchOptions(process.argv, app.getPath('userData'));
  // The lock is per folder, so the folder is set first: two Dockets with data of their own may run side by side.
  app.setPath('userData', options.browserFolder);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerAppScheme();
  lockDownPages();
  const links = new Links(process.argv, showWindow);
  app.on('second-instance', (_event, argv) => links.open(argv));
  await app.whenReady();

  const core = startCoreProgram(builtFolder, options);
  denyPermissions(session.defaultSession);
  serveAppScheme(join(builtFolder, '../renderer'), core);
  handOverLines(core, (page) => links.pageReady(page));
  setMenu();
  const open = () =>
    openMainWindow({
      preload: join(builtFolder, '../preload/preload.cjs'),
      stateFile: join(options.browserFolder, 'window.json'),
    });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  stopBeforeQuit(core);
  open();
}

function startCoreProgram(builtFolder: string, options: LaunchOptions): CoreProgram {
  const core = new CoreProgram({
    entry: join(builtFolder, 'core-process.js'),
    settings: {
      dataFolder: options.dataFolder,
      homeFolder: app.getPath('home'),
      deviceName: hostname().slice(0, 120),
      defaultServerUrl: options.defaultServerUrl,
    },
    secrets: new Keychain(options.dataFolder),
    openPath: async (path) => (await shell.openPath(path)) === '',
    startDrag: dragFiles,
    log: writeLogLine,
    onRestart: () => renewLines(core),
    onGivenUp: (sentence) => {
      dialog.showErrorBox('Docket cannot go on', sentence);
      app.quit();
    },
  });
  return core;
}

/** The first wish to quit waits for the core to end; the second, made when it has, is granted. */
function stopBeforeQuit(core: CoreProgram): void {
  let isStopped = false;
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    void core.stop().finally(() => {
      isStopped = true;
      app.quit();
    });
  });
}

function showWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

function writeLogLine(line: LogLine): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
}
