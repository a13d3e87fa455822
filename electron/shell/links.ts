// Links to jobs that the system hands to Docket: among what it was started with, or, on a Mac, as an event. The page knows what
// they lead to; here they are only passed on, once it is there. (B6)

import { app, BrowserWindow, type WebContents } from 'electron';

/** The same name as in preload.ts. */
export const LINK_CHANNEL = 'docket:link';
const SCHEME = 'docket';
/** Two ids and the words around them, with room. */
const MOST_LETTERS = 200;

export class Links {
  #waiting: string | undefined;
  readonly #show: () => void;

  /** @param show brings the window to the front. Called before the app is ready: a Mac opens links before that. */
  constructor(argv: readonly string[], show: () => void) {
    this.#waiting = linkAmong(argv);
    this.#show = show;
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.open([url]);
    });
    // What is not installed has no name the system could remember it by.
    if (app.isPackaged) app.setAsDefaultProtocolClient(SCHEME);
  }

  /** @param argv what another start of Docket was given */
  open(argv: readonly string[]): void {
    this.#show();
    const link = linkAmong(argv);
    if (link === undefined) return;
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) this.#waiting = link;
    else window.webContents.send(LINK_CHANNEL, link);
  }

  /** A page of ours has begun to listen. */
  pageReady(page: WebContents): void {
    if (this.#waiting === undefined) return;
    page.send(LINK_CHANNEL, this.#waiting);
    this.#waiting = undefined;
  }
}

function linkAmong(argv: readonly string[]): string | undefined {
  return argv.find((one) => one.startsWith(`${SCHEME}://`) && one.length <= MOST_LETTERS);
}
