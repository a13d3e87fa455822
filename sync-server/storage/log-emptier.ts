// The log that commits go to is written into the database while nobody waits, not by whoever happens to commit when it has
// grown long. What is in the log is on the disk for good. [F3]

import type { Database } from 'better-sqlite3';

/** 32 MB: here the next commit writes it after all. */
export const MOST_LOG_PAGES = 8192;
/** 4 MB; less is not worth two waits for the disk. */
const WORTH_PAGES = 1000;
/** Since the last commit: whoever writes goes on writing. */
const QUIET_MS = 1000;

interface Checkpoint {
  readonly log: number;
  readonly checkpointed: number;
}

/** @returns to be called after each commit */
export function logEmptier(sqlite: Database): () => void {
  const look = sqlite.prepare<[], Checkpoint>('PRAGMA wal_checkpoint(NOOP)');
  let timer: NodeJS.Timeout | undefined;
  const empty = () => {
    if (!sqlite.open) return;
    try {
      sqlite.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // A full disk is told to whoever writes; the log stays where it is until then. [F2]
    }
  };
  return () => {
    clearTimeout(timer);
    const { log = 0, checkpointed = 0 } = look.get() ?? {};
    if (log - checkpointed >= WORTH_PAGES) timer = setTimeout(empty, QUIET_MS).unref();
  };
}
