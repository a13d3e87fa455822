// What stands in a job's thread: entries of every kind, and the files they give.

import * as z from 'zod';
import {
  attachmentId,
  blobId,
  customerId,
  entryId,
  fieldId,
  jobId,
  memberId,
  stageId,
} from './ids.ts';
import {
  MAX_NAME_LENGTH,
  MAX_TEXT_LENGTH,
  audience,
  fieldValue,
  instant,
  name,
  text,
} from './values.ts';

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

/** A text its author put another one in place of. It never leaves for a customer. (C10) */
export const earlierText = z.strictObject({
  text: text(MAX_TEXT_LENGTH),
  /** When the edit that replaced it took effect. */
  until: instant,
  /** The version that edit stands at, for whoever had read the job before; null while it waits on a device. (C7) */
  untilVersion: z.int().min(0).nullable(),
  /** When the customer last looked while it stood; absent where they never had. */
  customerSeenAt: instant.exactOptional(),
  /** When a mail with it left; absent where none had. */
  mailedAt: instant.exactOptional(),
});
export type EarlierText = z.infer<typeof earlierText>;

/** As often can an entry be edited. */
export const MOST_EDITS = 100;

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
  /** It was written to be sent later. (C8) */
  scheduled: z
    .strictObject({
      /** When it was scheduled, by the clock of its device. */
      at: instant,
      /** Who sent it before its time, or after it was held; absent where the server sent it by itself. */
      sentBy: memberId.exactOptional(),
    })
    .exactOptional(),
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
  z.strictObject({ kind: z.literal('title'), wanted: name, stands: name }),
  z.strictObject({
    kind: z.literal('customer'),
    wantedCustomerId: customerId,
    standsCustomerId: customerId,
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

/** What was corrected about a job. Whoever is deleted leaves no name here. (A1) [O2] */
export const jobChange = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('title'),
    /** '' where it was removed for good. */
    from: text(MAX_NAME_LENGTH),
    to: text(MAX_NAME_LENGTH),
  }),
  z.strictObject({
    kind: z.literal('customer'),
    fromCustomerId: customerId,
    toCustomerId: customerId,
  }),
]);
export type JobChange = z.infer<typeof jobChange>;

export const entryKind = z.enum([
  'reply',
  'file',
  'status_change',
  'form_save',
  'assignment',
  'unapplied',
  'file_change',
  'job_change',
]);

export const entry = z.discriminatedUnion('kind', [
  z.strictObject({
    ...entryBase,
    kind: z.literal('reply'),
    text: text(MAX_TEXT_LENGTH),
    attachmentIds: z.array(attachmentId).max(50),
    /** What it said before its author edited it, oldest first. (C10) */
    earlier: z.array(earlierText).min(1).max(MOST_EDITS).exactOptional(),
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
    /** Where it went to another pipeline; the customer knows of none. (A1) */
    pipelines: z.strictObject({ fromName: name, toName: name }).exactOptional(),
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
  /** A job's title or customer was corrected; always internal. (A1) */
  z.strictObject({ ...entryBase, kind: z.literal('job_change'), change: jobChange }),
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

export type Entry = z.infer<typeof entry>;
/** A note or a reply. */
export type WrittenEntry = Extract<Entry, { kind: 'reply' }>;
export type EntryKind = Entry['kind'];
export type FormChange = z.infer<typeof formChange>;
export type Attachment = z.infer<typeof attachment>;
