// Docket's sign beside the clock, and on a Mac the menu of its sign in the dock: the way back while no window is open. (I1)

import { app, Menu, nativeImage, Tray } from 'electron';
import type { LogLine } from '../core/host.ts';
import { type MenuActs, trayMenu } from './menu-model.ts';

/** renderer/ui/icon.svg in 32 by 32; systems take no SVG here. */
const SIGN =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgBAMAAACBVGfHAAAAMFBMVEUdGxgqKiAcGhccGxccGxccGhgcGhf///+LiomXlpRwb23Y19f29vZTUU8zMi+pqKcvwrUwAAAAB3RSTlP/AcwrlZGOzloxTwAAAAlwSFlzAAAsSwAALEsBpT2WqQAAAK1JREFUKM9jEBQ0VWCAAqZgQUEGQREGJOAIFFBAFmASZEBRwMAQyGCAKsDMEIAqwMYAMoKro6Oj6wLEEDC5vBwIav4h1LWXg0UWIASqZ86cv728CiFQASR4t9c8QBFgeF0+AVWAt/wAqgDD9lo0ge9VaALTKwgJYGhBNxTDWnSHoTi9uqMD1XPo3kcJIHAQzpw5Ex6EGIGMEQ0YEYURlYKiKAqAAoJmiOSQLCgIAGQKQoKRN9WfAAAAAElFTkSuQmCC';

const MINUTE_MS = 60_000;

export class DesktopSign {
  readonly #acts: MenuActs;
  readonly #isDock = process.platform === 'darwin';
  readonly #tray: Tray | undefined;
  #pausedUntil: string | null = null;
  #count = 0;
  #looksAgain: NodeJS.Timeout | undefined;

  constructor(acts: MenuActs, log: (line: LogLine) => void) {
    this.#acts = acts;
    if (!this.#isDock) this.#tray = makeTray(log);
    // Windows' way; elsewhere a click opens the menu.
    this.#tray?.on('click', () => acts.show());
    this.#draw();
  }

  /** Whether a person can come back by it. Some Linux desktops show no tray and say nothing of it: there a second start does. */
  get isThere(): boolean {
    return this.#tray !== undefined;
  }

  tell(state: { readonly pausedUntil?: string | null; readonly count?: number }): void {
    const { pausedUntil = this.#pausedUntil, count = this.#count } = state;
    if (pausedUntil === this.#pausedUntil && count === this.#count) return;
    this.#pausedUntil = pausedUntil;
    this.#count = count;
    this.#draw();
  }

  #draw(): void {
    const isPaused = this.#isPaused;
    this.#awaitEnd();
    const menu = Menu.buildFromTemplate(trayMenu({ isPaused, isDock: this.#isDock }, this.#acts));
    if (this.#isDock) app.dock?.setMenu(menu);
    this.#tray?.setContextMenu(menu);
    const news = this.#count === 0 ? '' : `, ${this.#count} new`;
    this.#tray?.setToolTip(`Docket${news}${isPaused ? ', notifications paused' : ''}`);
  }

  get #isPaused(): boolean {
    return this.#pausedUntil !== null && Date.parse(this.#pausedUntil) > Date.now();
  }

  /** Nobody says that a pause has run out. One timer to its end would be late by as long as the computer slept. */
  #awaitEnd(): void {
    clearTimeout(this.#looksAgain);
    if (!this.#isPaused) return;
    this.#looksAgain = setTimeout(() => {
      if (this.#isPaused) this.#awaitEnd();
      else this.#draw();
    }, MINUTE_MS).unref();
  }
}

function makeTray(log: (line: LogLine) => void): Tray | undefined {
  try {
    return new Tray(nativeImage.createFromDataURL(SIGN));
  } catch (error) {
    log({ level: 'warn', event: 'no-tray', details: { error: String(error).slice(0, 300) } });
    return undefined;
  }
}
