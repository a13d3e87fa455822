import { randomUUID } from 'node:crypto';
import type { CustomerId, JobId, MemberId, WorkspaceId } from '../protocol/ids.ts';
import type { MailOutbox } from '../storage/mail-outbox.ts';

export interface SignInWish {
  readonly workspaceId: WorkspaceId;
  readonly customerId: CustomerId;
  /** One of the customer's addresses; whoever calls has found it there. */
  readonly to: string;
  /** Where the link leads; null to the list of jobs. */
  readonly jobId: JobId | null;
  /** The member who sends it; null where the customer asked. */
  readonly memberId: MemberId | null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A person who does not find a mail asks again once or twice; more fills somebody's mailbox. */
export const SIGN_IN_MAILS = [
  { most: 3, withinMs: 10 * MINUTE_MS },
  { most: 12, withinMs: DAY_MS },
] as const;

/**
 * Queues a mail with a fresh sign-in link, which is made when it leaves and so is written down nowhere. What is asked too
 * often is not sent, and only staff may be told so: at the door the answer must not tell whether an address is known. (E1)
 */
export async function sendSignInLink(
  deps: {
    readonly storage: {
      readonly mails: Pick<MailOutbox, 'queueSignInMail' | 'countSignInMails'>;
    };
    now(): number;
  },
  { workspaceId, customerId, to, jobId, memberId }: SignInWish,
): Promise<'queued' | 'too-often'> {
  const nowMs = deps.now();
  const isoAt = (unixMs: number) => new Date(unixMs).toISOString();
  for (const { most, withinMs } of SIGN_IN_MAILS) {
    const of = { workspaceId, customerId, to };
    if ((await deps.storage.mails.countSignInMails(of, isoAt(nowMs - withinMs))) >= most)
      return 'too-often';
  }
  const now = isoAt(nowMs);
  await deps.storage.mails.queueSignInMail(
    {
      workspaceId,
      id: randomUUID(),
      kind: 'sign_in',
      customerId,
      jobId,
      memberId,
      openedAt: now,
      dueAt: now,
      attempts: 0,
      isOpen: false,
      deliveries: [{ to, state: 'waiting', at: now, reason: '' }],
    },
    isoAt(nowMs - DAY_MS),
  );
  return 'queued';
}
