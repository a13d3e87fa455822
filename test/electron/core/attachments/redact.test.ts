// What an admin removes for good is gone: from records, from bytes, from what is left in the databases' files. (C10)

import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aMutation, anEntryId, blobIdOf } from '../../../support/builders.ts';
import { fakeHost, quickClock } from '../../../support/fake-host.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { signInDevice } from '../../../support/test-device.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const SECRET = 'The claim number is 4471-Kestrel';
const BYTES = 'Confidential appendix of the Kestrel file.';
const noFilters = { kinds: [], authorIds: [], audiences: [], search: '' };

async function aServer(now = () => Date.now()): Promise<TestServer> {
  const server = await startTestServer({ now });
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(server: TestServer, who: 'mara' | 'jonas', now = () => Date.now()) {
  const folder = await tempDir();
  const desk = await startTestDesk(folder, fakeHost(folder, { clock: { ...quickClock, now } }));
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office[who].email, password: TEST_PASSWORD });
  return { desk, folder };
}

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

const feedArgs = ({ office }: TestServer) => ({
  jobId: office.job.id,
  filters: noFilters,
  limit: 100,
});

const feedOf = (desk: TestDesk, server: TestServer, isEnough: (texts: string) => boolean) =>
  desk.until(
    'activity.feed',
    feedArgs(server),
    ({ items }) =>
      isEnough(JSON.stringify(items)) && items.every(({ state }) => state === 'confirmed'),
  );

/** Names of files below a folder in which a text can be found, in whatever encoding the disk has it. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const hits: string[] = [];
  for (const file of found.filter((each) => each.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name));
    if (bytes.includes(text)) hits.push(file.name);
  }
  return hits;
}

async function posted(server: TestServer, desk: TestDesk) {
  const file = await desk.core.addFile('appendix.txt', bytesOf(BYTES));
  if (file.kind !== 'added') throw new Error(file.sentence);
  const entryId = anEntryId();
  await desk.request('entries.post', {
    entryId,
    jobId: server.office.job.id,
    audience: 'internal',
    text: SECRET,
    files: [{ blobId: file.blobId, name: file.name, audience: 'internal' }],
    seenVersion: 0,
  });
  return entryId;
}

test('(C10) a text and a file removed for good are nowhere in the server’s and the desks’ databases, and no bytes are left on any desk', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  const jonas = await aDesk(server, 'jonas');
  const entryId = await posted(server, jonas.desk);
  const feed = await feedOf(mara.desk, server, (texts) => texts.includes(SECRET));
  const attachment = feed.items.at(-1)?.attachments[0];
  if (attachment === undefined) throw new Error('The file did not arrive.');
  const opened = await mara.desk.core.openAttachment(attachment.id);
  opened.bytes.resume();
  for (const { folder } of [mara, jonas]) {
    expect(await filesWith(folder, SECRET)).not.toEqual([]);
    expect(await filesWith(folder, BYTES)).not.toEqual([]);
  }

  await mara.desk.request('entries.redact', { entryId, withFiles: true });
  for (const { desk, folder } of [mara, jonas]) {
    await feedOf(desk, server, (texts) => texts.includes('"change":"redacted"'));
    await expect.poll(() => filesWith(folder, SECRET)).toEqual([]);
    await expect.poll(() => filesWith(folder, BYTES)).toEqual([]);
    await expect(desk.core.openAttachment(attachment.id)).rejects.toThrow(/removed for good/);
  }
  expect(
    (await filesWith(server.folder, SECRET)).filter((name) => name.includes('sqlite')),
  ).toEqual([]);
});

test('(C10) bytes that were posted a second time stay for the second place', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  const first = await posted(server, mara.desk);
  await posted(server, mara.desk);
  await feedOf(mara.desk, server, (texts) => texts.split(SECRET).length > 2);
  await mara.desk.request('entries.redact', { entryId: first, withFiles: true });
  const feed = await feedOf(mara.desk, server, (texts) => texts.includes('"change":"redacted"'));
  const second = feed.items.flatMap(({ entry, attachments }) =>
    entry.id === first ? [] : attachments,
  );
  const opened = await mara.desk.core.openAttachment(second[0]!.id);
  expect(opened.sizeBytes).toBe(BYTES.length);
  opened.bytes.resume();
});

test('[P5] a member who is no admin is told so, and nothing happens', async () => {
  const server = await aServer();
  const jonas = await aDesk(server, 'jonas');
  const entryId = await posted(server, jonas.desk);
  await feedOf(jonas.desk, server, (texts) => texts.includes(SECRET));
  await expect(jonas.desk.request('entries.redact', { entryId, withFiles: true })).rejects.toThrow(
    /Only an admin/,
  );
  expect(JSON.stringify(await feedOf(jonas.desk, server, () => true))).toContain(SECRET);
});

/** Whether these bytes lie under their name anywhere on a desk. */
const hasBytes = async ({ folder }: { folder: string }, blobId: string) =>
  (await readdir(folder, { recursive: true })).some((name) => name.endsWith(blobId));

/** A device of the admin's on which things happen while a desk does not hear of them. */
const anAdmin = (server: TestServer) => signInDevice(server, { email: server.office.mara.email });

