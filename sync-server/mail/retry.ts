// When a mail that was not taken is tried again, and when nobody waits for it any more.

import type { QueuedMail } from '../storage/mail-outbox.ts';

const MINUTE_MS = 60_000;
const LONGEST_PAUSE_MS = 30 * MINUTE_MS;

/** How long a mail is tried from when it was queued. A sign-in link asked for is wanted now. */
export const PATIENCE_MS = { news: 48 * 60 * MINUTE_MS, sign_in: 15 * MINUTE_MS } as const;

/** One minute, two, four ... half an hour. @param attempts made so far, at least one */
export function pauseAfter(attempts: number): number {
  return Math.min(LONGEST_PAUSE_MS, MINUTE_MS * 2 ** Math.min(attempts - 1, 10));
}

type Waiting = Pick<QueuedMail, 'kind' | 'openedAt' | 'attempts'>;

export function isPatienceOver({ kind, openedAt }: Waiting, nowMs: number): boolean {
  return nowMs - Date.parse(openedAt) >= PATIENCE_MS[kind];
}

/**
 * When it is looked at again, in Unix milliseconds. A sign-in mail is not handed over any more once its time is over, so it is
 * tried a last time a minute before, and then looked at when it is to be given up.
 */
export function nextTryMs(mail: Waiting, nowMs: number): number {
  const dueMs = nowMs + pauseAfter(mail.attempts);
  if (mail.kind === 'news') return dueMs;
  const endMs = Date.parse(mail.openedAt) + PATIENCE_MS.sign_in;
  const lastTryMs = endMs - MINUTE_MS;
  return Math.min(dueMs, nowMs < lastTryMs ? lastTryMs : endMs);
}
