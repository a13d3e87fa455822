// Every mutation and its arguments: a mutation is a named intent, made by a person once and applied at most once. [P1]

import * as z from 'zod';
import {
  attachmentId,
  blobId,
  cannedReplyId,
  clientId,
  customerId,
  entryId,
  fieldId,
  jobId,
  memberId,
  mutationId,
  pipelineId,
  portalLinkId,
  stageId,
  tokenHash,
  workspaceId,
} from './ids.ts';
import { MAX_BLOB_BYTES } from './blobs.ts';
import { cannedReply, sharing } from './canned-replies.ts';
import { renditions } from './entries.ts';
import { newSession } from './new-session.ts';
import { customer, follow, memberSettings, pipeline, workspace } from './records.ts';
import { audience, fieldValue, instant, MAX_TEXT_LENGTH, name, text } from './values.ts';

export const newAttachment = z.strictObject({
  attachmentId,
  blobId,
  name,
  mediaType: text(120),
  sizeBytes: z.int().min(1).max(MAX_BLOB_BYTES),
  audience,
  /** Where they were made before it was posted. */
  renditions: renditions.exactOptional(),
  /** The customer gets a photo with the place it was taken; without this word, never. (D6) */
  keepsLocation: z.literal(true).exactOptional(),
  /** The older version of the same file, on the same job. (D9) */
  replacesId: attachmentId.exactOptional(),
});
export type NewAttachment = z.infer<typeof newAttachment>;

/** How many files a customer can send with one message. */
export const MAX_CUSTOMER_FILES = 20;

/** What the person saw and what they made of it, field by field. (H5) */
const formChanges = z
  .array(z.strictObject({ fieldId, from: fieldValue, to: fieldValue }))
  .min(1)
  .max(100);
export type WishedFormChange = z.infer<typeof formChanges>[number];

/** Something done to a file after it was posted; `entryId` is of the new entry that tells of it. */
const fileAct = { jobId, entryId, attachmentId };

/** Something done to a reply that waits for its time, as its person saw it. (C8) */
const scheduledAct = {
  jobId,
  entryId,
  revision: z.int().min(1),
  /** As of `post_entry`. [P6] */
  seenVersion: z.int().min(0),
};

/** A field of a record as the person saw it and as they want it; null where it has nothing to say. (H5) */
const fieldChange = <N extends string, T extends z.ZodType>(field: N, value: T) =>
  z.strictObject({ field: z.literal(field), from: value, to: value });

export const customerChange = z.discriminatedUnion('field', [
  fieldChange('name', customer.shape.name),
  fieldChange('emails', customer.shape.emails),
  fieldChange('phone', customer.shape.phone),
  fieldChange('notes', customer.shape.notes),
  fieldChange('notifyOnReplies', customer.shape.notifyOnReplies),
]);
export type CustomerChange = z.infer<typeof customerChange>;

export const pipelineChange = z.discriminatedUnion('field', [
  fieldChange('name', pipeline.shape.name),
  fieldChange('hue', pipeline.shape.hue),
  fieldChange('stages', pipeline.shape.stages),
  fieldChange('fields', pipeline.shape.fields),
  fieldChange('customerCanReply', pipeline.shape.customerCanReply),
  fieldChange('customerCanUpload', pipeline.shape.customerCanUpload),
]);
export type PipelineChange = z.infer<typeof pipelineChange>;

export const workspaceChange = z.discriminatedUnion('field', [
  fieldChange('name', workspace.shape.name),
  fieldChange('hue', pipeline.shape.hue.nullable()),
  fieldChange('logoBlobId', blobId.nullable()),
]);
export type WorkspaceChange = z.infer<typeof workspaceChange>;

export const cannedReplyChange = z.discriminatedUnion('field', [
  fieldChange('title', cannedReply.shape.title),
  fieldChange('text', cannedReply.shape.text),
  fieldChange('files', cannedReply.shape.files),
]);
export type CannedReplyChange = z.infer<typeof cannedReplyChange>;

/** Jobs of a stage that is removed, each with where it goes and the entry that tells of it. */
export const MAX_MOVED_JOBS = 500;

