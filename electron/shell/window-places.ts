// Where the windows stood and what they showed when Docket ended. (I1)

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';

export interface WindowPlace {
  /** Undefined lets the system choose the place. */
  readonly bounds: Rectangle | undefined;
  readonly isMaximized: boolean;
  /** What stands behind the # of the page's address; '' where Docket begins. */
  readonly address: string;
}

/** The bar a person drags a window by, and how much of it must be on a screen for them to find it. */
const BAR_HEIGHT = 32;
const MIN_VISIBLE = { width: 200, height: 16 };

export const MOST_WINDOWS = 12;

/** Words, ids and filters; anything else was not written by a page of ours. */
const ADDRESS = /^\/(?!\/)[\w\-/?=&.,%+~]{0,500}$/;

/** @param screens the work areas of the screens there are now: one that was unplugged takes no window */
export function readWindowPlaces(file: string, screens: readonly Rectangle[]): WindowPlace[] {
  let kept: unknown;
  try {
    kept = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
  if (!Array.isArray(kept)) return [];
  return kept
    .filter(isPlace)
    .slice(0, MOST_WINDOWS)
    .map(({ bounds, isMaximized, address }) => {
      const isFindable = screens.some((screen) => isVisibleOn(screen, bounds));
      return {
        bounds: isFindable ? bounds : undefined,
        isMaximized,
        address: ADDRESS.test(address) ? address : '',
      };
    });
}

/** Losing a place is no reason to keep a window from closing, so a failure is passed over. */
export function keepWindowPlaces(file: string, windows: readonly BrowserWindow[]): void {
  const places = windows.map((window) => ({
    bounds: window.getNormalBounds(),
    isMaximized: window.isMaximized(),
    address: addressIn(window.webContents.getURL()),
  }));
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(places));
  } catch {
    return;
  }
}

/** What stands behind the # of an address of ours, where a page of Docket could have put it. */
export function addressIn(url: string): string {
  const address = URL.canParse(url) ? new URL(url).hash.slice(1) : '';
  return ADDRESS.test(address) ? address : '';
}

function isVisibleOn(screen: Rectangle, bounds: Rectangle): boolean {
  const width =
    Math.min(screen.x + screen.width, bounds.x + bounds.width) - Math.max(screen.x, bounds.x);
  const height =
    Math.min(screen.y + screen.height, bounds.y + BAR_HEIGHT) - Math.max(screen.y, bounds.y);
  return width >= MIN_VISIBLE.width && height >= MIN_VISIBLE.height;
}

function isPlace(
  value: unknown,
): value is { bounds: Rectangle; isMaximized: boolean; address: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { bounds, isMaximized, address } = value as Record<string, unknown>;
  if (typeof bounds !== 'object' || bounds === null) return false;
  if (typeof isMaximized !== 'boolean' || typeof address !== 'string') return false;
  return ['x', 'y', 'width', 'height'].every((side) =>
    Number.isInteger((bounds as Record<string, unknown>)[side]),
  );
}
