// What was sent, received, refused, held and healed, for the person who helps: it survives quitting and can be handed over.
// It never holds anything a person wrote. (H7)

import type { ReadableMirror, WritableMirror } from './database.ts';

export type SyncLogEvent =
  | 'received'
  | 'sent'
  | 'refused'
  | 'conflicted'
  | 'held'
  | 'uploaded'
  | 'failed'
  | 'reset'
  | 'rescued'
  | 'differs'
  | 'signed-out-by-server'
  | 'started';

export interface SyncLogLine {
  readonly at: string;
  readonly event: SyncLogEvent;
  /** Counts, versions and kinds of failure; never content. */
  readonly details: string;
}

const KEPT_LINES = 5000;

export function writeSyncLog(mirror: WritableMirror, { at, event, details }: SyncLogLine): void {
  mirror.run('INSERT INTO sync_log (at, event, details) VALUES (@at, @event, @details)', {
    at,
    event,
    details,
  });
  mirror.run(`DELETE FROM sync_log WHERE seq <= (SELECT max(seq) FROM sync_log) - ${KEPT_LINES}`);
  mirror.touch('sync_log');
}

/** Newest first. */
export function readSyncLog(mirror: ReadableMirror, limit: number): SyncLogLine[] {
  return mirror.all<SyncLogLine>(
    'SELECT at, event, details FROM sync_log ORDER BY seq DESC LIMIT @limit',
    { limit },
  );
}

/** One line each, oldest first: "2026-11-22T20:11:04.120Z  sent  3 applied". */
export function syncLogText(mirror: ReadableMirror): string {
  return readSyncLog(mirror, KEPT_LINES)
    .toReversed()
    .map(({ at, event, details }) => `${at}  ${event}  ${details}`.trimEnd())
    .join('\n');
}
