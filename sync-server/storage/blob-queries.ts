// The statements on what bytes are held, and on who names them.

import type { Kysely } from 'kysely';
import type { BlobRow } from './storage.ts';
import type { Tables } from './tables.ts';

type Database = Kysely<Tables>;
interface Key {
  readonly workspaceId: string;
  readonly blobId: string;
}

export async function insertBlob(
  database: Database,
  workspaceId: string,
  { blobId, sizeBytes, mediaType }: BlobRow,
  claimedAt: string,
): Promise<void> {
  await database
    .insertInto('blob')
    .values({
      workspace_id: workspaceId,
      blob_id: blobId,
      size_bytes: sizeBytes,
      media_type: mediaType,
      claimed_at: claimedAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'blob_id']).doUpdateSet({ claimed_at: claimedAt }),
    )
    .execute();
}

export function selectBlob(database: Database, { workspaceId, blobId }: Key) {
  return database
    .selectFrom('blob')
    .select(['blob_id', 'size_bytes', 'media_type'])
    .where('workspace_id', '=', workspaceId)
    .where('blob_id', '=', blobId)
    .executeTakeFirst();
}

export async function updateClaim(database: Database, key: Key, claimedAt: string): Promise<void> {
  await database
    .updateTable('blob')
    .set({ claimed_at: claimedAt })
    .where('workspace_id', '=', key.workspaceId)
    .where('blob_id', '=', key.blobId)
    .execute();
}

export function selectUnclaimedBlobs(
  database: Database,
  workspaceId: string,
  claimedBefore: string,
) {
  return database
    .selectFrom('blob')
    .select('blob_id')
    .where('workspace_id', '=', workspaceId)
    .where('claimed_at', '<', claimedBefore)
    .execute();
}

/** Answers whether there was such a row. */
export async function deleteBlob(
  database: Database,
  key: Key,
  claimedBefore: string,
): Promise<boolean> {
  const row = await database
    .deleteFrom('blob')
    .where('workspace_id', '=', key.workspaceId)
    .where('blob_id', '=', key.blobId)
    .where('claimed_at', '<', claimedBefore)
    .executeTakeFirst();
  return row.numDeletedRows > 0n;
}

/** Records as they lie there, so many after a version: whoever looks for names in them looks into every one. */
export function selectRecordsAfter(
  database: Database,
  page: { workspaceId: string; afterVersion: number; afterId: string; limit: number },
) {
  return database
    .selectFrom('record')
    .select(['id', 'version', 'data'])
    .where('workspace_id', '=', page.workspaceId)
    .where('is_deleted', '=', 0)
    .where('version', '>=', page.afterVersion)
    .where((where) =>
      where.or([
        where('version', '>', page.afterVersion),
        where.and([where('version', '=', page.afterVersion), where('id', '>', page.afterId)]),
      ]),
    )
    .orderBy('version')
    .orderBy('id')
    .limit(page.limit)
    .execute();
}

export function selectCleanedBlob(database: Database, { workspaceId, blobId }: Key) {
  return database
    .selectFrom('cleaned_blob')
    .select(['cleaned_id', 'by_version'])
    .where('workspace_id', '=', workspaceId)
    .where('blob_id', '=', blobId)
    .executeTakeFirst();
}

export async function upsertCleanedBlob(
  database: Database,
  { workspaceId, blobId }: Key,
  { cleanedId, byVersion }: { readonly cleanedId: string | null; readonly byVersion: number },
): Promise<void> {
  const found = { cleaned_id: cleanedId, by_version: byVersion };
  await database
    .insertInto('cleaned_blob')
    .values({ workspace_id: workspaceId, blob_id: blobId, ...found })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'blob_id']).doUpdateSet(found))
    .execute();
}

export async function deleteCleanedBlob(
  database: Database,
  { workspaceId, blobId }: Key,
): Promise<string | null | undefined> {
  const row = await database
    .deleteFrom('cleaned_blob')
    .where('workspace_id', '=', workspaceId)
    .where('blob_id', '=', blobId)
    .returning('cleaned_id')
    .executeTakeFirst();
  return row?.cleaned_id;
}
