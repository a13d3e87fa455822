// What every blob store must do, whatever keeps the bytes: a folder now, an S3 bucket later run the same lines.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BlobPlace, BlobStore } from '../../sync-server/blobs/blob-store.ts';
import type { WorkspaceId } from '../../sync-server/protocol/ids.ts';
import { MAX_BLOB_BYTES } from '../../sync-server/protocol/blobs.ts';
import { aWorkspaceId, blobIdOf } from '../support/builders.ts';

export interface OpenedBlobStore {
  readonly blobs: BlobStore;
  /** Everything that is kept, on its way or left behind, by name: for the test that nothing stays. */
  names(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export function blobStoreContract(open: () => Promise<OpenedBlobStore>): void {
  let opened: OpenedBlobStore;
  let blobs: BlobStore;
  beforeEach(async () => {
    opened = await open();
    ({ blobs } = opened);
  });
  afterEach(() => opened.remove());

  const bytes = Buffer.from('Two litres of LY7W, please.');
  const workspaceId = aWorkspaceId();
  const place: BlobPlace = { workspaceId, blobId: blobIdOf(bytes) };
  async function* inChunks(whole: Uint8Array, chunkBytes = 5) {
    for (let at = 0; at < whole.length; at += chunkBytes) {
      yield whole.subarray(at, at + chunkBytes);
      await Promise.resolve();
    }
  }
  /** Receives bytes and keeps them; answers with their size. */
  const keep = (of: WorkspaceId, chunks: AsyncIterable<Uint8Array>) =>
    blobs.receive(chunks, async (file) => {
      await blobs.adopt(of, file);
      return file.sizeBytes;
    });
  const read = async (at: BlobPlace, range?: { start: number; end: number }) => {
    const stream = await blobs.open(at, range);
    return stream && (await buffer(stream));
  };

  it('[B1] keeps bytes under their hash and gives them back, whole or in part', async () => {
    const seen = await blobs.receive(inChunks(bytes), async (file) => {
      const content = await readFile(file.path);
      await blobs.adopt(workspaceId, file);
      return { ...file, content };
    });
    expect(seen).toMatchObject({ content: bytes, sizeBytes: bytes.length });
    expect(seen.blobId).toBe(place.blobId);
    expect(await blobs.sizeOf(place)).toBe(bytes.length);
    expect(await read(place)).toEqual(bytes);
    expect(await read(place, { start: 4, end: 9 })).toEqual(bytes.subarray(4, 10));
  });

  it('[B1] keeps nothing of what is not adopted, or refused', async () => {
    const before = await opened.names();
    await blobs.receive(inChunks(bytes), () => Promise.resolve());
    const refuse = () => Promise.reject(new Error('Not this kind.'));
    await expect(blobs.receive(inChunks(bytes), refuse)).rejects.toThrow('Not this kind.');
    expect(await blobs.sizeOf(place)).toBeUndefined();
    expect(await read(place)).toBeUndefined();
    expect(await opened.names()).toEqual(before);
  });

  it('[B4] lists what is kept and removes it, more than once if asked', async () => {
    const elsewhere = aWorkspaceId();
    await keep(workspaceId, inChunks(bytes));
    await keep(elsewhere, inChunks(bytes));
    const all = await Array.fromAsync(blobs.list());
    expect(all.map((kept) => kept.workspaceId).toSorted()).toEqual(
      [workspaceId, elsewhere].toSorted(),
    );
    expect(all.every((kept) => kept.blobId === place.blobId && kept.keptAtMs > 0)).toBe(true);
    await blobs.remove(place);
    await blobs.remove(place);
    expect(await blobs.sizeOf(place)).toBeUndefined();
    expect(await Array.fromAsync(blobs.list())).toMatchObject([{ workspaceId: elsewhere }]);
  });

  it('[B4] a file that is being read is read to its end although it is removed', async () => {
    await keep(workspaceId, inChunks(bytes));
    const stream = await blobs.open(place);
    const first = once(stream!, 'readable');
    await first;
    await blobs.remove(place);
    expect(await buffer(stream!)).toEqual(bytes);
  });

  it('[B3] keeps nothing of an upload that breaks off', async () => {
    const before = await opened.names();
    async function* broken() {
      yield bytes.subarray(0, 4);
      await Promise.resolve();
      throw new Error('The line went dead.');
    }
    await expect(keep(workspaceId, broken())).rejects.toThrow('The line went dead.');
    expect(await opened.names()).toEqual(before);
  });

  it('[B1] the same bytes twice, also at once, are the same bytes once', async () => {
    await Promise.all([1, 3, 7].map((size) => keep(workspaceId, inChunks(bytes, size))));
    await keep(workspaceId, inChunks(bytes));
    expect(await read(place)).toEqual(bytes);
    expect((await opened.names()).filter((name) => name.includes(place.blobId))).toHaveLength(1);
  });

  it('(D2) takes 25 MB exactly and not one byte more', async () => {
    const most = Buffer.alloc(MAX_BLOB_BYTES, 7);
    const most1 = Buffer.alloc(MAX_BLOB_BYTES + 1, 7);
    const MIB = 1024 * 1024;
    const fits = { workspaceId, blobId: blobIdOf(most) };
    expect(await keep(workspaceId, inChunks(most, MIB))).toBe(MAX_BLOB_BYTES);
    expect(await blobs.sizeOf(fits)).toBe(MAX_BLOB_BYTES);
    const tooLarge = { workspaceId, blobId: blobIdOf(most1) };
    await expect(keep(workspaceId, inChunks(most1, MIB))).rejects.toMatchObject({
      kind: 'blob-too-large',
    });
    expect(await blobs.sizeOf(tooLarge)).toBeUndefined();
  });

  it('(D2) refuses an empty file', async () => {
    await expect(keep(workspaceId, inChunks(Buffer.alloc(0)))).rejects.toMatchObject({
      kind: 'blob-empty',
    });
  });

  it('(J2) keeps each workspace’s bytes apart', async () => {
    await keep(workspaceId, inChunks(bytes));
    const elsewhere = { ...place, workspaceId: aWorkspaceId() };
    expect(await blobs.sizeOf(elsewhere)).toBeUndefined();
    expect(await blobs.open(elsewhere)).toBeUndefined();
  });
}
