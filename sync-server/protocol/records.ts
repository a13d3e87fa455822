// The records that sync: what an office's data is made of. Every side parses what it is given with these schemas.

// A field that came later than its record is optional, and absent where it has nothing to say: rows written before stay as
// they are, and a device one version behind is given nothing new where nothing new happened. [H9]

import * as z from 'zod';
import { cannedReply } from './canned-replies.ts';
import { attachment, entry } from './entries.ts';
import { scheduledReply } from './scheduled-replies.ts';
import {
  blobId,
  customerId,
  entryId,
  fieldId,
  jobId,
  memberId,
  pipelineId,
  portalLinkId,
  stageId,
  workspaceId,
} from './ids.ts';
import { MAX_TEXT_LENGTH, fieldValue, hue, instant, name, role, text } from './values.ts';

export const workspace = z.strictObject({
  id: workspaceId,
  name,
  /** The colour of the office in the portal and in mails. */
  hue: hue.exactOptional(),
  logoBlobId: blobId.exactOptional(),
});

export const member = z.strictObject({
  id: memberId,
  name,
  email: z.email().max(254),
  role,
  /** No longer in the office: what they did keeps their name, and nothing new is theirs. (J1) */
  removed: z.literal(true).exactOptional(),
});

export const stage = z.strictObject({
  id: stageId,
  name,
  hue,
  /** A job in an internal stage is not in the portal at all. (A5) */
  visibleToCustomer: z.boolean(),
});

export const formField = z.strictObject({
  id: fieldId,
  label: name,
  type: z.enum(['text', 'long_text', 'number', 'date', 'choice', 'checkbox']),
  choices: z.array(name).max(100),
  customerCanEdit: z.boolean(),
});

export const pipeline = z.strictObject({
  id: pipelineId,
  name,
  hue,
  position: z.int().min(0),
  stages: z.array(stage).min(1).max(50),
  fields: z.array(formField).max(100),
  customerCanReply: z.boolean(),
  customerCanUpload: z.boolean(),
  /** No longer offered. Written before a removed pipeline was deleted; nothing says so any more. */
  removed: z.literal(true).exactOptional(),
});

export const customer = z.strictObject({
  id: customerId,
  name,
  emails: z.array(z.email().max(254)).max(10),
  phone: text(60),
  notes: text(MAX_TEXT_LENGTH),
  notifyOnReplies: z.boolean(),
});

export const job = z.strictObject({
  id: jobId,
  /** "#2291", as it is shown; given by the server when the job arrives there, null while it waits on a device. */
  reference: text(20).nullable(),
  title: name,
  customerId,
  pipelineId,
  stageId,
  assigneeId: memberId.nullable(),
  form: z.record(fieldId, fieldValue),
  createdAt: instant,
  lastActivityAt: instant,
});

/** How far a member has read a job. Travels to that member's devices only. [V3] */
export const readMark = z.strictObject({
  id: z.string(),
  memberId,
  jobId,
  readThroughVersion: z.int().min(0),
});

/** How far a customer has read a job in the portal. */
export const portalVisit = z.strictObject({
  id: z.string(),
  customerId,
  jobId,
  seenVersion: z.int().min(0),
  seenAt: instant,
  /** The version of the newest edit on a page they saw: what came after it they have not read. (C10) */
  seenEditVersion: z.int().min(0).exactOptional(),
});

/** Whether a member wants to hear of a job. Travels to that member's devices only. [V3] (F3) */
export const follow = z.strictObject({
  id: z.string(),
  memberId,
  jobId,
  /** `neither`: they said so after all, and the bell's scope decides again. */
  state: z.enum(['following', 'muted', 'neither']),
});

/** What a member chose for all own devices. Travels to those only. [V3] */
export const memberSettings = z.strictObject({
  id: memberId,
  memberId,
  /** `followed`: only jobs they follow or are assigned to ring the bell. (F3) */
  bellScope: z.enum(['all', 'followed']),
});

/** One mail to a customer about a job, and what became of it. Written by the server alone. (F2) */
export const mail = z.strictObject({
  id: z.string(),
  jobId,
  customerId,
  entryIds: z.array(entryId).max(500),
  to: z.array(z.email().max(254)).max(10),
  state: z.enum(['waiting', 'sent', 'refused', 'dropped']),
  /** Of the state. */
  at: instant,
  /** Why it was refused or dropped, or has not left yet, as a sentence; '' otherwise. */
  reason: text(500),
  /** Of several addresses those that refused it for good, with the mail server's words. */
  refused: z
    .array(z.strictObject({ to: z.email().max(254), reason: text(300) }))
    .max(20)
    .optional(),
});

/** A link that lets a customer into the portal, as staff see it; what opens the door is never in a record. (A6, E1) */
export const portalLink = z.strictObject({
  id: portalLinkId,
  customerId,
  /** Null where the customer asked for it. */
  memberId: memberId.nullable(),
  /** Where it was mailed to; null where it was copied. */
  mailedTo: z.email().max(254).nullable(),
  createdAt: instant,
  expiresAt: instant,
  ended: z.strictObject({ how: z.enum(['used', 'revoked']), at: instant }).nullable(),
});

export const recordSchemas = {
  workspace,
  member,
  pipeline,
  customer,
  job,
  entry,
  attachment,
  read_mark: readMark,
  portal_visit: portalVisit,
  follow,
  member_settings: memberSettings,
  mail,
  portal_link: portalLink,
  canned_reply: cannedReply,
  scheduled_reply: scheduledReply,
} as const;

export type RecordKind = keyof typeof recordSchemas;
export type RecordOf<K extends RecordKind> = z.infer<(typeof recordSchemas)[K]>;
export type AnyRecord = RecordOf<RecordKind>;
export interface RecordKey {
  readonly kind: RecordKind;
  readonly id: string;
}
/** A record with its kind, as it is handed around where kinds mix. */
export type KindedRecord = { [K in RecordKind]: { kind: K; record: RecordOf<K> } }[RecordKind];

export type Workspace = z.infer<typeof workspace>;
export type Member = z.infer<typeof member>;
export type Stage = z.infer<typeof stage>;
export type FormField = z.infer<typeof formField>;
export type Pipeline = z.infer<typeof pipeline>;
export type Customer = z.infer<typeof customer>;
export type Job = z.infer<typeof job>;
export type ReadMark = z.infer<typeof readMark>;
export type PortalVisit = z.infer<typeof portalVisit>;
export type Follow = z.infer<typeof follow>;
export type MemberSettings = z.infer<typeof memberSettings>;
export type Mail = z.infer<typeof mail>;
export type PortalLink = z.infer<typeof portalLink>;

export const RECORD_KINDS = Object.keys(recordSchemas) as readonly RecordKind[];

export const readMarkId = (member: string, job: string): string => `${member}:${job}`;
export const portalVisitId = (customer: string, job: string): string => `${customer}:${job}`;
export const followId = (member: string, job: string): string => `${member}:${job}`;
