// The records that sync: what an office's data is made of. Every side parses what it is given with these schemas.

// A field that came later than its record is optional, and absent where it has nothing to say: rows written before stay as
// they are, and a device one version behind is given nothing new where nothing new happened. [H9]

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
  portalLinkId,
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
  /** The colour of the office in the portal and in mails. */
  hue: hue.exactOptional(),
  logoBlobId: blobId.exactOptional(),
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

export const author = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('member'), memberId }),
  z.strictObject({ kind: z.literal('customer'), customerId }),
]);
export type Author = z.infer<typeof author>;

/** Who took something back or removed it for good, and when it took effect. (C10) */
export const undoing = z.strictObject({
  memberId,
  at: instant,
  /** When the customer last looked at the job while it was there for them; absent where they never had. */
  customerSeenAt: instant.optional(),
});
export type Undoing = z.infer<typeof undoing>;

const entryBase = {
  id: entryId,
  jobId,
  audience,
  author,
  /** By the clock of the device it was written on. */
  writtenAt: instant,
  /** By the server's clock; null while it waits on a device. */
  arrivedAt: instant.nullable(),
  /** Taken back by its author: the team still reads it, the customer no longer does. (C10) */
  withdrawn: undoing.exactOptional(),
  /** Its text is gone for good, everywhere. (C10) */
  redacted: undoing.exactOptional(),
};

export const formChange = z.strictObject({
  fieldId,
  /** The label as it read when the form was saved; a field may be renamed or removed later. */
  label: name,
  from: fieldValue,
  to: fieldValue,
});

/** What somebody wanted and what stood instead. (H5) */
export const wish = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('stage'),
    wantedStageId: stageId,
    wantedName: name,
    standsName: name,
  }),
  z.strictObject({
    kind: z.literal('assignee'),
    wantedMemberId: memberId.nullable(),
    standsMemberId: memberId.nullable(),
  }),
  z.strictObject({
    kind: z.literal('form'),
    fields: z
      .array(z.strictObject({ fieldId, label: name, wanted: fieldValue, stands: fieldValue }))
      .min(1)
      .max(100),
  }),
]);
export type Wish = z.infer<typeof wish>;

/** What can happen to a file after it was posted. */
export const fileChange = z.enum([
  'made_visible',
  'made_internal',
  'renamed',
  'withdrawn',
  'redacted',
]);
export type FileChange = z.infer<typeof fileChange>;

export const entryKind = z.enum([
  'reply',
  'file',
  'status_change',
  'form_save',
  'assignment',
  'unapplied',
  'file_change',
]);

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
  /** A change that met something newer and was not applied; always internal. (H5) */
  z.strictObject({ ...entryBase, kind: z.literal('unapplied'), wish }),
  /** Something done to a file after it was posted. Visible only where it gives the file to the customer. (B1, D3) */
  z.strictObject({
    ...entryBase,
    kind: z.literal('file_change'),
    attachmentId,
    change: fileChange,
    /** As it was called then; of a rename the old name. */
    name,
    newName: name.exactOptional(),
  }),
]);

/** Blobs derived from a file's bytes on a desktop; null where the file is of no such kind. (D5, D6) */
export const renditions = z.strictObject({
  /** JPEG or WebP of about 400 px. */
  thumbnail: blobId.nullable(),
  /** JPEG of about 1,600 px. */
  preview: blobId.nullable(),
  /** Upright sRGB JPEG in full size, of a HEIC. */
  jpeg: blobId.nullable(),
  /** The original without its place, for customers; the original itself where it has none. Null where nobody can tell. */
  withoutLocation: blobId.nullable(),
  /** Why there is no preview, as a sentence for a person. */
  problem: text(300).nullable(),
});
export type Renditions = z.infer<typeof renditions>;

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
  /** Absent until a desktop has made them. */
  renditions: renditions.exactOptional(),
  /** The customer gets the original with the place it was taken; without this word, never. (D6) */
  keepsLocation: z.literal(true).exactOptional(),
  /** When it was made visible after it was posted. (D3) */
  madeVisibleAt: instant.exactOptional(),
  /** The older version of the same file. (D9) */
  replacesId: attachmentId.exactOptional(),
  withdrawn: undoing.exactOptional(),
  /** The bytes are gone for good, everywhere. (C10) */
  redacted: undoing.exactOptional(),
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
export type Entry = z.infer<typeof entry>;
export type EntryKind = Entry['kind'];
export type FormChange = z.infer<typeof formChange>;
export type Attachment = z.infer<typeof attachment>;
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
