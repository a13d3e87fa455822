// The list of jobs, one job, its files, and writing back. (E2, E3)

import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { hashToken } from '../auth/tokens.ts';
import { mutationId } from '../protocol/ids.ts';
import type { CustomerJob } from './customer-job.ts';
import { jobForCustomer, jobsForCustomer } from './customer-reads.ts';
import { sendDownload } from './download.ts';
import { jobPage, type ReplyBox } from './job-page.ts';
import type { Calendar } from './moment.ts';
import {
  foreignFormPage,
  jobListPage,
  jobMissingWithTextPage,
  signedOutWithTextPage,
  signInPage,
} from './pages.ts';
import { newSendToken, readReplyForm, sendReply } from './reply.ts';
import { frameFor, type Portal, sendNotFound, sendPage } from './answers.ts';
import { isFromOwnPage, SESSION_COOKIE, type Visitor, visitorOf } from './visitor.ts';

interface JobRoute {
  Params: { jobId: string };
}
interface FileRoute {
  Params: { attachmentId: string };
}

/** Far above what a person writes, far below what fills an office. Counted by session: customers may share an address. */
const FEW_MESSAGES = {
  rateLimit: {
    max: 30,
    timeWindow: '1 minute',
    keyGenerator: (request: FastifyRequest) =>
      hashToken(request.cookies[SESSION_COOKIE] ?? request.ip),
  },
};

export function registerJobRoutes(scope: FastifyInstance, portal: Portal): void {
  scope.get('/', { prefixTrailingSlash: 'no-slash' }, (request, reply) =>
    showJobs(portal, request, reply),
  );
  scope.get<JobRoute>('/jobs/:jobId', (request, reply) => showJob(portal, request, reply));
  scope.post<JobRoute>('/jobs/:jobId/replies', { config: FEW_MESSAGES }, (request, reply) =>
    takeReply(portal, request, reply),
  );
  scope.get<FileRoute>('/files/:attachmentId', (request, reply) =>
    showFile(portal, request, reply),
  );
}

async function showJobs(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visitor = await visitorOf(portal, request);
  if (visitor === undefined) return sendSignIn(portal, reply);
  const jobs = await jobsForCustomer(portal.storage, visitor);
  const view = { office: visitor.office, calendar: calendarOf(portal), jobs };
  return sendPage(reply, 200, jobListPage(frameFor(portal, visitor), view));
}

const jobQuery = z.object({
  back: z.coerce.number().int().min(0).max(10_000).catch(0),
  sent: z.literal('1').optional().catch(undefined),
});

async function showJob(
  portal: Portal,
  request: FastifyRequest<JobRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visitor = await visitorOf(portal, request);
  if (visitor === undefined) return sendSignIn(portal, reply);
  const job = await jobForCustomer(portal.storage, visitor, request.params.jobId);
  if (job === undefined) return sendNotFound(portal, reply, visitor);
  const { back, sent } = jobQuery.parse(request.query);
  if (job.hasNews && back === 0 && isReadByAPerson(request)) await markSeen(portal, visitor, job);
  const state: ReplyBox['state'] = { kind: sent === undefined ? 'empty' : 'sent' };
  return sendJobPage(portal, reply, { visitor, job, state, pagesBack: back, statusCode: 200 });
}

/** A browser that loads ahead, or only asks for headers, shows nothing to anybody. */
function isReadByAPerson(request: FastifyRequest): boolean {
  const purpose = request.headers['sec-purpose'];
  return request.method === 'GET' && !(purpose?.includes('prefetch') ?? false);
}

/** Through the newest thing on the page and no further: what arrives meanwhile stays news. (E2) */
async function markSeen(portal: Portal, visitor: Visitor, job: CustomerJob): Promise<void> {
  await portal.act({
    workspaceId: visitor.workspaceId,
    customerId: visitor.customerId,
    mutationId: mutationId.parse(randomUUID()),
    name: 'customer_visit',
    args: { jobId: job.jobId, seenVersion: job.newestVersion },
  });
}

async function takeReply(
  portal: Portal,
  request: FastifyRequest<JobRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visitor = await visitorOf(portal, request);
  const frame = frameFor(portal, visitor);
  if (!isFromOwnPage(portal, request)) return sendPage(reply, 403, foreignFormPage(frame));
  const form = readReplyForm(request);
  if (visitor === undefined) return sendPage(reply, 401, signedOutWithTextPage(frame, form.text));
  const outcome = await sendReply(portal, visitor, request.params.jobId, form);
  switch (outcome.kind) {
    case 'sent':
      return reply.redirect(`/portal/jobs/${request.params.jobId}?sent=1#latest`, 303);
    case 'job-missing':
      return sendPage(reply, 404, jobMissingWithTextPage(frame, form.text));
    case 'not-sent': {
      const { job, statusCode, sentence } = outcome;
      const state = { kind: 'not-sent', text: form.text, sentence } as const;
      return sendJobPage(portal, reply, { visitor, job, state, pagesBack: 0, statusCode });
    }
  }
}

async function showFile(
  portal: Portal,
  request: FastifyRequest<FileRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visitor = await visitorOf(portal, request);
  if (visitor === undefined) return sendSignIn(portal, reply);
  const download = {
    customer: visitor,
    attachmentId: request.params.attachmentId,
    wantsInline: fileQuery.parse(request.query).inline === '1',
    headers: request.headers,
  };
  const isSent = await sendDownload(portal, download, reply);
  return isSent ? reply : sendNotFound(portal, reply, visitor);
}

const fileQuery = z.object({ inline: z.literal('1').optional().catch(undefined) });

interface JobPageAnswer {
  readonly visitor: Visitor;
  readonly job: CustomerJob;
  readonly state: ReplyBox['state'];
  readonly pagesBack: number;
  readonly statusCode: number;
}

function sendJobPage(portal: Portal, reply: FastifyReply, answer: JobPageAnswer): FastifyReply {
  const { visitor, job, state, pagesBack, statusCode } = answer;
  const view = {
    office: visitor.office,
    calendar: calendarOf(portal),
    job,
    pagesBack,
    reply: { sendToken: newSendToken(), state },
  };
  return sendPage(reply, statusCode, jobPage(frameFor(portal, visitor), visitor, view));
}

function sendSignIn(portal: Portal, reply: FastifyReply): FastifyReply {
  return sendPage(reply, 401, signInPage(frameFor(portal, undefined)));
}

function calendarOf({ config, now }: Portal): Calendar {
  return { timeZone: config.timeZone, nowMs: now() };
}
