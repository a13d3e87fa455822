// What is said about an edited text, honestly: also what the customer had already read of it. (C10)

import type { EntryOf } from '../records.ts';
import { timeOrDay } from '../ui/time-words.ts';

export type EarlierText = NonNullable<EntryOf<'reply'>['earlier']>[number];

/** "Edited 10:32", "Edited 10:32, after Anna Berg had read it"; null where it never was. */
export function editedWords(
  { earlier, audience }: EntryOf<'reply'>,
  customerName: string,
  now: Date,
): string | null {
  const last = earlier?.at(-1);
  if (earlier === undefined || last === undefined) return null;
  const words = `Edited ${timeOrDay(last.until, now)}`;
  if (audience === 'internal') return words;
  if (earlier.some(({ customerSeenAt }) => customerSeenAt !== undefined))
    return `${words}, after ${customerName} had read it`;
  const isMailed = earlier.some(({ mailedAt }) => mailedAt !== undefined);
  return isMailed ? `${words}, after a mail with it had left` : words;
}

/** Who could have read an earlier text; null for a note, which the team alone ever reads. */
export function readWords(
  { customerSeenAt, mailedAt }: EarlierText,
  audience: EntryOf<'reply'>['audience'],
  customerName: string,
  now: Date,
): string | null {
  if (audience === 'internal') return null;
  const mailed = mailedAt === undefined ? '' : `A mail with it left ${timeOrDay(mailedAt, now)}.`;
  const seen =
    customerSeenAt === undefined
      ? ''
      : `${customerName} had read it, last ${timeOrDay(customerSeenAt, now)}.`;
  const words = [mailed, seen].filter((each) => each !== '').join(' ');
  return words === '' ? `${customerName} had not read it.` : words;
}
