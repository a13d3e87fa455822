// Docket under Electron, from start to quit.

import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, dialog, session, shell } from 'electron';
import type { LogLine } from '../core/host.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { CoreProgram } from './core-program.ts';
import { Desktop } from './desktop.ts';
import { dragFiles } from './drag-files.ts';
import { Keychain } from './keychain.ts';
import { type LaunchOptions, readLaunchOptions } from './launch-options.ts';
import { Links } from './links.ts';
import { denyPermissions, lockDownPages } from './lock-down.ts';
import { offerContextMenu, setMenu } from './menus.ts';
import { PageMessages } from './page-messages.ts';
import { checkSpelling } from './spell-check.ts';
import { handOverLines, renewLines, Windows } from './windows.ts';

/** As in electron-builder.yml: Windows knows by it whose notices and windows they are. */
const APP_ID = 'app.docket.desktop';

/** @param builtFolder where `main.js` lies; the other built parts lie beside it */
export async function runShell(builtFolder: string): Promise<void> {
  const options = readLaunchOptions(process.argv, app.getPath('userData'));
  // The lock is per folder, so the folder is set first: two Dockets with data of their own may run side by side.
  app.setPath('userData', options.browserFolder);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
  registerAppScheme();
  const openBeside = (address: string) => void windows.open(address);
  const windows = new Windows({
    preload: join(builtFolder, '../preload/preload.cjs'),
    placesFile: join(options.browserFolder, 'windows.json'),
    onOpened: (window) => {
      offerContextMenu(window.webContents, openBeside);
      desktop.badge.opened(window);
    },
  });
  lockDownPages(openBeside);
  const messages = new PageMessages();
  const links = new Links(process.argv, messages, () =>
    app.isReady() ? windows.show() : undefined,
  );
  app.on('second-instance', (_event, argv) => links.open(argv));
  const { browserFolder: folder } = options;
  const desktop = new Desktop({ windows, messages, folder, log: writeLogLine });
  let launchInfo: unknown;
  app.once('ready', (_event, info) => {
    launchInfo = info;
  });
  await app.whenReady();

  const core = startCoreProgram(builtFolder, options, desktop);
  denyPermissions(session.defaultSession);
  checkSpelling(session.defaultSession);
  serveAppScheme(join(builtFolder, '../renderer'), core);
  handOverLines(core, (page) => messages.pageReady(page));
  setMenu(desktop.acts);
  desktop.start(core);
  app.on('window-all-closed', () => {
    if (!desktop.staysWithoutWindow) app.quit();
  });
  stopBeforeQuit(core, windows, desktop);
  windows.restore();
  app.on('activate', () => {
    if (windows.front === undefined) windows.open();
  });
  const { front } = windows;
  if (front !== undefined) links.openFirst(front);
  desktop.begin(launchInfo);
}

function startCoreProgram(
  builtFolder: string,
  options: LaunchOptions,
  desktop: Desktop,
): CoreProgram {
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
    desktop: () => desktop.state,
    onDesktopAct: (act) => desktop.act(act),
    log: writeLogLine,
    onRestart: () => {
      renewLines(core);
      desktop.renewLine();
    },
    onGivenUp: (sentence) => {
      dialog.showErrorBox('Docket cannot go on', sentence);
      app.quit();
    },
  });
  return core;
}

/** The first wish to quit waits for the core to end; the second, made when it has, is granted. */
function stopBeforeQuit(core: CoreProgram, windows: Windows, desktop: Desktop): void {
  let isStopped = false;
  app.on('before-quit', () => windows.keepPlaces());
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    desktop.end();
    void core.stop().finally(() => {
      isStopped = true;
      app.quit();
    });
  });
}

function writeLogLine(line: LogLine): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
}
