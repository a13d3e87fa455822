// Attachments dragged out of the window: whole desks on real disks, against the real server.

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AttachmentId } from '../../../../sync-server/protocol/ids.ts';
import { anEntryId } from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

interface DragDesk {
  readonly desk: TestDesk;
  readonly folder: string;
  /** What the system was given, drag by drag. */
  readonly drags: (readonly string[])[];
}

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(server: TestServer, takesDrags = true): Promise<DragDesk> {
  const folder = await tempDir();
  const drags: (readonly string[])[] = [];
  const startDrag = async (paths: readonly string[]) => {
    if (!takesDrags) throw new Error('The system began no drag.');
    drags.push(paths);
  };
  const desk = await startTestDesk(folder, fakeHost(folder, { startDrag }));
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  return { desk, folder, drags };
}

/** Posts text files under names of their own, and answers what they are called by then. */
async function posted(desk: TestDesk, server: TestServer, files: readonly [string, string][]) {
  const added = [];
  for (const [name, content] of files) {
    const result = await desk.core.addFile('file.txt', bytesOf(content));
    if (result.kind !== 'added') throw new Error(result.sentence);
    added.push({ blobId: result.blobId, name, audience: 'internal' as const });
  }
  await desk.request('entries.post', {
    entryId: anEntryId(),
    jobId: server.office.job.id,
    audience: 'internal',
    text: '',
    files: added,
    seenVersion: 0,
  });
  return idsOf(desk, server, files.length);
}

async function idsOf(desk: TestDesk, server: TestServer, count: number): Promise<AttachmentId[]> {
  const { items } = await desk.until(
    'activity.feed',
    {
      jobId: server.office.job.id,
      filters: { kinds: [], authorIds: [], audiences: [], search: '' },
      limit: 50,
    },
    (feed) => feed.items.some(({ attachments }) => attachments.length === count),
  );
  return items.flatMap(({ attachments }) => attachments.map(({ id }) => id));
}

async function* bytesOf(content: string) {
  yield new TextEncoder().encode(content);
}

async function copiesIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all
    .filter((one) => one.isFile() && one.parentPath.includes('/dragged'))
    .map(({ parentPath, name }) => join(parentPath, name));
}

test('(D9) the system is given real files of the data folder, each under its own name; two of one name are two', async () => {
  const server = await aServer();
  const { desk, folder, drags } = await aDesk(server);
  expect(await desk.ask('overview', {})).toMatchObject({ canDragFiles: true });
  const attachmentIds = await posted(desk, server, [
    ['plan.txt', 'The first'],
    ['plan.txt', 'The second'],
  ]);
  await desk.request('files.start-drag', { attachmentIds });
  const paths = drags[0] ?? [];
  expect(paths.map((path) => basename(path))).toEqual(['plan.txt', 'plan.txt']);
  expect(paths.every((path) => path.startsWith(`${folder}/`))).toBe(true);
  const contents = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  expect(contents.toSorted()).toEqual(['The first', 'The second']);
});

test.each([
  ['con.txt', '_con.txt'],
  ['a/b:c.txt', 'a-b-c.txt'],
  ['\u202Etxt.exe.txt', 'txt.exe.txt'],
  ['🚗 Schaden.txt', '🚗 Schaden.txt'],
])('(D9) “%s” is dragged as “%s”', async (name, onDisk) => {
  const server = await aServer();
  const { desk, drags } = await aDesk(server);
  const attachmentIds = await posted(desk, server, [[name, 'content']]);
  await desk.request('files.start-drag', { attachmentIds });
  expect(drags[0]?.map((path) => basename(path))).toEqual([onDisk]);
});

test('(D9) each drag has copies of its own: what a program did to the last one changes nothing', async () => {
  const server = await aServer();
  const { desk, drags } = await aDesk(server);
  const attachmentIds = await posted(desk, server, [['plan.txt', 'As posted']]);
  await desk.request('files.start-drag', { attachmentIds });
  await writeFile(drags[0]?.[0] ?? '', 'Written over');
  await desk.request('files.start-drag', { attachmentIds });
  expect(await readFile(drags[1]?.[0] ?? '', 'utf8')).toBe('As posted');
  expect(await readFile(drags[0]?.[0] ?? '', 'utf8')).toBe('Written over');
});

