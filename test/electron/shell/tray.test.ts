// Docket's sign beside the clock. (I1)

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MenuActs } from '../../../electron/shell/menu-model.ts';
import { DesktopSign } from '../../../electron/shell/tray.ts';
import { Tray } from '../../support/electron-stand-in.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

const HOUR_MS = 3_600_000;
const nothing = () => undefined;
const acts: MenuActs = {
  command: nothing,
  newWindow: nothing,
  show: nothing,
  pause: nothing,
  quit: nothing,
};

beforeEach(() => {
  Tray.made.length = 0;
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('(F4) a pause that runs out is over on the sign, also where the computer slept meanwhile', () => {
  const sign = new DesktopSign(acts, nothing);
  const [tray] = Tray.made;
  const labels = () => tray!.menu.map(({ label }) => label);
  const until = (ms: number) => new Date(Date.now() + ms).toISOString();
  sign.tell({ pausedUntil: until(HOUR_MS) });
  expect(tray!.toolTip).toBe('Docket, notifications paused');
  expect(labels()).toContain('Go on with notifications');
  vi.advanceTimersByTime(HOUR_MS + 60_000);
  expect(tray!.toolTip).toBe('Docket');
  expect(labels()).toContain('Pause notifications');
  sign.tell({ pausedUntil: until(10 * HOUR_MS) });
  // Timers stand still while it sleeps; the clock does not.
  vi.setSystemTime(Date.now() + 10 * HOUR_MS);
  vi.advanceTimersByTime(60_000);
  expect(tray!.toolTip).toBe('Docket');
});

test('(F4) the sign says how much is new beside a pause, which is ended by hand', () => {
  const sign = new DesktopSign(acts, nothing);
  const [tray] = Tray.made;
  sign.tell({ count: 3 });
  sign.tell({ pausedUntil: new Date(Date.now() + HOUR_MS).toISOString() });
  expect(tray!.toolTip).toBe('Docket, 3 new, notifications paused');
  sign.tell({ pausedUntil: null });
  expect(tray!.toolTip).toBe('Docket, 3 new');
});
