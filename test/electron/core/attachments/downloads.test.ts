// Files on their way from the real server to a desk, over a line that breaks and a server that lies. [B6]

import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ArrivingBlobs } from '../../../../electron/core/attachments/arriving-blobs.ts';
import type { AttachmentId, BlobId } from '../../../../sync-server/protocol/ids.ts';
import { anEntryId, blobIdOf } from '../../../support/builders.ts';
import { type FakeHost, fakeHost, quickClock } from '../../../support/fake-host.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const LARGE = Buffer.from('2.340,00 EUR, wing and paint. '.repeat(100_000));
const HERE = 1_000_000;

interface Story {
  readonly server: TestServer;
  readonly jonas: TestDesk;
  readonly host: FakeHost;
  mara: TestDesk;
  readonly file: { readonly id: AttachmentId; readonly blobId: BlobId };
  /** Mara's desk ends and starts again on its disk. */
  restart(): Promise<void>;
}

/** Jonas has posted a large file; Mara's line broke after its first million bytes. */
async function aBrokenDownload(): Promise<Story> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const jonas = await startTestDesk(await tempDir());
  onTestFinished(() => jonas.core.close());
  await jonas.signIn(server.url, { email: server.office.jonas.email, password: TEST_PASSWORD });
  const host = fakeHost(await tempDir(), { clock: quickClock });
  const mara = await startTestDesk(host.dataFolder, host);
  onTestFinished(() => story.mara.core.close());
  await mara.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  host.wire.breakDownloadAfter(HERE);
  const file = await post(jonas, server);
  const story: Story = {
    server,
    jonas,
    host,
    mara,
    file,
    restart: async () => {
      await story.mara.core.close();
      story.mara = await startTestDesk(host.dataFolder, host);
    },
  };
  // It is fetched unasked, as every file of a recent job.
  await vi.waitFor(async () => expect(await partsOf(story)).toEqual([[file.blobId, HERE]]), 20_000);
  return story;
}

async function post(desk: TestDesk, server: TestServer) {
  async function* bytes() {
    yield LARGE;
  }
  const added = await desk.core.addFile('estimate.txt', bytes());
  if (added.kind === 'refused') throw new Error(added.sentence);
  const { id: jobId } = server.office.job;
  await desk.request('entries.post', {
    entryId: anEntryId(),
    jobId,
    audience: 'internal',
    text: '',
    files: [{ blobId: added.blobId, name: added.name, audience: 'internal' }],
    seenVersion: 0,
  });
  const sieve = { sort: 'date', isAscending: false, types: [], audiences: [], search: '' } as const;
  const { rows } = await desk.until(
    'files.list',
    { jobId, sieve, offset: 0, limit: 10 },
    (list) => list.rows[0]?.isWaiting === false,
  );
  return { id: rows[0]!.id, blobId: added.blobId };
}

const partsFolder = ({ host, server }: Story) => {
  const { workspace, mara } = server.office;
  return join(host.dataFolder, 'offices', `${workspace.id}-${mara.id}`, 'blobs', 'arriving');
};

async function partsOf(story: Story): Promise<[string, number][]> {
  const folder = partsFolder(story);
  const names = await readdir(folder);
  return Promise.all(
    names.map(
      async (name): Promise<[string, number]> => [name, (await stat(join(folder, name))).size],
    ),
  );
}

async function opened({ mara, file }: Story): Promise<Buffer> {
  const { bytes } = await mara.core.openAttachment(file.id);
  return buffer(bytes);
}

/** What was asked for since the line broke. */
const askedAgain = ({ host }: Story) => host.wire.ranges.slice(1);

