// The part of the contract that is about what was posted: its audience, its name, taking it back. (C10, D3, D9)

import type { AttachmentId, BlobId, EntryId, JobId } from '../../../sync-server/protocol/ids.ts';
import type { Audience } from '../../../sync-server/protocol/values.ts';

type Done = Record<string, never>;

export interface FileRequests {
  /** Takes an own note or reply back, its files with it. (C10) */
  'entries.withdraw': { args: { entryId: EntryId }; answer: Done };
  /** Removes what an entry says for good; admins only. `withFiles` removes its files' bytes, too. (C10) */
  'entries.redact': { args: { entryId: EntryId; withFiles: boolean }; answer: Done };

  'files.change-audience': { args: ChangeFileAudience; answer: Done };
  'files.rename': {
    /** `fromName` is the name the person saw. */
    args: { attachmentId: AttachmentId; fromName: string; toName: string };
    answer: Done;
  };
  'files.withdraw': { args: { attachmentId: AttachmentId }; answer: Done };
  /** Removes a file's bytes for good, everywhere; admins only. (C10) */
  'files.redact': { args: { attachmentId: AttachmentId }; answer: Done };
  /** Fetches what is not on this device and puts files into one zip, to be had once at `url`. (D9) */
  'files.zip': { args: ZipWish; answer: ZipOffer };
  /** Files that are not around what is on the screen, in the order asked; those that are gone are left out. */
  'files.rows': {
    args: { jobId: JobId; attachmentIds: readonly AttachmentId[] };
    answer: readonly FileRow[];
  };
  /** The person drags in the window: the system's drag goes on with real files, where `overview` says `canDragFiles`. (D9) */
  'files.start-drag': { args: { attachmentIds: readonly AttachmentId[] }; answer: Done };
}

export interface FileQueries {
  /** The files of a job that fit. A file that a newer version took the place of stands below that one. (A3) */
  'files.list': { args: FileListArgs; answer: FileList };
  /** Of files taken in for a draft, in the order asked; those that are not here are left out. */
  'files.pictures': { args: { blobIds: readonly BlobId[] }; answer: readonly DraftPictures[] };
}

export interface ZipWish {
  readonly jobId: JobId;
  readonly attachmentIds: readonly AttachmentId[];
  /** `customer`: what the customer can download, in the form they get it; `full`: everything as it is. */
  readonly copy: 'full' | 'customer';
}

export interface ZipOffer {
  /** Null where nothing could be put into it. */
  readonly url: string | null;
  readonly fileCount: number;
  /** Names of files that are not on this device and could not be fetched, or may not be in such a copy. */
  readonly missing: readonly string[];
}

/** Something that was taken back, or removed for good. (C10) */
export interface Undone {
  readonly how: 'withdrawn' | 'redacted';
  readonly byName: string;
  readonly mine: boolean;
  readonly at: string;
  /** When the customer last looked while it was there for them; null where they never had. */
  readonly customerSeenAt: string | null;
  /** When a mail that told of it had left; null where none had. */
  readonly mailedAt: string | null;
}

/** "From customer" is one of its own, as in the feed. (B2) */
export type FileAudience = Audience | 'from_customer';
export type FileType = 'picture' | 'pdf' | 'document' | 'sheet';
export type FileSort = 'date' | 'name' | 'size' | 'type';

/** Which of a job's files are shown, and in which order. */
export interface FileSieve {
  readonly sort: FileSort;
  /** From small to large, old to new, A to Z. */
  readonly isAscending: boolean;
  /** None: all. */
  readonly types: readonly FileType[];
  readonly audiences: readonly FileAudience[];
  readonly search: string;
}

export interface FileListArgs {
  readonly jobId: JobId;
  readonly sieve: FileSieve;
  /** The rows around what is on the screen. */
  readonly offset: number;
  readonly limit: number;
}

export interface FileList {
  readonly counts: FileCounts;
  /** All that fit. */
  readonly order: readonly FileBrief[];
  /** Of those, the ones from `offset` on. */
  readonly rows: readonly FileRow[];
}

