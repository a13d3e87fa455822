// The digest of each office, kept with every commit: one row for what all members share, one per member for the rest. [L5]

import type { Kysely } from 'kysely';
import { addDigests, addRow, type Digest, EMPTY_DIGEST, removeRow } from '../protocol/digest.ts';
import type { RecordKind } from '../protocol/records.ts';
import type { RecordTable, Tables } from './tables.ts';

type Database = Kysely<Tables>;

/** A row as it is written now, and the version it had before; undefined where none stood. */
export interface RowChange {
  readonly row: Pick<RecordTable, 'kind' | 'id' | 'version' | 'owner_member_id' | 'is_deleted'>;
  readonly versionBefore: number | undefined;
}

/** What all members share and what is this member's own, together. */
export async function selectDigest(
  database: Database,
  workspaceId: string,
  memberId: string,
): Promise<Digest> {
  const rows = await database
    .selectFrom('digest')
    .select(['rows', 'sum'])
    .where('workspace_id', '=', workspaceId)
    .where('owner', 'in', ['', memberId])
    .execute();
  return rows.reduce<Digest>(addDigests, EMPTY_DIGEST);
}

export async function updateDigests(
  database: Database,
  workspaceId: string,
  changes: readonly RowChange[],
): Promise<void> {
  const byOwner = Map.groupBy(changes, ({ row }) => row.owner_member_id ?? '');
  for (const [owner, ownChanges] of byOwner) {
    const before = await selectOwnDigest(database, workspaceId, owner);
    const { rows, sum } = ownChanges.reduce(changed, before);
    await database
      .insertInto('digest')
      .values({ workspace_id: workspaceId, owner, rows, sum })
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'owner']).doUpdateSet({ rows, sum }),
      )
      .execute();
  }
}

async function selectOwnDigest(
  database: Database,
  workspaceId: string,
  owner: string,
): Promise<Digest> {
  const row = await database
    .selectFrom('digest')
    .select(['rows', 'sum'])
    .where('workspace_id', '=', workspaceId)
    .where('owner', '=', owner)
    .executeTakeFirst();
  return row ?? EMPTY_DIGEST;
}

function changed(digest: Digest, { row, versionBefore }: RowChange): Digest {
  const kind = row.kind as RecordKind;
  const without =
    versionBefore === undefined
      ? digest
      : removeRow(digest, { kind, id: row.id, version: versionBefore });
  // Nobody holds a tombstone: it only says what to hold no longer. [O2]
  if (row.is_deleted !== 0) return without;
  return addRow(without, { kind, id: row.id, version: row.version });
}
