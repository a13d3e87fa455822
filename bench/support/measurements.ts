// What the programs of the sync bench print.

export interface FirstSync {
  readonly tookMs: number;
  /** The search index filled behind it as well. */
  readonly indexedMs: number;
  /** Until the job list had something to show. */
  readonly usableMs: number;
  /** Node itself included. */
  readonly peakRssMb: number;
}

/** What a peer needs for the same rows. */
export interface PeerSync {
  readonly rows: number;
  readonly tookMs: number;
  readonly flushMs: number;
  readonly peakRssMb: number;
}

export interface PlainInsert {
  readonly rows: number;
  readonly tookMs: number;
  /** With the search index. */
  readonly indexedMs: number;
}

export interface OfflineNotes {
  /** From the request to "it is on this disk", of each note. */
  readonly acceptMs: readonly number[];
  /** A bare commit of a row of the same size, taken in turn with the notes. */
  readonly bareCommitMs: readonly number[];
  /** From being online again until the server has accepted them all, and until they are in the mirror as the server's. */
  readonly flushMs: number;
  readonly confirmedMs: number;
}

export interface LiveLatency {
  readonly latencyMs: readonly number[];
}

/** Of HEIC photos of 12 megapixels. */
export interface ShownPhotos {
  /** From the choice of one to its preview, and `heif-convert` of the same photo. */
  readonly previewMs: readonly number[];
  readonly convertMs: readonly number[];
  /** The same of ten at once, and of `heif-convert` with them two at a time. */
  readonly tenMs: readonly number[];
  readonly tenConvertMs: readonly number[];
  /** While the ten were added and shown: the longest the core's loop was held up, and the most memory its process took. */
  readonly longestDelayMs: readonly number[];
  readonly peakRssMb: readonly number[];
}

/** Of files of 25 MB, one after the other. */
export interface MovedFiles {
  /** From the choice to "added", and `cp` with `sha256sum` of the same file. */
  readonly addMs: readonly number[];
  readonly copyMs: readonly number[];
  /** From the post to "the server has it", and a PUT of the same file to a server that does nothing but write. */
  readonly uploadMs: readonly number[];
  readonly plainPutMs: readonly number[];
}

/** Of one job with years of activity, as a PDF. */
export interface ExportedJob {
  readonly fullMs: readonly number[];
  readonly customerMs: readonly number[];
  readonly fullMb: readonly number[];
  /** While both were made: the longest the core's loop was held up, and the most memory its process took. */
  readonly longestDelayMs: readonly number[];
  readonly peakRssMb: readonly number[];
}
