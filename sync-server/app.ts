// Builds the server's one Fastify application; listening is main.ts's business.

import type { Config } from './config.ts';
import type { BlobStore } from './blobs/blob-store.ts';
import type { Storage } from './storage/storage.ts';

/** What the application stands on. Every part asks for the slice it needs; two applications in one process share nothing. */
export interface AppDeps {
  readonly config: Config;
  readonly storage: Storage;
  readonly blobs: BlobStore;
  /** Unix time in milliseconds. */
  now(): number;
}