describe('[B6] a download', () => {
  test('goes on at the byte where its line broke, and whoever opens it meanwhile shares it', async () => {
    const story = await aBrokenDownload();
    await expect(story.mara.core.openAttachment(story.file.id)).rejects.toMatchObject({
      kind: 'not-online',
    });
    story.host.wire.restore();
    const both = await Promise.all([opened(story), opened(story)]);
    for (const bytes of both) expect(bytes.equals(LARGE)).toBe(true);
    expect(askedAgain(story)).toEqual([`bytes=${HERE}-`]);
    expect(await partsOf(story)).toEqual([]);
  });

  test('[F1] goes on after a restart', async () => {
    const story = await aBrokenDownload();
    await story.restart();
    story.host.wire.restore();
    expect((await opened(story)).equals(LARGE)).toBe(true);
    expect(askedAgain(story)).toEqual([`bytes=${HERE}-`]);
  });

  test('[F1] that was whole when the desk was killed is not asked for again', async () => {
    const story = await aBrokenDownload();
    await story.mara.core.close();
    await writeFile(join(partsFolder(story), story.file.blobId), LARGE);
    await story.restart();
    story.host.wire.restore();
    expect((await opened(story)).equals(LARGE)).toBe(true);
    expect(askedAgain(story)).toEqual([]);
  });

  test.each([
    ['torn by a crash', HERE],
    ['longer than the file', LARGE.length + 10],
  ])('[B1] whose part is %s is thrown away and begins anew', async (_what, length) => {
    const story = await aBrokenDownload();
    await story.mara.core.close();
    await writeFile(join(partsFolder(story), story.file.blobId), Buffer.alloc(length, 'x'));
    await story.restart();
    story.host.wire.restore();
    expect((await opened(story)).equals(LARGE)).toBe(true);
    expect(askedAgain(story)[0]).toBe(`bytes=${length}-`);
    expect(askedAgain(story).at(-1)).toBe(null);
  });

  test.each<[string, (answer: { data: Readable; status: number; headers: object }) => void]>([
    [
      'goes on somewhere else',
      (answer) => Object.assign(answer.headers, { 'content-range': 'bytes 5-9/10' }),
    ],
    ['does not say where', (answer) => Object.assign(answer.headers, { 'content-range': '' })],
    [
      'sends other bytes',
      (answer) => {
        answer.data.destroy();
        answer.data = Readable.from([Buffer.alloc(LARGE.length - HERE, 'x')]);
      },
    ],
    [
      'never ends',
      (answer) => {
        answer.data.destroy();
        answer.data = Readable.from(endless());
      },
    ],
  ])('[B1] from a server that %s in the middle begins anew and is right', async (_lie, lie) => {
    const story = await aBrokenDownload();
    story.host.wire.retellRanges(lie);
    story.host.wire.restore();
    expect((await opened(story)).equals(LARGE)).toBe(true);
    expect(askedAgain(story)).toEqual([`bytes=${HERE}-`, null]);
    expect(await partsOf(story)).toEqual([]);
  });

  test('from a server that sends the whole instead is taken as that', async () => {
    const story = await aBrokenDownload();
    story.host.wire.retellRanges((answer) => {
      answer.data.destroy();
      Object.assign(answer, { status: 200, data: Readable.from([LARGE]) });
    });
    story.host.wire.restore();
    expect((await opened(story)).equals(LARGE)).toBe(true);
    expect(askedAgain(story)).toEqual([`bytes=${HERE}-`]);
  });
});

describe('[B6] what is left of a download is dropped', () => {
  test('when nothing names the file any more', async () => {
    const story = await aBrokenDownload();
    await writeFile(join(partsFolder(story), 'a'.repeat(64)), 'of a file nobody knows');
    await story.restart();
    await vi.waitFor(
      async () => expect(await partsOf(story)).toEqual([[story.file.blobId, HERE]]),
      20_000,
    );
  });

  test('when nobody has gone on with it for a week', async () => {
    const story = await aBrokenDownload();
    await story.mara.core.close();
    const longAgo = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000);
    await utimes(join(partsFolder(story), story.file.blobId), longAgo, longAgo);
    await story.restart();
    await vi.waitFor(async () => expect(await partsOf(story)).toEqual([]), 20_000);
  });
});

function* endless() {
  for (;;) yield Buffer.alloc(1_000_000, 'x');
}

test('[B1] what is removed while the rest is on its way is fetched from its beginning', async () => {
  const folder = await tempDir();
  const kept: Buffer[] = [];
  const arriving = new ArrivingBlobs(folder, async (path) => void kept.push(await readFile(path)));
  const blobId = blobIdOf(LARGE);
  await writeFile(join(folder, blobId), LARGE.subarray(0, HERE));
  const arrival = await arriving.arrive(blobId, async (start) => {
    if (start > 0) await arriving.remove(blobId);
    return { start, bytes: Readable.from([LARGE.subarray(start)]) };
  });
  expect(arrival.kind).toBe('whole');
  expect(kept.map((bytes) => bytes.equals(LARGE))).toEqual([true]);
});
