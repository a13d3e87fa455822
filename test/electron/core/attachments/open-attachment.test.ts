// What is on this disk can be looked at, whatever else is wrong. (D8)

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { addFile } from '../../../../electron/core/attachments/add-file.ts';
import { isQueued } from '../../../../electron/core/attachments/file-job-queue.ts';
import { keepRenditions } from '../../../../electron/core/attachments/renditions.ts';
import { openBlobStore } from '../../../../electron/core/attachments/blob-store.ts';
import { openAttachment } from '../../../../electron/core/attachments/open-attachment.ts';
import { AppError } from '../../../../electron/core/errors.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { putRecord } from '../../../../electron/core/mirror/records.ts';
import type { ServerClient } from '../../../../electron/core/session/server-client.ts';
import type { Attachment } from '../../../../sync-server/protocol/entries.ts';
import {
  aBlobId,
  anAttachment,
  BUILT_AT,
  nextId,
  renditionsOfNothing,
} from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { tempDir } from '../../../support/temp-dir.ts';

/** A desk that cannot reach its server. */
async function aDesk() {
  const folder = await tempDir();
  const mirror = openMirror(join(folder, 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  const blobs = await openBlobStore(join(folder, 'blobs'), nextId);
  const getBlob = vi.fn(() => Promise.reject(new AppError('server-unreachable')));
  const server = { getBlob } as Partial<ServerClient> as ServerClient;
  const now = () => BUILT_AT;
  const parts = { mirror, blobs, server, host: fakeHost(folder), pace: {} as never, now };
  const add = async (bytes: Uint8Array) => {
    const added = await addFile(parts, 'a', once(bytes));
    if (added.kind !== 'added') throw new Error(added.sentence);
    return added;
  };
  const post = (file: Partial<Attachment>) => {
    const attachment = anAttachment(file);
    const stamp = { version: 1, position: 1, generation: 1 };
    mirror.transact((writable) => putRecord(writable, 'attachment', attachment, stamp));
    return attachment.id;
  };
  return { mirror, parts, add, post };
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

describe('[F2] a file that lies here', () => {
  test('opens on a full disk', async () => {
    const { mirror, parts, add, post } = await aDesk();
    const text = Buffer.from('2.340,00 EUR');
    const { blobId, mediaType } = await add(text);
    const id = post({ blobId, mediaType });
    mirror.transact = () => {
      throw new AppError('disk-full');
    };
    const opened = await openAttachment(parts, id);
    expect(await buffer(opened.bytes)).toEqual(text);
  });

  test('opens without waiting for the disk to note that somebody looked', async () => {
    const { mirror, parts, add, post } = await aDesk();
    const { blobId, mediaType } = await add(Buffer.from('2.340,00 EUR'));
    const id = post({ blobId, mediaType });
    const transact = vi.spyOn(mirror, 'transact');
    const opened = await openAttachment(parts, id);
    opened.bytes.destroy();
    expect(transact.mock.calls.map(([, durable]) => durable)).toEqual(['soon']);
  });
});

describe('(D8) a photo that lies here, whose pictures others made and the server cannot give', () => {
  const elsewhere = () => ({
    renditions: { ...renditionsOfNothing, thumbnail: aBlobId(), preview: aBlobId() },
  });

  test.each(['thumbnail', 'preview'] as const)(
    'is its own %s where a browser shows it, and one is made',
    async (form) => {
      const { mirror, parts, add, post } = await aDesk();
      const photo = await sharp({
        create: { width: 40, height: 30, channels: 3, background: '#0a6' },
      })
        .jpeg()
        .toBuffer();
      const { blobId, mediaType } = await add(photo);
      const id = post({ blobId, mediaType, ...elsewhere() });
      mirror.transact((writable) => writable.run('DELETE FROM file_job'));
      const opened = await openAttachment(parts, id, form);
      expect(opened.mediaType).toBe('image/jpeg');
      expect(await buffer(opened.bytes)).toEqual(photo);
      await vi.waitFor(() => expect(isQueued(mirror, { blobId, kind: 'pictures' })).toBe(true));
    },
  );

  test('has the thumbnail that was made here, as soon as it is', async () => {
    const { mirror, parts, add, post } = await aDesk();
    const heic = await readFile(
      new URL('../../../../sync-server/admin/demo-office/files/scratch-sill.heic', import.meta.url),
    );
    const { blobId, mediaType } = await add(heic);
    const id = post({ blobId, mediaType, ...elsewhere() });
    await expect(openAttachment(parts, id, 'thumbnail')).rejects.toMatchObject({
      kind: 'not-online',
    });
    const made = Buffer.from('The thumbnail');
    const thumbnail = (await add(made)).blobId;
    mirror.transact((writable) =>
      keepRenditions(writable, blobId, { ...renditionsOfNothing, thumbnail }),
    );
    const opened = await openAttachment(parts, id, 'thumbnail');
    expect(await buffer(opened.bytes)).toEqual(made);
  });

  test('has no picture where nobody could make one', async () => {
    const { parts, add, post } = await aDesk();
    const { blobId } = await add(Buffer.from('2.340,00 EUR'));
    const renditions = { ...renditionsOfNothing, problem: 'Damaged.' };
    const id = post({ blobId, mediaType: 'image/jpeg', renditions });
    await expect(openAttachment(parts, id, 'thumbnail')).rejects.toMatchObject({
      kind: 'not-there',
    });
  });
});
