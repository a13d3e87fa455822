// The part of the contract that is about posting: a note or a customer reply with its files, and taking it back unsent.

import type { AttachmentId, BlobId, EntryId, JobId } from '../../../sync-server/protocol/ids.ts';
import type { Audience } from '../../../sync-server/protocol/values.ts';

export interface PostEntry {
  readonly jobId: JobId;
  /**
   * Made by the window for this very text, audience and files. Posting again under the same id, because the first answer was
   * lost, posts nothing twice. [P1]
   */
  readonly entryId: EntryId;
  readonly audience: Audience;
  readonly text: string;
  /** Files taken in before with `POST /files` (loopback) or `files.add` (Electron), in the order shown. */
  readonly files: readonly {
    readonly blobId: BlobId;
    readonly name: string;
    readonly audience: Audience;
    /** Of a visible photo: the customer gets it with the place it was taken. (D6) */
    readonly keepsLocation?: true;
    /** The older version it takes the place of. (D9) */
    readonly replacesId?: AttachmentId;
  }[];
  /** `seenVersion` of the job page the author had open. [P6] */
  readonly seenVersion: number;
}

export interface TakenBack {
  readonly jobId: JobId;
  readonly audience: Audience;
  readonly text: string;
  readonly files: readonly (PostEntry['files'][number] & {
    readonly mediaType: string;
    readonly sizeBytes: number;
  })[];
}
