// Whose bytes are: what only a member's own canned replies name is nobody else's business. (C6) [V3]

import type { Kysely } from 'kysely';
import type { BlobAsked } from './storage.ts';
import type { Tables } from './tables.ts';

type Database = Kysely<Tables>;

/** What names bytes that a desk fetches. */
const NAMING = ['attachment', 'workspace', 'canned_reply', 'scheduled_reply'];

/**
 * Asked of every download: nearly always no colleague's own names the bytes, and then no other record is looked at. Bytes that
 * nothing names are whoever's has their hash, as they were before anybody posted them.
 */
export async function isOthersOwn(
  database: Database,
  { workspaceId, memberId, blobId }: BlobAsked,
): Promise<boolean> {
  const naming = () =>
    database
      .selectFrom('record')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('is_deleted', '=', 0)
      .where('data', 'like', `%"${blobId}"%`)
      .limit(1);
  const others = await naming()
    .where('kind', '=', 'canned_reply')
    .where('owner_member_id', '!=', memberId)
    .executeTakeFirst();
  if (others === undefined) return false;
  const own = await naming()
    .where('kind', 'in', NAMING)
    .where((row) =>
      row.or([row('owner_member_id', 'is', null), row('owner_member_id', '=', memberId)]),
    )
    .executeTakeFirst();
  return own === undefined;
}
