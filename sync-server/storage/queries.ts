// The statements on records, one function each, the same for every dialect. Every one of them names the workspace. (J2)

import type { Kysely } from 'kysely';
import type { ChangeWatch } from './change-watch.ts';
import type { Turns } from './keyed-lock.ts';
import type { News, OtherProcesses } from './other-processes.ts';
import type { RecordTable, SettledMutationTable, Tables } from './tables.ts';

/** What a dialect does in its own way. */
export interface Dialect {
  /**
   * Whether several write at once, so that a batch locks its office first and statements lock what they choose from; SQLite
   * has one writer at a time anyway.
   */
  readonly locksRows: boolean;
  /** Called after a commit that removed something for good: nothing of it may be left in the database's files. (C10) */
  wipeTraces(): void;
  /** Knows of every change of the database, whichever process made it. */
  readonly changes: ChangeWatch;
  /** Hears of all that was committed until now; left out where `changes` asks by itself. */
  readonly catchUp?: () => Promise<void>;
  /** Left out where one process has the database to itself. */
  readonly others?: ToldInCommits;
  /** Among this process's own unless told otherwise. */
  readonly turns?: Turns;
  /** Whether the transaction came to nothing only because of another one at the same time. */
  readonly isWorthAnotherTry?: (error: unknown) => boolean;
}

export interface ToldInCommits extends OtherProcesses {
  /** Told when the transaction commits, and not at all where it does not. */
  tellWith(transaction: Kysely<Tables>, news: readonly News[]): Promise<void>;
  /** Calls back after a time in which something may have been missed. */
  onGap(listener: () => void): void;
}

type Database = Kysely<Tables>;
interface Key {
  readonly workspaceId: string;
  readonly kind: string;
  readonly id: string;
}

const STORED = ['version', 'created_version', 'data'] as const;
const CHANGE = ['kind', 'id', 'version', 'created_version', 'is_deleted', 'data'] as const;
/** SQLite takes 32,766 parameters in one statement, PostgreSQL 65,535; a record row has eleven. */
const ROWS_PER_INSERT = 500;

export function selectEpoch(database: Database) {
  return database.selectFrom('server').select('epoch').executeTakeFirst();
}

export async function insertEpoch(database: Database, epoch: string): Promise<void> {
  await database.insertInto('server').values({ epoch }).execute();
}

export async function updateEpoch(database: Database, epoch: string): Promise<void> {
  await database.updateTable('server').set({ epoch }).execute();
}

export async function liftVersions(database: Database, above: number): Promise<void> {
  await database
    .updateTable('workspace')
    .set({ version: above })
    .where('version', '<', above)
    .execute();
}

export function selectHead(database: Database, workspaceId: string) {
  return database
    .selectFrom('workspace')
    .select('version')
    .where('id', '=', workspaceId)
    .executeTakeFirst();
}

export function selectHeads(database: Database) {
  return database.selectFrom('workspace').select(['id', 'version']).execute();
}

export function selectWorkspaceIds(database: Database) {
  return database.selectFrom('workspace').select('id').orderBy('id').execute();
}

/**
 * The first lock of a batch, where rows are locked at all: until its end nobody else writes records of the office, so what a
 * mutator asked for stands, also where it found nothing, and commit order is version order. Rows that only refer to the
 * office wait for nobody. [O1, P1]
 */
export async function lockOffice(database: Database, workspaceId: string): Promise<void> {
  await database
    .selectFrom('workspace')
    .select('id')
    .where('id', '=', workspaceId)
    .forNoKeyUpdate()
    .execute();
}

/** Whoever moves it has the office locked and commits next, so commit order is version order. [O1] */
export async function bumpVersion(
  database: Database,
  workspaceId: string,
  steps: number,
): Promise<number> {
  const { version } = await database
    .updateTable('workspace')
    .set((row) => ({ version: row('version', '+', steps) }))
    .where('id', '=', workspaceId)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
}

