// A mail as it is handed over. Whatever people wrote passes through here on its way into a header: one line, no controls.

import { createHash } from 'node:crypto';

export interface OutgoingMail {
  /** The same for every attempt at one mail to one address, so that a mailbox can drop what it has already. [F1] */
  readonly messageId: string;
  /** Mails about one job belong together in a mailbox. */
  readonly threadId: string | null;
  readonly from: MailAddress;
  readonly to: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where notifications are switched off, by a page or in one click (RFC 8058); null where there is nothing to switch off. */
  readonly unsubscribeUrl: string | null;
  /** When it was queued, ISO 8601. */
  readonly queuedAt: string;
  /** When it leaves, ISO 8601. */
  readonly sentAt: string;
}

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

const LONGEST_HEADER_TEXT = 150;

/** Text for a header: line ends and other controls become spaces, and it has an end. */
export function headerText(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const letters = Array.from(line);
  if (letters.length <= LONGEST_HEADER_TEXT) return line;
  return `${letters
    .slice(0, LONGEST_HEADER_TEXT - 1)
    .join('')
    .trimEnd()}…`;
}

/** What it is made of cannot be read back out of it: ids of mails are internal. */
export function messageIdOf(
  { id, to, epoch }: { readonly id: string; readonly to: string; readonly epoch: string },
  from: string,
): string {
  return `<${digest(`mail ${id} ${to.toLowerCase()} ${epoch}`.trim())}@${domainOf(from)}>`;
}

export function threadIdOf(jobId: string, from: string): string {
  return `<${digest(`job ${jobId}`)}@${domainOf(from)}>`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
