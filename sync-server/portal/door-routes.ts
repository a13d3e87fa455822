// Coming in by a link, and going out again. (E1)

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { enterByLink, lookAtLink } from '../auth/customer.ts';
import { limitLinkRequests } from '../auth/rate-limit.ts';
import { AppError } from '../errors.ts';
import { jobId as jobIdSchema } from '../protocol/ids.ts';
import { frameFor, logoPathOf, type Portal, sendNotFound, sendPage } from './answers.ts';
import { askForLink, emailIn } from './ask-link.ts';
import { deviceWords } from './device-words.ts';
import { sendLogo } from './logo.ts';
import { enterPage, foreignFormPage, linkGonePage } from './pages.ts';
import { linkAskedPage, signInPage } from './sign-in-page.ts';
import {
  carriesFormToken,
  clearSessionCookie,
  isFromOwnPage,
  namesOf,
  SESSION_COOKIE,
  setSessionCookie,
  visitorOf,
} from './visitor.ts';

interface LinkRoute {
  Params: { token: string };
  /** Where a mailed link leads, if to one job. */
  Querystring: { job?: unknown };
}

/** Tokens cannot be guessed; this keeps a guesser from keeping the server busy. */
const FEW_TRIES = { rateLimit: { max: 60, timeWindow: '1 minute' } };

export function registerDoorRoutes(scope: FastifyInstance, portal: Portal): void {
  const limited = { config: FEW_TRIES };
  scope.get<LinkRoute>('/enter/:token', limited, (request, reply) =>
    showLink(portal, request, reply),
  );
  scope.post<LinkRoute>('/enter/:token', limited, (request, reply) =>
    enter(portal, request, reply),
  );
  scope.get('/sign-in', async (request, reply) => {
    if ((await visitorOf(portal, request)) !== undefined) return reply.redirect('/portal', 303);
    const isFresh = signInQuery.parse(request.query).out === '1';
    const state = { kind: isFresh ? 'signed-out-here' : 'signed-out' } as const;
    return sendPage(reply, 200, signInPage(frameFor(portal, undefined), state));
  });
  scope.post('/sign-in', { preHandler: limitLinkRequests(scope) }, (request, reply) =>
    takeLinkRequest(portal, request, reply),
  );
  scope.get<LinkRoute>('/enter/:token/logo', limited, async (request, reply) => {
    const link = await lookAtLink(portal, request.params.token);
    const names = link && (await namesOf(portal.storage, link));
    const isSent = await sendLogo(portal, link && { ...link, brand: names?.brand }, reply);
    return isSent ? reply : sendNotFound(portal, reply, undefined);
  });
  scope.get('/logo', async (request, reply) => {
    const visitor = await visitorOf(portal, request);
    const isSent = await sendLogo(portal, visitor, reply);
    return isSent ? reply : sendNotFound(portal, reply, visitor);
  });
  scope.post('/sign-out', (request, reply) => signOut(portal, request, reply));
}

async function showLink(
  portal: Portal,
  request: FastifyRequest<LinkRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const link = await lookAtLink(portal, request.params.token);
  const names = link === undefined ? undefined : await namesOf(portal.storage, link);
  if (names === undefined) return sendLinkGone(portal, request, reply);
  const path = `/portal/enter/${request.params.token}`;
  const jobId = jobOf(request);
  const action = jobId === undefined ? path : `${path}?job=${jobId}`;
  const { brand, customerName } = names;
  const logoPath = logoPathOf(brand, `${path}/logo`);
  const frame = { ...frameFor(portal, undefined), brand, logoPath };
  const view = { office: brand.office, customerName, action };
  return sendPage(reply, 200, enterPage(frame, view));
}

async function enter(
  portal: Portal,
  request: FastifyRequest<LinkRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!isFromOwnPage(portal, request))
    return sendPage(reply, 403, foreignFormPage(frameFor(portal, undefined)));
  const session = await enterByLink(portal, {
    linkToken: request.params.token,
    oldSessionToken: request.cookies[SESSION_COOKIE],
    device: deviceWords(request.headers['user-agent']),
  });
  if (session === undefined) return sendLinkGone(portal, request, reply);
  setSessionCookie(portal, reply, session.sessionToken, session.expiresAt);
  return reply.redirect(pathAfterEntering(request), 303);
}

/** An id and nothing else, so that a link can lead nowhere but here; whether the job is theirs is asked there. [V2] */
function jobOf({ query }: FastifyRequest<LinkRoute>): string | undefined {
  return jobIdSchema.safeParse(query.job).data;
}

function pathAfterEntering(request: FastifyRequest<LinkRoute>): string {
  const jobId = jobOf(request);
  return jobId === undefined ? '/portal' : `/portal/jobs/${jobId}#new`;
}

/** Whoever opens an old link where they are signed in just wants in; everybody else reads one and the same text. [V2] */
async function sendLinkGone(
  portal: Portal,
  request: FastifyRequest<LinkRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if ((await visitorOf(portal, request)) !== undefined)
    return reply.redirect(pathAfterEntering(request), 303);
  return sendPage(reply, 410, linkGonePage(frameFor(portal, undefined)));
}

const signInQuery = z.object({ out: z.literal('1').optional().catch(undefined) });
const askForm = z.strictObject({ email: z.string().max(1000) });

/** Nobody is signed in, so there is no form token; who makes a stranger's browser ask sends a customer one mail at most. */
async function takeLinkRequest(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const frame = frameFor(portal, undefined);
  if (!isFromOwnPage(portal, request)) return sendPage(reply, 403, foreignFormPage(frame));
  const form = askForm.safeParse(request.body);
  if (!form.success) throw new AppError('not-valid', { cause: form.error });
  const email = emailIn(form.data.email);
  if (email === undefined)
    return sendPage(reply, 422, signInPage(frame, { kind: 'not-an-email', ...form.data }));
  askForLink(portal, email, request.log);
  return sendPage(reply, 200, linkAskedPage(frame));
}

const signOutForm = z.strictObject({ formToken: z.string().max(200) });

async function signOut(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visitor = await visitorOf(portal, request);
  if (visitor === undefined) return reply.redirect('/portal/sign-in', 303);
  const form = signOutForm.safeParse(request.body);
  if (!form.success) throw new AppError('not-valid', { cause: form.error });
  if (!isFromOwnPage(portal, request) || !carriesFormToken(visitor, form.data.formToken))
    return sendPage(reply, 403, foreignFormPage(frameFor(portal, visitor)));
  const at = new Date(portal.now()).toISOString();
  await portal.storage.sessions.end(visitor, { id: visitor.session.id }, at);
  clearSessionCookie(portal, reply);
  return reply.redirect('/portal/sign-in?out=1', 303);
}