test('(D9) what is not on this disk is fetched first; offline it says so, and nothing half stays', async () => {
  const server = await aServer();
  const first = await aDesk(server);
  await posted(first.desk, server, [['plan.txt', 'From the other desk']]);
  await first.desk.until('outbox', {}, (items) => items.length === 0);
  const { desk, folder, drags } = await aDesk(server);
  const attachmentIds = await idsOf(desk, server, 1);
  await forgetBytes(folder);
  desk.host.wire.cut();
  await expect(desk.request('files.start-drag', { attachmentIds })).rejects.toMatchObject({
    kind: 'not-online',
    message:
      'This file is not on this device, and the server cannot be reached now. Drag it again when you are online.',
  });
  expect(drags).toEqual([]);
  expect(await copiesIn(folder)).toEqual([]);
  desk.host.wire.restore();
  await desk.request('files.start-drag', { attachmentIds });
  expect(await readFile(drags[0]?.[0] ?? '', 'utf8')).toBe('From the other desk');
});

test('(D9) a drag the system does not take says so and leaves no copy', async () => {
  const server = await aServer();
  const { desk, folder } = await aDesk(server, false);
  const attachmentIds = await posted(desk, server, [['plan.txt', 'content']]);
  await expect(desk.request('files.start-drag', { attachmentIds })).rejects.toThrow(
    'The system did not take the file. Drag it again, or save it instead.',
  );
  expect(await copiesIn(folder)).toEqual([]);
});

test('(D9) more than fifty at once are refused with what to do instead', async () => {
  const server = await aServer();
  const { desk, drags } = await aDesk(server);
  const [id] = await posted(desk, server, [['plan.txt', 'content']]);
  const attachmentIds = Array.from({ length: 51 }, () => id!);
  await expect(desk.request('files.start-drag', { attachmentIds })).rejects.toThrow(
    'at most 50 files at once',
  );
  expect(drags).toEqual([]);
});

test('(D9) the copies of the last run are gone at the next start; the file is not', async () => {
  const server = await aServer();
  const { desk, folder, drags } = await aDesk(server);
  const attachmentIds = await posted(desk, server, [['plan.txt', 'content']]);
  await desk.request('files.start-drag', { attachmentIds });
  await desk.core.close();
  expect(await copiesIn(folder)).toHaveLength(1);
  const again = await startTestDesk(folder, { ...desk.host });
  onTestFinished(() => again.core.close());
  expect(await copiesIn(folder)).toEqual([]);
  await again.request('files.start-drag', { attachmentIds });
  expect(await readFile(drags[1]?.[0] ?? '', 'utf8')).toBe('content');
});

test('[T3] the copies of a file that is removed for good go with it, those of others stay', async () => {
  const server = await aServer();
  const { desk, folder, drags } = await aDesk(server);
  const attachmentIds = await posted(desk, server, [
    ['plan.txt', 'The wrong one'],
    ['other.txt', 'Another'],
  ]);
  await desk.request('files.start-drag', { attachmentIds });
  await desk.request('files.start-drag', { attachmentIds });
  const wrong = attachmentIds[drags[0]?.findIndex((path) => basename(path) === 'plan.txt') ?? 0]!;
  await desk.request('files.redact', { attachmentId: wrong });
  await expect
    .poll(async () => (await copiesIn(folder)).map((path) => basename(path)))
    .toEqual(['other.txt', 'other.txt']);
});

test('(D9) a host without a drag of its own says what to do instead', async () => {
  const server = await aServer();
  const desk = await startTestDesk(await tempDir());
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  const attachmentIds = await posted(desk, server, [['plan.txt', 'content']]);
  await expect(desk.request('files.start-drag', { attachmentIds })).rejects.toThrow(
    'Save the file',
  );
});

/**
 * As after making room: the mirror knows the file, its bytes are with the server alone. A desk brings bytes of recent jobs by
 * itself, once: they are forgotten when they have come.
 */
async function forgetBytes(folder: string): Promise<void> {
  await expect.poll(() => bytesIn(folder)).not.toEqual([]);
  for (const path of await bytesIn(folder)) await rm(path);
}

async function bytesIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all
    .filter((one) => one.isFile() && /\/blobs\/[0-9a-f]{2}$/.test(one.parentPath))
    .map(({ parentPath, name }) => join(parentPath, name));
}
