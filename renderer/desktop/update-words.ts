import type { UpdateState } from '../../electron/core/api/desktop-contract.ts';
import { timeOrDay } from '../ui/time-words.ts';

/** "0.2.0" is Docket 0.2. */
export const versionWords = (version: string): string => version.replace(/\.0$/, '');

export function updateWords(update: UpdateState, now: Date): string {
  switch (update.kind) {
    case 'off':
      return 'This Docket looks for no updates: it was not installed, or its installer names no place where they are published.';
    case 'idle':
      if (update.failedAt !== null)
        return `The last look for an update, at ${timeOrDay(update.failedAt, now)}, came to nothing. Docket looks again by itself.`;
      return update.lookedAt === null
        ? 'Docket looks for updates by itself.'
        : `Up to date, looked at ${timeOrDay(update.lookedAt, now)}.`;
    case 'looking':
      return 'Looking for an update.';
    case 'fetching':
      return `Docket ${versionWords(update.version)} is on its way. You can work on.`;
    case 'ready':
      return `Docket ${versionWords(update.version)} is ready. Restart to update.`;
  }
}
