// Coming in by a link, and going out again. (E1)

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { endSession, enterByLink, lookAtLink } from '../auth/customer.ts';
import { AppError } from '../errors.ts';
import { jobId as jobIdSchema } from '../protocol/ids.ts';
import { enterPage, foreignFormPage, linkGonePage, signInPage } from './pages.ts';
import { frameFor, type Portal, sendPage } from './answers.ts';
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
    return sendPage(reply, 200, signInPage(frameFor(portal, undefined)));
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
  const frame = { ...frameFor(portal, undefined), office: names.office };
  const jobId = jobOf(request);
  const action = `/portal/enter/${request.params.token}${jobId === undefined ? '' : `?job=${jobId}`}`;
  return sendPage(reply, 200, enterPage(frame, { ...names, action }));
}

async function enter(
  portal: Portal,
  request: FastifyRequest<LinkRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!isFromOwnPage(portal, request))
    return sendPage(reply, 403, foreignFormPage(frameFor(portal, undefined)));
  const oldToken = request.cookies[SESSION_COOKIE];
  const session = await enterByLink(portal, request.params.token, oldToken);
  if (session === undefined) return sendLinkGone(portal, request, reply);
  setSessionCookie(portal, reply, session.sessionToken);
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
  await endSession(portal, visitor.sessionToken);
  clearSessionCookie(portal, reply);
  return reply.redirect('/portal/sign-in', 303);
}
