// Files on their way from a desk to the real server, over a line that breaks.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { OutboxItem } from '../../../../electron/core/api/outbox-contract.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { GRACE_MS } from '../../../../sync-server/blobs/blob-keeper.ts';
import type { BlobId, EntryId } from '../../../../sync-server/protocol/ids.ts';
import { mirrorFile } from '../../../crash/desk-folder.ts';
import { anEntryId, blobIdOf } from '../../../support/builders.ts';
import { type FakeHost, fakeHost, quickClock } from '../../../support/fake-host.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { signInDevice } from '../../../support/test-device.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const LARGE = Buffer.from('2.340,00 EUR, wing and paint. '.repeat(200_000));

interface Office {
  server: TestServer;
  readonly host: FakeHost;
  desk: TestDesk;
  /** Desk and server are closed and started again on their disks. */
  restart(): Promise<void>;
}

async function anOffice(now = () => Date.now()): Promise<Office> {
  const server = await startTestServer({ now });
  onTestFinished(() => office.server.stop());
  const host = fakeHost(await tempDir(), { clock: { ...quickClock, now } });
  const office: Office = {
    server,
    host,
    desk: await startTestDesk(host.dataFolder, host),
    restart: async () => {
      await office.desk.core.close();
      const { port, folder, office: records } = office.server;
      await office.server.stop({ keepFolder: true });
      office.server = await startTestServer({ now, port, folder, office: records });
      office.desk = await startTestDesk(host.dataFolder, host);
    },
  };
  onTestFinished(() => office.desk.core.close());
  const { email } = server.office.mara;
  await office.desk.signIn(server.url, { email, password: TEST_PASSWORD });
  return office;
}

async function addFile({ desk }: Office, name: string, bytes: Buffer): Promise<BlobId> {
  const added = await desk.core.addFile(
    name,
    (async function* () {
      yield bytes;
    })(),
  );
  if (added.kind === 'refused') throw new Error(added.sentence);
  return added.blobId;
}

async function post({ desk, server }: Office, text: string, files: readonly [string, BlobId][]) {
  const { entryId } = await desk.request('entries.post', {
    entryId: anEntryId(),
    jobId: server.office.job.id,
    audience: 'internal',
    text,
    files: files.map(([name, blobId]) => ({ name, blobId, audience: 'internal' as const })),
    seenVersion: 0,
  });
  return entryId;
}

const confirmed = (office: Office, entryId: EntryId) =>
  office.desk.until(
    'activity.feed',
    {
      jobId: office.server.office.job.id,
      filters: { kinds: [], authorIds: [], audiences: [], search: '' },
      limit: 100,
    },
    ({ items }) => items.some(({ entry, state }) => entry.id === entryId && state === 'confirmed'),
  );

const bytesAtServer = async ({ server }: Office, blobId: BlobId) => {
  const stream = await server.data.blobs.open({
    workspaceId: server.office.workspace.id,
    blobId,
  });
  return stream && (await buffer(stream));
};

const uploadsOf = ({ host }: Office) =>
  host.wire.sent.filter((line) => line.includes('/api/uploads') || line.startsWith('HEAD'));

const pathOnDisk = ({ host, server }: Office, blobId: BlobId) => {
  const { workspace, mara } = server.office;
  const folder = join(host.dataFolder, 'offices', `${workspace.id}-${mara.id}`, 'blobs');
  return join(folder, blobId.slice(0, 2), blobId);
};

/** The one thing that waits for a person. */
const parkedItem = async ({ desk }: Office): Promise<OutboxItem> => {
  const items = await desk.until('outbox', {}, (all) =>
    all.some(({ state }) => state.kind === 'refused'),
  );
  return items.find(({ state }) => state.kind === 'refused')!;
};