export function selectRecord(database: Database, { workspaceId, kind, id }: Key) {
  return database
    .selectFrom('record')
    .select(STORED)
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .where('is_deleted', '=', 0)
    .executeTakeFirst();
}

/** Tombstones, too: nothing may be put in their place. [O2] */
export function selectRecordsForChange(
  database: Database,
  of: { readonly workspaceId: string; readonly kind: string; readonly ids: readonly string[] },
) {
  return database
    .selectFrom('record')
    .select([...STORED, 'id', 'owner_member_id', 'is_deleted'])
    .where('workspace_id', '=', of.workspaceId)
    .where('kind', '=', of.kind)
    .where('id', 'in', of.ids)
    .orderBy('id')
    .execute();
}

export function selectRecordsOfKind(database: Database, workspaceId: string, kind: string) {
  return database
    .selectFrom('record')
    .select(STORED)
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('is_deleted', '=', 0)
    .orderBy('created_version')
    .orderBy('id')
    .execute();
}

export function selectIdsOfKind(database: Database, workspaceId: string, kind: string) {
  return database
    .selectFrom('record')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('is_deleted', '=', 0)
    .orderBy('id')
    .execute();
}

/** Of one member, or of all where the owner is null. [V3] */
export function selectIdsOfOwner(
  database: Database,
  workspaceId: string,
  { kind, ownerId }: { readonly kind: string; readonly ownerId: string | null },
) {
  return database
    .selectFrom('record')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('is_deleted', '=', 0)
    .where('owner_member_id', ownerId === null ? 'is' : '=', ownerId)
    .execute();
}

/** Looks through every job: asked when a member leaves, which is rare. */
export function selectJobsAssignedTo(database: Database, workspaceId: string, memberId: string) {
  return database
    .selectFrom('record')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'job')
    .where('is_deleted', '=', 0)
    .where('data', 'like', `%"assigneeId":"${memberId}"%`)
    .orderBy('id')
    .execute();
}

export function selectRecordsOfJob(
  database: Database,
  of: { workspaceId: string; kind: string; jobId: string; audience: string | undefined },
) {
  const { audience } = of;
  return database
    .selectFrom('record')
    .select(STORED)
    .where('workspace_id', '=', of.workspaceId)
    .where('job_id', '=', of.jobId)
    .where('kind', '=', of.kind)
    .where('is_deleted', '=', 0)
    .$if(audience !== undefined, (query) => query.where('audience', '=', audience ?? null))
    .orderBy('created_version')
    .orderBy('id')
    .execute();
}

export function selectVisibleFile(
  database: Database,
  of: { workspaceId: string; jobIds: readonly string[]; attachmentId: string },
) {
  return (
    database
      .selectFrom('record')
      .select(STORED)
      .where('workspace_id', '=', of.workspaceId)
      .where('kind', '=', 'attachment')
      .where('id', '=', of.attachmentId)
      // Not every dialect takes an empty list; no job has an empty id.
      .where('job_id', 'in', ['', ...of.jobIds])
      .where('audience', '=', 'visible')
      .where('is_deleted', '=', 0)
      .executeTakeFirst()
  );
}

/** Newest first. Readers have the office locked, so nobody adds to it meanwhile. [P6] */
export function selectEntriesAfter(
  database: Database,
  of: { workspaceId: string; jobId: string; afterVersion: number },
) {
  return database
    .selectFrom('record')
    .select(STORED)
    .where('workspace_id', '=', of.workspaceId)
    .where('job_id', '=', of.jobId)
    .where('kind', '=', 'entry')
    .where('created_version', '>', of.afterVersion)
    .where('is_deleted', '=', 0)
    .orderBy('created_version', 'desc')
    .execute();
}

