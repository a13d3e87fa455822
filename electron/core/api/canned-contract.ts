// The part of the contract that is about canned replies. (C6)

import type { CannedReply, Sharing } from '../../../sync-server/protocol/canned-replies.ts';
import type { BlobId, CannedReplyId } from '../../../sync-server/protocol/ids.ts';
import type { CannedReplyChange } from '../../../sync-server/protocol/mutations.ts';
import type { None } from './none-contract.ts';

export interface CannedRequests {
  'canned-replies.create': {
    args: {
      sharing: Sharing;
      title: string;
      text: string;
      /** Taken in before, or of another canned reply. */
      files: readonly { readonly blobId: BlobId; readonly name: string }[];
    };
    answer: { cannedReplyId: CannedReplyId };
  };
  /** Each field as the person saw it and as they want it: what two people change merges. (H5) */
  'canned-replies.update': {
    args: { cannedReplyId: CannedReplyId; changes: readonly CannedReplyChange[] };
    answer: None;
  };
  /** Shares a personal one, or makes a shared one personal; it goes on under the id of the answer. [V3] */
  'canned-replies.move': {
    args: { cannedReplyId: CannedReplyId; to: Sharing };
    answer: { cannedReplyId: CannedReplyId };
  };
  'canned-replies.delete': {
    args: { cannedReplyId: CannedReplyId; fromTitle: string };
    answer: None;
  };
  /** Brings its files here and hands them to a draft; who reads them is said there, one by one. (C2, D3) */
  'canned-replies.take-files': { args: { cannedReplyId: CannedReplyId }; answer: TakenFiles };
}

export interface CannedQueries {
  'canned-replies.list': {
    args: CannedSieve & { offset: number; limit: number };
    answer: {
      readonly total: number;
      readonly rows: readonly CannedReplyRow[];
      /** Whatever is searched for. */
      readonly counts: Readonly<Record<Sharing, number>>;
    };
  };
  'canned-replies.one': {
    args: { cannedReplyId: CannedReplyId };
    answer: CannedReplyPage | null;
  };
  /** What may be meant while it is typed, best first. */
  'canned-replies.find': {
    args: { search: string; limit: number };
    answer: readonly CannedReply[];
  };
}

export interface CannedSieve {
  readonly search: string;
  readonly sharing: Sharing;
}

export interface CannedReplyRow {
  readonly reply: CannedReply;
  /** Something about it is on this device alone. */
  readonly waiting: boolean;
}

export interface CannedReplyPage extends CannedReplyRow {
  readonly changedByName: string;
  readonly createdByName: string;
  /** Whether this member may take it from everybody else: delete it, or make it personal. */
  readonly mayTakeAway: boolean;
}

export interface TakenFiles {
  readonly files: readonly {
    readonly blobId: BlobId;
    readonly name: string;
    readonly mediaType: string;
    readonly sizeBytes: number;
  }[];
  /** Names of those that are not here and could not be fetched now. */
  readonly missing: readonly string[];
}
