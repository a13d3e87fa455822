// The part of the contract that is about what concerns the member. (F3)

import type { EntryId, JobId } from '../../../sync-server/protocol/ids.ts';
import type { HeldWhy } from '../../../sync-server/protocol/scheduled-replies.ts';
import type { BellScope, FollowState } from './care-contract.ts';
import type { MailRefusal } from './delivery-contract.ts';
import type { EntryPreview } from './jobs-contract.ts';
import type { None } from './none-contract.ts';

export interface BellRequests {
  'bell.mark-all-read': { args: None; answer: None };
}

export interface BellQueries {
  bell: { args: None; answer: Bell };
}

/** The bell is what others did that concerns the member and stands after the read mark; read on one device, read on all. (F3) */
export interface Bell {
  /** Unread items. */
  readonly count: number;
  /** `followed`: only jobs they follow or are assigned to ring. */
  readonly scope: BellScope;
  /** Merged by job, newest first; jobs with unread items first come as they are, read ones follow, 50 in all. */
  readonly jobs: readonly BellJob[];
  /** Mails refused since the member last read their job, newest first, 20 at most; counted with the unread items. (F2) */
  readonly refusedMails: readonly RefusedMail[];
  /** Scheduled replies of the member that were not sent; counted until somebody has decided about them. (C8) */
  readonly heldReplies: readonly HeldReply[];
}

export interface HeldReply {
  readonly entryId: EntryId;
  readonly jobId: JobId;
  readonly jobTitle: string;
  readonly customerName: string;
  readonly why: HeldWhy;
  readonly at: string;
}

export interface RefusedMail {
  readonly mailId: string;
  readonly jobId: JobId;
  readonly jobTitle: string;
  readonly customerName: string;
  readonly refused: readonly MailRefusal[];
  /** Another of the customer's addresses has it. */
  readonly reachedOthers: boolean;
  readonly at: string;
}

export interface BellJob {
  readonly jobId: JobId;
  readonly reference: string | null;
  readonly title: string;
  readonly customerName: string;
  readonly unreadCount: number;
  readonly latest: EntryPreview;
  readonly latestEntryId: EntryId;
  readonly at: string;
  /** Something unread mentions the member. (C7) */
  readonly mentionsMe: boolean;
  readonly follow: FollowState;
}
