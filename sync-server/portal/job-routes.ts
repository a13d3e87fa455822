// The list of jobs, one job, its files, and what a customer does there. (E2-E5)

import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { askerOf } from '../auth/rate-limit.ts';
import { mutationId } from '../protocol/ids.ts';
import type { CustomerJob } from '../protocol/customer-job.ts';
import { jobForCustomer } from './customer-reads.ts';
import { countBytesToday, countFileToday } from './day-volume.ts';
import type { DetailsBox } from './details-part.ts';
import { sendDownload } from './download.ts';
import { jobPage, type Story } from './job-page.ts';
import { aroundKept, filledIn } from './kept-mark.ts';
import { type FileTaker, readMessageForm } from './message-form.ts';
import type { MessageBox } from './message-part.ts';
import {
  foreignFormPage,
  jobMissingWithTextPage,
  notReadyPage,
  signedOutWithTextPage,
} from './pages.ts';
import { signInPage } from './sign-in-page.ts';
import { readDetailsForm, saveDetails } from './save-details.ts';
import { FILE_FORMS } from './served-file.ts';
import { newSendToken, sendMessage } from './send-message.ts';
import { storyOf } from './thread.ts';
import { calendarOf, jobView, listView, quietJobPage } from './views.ts';
import { frameFor, type Portal, sendNotFound, sendPage } from './answers.ts';
import {
  carriesFormToken,
  freshenSession,
  isFromOwnPage,
  type Visitor,
  visitorOf,
} from './visitor.ts';

interface JobRoute {
  Params: { jobId: string };
}
interface FileRoute {
  Params: { attachmentId: string };
}

/**
 * Far above what a person writes, far below what fills an office. Counted by session, since customers may share an address;
 * a session that nobody gave out counts for nothing.
 */
function fewMessages(portal: Portal) {
  const keyGenerator = async (request: FastifyRequest) =>
    (await visitorOf(portal, request))?.session.id ?? askerOf(request.ip);
  return { rateLimit: { max: 30, timeWindow: '1 minute', keyGenerator } };
}

export function registerJobRoutes(scope: FastifyInstance, portal: Portal): void {
  const config = fewMessages(portal);
  scope.get('/', { prefixTrailingSlash: 'no-slash' }, (request, reply) =>
    showJobs(portal, request, reply),
  );
  scope.get<JobRoute>('/jobs/:jobId', (request, reply) => showJob(portal, request, reply));
  scope.post<JobRoute>('/jobs/:jobId/replies', { config }, (request, reply) =>
    takeMessage(portal, request, reply),
  );
  scope.post<JobRoute>('/jobs/:jobId/details', { config }, (request, reply) =>
    takeDetails(portal, request, reply),
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
  await freshenSession(portal, reply, visitor);
  return sendPage(reply, 200, await listView(portal, visitor));
}

const jobQuery = z.object({
  back: z.coerce.number().int().min(0).max(10_000).optional().catch(undefined),
  sent: z.literal('1').optional().catch(undefined),
  saved: z.literal('1').optional().catch(undefined),
});

async function showJob(
  portal: Portal,
  request: FastifyRequest<JobRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visitor = await visitorOf(portal, request);
  if (visitor === undefined) return sendSignIn(portal, reply);
  const { back = 0, sent, saved } = jobQuery.parse(request.query);
  const { jobId } = request.params;
  const isQuiet = sent === undefined && saved === undefined;
  const found = isQuiet
    ? await quietJobPage(portal, visitor, jobId, back)
    : await jobView(portal, visitor, jobId, back);
  if (found === undefined) return sendNotFound(portal, reply, visitor);
  await freshenSession(portal, reply, visitor);
  const { job } = found;
  const isNewToThem = job.hasNews || job.unseenEditVersion !== null;
  if (isNewToThem && back === 0 && isReadByAPerson(request)) await markSeen(portal, visitor, job);
  if ('page' in found) return sendPage(reply, 200, filledIn(found.page, newSendToken()));
  return sendJobPage(portal, reply, {
    visitor,
    ...found,
    statusCode: 200,
    message: { kind: sent === undefined ? 'empty' : 'sent' },
    details: { kind: saved === undefined ? 'as-it-stands' : 'saved' },
  });
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
    args: {
      jobId: job.jobId,
      seenVersion: job.newestVersion,
      // What another text stood for is told by it: whoever edits it again knows that this one was read. (C10)
      ...(job.unseenEditVersion !== null && { seenEditVersion: job.unseenEditVersion }),
    },
  });
}

