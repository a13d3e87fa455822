// Uploads that are not through yet, and outlive a restart of either side. Whoever implements it must pass
// test/contracts/upload-store-contract.ts. [B3]

import type { ReceivedFile } from './blob-store.ts';

/** An upload nobody went on with for this long is given up. */
export const UNFINISHED_MS = 7 * 24 * 60 * 60 * 1000;

export interface Unfinished {
  readonly sizeBytes: number;
  /** How much of it is here. */
  readonly offset: number;
}

export interface UploadStore {
  /** Begins anew; what an earlier try left is gone. */
  begin(id: string, sizeBytes: number): Promise<void>;
  unfinished(id: string): Promise<Unfinished | undefined>;
  /**
   * Appends and answers with the new offset. What came before the line broke stays.
   *
   * @throws AppError `blob-too-large` at the first byte that is more than was said
   */
  write(bytes: AsyncIterable<Uint8Array>, id: string, upload: Unfinished): Promise<number>;
  /** An upload that is through, as a file on this disk with the hash of what came. */
  received(id: string): Promise<ReceivedFile>;
  /** Forgets an upload and what is left of it. */
  forget(id: string): Promise<void>;
  /** Gives up what nobody went on with; answers with how many uploads that were. */
  forgetAbandoned(nowMs: number): Promise<number>;
}
