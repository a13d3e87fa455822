// A copy of a job, decided but not printed: what stands in it, in order, and which files it gives. Two kinds make one: what
// the customer may read, and everything. (G4)

import type { AttachmentId, BlobId } from '../../../sync-server/protocol/ids.ts';
import type {
  PrintAudience,
  PrintEntry,
  PrintFact,
  PrintFile,
  PrintHead,
} from '../printing/print-blocks.ts';

export interface JobCopy {
  readonly head: Omit<PrintHead, 'logoPath' | 'made' | 'madeAt'>;
  /** Before the activity; empty where there is no form. */
  readonly form: readonly PrintFact[];
  /** Of entries, for the progress. */
  readonly count: number;
  /** Some at a time, each read when its turn comes. @throws AppError `not-there` where the job went meanwhile */
  entries(): Iterable<readonly CopyEntry[]>;
  /** Oldest first. */
  readonly files: readonly CopyFile[];
  /** The last sentence. */
  readonly last: string;
}

export interface CopyEntry {
  /** The day it stands under: ISO; null where no time may be told. */
  readonly at: string | null;
  readonly print: Omit<PrintEntry, 'pictures' | 'files'>;
  readonly files: readonly AttachmentId[];
  /** For the machine-readable activity, without its files. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface CopyFile {
  readonly id: AttachmentId;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Its bytes in this copy; null where none may be, or none are left. */
  readonly blobId: BlobId | null;
  /** What can be looked at on paper, best first; empty for what is no picture. */
  readonly pictureIds: readonly BlobId[];
  readonly isRemoved: boolean;
  readonly audience: PrintAudience | null;
  readonly isStruck: boolean;
  readonly note: string | null;
  /** In the list at the end: who gave it, and when. */
  readonly from: string;
  /** For the machine-readable activity. */
  readonly data: Readonly<Record<string, unknown>>;
}

export function printFile(
  { name, audience, isStruck, note }: CopyFile,
  about: string,
  alsoNote: string | null = null,
): PrintFile {
  const notes = [note, alsoNote].filter((words) => words !== null);
  return { name, about, audience, isStruck, note: notes.length === 0 ? null : notes.join(' · ') };
}
