// Canned replies over the real server: a personal one is nobody else's business, in whatever way they ask. (C6) [V2, V3]

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import { addRow, EMPTY_DIGEST } from '../../../sync-server/protocol/digest.ts';
import type { RecordKind } from '../../../sync-server/protocol/records.ts';
import {
  aCannedReplyId,
  aMutation,
  anAttachmentId,
  anEntryId,
  blobIdOf,
} from '../../support/builders.ts';
import { signInDevice, type TestDevice } from '../../support/test-device.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let mara: TestDevice;
let jonas: TestDevice;
beforeEach(async () => {
  server = await startTestServer();
  mara = await signInDevice(server);
  jonas = await signInDevice(server, { email: server.office.jonas.email });
});
afterEach(() => server.stop());

const bytes = Buffer.from('Price list of my own, 2026.');
const blobId = blobIdOf(bytes);
const file = { blobId, name: 'prices.txt', mediaType: 'image/png', sizeBytes: 9_999 };

const create = (more: object = {}) => {
  const cannedReplyId = aCannedReplyId();
  const args = { sharing: 'personal' as const, title: 'Mine', text: 'Secret words.', files: [] };
  return aMutation('create_canned_reply', { cannedReplyId, ...args, ...more });
};
const idOf = ({ args }: ReturnType<typeof create>) =>
  (args as { cannedReplyId: ReturnType<typeof aCannedReplyId> }).cannedReplyId;
const cannedOf = async (device: TestDevice) =>
  (await device.pullAll()).changes.filter(({ kind }) => kind === 'canned_reply');
const get = (device: TestDevice, method: 'GET' | 'HEAD', id: BlobId = blobId) =>
  server.app.inject({ method, url: `/api/blobs/${id}`, headers: device.headers });

describe('[V3] (C6) a personal canned reply', () => {
  beforeEach(() => mara.putBlob(blobId, bytes));

  it('is told to its member’s devices alone: in a snapshot, in changes and in the digest', async () => {
    const { cursor } = await jonas.pullAll();
    const mine = create();
    expect(await mara.push(mine)).toMatchObject([{ kind: 'applied' }]);
    expect(await cannedOf(mara)).toMatchObject([{ id: idOf(mine) }]);
    expect(JSON.stringify(await jonas.pull(cursor))).not.toMatch(/canned_reply|Secret/);
    const { changes, cursor: end } = await jonas.pullAll();
    expect(JSON.stringify(changes)).not.toMatch(/canned_reply|Secret/);
    const digest = [
      ...new Map(changes.map((one) => [`${one.kind} ${one.id}`, one])).values(),
    ].reduce(
      (sum, { kind, id, version }) => addRow(sum, { kind: kind as RecordKind, id, version }),
      EMPTY_DIGEST,
    );
    expect(await jonas.pull(end)).toMatchObject({ digest });
  });

  it('[V2] keeps its files from everybody else, and says so in no other way than of bytes that are nowhere', async () => {
    await mara.push(create({ files: [file] }));
    expect((await get(mara, 'GET')).rawPayload).toEqual(bytes);
    for (const method of ['GET', 'HEAD'] as const) {
      const [theirs, nowhere] = [await get(jonas, method), await get(jonas, method, blobIdOf('x'))];
      expect([theirs.statusCode, theirs.body]).toEqual([404, nowhere.body]);
    }
    // Whoever sends the same bytes is not told that they were there.
    expect(await jonas.putBlob(blobId, bytes)).toBe(201);
  });

  it('lets everybody have bytes that are posted as well', async () => {
    await mara.push(create({ files: [file] }));
    const attachment = { ...file, attachmentId: anAttachmentId(), audience: 'internal' as const };
    const { job } = server.office;
    await mara.push(
      aMutation('post_entry', {
        jobId: job.id,
        entryId: anEntryId(),
        audience: 'internal',
        text: '',
        attachments: [attachment],
        seenVersion: 0,
      }),
    );
    expect((await get(jonas, 'GET')).rawPayload).toEqual(bytes);
  });

  it('lets everybody have bytes that a reply which waits for its time names as well', async () => {
    await mara.push(create({ files: [file] }));
    const reply = {
      jobId: server.office.job.id,
      entryId: anEntryId(),
      text: 'Our prices.',
      attachments: [{ ...file, attachmentId: anAttachmentId(), audience: 'visible' as const }],
      seenVersion: 0,
      sendAt: new Date(Date.now() + 86_400_000).toISOString(),
      unlessCustomerWrites: true,
    };
    expect(await mara.push(aMutation('schedule_reply', reply))).toMatchObject([
      { kind: 'applied' },
    ]);
    expect((await get(jonas, 'GET')).statusCode).toBe(200);
  });

  it('[B2, P5] is refused without its bytes; their type and size are the server’s word', async () => {
    const nowhere = { ...file, blobId: blobIdOf('nowhere') };
    expect(await mara.push(create({ files: [nowhere] }))).toMatchObject([
      {
        refusal: {
          code: 'blob-missing',
          sentence:
            'The file “prices.txt” has not reached the server, so the canned reply was not saved. Add the file again.',
        },
      },
    ]);
    await mara.push(create({ files: [file] }));
    expect(await cannedOf(mara)).toMatchObject([
      { record: { files: [{ ...file, mediaType: 'text/plain', sizeBytes: bytes.length }] } },
    ]);
  });

  it('[V2, O2] that was deleted is to a colleague who guesses its id as if it had never been', async () => {
    const mine = create();
    const cannedReplyId = idOf(mine);
    await mara.push(mine, aMutation('delete_canned_reply', { cannedReplyId, fromTitle: 'Mine' }));
    const changes = [{ field: 'title' as const, from: 'Mine', to: 'x' }];
    const ask = (id: typeof cannedReplyId) =>
      aMutation('update_canned_reply', { cannedReplyId: id, changes });
    const [theirs, nowhere] = await jonas.push(ask(cannedReplyId), ask(aCannedReplyId()));
    expect(theirs).toEqual(nowhere);
    expect(await mara.push(ask(cannedReplyId))).toMatchObject([
      { refusal: { sentence: expect.stringContaining('was deleted by Mara') as string } },
    ]);
  });
});

