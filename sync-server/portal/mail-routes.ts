// Where the links in mails lead. Their token lets nobody in: it says whose mail it was, so a sign-in link can be mailed there
// again, and notifications can be switched off, which needs no sign-in and no second question (RFC 8058). (E1, F2)

import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hashToken } from '../auth/tokens.ts';
import { mutationId } from '../protocol/ids.ts';
import type { MailLink } from '../storage/mail-outbox.ts';
import { frameFor, type Portal, sendPage } from './answers.ts';
import type { Brand } from './brand.ts';
import { mailedPage, mailLinkPage, notificationsPage } from './mail-pages.ts';
import { foreignFormPage, linkGonePage } from './pages.ts';
import { isFromOwnPage, namesOf, visitorOf } from './visitor.ts';

interface MailRoute {
  Params: { token: string };
}

const FEW_TRIES = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } };

export function registerMailRoutes(scope: FastifyInstance, portal: Portal): void {
  scope.get<MailRoute>('/mail/:token', FEW_TRIES, (request, reply) =>
    openFromMail(portal, request, reply),
  );
  scope.post<MailRoute>('/mail/:token', FEW_TRIES, (request, reply) =>
    mailSignIn(portal, request, reply),
  );
  scope.get<MailRoute>('/mail/:token/unsubscribe', FEW_TRIES, (request, reply) =>
    showNotifications(portal, request, reply),
  );
  scope.post<MailRoute>('/mail/:token/unsubscribe', FEW_TRIES, (request, reply) =>
    switchNotifications(portal, request, reply),
  );
}

interface FoundMail extends MailLink {
  readonly token: string;
  readonly brand: Brand;
  readonly customerName: string;
  readonly notifyOnReplies: boolean;
}

/** Undefined for a token that is made up or forgotten, and where the address is no longer the customer's. [V2] */
async function findMail(portal: Portal, token: string): Promise<FoundMail | undefined> {
  const now = new Date(portal.now()).toISOString();
  const link = await portal.storage.mails.mailLink(hashToken(token), now);
  if (link === undefined) return undefined;
  const { workspaceId, customerId, address } = link;
  const names = await namesOf(portal.storage, link);
  const customer = await portal.storage.recordById(workspaceId, 'customer', customerId);
  if (names === undefined || customer?.record.emails.includes(address) !== true) return undefined;
  const { notifyOnReplies } = customer.record;
  return { ...link, ...names, token, notifyOnReplies };
}

function pathOf({ jobId }: MailLink): string {
  return jobId === null ? '/portal' : `/portal/jobs/${jobId}#new`;
}

/** Whoever is signed in as that customer is there at once. */
async function openFromMail(
  portal: Portal,
  request: FastifyRequest<MailRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const mail = await findMail(portal, request.params.token);
  if (mail === undefined) return sendGone(portal, reply);
  const visitor = await visitorOf(portal, request);
  if (visitor?.customerId === mail.customerId && visitor.workspaceId === mail.workspaceId)
    return reply.redirect(pathOf(mail), 303);
  return sendPage(reply, 200, mailLinkPage(frameOf(portal, mail), viewOf(mail)));
}

/** The link goes to the mailbox the mail went to, so an old or forwarded mail opens nothing to anybody else. */
async function mailSignIn(
  portal: Portal,
  request: FastifyRequest<MailRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!isFromOwnPage(portal, request)) return sendForeign(portal, reply);
  const mail = await findMail(portal, request.params.token);
  if (mail === undefined) return sendGone(portal, reply);
  const { workspaceId, customerId, address, jobId } = mail;
  await portal.sendSignInLink({ workspaceId, customerId, to: address, jobId });
  return sendPage(reply, 200, mailedPage(frameOf(portal, mail), viewOf(mail)));
}

/** Looking changes nothing: scanners open links. */
async function showNotifications(
  portal: Portal,
  request: FastifyRequest<MailRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const mail = await findMail(portal, request.params.token);
  if (mail === undefined) return sendGone(portal, reply);
  return sendPage(reply, 200, notificationsPage(frameOf(portal, mail), viewOf(mail)));
}

/**
 * A mail program posts here by itself when its person presses "Unsubscribe": from anywhere, without a cookie, in whatever
 * form. That switches off; switching on again is a button on our page.
 */
async function switchNotifications(
  portal: Portal,
  request: FastifyRequest<MailRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const notifyOnReplies = wantsMails(request.body);
  if (notifyOnReplies && !isFromOwnPage(portal, request)) return sendForeign(portal, reply);
  const mail = await findMail(portal, request.params.token);
  if (mail === undefined) return sendGone(portal, reply);
  const { workspaceId, customerId } = mail;
  await portal.act({
    workspaceId,
    customerId,
    mutationId: mutationId.parse(randomUUID()),
    name: 'customer_notifications',
    args: { notifyOnReplies },
  });
  const view = viewOf({ ...mail, notifyOnReplies });
  return sendPage(reply, 200, notificationsPage(frameOf(portal, mail), view));
}

function wantsMails(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'mails' in body && body.mails === 'on';
}

function viewOf({ token, brand, address, notifyOnReplies }: FoundMail) {
  const { office } = brand;
  return { path: `/portal/mail/${token}`, office, address: masked(address), notifyOnReplies };
}

/** "a***@berg.example": enough for its owner, who may have several. */
function masked(address: string): string {
  const at = address.lastIndexOf('@');
  return `${Array.from(address)[0] ?? ''}***${address.slice(at)}`;
}

function frameOf(portal: Portal, { brand }: FoundMail) {
  return { ...frameFor(portal, undefined), brand };
}

function sendGone(portal: Portal, reply: FastifyReply): FastifyReply {
  return sendPage(reply, 410, linkGonePage(frameFor(portal, undefined)));
}

function sendForeign(portal: Portal, reply: FastifyReply): FastifyReply {
  return sendPage(reply, 403, foreignFormPage(frameFor(portal, undefined)));
}
