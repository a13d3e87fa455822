// What the mirror knows of mails to customers. (F2)

import type { Mail } from '../../../sync-server/protocol/records.ts';
import type { ReadableMirror } from './database.ts';

/** The newest mail that tells of each entry of a job. */
export function mailsByEntry(mirror: ReadableMirror, jobId: string): ReadonlyMap<string, Mail> {
  const mails = mirror
    .all<{ data: string }>('SELECT data FROM mail WHERE job_id = @jobId ORDER BY position, id', {
      jobId,
    })
    .map(({ data }) => JSON.parse(data) as Mail);
  return new Map(mails.flatMap((mail) => mail.entryIds.map((id) => [id, mail] as const)));
}
