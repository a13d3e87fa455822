// A zip that somebody stops reading. (D9, G4)

import { randomBytes } from 'node:crypto';
import type { ReadStream } from 'node:fs';
import { once } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import { type BlobStore, openBlobStore } from '../../../../electron/core/attachments/blob-store.ts';
import { openZip } from '../../../../electron/core/attachments/zip-files.ts';
import type { BlobId } from '../../../../sync-server/protocol/ids.ts';
import { blobIdOf } from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

let blobs: BlobStore;
let opened: ReadStream[];
let files: { name: string; blobId: BlobId }[];

beforeEach(async () => {
  const store = await openBlobStore(await tempDir(), () => `${Math.random()}`);
  opened = [];
  files = [];
  for (const name of ['a.bin', 'b.bin']) {
    const taken = await store.take(
      (async function* () {
        yield randomBytes(2_000_000);
      })(),
      () => Promise.resolve(true),
    );
    if (taken.kind !== 'kept') throw new Error(taken.kind);
    files.push({ name, blobId: taken.blobId });
  }
  blobs = Object.assign(Object.create(store) as BlobStore, {
    sizeOf: (blobId: BlobId) => store.sizeOf(blobId),
    read: (blobId: BlobId) => {
      const stream = store.read(blobId);
      opened.push(stream);
      return stream;
    },
  });
});

const aZip = () => openZip(blobs, { name: 'all.zip', files, missing: [] });

test('(D9, G4) who stops reading, at once or in the middle, leaves no file open: the system would keep its bytes, or its name', async () => {
  const unread = await aZip();
  unread.bytes.destroy();
  await once(unread.bytes, 'close');
  const begun = await aZip();
  await once(begun.bytes, 'readable');
  begun.bytes.destroy();
  await once(begun.bytes, 'close');
  expect(opened.length).toBeGreaterThan(0);
  expect(opened.map(({ destroyed }) => destroyed)).toEqual(opened.map(() => true));
});

test('(D9) where a file is not here any more none of the others is opened', async () => {
  files.push({ name: 'gone.bin', blobId: blobIdOf('gone') });
  await expect(aZip()).rejects.toThrow('“gone.bin” is not on this device any more.');
  expect(opened).toHaveLength(0);
});
