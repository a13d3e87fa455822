// The bell is derived, not stored: what customers did, and notes that mention the member, against the member's read marks. So it
// rings once for each thing, and what is read on one device is read on all. A muted job never rings, and where only followed jobs
// ring, assigned ones count as followed; but a mention always does. (F3, C7)

import type { JobId } from '../../../sync-server/protocol/ids.ts';
import type { Follow, MemberSettings } from '../../../sync-server/protocol/records.ts';
import type { ReadableMirror } from './database.ts';
import { mentionsOf } from './mentions.ts';
import { type Reader, readerBindings, UNREAD_ENTRY } from './reading.ts';
import { findRecord } from './records.ts';

export type FollowState = Follow['state'];
export type BellScope = MemberSettings['bellScope'];

export interface BellRow {
  readonly jobId: string;
  readonly latestEntryId: string;
  readonly latestPosition: number;
  readonly unreadCount: number;
  /** Something unread mentions the member. (C7) */
  readonly mentionsMe: boolean;
  readonly follow: FollowState;
}

/** A condition to be used where `job` is joined and `follow` is left-joined by the job; `ringBindings` has what it needs. */
export const RINGS = `coalesce(follow.state, 'neither') <> 'muted'
    AND (@bellScope = 'all' OR follow.state = 'following' OR job.assignee_id = @me)`;

/** What rings, as a condition on rows of `entry`; a mention rings also where the member listens to nothing else. (C7) */
export function ringing(mirror: ReadableMirror, reader: Reader) {
  const mentions = mentionsOf(mirror, reader.memberId);
  const isCalledAnew = `is_mention = 1 AND ${mentions.anew}`;
  return {
    from: `FROM (
        SELECT entry.*, 0 AS is_mention FROM entry WHERE entry.from_customer = 1
        UNION ALL SELECT entry.*, 1 FROM entry WHERE ${mentions.sql} AND entry.author_id <> @me
      ) AS entry
      JOIN job ON job.id = entry.job_id
      LEFT JOIN read_mark ON read_mark.job_id = entry.job_id
      LEFT JOIN follow ON follow.job_id = entry.job_id
      WHERE (is_mention = 1 OR (${RINGS}))`,
    /** An edit calls the member in a note they had read without it. (C10) */
    isCalledAnew,
    isUnread: `(${UNREAD_ENTRY} OR (${isCalledAnew}))`,
    /** The version it rings from: that of the edit that calls them, or its own. */
    rangAt: `CASE WHEN ${isCalledAnew} THEN entry.edited_version ELSE entry.position END`,
    bindings: { ...ringBindings(mirror, reader), ...mentions.bindings },
  };
}

export function bellScope(mirror: ReadableMirror, memberId: string): BellScope {
  return findRecord(mirror, 'member_settings', memberId)?.bellScope ?? 'all';
}

export function followOf(mirror: ReadableMirror, jobId: string): FollowState {
  const row = mirror.get<{ state: FollowState }>('SELECT state FROM follow WHERE job_id = @jobId', {
    jobId,
  });
  return row?.state ?? 'neither';
}

export function countBell(mirror: ReadableMirror, reader: Reader): number {
  const { from, isUnread, bindings } = ringing(mirror, reader);
  const row = mirror.get<{ count: number }>(
    `SELECT count(*) AS count ${from} AND ${isUnread}`,
    bindings,
  );
  return row?.count ?? 0;
}

/** Jobs customers did something on, or a colleague mentions the member on, unread ones first, then newest first. */
export function bellJobs(mirror: ReadableMirror, reader: Reader, limit: number): BellRow[] {
  const { from, isUnread, rangAt, bindings } = ringing(mirror, reader);
  // One `max` alone: it says of which row the bare columns are.
  return mirror
    .all<Omit<BellRow, 'mentionsMe'> & { mentions: number }>(
      `SELECT entry.job_id AS jobId, entry.id AS latestEntryId, max(${rangAt}) AS latestPosition,
       sum(CASE WHEN ${isUnread} THEN 1 ELSE 0 END) AS unreadCount,
       sum(CASE WHEN ${isUnread} THEN is_mention ELSE 0 END) AS mentions,
       coalesce(follow.state, 'neither') AS follow
     ${from} GROUP BY entry.job_id
     ORDER BY unreadCount > 0 DESC, latestPosition DESC LIMIT @limit`,
      { ...bindings, limit },
    )
    .map(({ mentions, ...row }) => ({ ...row, mentionsMe: mentions > 0 }));
}

/** Jobs with something unread that rings. */
export function ringingJobIds(mirror: ReadableMirror, reader: Reader): JobId[] {
  const { from, isUnread, bindings } = ringing(mirror, reader);
  return mirror
    .all<{ id: JobId }>(`SELECT DISTINCT entry.job_id AS id ${from} AND ${isUnread}`, bindings)
    .map(({ id }) => id);
}

/** Whether an edit calls the member on a job whose newest entry they may have read. (C7, C10) */
export function isCalledAnew(mirror: ReadableMirror, reader: Reader, jobId: string): boolean {
  const edited = 'SELECT 1 FROM entry WHERE job_id = @jobId AND edited_version IS NOT NULL LIMIT 1';
  if (mirror.get(edited, { jobId }) === undefined) return false;
  const { from, isCalledAnew: isCalled, bindings } = ringing(mirror, reader);
  const found = mirror.get(
    `SELECT 1 AS found ${from} AND ${isCalled} AND entry.job_id = @jobId LIMIT 1`,
    { ...bindings, jobId },
  );
  return found !== undefined;
}

export function ringBindings(mirror: ReadableMirror, reader: Reader) {
  return { ...readerBindings(reader), bellScope: bellScope(mirror, reader.memberId) };
}
