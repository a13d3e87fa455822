// Several desks on one job: who sees whom. (H8)

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../../../electron/core/host.ts';
import { systemClock } from '../../../electron/loopback/node-host.ts';
import type { JobId } from '../../../sync-server/protocol/ids.ts';
import { fakeHost, quickClock } from '../../support/fake-host.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import {
  addOffice,
  startTestServer,
  TEST_PASSWORD,
  type TestOffice,
  type TestServer,
} from '../../support/test-server.ts';
import { tempDir } from '../../support/temp-dir.ts';

/** Waits are shortened, but not a window's lease, which a window here does not renew. */
const leaseClock: Clock = {
  now: quickClock.now,
  after: (delayMs, callback) =>
    (delayMs >= 20_000 ? systemClock : quickClock).after(delayMs, callback),
};

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk({ url }: TestServer, { email }: { email: string }): Promise<TestDesk> {
  const folder = await tempDir();
  const desk = await startTestDesk(folder, fakeHost(folder, { clock: leaseClock }));
  onTestFinished(() => desk.core.close());
  await desk.signIn(url, { email, password: TEST_PASSWORD });
  return desk;
}

const open = (desk: TestDesk, jobId: JobId | null, isWriting = false) =>
  desk.request('presence.here', {
    windowId: 'a window',
    place: jobId === null ? null : { jobId, isWriting },
  });
const sees = (desk: TestDesk, { job }: TestOffice, people: readonly object[]) =>
  desk.until(
    'presence',
    { jobId: job.id },
    (seen) => JSON.stringify(seen) === JSON.stringify(people),
  );

test('(H8) a colleague who opens the job, writes and leaves is seen doing so, by name', async () => {
  const server = await aServer();
  const { office } = server;
  const mara = await aDesk(server, office.mara);
  const jonas = await aDesk(server, office.jonas);
  const person = { memberId: office.mara.id, name: office.mara.name, isMe: false };
  await open(mara, office.job.id);
  await sees(jonas, office, [{ ...person, isWriting: false }]);
  await open(mara, office.job.id, true);
  await sees(jonas, office, [{ ...person, isWriting: true }]);
  expect(await mara.ask('presence', { jobId: office.job.id })).toEqual([]);
  expect(await jonas.ask('presence', { jobId: office.hiddenJob.id })).toEqual([]);
  await open(mara, null);
  await sees(jonas, office, []);
});

test('(H8) one’s own other device is oneself, and a colleague on two devices is one person', async () => {
  const server = await aServer();
  const { office } = server;
  const desk = await aDesk(server, office.mara);
  const laptop = await aDesk(server, office.mara);
  const jonas = await aDesk(server, office.jonas);
  const person = { memberId: office.mara.id, name: office.mara.name };
  await open(desk, office.job.id);
  await sees(laptop, office, [{ ...person, isMe: true, isWriting: false }]);
  await open(laptop, office.job.id, true);
  await sees(jonas, office, [{ ...person, isMe: false, isWriting: true }]);
});

test('(H8) whoever loses the line is gone at once for the others, and sees nobody until it is back', async () => {
  const server = await aServer();
  const { office } = server;
  const mara = await aDesk(server, office.mara);
  const jonas = await aDesk(server, office.jonas);
  const person = (who: 'mara' | 'jonas') => ({
    memberId: office[who].id,
    name: office[who].name,
    isMe: false,
    isWriting: false,
  });
  await open(mara, office.job.id);
  await open(jonas, office.job.id);
  await sees(mara, office, [person('jonas')]);
  await sees(jonas, office, [person('mara')]);
  mara.host.wire.cut();
  await sees(jonas, office, []);
  await sees(mara, office, []);
  const said = mara.host.wire.sent.length;
  await open(mara, office.job.id, true);
  expect(mara.host.wire.sent.slice(said).filter((line) => line.endsWith('/presence'))).toEqual([]);
  mara.host.wire.restore();
  await mara.request('sync.now', {});
  await sees(jonas, office, [{ ...person('mara'), isWriting: true }]);
});

test('(H8) (J2) another office hears nothing of it', async () => {
  const server = await aServer();
  const elsewhere = await addOffice(server.data, 'elsewhere.example');
  const mara = await aDesk(server, server.office.mara);
  const jonas = await aDesk(server, server.office.jonas);
  const stranger = await aDesk(server, elsewhere.mara);
  // Even where a stranger names a job of ours.
  await open(stranger, server.office.job.id, true);
  await open(mara, server.office.job.id);
  const seen = await jonas.until(
    'presence',
    { jobId: server.office.job.id },
    (people) => people.length > 0,
  );
  expect(seen.map(({ memberId }) => memberId)).toEqual([server.office.mara.id]);
  expect(await stranger.ask('presence', { jobId: server.office.job.id })).toEqual([]);
});

test('(H8) nothing of it is on any disk', async () => {
  const server = await aServer();
  const { office } = server;
  const mara = await aDesk(server, office.mara);
  const jonas = await aDesk(server, office.jonas);
  const head = await server.data.storage.headVersion(office.workspace.id);
  await open(mara, office.hiddenJob.id, true);
  await jonas.until('presence', { jobId: office.hiddenJob.id }, (people) => people.length > 0);
  expect(await server.data.storage.headVersion(office.workspace.id)).toBe(head);
  for (const folder of [join(server.folder, 'server'), jonas.host.dataFolder])
    for (const file of filesIn(folder)) {
      const content = readFileSync(file, 'latin1');
      expect(content.includes('isWriting'), file).toBe(false);
    }
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
