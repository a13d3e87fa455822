// Where a mail is handed over: to a mail server, or to a folder. What came of it is an answer, never an exception.

import type { OutgoingMail } from './outgoing-mail.ts';

export interface MailTransport {
  /** Hands one mail over to one address. `signal` cuts it short. */
  handOver(mail: OutgoingMail, signal: AbortSignal): Promise<HandOver>;
}

export type HandOver =
  | { readonly kind: 'taken' }
  /** For good: the same mail would be refused again. `reason` is the mail server's own words. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not now. `mayHaveLeft`: nobody can tell whether it was taken before the line went. */
  | { readonly kind: 'later'; readonly reason: string; readonly mayHaveLeft: boolean };
