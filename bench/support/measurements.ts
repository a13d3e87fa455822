// What the programs of the sync bench print.

export interface FirstSync {
  readonly tookMs: number;
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
