// When a mail that was not taken is tried again, and when nobody waits for it any more.

const MINUTE_MS = 60_000;
const LONGEST_PAUSE_MS = 30 * MINUTE_MS;

/** How long a mail is tried from when it was queued. A sign-in link asked for is wanted now. */
export const PATIENCE_MS = { news: 48 * 60 * MINUTE_MS, sign_in: 15 * MINUTE_MS } as const;

/** One minute, two, four ... half an hour. @param attempts made so far, at least one */
export function pauseAfter(attempts: number): number {
  return Math.min(LONGEST_PAUSE_MS, MINUTE_MS * 2 ** Math.min(attempts - 1, 10));
}
