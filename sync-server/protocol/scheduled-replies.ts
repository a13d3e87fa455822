// Customer replies that wait for a time: kept by the server, seen by all staff, and by nobody else until they are sent. (C8)

import * as z from 'zod';
import { attachment } from './entries.ts';
import { customerId, entryId, jobId, memberId } from './ids.ts';
import { MAX_TEXT_LENGTH, instant, text } from './values.ts';

/** As long ahead as a reply can be scheduled, by the server's clock. */
export const LONGEST_AHEAD_MS = 366 * 24 * 60 * 60 * 1000;
/** The server may have been stopped over the time; what is later than this does not leave without a person. */
export const LATEST_RELEASE_MS = 12 * 60 * 60 * 1000;

/** Why it was not sent. */
export const heldWhy = z.enum([
  /** The customer wrote, uploaded or filled in first. */
  'customer-wrote',
  /** Somebody wrote or moved the job before it was scheduled, and its author had not seen that. [P6] */
  'moved-on',
  /** It reached the server when its time was over: its device was offline. */
  'arrived-late',
  /** The server was stopped over its time, and for long. */
  'too-late',
  'author-left',
  /** The job is in a stage its customer does not see. */
  'not-visible',
  /** The job is another customer's by now. */
  'other-customer',
  /** The server was restored from a copy: it may have been sent, changed or cancelled since. [L6] */
  'restored',
  /** A file that one of its files replaces is gone. (D9) */
  'file-gone',
]);
export type HeldWhy = z.infer<typeof heldWhy>;

const scheduledFile = attachment.omit({
  jobId: true,
  entryId: true,
  author: true,
  madeVisibleAt: true,
  withdrawn: true,
  redacted: true,
});
export type ScheduledFile = z.infer<typeof scheduledFile>;

export const scheduledReply = z.strictObject({
  /** One of its own: records of one commit are told apart by their ids alone where a snapshot goes through them. [L2] */
  id: z.string().max(60),
  /** Of the entry it becomes. */
  entryId,
  jobId,
  /** Whom it was written to. */
  customerId,
  /** Who wrote it, and whose name it carries. */
  authorId: memberId,
  text: text(MAX_TEXT_LENGTH),
  files: z.array(scheduledFile).max(50),
  /** By the clock of the device it was written on. */
  writtenAt: instant,
  /** By the server's clock; null while it waits on a device. */
  arrivedAt: instant.nullable(),
  sendAt: instant,
  /** "Not if the customer writes first." */
  unlessCustomerWrites: z.boolean(),
  /** Goes up with each change a person makes: who changes it says which one they saw. */
  revision: z.int().min(1),
  /** The newest version on the screen of who last decided about it: what is newer is news. [P6] */
  seenVersion: z.int().min(0),
  /** It was not sent and waits for a person. */
  held: z.strictObject({ why: heldWhy, at: instant }).exactOptional(),
  /** What became of it; its words and files are gone from here then. */
  ended: z
    .strictObject({
      how: z.enum(['sent', 'note', 'cancelled']),
      at: instant,
      /** Null where the server sent it by itself. */
      by: memberId.nullable(),
    })
    .exactOptional(),
});

export type ScheduledReply = z.infer<typeof scheduledReply>;
export type ScheduledEnd = NonNullable<ScheduledReply['ended']>;

export const scheduledReplyId = (entry: string): string => `${entry}:later`;

/** Whether it is sent by itself when its time comes. */
export function isWaiting({ held, ended }: ScheduledReply): boolean {
  return held === undefined && ended === undefined;
}

export function heldReply(reply: ScheduledReply, why: HeldWhy, at: string): ScheduledReply {
  return { ...reply, held: { why, at } };
}

/** Nothing of what it said stays, so that what was cancelled or sent stands nowhere a second time. */
export function endedReply(reply: ScheduledReply, ended: ScheduledEnd): ScheduledReply {
  const { held: _no, ...rest } = reply;
  return { ...rest, text: '', files: [], ended };
}
