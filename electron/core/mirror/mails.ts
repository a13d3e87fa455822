// What the mirror knows of mails to customers. (F2)

import type { JobId } from '../../../sync-server/protocol/ids.ts';
import type { Mail } from '../../../sync-server/protocol/records.ts';
import { RINGS, ringBindings } from './bell.ts';
import type { ReadableMirror } from './database.ts';
import type { Reader } from './reading.ts';

/** Oldest first. */
export function mailsOf(mirror: ReadableMirror, jobId: string): readonly Mail[] {
  return mirror
    .all<{ data: string }>('SELECT data FROM mail WHERE job_id = @jobId ORDER BY position, id', {
      jobId,
    })
    .map(({ data }) => JSON.parse(data) as Mail);
}

/** The newest mail that tells of each entry of a job. */
export function mailsByEntry(mirror: ReadableMirror, jobId: string): ReadonlyMap<string, Mail> {
  const mails = mailsOf(mirror, jobId);
  return new Map(mails.flatMap((mail) => mail.entryIds.map((id) => [id, mail] as const)));
}

/** Mails that an address refused since the member last read their job, newest first, where the job rings. (F2, F3) */
export function unreadRefusals(
  mirror: ReadableMirror,
  reader: Reader,
  of: { readonly jobId?: string; readonly limit: number },
): readonly Mail[] {
  const ofJob = of.jobId === undefined ? '' : 'AND mail.job_id = @jobId';
  return mirror
    .all<{ data: string }>(
      `SELECT mail.data AS data ${UNREAD_REFUSED} ${ofJob} ORDER BY mail.version DESC LIMIT @limit`,
      { ...ringBindings(mirror, reader), ...of },
    )
    .map(({ data }) => JSON.parse(data) as Mail);
}

export function countUnreadRefusals(mirror: ReadableMirror, reader: Reader): number {
  const row = mirror.get<{ count: number }>(
    `SELECT count(*) AS count ${UNREAD_REFUSED}`,
    ringBindings(mirror, reader),
  );
  return row?.count ?? 0;
}

/** By job: how many, and the version of the newest. */
export function refusalNews(
  mirror: ReadableMirror,
  reader: Reader,
): { readonly jobId: JobId; readonly count: number; readonly newest: number }[] {
  return mirror.all(
    `SELECT mail.job_id AS jobId, count(*) AS count, max(mail.version) AS newest ${UNREAD_REFUSED}
     GROUP BY mail.job_id`,
    ringBindings(mirror, reader),
  );
}

const UNREAD_REFUSED = `FROM mail
  JOIN job ON job.id = mail.job_id
  LEFT JOIN read_mark ON read_mark.job_id = mail.job_id
  LEFT JOIN follow ON follow.job_id = mail.job_id
  WHERE mail.is_refused = 1 AND ${RINGS}
    AND mail.version > coalesce(read_mark.read_through_version, @joinedVersion)`;
