// What a member has not read: entries others made after the member's read mark. One place says it, in SQL. (A2, B6, F3)

import { readMarkId } from '../../../sync-server/protocol/records.ts';
import type { ReadableMirror } from './database.ts';
import { findRow } from './records.ts';

/** Who reads, and from where on things count as new for them: what was there before they joined is not news. */
export interface Reader {
  readonly memberId: string;
  readonly joinedVersion: number;
}

export function readerOf(mirror: ReadableMirror, memberId: string): Reader {
  return { memberId, joinedVersion: findRow(mirror, 'member', memberId)?.stamp.position ?? 0 };
}

/** Bindings that `UNREAD_ENTRY` needs. */
export const readerBindings = ({ memberId, joinedVersion }: Reader) => ({
  me: memberId,
  joinedVersion,
});

/** A condition on `entry`, to be used where `read_mark` is left-joined by the entry's job. */
export const UNREAD_ENTRY = `entry.position > coalesce(read_mark.read_through_version, @joinedVersion) AND entry.author_id <> @me`;

export function readThrough(mirror: ReadableMirror, reader: Reader, jobId: string): number {
  const row = mirror.get<{ through: number }>(
    'SELECT read_through_version AS through FROM read_mark WHERE id = @id',
    { id: readMarkId(reader.memberId, jobId) },
  );
  return row?.through ?? reader.joinedVersion;
}

/** The version of the newest thing on a job that a member reads and the server has confirmed; 0 where there is none. */
export function newestConfirmed(mirror: ReadableMirror, jobId: string): number {
  const row = mirror.get<{ version: number | null }>(
    `SELECT max(version) AS version FROM (
       SELECT max(position) AS version FROM entry WHERE job_id = @jobId AND position < ${2 ** 52}
       UNION ALL SELECT max(version) FROM mail WHERE job_id = @jobId AND is_refused = 1
       UNION ALL SELECT max(edited_version) FROM entry WHERE job_id = @jobId AND edited_version IS NOT NULL
     )`,
    { jobId },
  );
  return row?.version ?? 0;
}

export function unreadJobIds(mirror: ReadableMirror, reader: Reader): string[] {
  return mirror
    .all<{ id: string }>(
      `SELECT job.id AS id FROM job LEFT JOIN read_mark ON read_mark.job_id = job.id
       WHERE EXISTS (SELECT 1 FROM entry WHERE entry.job_id = job.id AND ${UNREAD_ENTRY})`,
      readerBindings(reader),
    )
    .map(({ id }) => id);
}