/** What staff can do. */
export const memberMutationArgs = {
  create_customer: z.strictObject({
    customerId,
    name,
    emails: z.array(z.email().max(254)).max(10),
    phone: text(60),
  }),
  update_customer: z.strictObject({ customerId, changes: z.array(customerChange).min(1).max(5) }),
  /** The customer and all that is kept of them, for good. [O2] */
  delete_customer: z.strictObject({
    customerId,
    /** What the person saw and confirmed; one who is called otherwise by now stays. */
    fromName: name,
    /** Without it one who has a job stays. */
    withJobs: z.boolean(),
  }),
  /** A link to copy. Its token stays with the person; only the hash travels, and no record keeps it. (A6, E1) */
  create_portal_link: z.strictObject({ linkId: portalLinkId, customerId, tokenHash }),
  /** A link by mail, to one of the customer's addresses. (A6, E1) */
  mail_portal_link: z.strictObject({ customerId, to: z.email().max(254) }),
  revoke_portal_links: z.strictObject({
    customerId,
    /** `all`: those too that the person did not see. */
    of: z.union([z.literal('all'), z.array(portalLinkId).min(1).max(200)]),
    /** Signs the customer out where they are signed in. */
    endSessions: z.boolean(),
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
    /** Whose the job was on the screen: what is for one customer never goes to another. [P6] */
    writtenFor: customerId.optional(),
  }),
  /** A customer reply that the server sends at a time; it carries what `post_entry` carries. (C8) */
  schedule_reply: z.strictObject({
    jobId,
    entryId,
    text: text(MAX_TEXT_LENGTH),
    attachments: z.array(newAttachment).max(50),
    /** Both as of `post_entry`. [P6] */
    seenVersion: z.int().min(0),
    writtenFor: customerId.optional(),
    sendAt: instant,
    unlessCustomerWrites: z.boolean(),
  }),
  /** Changes what waits or is held, and makes it wait again. */
  change_scheduled_reply: z.strictObject({
    ...scheduledAct,
    text: text(MAX_TEXT_LENGTH),
    sendAt: instant,
    unlessCustomerWrites: z.boolean(),
  }),
  /** Sends it now, makes it an internal note, or takes it back. */
  end_scheduled_reply: z.strictObject({
    ...scheduledAct,
    how: z.enum(['send', 'note', 'cancel']),
  }),
  change_stage: z.strictObject({
    jobId,
    entryId,
    /** What the person saw; where something else stands by now, the change conflicts. (H5) */
    fromStageId: stageId,
    toStageId: stageId,
  }),
  save_form: z.strictObject({ jobId, entryId, changes: formChanges }),
  assign_job: z.strictObject({
    jobId,
    entryId,
    fromMemberId: memberId.nullable(),
    toMemberId: memberId.nullable(),
  }),
  /** Corrects what a job is called. (A1) */
  rename_job: z.strictObject({ jobId, entryId, fromTitle: name, toTitle: name }),
  /** To a stage of another pipeline. (A1) */
  move_job: z.strictObject({
    jobId,
    entryId,
    fromPipelineId: pipelineId,
    fromStageId: stageId,
    toPipelineId: pipelineId,
    toStageId: stageId,
  }),
  /** Corrects whom a job is for, as long as nothing on it was shared with anybody. (A1) */
  change_job_customer: z.strictObject({
    jobId,
    entryId,
    fromCustomerId: customerId,
    toCustomerId: customerId,
  }),
  /** Who reads a file from now on; making it visible is an act of its own. (C2, D3) */
  change_file_audience: z.strictObject({
    ...fileAct,
    audience,
    /** What the person saw and confirmed; where the file is called otherwise by now, making it visible conflicts. */
    fromName: name,
    keepsLocation: z.literal(true).optional(),
    /** Both as of `post_entry`. [P6] */
    seenVersion: z.int().min(0),
    writtenFor: customerId.optional(),
  }),
  rename_file: z.strictObject({ ...fileAct, fromName: name, toName: name }),
  /** Takes a file back from the customer; the team still has it. (C10) */
  withdraw_file: z.strictObject(fileAct),
  /** Removes a file's bytes for good, everywhere. (C10) */
  redact_file: z.strictObject(fileAct),
  /** Puts another text in place of an own one; who reads it, its place and its files stay. (C10) */
  edit_entry: z.strictObject({
    jobId,
    entryId,
    text: text(MAX_TEXT_LENGTH),
    /** `basisOf` the text its author saw: where another stands by now, the edit conflicts. (H5) */
    basedOn: z.string().max(40),
  }),
  /** Takes an entry back from the customer, its files with it. (C10) */
  withdraw_entry: z.strictObject({ jobId, entryId }),
  /** Removes what an entry says for good, everywhere, and withdraws its files. (C10) */
  redact_entry: z.strictObject({ jobId, entryId }),
  create_pipeline: z.strictObject({
    pipelineId,
    name,
    hue: pipeline.shape.hue,
    stages: pipeline.shape.stages,
    fields: pipeline.shape.fields,
    customerCanReply: z.boolean(),
    customerCanUpload: z.boolean(),
  }),
  update_pipeline: z.strictObject({
    pipelineId,
    changes: z.array(pipelineChange).min(1).max(6),
    moves: z.array(z.strictObject({ jobId, entryId, toStageId: stageId })).max(MAX_MOVED_JOBS),
  }),
  /** Their order in every list. */
  order_pipelines: z.strictObject({ pipelineIds: z.array(pipelineId).min(1).max(200) }),
  remove_pipeline: z.strictObject({ pipelineId }),
  update_workspace: z.strictObject({
    workspaceId,
    changes: z.array(workspaceChange).min(1).max(3),
  }),
  /** Whether the member wants to hear of a job. (F3) */
  set_follow: z.strictObject({ jobId, state: follow.shape.state }),
  set_bell_scope: z.strictObject({ bellScope: memberSettings.shape.bellScope }),
  create_canned_reply: z.strictObject({
    cannedReplyId,
    sharing,
    title: cannedReply.shape.title,
    text: cannedReply.shape.text,
    files: cannedReply.shape.files,
  }),
  update_canned_reply: z.strictObject({
    cannedReplyId,
    changes: z.array(cannedReplyChange).min(1).max(3),
  }),
  /** Shares a personal one, or makes a shared one its member's own again: under a new id. [V3] */
  move_canned_reply: z.strictObject({ cannedReplyId, toCannedReplyId: cannedReplyId, to: sharing }),
  delete_canned_reply: z.strictObject({
    cannedReplyId,
    /** What the person saw; one that is called otherwise by now stays. */
    fromTitle: cannedReply.shape.title,
  }),
  mark_read: z.strictObject({ jobId, throughVersion: z.int().min(0) }),
  /** Made by the program, behind what people do. It names no job: nothing of a job waits for pictures. (D5) */
  attach_renditions: z.strictObject({
    attachmentId,
    /** What they were made of. */
    blobId,
    renditions,
  }),
} as const;

/** What a customer can do; made by the portal's pages only, never accepted from a push. */
export const customerMutationArgs = {
  customer_reply: z.strictObject({ jobId, entryId, text: text(MAX_TEXT_LENGTH) }),
  /** Files, and a message with them where there is one. What a customer sends is visible to them. (E4) */
  customer_upload: z.strictObject({
    jobId,
    entryId,
    text: text(MAX_TEXT_LENGTH),
    attachments: z
      .array(newAttachment.omit({ audience: true }))
      .min(1)
      .max(MAX_CUSTOMER_FILES),
  }),
  customer_save_form: z.strictObject({ jobId, entryId, changes: formChanges }),
  /** Came in by a link, which is used up with it, and is signed in from then on. (E1) */
  customer_enter: z.strictObject({ linkId: portalLinkId, session: newSession }),
  /** Whether they want mails about news. (F2) */
  customer_notifications: z.strictObject({ notifyOnReplies: z.boolean() }),
  customer_visit: z.strictObject({
    jobId,
    seenVersion: z.int().min(0),
    /** The newest edit on the page. (C10) */
    seenEditVersion: z.int().min(0).exactOptional(),
  }),
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