async function takeMessage(
  portal: Portal,
  request: FastifyRequest<JobRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visitor = await visitorOf(portal, request);
  const frame = frameFor(portal, visitor);
  if (!isFromOwnPage(portal, request)) return sendPage(reply, 403, foreignFormPage(frame));
  const form = await readMessageForm(request, takerFor(portal, visitor, request.params.jobId));
  if (visitor === undefined) return sendPage(reply, 401, signedOutWithTextPage(frame, form.text));
  const outcome = await sendMessage(portal, visitor, request.params.jobId, form);
  switch (outcome.kind) {
    case 'sent':
      return reply.redirect(`/portal/jobs/${request.params.jobId}?sent=1#latest`, 303);
    case 'job-missing':
      return sendPage(reply, 404, jobMissingWithTextPage(frame, form.text));
    case 'not-sent': {
      const { job, statusCode, sentences, files } = outcome;
      return sendJobPage(portal, reply, {
        visitor,
        job,
        story: storyNow(portal, visitor, job),
        statusCode,
        message: { kind: 'not-sent', text: form.text, sentences, files },
        details: { kind: 'as-it-stands' },
      });
    }
  }
}

/** Bytes are let in only for who may send them: own form, own job, switch on. (E4) */
function takerFor(portal: Portal, visitor: Visitor | undefined, jobId: string): FileTaker {
  return {
    mayBring: async ({ formToken }) => {
      if (visitor === undefined || !carriesFormToken(visitor, formToken)) return false;
      return (await jobForCustomer(portal.storage, visitor, jobId))?.canUpload === true;
    },
    take: async (bytes) => {
      if (visitor === undefined) throw new Error('Nobody brings files.');
      const { workspaceId, customerId } = visitor;
      await countFileToday(portal, visitor, 0);
      const blob = await portal.keeper.take(workspaceId, bytes);
      await countBytesToday(portal, visitor, blob.sizeBytes);
      const brought = { workspaceId, customerId, blobId: blob.blobId };
      await portal.storage.noteBroughtBlob(brought, new Date(portal.now()).toISOString());
      return blob;
    },
  };
}

async function takeDetails(
  portal: Portal,
  request: FastifyRequest<JobRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const visitor = await visitorOf(portal, request);
  const frame = frameFor(portal, visitor);
  if (!isFromOwnPage(portal, request)) return sendPage(reply, 403, foreignFormPage(frame));
  const form = readDetailsForm(request);
  if (visitor === undefined) return sendSignIn(portal, reply);
  const outcome = await saveDetails(portal, visitor, request.params.jobId, form);
  switch (outcome.kind) {
    case 'saved':
      return reply.redirect(`/portal/jobs/${request.params.jobId}?saved=1#details`, 303);
    case 'job-missing':
      return sendNotFound(portal, reply, visitor);
    case 'not-saved': {
      const { job, statusCode, sentence, typed } = outcome;
      return sendJobPage(portal, reply, {
        visitor,
        job,
        story: storyNow(portal, visitor, job),
        statusCode,
        message: { kind: 'empty' },
        details: { kind: 'not-saved', sentence, typed },
      });
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
    form: fileQuery.parse(request.query).as,
    headers: request.headers,
  };
  const outcome = await sendDownload(portal, download, reply);
  if (outcome === 'not-ready') return sendPage(reply, 409, notReadyPage(frameFor(portal, visitor)));
  return outcome === 'sent' ? reply : sendNotFound(portal, reply, visitor);
}

const fileQuery = z.object({ as: z.enum(FILE_FORMS).catch('file') });

interface JobPageAnswer {
  readonly visitor: Visitor;
  readonly job: CustomerJob;
  readonly story: Story;
  readonly statusCode: number;
  readonly message: MessageBox['state'];
  readonly details: DetailsBox['state'];
}

function sendJobPage(portal: Portal, reply: FastifyReply, answer: JobPageAnswer): FastifyReply {
  const { visitor, job, message, details, story, statusCode } = answer;
  const sendToken = newSendToken();
  const view = {
    office: visitor.brand.office,
    job,
    story,
    message: { sendToken, state: message },
    details: { sendToken, state: details },
  };
  const source = jobPage(frameFor(portal, visitor), visitor, view);
  return sendPage(reply, statusCode, aroundKept(source, story.thread));
}

function sendSignIn(portal: Portal, reply: FastifyReply): FastifyReply {
  return sendPage(reply, 401, signInPage(frameFor(portal, undefined), { kind: 'signed-out' }));
}

/** The newest things, after a form that was not taken. */
function storyNow(portal: Portal, { brand }: Visitor, job: CustomerJob): Story {
  return storyOf({ office: brand.office, calendar: calendarOf(portal), job }, 0);
}
