// The files of a job as a whole: listed with their versions, and taken out as one zip. (A3, D9)

import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import yauzl from 'yauzl';
import type { FileRow, FileSieve } from '../../../../electron/core/api/files-contract.ts';
import { newestVersions } from '../../../../electron/core/api/file-list.ts';
import type { AttachmentId } from '../../../../sync-server/protocol/ids.ts';
import { anEntryId } from '../../../support/builders.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(server: TestServer, who: 'mara' | 'jonas'): Promise<TestDesk> {
  const desk = await startTestDesk(await tempDir());
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office[who].email, password: TEST_PASSWORD });
  return desk;
}

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

type Wish = { name: string; text: string; audience?: 'internal' | 'visible'; replacesId?: string };

async function post(desk: TestDesk, server: TestServer, ...wishes: readonly Wish[]) {
  const files = [];
  for (const { name, text, audience = 'internal', replacesId } of wishes) {
    const added = await desk.core.addFile(name, bytesOf(text));
    if (added.kind !== 'added') throw new Error(added.sentence);
    const replaces = replacesId === undefined ? {} : { replacesId: replacesId as never };
    files.push({ blobId: added.blobId, name, audience, ...replaces });
  }
  const { seenVersion } = (await desk.ask('jobs.one', { jobId: server.office.job.id }))!;
  const { job } = server.office;
  await desk.request('entries.post', {
    entryId: anEntryId(),
    jobId: job.id,
    audience: 'internal',
    text: '',
    files,
    seenVersion,
  });
}

const NEWEST: FileSieve = {
  sort: 'date',
  isAscending: false,
  types: [],
  audiences: [],
  search: '',
};

async function rowsUntil(
  desk: TestDesk,
  server: TestServer,
  isTrue: (files: readonly FileRow[]) => boolean,
) {
  const args = { jobId: server.office.job.id, sieve: NEWEST, offset: 0, limit: 100 };
  return (await desk.until('files.list', args, ({ rows }) => isTrue(rows))).rows;
}

const filesOf = (desk: TestDesk, server: TestServer, count: number) =>
  rowsUntil(
    desk,
    server,
    (files) => files.length === count && files.every(({ isWaiting }) => !isWaiting),
  );

async function zipOf(desk: TestDesk, url: string | null) {
  if (url === null) throw new Error('There is no zip.');
  const zip = await desk.core.openZip(url.replace('/zips/', ''));
  const bytes = await buffer(zip.bytes);
  return { name: zip.name, sizeBytes: zip.sizeBytes, bytes, entries: await entriesOf(bytes) };
}

/** Names and texts, in order, as another program reads them. */
async function entriesOf(bytes: Buffer): Promise<[string, string][]> {
  const zip = await yauzl.fromBufferPromise(bytes);
  const found: [string, string][] = [];
  for await (const entry of zip.eachEntry()) {
    const text = await buffer(await zip.openReadStreamPromise(entry));
    found.push([entry.fileName, text.toString('utf8')]);
  }
  return found;
}

test('(D9) a newer version stands for the file, with the older ones below it, and each can still be opened', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  await post(mara, server, { name: 'estimate.txt', text: 'one' });
  const [first] = await filesOf(mara, server, 1);
  await post(mara, server, { name: 'estimate.txt', text: 'two', replacesId: first!.id });
  const [newest] = await rowsUntil(mara, server, (files) => files[0]?.older.length === 1);
  expect(newest!.older[0]).toMatchObject({ id: first!.id, name: 'estimate.txt' });
  const opened = await mara.core.openAttachment(first!.id);
  expect((await buffer(opened.bytes)).toString()).toBe('one');
});

