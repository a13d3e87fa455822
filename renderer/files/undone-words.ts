// What is said about something taken back, honestly: also what the customer had already seen. (C10)

import type { Undone } from '../../electron/core/api/files-contract.ts';
import { timeOrDay } from '../ui/time-words.ts';

/** "Withdrawn by Mara Kühn, 10:31. Anna Berg had looked at 10:29." */
export function undoneWords(undone: Undone, customerName: string, now: Date): string {
  const what = undone.how === 'withdrawn' ? 'Withdrawn' : 'Removed for good';
  const who = undone.mine ? 'you' : undone.byName;
  return `${what} by ${who}, ${timeOrDay(undone.at, now)}.${knownWords(undone, customerName, now)}`;
}

function knownWords({ customerSeenAt, mailedAt }: Undone, customerName: string, now: Date): string {
  if (customerSeenAt !== null)
    return ` ${customerName} had looked at the job before, last ${timeOrDay(customerSeenAt, now)}.`;
  if (mailedAt !== null) return ` A mail about it had left, ${timeOrDay(mailedAt, now)}.`;
  return '';
}
