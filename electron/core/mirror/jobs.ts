// The job list and the counts beside it. (A2)

import type { JobListArgs } from '../api/jobs-contract.ts';
import type { Job } from '../../../sync-server/protocol/records.ts';
import type { NamedBindings, ReadableMirror } from './database.ts';
import { type Reader, readerBindings, UNREAD_ENTRY } from './reading.ts';
import { wordConditions } from './searchable.ts';

export interface JobListRow {
  readonly job: Job;
  readonly customerName: string;
  readonly unread: boolean;
  readonly waiting: boolean;
  readonly needsYou: boolean;
  readonly lastEntryId: string | null;
}

const FROM = `FROM job
  JOIN customer ON customer.id = job.customer_id
  LEFT JOIN read_mark ON read_mark.job_id = job.id`;
const OF_JOB = `outbox.job_id = job.id AND outbox.name NOT IN ('mark_read', 'set_follow')`;
const IS_UNREAD = `EXISTS (SELECT 1 FROM entry WHERE entry.job_id = job.id AND ${UNREAD_ENTRY})`;

export function countJobs(mirror: ReadableMirror, reader: Reader, args: JobListArgs): number {
  const { where, bindings } = filterOf(reader, args);
  return (
    mirror.get<{ count: number }>(`SELECT count(*) AS count ${FROM} ${where}`, bindings)?.count ?? 0
  );
}

/** Newest activity first; the id settles ties, so that pages never overlap. */
export function listJobs(mirror: ReadableMirror, reader: Reader, args: JobListArgs): JobListRow[] {
  const { where, bindings } = filterOf(reader, args);
  return mirror
    .all<{
      data: string;
      name: string;
      unread: number;
      waiting: number;
      parked: number;
      last: string | null;
    }>(
      `SELECT job.data AS data, customer.name AS name, ${IS_UNREAD} AS unread,
         EXISTS (SELECT 1 FROM outbox WHERE ${OF_JOB} AND outbox.state <> 'parked') AS waiting,
         EXISTS (SELECT 1 FROM outbox WHERE ${OF_JOB} AND outbox.state = 'parked') AS parked,
         (SELECT id FROM entry WHERE entry.job_id = job.id ORDER BY position DESC, id DESC LIMIT 1) AS last
       ${FROM} ${where}
       ORDER BY job.last_activity_at DESC, job.id DESC LIMIT @limit OFFSET @offset`,
      { ...bindings, limit: args.limit, offset: args.offset },
    )
    .map((row) => ({
      job: JSON.parse(row.data) as Job,
      customerName: row.name,
      unread: row.unread === 1,
      waiting: row.waiting === 1,
      needsYou: row.parked === 1,
      lastEntryId: row.last,
    }));
}

/** Jobs that stand in some stages of a pipeline. */
export function jobsInStages(
  mirror: ReadableMirror,
  pipelineId: string,
  stageIds: readonly string[],
): Job[] {
  return mirror
    .all<{ data: string }>(
      `SELECT data FROM job WHERE pipeline_id = @pipelineId
         AND stage_id IN (SELECT value FROM json_each(@stageIds)) ORDER BY last_activity_at DESC, id`,
      { pipelineId, stageIds: JSON.stringify(stageIds) },
    )
    .map(({ data }) => JSON.parse(data) as Job);
}

export interface JobCounts {
  readonly all: number;
  readonly mine: number;
  readonly unread: number;
  readonly byPipeline: Readonly<Record<string, number>>;
}

export function countOverview(mirror: ReadableMirror, reader: Reader): JobCounts {
  const byPipeline = mirror.all<{ id: string; count: number }>(
    'SELECT pipeline_id AS id, count(*) AS count FROM job GROUP BY pipeline_id',
  );
  const mine = mirror.get<{ count: number }>(
    'SELECT count(*) AS count FROM job WHERE assignee_id = @me',
    {
      me: reader.memberId,
    },
  );
  const unread = mirror.get<{ count: number }>(
    `SELECT count(*) AS count ${FROM} WHERE ${IS_UNREAD}`,
    readerBindings(reader),
  );
  return {
    all: byPipeline.reduce((sum, { count }) => sum + count, 0),
    mine: mine?.count ?? 0,
    unread: unread?.count ?? 0,
    byPipeline: Object.fromEntries(byPipeline.map(({ id, count }) => [id, count])),
  };
}

function filterOf(reader: Reader, args: JobListArgs): { where: string; bindings: NamedBindings } {
  const conditions: string[] = [];
  const bindings: Record<string, string | number> = { ...readerBindings(reader) };
  const { scope } = args;
  if (scope.kind === 'mine') conditions.push('job.assignee_id = @me');
  if (scope.kind === 'unread' || args.unreadOnly) conditions.push(IS_UNREAD);
  if (scope.kind === 'customer') {
    conditions.push('job.customer_id = @customerId');
    bindings['customerId'] = scope.customerId;
  }
  if (scope.kind === 'pipeline') {
    conditions.push('job.pipeline_id = @pipelineId');
    bindings['pipelineId'] = scope.pipelineId;
  }
  if (args.stageId !== null) {
    conditions.push('job.stage_id = @stageId');
    bindings['stageId'] = args.stageId;
  }
  if (args.assigneeId === 'nobody') conditions.push('job.assignee_id IS NULL');
  else if (args.assigneeId !== null) {
    conditions.push('job.assignee_id = @assigneeId');
    bindings['assigneeId'] = args.assigneeId;
  }
  const words = wordConditions('(job.search || customer.search)', args.search);
  conditions.push(...words.conditions);
  Object.assign(bindings, words.bindings);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return { where, bindings };
}

/** While a copy is on its way a job that is not here may still come. [L3] */
const IS_WHOLE = `EXISTS (SELECT 1 FROM meta WHERE key = 'first-sync-done')
  AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'refilling')`;

/** A condition on a row of the outbox: the server has said that its job is no more. */
export const OF_A_JOB_THAT_IS_GONE = `outbox.job_id IS NOT NULL AND ${IS_WHOLE}
  AND NOT EXISTS (SELECT 1 FROM job WHERE job.id = outbox.job_id)`;

export function isJobGone(mirror: ReadableMirror, jobId: string): boolean {
  return (
    mirror.get(
      `SELECT 1 AS gone WHERE ${IS_WHOLE} AND NOT EXISTS (SELECT 1 FROM job WHERE id = @jobId)`,
      {
        jobId,
      },
    ) !== undefined
  );
}
