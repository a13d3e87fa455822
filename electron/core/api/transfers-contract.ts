// The part of the contract that is about moving bytes: what is on its way, and what could not go. (D7)

import type { BlobId, MutationId } from '../../../sync-server/protocol/ids.ts';
import type { None } from './none-contract.ts';

export interface TransferRequests {
  /** Puts another file, taken in before, in the place of one that could not be sent, and tries again. */
  'outbox.replace-file': {
    args: {
      mutationId: MutationId;
      blobId: BlobId;
      by: { readonly blobId: BlobId; readonly name: string };
    };
    answer: None;
  };
  /** Goes on without one file of a note or reply, or without the logo of a change of the office. */
  'outbox.remove-file': { args: { mutationId: MutationId; blobId: BlobId }; answer: None };
}

export interface TransferQueries {
  transfers: { args: None; answer: Transfers };
}

/** Files that the server does not have yet, in the order they leave. */
export interface Transfers {
  readonly files: readonly FileTransfer[];
  /** Over all files since there was last nothing to send. */
  readonly sentBytes: number;
  readonly totalBytes: number;
}

export interface FileTransfer {
  readonly blobId: BlobId;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly isSending: boolean;
  /** Why the last try failed, as a sentence; null where none did. It is tried again by itself. */
  readonly problem: string | null;
}

/** A file of something that waits. */
export interface OutboxFile {
  readonly blobId: BlobId;
  readonly name: string;
  readonly sizeBytes: number;
  /** Why it cannot be sent and what to do, as a sentence; null where nothing stands in its way. */
  readonly problem: string | null;
}