test('(A3) the list is all files in brief, and the rows around what is on the screen; others come when asked for', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  const names = ['b 10.txt', 'b 9.txt', 'a.txt', 'd.txt', 'c.txt'];
  await post(mara, server, ...names.map((name) => ({ name, text: name })));
  await filesOf(mara, server, 5);
  const { job } = server.office;
  const sieve = { ...NEWEST, sort: 'name', isAscending: true } as const;
  const list = await mara.ask('files.list', { jobId: job.id, sieve, offset: 1, limit: 2 });
  expect(list.counts.all).toBe(5);
  expect(list.rows.map(({ name }) => name)).toEqual(['b 9.txt', 'b 10.txt']);
  expect(list.order).toHaveLength(5);
  expect(list.order.slice(1, 3)).toMatchObject(
    list.rows.map(({ id, sizeBytes }) => ({ id, sizeBytes })),
  );

  const attachmentIds = [list.order[4]!.id, list.order[0]!.id];
  const rows = await mara.request('files.rows', { jobId: job.id, attachmentIds });
  expect(rows.map(({ name }) => name)).toEqual(['d.txt', 'a.txt']);

  const found = await mara.ask('files.list', {
    jobId: job.id,
    sieve: { ...sieve, search: 'B' },
    offset: 0,
    limit: 1,
  });
  expect(found.order).toHaveLength(2);
  expect(found.rows.map(({ name }) => name)).toEqual(['b 9.txt']);
  expect(found.counts.all).toBe(5);
});

