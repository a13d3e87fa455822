// A customer who is deleted, at desks that are online, offline, away for long, or copies of one another. [O2, L3]

import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { anEntryId } from '../../support/builders.ts';
import { type FakeHost, fakeHost, quickClock } from '../../support/fake-host.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';
import { tempDir } from '../../support/temp-dir.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SECRET = 'Kestrel';
const BYTES = 'Appendix of the Kestrel file.';
const noFilters = { kinds: [], authorIds: [], audiences: [], search: '' };

interface Office {
  readonly server: TestServer;
  /** Moves the server's clock on. */
  readonly pass: (ms: number) => void;
}

async function anOffice(): Promise<Office> {
  let nowMs = Date.now();
  const server = await startTestServer({ now: () => nowMs });
  onTestFinished(() => server.stop());
  return {
    server,
    pass: (ms) => {
      nowMs += ms;
    },
  };
}

async function aDesk(
  { server }: Office,
  who: 'mara' | 'jonas',
  hostOf: (folder: string) => FakeHost = fakeHost,
) {
  const folder = await tempDir();
  const host = hostOf(folder);
  const desk = await startTestDesk(folder, host);
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office[who].email, password: TEST_PASSWORD });
  return { desk, folder, host };
}

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

async function post(desk: TestDesk, { server }: Office, text: string, withFile = false) {
  const file = withFile ? await desk.core.addFile('appendix.txt', bytesOf(BYTES)) : undefined;
  if (file !== undefined && file.kind !== 'added') throw new Error(file.sentence);
  await desk.request('entries.post', {
    entryId: anEntryId(),
    jobId: server.office.job.id,
    audience: 'internal',
    text,
    files:
      file === undefined ? [] : [{ blobId: file.blobId, name: file.name, audience: 'internal' }],
    seenVersion: 0,
  });
}

const deleting = ({ server: { office } }: Office) => ({
  customerId: office.anna.id,
  fromName: office.anna.name,
  withJobs: true,
});
const isGone = (desk: TestDesk, { server }: Office) =>
  desk.until('customers.one', { customerId: server.office.anna.id }, (page) => page === null);
const isSettled = (desk: TestDesk) =>
  desk.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);

async function filesWith(folder: string, text: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const hits: string[] = [];
  for (const file of found.filter((each) => each.isFile()))
    if ((await readFile(join(file.parentPath, file.name))).includes(text)) hits.push(file.name);
  return hits;
}

const names = async (desk: TestDesk) =>
  (await desk.ask('customers', { search: '' })).map(({ name }) => name);

test('[R1] deleted offline, a customer is off the screen at once and comes back where the server says no', async () => {
  const office = await anOffice();
  const { anna } = office.server.office;
  const mara = await aDesk(office, 'mara');
  mara.host.wire.cut();
  expect(await mara.desk.ask('customers.belongings', { customerId: anna.id })).toMatchObject({
    jobs: 2,
    files: 0,
    waiting: 0,
  });
  await mara.desk.request('customers.delete', deleting(office));
  await isGone(mara.desk, office);
  const [waiting] = await mara.desk.ask('outbox', {});
  expect(waiting?.title).toBe(`Delete ${anna.name} for good`);
  // Renamed meanwhile: what Mara confirmed is not what stands.
  const jonas = await aDesk(office, 'jonas');
  await jonas.desk.request('customers.update', {
    customerId: anna.id,
    changes: [{ field: 'name', from: anna.name, to: 'Anna Bergmann' }],
  });
  await isSettled(jonas.desk);
  mara.host.wire.restore();
  await mara.desk.until('outbox', {}, (items) => items[0]?.state.kind === 'refused');
  expect(await names(mara.desk)).toContain('Anna Bergmann');
  const page = await mara.desk.ask('customers.one', { customerId: anna.id });
  expect(page?.jobCount).toBe(2);
});

