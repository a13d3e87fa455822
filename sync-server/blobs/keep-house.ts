import type { Storage } from '../storage/storage.ts';
import type { BlobKeeper } from './blob-keeper.ts';
import type { UploadStore } from './upload-store.ts';

export interface House {
  readonly storage: Pick<Storage, 'workspaceIds'>;
  readonly keeper: BlobKeeper;
  readonly uploads: UploadStore;
  /** Unix time in milliseconds. */
  now(): number;
}

/** What went. */
export interface Cleared {
  readonly uploads: number;
  readonly blobs: number;
  readonly strays: number;
}

/** Gives up abandoned uploads and drops bytes nobody names; the server does it every hour. [B3, B4] */
export async function keepHouse({ storage, keeper, uploads, now }: House): Promise<Cleared> {
  let blobs = 0;
  for (const workspaceId of await storage.workspaceIds())
    blobs += await keeper.collect(workspaceId);
  return {
    uploads: await uploads.forgetAbandoned(now()),
    blobs,
    strays: await keeper.collectStrays(),
  };
}
