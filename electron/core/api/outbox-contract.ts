// The part of the contract that is about what waits for the server, or for a person. (H3, H4)

import type { EntryId, JobId, MutationId } from '../../../sync-server/protocol/ids.ts';
import type { Conflict, Refusal } from '../../../sync-server/protocol/outcome.ts';
import type { FormField } from '../../../sync-server/protocol/records.ts';
import type { Audience, FieldValue } from '../../../sync-server/protocol/values.ts';
import type { ZipOffer } from './files-contract.ts';
import type { EntryPreview } from './jobs-contract.ts';
import type { None } from './none-contract.ts';
import type { TakenBack } from './posting-contract.ts';
import type { OutboxFile } from './transfers-contract.ts';

export interface OutboxRequests {
  /** Sends a parked one after all, based on what stands now: "Send as it is", "Move it anyway". */
  'outbox.retry': { args: { mutationId: MutationId }; answer: None };
  /** Turns a waiting or parked reply into a note: its text and all its files become internal. (C2) */
  'outbox.make-internal': { args: { mutationId: MutationId }; answer: None };
  /** Takes a waiting or parked note or reply out of the line, to go on writing it. */
  'outbox.take-back': { args: { mutationId: MutationId }; answer: TakenBack };
  'outbox.discard': { args: { mutationId: MutationId }; answer: None };
  /** A person has looked at these after a long spell away: they leave. (H4) [P7] */
  'outbox.send-to-customers': { args: { mutationIds: readonly MutationId[] }; answer: None };
  /** Ends the countdown of these; what does not count down is left as it is. (C4) [P8] */
  'outbox.send-now': { args: { mutationIds: readonly MutationId[] }; answer: None };
  /** From 0, at once, to 60. On this device, for this member. (C4) */
  'outbox.set-undo-time': { args: { seconds: number }; answer: None };
  /** Words and files of what waits as a zip, to be had once at `url`; no ids stand for everything. (H4) [P3] */
  'outbox.save-copy': { args: { mutationIds: readonly MutationId[] }; answer: ZipOffer };
}

export interface OutboxQueries {
  outbox: { args: None; answer: readonly OutboxItem[] };
  /** What of it is on one job. */
  'outbox.of-job': { args: { jobId: JobId }; answer: readonly OutboxItem[] };
  /** What of it counts down now. (C4) [P8] */
  'outbox.counting-down': { args: None; answer: readonly OutboxItem[] };
  /** How long a customer reply can be taken back before it leaves. (C4) */
  'outbox.undo-time': { args: None; answer: { readonly seconds: number } };
}

/** One thing on this device that the server has not confirmed. */
export interface OutboxItem {
  readonly mutationId: MutationId;
  readonly jobId: JobId | null;
  readonly jobTitle: string;
  readonly jobReference: string | null;
  /** Who reads it once it is sent. */
  readonly audience: Audience;
  /** A note or a reply that is neither posted nor kept for its time yet: it can be taken back and written on. */
  readonly isPost: boolean;
  /** "Note", "Reply to Anna Berg", "Stage: Booked → Ready", "Form: Mileage". */
  readonly title: string;
  /** The whole text a person wrote, '' where there is none. */
  readonly text: string;
  readonly files: readonly OutboxFile[];
  readonly writtenAt: string;
  /** It was sent and the answer is still out: it can be neither changed nor discarded now. */
  readonly isOnItsWay: boolean;
  readonly state: OutboxState;
}

export type OutboxState =
  | { readonly kind: 'waiting' }
  /** Written before this device came back from a long spell away, and for customers: a person looks first. [P7] */
  | { readonly kind: 'waits-for-look' }
  /** A customer reply that its author can still take back: it leaves then, by this device's clock, ISO 8601. (C4) [P8] */
  | { readonly kind: 'counting-down'; readonly leavesAt: string }
  | { readonly kind: 'sending' }
  /** Accepted by the server; the next pull brings it back as everyone sees it. */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** `sides`: both values of each field of a form that was not saved, or both texts of an entry, to choose between. (H5) */
  | {
      readonly kind: 'conflicted';
      readonly conflict: Conflict;
      readonly sides: readonly ConflictSide[];
    }
  /** A customer reply whose job moved on since its author saw it; nothing of it has been sent. (C5) */
  | { readonly kind: 'held'; readonly news: readonly News[] };

export interface ConflictSide {
  readonly label: string;
  readonly yours: FieldValue;
  readonly stands: FieldValue;
  /** Null where the field is no longer in the form. */
  readonly field: FormField | null;
}

/** Something others did on the job meanwhile. */
export interface News {
  readonly entryId: EntryId;
  readonly preview: EntryPreview;
  /** The whole text of a reply or note; '' for other kinds. */
  readonly text: string;
  /** When it arrived at the server, ISO 8601. */
  readonly at: string;
}
