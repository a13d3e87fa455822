// The part of the contract that is about files that come from folders and other programs. (D9, D10)

import type { AttachmentId, BlobId, JobId } from '../../../sync-server/protocol/ids.ts';
import type { AddFileResult } from './files-contract.ts';
import type { None } from './none-contract.ts';

export interface InboxRequests {
  /** A path as a person writes it, `~` for their home folder. Files that lie there already are counted, not shown. (D10) */
  'watched-folders.add': { args: { path: string }; answer: None };
  'watched-folders.remove': { args: { folderId: string }; answer: None };
  /** Folders that begin with what was typed. */
  'watched-folders.suggest': { args: { path: string }; answer: { paths: readonly string[] } };
  /** Shows what lay in a folder when it was added. */
  'watched-folders.show-earlier': { args: { folderId: string }; answer: None };
  /** Takes files in for a draft, in the order given; what was taken leaves the Inbox. (D10) */
  'inbox.take': { args: InboxFiles; answer: { results: readonly AddFileResult[] } };
  'inbox.dismiss': { args: InboxFiles; answer: None };
  /** Undoes a take or a dismissal. */
  'inbox.put-back': { args: InboxFiles; answer: None };

  /** Opens a copy with the system's program; what that saves is offered as a new version. (D9) */
  'attachments.open': { args: { attachmentId: AttachmentId }; answer: None };
  /**
   * Before a change is laid into a draft: its bytes stay from now on, also where they are saved over.
   *
   * @throws AppError `not-there` where they were saved over already
   */
  'changed-files.take': { args: TakenChange; answer: None };
  /** "Not now", and after the new version was added: what is saved next is offered again, and so is what was saved since. */
  'changed-files.settle': { args: SettledChange; answer: None };
}

export interface InboxQueries {
  inbox: { args: None; answer: Inbox };
  /** Files of a job that another program changed, oldest change first. (D9) */
  'changed-files': { args: { jobId: JobId }; answer: readonly ChangedFile[] };
}

export interface SettledChange {
  readonly attachmentId: AttachmentId;
  /** As the person saw it. */
  readonly changedBlobId: BlobId | null;
}

export interface TakenChange extends SettledChange {
  readonly changedBlobId: BlobId;
}

export interface InboxFiles {
  readonly fileIds: readonly string[];
}

/** Files that arrived in watched folders. (D10) */
export interface Inbox {
  /** All new files; `files` may be fewer. */
  readonly count: number;
  /** Newest first, 500 at most. */
  readonly files: readonly InboxFile[];
  readonly folders: readonly InboxFolder[];
}

export interface InboxFile {
  readonly fileId: string;
  readonly folderId: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** When it was last written. */
  readonly modifiedAt: string;
  /** Path on the host that answers with the bytes. */
  readonly url: string;
  /** Its name says that the browser can show it. */
  readonly isPicture: boolean;
  /** Its folder can be reached now. */
  readonly isThere: boolean;
}

export interface InboxFolder {
  readonly folderId: string;
  readonly path: string;
  /** `missing`: gone, or a network drive that is not connected; looked for again every few seconds. */
  readonly state: 'watched' | 'missing' | 'unreadable';
  readonly newCount: number;
  /** Lay there when the folder was added, and are not shown. */
  readonly earlierCount: number;
}

export interface ChangedFile {
  readonly attachmentId: AttachmentId;
  readonly name: string;
  readonly changedAt: string;
  /** Tells this change from the next of the same file; null where it cannot be taken. */
  readonly changedBlobId: BlobId | null;
  /** What was saved, as it would be added; null where it cannot be taken. */
  readonly file: {
    readonly blobId: BlobId;
    readonly mediaType: string;
    readonly sizeBytes: number;
  } | null;
  /** Why it cannot be taken, as a sentence; null where it can. */
  readonly problem: string | null;
}