describe('[O2, V3] (C6) a canned reply that is shared, and then is not', () => {
  it('comes to all and goes from all, each told as of any record and any deletion', async () => {
    const mine = create();
    await mara.push(mine);
    const { cursor } = await jonas.pullAll();
    const [shared, own] = [aCannedReplyId(), aCannedReplyId()];
    await mara.push(
      aMutation('move_canned_reply', {
        cannedReplyId: idOf(mine),
        toCannedReplyId: shared,
        to: 'shared',
      }),
    );
    const told = await jonas.pull(cursor);
    if (told.kind !== 'page') throw new Error(told.reason);
    // Under which id it was personal is not told.
    expect(told.changes).toMatchObject([{ op: 'put', id: shared, record: { ownerId: null } }]);
    expect(told.changes).toHaveLength(1);
    await mara.push(
      aMutation('move_canned_reply', {
        cannedReplyId: shared,
        toCannedReplyId: own,
        to: 'personal',
      }),
    );
    const gone = await jonas.pull(told.cursor);
    if (gone.kind !== 'page') throw new Error(gone.reason);
    expect(gone.changes).toEqual([
      { op: 'delete', kind: 'canned_reply', id: shared, version: expect.any(Number) as number },
    ]);
    expect(gone.digest).toEqual(((await jonas.pull(gone.cursor)) as typeof gone).digest);
    expect(await cannedOf(mara)).toMatchObject([{ id: own }]);
    const late = aMutation('update_canned_reply', {
      cannedReplyId: shared,
      changes: [{ field: 'text', from: 'Secret words.', to: 'Mine.' }],
    });
    expect(await jonas.push(late)).toMatchObject([
      {
        refusal: {
          code: 'canned-reply-missing',
          sentence: expect.stringContaining(
            `was deleted by ${server.office.mara.name}, or is shared no longer`,
          ) as string,
        },
      },
    ]);
  });

  it('says to its owner’s other device that a personal one may be shared by now, and not that it is shared no longer', async () => {
    const mine = create();
    const cannedReplyId = idOf(mine);
    await mara.push(
      mine,
      aMutation('move_canned_reply', {
        cannedReplyId,
        toCannedReplyId: aCannedReplyId(),
        to: 'shared',
      }),
    );
    const changes = [{ field: 'text' as const, from: 'Secret words.', to: 'Mine.' }];
    const late = aMutation('update_canned_reply', { cannedReplyId, changes });
    expect(await mara.push(late)).toMatchObject([
      {
        refusal: {
          sentence: `This canned reply was deleted by ${server.office.mara.name}, or is shared by now, so nothing was saved. Your words are kept here: copy or discard them.`,
        },
      },
    ]);
  });

  it('[B4] keeps the bytes of a shared one for those who have inserted it, and drops those of a personal one at once', async () => {
    await mara.putBlob(blobId, bytes);
    const claimedBefore = '1971-01-01T00:00:00.000Z';
    const { workspace } = server.office;
    const dropped = async () =>
      (await server.data.storage.unnamedBlobs({ workspaceId: workspace.id, claimedBefore }))
        .blobIds;
    for (const [sharing, gone] of [
      ['shared', []],
      ['personal', [blobId]],
    ] as const) {
      const one = create({ sharing, files: [file] });
      await mara.push(one);
      expect(await dropped()).toEqual([]);
      await mara.push(
        aMutation('delete_canned_reply', { cannedReplyId: idOf(one), fromTitle: 'Mine' }),
      );
      expect(await dropped()).toEqual(gone);
    }
  });
});