describe('[B3] an upload', () => {
  test('goes on at the byte where its line broke', async () => {
    const office = await anOffice();
    const blobId = await addFile(office, 'estimate.txt', LARGE);
    office.host.wire.breakUploadAfter(4_000_000);
    await confirmed(office, await post(office, 'The estimate', [['estimate.txt', blobId]]));
    expect(uploadsOf(office)).toEqual([
      `HEAD /api/blobs/${blobId}`,
      'POST /api/uploads',
      `HEAD /api/uploads/${blobId}`,
      `PATCH /api/uploads/${blobId}`,
    ]);
    expect(await bytesAtServer(office, blobId)).toEqual(LARGE);
  });

  test('[F1] goes on after both sides were started anew', async () => {
    const office = await anOffice();
    const blobId = await addFile(office, 'estimate.txt', LARGE);
    office.host.wire.breakUploadAfter(4_000_000);
    office.host.wire.cutAfter('/api/uploads');
    const entryId = await post(office, 'The estimate', [['estimate.txt', blobId]]);
    await vi.waitUntil(() => office.host.logged.some(({ event }) => event === 'upload-failed'));
    await office.restart();
    office.host.wire.restore();
    await office.desk.request('sync.now', {});
    await confirmed(office, entryId);
    expect(uploadsOf(office).filter((line) => line === 'POST /api/uploads')).toHaveLength(1);
    expect(await bytesAtServer(office, blobId)).toEqual(LARGE);
  });

  test('of what the office has already costs one question and no byte', async () => {
    const office = await anOffice();
    const jonas = await signInDevice(office.server, { email: office.server.office.jonas.email });
    await jonas.putBlob(blobIdOf(LARGE), LARGE);
    const blobId = await addFile(office, 'estimate.txt', LARGE);
    await confirmed(office, await post(office, 'The estimate', [['estimate.txt', blobId]]));
    expect(uploadsOf(office)).toEqual([`HEAD /api/blobs/${blobId}`]);
  });

  test('[F4] that failed is tried again after its wait, even where the clock was set back by years', async () => {
    let offsetMs = 0;
    const office = await anOffice(() => Date.now() + offsetMs);
    const blobId = await addFile(office, 'estimate.txt', Buffer.from('1.240 EUR'));
    office.host.wire.answerFor('/api/uploads', 'no answer of this server', 3);
    const entryId = await post(office, 'The estimate', [['estimate.txt', blobId]]);
    await vi.waitUntil(() => office.host.logged.some(({ event }) => event === 'upload-failed'));
    offsetMs = -3 * 365 * DAY_MS;
    await confirmed(office, entryId);
  });

  test('[F4] that waited while nobody answered leaves after what the server has to say', async () => {
    const office = await anOffice();
    const blobId = await addFile(office, 'estimate.txt', Buffer.from('1.240 EUR'));
    // Files could get through.
    office.host.wire.cut('/api/sync');
    await office.desk.until('sync', {}, ({ kind }) => kind === 'offline');
    const entryId = await post(office, 'The estimate', [['estimate.txt', blobId]]);
    const { lost } = office.host.wire;
    const before = lost.length;
    await vi.waitUntil(() => lost.length >= before + 3);
    expect(uploadsOf(office)).toEqual([]);
    office.host.wire.restore();
    await office.desk.request('sync.now', {});
    await confirmed(office, entryId);
    const sent = office.host.wire.sent.slice(
      office.host.wire.sent.lastIndexOf('POST /api/uploads'),
    );
    expect(sent).toContain('POST /api/sync/push');
  });

  test('(D7) shows how far it is, file by file and over all', async () => {
    const office = await anOffice();
    const small = Buffer.from('One page.');
    const [first, second] = [
      await addFile(office, 'a.txt', LARGE),
      await addFile(office, 'b.txt', small),
    ];
    office.host.wire.cut();
    await post(office, 'Both', [
      ['a.txt', first],
      ['b.txt', second],
    ]);
    const waiting = await office.desk.ask('transfers', {});
    expect(waiting).toMatchObject({ sentBytes: 0, totalBytes: LARGE.length + small.length });
    expect(waiting.files.map(({ blobId, sizeBytes }) => [blobId, sizeBytes])).toEqual([
      [first, LARGE.length],
      [second, small.length],
    ]);
    const seen = office.desk.until('transfers', {}, ({ files }) =>
      files.some(({ isSending, sentBytes }) => isSending && sentBytes > 0),
    );
    office.host.wire.restore();
    await office.desk.request('sync.now', {});
    const { sentBytes, totalBytes } = await seen;
    expect(sentBytes).toBeGreaterThan(0);
    expect(sentBytes).toBeLessThanOrEqual(totalBytes);
    await office.desk.until('transfers', {}, ({ files }) => files.length === 0);
  });
});

