// What is left of records that were deleted: a tombstone each, without words, until nobody can need it any more. [O2, L3]

import type { Kysely } from 'kysely';
import type { DeletionTable, RecordTable, Tables } from './tables.ts';

type Database = Kysely<Tables>;
interface Owner {
  readonly workspaceId: string;
  readonly customerId: string;
}

const BELONGING = [
  'kind',
  'id',
  'version',
  'created_version',
  'owner_member_id',
  'data',
] as const satisfies readonly (keyof RecordTable)[];
export type BelongingRow = Pick<RecordTable, (typeof BELONGING)[number]>;

const KEYS_AT_ONCE = 500;

/** The customer, their jobs and all that is on those, links, mails and visits. */
export async function selectBelongings(
  database: Database,
  { workspaceId, customerId }: Owner,
): Promise<BelongingRow[]> {
  const standing = () =>
    database
      .selectFrom('record')
      .select(BELONGING)
      .where('workspace_id', '=', workspaceId)
      .where('is_deleted', '=', 0);
  const itself = await standing()
    .where('kind', '=', 'customer')
    .where('id', '=', customerId)
    .execute();
  const own = await standing().where('customer_id', '=', customerId).execute();
  const onJobs = await standing()
    .where('job_id', 'in', (record) =>
      record
        .selectFrom('record as job')
        .select('job.id')
        .where('job.workspace_id', '=', workspaceId)
        .where('job.customer_id', '=', customerId)
        .where('job.kind', '=', 'job')
        .where('job.is_deleted', '=', 0),
    )
    .execute();
  const rows = new Map<string, BelongingRow>();
  for (const row of [...itself, ...own, ...onJobs]) rows.set(`${row.kind}/${row.id}`, row);
  return [...rows.values()];
}

export function selectStanding(
  database: Database,
  { workspaceId, kind, id }: { workspaceId: string; kind: string; id: string },
): Promise<BelongingRow | undefined> {
  return database
    .selectFrom('record')
    .select(BELONGING)
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .where('is_deleted', '=', 0)
    .executeTakeFirst();
}

/** Ids say who is gone and to whom it was visible; nothing else of the record is left. */
export function tombstoneOf(
  workspaceId: string,
  row: Pick<RecordTable, 'kind' | 'id' | 'created_version' | 'owner_member_id'>,
  version: number,
): RecordTable {
  return {
    workspace_id: workspaceId,
    kind: row.kind,
    id: row.id,
    version,
    created_version: row.created_version,
    job_id: null,
    customer_id: null,
    owner_member_id: row.owner_member_id,
    audience: null,
    is_deleted: 1,
    data: '',
  };
}

export async function insertDeletion(database: Database, row: DeletionTable): Promise<void> {
  await database.insertInto('deletion').values(row).execute();
}

export function selectDeletion(database: Database, workspaceId: string, version: number) {
  return database
    .selectFrom('deletion')
    .select('member_id')
    .where('workspace_id', '=', workspaceId)
    .where('version', '=', version)
    .executeTakeFirst();
}

export async function selectHorizon(database: Database, workspaceId: string): Promise<number> {
  const row = await database
    .selectFrom('workspace')
    .select('horizon')
    .where('id', '=', workspaceId)
    .executeTakeFirst();
  return row?.horizon ?? 0;
}

/**
 * Forgets some tombstones of the oldest deletion. The horizon rises with the first of them, so that whoever is killed in
 * between has told nobody of a history with holes. Run in a transaction.
 */
export async function collectTombstones(
  database: Database,
  deletedBefore: string,
  limitRows: number,
): Promise<number> {
  const oldest = await database
    .selectFrom('deletion')
    .select(['workspace_id', 'version'])
    .where('deleted_at', '<', deletedBefore)
    .orderBy('workspace_id')
    .orderBy('version')
    .executeTakeFirst();
  if (oldest === undefined) return 0;
  const { workspace_id, version } = oldest;
  // Also where it has risen already: of two processes at it the second waits here, and then sees what the first has left.
  await database
    .updateTable('workspace')
    .set((row) => ({
      horizon: row
        .case()
        .when('horizon', '<', version)
        .then(version)
        .else(row.ref('horizon'))
        .end(),
    }))
    .where('id', '=', workspace_id)
    .execute();
  const { numDeletedRows } = await database
    .deleteFrom('record')
    .where('workspace_id', '=', workspace_id)
    .where((record) =>
      record(
        record.refTuple('kind', 'id'),
        'in',
        record
          .selectFrom('record')
          .select(['kind', 'id'])
          .where('workspace_id', '=', workspace_id)
          .where('version', '=', version)
          .where('is_deleted', '=', 1)
          .limit(limitRows)
          .$asTuple('kind', 'id'),
      ),
    )
    .executeTakeFirst();
  const count = Number(numDeletedRows);
  if (count < limitRows)
    await database
      .deleteFrom('deletion')
      .where('workspace_id', '=', workspace_id)
      .where('version', '=', version)
      .execute();
  return Math.max(count, 1);
}

/** What the door and the mails know of a customer beside the records. */
export async function forgetCustomer(
  database: Database,
  { workspaceId, customerId }: Owner,
): Promise<void> {
  for (const table of [
    'customer_session',
    'customer_email',
    'queued_mail',
    'mail_link',
    'brought_blob',
    'customer_day',
  ] as const)
    await database
      .deleteFrom(table)
      .where('workspace_id', '=', workspaceId)
      .where('customer_id', '=', customerId)
      .execute();
}

export async function deleteLinkKeys(
  database: Database,
  workspaceId: string,
  linkIds: readonly string[],
): Promise<void> {
  for (let start = 0; start < linkIds.length; start += KEYS_AT_ONCE)
    await database
      .deleteFrom('portal_link_key')
      .where('workspace_id', '=', workspaceId)
      .where('link_id', 'in', linkIds.slice(start, start + KEYS_AT_ONCE))
      .execute();
}

export async function selectBroughtBlobs(
  database: Database,
  { workspaceId, customerId }: Owner,
): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('brought_blob')
    .select('blob_id')
    .where('workspace_id', '=', workspaceId)
    .where('customer_id', '=', customerId)
    .execute();
  return rows.map((row) => row.blob_id);
}

/** Answers about them may quote names and titles; asked again, whoever was refused is refused in other words. [P1] */
export async function forgetAnswers(
  database: Database,
  workspaceId: string,
  { about, outcome }: { readonly about: readonly string[]; readonly outcome: string },
): Promise<void> {
  for (let start = 0; start < about.length; start += KEYS_AT_ONCE)
    await database
      .updateTable('settled_mutation')
      .set({ outcome })
      .where('workspace_id', '=', workspaceId)
      .where('about', 'in', about.slice(start, start + KEYS_AT_ONCE))
      .execute();
}
