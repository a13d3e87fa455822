// What a member chose about notices, on this device alone. (F4)

import type { JobId } from '../../../sync-server/protocol/ids.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';
import { readMeta, removeMeta, writeMeta } from '../mirror/meta.ts';
import { isPaused } from './notice-times.ts';
import type { NoticeSettings } from './notices-contract.ts';

/**
 * Notes of the team stay inside: a notice stands on the screen for whoever is in front of it, who may be the very customer the
 * note is about, and on many computers also while they are locked.
 */
const UNCHOSEN: NoticeSettings = {
  isOn: true,
  text: 'customers',
  quiet: { isOn: false, from: 18 * 60, until: 7 * 60, days: [1, 2, 3, 4, 5] },
  pausedUntil: null,
};

export function readNoticeSettings(mirror: ReadableMirror, nowMs: number): NoticeSettings {
  const chosen = readMeta(mirror, 'notice-settings');
  const settings: NoticeSettings =
    chosen === undefined
      ? UNCHOSEN
      : { ...UNCHOSEN, ...(JSON.parse(chosen) as Partial<NoticeSettings>) };
  const { pausedUntil } = settings;
  return isPaused(pausedUntil, nowMs) ? settings : { ...settings, pausedUntil: null };
}

export function writeNoticeSettings(mirror: WritableMirror, settings: NoticeSettings): void {
  writeMeta(mirror, 'notice-settings', JSON.stringify(settings));
}

/** What was typed into notices and waits for composers, by job. */
type UnsentReplies = Readonly<Record<string, string>>;

export function unsentReply(mirror: ReadableMirror, jobId: JobId): string | undefined {
  return unsentReplies(mirror)[jobId];
}

/** Beside what waits already, which nobody has seen either. */
export function keepUnsentReply(mirror: WritableMirror, jobId: JobId, text: string): void {
  const replies = unsentReplies(mirror);
  const before = replies[jobId];
  if (before === text) return;
  const both = before === undefined ? text : `${before}\n\n${text}`;
  writeMeta(mirror, 'unsent-replies', JSON.stringify({ ...replies, [jobId]: both }));
}

export function dropUnsentReply(mirror: WritableMirror, jobId: JobId): void {
  const { [jobId]: _dropped, ...rest } = unsentReplies(mirror);
  if (Object.keys(rest).length === 0) removeMeta(mirror, 'unsent-replies');
  else writeMeta(mirror, 'unsent-replies', JSON.stringify(rest));
}

function unsentReplies(mirror: ReadableMirror): UnsentReplies {
  return JSON.parse(readMeta(mirror, 'unsent-replies') ?? '{}') as UnsentReplies;
}
