// One mail to one address. Its link is made as it leaves, and stands nowhere but in the mail and as a hash. (E1, F2)

import { createPortalLink } from '../auth/customer.ts';
import { hashToken, newToken } from '../auth/tokens.ts';
import type { Workspace } from '../protocol/records.ts';
import type { ClaimedMail } from '../storage/mail-outbox.ts';
import type { Storage } from '../storage/storage.ts';
import type { MailTells } from './decide-mail.ts';
import { type MailWords, newsMail } from './news-mail.ts';
import { messageIdOf, threadIdOf } from './outgoing-mail.ts';
import { signInMail } from './sign-in-mail.ts';
import type { HandOver, MailTransport } from './transport.ts';

export interface HandOverDeps {
  readonly storage: Pick<Storage, 'mails' | 'transact'>;
  readonly transport: MailTransport;
  /** The address mails come from; the name beside it is the office's. */
  readonly from: string;
  /** What links begin with, without a slash at the end. */
  publicUrl(): string;
  /** Unix time in milliseconds. */
  now(): number;
}

export interface Handing {
  readonly mail: ClaimedMail;
  readonly to: string;
  readonly office: Workspace;
  readonly customerName: string;
  /** Null for a sign-in link. */
  readonly tells: MailTells | null;
}

const DAY_MS = 24 * 60 * 60_000;
/** As long as a customer may find an old mail and want no more of them. */
const MAIL_LINK_LIFETIME_MS = 365 * DAY_MS;

/** Undefined, and nothing has left, where the customer was deleted as it was about to. */
export async function handOverMail(
  deps: HandOverDeps,
  handing: Handing,
  signal: AbortSignal,
): Promise<HandOver | undefined> {
  const { from, transport } = deps;
  const { mail, to, office, customerName } = handing;
  const words = await wordsOf(deps, handing);
  if (words === undefined) return undefined;
  const { subject, text, html, unsubscribeUrl } = words;
  return transport.handOver(
    {
      messageId: messageIdOf({ id: mail.id, to, epoch: mail.epoch }, from),
      threadId: mail.jobId === null ? null : threadIdOf(mail.jobId, from),
      from: { name: office.name, address: from },
      to: { name: customerName, address: to },
      subject,
      text,
      html,
      unsubscribeUrl,
      queuedAt: mail.openedAt,
      sentAt: isoAt(deps.now()),
    },
    signal,
  );
}

type Words = MailWords & { readonly unsubscribeUrl: string | null };

async function wordsOf(deps: HandOverDeps, handing: Handing): Promise<Words | undefined> {
  const { office, customerName, tells } = handing;
  if (tells === null) {
    const openUrl = await newSignInLink(deps, handing);
    if (openUrl === undefined) return undefined;
    return { ...signInMail({ office, customerName, openUrl }), unsubscribeUrl: null };
  }
  const openUrl = await newMailLink(deps, handing);
  if (openUrl === undefined) return undefined;
  const unsubscribeUrl = `${openUrl}/unsubscribe`;
  return { ...newsMail({ office, tells, openUrl, unsubscribeUrl }), unsubscribeUrl };
}

/** It lets nobody in, so it may lie in a mailbox for as long as it likes: it only says where a sign-in link may be mailed. */
async function newMailLink(
  { storage, publicUrl, now }: HandOverDeps,
  { mail, to }: Handing,
): Promise<string | undefined> {
  const { workspaceId, customerId, jobId } = mail;
  const token = newToken();
  const link = {
    tokenHash: hashToken(token),
    workspaceId,
    customerId,
    jobId,
    address: to,
    createdAt: isoAt(now()),
    expiresAt: isoAt(now() + MAIL_LINK_LIFETIME_MS),
  };
  const isAdded = await storage.mails.addMailLink(link, mail.id);
  return isAdded ? `${publicUrl()}/portal/mail/${token}` : undefined;
}

/** Made when it leaves, so that its fifteen minutes are the customer's and it is written down nowhere. */
async function newSignInLink(
  deps: HandOverDeps,
  { mail, to }: Handing,
): Promise<string | undefined> {
  const { workspaceId, customerId, jobId, memberId } = mail;
  const baseUrl = deps.publicUrl();
  const wish = { workspaceId, customerId, memberId, mailedTo: to, baseUrl };
  const link = await createPortalLink(deps, wish);
  if (link === undefined) return undefined;
  const { url } = link;
  return jobId === null ? url : `${url}?job=${jobId}`;
}

function isoAt(unixMs: number): string {
  return new Date(unixMs).toISOString();
}
