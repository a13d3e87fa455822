// Which bytes no record names any more. [B4]

import type { Kysely } from 'kysely';
import type { BlobId } from '../protocol/ids.ts';
import { deleteBlob, selectRecordsAfter, selectUnclaimedBlobs } from './blob-queries.ts';
import { selectHead } from './queries.ts';
import type { UnnamedBlobs, UnnamedQuery } from './storage.ts';
import type { Tables } from './tables.ts';

type Database = Kysely<Tables>;

/** A page is short enough that a push waiting behind it does not notice. */
const PAGE_ROWS = 1000;

/**
 * Any 64 hex digits in a record count as a name, in whatever field they stand: a kind of record that is added later is
 * covered the day it is added, and a note that quotes a hash keeps a file too long, which harms nobody.
 */
const HASH = /[0-9a-f]{64}/g;

/** Reads every record of the office, page by page, without holding up anybody who writes. */
export async function findUnnamedBlobs(
  database: Database,
  { workspaceId, claimedBefore }: UnnamedQuery,
): Promise<UnnamedBlobs> {
  const throughVersion = (await selectHead(database, workspaceId))?.version ?? 0;
  const named = await namesAfter(database, workspaceId, 0);
  const rows = await selectUnclaimedBlobs(database, workspaceId, claimedBefore);
  const blobIds = rows.map((row) => row.blob_id as BlobId).filter((blobId) => !named.has(blobId));
  return { workspaceId, claimedBefore, throughVersion, blobIds };
}

/** Looks once more, at what was written since, in the transaction that deletes: no push can come in between. */
export async function deleteUnnamedBlob(
  database: Database,
  { workspaceId, claimedBefore, throughVersion }: Omit<UnnamedBlobs, 'blobIds'>,
  blobId: BlobId,
): Promise<boolean> {
  const named = await namesAfter(database, workspaceId, throughVersion);
  return !named.has(blobId) && deleteBlob(database, { workspaceId, blobId }, claimedBefore);
}

/** Of a record as it lies there. */
export function blobsNamedIn(data: string): readonly string[] {
  return data.match(HASH) ?? [];
}

async function namesAfter(
  database: Database,
  workspaceId: string,
  version: number,
): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  let place = { afterVersion: version, afterId: '\uffff' };
  for (;;) {
    const rows = await selectRecordsAfter(database, { workspaceId, ...place, limit: PAGE_ROWS });
    for (const { data } of rows) for (const id of blobsNamedIn(data)) named.add(id);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return named;
    place = { afterVersion: last.version, afterId: last.id };
  }
}
