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
  'last_seen_at',
  'ended_how',
] as const;

export async function insertSignIn(
  database: Database,
  row: { workspace_id: string; member_id: string; email: string; password_hash: string },
): Promise<void> {
  await database.insertInto('sign_in').values(row).execute();
}

/** Takes the place of the one its member had. */
export async function replaceSignIn(
  database: Database,
  row: { workspace_id: string; member_id: string; email: string; password_hash: string },
): Promise<void> {
  await deleteSignIn(database, { workspaceId: row.workspace_id, memberId: row.member_id });
  await insertSignIn(database, row);
}

export async function deleteSignIn(
  database: Database,
  of: { workspaceId: string; memberId: string },
): Promise<void> {
  await database
    .deleteFrom('sign_in')
    .where('workspace_id', '=', of.workspaceId)
    .where('member_id', '=', of.memberId)
    .execute();
}

export function selectSignInOfMember(
  database: Database,
  of: { workspaceId: string; memberId: string },
) {
  return database
    .selectFrom('sign_in')
    .select(['member_id', 'workspace_id', 'email', 'password_hash'])
    .where('workspace_id', '=', of.workspaceId)
    .where('member_id', '=', of.memberId)
    .executeTakeFirst();
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

export async function updateSeen(
  database: Database,
  tokenHash: string,
  seenAt: string,
): Promise<void> {
  await database
    .updateTable('device')
    .set({ last_seen_at: seenAt })
    .where('token_hash', '=', tokenHash)
    .execute();
}

/** Of the whole office, signed out ones too. */
export function selectDevices(database: Database, workspaceId: string) {
  return database
    .selectFrom('device')
    .select(DEVICE)
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at')
    .execute();
}

/** The devices of a member: one, all but one, or all. What was signed out before stays as it was. */
export async function endDevicesOf(
  database: Database,
  of: {
    readonly workspaceId: string;
    readonly memberId: string;
    readonly clientId?: string | undefined;
    readonly exceptClientId?: string | undefined;
    readonly endedAt: string;
    readonly how: string;
  },
): Promise<void> {
  const { clientId, exceptClientId } = of;
  await database
    .updateTable('device')
    .set({ revoked_at: of.endedAt, ended_how: of.how })
    .where('workspace_id', '=', of.workspaceId)
    .where('member_id', '=', of.memberId)
    .where('revoked_at', 'is', null)
    .$if(clientId !== undefined, (query) => query.where('client_id', '=', clientId ?? ''))
    .$if(exceptClientId !== undefined, (query) =>
      query.where('client_id', '<>', exceptClientId ?? ''),
    )
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