/** Of a job all that is for its customer, taken back or not, and what says that a file is internal again. */
export function selectVisibleOnJob(database: Database, workspaceId: string, jobId: string) {
  return database
    .selectFrom('record')
    .select(STORED)
    .where('workspace_id', '=', workspaceId)
    .where('job_id', '=', jobId)
    .where('kind', 'in', ['entry', 'attachment'])
    .where((row) =>
      row.or([row('audience', '=', 'visible'), row('data', 'like', '%"change":"made_internal"%')]),
    )
    .where('is_deleted', '=', 0)
    .execute();
}

export function selectLinksOfCustomer(
  database: Database,
  of: { workspaceId: string; customerId: string },
) {
  return database
    .selectFrom('record')
    .select(['id', ...STORED])
    .where('workspace_id', '=', of.workspaceId)
    .where('customer_id', '=', of.customerId)
    .where('kind', '=', 'portal_link')
    .where('is_deleted', '=', 0)
    .execute();
}

export function selectJobsOfCustomer(database: Database, workspaceId: string, customerId: string) {
  return database
    .selectFrom('record')
    .select(STORED)
    .where('workspace_id', '=', workspaceId)
    .where('customer_id', '=', customerId)
    .where('kind', '=', 'job')
    .where('is_deleted', '=', 0)
    .orderBy('created_version')
    .orderBy('id')
    .execute();
}

/** Rows a member may have, after `after` and up to `upTo` (both versions), in version order. [L1, V3] */
export function selectChanges(
  database: Database,
  of: { workspaceId: string; memberId: string; after: number; upTo: number; limit: number },
) {
  return database
    .selectFrom('record')
    .select(CHANGE)
    .where('workspace_id', '=', of.workspaceId)
    .where('version', '>', of.after)
    .where('version', '<=', of.upTo)
    .where((row) =>
      row.or([row('owner_member_id', 'is', null), row('owner_member_id', '=', of.memberId)]),
    )
    .orderBy('version')
    .orderBy('kind')
    .orderBy('id')
    .limit(of.limit)
    .execute();
}

/** A record keeps the version it was born at. (B5) */
export async function upsertRecords(
  database: Database,
  rows: readonly RecordTable[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT)
    await database
      .insertInto('record')
      .values(rows.slice(start, start + ROWS_PER_INSERT))
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'kind', 'id']).doUpdateSet((row) => ({
          version: row.ref('excluded.version'),
          job_id: row.ref('excluded.job_id'),
          customer_id: row.ref('excluded.customer_id'),
          owner_member_id: row.ref('excluded.owner_member_id'),
          audience: row.ref('excluded.audience'),
          is_deleted: row.ref('excluded.is_deleted'),
          data: row.ref('excluded.data'),
        })),
      )
      .execute();
}

export function selectSettled(database: Database, workspaceId: string, ids: readonly string[]) {
  return database
    .selectFrom('settled_mutation')
    .select(['id', 'actor_key', 'outcome'])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', ids)
    .execute();
}

export async function insertSettled(
  database: Database,
  rows: readonly SettledMutationTable[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT)
    await database
      .insertInto('settled_mutation')
      .values(rows.slice(start, start + ROWS_PER_INSERT))
      .execute();
}

export function selectReferences(database: Database, workspaceId: string) {
  return database
    .selectFrom('reference_counter')
    .select(['prefix', 'next'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
}

export async function updateReferences(
  database: Database,
  workspaceId: string,
  next: number,
): Promise<void> {
  await database
    .updateTable('reference_counter')
    .set({ next })
    .where('workspace_id', '=', workspaceId)
    .execute();
}

export async function insertWorkspace(
  database: Database,
  start: { id: string; version: number; prefix: string; next: number },
): Promise<void> {
  await database
    .insertInto('workspace')
    .values({ id: start.id, version: start.version, horizon: 0 })
    .execute();
  await database
    .insertInto('reference_counter')
    .values({ workspace_id: start.id, prefix: start.prefix, next: start.next })
    .execute();
}
