// The protocol as version 1 left the house, kept as it was: devices of that version speak it.

// The records that sync: what an office's data is made of. Every side parses what it is given with these schemas.

import * as z from 'zod';
import {
  attachmentId,
  blobId,
  customerId,
  entryId,
  fieldId,
  jobId,
  memberId,
  pipelineId,
  stageId,
  workspaceId,
} from './ids.ts';

export const MAX_TEXT_LENGTH = 20_000;
export const MAX_NAME_LENGTH = 200;

/** Text a person wrote: well-formed Unicode without NUL, at most `max` UTF-16 units. PostgreSQL stores no NUL, so nobody accepts one. */
export const text = (max: number) =>
  z
    .string()
    .max(max, `must have at most ${max.toLocaleString('en')} characters`)
    .refine((value) => !value.includes('\u0000') && value.isWellFormed(), {
      message: 'must be well-formed text',
    });

export const name = text(MAX_NAME_LENGTH).refine((value) => value.trim() !== '', {
  message: 'must not be empty',
});

/** An instant, ISO 8601 in UTC with milliseconds. */
export const instant = z.iso.datetime({ precision: 3 });

/** Who may read: `internal` is the team alone, `visible` is the team and the job's customer. */
export const audience = z.enum(['internal', 'visible']);
export type Audience = z.infer<typeof audience>;

export const role = z.enum(['member', 'admin']);
export type Role = z.infer<typeof role>;

/** One of eight hues of the design tokens; the interface picks the shade for its theme. */
export const hue = z.enum(['blue', 'amber', 'green', 'violet', 'rose', 'teal', 'slate', 'orange']);
export type Hue = z.infer<typeof hue>;

export const workspace = z.strictObject({
  id: workspaceId,
  name,
});

export const member = z.strictObject({
  id: memberId,
  name,
  email: z.email().max(254),
  role,
});

export const stage = z.strictObject({
  id: stageId,
  name,
  hue,
  /** A job in an internal stage is not in the portal at all. (A5) */
  visibleToCustomer: z.boolean(),
});

export const fieldValue = z.union([text(MAX_TEXT_LENGTH), z.number(), z.boolean(), z.null()]);
export type FieldValue = z.infer<typeof fieldValue>;

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

export const author = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('member'), memberId }),
  z.strictObject({ kind: z.literal('customer'), customerId }),
]);
export type Author = z.infer<typeof author>;

const entryBase = {
  id: entryId,
  jobId,
  audience,
  author,
  /** By the clock of the device it was written on. */
  writtenAt: instant,
  /** By the server's clock; null while it waits on a device. */
  arrivedAt: instant.nullable(),
};

export const formChange = z.strictObject({
  fieldId,
  /** The label as it read when the form was saved; a field may be renamed or removed later. */
  label: name,
  from: fieldValue,
  to: fieldValue,
});

export const entry = z.discriminatedUnion('kind', [
  z.strictObject({
    ...entryBase,
    kind: z.literal('reply'),
    text: text(MAX_TEXT_LENGTH),
    attachmentIds: z.array(attachmentId).max(50),
  }),
  z.strictObject({
    ...entryBase,
    kind: z.literal('file'),
    attachmentIds: z.array(attachmentId).min(1).max(50),
  }),
  z.strictObject({
    ...entryBase,
    kind: z.literal('status_change'),
    /** Null where the entry tells that the job was created. */
    fromStageId: stageId.nullable(),
    fromName: name.nullable(),
    toStageId: stageId,
    toName: name,
  }),
  z.strictObject({
    ...entryBase,
    kind: z.literal('form_save'),
    changes: z.array(formChange).min(1).max(100),
  }),
  z.strictObject({
    ...entryBase,
    kind: z.literal('assignment'),
    fromMemberId: memberId.nullable(),
    toMemberId: memberId.nullable(),
  }),
]);

export const attachment = z.strictObject({
  id: attachmentId,
  jobId,
  entryId,
  blobId,
  name,
  mediaType: text(120),
  sizeBytes: z.int().min(1),
  audience,
  author,
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
} as const;

export type RecordKind = keyof typeof recordSchemas;
export type RecordOf<K extends RecordKind> = z.infer<(typeof recordSchemas)[K]>;
export type AnyRecord = RecordOf<RecordKind>;
/** A record with its kind, as it is handed around where kinds mix. */
export type KindedRecord = { [K in RecordKind]: { kind: K; record: RecordOf<K> } }[RecordKind];

export type Workspace = z.infer<typeof workspace>;
export type Member = z.infer<typeof member>;
export type Stage = z.infer<typeof stage>;
export type FormField = z.infer<typeof formField>;
export type Pipeline = z.infer<typeof pipeline>;
export type Customer = z.infer<typeof customer>;
export type Job = z.infer<typeof job>;
export type Entry = z.infer<typeof entry>;
export type EntryKind = Entry['kind'];
export type FormChange = z.infer<typeof formChange>;
export type Attachment = z.infer<typeof attachment>;
export type ReadMark = z.infer<typeof readMark>;
export type PortalVisit = z.infer<typeof portalVisit>;

export const RECORD_KINDS = Object.keys(recordSchemas) as readonly RecordKind[];

export const readMarkId = (member: string, job: string): string => `${member}:${job}`;
export const portalVisitId = (customer: string, job: string): string => `${customer}:${job}`;
