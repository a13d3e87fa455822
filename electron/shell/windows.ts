// The windows: each a sandboxed page that knows nothing but its own line to the core. (I1)

import { BrowserWindow, ipcMain, screen, type WebContents } from 'electron';
import { APP_ORIGIN } from './app-scheme.ts';
import type { CoreProgram } from './core-program.ts';
import { isOurs } from './lock-down.ts';
import {
  keepWindowPlaces,
  MOST_WINDOWS,
  readWindowPlaces,
  type WindowPlace,
} from './window-places.ts';

export interface WindowsParts {
  /** The built `preload.cjs`. */
  readonly preload: string;
  /** Where the places of the windows are kept. */
  readonly placesFile: string;
  onOpened(window: BrowserWindow): void;
}

/** The preload asks on it and is answered on it: a port to the core. */
export const PORT_CHANNEL = 'docket:port';

const ANYWHERE: WindowPlace = { bounds: undefined, isMaximized: false, address: '' };
/** Of one window: a page that breaks off as soon as it is there would be filled for ever. */
const MOST_REFILLS = 3;
/** A window that is opened beside another covers not all of it. */
const ASIDE = 28;

export class Windows {
  readonly #parts: WindowsParts;
  /** In the order they had the focus, the last one last. */
  #open: BrowserWindow[] = [];
  /** All close one after the other: the places are those they had before. */
  #isEnding = false;

  constructor(parts: WindowsParts) {
    this.#parts = parts;
  }

  get front(): BrowserWindow | undefined {
    return this.#open.at(-1);
  }

  get all(): readonly BrowserWindow[] {
    return this.#open;
  }

  /** Those that stood there when Docket ended, or one. */
  restore(): void {
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
    const places = readWindowPlaces(this.#parts.placesFile, screens);
    for (const place of places.length === 0 ? [ANYWHERE] : places) this.#openAt(place);
  }

  /** @param address what stands behind the # of the page's address; the front window where there are too many */
  open(address = ''): BrowserWindow {
    const { front } = this;
    if (front === undefined) return this.#openAt({ ...this.#lastPlace(), address });
    if (this.#open.length >= MOST_WINDOWS) return this.#show(front);
    const { x, y, width, height } = front.getNormalBounds();
    const bounds = { x: x + ASIDE, y: y + ASIDE, width, height };
    return this.#openAt({ bounds, isMaximized: false, address });
  }

  /** Brings the window that had the focus last to the front, and opens one where there is none. */
  show(): BrowserWindow {
    return this.front === undefined ? this.open() : this.#show(this.front);
  }

  /** Docket ends, and all windows with it. Where none is open, the last one was kept as it closed. */
  keepPlaces(): void {
    if (!this.#isEnding && this.#open.length > 0)
      keepWindowPlaces(this.#parts.placesFile, this.#open);
    this.#isEnding = true;
  }

  #show(window: BrowserWindow): BrowserWindow {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return window;
  }

  #lastPlace(): WindowPlace {
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
    return readWindowPlaces(this.#parts.placesFile, screens)[0] ?? ANYWHERE;
  }

  #openAt({ bounds, isMaximized, address }: WindowPlace): BrowserWindow {
    const window = new BrowserWindow({
      width: 1280,
      height: 800,
      ...bounds,
      minWidth: 900,
      minHeight: 600,
      show: false,
      title: 'Docket',
      webPreferences: {
        preload: this.#parts.preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: true,
      },
    });
    this.#open.push(window);
    // Shown once there is something to see, so that no white square flashes up in the dark.
    window.once('ready-to-show', () => {
      if (isMaximized) window.maximize();
      window.show();
    });
    window.on('focus', () => {
      this.#open = [...this.#open.filter((other) => other !== window), window];
    });
    window.on('close', () => {
      // One of several that is closed does not come back; the last one does.
      const staying = this.#open.filter((other) => other !== window);
      if (!this.#isEnding)
        keepWindowPlaces(this.#parts.placesFile, staying.length === 0 ? [window] : staying);
    });
    // Windows closes none and says nothing else where its session ends.
    window.on('session-end', () => this.keepPlaces());
    window.on('closed', () => {
      this.#open = this.#open.filter((other) => other !== window);
    });
    refillBroken(window.webContents);
    void window.loadURL(`${APP_ORIGIN}/${address === '' ? '' : `#${address}`}`);
    this.#parts.onOpened(window);
    return window;
  }
}

/** A page can break off, for want of memory for one. Nothing on it says so, and no menu of ours fills a window anew. */
function refillBroken(page: WebContents): void {
  let left = MOST_REFILLS;
  page.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || left === 0) return;
    left -= 1;
    page.reload();
  });
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
