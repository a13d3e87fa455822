// The part of the contract that is about customer replies which the server sends at a time. (C8)

import type { EntryId, JobId, MemberId, MutationId } from '../../../sync-server/protocol/ids.ts';
import type { HeldWhy, ScheduledFile } from '../../../sync-server/protocol/scheduled-replies.ts';
import type { None } from './none-contract.ts';
import type { News } from './outbox-contract.ts';
import type { PostEntry, TakenBack } from './posting-contract.ts';

export interface ScheduleReply extends Omit<PostEntry, 'audience'> {
  /** ISO 8601. */
  readonly sendAt: string;
  /** "Not if the customer writes first." */
  readonly unlessCustomerWrites: boolean;
}

/** What somebody decides about one, having seen this of it and of its job. [P6] */
interface ScheduledAct {
  readonly entryId: EntryId;
  readonly revision: number;
  readonly seenVersion: number;
}

export interface ChangeScheduled extends ScheduledAct {
  readonly text: string;
  readonly sendAt: string;
  readonly unlessCustomerWrites: boolean;
}

export interface ScheduledRequests {
  'scheduled.add': { args: ScheduleReply; answer: { readonly entryId: EntryId } };
  'scheduled.change': { args: ChangeScheduled; answer: None };
  /** `note`: it becomes an internal note, with all its files. */
  'scheduled.end': {
    args: ScheduledAct & { readonly how: 'send' | 'note' | 'cancel' };
    answer: None;
  };
  /** Takes it back to go on writing; its files are on this disk when it is answered. */
  'scheduled.take-back': { args: ScheduledAct; answer: TakenBack };
}

export interface ScheduledQueries {
  /** What waits for its time or was held, of the whole office, held first, then by time. */
  scheduled: { args: None; answer: readonly ScheduledItem[] };
  'scheduled.of-job': { args: { jobId: JobId }; answer: readonly ScheduledItem[] };
  /** Null where nobody knows: the server was not heard since this program began. */
  'scheduled.clock': { args: None; answer: { readonly aheadMs: number | null } };
}

export interface ScheduledItem {
  /** Of the entry it becomes. */
  readonly entryId: EntryId;
  readonly jobId: JobId;
  readonly jobTitle: string;
  readonly jobReference: string | null;
  readonly customerName: string;
  readonly authorId: MemberId;
  readonly authorName: string;
  readonly mine: boolean;
  readonly text: string;
  readonly files: readonly Pick<
    ScheduledFile,
    'blobId' | 'name' | 'mediaType' | 'sizeBytes' | 'audience'
  >[];
  readonly writtenAt: string;
  readonly sendAt: string;
  readonly unlessCustomerWrites: boolean;
  readonly revision: number;
  /** For who decides about it away from its job: of one that is held all its news is told, of another what was seen before. [P6] */
  readonly seenVersion: number;
  /** Null while it waits for its time. `news`: what came since whoever last decided looked. */
  readonly held: {
    readonly why: HeldWhy;
    readonly at: string;
    readonly news: readonly News[];
  } | null;
  /** The last change to it is on this device alone; the server does not send it as it stands here. */
  readonly waiting: MutationId | null;
}
