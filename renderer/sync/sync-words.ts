import type { SyncState } from '../../electron/core/api/session-contract.ts';
import { forLookWords } from '../outbox/outbox-words.ts';
import { countOf, countWords } from '../ui/size-words.ts';
import { timeOrDay } from '../ui/time-words.ts';

interface SyncWords {
  readonly title: string;
  /** One line under the title: "2 waiting · in step at 10:12". */
  readonly detail: string;
  /** What it means, for who opens the badge. */
  readonly about: string;
  /** Said aloud when it changes: without a time, or it would speak with every sync. */
  readonly spoken: string;
}

/** The sync state as a sentence, not a spinner. */
export function syncWords(sync: SyncState, now: Date): SyncWords {
  const waiting = sync.waiting === 0 ? null : `${countWords(sync.waiting)} waiting`;
  const inStep = sync.inStepAt === null ? null : `in step at ${timeOrDay(sync.inStepAt, now)}`;
  const detail = capitalized([waiting, inStep].filter((part) => part !== null).join(' · '));
  const spoken = (title: string) => (waiting === null ? title : `${title}, ${waiting}`);
  const title = TITLES[sync.kind];
  switch (sync.kind) {
    case 'offline':
      return {
        title,
        detail: detail === '' ? 'Not yet in step' : detail,
        about:
          'The server cannot be reached. Everything works; what you write is kept on this device and goes out by itself.',
        spoken: spoken(title),
      };
    case 'first-sync':
      return {
        title,
        detail:
          sync.progress === null
            ? 'Asking the server'
            : `${countWords(sync.progress.rowsSent)} of ${countWords(sync.progress.rowsTotal)} records`,
        about: 'The first time takes longest. You can work with what is already here.',
        spoken: title,
      };
    case 'syncing':
      return {
        title,
        detail,
        about: 'Sending what you wrote and fetching what is new.',
        spoken: spoken('Up to date soon'),
      };
    case 'up-to-date':
      return {
        title,
        detail: waiting === null && sync.inStepAt !== null ? capitalized(inStep ?? '') : detail,
        about: 'This device has everything the office has.',
        spoken: title,
      };
    case 'needs-you':
      return {
        title,
        detail: needsYouDetail(sync),
        about: sync.parked === 0 && sync.look !== null ? ABOUT_LOOK : ABOUT_PARKED,
        spoken: sync.look === null ? spoken(title) : `${title}, ${needsYouDetail(sync)}`,
      };
    case 'differs':
      return {
        title,
        detail: detail === '' ? 'Click to see what to do' : detail,
        about:
          'Something on this device may be missing or out of date. What you write is kept and sent as ever.',
        spoken: spoken(title),
      };
    case 'update-needed':
      return {
        title,
        detail: detail === '' ? 'Not in step' : detail,
        about:
          'This Docket and the server do not understand each other. Everything works; what you write is kept on this device until one of the two is updated.',
        spoken: spoken(title),
      };
  }
}

const ABOUT_PARKED =
  'The server could not take something as it stands. Nothing is lost: look under Waiting to send.';
const ABOUT_LOOK =
  'This device was away for long. What you wrote for customers goes out once you have looked at it under Waiting to send.';

/** "1 item waits for your decision, 3 things for customers wait for your look" */
function needsYouDetail({ parked, look }: SyncState): string {
  const decision = `${countOf(parked, 'item')} ${parked === 1 ? 'waits' : 'wait'} for your decision`;
  if (look === null) return decision;
  const forLook = forLookWords(look.count);
  return parked === 0 ? forLook : `${decision}, ${forLook}`;
}

const TITLES = {
  offline: 'Working offline',
  'first-sync': 'Getting your office',
  syncing: 'Syncing',
  'up-to-date': 'Up to date',
  'needs-you': 'Needs you',
  'update-needed': 'Update needed',
  differs: 'Copy differs',
} as const;

function capitalized(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
