// Between a record and its row: what the columns beside `data` say of each kind.

import { editedAtVersion } from '../protocol/edits.ts';
import type { KindedRecord } from '../protocol/records.ts';
import { assertNever } from '../protocol/parse.ts';
import type { Stored } from './storage.ts';
import type { ChangeRow } from './pages.ts';
import type { AnyRecord, RecordKind } from '../protocol/records.ts';
import type { RecordTable } from './tables.ts';

type Facets = Pick<RecordTable, 'job_id' | 'customer_id' | 'owner_member_id' | 'audience'>;

const NO_FACETS: Facets = {
  job_id: null,
  customer_id: null,
  owner_member_id: null,
  audience: null,
};

export function rowOf(
  workspaceId: string,
  put: KindedRecord,
  at: { readonly version: number; readonly createdVersion: number },
): RecordTable {
  return {
    workspace_id: workspaceId,
    kind: put.kind,
    id: put.record.id,
    version: at.version,
    created_version: at.createdVersion,
    ...facetsOf(put),
    is_deleted: 0,
    data: JSON.stringify(
      put.kind === 'entry' ? editedAtVersion(put.record, at.version) : put.record,
    ),
  };
}

/** Whose devices alone it travels to; null where everybody's. [V3] */
export const ownerOf = (put: KindedRecord): string | null => facetsOf(put).owner_member_id;

function facetsOf(put: KindedRecord): Facets {
  switch (put.kind) {
    case 'workspace':
    case 'member':
    case 'pipeline':
    case 'customer':
      return NO_FACETS;
    case 'job':
      return { ...NO_FACETS, customer_id: put.record.customerId };
    case 'entry':
    case 'attachment':
      return { ...NO_FACETS, job_id: put.record.jobId, audience: put.record.audience };
    case 'scheduled_reply':
      // Its customer never hears of it: all there is of it for anybody is on its job.
      return { ...NO_FACETS, job_id: put.record.jobId };
    case 'mail':
      return { ...NO_FACETS, job_id: put.record.jobId, customer_id: put.record.customerId };
    case 'portal_link':
      return { ...NO_FACETS, customer_id: put.record.customerId };
    case 'member_settings':
      return { ...NO_FACETS, owner_member_id: put.record.memberId };
    case 'canned_reply':
      return { ...NO_FACETS, owner_member_id: put.record.ownerId };
    case 'read_mark':
    case 'follow':
      // These are their member's own business and travel to no other. [V3]
      return { ...NO_FACETS, job_id: put.record.jobId, owner_member_id: put.record.memberId };
    case 'portal_visit':
      return { ...NO_FACETS, job_id: put.record.jobId, customer_id: put.record.customerId };
    default:
      return assertNever(put);
  }
}

/** A record's place among all of its office, for maps. */
export function keyText({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind}/${id}`;
}

type StoredColumns = Pick<RecordTable, 'data' | 'version' | 'created_version'>;

/** The row was written from a record of this kind, so what it holds is one. */
export function storedOf<R extends AnyRecord>(row: StoredColumns): Stored<R> {
  return {
    record: JSON.parse(row.data) as R,
    version: row.version,
    createdVersion: row.created_version,
  };
}

export function changeOf(
  row: StoredColumns & Pick<RecordTable, 'kind' | 'id' | 'is_deleted'>,
): ChangeRow {
  const isDeleted = row.is_deleted !== 0;
  return {
    kind: row.kind as RecordKind,
    id: row.id,
    version: row.version,
    createdVersion: row.created_version,
    data: isDeleted ? '' : row.data,
    isDeleted,
  };
}
