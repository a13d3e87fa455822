// Links to jobs that the system hands to Docket: among what it was started with, or, on a Mac, as an event. The page knows what
// they lead to; here they are only passed on, once it is there. (B6)

import { app, type BrowserWindow } from 'electron';
import type { PageMessages } from './page-messages.ts';

const SCHEME = 'docket';
/** Two ids and the words around them, with room. */
const MOST_LETTERS = 200;

export class Links {
  #waiting: string | undefined;
  readonly #messages: PageMessages;
  readonly #show: () => BrowserWindow | undefined;

  /**
   * @param show brings a window to the front, and opens one where there is none; undefined before the app is ready: a Mac opens
   *   links before that.
   */
  constructor(
    argv: readonly string[],
    messages: PageMessages,
    show: () => BrowserWindow | undefined,
  ) {
    this.#waiting = linkAmong(argv);
    this.#messages = messages;
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
    const window = this.#show();
    const link = linkAmong(argv);
    if (link === undefined) return;
    if (window === undefined) this.#waiting = link;
    else this.#messages.link(window.webContents, link);
  }

  /** What Docket was started with goes to its first window. */
  openFirst(window: BrowserWindow): void {
    if (this.#waiting !== undefined) this.#messages.link(window.webContents, this.#waiting);
    this.#waiting = undefined;
  }
}

function linkAmong(argv: readonly string[]): string | undefined {
  return argv.find((one) => one.startsWith(`${SCHEME}://`) && one.length <= MOST_LETTERS);
}
