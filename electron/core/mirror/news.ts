// What rings a member's bell and is unread, job by job: what a badge counts and notices tell of. (F3, F4)

import type { Entry } from '../../../sync-server/protocol/entries.ts';
import type { JobId } from '../../../sync-server/protocol/ids.ts';
import { ringing } from './bell.ts';
import type { ReadableMirror } from './database.ts';
import { refusalNews } from './mails.ts';
import { readMeta } from './meta.ts';
import { type Reader, readerBindings, UNREAD_ENTRY } from './reading.ts';
import { heldNews } from './scheduled.ts';

export interface JobNews {
  readonly jobId: JobId;
  readonly count: number;
  /** The version of the newest of it; versions are the office's, the same on every device and in every copy. [O1] */
  readonly newest: number;
}

export function newsByJob(mirror: ReadableMirror, reader: Reader): readonly JobNews[] {
  const { from, isUnread, rangAt, bindings } = ringing(mirror, reader);
  const entries = mirror.all<JobNews>(
    `SELECT entry.job_id AS jobId, count(*) AS count, max(${rangAt}) AS newest
     ${from} AND ${isUnread} GROUP BY entry.job_id`,
    bindings,
  );
  const others = [...refusalNews(mirror, reader), ...heldNews(mirror, reader.memberId)];
  const byJob = Map.groupBy([...entries, ...others], ({ jobId }) => jobId);
  return [...byJob].map(([jobId, parts]) => ({
    jobId,
    count: parts.reduce((sum, part) => sum + part.count, 0),
    newest: Math.max(...parts.map(({ newest }) => newest)),
  }));
}

/** What rings on a job and nobody was told of, oldest first. */
export function ringingEntries(
  mirror: ReadableMirror,
  reader: Reader,
  { jobId, after }: { readonly jobId: JobId; readonly after: number },
): readonly Entry[] {
  const { from, isUnread, rangAt, bindings } = ringing(mirror, reader);
  return mirror
    .all<{ data: string }>(
      `SELECT DISTINCT entry.data AS data, ${rangAt} AS rangAt, entry.id AS id ${from} AND ${isUnread}
       AND entry.job_id = @jobId AND ${rangAt} > @after ORDER BY rangAt, id`,
      { ...bindings, jobId, after },
    )
    .map(({ data }) => JSON.parse(data) as Entry);
}

/** All that others did on a job since the member read it, whether it rings or not. */
export function countUnread(mirror: ReadableMirror, reader: Reader, jobId: JobId): number {
  const row = mirror.get<{ count: number }>(
    `SELECT count(*) AS count FROM entry LEFT JOIN read_mark ON read_mark.job_id = entry.job_id
     WHERE entry.job_id = @jobId AND ${UNREAD_ENTRY}`,
    { ...readerBindings(reader), jobId },
  );
  return row?.count ?? 0;
}

/** Whether what is here stood at some moment on the server: a copy that still comes in brings the old with the new. [L2, L3] */
export function isSettled(mirror: ReadableMirror): boolean {
  return (
    readMeta(mirror, 'first-sync-done') !== undefined &&
    readMeta(mirror, 'refilling') === undefined &&
    readMeta(mirror, 'catching-up') === undefined
  );
}
