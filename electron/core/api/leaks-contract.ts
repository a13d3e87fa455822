// The part of the contract that looks, before a customer reply goes, for what may not have been meant for the customer. (C9)

import type { BlobId, CustomerId, EntryId, JobId } from '../../../sync-server/protocol/ids.ts';

export interface LeakRequests {
  /** Looks on this device alone, offline as well. What it finds is for a person to judge: nothing is held back by it. */
  'entries.find-leaks': {
    args: {
      readonly jobId: JobId;
      readonly text: string;
      /** Those that the customer would get. */
      readonly blobIds: readonly BlobId[];
    };
    answer: readonly Leak[];
  };
}

export type Leak =
  /** Words of an internal note of the job, as the note has them. */
  | { readonly kind: 'note'; readonly entryId: EntryId; readonly words: string }
  /** The same bytes are internal on a job, this one or another. */
  | {
      readonly kind: 'file';
      readonly blobId: BlobId;
      readonly name: string;
      readonly jobTitle: string;
      readonly isOtherJob: boolean;
    }
  /** A variable of a canned reply that nobody has filled in, as it stands in the text. (C6) */
  | { readonly kind: 'unfilled'; readonly words: string }
  | { readonly kind: 'customer'; readonly customerId: CustomerId; readonly name: string };
