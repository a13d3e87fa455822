// What every store of unfinished uploads must do, whatever keeps them: a folder, or a bucket that several processes write to.

import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UNFINISHED_MS, type UploadStore } from '../../sync-server/blobs/upload-store.ts';
import { blobIdOf } from '../support/builders.ts';

export interface OpenedUploadStore {
  readonly uploads: UploadStore;
  /** The same uploads as another process, or this one after a restart, has them. */
  again(): Promise<UploadStore>;
  remove(): Promise<void>;
}

const MEGABYTE = 1024 * 1024;

export function uploadStoreContract(open: () => Promise<OpenedUploadStore>): void {
  let opened: OpenedUploadStore;
  let uploads: UploadStore;
  beforeEach(async () => {
    opened = await open();
    ({ uploads } = opened);
  });
  afterEach(() => opened.remove());

  // Different everywhere, so that no part can stand in another's place unnoticed.
  const bytes = Buffer.from(Array.from({ length: 40_000 }, (_, at) => `${at},`).join(''));
  const large = Buffer.concat(
    Array.from({ length: 40 }, (_, at) => Buffer.concat([Buffer.from(`${at}`), bytes])),
  );
  const id = `owner-${blobIdOf(bytes)}`;

  async function* inChunks(whole: Uint8Array, chunkBytes = 10_000) {
    for (let at = 0; at < whole.length; at += chunkBytes) {
      yield whole.subarray(at, at + chunkBytes);
      await Promise.resolve();
    }
  }
  /** The line goes dead after so many bytes. */
  async function* broken(whole: Uint8Array, afterBytes: number) {
    yield* inChunks(whole.subarray(0, afterBytes));
    throw new Error('The line went dead.');
  }
  const writeOn = async (store: UploadStore, whole: Uint8Array) => {
    const upload = (await store.unfinished(id))!;
    return store.write(inChunks(whole.subarray(upload.offset)), id, upload);
  };
  /** What is told of it, and what is really in it. */
  const contentOf = async (store: UploadStore) => {
    const { path, ...file } = await store.received(id);
    return { ...file, content: blobIdOf(await readFile(path)) };
  };
  const wholeOf = (content: Buffer) => {
    return { content: blobIdOf(content), sizeBytes: content.length, blobId: blobIdOf(content) };
  };

  it('[B3] takes an upload that comes in one piece', async () => {
    await uploads.begin(id, bytes.length);
    expect(await uploads.unfinished(id)).toEqual({ sizeBytes: bytes.length, offset: 0 });
    expect(await writeOn(uploads, bytes)).toBe(bytes.length);
    expect(await contentOf(uploads)).toEqual(wholeOf(bytes));
    await uploads.forget(id);
    expect(await uploads.unfinished(id)).toBeUndefined();
  });

  it('[B3] goes on where the line broke, in another process as well', async () => {
    await uploads.begin(id, bytes.length);
    const beginning = { sizeBytes: bytes.length, offset: 0 };
    await expect(uploads.write(broken(bytes, 70_000), id, beginning)).rejects.toThrow('went dead');
    const other = await opened.again();
    expect(await other.unfinished(id)).toEqual({ sizeBytes: bytes.length, offset: 70_000 });
    expect(await writeOn(other, bytes)).toBe(bytes.length);
    expect(await contentOf(await opened.again())).toEqual(wholeOf(bytes));
  });

  it('[B3] has most of a large upload whose process was killed', async () => {
    await uploads.begin(id, large.length);
    const end = Promise.withResolvers<never>();
    async function* killed() {
      yield* inChunks(large.subarray(0, 9 * MEGABYTE), MEGABYTE);
      await end.promise;
    }
    // It does not end before the test does.
    const hanging = uploads.write(killed(), id, { sizeBytes: large.length, offset: 0 });
    const other = await opened.again();
    await expect
      .poll(async () => (await other.unfinished(id))?.offset ?? 0)
      .toBeGreaterThanOrEqual(8 * MEGABYTE);
    expect(await writeOn(other, large)).toBe(large.length);
    expect(await contentOf(other)).toEqual(wholeOf(large));
    end.reject(new Error('The process was killed.'));
    await expect(hanging).rejects.toThrow('was killed');
  });

  it('[B1, B3] two that write the same part at once make one file of it', async () => {
    await uploads.begin(id, bytes.length);
    const other = await opened.again();
    const from = { sizeBytes: bytes.length, offset: 0 };
    await Promise.allSettled([
      uploads.write(broken(bytes, 90_000), id, from),
      other.write(broken(bytes, 120_000), id, from),
    ]);
    const upload = (await other.unfinished(id))!;
    expect(upload.offset).toBe(120_000);
    // A late one that still hangs at the first process.
    const late = { sizeBytes: bytes.length, offset: 90_000 };
    await expect(uploads.write(broken(bytes.subarray(90_000), 5000), id, late)).rejects.toThrow(
      'went dead',
    );
    await writeOn(other, bytes);
    expect(await contentOf(other)).toEqual(wholeOf(bytes));
  });

  it('takes not one byte more than was said', async () => {
    await uploads.begin(id, 10);
    const upload = { sizeBytes: 10, offset: 0 };
    await expect(uploads.write(inChunks(bytes), id, upload)).rejects.toMatchObject({
      kind: 'blob-too-large',
    });
  });

  it('[B3] begins anew with nothing of the earlier try', async () => {
    await uploads.begin(id, bytes.length);
    const upload = { sizeBytes: bytes.length, offset: 0 };
    await expect(uploads.write(broken(large, 50_000), id, upload)).rejects.toThrow();
    await uploads.begin(id, bytes.length);
    expect(await uploads.unfinished(id)).toEqual(upload);
    await writeOn(uploads, bytes);
    expect(await contentOf(uploads)).toEqual(wholeOf(bytes));
  });

  it('[B3] gives up what nobody went on with for a week', async () => {
    await uploads.begin(id, bytes.length);
    expect(await uploads.forgetAbandoned(Date.now())).toBe(0);
    expect(await uploads.unfinished(id)).toBeDefined();
    expect(await uploads.forgetAbandoned(Date.now() + UNFINISHED_MS + 60_000)).toBe(1);
    expect(await uploads.unfinished(id)).toBeUndefined();
  });
}
