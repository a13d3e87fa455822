// A customer's own list of where they are signed in. (E1)

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { sessionHandle } from '../auth/customer-session.ts';
import { AppError } from '../errors.ts';
import { frameFor, type Portal, sendPage } from './answers.ts';
import { foreignFormPage } from './pages.ts';
import { sessionsPage } from './sessions-page.ts';
import { signInPage } from './sign-in-page.ts';
import { calendarOf } from './views.ts';
import { carriesFormToken, freshenSession, isFromOwnPage, visitorOf } from './visitor.ts';

export function registerSessionRoutes(scope: FastifyInstance, portal: Portal): void {
  scope.get('/sessions', (request, reply) => showSessions(portal, request, reply));
  scope.post('/sessions/end', (request, reply) => endSessions(portal, request, reply));
}

const query = z.object({ ended: z.literal('1').optional().catch(undefined) });

async function showSessions(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visitor = await visitorOf(portal, request);
  if (visitor === undefined) return sendSignIn(portal, reply);
  await freshenSession(portal, reply, visitor);
  const { now, storage } = portal;
  const view = {
    calendar: calendarOf(portal),
    sessions: await storage.sessions.ofCustomer(visitor, new Date(now()).toISOString()),
    ownId: visitor.session.id,
    didSignOut: query.parse(request.query).ended === '1',
  };
  return sendPage(reply, 200, sessionsPage(frameFor(portal, visitor), visitor, view));
}

const form = z.strictObject({ formToken: z.string().max(200), which: z.string().max(60) });

/** A session that is not there, or not this customer's, is answered like one that was ended. [V2] */
async function endSessions(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visitor = await visitorOf(portal, request);
  if (visitor === undefined) return sendSignIn(portal, reply);
  const parsed = form.safeParse(request.body);
  if (!parsed.success) throw new AppError('not-valid', { cause: parsed.error });
  const { formToken, which } = parsed.data;
  if (!isFromOwnPage(portal, request) || !carriesFormToken(visitor, formToken))
    return sendPage(reply, 403, foreignFormPage(frameFor(portal, visitor)));
  const { sessions } = portal.storage;
  const at = new Date(portal.now()).toISOString();
  if (which === 'others') await sessions.end(visitor, { exceptId: visitor.session.id }, at);
  else
    for (const each of await sessions.ofCustomer(visitor, at))
      if (sessionHandle(each) === which) await sessions.end(visitor, { id: each.id }, at);
  return reply.redirect('/portal/sessions?ended=1', 303);
}

function sendSignIn(portal: Portal, reply: FastifyReply): FastifyReply {
  return sendPage(reply, 401, signInPage(frameFor(portal, undefined), { kind: 'signed-out' }));
}
