// The part of the contract that is about taking a job out of Docket: as a PDF or a zip, for the customer or with everything. (G4)

import type { JobId } from '../../../sync-server/protocol/ids.ts';
import type { None } from './none-contract.ts';

/** `customer`: what the customer may read on the server now, and nothing else; `full`: everything. */
export type ExportCopy = 'customer' | 'full';
export type ExportFormat = 'pdf' | 'zip';

export interface ExportRequests {
  /** Begins one; how it goes is `exports.one`. Nothing is written anywhere but in the program's own folder. */
  'exports.begin': { args: ExportWish; answer: { exportId: string } };
  /** Cancels one, or lets one go that is made: nothing of it stays on this disk. */
  'exports.let-go': { args: { exportId: string }; answer: None };
}

export interface ExportQueries {
  /** What each copy would hold; null where this device has no such job. */
  'exports.outlook': { args: { jobId: JobId }; answer: ExportOutlook | null };
  /** Null once it is let go. */
  'exports.one': { args: { exportId: string }; answer: ExportState | null };
}

export interface ExportWish {
  readonly jobId: JobId;
  readonly copy: ExportCopy;
  readonly format: ExportFormat;
  /** In which its times are told: "Europe/Berlin". */
  readonly timeZone: string;
}

export interface ExportOutlook {
  readonly customerName: string;
  readonly full: CopyOutlook;
  /** Null where the customer cannot see the job now: then there is no copy for them. */
  readonly customer: CopyOutlook | null;
  /** Why not, as a sentence; '' where there is one. */
  readonly whyNoCustomerCopy: string;
}

export interface CopyOutlook {
  readonly entries: number;
  readonly files: number;
  /** Of those, the ones whose bytes are not on this device. */
  readonly filesElsewhere: number;
  /** Things of this device the server does not have: marked in a full copy, left out of a customer copy. */
  readonly waiting: number;
  /** Estimates. */
  readonly pdfBytes: number;
  readonly zipBytes: number;
}

export type ExportState =
  /** Another one is being made. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'fetching'; readonly done: number; readonly total: number }
  | { readonly kind: 'printing'; readonly done: number; readonly total: number }
  | ReadyExport
  | { readonly kind: 'failed'; readonly sentence: string };

export interface ReadyExport {
  readonly kind: 'ready';
  /** Path on the host that answers with it, as a download. */
  readonly url: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly pages: number;
  /** Names of files that are not in it: not on this device and not to be fetched, or of no form that may be handed on. */
  readonly missing: readonly string[];
  /** Signs no font of the PDF has, printed as empty boxes. */
  readonly unshown: number;
}
