// Scheduled replies as the mirror has them. (C8)

import type { JobId, MemberId } from '../../../sync-server/protocol/ids.ts';
import type { ScheduledReply } from '../../../sync-server/protocol/scheduled-replies.ts';
import type { ReadableMirror } from './database.ts';

export interface StandingReply {
  readonly reply: ScheduledReply;
  readonly isPending: boolean;
}

interface Row {
  readonly data: string;
  readonly version: number | null;
}

/** What waits or is held, of the whole office or of one job: held ones first, then by their time. */
export function openReplies(mirror: ReadableMirror, jobId?: string): readonly StandingReply[] {
  const ofJob = jobId === undefined ? '' : 'AND job_id = @jobId';
  return mirror
    .all<Row>(
      `SELECT data, version FROM scheduled_reply WHERE state <> 'ended' ${ofJob}
       ORDER BY state = 'held' DESC, send_at, id`,
      jobId === undefined ? {} : { jobId },
    )
    .map(({ data, version }) => ({
      reply: JSON.parse(data) as ScheduledReply,
      isPending: version === null,
    }));
}

const HELD_FOR = `FROM scheduled_reply
  LEFT JOIN member ON member.id = scheduled_reply.data ->> '$.authorId'
  WHERE state = 'held'
    AND (scheduled_reply.data ->> '$.authorId' = @memberId
      OR member.id IS NULL OR member.data ->> '$.removed' IS NOT NULL)`;

/**
 * What was held and rings a member's bell until somebody decides: who wrote it, and where they have left the office, everybody.
 * Newest first. (F3)
 */
export function heldFor(mirror: ReadableMirror, memberId: MemberId): readonly ScheduledReply[] {
  return mirror
    .all<{ data: string }>(
      `SELECT scheduled_reply.data AS data ${HELD_FOR}
       ORDER BY scheduled_reply.data ->> '$.held.at' DESC, scheduled_reply.id`,
      { memberId },
    )
    .map(({ data }) => JSON.parse(data) as ScheduledReply);
}

/** The same by job: how many, and the version of the newest. */
export function heldNews(
  mirror: ReadableMirror,
  memberId: string,
): { readonly jobId: JobId; readonly count: number; readonly newest: number }[] {
  return mirror.all(
    `SELECT job_id AS jobId, count(*) AS count, max(coalesce(scheduled_reply.version, 0)) AS newest ${HELD_FOR}
     GROUP BY job_id`,
    { memberId },
  );
}