test('[T4] nothing of a deleted customer is left on any desk: rows, search, bytes, or what a database’s file keeps', async () => {
  const office = await anOffice();
  const [mara, jonas] = [await aDesk(office, 'mara'), await aDesk(office, 'jonas')];
  await post(jonas.desk, office, `About ${SECRET}`, true);
  const { job } = office.server.office;
  const feed = await mara.desk.until(
    'activity.feed',
    { jobId: job.id, filters: noFilters, limit: 100 },
    ({ items }) => items.some(({ attachments }) => attachments.length > 0),
  );
  const opened = await mara.desk.core.openAttachment(
    feed.items.flatMap(({ attachments }) => attachments)[0]?.id ?? '',
  );
  opened.bytes.resume();
  for (const { folder } of [mara, jonas]) {
    await expect.poll(() => filesWith(folder, SECRET)).not.toEqual([]);
    await expect.poll(() => filesWith(folder, BYTES)).not.toEqual([]);
  }
  await mara.desk.request('customers.delete', deleting(office));
  for (const { desk, folder } of [mara, jonas]) {
    await isGone(desk, office);
    await isSettled(desk);
    for (const word of [SECRET, BYTES, office.server.office.anna.name])
      await expect.poll(() => filesWith(folder, word)).toEqual([]);
    expect(await names(desk)).toEqual(['Béla Nagy']);
  }
});

test('[P3] what another desk wrote meanwhile comes back with a sentence, its text and file kept until the person decides', async () => {
  const office = await anOffice();
  const [mara, jonas] = [await aDesk(office, 'mara'), await aDesk(office, 'jonas')];
  jonas.host.wire.cut();
  await post(jonas.desk, office, `What ${SECRET} said`, true);
  await mara.desk.request('customers.delete', deleting(office));
  await isSettled(mara.desk);
  jonas.host.wire.restore();
  const items = await jonas.desk.until('outbox', {}, ([item]) => item?.state.kind === 'refused');
  expect(items).toMatchObject([
    {
      text: `What ${SECRET} said`,
      files: [{ name: 'appendix.txt' }],
      state: {
        refusal: {
          code: 'customer-deleted',
          sentence: `The customer was deleted by ${office.server.office.mara.name}. Your text is kept here: copy or discard it.`,
        },
      },
    },
  ]);
  // Its bytes were never sent: nobody would have kept them.
  expect(jonas.host.wire.sent.some((line) => line.startsWith('PATCH /api/uploads'))).toBe(false);
  expect(jonas.host.wire.sent.some((line) => line.startsWith('POST /api/uploads'))).toBe(false);
  const copy = await jonas.desk.request('outbox.save-copy', { mutationIds: [] });
  expect(copy.missing).toEqual([]);
  expect(await filesWith(jonas.folder, BYTES)).not.toEqual([]);
  await jonas.desk.request('outbox.discard', { mutationId: items[0]!.mutationId });
  await isSettled(jonas.desk);
  expect(await names(jonas.desk)).toEqual(['Béla Nagy']);
});

test('[L3] a desk that was away for longer than deletions are remembered ends where a fresh one begins, its outbox whole', async () => {
  const office = await anOffice();
  const [mara, jonas] = [await aDesk(office, 'mara'), await aDesk(office, 'jonas')];
  await post(jonas.desk, office, `Old news of ${SECRET}`, true);
  await isSettled(jonas.desk);
  jonas.host.wire.cut();
  await jonas.desk.request('customers.create', { name: 'Carl New', email: '', phone: '' });
  await post(jonas.desk, office, 'Written far away');
  await mara.desk.request('customers.delete', deleting(office));
  await isSettled(mara.desk);
  office.pass(91 * DAY_MS);
  await office.server.app.keepHouse();
  jonas.host.wire.restore();
  await jonas.desk.until('sync.log', {}, (lines) => lines.some(({ event }) => event === 'reset'));
  const items = await jonas.desk.until('outbox', {}, (all) => all[0]?.state.kind === 'refused');
  expect(items.map(({ text, state }) => [text, state.kind])).toEqual([
    ['Written far away', 'refused'],
  ]);
  expect((await names(jonas.desk)).toSorted()).toEqual(['Béla Nagy', 'Carl New']);
  for (const word of [`Old news of ${SECRET}`, BYTES])
    await expect.poll(() => filesWith(jonas.folder, word)).toEqual([]);
  expect((await names((await aDesk(office, 'jonas')).desk)).toSorted()).toEqual([
    'Béla Nagy',
    'Carl New',
  ]);
});