describe('(D7) a file that cannot go', () => {
  test('is said with what to do, blocks nothing else, and goes when another takes its place', async () => {
    const office = await anOffice();
    office.host.wire.cut();
    const lost = await addFile(office, 'lost.txt', Buffer.from('Soon gone.'));
    const kept = await addFile(office, 'kept.txt', Buffer.from('Still here.'));
    const stuckId = await post(office, 'Two files', [
      ['kept.txt', kept],
      ['lost.txt', lost],
    ]);
    const laterId = await post(office, 'A later note on the same job', []);
    await rm(pathOnDisk(office, lost));
    office.host.wire.restore();
    await office.desk.request('sync.now', {});
    const item = await parkedItem(office);
    expect(item.files).toMatchObject([
      { name: 'kept.txt', problem: null },
      {
        name: 'lost.txt',
        problem: expect.stringContaining('“lost.txt” is no longer on this disk'),
      },
    ]);
    await confirmed(office, laterId);
    const again = await addFile(office, 'found.txt', Buffer.from('Found again.'));
    await office.desk.request('outbox.replace-file', {
      mutationId: item.mutationId,
      blobId: lost,
      by: { blobId: again, name: 'found.txt' },
    });
    const { items } = await confirmed(office, stuckId);
    const entry = items.find(({ entry: each }) => each.id === stuckId);
    expect(entry?.attachments.map(({ name }) => name).toSorted()).toEqual([
      'found.txt',
      'kept.txt',
    ]);
    expect(await office.desk.ask('outbox', {})).toEqual([]);
  });

  test('can be left out, but not where nothing else would be left to send', async () => {
    const office = await anOffice();
    office.host.wire.cut();
    const lost = await addFile(office, 'lost.txt', Buffer.from('Soon gone.'));
    const alone = await post(office, '', [['lost.txt', lost]]);
    await rm(pathOnDisk(office, lost));
    office.host.wire.restore();
    await office.desk.request('sync.now', {});
    const { mutationId } = await parkedItem(office);
    const leaveOut = office.desk.request('outbox.remove-file', { mutationId, blobId: lost });
    await expect(leaveOut).rejects.toThrow('Nothing would be left to send');
    await office.desk.request('outbox.discard', { mutationId });
    const withText = await post(office, 'But this', [['lost.txt', lost]]);
    const item = await parkedItem(office);
    await office.desk.request('outbox.remove-file', {
      mutationId: item.mutationId,
      blobId: lost,
    });
    await confirmed(office, withText);
    expect(alone).not.toBe(withText);
  });

  test('[B1] that was damaged on this disk is found out by the server, and said', async () => {
    const office = await anOffice();
    office.host.wire.cut();
    const blobId = await addFile(office, 'spoilt.txt', Buffer.from('Whole and well.'));
    await post(office, 'Spoilt', [['spoilt.txt', blobId]]);
    await writeFile(pathOnDisk(office, blobId), 'Whole and hell.');
    office.host.wire.restore();
    await office.desk.request('sync.now', {});
    const item = await parkedItem(office);
    expect(item.files[0]?.problem).toContain('was damaged on this disk');
    expect(await bytesAtServer(office, blobId)).toBeUndefined();
    await writeFile(pathOnDisk(office, blobId), 'Whole and well.');
    await office.desk.request('outbox.retry', { mutationId: item.mutationId });
    await office.desk.until('outbox', {}, (all) => all.length === 0);
    expect(await bytesAtServer(office, blobId)).toEqual(Buffer.from('Whole and well.'));
  });
});

describe('[F2] a post whose file lost its row with a damaged page', () => {
  /** The desk is closed with a post in line, and opened again without a row of any file. */
  async function aPostWithoutARow(): Promise<{ office: Office; entryId: EntryId; blobId: BlobId }> {
    const office = await anOffice();
    office.host.wire.cut();
    const blobId = await addFile(office, 'estimate.txt', Buffer.from('1.240 EUR'));
    const entryId = await post(office, 'The estimate', [['estimate.txt', blobId]]);
    await office.desk.core.close();
    const mirror = openMirror(mirrorFile(office.host.dataFolder));
    mirror.transact((writable) => writable.run('DELETE FROM blob', {}));
    mirror.close();
    office.desk = await startTestDesk(office.host.dataFolder, office.host);
    return { office, entryId, blobId };
  }

  test('goes with the bytes that lie on the disk', async () => {
    const { office, entryId, blobId } = await aPostWithoutARow();
    office.host.wire.restore();
    await office.desk.request('sync.now', {});
    await confirmed(office, entryId);
    expect(await bytesAtServer(office, blobId)).toEqual(Buffer.from('1.240 EUR'));
  });

  test('waits for a person where the bytes are lost as well', async () => {
    const { office, blobId } = await aPostWithoutARow();
    await rm(pathOnDisk(office, blobId));
    office.host.wire.restore();
    await office.desk.request('sync.now', {});
    expect((await parkedItem(office)).files[0]?.problem).toContain('no longer on this disk');
  });
});

test('[B4] what the server dropped while a post waited for weeks is sent again, unasked', async () => {
  let offsetMs = 0;
  const office = await anOffice(() => Date.now() + offsetMs);
  const blobId = await addFile(office, 'estimate.txt', Buffer.from('1.240 EUR'));
  office.host.wire.cutAfter('/api/uploads');
  const entryId = await post(office, 'The estimate', [['estimate.txt', blobId]]);
  const { storage } = office.server.data;
  const { workspace } = office.server.office;
  // The desk has heard of it before the weeks go by.
  await office.desk.until('transfers', {}, ({ files }) => files.length === 0);
  expect(await storage.blob(workspace.id, blobId)).toBeDefined();
  offsetMs = GRACE_MS + DAY_MS;
  expect(await office.server.app.keepHouse()).toMatchObject({ blobs: 1 });
  office.host.wire.restore();
  await office.desk.request('sync.now', {});
  await confirmed(office, entryId);
  expect(await bytesAtServer(office, blobId)).toEqual(Buffer.from('1.240 EUR'));
});
