// The statements on who may come in: devices, links, sessions, one function each.

import type { Kysely } from 'kysely';
import type { DeviceTable, Tables } from './tables.ts';

type Database = Kysely<Tables>;

const DEVICE = [
  'token_hash',
  'workspace_id',
  'member_id',
  'client_id',
  'name',
  'created_at',
  'expires_at',
  'revoked_at',
] as const;

export async function insertSignIn(
  database: Database,
  row: { workspace_id: string; member_id: string; email: string; password_hash: string },
): Promise<void> {
  await database.insertInto('sign_in').values(row).execute();
}

export function selectSignIn(database: Database, email: string) {
  return database
    .selectFrom('sign_in')
    .select(['member_id', 'workspace_id', 'email', 'password_hash'])
    .where('email', '=', email)
    .executeTakeFirst();
}

export async function insertDevice(database: Database, row: DeviceTable): Promise<void> {
  await database.insertInto('device').values(row).execute();
}

export function selectDevice(database: Database, tokenHash: string) {
  return database
    .selectFrom('device')
    .select(DEVICE)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
}

/** The first sign-out of a device counts. */
export async function endDevice(
  database: Database,
  tokenHash: string,
  revokedAt: string,
): Promise<void> {
  await database
    .updateTable('device')
    .set({ revoked_at: revokedAt })
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .execute();
}

/** A hash that is taken keeps its link: no two tokens are alike by chance, and who copies a hash still has no token. */
export async function insertLinkKey(
  database: Database,
  row: { token_hash: string; workspace_id: string; link_id: string },
): Promise<void> {
  await database
    .insertInto('portal_link_key')
    .values(row)
    .onConflict((conflict) => conflict.column('token_hash').doNothing())
    .execute();
}

/** With the link's record. */
export function selectLinkByKey(database: Database, tokenHash: string) {
  return database
    .selectFrom('portal_link_key')
    .innerJoin('record', (join) =>
      join
        .onRef('record.workspace_id', '=', 'portal_link_key.workspace_id')
        .onRef('record.id', '=', 'portal_link_key.link_id')
        .on('record.kind', '=', 'portal_link')
        .on('record.is_deleted', '=', 0),
    )
    .select(['record.workspace_id', 'record.data', 'record.version', 'record.created_version'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
}

export async function endSessionsOfCustomer(
  database: Database,
  of: { workspaceId: string; customerId: string; endedAt: string },
): Promise<void> {
  await database
    .updateTable('customer_session')
    .set({ ended_at: of.endedAt })
    .where('workspace_id', '=', of.workspaceId)
    .where('customer_id', '=', of.customerId)
    .where('ended_at', 'is', null)
    .execute();
}

interface Brought {
  readonly workspaceId: string;
  readonly customerId: string;
  readonly blobId: string;
}

export async function insertBroughtBlob(
  database: Database,
  { workspaceId, customerId, blobId }: Brought,
  at: string,
): Promise<void> {
  await database
    .insertInto('brought_blob')
    .values({
      workspace_id: workspaceId,
      customer_id: customerId,
      blob_id: blobId,
      brought_at: at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'customer_id', 'blob_id'])
        .doUpdateSet((row) => ({ brought_at: row.ref('excluded.brought_at') })),
    )
    .execute();
}

export function selectBroughtBlob(
  database: Database,
  { workspaceId, customerId, blobId }: Brought,
) {
  return database
    .selectFrom('brought_blob')
    .innerJoin('blob', (join) =>
      join
        .onRef('blob.workspace_id', '=', 'brought_blob.workspace_id')
        .onRef('blob.blob_id', '=', 'brought_blob.blob_id'),
    )
    .select(['blob.size_bytes', 'blob.media_type'])
    .where('brought_blob.workspace_id', '=', workspaceId)
    .where('brought_blob.customer_id', '=', customerId)
    .where('brought_blob.blob_id', '=', blobId)
    .executeTakeFirst();
}