test('[P1] a copied profile from before the deletion, woken after it was forgotten, brings nothing back and does nothing twice', async () => {
  const office = await anOffice();
  const [mara, jonas] = [await aDesk(office, 'mara'), await aDesk(office, 'jonas')];
  jonas.host.wire.cut();
  await jonas.desk.request('customers.create', { name: 'Carl New', email: '', phone: '' });
  await post(jonas.desk, office, 'Said once');
  await jonas.desk.core.close();
  const copied = await tempDir();
  await cp(jonas.folder, copied, { recursive: true });
  const { secrets } = jonas.host;
  const first = await startTestDesk(jonas.folder, fakeHost(jonas.folder, { secrets }));
  onTestFinished(() => first.core.close());
  await isSettled(first);
  await mara.desk.request('customers.delete', deleting(office));
  await isSettled(mara.desk);
  office.pass(91 * DAY_MS);
  await office.server.app.keepHouse();
  const second = await startTestDesk(copied, fakeHost(copied, { secrets }));
  onTestFinished(() => second.core.close());
  await second.until('sync.log', {}, (lines) => lines.some(({ event }) => event === 'reset'));
  await isSettled(second);
  expect((await names(second)).toSorted()).toEqual(['Béla Nagy', 'Carl New']);
  expect(await second.ask('outbox', {})).toEqual([]);
  expect((await names(mara.desk)).filter((name) => name === 'Carl New')).toHaveLength(1);
});

test('[L3] what counts is the server’s clock: a desk that is ten years off hears of a deletion like every other', async () => {
  const office = await anOffice();
  const mara = await aDesk(office, 'mara');
  const off = await aDesk(office, 'jonas', (folder) =>
    fakeHost(folder, { clock: { ...quickClock, now: () => Date.now() - 3650 * DAY_MS } }),
  );
  off.host.wire.cut();
  await post(off.desk, office, 'From ten years ago');
  await mara.desk.request('customers.delete', deleting(office));
  await isSettled(mara.desk);
  office.pass(30 * DAY_MS);
  await office.server.app.keepHouse();
  off.host.wire.restore();
  await isGone(off.desk, office);
  const [item] = await off.desk.until('outbox', {}, (all) => all[0]?.state.kind === 'refused');
  expect(item?.text).toBe('From ten years ago');
  const log = await off.desk.ask('sync.log', {});
  expect(log.map(({ event }) => event)).not.toContain('reset');
});

test('[L6] after a restore from before the deletion the customer is there again, and can be deleted again', async () => {
  const { server } = await anOffice();
  const mara = await aDesk({ server, pass: () => undefined }, 'mara');
  const { office, port } = server;
  await server.stop({ keepFolder: true });
  const backup = await tempDir();
  await cp(server.folder, backup, { recursive: true });
  const { folder } = server;
  const after = await startTestServer({ folder, office, port });
  await mara.desk.request('customers.delete', deleting({ server: after, pass: () => undefined }));
  await isSettled(mara.desk);
  await after.stop();
  const restored = await startTestServer({ folder: backup, office, port });
  onTestFinished(() => restored.stop());
  await restored.data.storage.beginEpoch(Date.now());
  await mara.desk.request('sync.now', {});
  const { id: customerId } = office.anna;
  await mara.desk.until('customers.one', { customerId }, (page) => page?.jobCount === 2);
  await isSettled(mara.desk);
  await mara.desk.request(
    'customers.delete',
    deleting({ server: restored, pass: () => undefined }),
  );
  await isSettled(mara.desk);
  expect(await names(mara.desk)).toEqual(['Béla Nagy']);
});
