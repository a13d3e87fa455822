import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GRACE_MS } from '../../../sync-server/blobs/blob-keeper.ts';
import type { AttachmentId, BlobId } from '../../../sync-server/protocol/ids.ts';
import type { Attachment } from '../../../sync-server/protocol/entries.ts';
import {
  aMutation,
  aMutationId,
  anAttachment,
  anAttachmentId,
  anEntryId,
  blobIdOf,
} from '../../support/builders.ts';
import { aNote, signInDevice, type TestDevice } from '../../support/test-device.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const bytes = Buffer.from('Two litres of LY7W, please.');
const id = blobIdOf(bytes);

let server: TestServer;
let mara: TestDevice;
let nowMs: number;
beforeEach(async () => {
  nowMs = Date.now();
  server = await startTestServer({ now: () => nowMs });
  mara = await signInDevice(server);
});
afterEach(() => server.stop());

const isHeld = async (blobId: BlobId = id) => {
  const answer = await server.app.inject({ url: `/api/blobs/${blobId}`, headers: mara.headers });
  return answer.statusCode === 200;
};
const claim = () =>
  server.app.inject({ method: 'HEAD', url: `/api/blobs/${id}`, headers: mara.headers });
const aNoteWith = (blobId: BlobId) => aNote(server, { attachments: [aNewAttachment(blobId)] });
/** Writes a record as some mutation to come will leave it. */
const put = (record: Attachment) =>
  server.data.storage.transact(server.office.workspace.id, async (transaction) => {
    const identity = { id: aMutationId(), actorKey: 'member:test' };
    transaction.settle(identity, { kind: 'applied', puts: [{ kind: 'attachment', record }] });
  });
const anAttachmentOf = (overrides: Partial<Attachment>) =>
  anAttachment({
    jobId: server.office.job.id,
    entryId: anEntryId(),
    author: { kind: 'member', memberId: server.office.mara.id },
    ...overrides,
  });

describe('[B4] the collector', () => {
  it('keeps what a record names for good', async () => {
    await mara.putBlob(id, bytes);
    await mara.push(aNoteWith(id));
    nowMs += 10 * GRACE_MS;
    expect(await server.app.keepHouse()).toMatchObject({ blobs: 0, strays: 0 });
    expect(await isHeld()).toBe(true);
  });

  it('keeps what came for a post that waits elsewhere, for its grace time and no longer', async () => {
    await mara.putBlob(id, bytes);
    nowMs += GRACE_MS - 1000;
    expect(await server.app.keepHouse()).toMatchObject({ blobs: 0 });
    nowMs += 2000;
    expect(await server.app.keepHouse()).toMatchObject({ blobs: 1 });
    expect(await isHeld()).toBe(false);
    expect(await mara.push(aNoteWith(id))).toMatchObject([
      { kind: 'refused', refusal: { code: 'blob-missing' } },
    ]);
  });

  it('keeps what a device still asks for, however long its post waits', async () => {
    await mara.putBlob(id, bytes);
    for (let week = 0; week < 20; week += 1) {
      nowMs += GRACE_MS / 4;
      expect((await claim()).statusCode).toBe(200);
      expect(await server.app.keepHouse()).toMatchObject({ blobs: 0 });
    }
    expect(await mara.push(aNoteWith(id))).toMatchObject([{ kind: 'applied' }]);
  });

  it('looks into every field that could name bytes: renditions, and the logo of the office', async () => {
    const [thumbnail, logo] = [Buffer.from('small'), Buffer.from('logo')];
    for (const one of [bytes, thumbnail, logo]) await mara.putBlob(blobIdOf(one), one);
    const none = { preview: null, jpeg: null, withoutLocation: null, problem: null };
    await put(
      anAttachmentOf({ blobId: id, renditions: { ...none, thumbnail: blobIdOf(thumbnail) } }),
    );
    const workspace = { ...server.office.workspace, logoBlobId: blobIdOf(logo) };
    await server.data.storage.transact(workspace.id, async (transaction) => {
      const identity = { id: aMutationId(), actorKey: 'member:test' };
      transaction.settle(identity, {
        kind: 'applied',
        puts: [{ kind: 'workspace', record: workspace }],
      });
    });
    nowMs += 2 * GRACE_MS;
    expect(await server.app.keepHouse()).toMatchObject({ blobs: 0 });
  });

  it('(C10) drops what was removed for good at once, unless another record names it', async () => {
    await mara.putBlob(id, bytes);
    const post = aNoteWith(id);
    const again = aNoteWith(id);
    await mara.push(post, again);
    const redact = (attachmentId: AttachmentId) =>
      aMutation('redact_file', { jobId: server.office.job.id, entryId: anEntryId(), attachmentId });
    await mara.push(redact(post.args.attachments[0]!.attachmentId));
    expect(await server.app.keepHouse()).toMatchObject({ blobs: 0 });
    await mara.push(redact(again.args.attachments[0]!.attachmentId));
    expect(await server.app.keepHouse()).toMatchObject({ blobs: 1 });
    expect(await isHeld()).toBe(false);
  });

  it('[B2] does not take what a push names between its look and its deletion', async () => {
    await mara.putBlob(id, bytes);
    nowMs += 2 * GRACE_MS;
    const { storage } = server.data;
    const unnamed = await storage.unnamedBlobs({
      workspaceId: server.office.workspace.id,
      claimedBefore: new Date(nowMs).toISOString(),
    });
    expect(unnamed.blobIds).toEqual([id]);
    await mara.push(aNoteWith(id));
    expect(await storage.forgetBlob(unnamed, id)).toBe(false);
    expect(await isHeld()).toBe(true);
  });

  it('[B2] does not take what a device claims between its look and its deletion', async () => {
    await mara.putBlob(id, bytes);
    nowMs += 2 * GRACE_MS;
    const { storage } = server.data;
    const unnamed = await storage.unnamedBlobs({
      workspaceId: server.office.workspace.id,
      claimedBefore: new Date(nowMs - GRACE_MS).toISOString(),
    });
    await claim();
    expect(await storage.forgetBlob(unnamed, id)).toBe(false);
  });

  it('drops bytes without a row, which a killed server left, and lets young ones be', async () => {
    const { blobs } = server.data;
    await blobs.receive(
      (async function* () {
        yield bytes;
      })(),
      (file) => blobs.adopt(server.office.workspace.id, file),
    );
    expect(await server.app.keepHouse()).toMatchObject({ strays: 0 });
    nowMs += 2 * GRACE_MS;
    expect(await server.app.keepHouse()).toMatchObject({ strays: 1 });
    const place = { workspaceId: server.office.workspace.id, blobId: id };
    expect(await blobs.sizeOf(place)).toBeUndefined();
  });
});

it('[B2] bytes that are gone from the disk are not said to be there, and are taken again', async () => {
  await mara.putBlob(id, bytes);
  await rm(join(server.config.dataFolder, 'blobs', server.office.workspace.id), {
    recursive: true,
  });
  expect((await claim()).statusCode).toBe(404);
  expect(await mara.putBlob(id, bytes)).toBe(201);
  expect((await claim()).statusCode).toBe(200);
});

function aNewAttachment(blobId: BlobId) {
  return {
    attachmentId: anAttachmentId(),
    blobId,
    name: 'order.txt',
    mediaType: 'text/plain',
    sizeBytes: 1,
    audience: 'internal' as const,
  };
}
