// The window: a sandboxed page that knows nothing but its line to the core.

import { BrowserWindow, ipcMain, screen, type WebContents } from 'electron';
import { APP_ORIGIN } from './app-scheme.ts';
import type { CoreProgram } from './core-program.ts';
import { isOurs } from './lock-down.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

export interface MainWindowParts {
  /** The built `preload.cjs`. */
  readonly preload: string;
  /** Where the window's place is kept. */
  readonly stateFile: string;
}

/** The preload asks on it and is answered on it: a port to the core. */
export const PORT_CHANNEL = 'docket:port';

export function openMainWindow({ preload, stateFile }: MainWindowParts): BrowserWindow {
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
  const { bounds, isMaximized } = readWindowState(stateFile, screens);
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...bounds,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Docket',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: true,
    },
  });
  // Shown once there is something to see, so that no white square flashes up in the dark.
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize();
    window.show();
  });
  window.on('close', () => keepWindowState(stateFile, window));
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}

/** Gives a line to the core to every page of ours that asks for one, and tells of it; other senders get no answer. */
export function handOverLines(
  core: Pick<CoreProgram, 'openLine'>,
  onPage: (page: WebContents) => void = () => undefined,
): void {
  ipcMain.on(PORT_CHANNEL, ({ sender, senderFrame }) => {
    const isMainFrame = senderFrame !== null && senderFrame === sender.mainFrame;
    if (!isMainFrame || !isOurs(senderFrame.url)) return;
    senderFrame.postMessage(PORT_CHANNEL, null, [core.openLine()]);
    onPage(sender);
  });
}

/** After a restart of the core: the old lines lead nowhere. */
export function renewLines(core: Pick<CoreProgram, 'openLine'>): void {
  for (const window of BrowserWindow.getAllWindows())
    window.webContents.postMessage(PORT_CHANNEL, null, [core.openLine()]);
}
