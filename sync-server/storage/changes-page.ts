import type { Kysely } from 'kysely';
import { selectHorizon } from './deletions.ts';
import { selectDigest } from './digests.ts';
import type { ChangesPage, ChangesQuery } from './pages.ts';
import { selectChanges, selectHead } from './queries.ts';
import { changeOf } from './record-row.ts';
import type { Tables } from './tables.ts';

/** The next page of what changed for a member, up to the whole of a version; all of it is read at one moment. [L1, L3] */
export async function selectChangesPage(
  database: Kysely<Tables>,
  query: ChangesQuery,
): Promise<ChangesPage> {
  const head = (await selectHead(database, query.workspaceId))?.version ?? 0;
  const horizon = await selectHorizon(database, query.workspaceId);
  const select = (after: number, upTo: number, limit: number) =>
    selectChanges(database, { ...query, after, upTo, limit });
  const rows = await select(query.afterVersion, head, query.limitRows + 1);
  if (rows.length <= query.limitRows)
    return {
      rows: rows.map(changeOf),
      version: head,
      head,
      horizon,
      more: false,
      digest: await selectDigest(database, query.workspaceId, query.memberId),
    };
  // One row too many: what shares its version waits for the next page, unless that version alone fills this one.
  const cutVersion = rows.at(-1)?.version ?? head;
  const whole = rows.filter((row) => row.version < cutVersion);
  const page =
    whole.length > 0
      ? whole
      : await select(query.afterVersion, cutVersion, Number.MAX_SAFE_INTEGER);
  const version = page.at(-1)?.version ?? head;
  const more = version < head;
  const digest = more ? undefined : await selectDigest(database, query.workspaceId, query.memberId);
  return { rows: page.map(changeOf), version, head, horizon, more, digest };
}
