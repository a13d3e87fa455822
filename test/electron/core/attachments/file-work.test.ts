// From a file that is taken in to pictures on every desk, with a real server between them.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { FeedAttachment } from '../../../../electron/core/api/files-contract.ts';
import type { PostEntry } from '../../../../electron/core/api/posting-contract.ts';
import { addFile } from '../../../../electron/core/attachments/add-file.ts';
import { openBlobStore } from '../../../../electron/core/attachments/blob-store.ts';
import { queueFileJobs } from '../../../../electron/core/attachments/file-job-queue.ts';
import { startFileWork } from '../../../../electron/core/attachments/file-work.ts';
import { fileUse } from '../../../../electron/core/attachments/keeping.ts';
import { localRenditions } from '../../../../electron/core/attachments/renditions.ts';
import { AppError } from '../../../../electron/core/errors.ts';
import { type Mirror, openMirror } from '../../../../electron/core/mirror/database.ts';
import { putRecord } from '../../../../electron/core/mirror/records.ts';
import { anAttachment, anEntryId, BUILT_AT, nextId } from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';

const fileProgram = fileURLToPath(
  new URL('../../../../electron/core/attachments/worker/file-worker.ts', import.meta.url),
);
const demoFile = (name: string) =>
  readFile(new URL(`../../../../sync-server/admin/demo-office/files/${name}`, import.meta.url));

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(
  server: TestServer,
  { who = 'mara', folder = '', looksIntoFiles = true } = {},
): Promise<TestDesk & { folder: string }> {
  const place = folder === '' ? await tempDir() : folder;
  const host = fakeHost(place, looksIntoFiles ? { fileProgram } : {});
  const desk = await startTestDesk(place, host);
  onTestFinished(() => desk.core.close());
  const session = await desk.ask('session', {});
  if (session.kind !== 'signed-in') {
    const { email } = who === 'mara' ? server.office.mara : server.office.jonas;
    await desk.signIn(server.url, { email, password: TEST_PASSWORD });
  }
  return Object.assign(desk, { folder: place });
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

async function addTo(desk: TestDesk, name: string): Promise<PostEntry['files'][number]> {
  const added = await desk.core.addFile(name, once(await demoFile(name)));
  if (added.kind !== 'added') throw new Error(added.sentence);
  return { blobId: added.blobId, name, audience: 'internal' };
}

const post = (desk: TestDesk, server: TestServer, files: PostEntry['files']) =>
  desk.request('entries.post', {
    jobId: server.office.job.id,
    entryId: anEntryId(),
    audience: 'internal',
    text: 'The photos',
    files,
    seenVersion: 0,
  });

async function fileOnJob(
  desk: TestDesk,
  server: TestServer,
  isEnough: (file: FeedAttachment) => boolean,
): Promise<FeedAttachment> {
  const filters = { kinds: [], authorIds: [], audiences: [], search: '' };
  const args = { jobId: server.office.job.id, filters, limit: 100 };
  const found = (items: readonly { attachments: readonly FeedAttachment[] }[]) =>
    items.flatMap(({ attachments }) => attachments).find(isEnough);
  const feed = await desk.window.until(
    'activity.feed',
    args,
    ({ items }) => found(items) !== undefined,
    60_000,
  );
  return found(feed.items)!;
}

const isDone = ({ thumbnailUrl }: FeedAttachment) => thumbnailUrl?.includes('?v=') === true;
const picturesOf = (desk: TestDesk, blobId: PostEntry['files'][number]['blobId']) =>
  desk.window.until(
    'files.pictures',
    { blobIds: [blobId] },
    ([one]) => one?.thumbnailUrl?.includes('?v=') === true,
    60_000,
  );

describe('(D5) pictures of a photo browsers do not show', { timeout: 120_000 }, () => {
  test('are made offline, shown in the draft, and go with the post', async () => {
    const server = await aServer();
    const mara = await aDesk(server);
    mara.host.wire.cut();
    const file = await addTo(mara, 'scratch-sill.heic');
    const [pictures] = await picturesOf(mara, file.blobId);
    expect(pictures).toMatchObject({
      previewUrl: expect.stringContaining(`/files/${file.blobId}/preview`),
      problem: null,
      hasLocation: false,
    });
    const draft = await mara.core.openDraftFile(file.blobId, 'thumbnail');
    expect(draft.mediaType).toBe('image/jpeg');
    expect((await sharp(await buffer(draft.bytes)).metadata()).width).toBe(400);
    await post(mara, server, [file]);

    mara.host.wire.restore();
    // A desk that makes no pictures itself has them from the server.
    const jonas = await aDesk(server, { who: 'jonas', looksIntoFiles: false });
    const seen = await fileOnJob(jonas, server, isDone);
    const opened = await jonas.core.openAttachment(seen.id, 'jpeg');
    expect(opened.name).toBe('scratch-sill.jpg');
    const original = await sharp(await demoFile('scratch-sill.heic')).metadata();
    expect(await sharp(await buffer(opened.bytes)).metadata()).toMatchObject({
      format: 'jpeg',
      width: original.width,
      height: original.height,
    });
  });

  test('come after a post that was quicker, and twice is once [P1]', async () => {
    const server = await aServer();
    // Makes none: to its office it looks like a customer’s upload.
    const old = await aDesk(server, { looksIntoFiles: false });
    await post(old, server, [await addTo(old, 'scratch-sill.heic')]);
    const [mara, jonas] = [await aDesk(server), await aDesk(server, { who: 'jonas' })];
    const undone = await fileOnJob(mara, server, ({ thumbnailUrl }) => thumbnailUrl !== null);
    expect(isDone(undone)).toBe(false);
    // Looking at the page is what asks for them, on both desks.
    for (const desk of [mara, jonas])
      await expect(desk.core.openAttachment(undone.id, 'thumbnail')).rejects.toMatchObject({
        kind: 'not-there',
      });
    const [here, there] = [
      await fileOnJob(mara, server, isDone),
      await fileOnJob(jonas, server, isDone),
    ];
    expect(here.thumbnailUrl).toBe(there.thumbnailUrl);
    const onServer = await fileOnJob(old, server, isDone);
    expect(onServer.thumbnailUrl).toBe(here.thumbnailUrl);
    // Nothing waits, and nobody sees that something was sent.
    for (const desk of [mara, jonas])
      expect((await desk.until('outbox', {}, (items) => items.length === 0)).length).toBe(0);
  });

  test('are made after a restart where the program ended before [F1]', async () => {
    const server = await aServer();
    const before = await aDesk(server, { looksIntoFiles: false });
    const file = await addTo(before, 'dent-quarter.heic');
    await before.core.close();
    const after = await aDesk(server, { folder: before.folder });
    expect(await picturesOf(after, file.blobId)).toHaveLength(1);
  });
});

test('(D5) a photo that ended the program three times is left alone, and says so', async () => {
  const server = await aServer();
  const before = await aDesk(server, { looksIntoFiles: false });
  const { blobId } = await addTo(before, 'scratch-sill.heic');
  await before.core.close();
  const mirror = await mirrorIn(before.folder);
  mirror.transact((writable) => writable.run('UPDATE file_job SET attempts = 3'));
  mirror.close();
  const after = await aDesk(server, { folder: before.folder });
  const [file] = await after.until(
    'files.pictures',
    { blobIds: [blobId] },
    ([one]) => one?.problem != null,
  );
  expect(file).toMatchObject({
    thumbnailUrl: null,
    problem: expect.stringContaining('could not be read'),
    hasLocation: true,
  });
});

test.each(['', ' nor for a note of that'])(
  '[F2] (D5) a disk without room for the pictures%s does not make a good photo a broken one',
  async (noNote) => {
    const { folder, mirror, blobs, blobId } = await aPhotoHere();
    const full = () => {
      throw new AppError('disk-full');
    };
    const { transact } = mirror;
    const take = vi.spyOn(blobs, 'take').mockImplementation(() => {
      if (noNote !== '') mirror.transact = full;
      return full();
    });
    const host = fakeHost(folder, { fileProgram });
    const work = startFileWork({ host, mirror, blobs, tell: () => {} });
    onTestFinished(() => work.stop());
    for (let times = 1; times <= 4; times += 1) {
      await vi.waitFor(() => expect(host.logged).toHaveLength(times), 60_000);
      mirror.transact = transact;
      if (times === 4) take.mockRestore();
      mirror.transact((writable) => writable.touch('attachment'));
    }
    await vi.waitFor(
      () => expect(localRenditions(mirror, blobId)).toMatchObject({ problem: null }),
      60_000,
    );
  },
  120_000,
);

/** On a disk that nobody looks into files on yet. */
async function aPhotoHere() {
  const folder = await tempDir();
  const mirror = openMirror(join(folder, 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  const blobs = await openBlobStore(join(folder, 'blobs'), nextId);
  const size = { width: 500, height: 400, channels: 3, background: '#0a6' } as const;
  const photo = await sharp({ create: size }).png().toBuffer();
  const added = await addFile({ mirror, blobs, now: () => BUILT_AT }, 'photo.png', once(photo));
  if (added.kind !== 'added') throw new Error(added.sentence);
  return { folder, mirror, blobs, blobId: added.blobId, mediaType: added.mediaType };
}

test('(D8) pictures made here that the office has from somebody else are not unsent', async () => {
  const { folder, mirror, blobs, blobId, mediaType } = await aPhotoHere();
  const host = fakeHost(folder, { fileProgram });
  const work = startFileWork({ host, mirror, blobs, tell: () => {} });
  onTestFinished(() => work.stop());
  const made = () =>
    vi.waitFor(() => {
      expect(localRenditions(mirror, blobId)).toBeDefined();
      return localRenditions(mirror, blobId)!;
    }, 60_000);
  const renditions = await made();
  mirror.transact((writable) => {
    writable.run('DELETE FROM rendition');
    writable.run('DELETE FROM blob WHERE id <> @blobId', { blobId });
    const stamp = { version: 1, position: 1, generation: 1 };
    putRecord(writable, 'attachment', anAttachment({ blobId, renditions }), stamp);
    queueFileJobs(writable, { id: blobId, mediaType }, BUILT_AT);
  });
  expect(await made()).toEqual(renditions);
  expect(fileUse(mirror).unsentBytes).toBe(0);
}, 120_000);

test('(D5) a broken photo is kept, posted, and says why there is no picture of it', async () => {
  const server = await aServer();
  const mara = await aDesk(server);
  const bytes = (await demoFile('scratch-sill.heic')).subarray(0, 9000);
  const added = await mara.core.addFile('half.heic', once(bytes));
  if (added.kind !== 'added') throw new Error(added.sentence);
  await post(mara, server, [{ blobId: added.blobId, name: 'half.heic', audience: 'internal' }]);
  const file = await fileOnJob(mara, server, ({ problem }) => problem !== null);
  expect(file).toMatchObject({ thumbnailUrl: null, previewUrl: null, jpegUrl: null });
  expect(file.problem).toContain('ends too early');
  const opened = await mara.core.openAttachment(file.id);
  expect(await buffer(opened.bytes)).toEqual(bytes);
}, 120_000);

test('(G2) the words in a file are kept for the search, of one that came from elsewhere, too', async () => {
  const server = await aServer();
  const [mara, jonas] = [await aDesk(server), await aDesk(server, { who: 'jonas' })];
  await post(mara, server, [await addTo(mara, 'policy-page.pdf')]);
  const file = await fileOnJob(jonas, server, isDone);
  await buffer((await jonas.core.openAttachment(file.id)).bytes);
  for (const { folder } of [mara, jonas])
    await vi.waitFor(
      async () => expect(await textsIn(folder)).toEqual([expect.stringMatching('Comprehensive')]),
      60_000,
    );
}, 120_000);

async function textsIn(folder: string): Promise<string[]> {
  const mirror = await mirrorIn(folder);
  try {
    return mirror.all<{ text: string }>('SELECT text FROM attachment_text').map(({ text }) => text);
  } finally {
    mirror.close();
  }
}

async function mirrorIn(folder: string): Promise<Mirror> {
  const files = await readdir(folder, { recursive: true });
  return openMirror(join(folder, files.find((file) => file.endsWith('docket.sqlite'))!));
}
