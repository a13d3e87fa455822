// What is said of a reply that is sent later. (C8)

import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import { clockTime, dayAndTime } from '../ui/time-words.ts';

type Held = NonNullable<ScheduledItem['held']>;
export type HeldWhy = Held['why'];

/** Why it was not sent: what happened, and nothing more. */
export function heldWords(
  { why, news }: Pick<Held, 'why'> & { readonly news?: Held['news'] },
  customerName: string,
): string {
  switch (why) {
    case 'customer-wrote': {
      const last = news?.findLast(({ preview }) => preview.fromCustomer);
      const when = last === undefined ? 'first' : `at ${clockTime(last.at)}, before it was sent`;
      return `${customerName} wrote ${when}.`;
    }
    case 'moved-on':
      return 'Something happened on the job that had not been seen when it was decided.';
    case 'arrived-late':
      return 'It reached the server after its time: the computer it was written on was offline.';
    case 'too-late':
      return 'The server was off at its time, and more than 12 hours passed.';
    case 'author-left':
      return 'Who wrote it is no longer in the office.';
    case 'not-visible':
      return `${customerName} cannot see the job in its stage.`;
    case 'other-customer':
      return `The job is no longer ${customerName}’s.`;
    case 'restored':
      return 'The server was restored from a copy, and this may have been sent or changed since. Look at the job first.';
    case 'file-gone':
      return 'A file that it replaces is gone from the job.';
  }
}

/** What can still be made of one that was held, where it would not be held again or refused for the same reason. */
export function mayStillBe(why: HeldWhy): Readonly<Record<'send' | 'note' | 'change', boolean>> {
  switch (why) {
    case 'other-customer':
      return { send: false, note: true, change: false };
    case 'file-gone':
      return { send: false, note: false, change: false };
    case 'author-left':
      return { send: true, note: true, change: false };
    default:
      return { send: true, note: true, change: true };
  }
}

/** "Wed 2 Dec, 08:00, not if Anna Berg writes first" */
export function whenWords(item: ScheduledItem): string {
  const { sendAt, unlessCustomerWrites, customerName, held } = item;
  // Of one that was held the rule has had its say.
  const rule = unlessCustomerWrites && held === null ? `, not if ${customerName} writes first` : '';
  return `${dayAndTime(sendAt)}${rule}`;
}
