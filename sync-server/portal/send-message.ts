// A customer's message and files, from the form to the office, exactly once.

import { createHash, randomUUID } from 'node:crypto';
import { attachmentId, entryId, type JobId, type MutationId, mutationId } from '../protocol/ids.ts';
import { MAX_CUSTOMER_FILES } from '../protocol/mutations.ts';
import type { PushOutcome } from '../protocol/outcome.ts';
import { MAX_TEXT_LENGTH } from '../protocol/values.ts';
import type { BlobRow } from '../storage/storage.ts';
import type { CustomerJob } from '../protocol/customer-job.ts';
import { jobForCustomer } from './customer-reads.ts';
import { type MessageForm, type NamedFile, problemSentence } from './message-form.ts';
import type { Portal } from './answers.ts';
import { countToday } from './day-volume.ts';
import { unlessFull } from './no-room.ts';
import type { PortalDeps } from './portal-deps.ts';
import { carriesFormToken, type Visitor } from './visitor.ts';

export const SEND_TOKEN = /^[\w-]{22,36}$/;

/** Node keeps chance for these in store; asking for fresh bytes takes as long as finding a kept page. */
export const newSendToken = (): string => randomUUID();

/** A file that is with the server and waits for Send. */
export interface WaitingFile extends NamedFile, Pick<BlobRow, 'mediaType' | 'sizeBytes'> {}

export type MessageOutcome =
  | { readonly kind: 'sent' }
  /** The job is not there for this customer, or no longer. [V2] */
  | { readonly kind: 'job-missing' }
  | {
      readonly kind: 'not-sent';
      readonly statusCode: 403 | 422 | 429 | 507;
      readonly job: CustomerJob;
      readonly sentences: readonly string[];
      /** What came and was good: the next Send takes it along. */
      readonly files: readonly WaitingFile[];
    };

export async function sendMessage(
  deps: Portal,
  visitor: Visitor,
  jobId: string,
  form: MessageForm,
): Promise<MessageOutcome> {
  const job = await jobForCustomer(deps.storage, visitor, jobId);
  if (job === undefined) return { kind: 'job-missing' };
  const { files, lost } = await filesOf(deps, visitor, form);
  const notSent = (
    statusCode: 403 | 422 | 429 | 507,
    ...sentences: readonly string[]
  ): MessageOutcome => {
    return { kind: 'not-sent', statusCode, job, sentences, files };
  };
  if (!carriesFormToken(visitor, form.formToken) || !SEND_TOKEN.test(form.sendToken))
    return notSent(403, 'This page was too old, so your message was not sent. Press Send again.');
  const problems = [...form.problems, ...lost, ...textProblems(form.text, files, job)];
  if (problems.length > 0) return notSent(422, ...problems);
  const act = messageAct(visitor, job.jobId, form, files);
  const { office } = visitor.brand;
  return unlessFull(
    async () =>
      (await countToday(deps, visitor, { messages: 1 }, act.mutationId))
        ? resultOf(await deps.act(act), notSent)
        : notSent(
            429,
            `You have sent as many messages as fit in one day. Send this one tomorrow, or call ${office}.`,
          ),
    () =>
      notSent(
        507,
        `The server has no room just now, so your message was not sent. Press Send again later, or call ${office}.`,
      ),
  );
}

function messageAct(
  visitor: Visitor,
  jobId: JobId,
  form: MessageForm,
  files: readonly WaitingFile[],
) {
  const { workspaceId, customerId } = visitor;
  const who = { workspaceId, customerId, mutationId: mutationIdOf(visitor, jobId, form, files) };
  const args = { jobId, entryId: entryId.parse(randomUUID()), text: form.text };
  if (files.length === 0) return { ...who, name: 'customer_reply', args } as const;
  const attachments = files.map((file) => {
    return { attachmentId: attachmentId.parse(randomUUID()), ...file };
  });
  return { ...who, name: 'customer_upload', args: { ...args, attachments } } as const;
}

function resultOf(
  outcome: PushOutcome,
  notSent: (statusCode: 403 | 422, sentence: string) => MessageOutcome,
): MessageOutcome {
  if (outcome.kind === 'applied') return { kind: 'sent' };
  if (outcome.kind !== 'refused')
    return notSent(422, 'Something changed on this job meanwhile. Press Send again.');
  const { code, sentence } = outcome.refusal;
  if (code === 'job-missing') return { kind: 'job-missing' };
  return notSent(code === 'not-allowed' ? 403 : 422, sentence);
}

/** Of the files a form names, those this customer brought; nobody sends on what only others have. [V2] */
async function filesOf(
  { storage }: PortalDeps,
  { workspaceId, customerId }: Visitor,
  { named, brought }: MessageForm,
): Promise<{ readonly files: readonly WaitingFile[]; readonly lost: readonly string[] }> {
  const files: WaitingFile[] = [];
  const lost: string[] = [];
  for (const file of [...named, ...brought]) {
    const blob = await storage.broughtBlob({ workspaceId, customerId, blobId: file.blobId });
    if (blob === undefined) lost.push(`“${file.name}” did not reach the office. Choose it again.`);
    else if (files.length === MAX_CUSTOMER_FILES) lost.push(problemSentence(file.name, 'too-many'));
    else files.push({ ...file, mediaType: blob.mediaType, sizeBytes: blob.sizeBytes });
  }
  return { files, lost };
}

function textProblems(
  text: string,
  files: readonly WaitingFile[],
  { canReply, canUpload }: CustomerJob,
): readonly string[] {
  if (text.trim() === '' && files.length === 0) return [nothingSentence(canReply, canUpload)];
  if (text.length <= MAX_TEXT_LENGTH) return [];
  const count = (value: number) => value.toLocaleString('en');
  return [
    `Your message has ${count(text.length)} characters, and ${count(MAX_TEXT_LENGTH)} is the most. Shorten it or send it in two parts.`,
  ];
}

function nothingSentence(canReply: boolean, canUpload: boolean): string {
  if (!canUpload) return 'Your message is empty. Write something, then press Send.';
  return canReply
    ? 'Your message is empty. Write something or add a file, then press Send.'
    : 'There is no file to send. Add one, then press Send.';
}

/**
 * The same form with the same text and files is the same message, however often it arrives. A page the browser kept (Back,
 * then a second message) still has its old token, so the content is part of the id: a new text is never swallowed. [P1]
 */
function mutationIdOf(
  visitor: Visitor,
  jobId: JobId,
  form: MessageForm,
  files: readonly WaitingFile[],
): MutationId {
  const parts = [visitor.customerId, jobId, form.sendToken, form.text];
  return mutationIdFor([...parts, ...files.map(({ blobId }) => blobId)]);
}

/** The same parts have the same id, and other parts another. */
export function mutationIdFor(parts: readonly string[]): MutationId {
  const hash = createHash('sha256').update(parts.join('\n')).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x40;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  const cuts = [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ] as const;
  return mutationId.parse(cuts.map(([from, to]) => hex.slice(from, to)).join('-'));
}
