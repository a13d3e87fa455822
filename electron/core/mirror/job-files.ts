// The files of one job, with what the list of them shows. (A3)

import type { Attachment, Renditions } from '../../../sync-server/protocol/entries.ts';
import type { ReadableMirror } from './database.ts';

export interface JobFile {
  readonly attachment: Attachment;
  /** When its entry came to the office; while that waits, when it was written. */
  readonly at: string;
}

/** What its tile shows beside the record. */
export interface ShownJobFile extends JobFile {
  readonly isPending: boolean;
  readonly onDevice: boolean;
  /** Made on this device. */
  readonly madeHere: Renditions | undefined;
}

interface Row {
  readonly data: string;
  readonly at: string | null;
}

const AT = `coalesce(entry.data ->> '$.arrivedAt', entry.data ->> '$.writtenAt') AS at`;

/** Newest first. One statement for all of them: a job may have thousands. */
export function filesOfJob(mirror: ReadableMirror, jobId: string): JobFile[] {
  return mirror
    .all<Row>(
      `SELECT attachment.data AS data, ${AT}
       FROM attachment LEFT JOIN entry ON entry.id = attachment.entry_id
       WHERE attachment.job_id = @jobId ORDER BY attachment.position DESC, attachment.id DESC`,
      { jobId },
    )
    .map(({ data, at }) => ({ attachment: JSON.parse(data) as Attachment, at: at ?? '' }));
}

interface ShownRow extends Row {
  readonly version: number | null;
  readonly hasBytes: number;
  readonly made: string | null;
}

/** In no order. Of those that are no longer there, nothing. */
export function shownFiles(
  mirror: ReadableMirror,
  jobId: string,
  ids: readonly string[],
): ShownJobFile[] {
  return mirror
    .all<ShownRow>(
      `SELECT attachment.data AS data, attachment.version AS version, ${AT},
         blob.id IS NOT NULL AS hasBytes, rendition.data AS made
       FROM attachment LEFT JOIN entry ON entry.id = attachment.entry_id
         LEFT JOIN blob ON blob.id = attachment.blob_id
         LEFT JOIN rendition ON rendition.blob_id = attachment.blob_id
       WHERE attachment.job_id = @jobId
         AND attachment.id IN (SELECT value FROM json_each(@ids))`,
      { jobId, ids: JSON.stringify(ids) },
    )
    .map(({ data, version, at, hasBytes, made }) => ({
      attachment: JSON.parse(data) as Attachment,
      at: at ?? '',
      isPending: version === null,
      onDevice: hasBytes === 1,
      madeHere: made === null ? undefined : (JSON.parse(made) as Renditions),
    }));
}
