// All that a server's folder holds, copied whole while it runs, and put back. (J4)

import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskBlobStore } from '../blobs/disk-blob-store.ts';
import type { BlobPlace, BlobStore } from '../blobs/blob-store.ts';
import { DATABASE_FILE } from '../blobs/open-data-folder.ts';
import { copySqlite, openSqliteStorage } from '../storage/sqlite-storage.ts';

export interface Copied {
  /** Files that are in the copy. */
  readonly files: number;
  /** Of those, which were not there before. */
  readonly copied: number;
  /** Whose bytes are not what they were: they are left out. [B1] */
  readonly damaged: readonly string[];
}

/**
 * Copies the database first, as it stands at one moment, then the files: bytes come before records [B2], so that all the copy
 * names is there. An earlier copy in the same folder stays whole until this one is; then what is no longer in the office goes
 * from it, too. (C10)
 *
 * @throws Error with a sentence where there is nothing to copy
 */
export async function backUp(dataFolder: string, toFolder: string): Promise<Copied> {
  const database = join(dataFolder, DATABASE_FILE);
  if (!existsSync(database))
    throw new Error(
      `There is no Docket database in ${dataFolder}, so nothing was copied. Check --data.`,
    );
  await mkdir(toFolder, { recursive: true });
  const fresh = join(toFolder, `${DATABASE_FILE}.new`);
  await rm(fresh, { force: true });
  copySqlite(database, fresh);
  const from = await DiskBlobStore.open(join(dataFolder, 'blobs'));
  const to = await DiskBlobStore.open(join(toFolder, 'blobs'));
  const copied = await copyBlobs(from, to);
  await rename(fresh, join(toFolder, DATABASE_FILE));
  for await (const place of to.list())
    if ((await from.sizeOf(place)) === undefined) await to.remove(place);
  return copied;
}

/**
 * Makes a server's folder of a copy. It begins an epoch of its own before anybody is served: each desk gets a fresh copy of the
 * office and keeps what it has not sent. [L3, L6] Killed before its end, it has made no folder that a server would start on.
 *
 * @throws Error with a sentence where there is no copy, or an office in the folder already
 */
export async function restore(
  fromFolder: string,
  dataFolder: string,
  nowMs: number,
): Promise<Copied> {
  const copy = join(fromFolder, DATABASE_FILE);
  const database = join(dataFolder, DATABASE_FILE);
  if (!existsSync(copy))
    throw new Error(
      `There is no copy of Docket in ${fromFolder}, so nothing was restored. Check --from.`,
    );
  if (existsSync(database))
    throw new Error(
      `${dataFolder} holds offices already, so nothing was restored. Stop the server, move that folder away, and restore again.`,
    );
  await mkdir(dataFolder, { recursive: true });
  const fresh = `${database}.restoring`;
  for (const part of ['', '-wal', '-shm']) await rm(fresh + part, { force: true });
  copySqlite(copy, fresh);
  const from = await DiskBlobStore.open(join(fromFolder, 'blobs'));
  const copied = await copyBlobs(from, await DiskBlobStore.open(join(dataFolder, 'blobs')));
  const storage = await openSqliteStorage(fresh);
  await storage.beginEpoch(nowMs);
  await storage.close();
  await rename(fresh, database);
  return copied;
}

/** Each file that is not there yet, compared with its name on the way. */
export async function copyBlobs(from: BlobStore, to: BlobStore): Promise<Copied> {
  let files = 0;
  let copied = 0;
  const damaged: string[] = [];
  for await (const place of from.list()) {
    const isThere = (await to.sizeOf(place)) !== undefined;
    const isWhole = isThere || (await copyBlob(from, to, place));
    if (!isWhole) damaged.push(place.blobId);
    else files += 1;
    if (isWhole && !isThere) copied += 1;
  }
  return { files, copied, damaged };
}

/** Answers false where its bytes are not those it is named by. */
async function copyBlob(
  from: BlobStore,
  to: BlobStore,
  { workspaceId, blobId }: BlobPlace,
): Promise<boolean> {
  const bytes = await from.open({ workspaceId, blobId });
  // Removed for good meanwhile.
  if (bytes === undefined) return true;
  return to.receive(bytes, async (file) => {
    if (file.blobId !== blobId) return false;
    await to.adopt(workspaceId, file);
    return true;
  });
}
