// A customer's message, from the form to the office, exactly once.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AppError } from '../errors.ts';
import { entryId, type MutationId, mutationId } from '../protocol/ids.ts';
import { MAX_TEXT_LENGTH } from '../protocol/records.ts';
import type { CustomerJob } from './customer-job.ts';
import { jobForCustomer } from './customer-reads.ts';
import type { PortalDeps } from './portal-deps.ts';
import { carriesFormToken, type Visitor } from './visitor.ts';

/** What a form may bring; generous, so that a text which is too long can be given back with a sentence. */
export const MAX_FORM_BYTES = 512 * 1024;

const SEND_TOKEN = /^[\w-]{22}$/;

const replyForm = z.strictObject({
  formToken: z.string().max(200),
  sendToken: z.string().max(200),
  text: z.string(),
});
export type ReplyForm = z.infer<typeof replyForm>;

/** @throws AppError `not-valid` for a form that is not ours */
export function readReplyForm(request: FastifyRequest): ReplyForm {
  const form = replyForm.safeParse(request.body);
  if (!form.success) throw new AppError('not-valid', { cause: form.error });
  return { ...form.data, text: asWritten(form.data.text) };
}

/** Browsers send line ends as CR LF; the office stores LF. A NUL was never typed by a person. */
function asWritten(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\u0000', '');
}

export const newSendToken = (): string => randomBytes(16).toString('base64url');

export type ReplyOutcome =
  | { readonly kind: 'sent' }
  /** The job is not there for this customer, or no longer. [V2] */
  | { readonly kind: 'job-missing' }
  | {
      readonly kind: 'not-sent';
      readonly statusCode: 403 | 422;
      readonly job: CustomerJob;
      readonly sentence: string;
    };

export async function sendReply(
  deps: PortalDeps,
  visitor: Visitor,
  jobId: string,
  form: ReplyForm,
): Promise<ReplyOutcome> {
  const job = await jobForCustomer(deps.storage, visitor, jobId);
  if (job === undefined) return { kind: 'job-missing' };
  const notSent = (statusCode: 403 | 422, sentence: string): ReplyOutcome => ({
    kind: 'not-sent',
    statusCode,
    job,
    sentence,
  });
  if (!carriesFormToken(visitor, form.formToken) || !SEND_TOKEN.test(form.sendToken))
    return notSent(403, 'This page was too old, so your message was not sent. Press Send again.');
  const problem = textProblem(form.text);
  if (problem !== undefined) return notSent(422, problem);
  const outcome = await deps.act({
    workspaceId: visitor.workspaceId,
    customerId: visitor.customerId,
    mutationId: mutationIdOf(visitor, job, form),
    name: 'customer_reply',
    args: { jobId: job.jobId, entryId: entryId.parse(randomUUID()), text: form.text },
  });
  if (outcome.kind === 'applied') return { kind: 'sent' };
  if (outcome.kind === 'refused' && outcome.refusal.code === 'job-missing')
    return { kind: 'job-missing' };
  return outcome.kind === 'refused'
    ? notSent(outcome.refusal.code === 'not-allowed' ? 403 : 422, outcome.refusal.sentence)
    : notSent(422, 'Something changed on this job meanwhile. Press Send again.');
}

function textProblem(text: string): string | undefined {
  if (text.trim() === '') return 'Your message is empty. Write something, then press Send.';
  if (text.length <= MAX_TEXT_LENGTH) return undefined;
  const count = (value: number) => value.toLocaleString('en');
  return `Your message has ${count(text.length)} characters, and ${count(MAX_TEXT_LENGTH)} is the most. Shorten it or send it in two parts.`;
}

/**
 * The same form with the same text is the same message, however often it arrives. A page the browser kept (Back, then a
 * second message) still has its old token, so the text is part of the id: a new text is a new message, never swallowed. [P1]
 */
function mutationIdOf(visitor: Visitor, job: CustomerJob, form: ReplyForm): MutationId {
  const hash = createHash('sha256')
    .update([visitor.customerId, job.jobId, form.sendToken, form.text].join('\n'))
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x40;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  const parts = [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ] as const;
  return mutationId.parse(parts.map(([from, to]) => hex.slice(from, to)).join('-'));
}
