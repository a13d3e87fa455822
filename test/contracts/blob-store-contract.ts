// What every blob store must do, whatever keeps the bytes: a folder now, an S3 bucket later run the same lines.

import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BlobPlace, BlobStore } from '../../sync-server/blobs/blob-store.ts';
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
  const sizeOf = ({ sizeBytes }: { sizeBytes: number }) => Promise.resolve(sizeBytes);
  const read = async (at: BlobPlace, range?: { start: number; end: number }) => {
    const stream = await blobs.open(at, range);
    return stream && (await buffer(stream));
  };

  it('[B1] keeps bytes under their hash and gives them back, whole or in part', async () => {
    const seen = await blobs.put(place, inChunks(bytes), ({ path }) => readFile(path));
    expect(seen).toEqual(bytes);
    expect(await blobs.sizeOf(place)).toBe(bytes.length);
    expect(await read(place)).toEqual(bytes);
    expect(await read(place, { start: 4, end: 9 })).toEqual(bytes.subarray(4, 10));
  });

  it('[B1] refuses bytes of another hash, and nothing stays behind', async () => {
    const wrong = { workspaceId, blobId: blobIdOf('something else') };
    const before = await opened.names();
    await expect(blobs.put(wrong, inChunks(bytes), sizeOf)).rejects.toMatchObject({
      kind: 'blob-hash-wrong',
    });
    expect(await blobs.sizeOf(wrong)).toBeUndefined();
    expect(await read(wrong)).toBeUndefined();
    expect(await opened.names()).toEqual(before);
  });

  it('[B1] keeps nothing of what its inspector refuses', async () => {
    const before = await opened.names();
    const refuse = () => Promise.reject(new Error('Not this kind.'));
    await expect(blobs.put(place, inChunks(bytes), refuse)).rejects.toThrow('Not this kind.');
    expect(await blobs.sizeOf(place)).toBeUndefined();
    expect(await opened.names()).toEqual(before);
  });

  it('[B3] keeps nothing of an upload that breaks off', async () => {
    const before = await opened.names();
    async function* broken() {
      yield bytes.subarray(0, 4);
      await Promise.resolve();
      throw new Error('The line went dead.');
    }
    await expect(blobs.put(place, broken(), sizeOf)).rejects.toThrow('The line went dead.');
    expect(await opened.names()).toEqual(before);
  });

  it('[B1] the same bytes twice, also at once, are the same bytes once', async () => {
    await Promise.all([1, 3, 7].map((size) => blobs.put(place, inChunks(bytes, size), sizeOf)));
    await blobs.put(place, inChunks(bytes), sizeOf);
    expect(await read(place)).toEqual(bytes);
    expect((await opened.names()).filter((name) => name.includes(place.blobId))).toHaveLength(1);
  });

  it('(D2) takes 25 MB exactly and not one byte more', async () => {
    const most = Buffer.alloc(MAX_BLOB_BYTES, 7);
    const most1 = Buffer.alloc(MAX_BLOB_BYTES + 1, 7);
    const MIB = 1024 * 1024;
    const fits = { workspaceId, blobId: blobIdOf(most) };
    expect(await blobs.put(fits, inChunks(most, MIB), sizeOf)).toBe(MAX_BLOB_BYTES);
    const tooLarge = { workspaceId, blobId: blobIdOf(most1) };
    await expect(blobs.put(tooLarge, inChunks(most1, MIB), sizeOf)).rejects.toMatchObject({
      kind: 'blob-too-large',
    });
    expect(await blobs.sizeOf(tooLarge)).toBeUndefined();
  });

  it('(D2) refuses an empty file', async () => {
    const empty = { workspaceId, blobId: blobIdOf('') };
    await expect(blobs.put(empty, inChunks(Buffer.alloc(0)), sizeOf)).rejects.toMatchObject({
      kind: 'blob-empty',
    });
  });

  it('(J2) keeps each workspace’s bytes apart', async () => {
    await blobs.put(place, inChunks(bytes), sizeOf);
    const elsewhere = { ...place, workspaceId: aWorkspaceId() };
    expect(await blobs.sizeOf(elsewhere)).toBeUndefined();
    expect(await blobs.open(elsewhere)).toBeUndefined();
  });
}
