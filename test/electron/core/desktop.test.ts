// What a window asks of the desktop goes through the core to its host. (I1)

import { expect, onTestFinished, test } from 'vitest';
import type { DesktopAct, DesktopState } from '../../../electron/core/api/desktop-contract.ts';
import type { Clock, Desktop } from '../../../electron/core/host.ts';
import { systemClock } from '../../../electron/loopback/node-host.ts';
import { fakeHost, quickClock } from '../../support/fake-host.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD } from '../../support/test-server.ts';

/** Waits are shortened, but not a window's lease, which a window here does not renew. */
const leaseClock: Clock = {
  now: quickClock.now,
  after: (delayMs, callback) =>
    (delayMs >= 20_000 ? systemClock : quickClock).after(delayMs, callback),
};

async function aDesk(desktop?: Desktop) {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const folder = await tempDir();
  const desk = await startTestDesk(
    folder,
    fakeHost(folder, { clock: leaseClock, ...(desktop !== undefined && { desktop }) }),
  );
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  return { desk, office: server.office };
}

function aDesktop() {
  const acts: DesktopAct[] = [];
  const listeners = new Set<() => void>();
  let state: DesktopState = {
    version: '0.1.0',
    keepsRunning: false,
    canTell: true,
    update: { kind: 'off' },
  };
  const desktop: Desktop = {
    get state() {
      return state;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    act: (act) => acts.push(act),
  };
  const become = (change: Partial<DesktopState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  return { desktop, acts, become, listeners };
}

const write = (desk: TestDesk, jobId: string, isWriting: boolean) =>
  desk.request('presence.here', {
    windowId: 'a window',
    place: { jobId: jobId as never, isWriting },
  });

test('(I1) in a browser there is none, and whoever asks it for something is told so', async () => {
  const { desk } = await aDesk();
  expect(await desk.ask('desktop', {})).toBeNull();
  await expect(desk.request('desktop.look-for-update', {})).rejects.toThrow(
    'This Docket runs in a browser, which does this itself.',
  );
});

test('(I1) windows are told of each change, and what they ask arrives', async () => {
  const { desktop, acts, become, listeners } = aDesktop();
  const { desk } = await aDesk(desktop);
  const changed = desk.until('desktop', {}, (state) => state?.update.kind === 'ready');
  become({ update: { kind: 'ready', version: '0.2.0' } });
  expect(await changed).toMatchObject({ update: { version: '0.2.0' }, isBeingWritten: false });
  await desk.request('desktop.keep-running', { keep: true });
  await desk.request('desktop.look-for-update', {});
  await desk.request('desktop.restart', {});
  expect(acts).toEqual([
    { kind: 'keep-running', keep: true },
    { kind: 'look-for-update' },
    { kind: 'restart' },
  ]);
  await desk.core.close();
  expect(listeners.size).toBe(0);
});

test('(I1) nothing restarts while something is being written in any window of this device', async () => {
  const { desktop, acts, become } = aDesktop();
  const { desk, office } = await aDesk(desktop);
  become({ update: { kind: 'ready', version: '0.2.0' } });
  await write(desk, office.job.id, true);
  await desk.until('desktop', {}, (state) => state?.isBeingWritten === true);
  await expect(desk.request('desktop.restart', {})).rejects.toThrow('is being written in a window');
  await write(desk, office.job.id, false);
  await desk.until('desktop', {}, (state) => state?.isBeingWritten === false);
  await desk.request('desktop.restart', {});
  expect(acts).toEqual([{ kind: 'restart' }]);
});
