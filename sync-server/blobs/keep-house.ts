import type { Storage } from '../storage/storage.ts';
import type { BlobKeeper } from './blob-keeper.ts';
import type { UploadStore } from './upload-store.ts';

export interface House {
  readonly storage: Pick<Storage, 'workspaceIds' | 'collectTombstones'>;
  readonly keeper: BlobKeeper;
  readonly uploads: UploadStore;
  /** How long a deletion is remembered, for devices that were away. [L3] */
  readonly keepDeletionsMs: number;
  /** Unix time in milliseconds. */
  now(): number;
}

/** What went. */
export interface Cleared {
  readonly uploads: number;
  readonly blobs: number;
  readonly strays: number;
  readonly tombstones: number;
}

/** Gives up abandoned uploads, drops bytes nobody names and forgets old deletions; every hour. [B3, B4, L3] */
export async function keepHouse(house: House): Promise<Cleared> {
  const { storage, keeper, uploads, now } = house;
  let blobs = 0;
  for (const workspaceId of await storage.workspaceIds())
    blobs += await keeper.collect(workspaceId);
  return {
    uploads: await uploads.forgetAbandoned(now()),
    blobs,
    strays: await keeper.collectStrays(),
    tombstones: await forgetDeletions(house),
  };
}

/** Short enough that a push waiting behind one step does not notice. */
const TOMBSTONES_AT_ONCE = 500;

async function forgetDeletions({ storage, keepDeletionsMs, now }: House): Promise<number> {
  const deletedBefore = new Date(now() - keepDeletionsMs).toISOString();
  let count = 0;
  for (;;) {
    const gone = await storage.collectTombstones(deletedBefore, TOMBSTONES_AT_ONCE);
    if (gone === 0) return count;
    count += gone;
  }
}
