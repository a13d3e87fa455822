// What the server keeps of mails until a mail server has taken them. A mail about a job is queued in the commit of what it
// tells of, and what became of it is recorded in one commit with its record. (F1, F2)

import type { CustomerId, JobId, MemberId, WorkspaceId } from '../protocol/ids.ts';

export interface QueuedMail {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  /** `news` has a record of kind `mail` with the same id, which names the entries it tells of; a `sign_in` has none. */
  readonly kind: 'news' | 'sign_in';
  readonly customerId: CustomerId;
  /** Where its link leads; null to the list of jobs. */
  readonly jobId: JobId | null;
  /** The member who asked for it; null where nobody of the office did. */
  readonly memberId: MemberId | null;
  readonly openedAt: string;
  /** When it is to be tried next; null once nothing is left to do, and it is kept to count by. */
  readonly dueAt: string | null;
  readonly attempts: number;
  /** Nothing of it may have left yet, so more news of its job may join it. */
  readonly isOpen: boolean;
  readonly deliveries: readonly Delivery[];
}

/** A mail as whoever hands it over has it. */
export interface ClaimedMail extends QueuedMail {
  /** Of the database when it was queued. A mail of one epoch and one of another are never the same to a mailbox. [L6] */
  readonly epoch: string;
}

/** A mail on its way to one address. */
export interface Delivery {
  readonly to: string;
  /** `in_doubt`: it was being handed over, and nobody can tell whether it was taken. */
  readonly state: 'waiting' | 'in_doubt' | 'taken' | 'refused';
  /** Of the state. */
  readonly at: string;
  /** The mail server's words where it did not take it; '' otherwise. */
  readonly reason: string;
}

/** Who holds a mail while handing it over, so that of several processes one does. */
export interface MailClaim {
  readonly claimant: string;
  readonly until: string;
}

/** Buffered by a transaction and written with its records. Whoever's claim has run out meanwhile changes nothing at all. */
export type MailChange =
  | { readonly kind: 'queue'; readonly mail: QueuedMail }
  | { readonly kind: 'release'; readonly claimant: string; readonly mail: QueuedMail }
  | { readonly kind: 'end'; readonly claimant: string; readonly mail: QueuedMail };

/** Another process has taken the mail over; what this one found out about it counts for nothing. */
export class MailClaimLostError extends Error {
  override readonly name = 'MailClaimLostError';
}

/** What a mail's link stands for. It lets nobody in: it names the customer a fresh sign-in link may be mailed to. (E1) */
export interface MailLink {
  readonly tokenHash: string;
  readonly workspaceId: WorkspaceId;
  readonly customerId: CustomerId;
  readonly jobId: JobId | null;
  /** Where the mail went, and where a fresh link goes. */
  readonly address: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface MailOutbox {
  /** Queues a sign-in mail; what is older than a day and done is forgotten. */
  queueSignInMail(mail: QueuedMail, forgetBefore: string): Promise<void>;
  /** How many sign-in mails to an address, or of a customer, were queued since then. */
  countSignInMails(
    of: { workspaceId: WorkspaceId; customerId: CustomerId; to?: string },
    since: string,
  ): Promise<number>;
  /** Takes the mail that has been due longest; of two callers at once exactly one gets it. It is not open from then on. */
  claimDueMail(now: string, claim: MailClaim): Promise<ClaimedMail | undefined>;
  /** Keeps how far a claimed mail has got and holds on to it. False where the claim has run out and another has the mail. */
  keepDeliveries(claim: MailClaim, mail: QueuedMail): Promise<boolean>;
  /** When the next one is to be looked at; undefined where none waits. */
  nextMailAt(): Promise<string | undefined>;
  /** Told when something was queued by this process. The answer unsubscribes. */
  onMailQueued(listener: () => void): () => void;

  /**
   * False, and no link, where the mail it is for is queued no more: its customer was deleted, and nothing would take the link
   * along. Links that have expired by then are forgotten.
   */
  addMailLink(link: MailLink, mailId: string): Promise<boolean>;
  mailLink(tokenHash: string, now: string): Promise<MailLink | undefined>;
}
