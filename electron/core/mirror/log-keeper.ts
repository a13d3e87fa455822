// The log that commits go to is written into the database while nobody waits: in the middle of a click or of a first sync it
// would take as long as very many rows. What is in the log is on the disk for good. [F3]

import type { Host } from '../host.ts';
import type { Mirror } from './database.ts';

/** 4 MB; less is not worth two waits for the disk. */
const WORTH_PAGES = 1000;
/** Since the last commit: whoever writes goes on writing. */
const QUIET_MS = 1000;

/** 32 MB: more than days of clicks, so it is a copy of the office that came in. */
const LONG_PAGES = 8192;

/** @returns stops it */
export function startLogKeeper(
  { clock, log }: Pick<Host, 'clock' | 'log'>,
  mirror: Pick<Mirror, 'onCommit' | 'logPages' | 'emptyLog'>,
): () => void {
  let cancel = () => {};
  const stopListening = mirror.onCommit(() => {
    cancel();
    cancel = clock.after(QUIET_MS, () => {
      if (mirror.logPages() >= WORTH_PAGES) emptyLog({ log }, mirror);
    });
  });
  return () => {
    stopListening();
    cancel();
  };
}

/** What a first sync left is not left to a pause: who begins to write right after it might make none for long. */
export function isLogLong(mirror: Pick<Mirror, 'logPages'>): boolean {
  return mirror.logPages() >= LONG_PAGES;
}

export function emptyLog({ log }: Pick<Host, 'log'>, mirror: Pick<Mirror, 'emptyLog'>): void {
  try {
    mirror.emptyLog();
  } catch (error) {
    // On a full disk it stays where it is, and is tried again after the next commit. [F2]
    const details = { error: String(error).slice(0, 300) };
    log({ level: 'warn', event: 'log-not-emptied', details });
  }
}
