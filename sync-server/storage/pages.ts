// What a device is told at once: a part of an office as it stands, or of what changed in it. [L1, L2]

import type { Digest } from '../protocol/digest.ts';
import type { MemberId, WorkspaceId } from '../protocol/ids.ts';
import type { RecordKind } from '../protocol/records.ts';

export interface SnapshotQuery {
  readonly workspaceId: WorkspaceId;
  readonly memberId: MemberId;
  /** What changed after it is left to `changesAfter`. */
  readonly atVersion: number;
  readonly place: SnapshotPlace;
  readonly limitRows: number;
}

/**
 * Where a snapshot stands. `frame`: the few records everything else needs. `jobs`: jobs, newest activity first, with their
 * customers and the member's read marks, so that the list can be shown. `feed`: entries and what belongs to them, newest
 * first. `rest`: customers and read marks that no job brought along.
 */
export interface SnapshotPlace {
  readonly phase: 'frame' | 'jobs' | 'feed' | 'rest';
  /** The last row of the page before; undefined at the beginning of a phase. */
  readonly after?: { readonly version: number; readonly id: string };
}

export interface SnapshotPage {
  readonly rows: readonly ChangeRow[];
  /** Undefined where this was the last page. */
  readonly next: SnapshotPlace | undefined;
}

export interface ChangesQuery {
  readonly workspaceId: WorkspaceId;
  readonly memberId: MemberId;
  readonly afterVersion: number;
  readonly limitRows: number;
}

export interface ChangesPage {
  readonly rows: readonly ChangeRow[];
  /** What a reader of this page has seen everything up to. */
  readonly version: number;
  /** The workspace's version when the page was read. */
  readonly head: number;
  /** Of the very moment the page was read: one after a lower version has holes. [L3] */
  readonly horizon: number;
  readonly more: boolean;
  /** Of everything this member may have; undefined unless this page reaches the head. [L5] */
  readonly digest: Digest | undefined;
}

/** `data` is the record as the JSON it is stored as, which most readers only pass on; '' where the row is a tombstone. [O2] */
export interface ChangeRow {
  readonly kind: RecordKind;
  readonly id: string;
  readonly version: number;
  readonly createdVersion: number;
  readonly data: string;
  readonly isDeleted: boolean;
}