test('(D9) versions that name each other in a ring still show every file, once', () => {
  const versions = [
    ['a', 'b'],
    ['b', 'a'],
    ['c', 'c'],
    ['d', undefined],
    ['e', 'd'],
    ['f', 'd'],
  ] as [AttachmentId, AttachmentId | undefined][];
  const shown = newestVersions(versions.map(([id, replacesId]) => ({ id, replacesId })));
  const ids = shown.flatMap(({ id, older }) => [id, ...older]);
  expect(ids.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('(D9) a zip brings files that were not on this device, with names that do not collide, in the size it said', async () => {
  const server = await aServer();
  const jonas = await aDesk(server, 'jonas');
  await post(jonas, server, { name: 'a.txt', text: 'one' }, { name: 'A.txt', text: 'two' });
  const mara = await aDesk(server, 'mara');
  const files = await filesOf(mara, server, 2);
  expect(files.every(({ onDevice }) => !onDevice)).toBe(true);
  const attachmentIds = files.map(({ id }) => id);
  const wish = { jobId: server.office.job.id, attachmentIds, copy: 'full' } as const;
  const offer = await mara.request('files.zip', wish);
  expect(offer).toMatchObject({ fileCount: 2, missing: [] });
  const { name, sizeBytes, bytes, entries } = await zipOf(mara, offer.url);
  expect(name).toMatch(/^J-\d+ .*, files\.zip$/);
  expect(bytes).toHaveLength(sizeBytes);
  expect(new Map(entries.map(([file, text]) => [text, file.toLowerCase()]))).toEqual(
    new Map([
      ['one', expect.stringMatching(/^a( \(2\))?\.txt$/)],
      ['two', expect.stringMatching(/^a( \(2\))?\.txt$/)],
    ]),
  );
  expect(new Set(entries.map(([file]) => file.toLowerCase())).size).toBe(2);
});

test('(D9) offline, a zip holds what is here and names what is missing', async () => {
  const server = await aServer();
  const jonas = await aDesk(server, 'jonas');
  const mara = await aDesk(server, 'mara');
  await post(mara, server, { name: 'mine.txt', text: 'mine' });
  await filesOf(mara, server, 1);
  await post(jonas, server, { name: 'theirs.txt', text: 'theirs' });
  const files = await filesOf(mara, server, 2);
  // Before it is fetched unasked, which is some seconds after it was heard of.
  mara.host.wire.cut();
  const attachmentIds = files.map(({ id }) => id);
  const wish = { jobId: server.office.job.id, attachmentIds, copy: 'full' } as const;
  const offer = await mara.request('files.zip', wish);
  expect(offer).toMatchObject({ fileCount: 1, missing: ['theirs.txt'] });
  expect((await zipOf(mara, offer.url)).entries).toEqual([['mine.txt', 'mine']]);
});

test('[V1] a customer copy holds visible files alone: nothing internal, nothing withdrawn', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  await post(
    mara,
    server,
    { name: 'internal.txt', text: 'internal' },
    { name: 'visible.txt', text: 'visible', audience: 'visible' },
    { name: 'withdrawn.txt', text: 'withdrawn', audience: 'visible' },
  );
  const files = await filesOf(mara, server, 3);
  const withdrawn = files.find(({ name }) => name === 'withdrawn.txt')!;
  await mara.request('files.withdraw', { attachmentId: withdrawn.id });
  const attachmentIds = files.map(({ id }) => id);
  const wish = { jobId: server.office.job.id, attachmentIds, copy: 'customer' } as const;
  const offer = await mara.request('files.zip', wish);
  expect((await zipOf(mara, offer.url)).entries).toEqual([['visible.txt', 'visible']]);
});

test('[V2] files of another job are in no zip of this one', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  await post(mara, server, { name: 'a.txt', text: 'one' });
  const [file] = await filesOf(mara, server, 1);
  const wish = { jobId: server.office.hiddenJob.id, attachmentIds: [file!.id], copy: 'full' };
  expect(await mara.request('files.zip', wish as never)).toEqual({
    url: null,
    fileCount: 0,
    missing: [],
  });
});

const annaReads = async (server: TestServer, attachmentId: string) => {
  const { workspace } = server.office;
  const stored = await server.data.storage.recordById(workspace.id, 'attachment', attachmentId);
  return stored?.record;
};

test('(D3) [P6] a file made visible offline is held where a colleague wrote meanwhile, and goes out on a person’s word', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  const jonas = await aDesk(server, 'jonas');
  await post(mara, server, { name: 'wing.txt', text: 'wing' });
  const [file] = await filesOf(mara, server, 1);
  await filesOf(jonas, server, 1);
  const { job } = server.office;
  const { seenVersion } = (await mara.ask('jobs.one', { jobId: job.id }))!;
  mara.host.wire.cut();
  await mara.request('files.change-audience', {
    attachmentId: file!.id,
    audience: 'visible',
    fromName: 'wing.txt',
    keepsLocation: false,
    seenVersion,
  });
  await post(jonas, server, { name: 'other.txt', text: 'other' });
  await jonas.until('outbox', {}, (items) => items.length === 0);
  mara.host.wire.restore();
  const [held] = await mara.until('outbox', {}, (items) => items[0]?.state.kind === 'held');
  expect(held!.title).toBe('Make “wing.txt” visible to Anna Berg');
  expect(await annaReads(server, file!.id)).toMatchObject({ audience: 'internal' });
  await mara.request('outbox.retry', { mutationId: held!.mutationId });
  await mara.until('outbox', {}, (items) => items.length === 0);
  expect(await annaReads(server, file!.id)).toMatchObject({ audience: 'visible' });
});

test('(C2) a file renamed by a colleague is not made visible under a name nobody confirmed', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  const jonas = await aDesk(server, 'jonas');
  await post(mara, server, { name: 'wing.txt', text: 'wing' });
  const [file] = await filesOf(mara, server, 1);
  await filesOf(jonas, server, 1);
  const { seenVersion } = (await mara.ask('jobs.one', { jobId: server.office.job.id }))!;
  mara.host.wire.cut();
  const attachmentId = file!.id;
  const wish = { attachmentId, audience: 'visible', fromName: 'wing.txt', seenVersion } as const;
  await mara.request('files.change-audience', { ...wish, keepsLocation: false });
  await jonas.request('files.rename', {
    attachmentId,
    fromName: 'wing.txt',
    toName: '../Anna, private.txt',
  });
  await jonas.until('outbox', {}, (items) => items.length === 0);
  mara.host.wire.restore();
  const [parked] = await mara.until('outbox', {}, (items) => items[0]?.state.kind === 'conflicted');
  expect(parked!.state).toMatchObject({
    conflict: { kind: 'file', standsName: '..-Anna, private.txt' },
  });
  expect(await annaReads(server, attachmentId)).toMatchObject({ audience: 'internal' });
});
