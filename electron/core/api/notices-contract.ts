// The part of the contract that is about what the system tells a member outside of Docket's windows. (F4)

import type { EntryId, JobId } from '../../../sync-server/protocol/ids.ts';
import type { None } from './none-contract.ts';

export interface NoticeRequests {
  /**
   * Whoever can show notices takes what there is to tell, to show it. What one front has taken no other gets, and none gets it
   * again: not after a restart, nor when a page comes twice. What is not to be told now is taken and told to nobody.
   */
  'notices.take': { args: None; answer: readonly Notice[] };
  'notices.set': { args: NoticeChoices; answer: None };
  /** Tells nothing for a while; null goes on at once. */
  'notices.pause': { args: { until: 'in-an-hour' | 'tomorrow' | null }; answer: None };
  /** What a window with the focus shows the activity of, said again every few seconds; null where it shows none. */
  'notices.looking': { args: { windowId: string; jobId: JobId | null }; answer: None };
  /**
   * A customer reply, typed into a notice that said it is one. `entryId` is made for this very text, as with `entries.post`. [P1]
   * `asks`: a person must look first; the text waits for the job's composer. `held`: it waits beside what is new. [P6]
   */
  'notices.reply': {
    args: {
      readonly jobId: JobId;
      readonly entryId: EntryId;
      readonly text: string;
      readonly seenVersion: number;
    };
    answer: { readonly kind: 'posted' | 'held' | 'asks' };
  };
  /** The text is in the composer, or not wanted. */
  'notices.settle-reply': { args: { jobId: JobId }; answer: None };
}

export interface NoticeQueries {
  notices: { args: None; answer: NoticeState };
  'notices.settings': { args: None; answer: NoticeSettings };
  /** What was typed into a notice and could not leave without a look. */
  'notices.unsent-reply': { args: { jobId: JobId }; answer: { readonly text: string } | null };
}

export interface NoticeState {
  /** What the badge says: the bell's unread count. */
  readonly count: number;
  /** The version of the newest thing that nobody was told of, 0 where there is none: then it is taken. */
  readonly fresh: number;
  /** Jobs with something unread that rings: a notice about others is over. */
  readonly jobIds: readonly JobId[];
}

export interface Notice {
  /** A later one with the same id takes its place: one for each job. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** Where a click leads; null is the list of unread jobs. */
  readonly place: { readonly jobId: JobId; readonly entryId: EntryId | null } | null;
  /** It is over when none of these has anything unread. */
  readonly jobIds: readonly JobId[];
  /** Only where one message of the customer stands in it whole and is all that is unread on the job. */
  readonly reply: NoticeReply | null;
}

export interface NoticeReply {
  /** Says who will read it. (C1) */
  readonly placeholder: string;
  readonly seenVersion: number;
}

/** How much of what was written leaves Docket's windows: a notice is read by whoever sees the screen, also a locked one. */
export type NoticeText = 'none' | 'customers' | 'everything';

export interface NoticeChoices {
  readonly isOn: boolean;
  readonly text: NoticeText;
  readonly quiet: QuietHours;
}

/** By this device's clock. Where they end before they begin, they end on the next day. */
export interface QuietHours {
  readonly isOn: boolean;
  /** Minutes after midnight. */
  readonly from: number;
  readonly until: number;
  /** On which days they begin; 0 is Sunday. */
  readonly days: readonly number[];
}

export interface NoticeSettings extends NoticeChoices {
  /** ISO 8601; null while not paused. */
  readonly pausedUntil: string | null;
}
