// The bell's number where the system shows one: on the dock, on the launcher, or over the window's button in Windows' taskbar. (F4)

import { app, type BrowserWindow, nativeImage } from 'electron';
import { badgeWords, numberPicture } from './number-picture.ts';

export class Badge {
  readonly #windows: () => readonly BrowserWindow[];
  #count = 0;

  constructor(windows: () => readonly BrowserWindow[]) {
    this.#windows = windows;
  }

  show(count: number): void {
    if (count === this.#count) return;
    this.#count = count;
    if (process.platform === 'win32') for (const window of this.#windows()) this.#cover(window);
    else app.setBadgeCount(count);
  }

  /** A window that was just opened has a button of its own. */
  opened(window: BrowserWindow): void {
    if (process.platform === 'win32' && this.#count > 0) this.#cover(window);
  }

  #cover(window: BrowserWindow): void {
    const picture =
      this.#count === 0 ? null : nativeImage.createFromDataURL(numberPicture(this.#count));
    window.setOverlayIcon(picture, this.#count === 0 ? '' : `${badgeWords(this.#count)} new`);
  }
}
