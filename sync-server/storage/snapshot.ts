// An office as a new device gets it: what the screen needs first, then newest activity first. [L2]

import type { Kysely } from 'kysely';
import { readMarkId } from '../protocol/records.ts';
import { changeOf } from './record-row.ts';
import type { SnapshotPage, SnapshotPlace, SnapshotQuery } from './pages.ts';
import type { Tables } from './tables.ts';

type Database = Kysely<Tables>;

const COLUMNS = ['kind', 'id', 'version', 'created_version', 'is_deleted', 'data'] as const;
const FRAME = ['workspace', 'member', 'pipeline'];
const REST = ['customer', 'read_mark'];
/**
 * The feed is everything that comes in no other phase. Saying it so keeps the planner on the index of versions, which reads
 * a page in order; by kind it would sort all that is left of the feed for each page.
 */
const BEFORE_AND_AFTER_FEED = [...FRAME, 'job', ...REST];
const NEXT_PHASE = { frame: 'jobs', jobs: 'feed', feed: 'rest', rest: undefined } as const;

/** Answers with rows until the page is full; a phase that ends early is followed by the next one on the same page. */
export async function selectSnapshotPage(
  database: Database,
  query: SnapshotQuery,
): Promise<SnapshotPage> {
  const rows: SnapshotRow[] = [];
  let place: SnapshotPlace | undefined = query.place;
  while (place !== undefined && rows.length < query.limitRows) {
    const part = await selectPart(database, { ...query, place }, query.limitRows - rows.length);
    rows.push(...part.rows);
    place = part.next;
  }
  return { rows: rows.map(changeOf), next: place };
}

type SnapshotRow = Parameters<typeof changeOf>[0];

async function selectPart(database: Database, query: SnapshotQuery, limit: number) {
  const { phase, after } = query.place;
  const next = (rows: readonly SnapshotRow[]): SnapshotPlace | undefined => {
    const last = rows.at(-1);
    if (rows.length === limit && last !== undefined)
      return { phase, after: { version: last.version, id: last.id } };
    const following = NEXT_PHASE[phase];
    return following === undefined ? undefined : { phase: following };
  };
  switch (phase) {
    case 'frame': {
      // Few, and everything else refers to them: they come together, whatever the limit.
      const rows = await readable(database, query)
        .select(COLUMNS)
        .where('kind', 'in', FRAME)
        .execute();
      return { rows, next: { phase: 'jobs' } as const };
    }
    case 'jobs': {
      const jobs = await newestFirst(database, query, after, limit)
        .where('kind', '=', 'job')
        .execute();
      return { rows: [...jobs, ...(await besideJobs(database, query, jobs))], next: next(jobs) };
    }
    case 'feed': {
      const rows = await newestFirst(database, query, after, limit)
        .where('kind', 'not in', BEFORE_AND_AFTER_FEED)
        .execute();
      return { rows, next: next(rows) };
    }
    case 'rest': {
      const rows = await newestFirst(database, query, after, limit)
        .where('kind', 'in', REST)
        .execute();
      return { rows: await withoutSent(database, query, rows), next: next(rows) };
    }
  }
}

function newestFirst(
  database: Database,
  query: SnapshotQuery,
  after: SnapshotPlace['after'],
  limit: number,
) {
  return readable(database, query)
    .select(COLUMNS)
    .$if(after !== undefined, (rows) =>
      // The first condition says nothing new: it is the one an index can use.
      rows
        .where('version', '<=', after?.version ?? 0)
        .where((row) =>
          row.or([row('version', '<', after?.version ?? 0), row('id', '<', after?.id ?? '')]),
        ),
    )
    .orderBy('version', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
}

/** A job is of no use without its customer's name, and unread marks would be wrong without the member's own. */
async function besideJobs(
  database: Database,
  query: SnapshotQuery,
  jobs: readonly SnapshotRow[],
): Promise<SnapshotRow[]> {
  if (jobs.length === 0) return [];
  const customerIds = new Set(
    jobs.map(({ data }) => (JSON.parse(data) as { customerId: string }).customerId),
  );
  const customers = readable(database, query)
    .select(COLUMNS)
    .where('kind', '=', 'customer')
    .where('id', 'in', [...customerIds]);
  const marks = readable(database, query)
    .select(COLUMNS)
    .where('kind', '=', 'read_mark')
    .where(
      'id',
      'in',
      jobs.map(({ id }) => readMarkId(query.memberId, id)),
    );
  return [...(await customers.execute()), ...(await marks.execute())];
}

/** Leaves out what came beside a job; a job that changed since has not come, and brings nothing along. */
async function withoutSent(
  database: Database,
  query: SnapshotQuery,
  rows: readonly SnapshotRow[],
): Promise<SnapshotRow[]> {
  if (rows.length === 0) return [];
  const sentJobs = await readable(database, query)
    .select(['id', 'customer_id'])
    .where('kind', '=', 'job')
    .where((job) =>
      job.or([
        job(
          'customer_id',
          'in',
          rows.map(({ id }) => id),
        ),
        job(
          'id',
          'in',
          rows.map(({ id }) => id.split(':').at(-1) ?? ''),
        ),
      ]),
    )
    .execute();
  const sent = new Set([
    ...sentJobs.map(({ customer_id }) => customer_id),
    ...sentJobs.map(({ id }) => readMarkId(query.memberId, id)),
  ]);
  return rows.filter(({ id }) => !sent.has(id));
}

function readable(
  database: Database,
  of: Pick<SnapshotQuery, 'workspaceId' | 'memberId' | 'atVersion'>,
) {
  return database
    .selectFrom('record')
    .where('workspace_id', '=', of.workspaceId)
    .where('version', '<=', of.atVersion)
    .where('is_deleted', '=', 0)
    .where((row) =>
      row.or([row('owner_member_id', 'is', null), row('owner_member_id', '=', of.memberId)]),
    );
}
