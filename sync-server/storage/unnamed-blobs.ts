// Which bytes no record names any more. [B4]

import type { Kysely } from 'kysely';
import type { BlobId } from '../protocol/ids.ts';
import { deleteBlob, selectBlobIds, selectRecordsAfter } from './blob-queries.ts';
import { selectHead } from './queries.ts';
import type { UnnamedBlob, UnnamedBlobs, UnnamedQuery } from './storage.ts';
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
  { workspaceId, claimedBefore, removedClaimedBefore }: UnnamedQuery,
): Promise<UnnamedBlobs> {
  const throughVersion = (await selectHead(database, workspaceId))?.version ?? 0;
  const { named, removed } = await namesAfter(database, workspaceId, 0);
  const blobs = (await selectBlobIds(database, workspaceId)).flatMap((row): UnnamedBlob[] => {
    const blobId = row.blob_id as BlobId;
    const before = removed.has(blobId) ? removedClaimedBefore : claimedBefore;
    return named.has(blobId) || row.claimed_at >= before ? [] : [{ blobId, claimedBefore: before }];
  });
  return { workspaceId, throughVersion, blobs };
}

/** Looks once more, at what was written since, in the transaction that deletes: no push can come in between. */
export async function deleteUnnamedBlob(
  database: Database,
  { workspaceId, throughVersion }: Omit<UnnamedBlobs, 'blobs'>,
  { blobId, claimedBefore }: UnnamedBlob,
): Promise<boolean> {
  const { named } = await namesAfter(database, workspaceId, throughVersion);
  return !named.has(blobId) && deleteBlob(database, { workspaceId, blobId }, claimedBefore);
}

async function namesAfter(database: Database, workspaceId: string, version: number) {
  const named = new Set<string>();
  const removed = new Set<string>();
  let place = { afterVersion: version, afterId: '\uffff' };
  for (;;) {
    const rows = await selectRecordsAfter(database, { workspaceId, ...place, limit: PAGE_ROWS });
    for (const { data } of rows) {
      const hashes = data.match(HASH) ?? [];
      const into = hashes.length > 0 && isRedacted(data) ? removed : named;
      for (const hash of hashes) into.add(hash);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return { named, removed };
    place = { afterVersion: last.version, afterId: last.id };
  }
}

/** A file that was removed for good keeps its record, and no right to its bytes. (C10) */
function isRedacted(data: string): boolean {
  return (JSON.parse(data) as { redacted?: unknown }).redacted !== undefined;
}
