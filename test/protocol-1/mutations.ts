// The protocol as version 1 left the house, kept as it was: devices of that version speak it.

// Every mutation and its arguments: a mutation is a named intent, made by a person once and applied at most once. [P1]

import * as z from 'zod';
import {
  attachmentId,
  blobId,
  clientId,
  customerId,
  entryId,
  fieldId,
  jobId,
  memberId,
  mutationId,
  pipelineId,
  stageId,
} from './ids.ts';
import { MAX_BLOB_BYTES } from './blobs.ts';
import { audience, fieldValue, instant, MAX_TEXT_LENGTH, name, text } from './records.ts';

export const newAttachment = z.strictObject({
  attachmentId,
  blobId,
  name,
  mediaType: text(120),
  sizeBytes: z.int().min(1).max(MAX_BLOB_BYTES),
  audience,
});
export type NewAttachment = z.infer<typeof newAttachment>;

/** What staff can do. */
export const memberMutationArgs = {
  create_customer: z.strictObject({
    customerId,
    name,
    emails: z.array(z.email().max(254)).max(10),
    phone: text(60),
  }),
  create_job: z.strictObject({
    jobId,
    entryId,
    title: name,
    customerId,
    pipelineId,
    stageId,
    assigneeId: memberId.nullable(),
  }),
  /** A note or a customer reply, with files; audience and files are part of the act. (C2) */
  post_entry: z.strictObject({
    jobId,
    entryId,
    audience,
    text: text(MAX_TEXT_LENGTH),
    attachments: z.array(newAttachment).max(50),
    /** The version of the job's newest confirmed entry that its author had on the screen. [P6] */
    seenVersion: z.int().min(0),
  }),
  change_stage: z.strictObject({
    jobId,
    entryId,
    /** What the person saw; where something else stands by now, the change conflicts. (H5) */
    fromStageId: stageId,
    toStageId: stageId,
  }),
  save_form: z.strictObject({
    jobId,
    entryId,
    changes: z
      .array(z.strictObject({ fieldId, from: fieldValue, to: fieldValue }))
      .min(1)
      .max(100),
  }),
  assign_job: z.strictObject({
    jobId,
    entryId,
    fromMemberId: memberId.nullable(),
    toMemberId: memberId.nullable(),
  }),
  mark_read: z.strictObject({ jobId, throughVersion: z.int().min(0) }),
} as const;

/** What a customer can do; made by the portal's pages only, never accepted from a push. */
export const customerMutationArgs = {
  customer_reply: z.strictObject({ jobId, entryId, text: text(MAX_TEXT_LENGTH) }),
  customer_visit: z.strictObject({ jobId, seenVersion: z.int().min(0) }),
} as const;

export const mutationArgs = { ...memberMutationArgs, ...customerMutationArgs } as const;

export type MutationName = keyof typeof mutationArgs;
export type MemberMutationName = keyof typeof memberMutationArgs;
export type MutationArgs<N extends MutationName> = z.infer<(typeof mutationArgs)[N]>;

export const isMemberMutation = (value: string): value is MemberMutationName =>
  Object.hasOwn(memberMutationArgs, value);

/** A mutation on the wire; `args` is parsed by name when it is applied, so that one bad mutation never spoils a push. */
export const mutation = z.strictObject({
  id: mutationId,
  clientId,
  name: z.string().max(60),
  args: z.unknown(),
  writtenAt: instant,
});
export type Mutation = z.infer<typeof mutation>;