/** Of the whole job, whatever of it is shown. */
export interface FileCounts {
  readonly all: number;
  readonly types: Readonly<Record<FileType, number>>;
  readonly audiences: Readonly<Record<FileAudience, number>>;
}

/** As much of a file as a selection of thousands needs to know what can be done with it. */
export interface FileBrief {
  readonly id: AttachmentId;
  readonly sizeBytes: number;
  readonly audience: Audience;
  readonly mine: boolean;
  readonly fromCustomer: boolean;
  readonly undone: Pick<Undone, 'how'> | null;
  /** Versions it took the place of. */
  readonly older: readonly unknown[];
}

export interface FileRow extends FeedAttachment {
  readonly entryId: EntryId;
  /** When it came to the office; while it is on this device alone, when it was added. */
  readonly at: string;
  readonly authorName: string;
  readonly mine: boolean;
  readonly fromCustomer: boolean;
  /** It, or a change to it, is on this device alone. */
  readonly isWaiting: boolean;
  /** Newest first. (D9) */
  readonly older: readonly FileRow[];
}

export interface ChangeFileAudience {
  readonly attachmentId: AttachmentId;
  readonly audience: Audience;
  /** The name the person saw and confirmed. */
  readonly fromName: string;
  /** Of a photo made visible: the customer gets it with the place it was taken. (D6) */
  readonly keepsLocation: boolean;
  /** `seenVersion` of the job page the person had open. [P6] */
  readonly seenVersion: number;
}

/** What a page can show of a file. */
export interface FilePictures {
  /**
   * Path of a picture of it of about 400 px; null where its type has none or `problem` says why. Until it is made, the host
   * answers with the file itself where a browser can show it, else 404; asking has it made, and then the path changes. (D5)
   */
  readonly thumbnailUrl: string | null;
  /** Path of a picture of it of about 1,600 px; null where there is none, or none yet. */
  readonly previewUrl: string | null;
  /** The full-size JPEG of a file browsers do not show: HEIC, TIFF. Null until it is made. */
  readonly jpegUrl: string | null;
  /** Why there is no picture of it, as a sentence; null where there is one, will be one, or none is wanted. */
  readonly problem: string | null;
  /** A customer who gets the original would learn where it was taken; null until it is looked at. (D6) */
  readonly hasLocation: boolean | null;
}

/** Of a file taken in for a draft. */
export interface DraftPictures extends FilePictures {
  readonly blobId: BlobId;
}

export interface FeedAttachment extends FilePictures {
  readonly id: AttachmentId;
  readonly blobId: BlobId;
  readonly name: string;
  readonly mediaType: string;
  /** "PDF", "Excel workbook". */
  readonly typeName: string;
  readonly sizeBytes: number;
  readonly audience: Audience;
  /** Path on the host that answers with the bytes: from this disk, or fetched and kept. */
  readonly url: string;
  /** The browser can show it by itself as a picture. */
  readonly isPicture: boolean;
  /** The bytes are on this disk. */
  readonly onDevice: boolean;
  /** The customer gets a photo with the place it was taken. (D6) */
  readonly keepsLocation: boolean;
  /** Withdrawn or removed for good; null where it stands. (C10) */
  readonly undone: Undone | null;
}

/** Which of a file's bytes are asked for: `/attachments/ID` and `/files/ID` are the original, `/attachments/ID/preview` a form. */
export type FileForm = 'original' | 'thumbnail' | 'preview' | 'jpeg';

/** Files on the way in: the loopback host answers `POST /files` with it, Electron answers `files.add`. */
export type AddFileResult =
  | {
      readonly kind: 'added';
      readonly blobId: BlobId;
      readonly name: string;
      readonly mediaType: string;
      readonly typeName: string;
      readonly sizeBytes: number;
    }
  /** What the file is, why it cannot be taken, what to do. */
  | { readonly kind: 'refused'; readonly name: string; readonly sentence: string };
