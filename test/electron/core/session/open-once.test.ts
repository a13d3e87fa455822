// Two windows of one core that ask for the office at the same time.

import { expect, onTestFinished, test } from 'vitest';
import { startCore } from '../../../../electron/core/core.ts';
import { AppError } from '../../../../electron/core/errors.ts';
import { type Mirror, openMirror } from '../../../../electron/core/mirror/database.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { TestWindow } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD } from '../../../support/test-server.ts';

/** A core that says how many databases it has open. */
async function aCore() {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const disk = { isFull: false, open: 0 };
  const counted = (file: string): Mirror => {
    if (disk.isFull) throw new AppError('disk-full');
    const mirror = openMirror(file);
    disk.open += 1;
    const close = mirror.close.bind(mirror);
    return Object.assign(mirror, {
      close: () => {
        disk.open -= 1;
        close();
      },
    });
  };
  const core = await startCore(fakeHost(await tempDir()), '', counted);
  onTestFinished(() => core.close());
  const windows = [new TestWindow(), new TestWindow()] as const;
  for (const { port } of windows) core.connect(port);
  const { email } = server.office.mara;
  const mara = { serverUrl: server.url, email, password: TEST_PASSWORD };
  return { disk, windows, mara, jonas: { ...mara, email: server.office.jonas.email } };
}

test('(H3) two windows that sign in at once open the office once, and signing out closes it', async () => {
  const { disk, windows, mara, jonas } = await aCore();
  await Promise.all(windows.map((window) => window.request('session.sign-in', mara)));
  expect(disk.open).toBe(1);
  await windows[0].request('session.sign-out', {});
  expect(disk.open).toBe(0);
  await windows[1].request('session.sign-in', jonas);
  const session = await windows[0].until('session', {}, ({ kind }) => kind === 'signed-in');
  expect(session).toMatchObject({ member: { email: jonas.email } });
  expect(disk.open).toBe(1);
});

test('[F2] “Try again” in two windows at once opens the office once', async () => {
  const { disk, windows, mara } = await aCore();
  disk.isFull = true;
  await windows[0].request('session.sign-in', mara);
  await windows[0].until('session', {}, ({ kind }) => kind === 'closed');
  disk.isFull = false;
  await Promise.all(windows.map((window) => window.request('session.open', {})));
  expect(disk.open).toBe(1);
  await windows[1].request('session.sign-out', {});
  expect(disk.open).toBe(0);
});
