// Where the window stood when it was closed. (I1)

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';

export interface WindowState {
  /** Undefined lets the system choose the place. */
  readonly bounds: Rectangle | undefined;
  readonly isMaximized: boolean;
}

const NOTHING_KEPT: WindowState = { bounds: undefined, isMaximized: false };

/** How much of the window must be on a screen for a person to find and drag it. */
const MIN_VISIBLE = { width: 200, height: 100 };

/** @param screens the work areas of the screens there are now: one that was unplugged takes no window */
export function readWindowState(file: string, screens: readonly Rectangle[]): WindowState {
  let kept: unknown;
  try {
    kept = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return NOTHING_KEPT;
  }
  if (!isWindowState(kept)) return NOTHING_KEPT;
  const { bounds, isMaximized } = kept;
  const isFindable = screens.some((screen) => isVisibleOn(screen, bounds));
  return { bounds: isFindable ? bounds : undefined, isMaximized };
}

/** Losing a window's place is no reason to keep it from closing, so a failure is passed over. */
export function keepWindowState(file: string, window: BrowserWindow): void {
  const state = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(state));
  } catch {
    return;
  }
}

function isVisibleOn(screen: Rectangle, bounds: Rectangle): boolean {
  const width =
    Math.min(screen.x + screen.width, bounds.x + bounds.width) - Math.max(screen.x, bounds.x);
  const height =
    Math.min(screen.y + screen.height, bounds.y + bounds.height) - Math.max(screen.y, bounds.y);
  return width >= MIN_VISIBLE.width && height >= MIN_VISIBLE.height;
}

function isWindowState(value: unknown): value is { bounds: Rectangle; isMaximized: boolean } {
  if (typeof value !== 'object' || value === null) return false;
  const { bounds, isMaximized } = value as { bounds?: unknown; isMaximized?: unknown };
  if (typeof bounds !== 'object' || bounds === null || typeof isMaximized !== 'boolean')
    return false;
  return ['x', 'y', 'width', 'height'].every((side) =>
    Number.isInteger((bounds as Record<string, unknown>)[side]),
  );
}