/** The server has what was posted, and the desk has not had it back; of the push it has heard the answer, or not even that. */
async function postedUnseen(how: 'accepted' | 'answer lost', now = () => Date.now()) {
  const server = await aServer(now);
  const mara = await aDesk(server, 'mara', now);
  const { wire } = mara.desk.host;
  if (how === 'accepted') wire.cutAfter('/api/sync/push');
  else {
    wire.loseAnswerTo('/api/sync/push');
    wire.onNextLoss(() => wire.cut());
  }
  const entryId = await posted(server, mara.desk);
  await mara.desk.until('sync', {}, ({ kind }) => kind === 'offline');
  await mara.desk.until(
    'outbox',
    {},
    ([item]) => (item?.state.kind === 'accepted') === (how === 'accepted'),
  );
  const feed = await mara.desk.ask('activity.feed', feedArgs(server));
  const attachmentId = feed.items.flatMap(({ attachments }) => attachments)[0]!.id;
  return { server, mara, entryId, attachmentId };
}

describe.each(['accepted', 'answer lost'] as const)(
  '[T3] what was removed for good before the desk that posted it had it back (%s)',
  (how) => {
    test('leaves that desk: words and bytes', async () => {
      const { server, mara, entryId, attachmentId } = await postedUnseen(how);
      const admin = await anAdmin(server);
      const { id: jobId } = server.office.job;
      await admin.push(
        aMutation('redact_entry', { jobId, entryId }),
        aMutation('redact_file', { jobId, entryId: anEntryId(), attachmentId }),
      );
      mara.desk.host.wire.restore();
      await mara.desk.request('sync.now', {});
      await mara.desk.until('outbox', {}, (items) => items.length === 0);
      await expect.poll(() => filesWith(mara.folder, BYTES)).toEqual([]);
      await expect.poll(() => filesWith(mara.folder, SECRET)).toEqual([]);
    });

    test('leaves it with the customer it was of', async () => {
      const { server, mara } = await postedUnseen(how);
      const { id: customerId, name: fromName } = server.office.anna;
      const admin = await anAdmin(server);
      await admin.push(aMutation('delete_customer', { customerId, fromName, withJobs: true }));
      mara.desk.host.wire.restore();
      await mara.desk.request('sync.now', {});
      await mara.desk.until('outbox', {}, (items) => items.length === 0);
      await expect.poll(() => filesWith(mara.folder, BYTES)).toEqual([]);
      await expect.poll(() => filesWith(mara.folder, SECRET)).toEqual([]);
    });
  },
);

test('[T3] bytes that were removed while their desk was offline for a day are not sent to the server again', async () => {
  let offsetMs = 0;
  const { server, mara, attachmentId } = await postedUnseen(
    'answer lost',
    () => Date.now() + offsetMs,
  );
  const { wire } = mara.desk.host;
  const admin = await anAdmin(server);
  const { id: jobId } = server.office.job;
  await admin.push(aMutation('redact_file', { jobId, entryId: anEntryId(), attachmentId }));
  await server.app.keepHouse();
  // What the server said it held has to be asked for again. [B4]
  offsetMs = 25 * 60 * 60 * 1000;
  wire.sent.length = 0;
  wire.restore();
  await mara.desk.request('sync.now', {});
  await mara.desk.until('outbox', {}, (items) => items.length === 0);
  expect(wire.sent.filter((line) => line.includes('/api/uploads'))).toEqual([]);
  expect(wire.sent).toContain('POST /api/sync/push');
});

/** A post of bytes that stand on the job already waits for a person: its other file is gone from this disk. */
async function parkedTwin() {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  const first = await posted(server, mara.desk);
  await feedOf(mara.desk, server, (texts) => texts.includes(SECRET));
  mara.desk.host.wire.cut();
  const lost = await mara.desk.core.addFile('lost.txt', bytesOf('lost'));
  if (lost.kind !== 'added') throw new Error(lost.sentence);
  const blobId = blobIdOf(BYTES);
  await mara.desk.request('entries.post', {
    entryId: anEntryId(),
    jobId: server.office.job.id,
    audience: 'internal',
    text: 'Twice',
    files: [
      { blobId, name: 'appendix.txt', audience: 'internal' },
      { blobId: lost.blobId, name: 'lost.txt', audience: 'internal' },
    ],
    seenVersion: 0,
  });
  for (const name of await readdir(mara.folder, { recursive: true }))
    if (name.endsWith(lost.blobId)) await rm(join(mara.folder, name));
  mara.desk.host.wire.restore();
  await mara.desk.request('sync.now', {});
  const [item] = await mara.desk.until('outbox', {}, ([one]) => one?.state.kind === 'refused');
  await mara.desk.request('entries.redact', { entryId: first, withFiles: true });
  await mara.desk.until('outbox', {}, (items) => items.length === 1);
  // Its words are wiped after all else.
  await expect.poll(() => filesWith(mara.folder, SECRET)).toEqual([]);
  expect(await hasBytes(mara, blobId)).toBe(true);
  return { mara, blobId, mutationId: item!.mutationId };
}

test('[T3] bytes that something waiting named when they were removed for good go when that is discarded', async () => {
  const { mara, blobId, mutationId } = await parkedTwin();
  await mara.desk.request('outbox.discard', { mutationId });
  await expect.poll(() => hasBytes(mara, blobId)).toBe(false);
});

test('[P3] they stay where it is taken back into a draft, and where they were added anew', async () => {
  const back = await parkedTwin();
  await back.mara.desk.request('outbox.take-back', { mutationId: back.mutationId });
  await back.mara.desk.core.close();
  expect(await hasBytes(back.mara, back.blobId)).toBe(true);
  const anew = await parkedTwin();
  await anew.mara.desk.core.addFile('appendix.txt', bytesOf(BYTES));
  await anew.mara.desk.request('outbox.discard', { mutationId: anew.mutationId });
  await anew.mara.desk.core.close();
  expect(await hasBytes(anew.mara, anew.blobId)).toBe(true);
});
