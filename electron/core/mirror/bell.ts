// The bell is derived, not stored: what customers did, against the member's read marks. So it rings once for each thing,
// and what is read on one device is read on all. (F3)

import type { ReadableMirror } from './database.ts';
import { type Reader, readerBindings, UNREAD_ENTRY } from './reading.ts';

export interface BellRow {
  readonly jobId: string;
  readonly latestEntryId: string;
  readonly latestPosition: number;
  readonly unreadCount: number;
}

const FROM = `FROM entry LEFT JOIN read_mark ON read_mark.job_id = entry.job_id WHERE entry.from_customer = 1`;

export function countBell(mirror: ReadableMirror, reader: Reader): number {
  const row = mirror.get<{ count: number }>(
    `SELECT count(*) AS count ${FROM} AND ${UNREAD_ENTRY}`,
    readerBindings(reader),
  );
  return row?.count ?? 0;
}

/** Jobs customers wrote on, unread ones first, then newest first. */
export function bellJobs(mirror: ReadableMirror, reader: Reader, limit: number): BellRow[] {
  return mirror.all<BellRow>(
    `SELECT entry.job_id AS jobId, entry.id AS latestEntryId, max(entry.position) AS latestPosition,
       sum(CASE WHEN ${UNREAD_ENTRY} THEN 1 ELSE 0 END) AS unreadCount
     ${FROM} GROUP BY entry.job_id
     ORDER BY unreadCount > 0 DESC, latestPosition DESC LIMIT @limit`,
    { ...readerBindings(reader), limit },
  );
}
