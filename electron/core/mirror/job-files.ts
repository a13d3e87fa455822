// The files of one job, with what the list of them shows. (A3)

import type { Attachment, Author, Renditions } from '../../../sync-server/protocol/records.ts';
import type { ReadableMirror } from './database.ts';

export interface JobFile {
  readonly attachment: Attachment;
  /** When its entry came to the office; while that waits, when it was written. */
  readonly at: string;
  readonly author: Author;
  readonly isPending: boolean;
  readonly onDevice: boolean;
  /** Made on this device. */
  readonly madeHere: Renditions | undefined;
}

interface Row {
  readonly data: string;
  readonly version: number | null;
  readonly at: string | null;
  readonly hasBytes: number;
  readonly made: string | null;
}

/** Newest first. One statement for all of them: a job may have thousands. */
export function filesOfJob(mirror: ReadableMirror, jobId: string): JobFile[] {
  return mirror
    .all<Row>(
      `SELECT attachment.data AS data, attachment.version AS version,
         coalesce(entry.data ->> '$.arrivedAt', entry.data ->> '$.writtenAt') AS at,
         blob.id IS NOT NULL AS hasBytes, rendition.data AS made
       FROM attachment LEFT JOIN entry ON entry.id = attachment.entry_id
         LEFT JOIN blob ON blob.id = attachment.blob_id
         LEFT JOIN rendition ON rendition.blob_id = attachment.blob_id
       WHERE attachment.job_id = @jobId ORDER BY attachment.position DESC, attachment.id DESC`,
      { jobId },
    )
    .map(({ data, version, at, hasBytes, made }) => {
      const attachment = JSON.parse(data) as Attachment;
      return {
        attachment,
        at: at ?? '',
        author: attachment.author,
        isPending: version === null,
        onDevice: hasBytes === 1,
        madeHere: made === null ? undefined : (JSON.parse(made) as Renditions),
      };
    });
}
