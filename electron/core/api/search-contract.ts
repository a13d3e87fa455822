// The part of the contract that is about finding anything in the whole office. (G1, G2)

import type { EntryKind } from '../../../sync-server/protocol/entries.ts';
import type {
  AttachmentId,
  CustomerId,
  EntryId,
  JobId,
  PipelineId,
  StageId,
} from '../../../sync-server/protocol/ids.ts';
import type { Audience } from '../../../sync-server/protocol/values.ts';
import type { FeedAudience } from './jobs-contract.ts';

export interface SearchQueries {
  search: { args: SearchArgs; answer: SearchAnswer };
}

export type SearchGroup = 'jobs' | 'customers' | 'entries' | 'files';

export interface SearchArgs {
  /** Each word must begin a word of what is found, without regard to case and accents; less than two letters find nothing. */
  readonly search: string;
  readonly filters: SearchFilters;
  /** How many of each group at most. */
  readonly limits: Readonly<Record<SearchGroup, number>>;
}

/** They combine; what is empty or null filters nothing. A group that a filter says nothing about is left out. */
export interface SearchFilters {
  /** `file` stands for every entry that carries files, replies among them, and for the files themselves. */
  readonly kinds: readonly EntryKind[];
  readonly audiences: readonly FeedAudience[];
  /** Member or customer ids. */
  readonly authorIds: readonly string[];
  readonly pipelineId: string | null;
  /** Came, or was last active, then or later; as ISO 8601. */
  readonly since: string | null;
}

export interface SearchAnswer {
  /** Best first: whole words before beginnings of words, and the newest of what is equally good. */
  readonly jobs: Hits<JobHit>;
  readonly customers: Hits<CustomerHit>;
  readonly entries: Hits<EntryHit>;
  readonly files: Hits<FileHit>;
  /** Of the entries found without any filter, so that a filter's number never changes under the hand. */
  readonly counts: {
    readonly kinds: Readonly<Record<EntryKind, number>>;
    readonly audiences: Readonly<Record<FeedAudience, number>>;
    readonly pipelines: Readonly<Record<string, number>>;
  };
  /** Who wrote them, most entries first. */
  readonly authors: readonly {
    readonly id: string;
    readonly name: string;
    readonly isCustomer: boolean;
    readonly count: number;
  }[];
}

export interface Hits<Hit> {
  readonly total: number;
  readonly rows: readonly Hit[];
}

/** The job something was found in. */
export interface HitJob {
  readonly jobId: JobId;
  readonly reference: string | null;
  readonly title: string;
  readonly customerName: string;
}

export interface JobHit extends HitJob {
  readonly pipelineId: PipelineId;
  readonly stageId: StageId;
  readonly lastActivityAt: string;
}

export interface CustomerHit {
  readonly customerId: CustomerId;
  readonly name: string;
  readonly emails: readonly string[];
  readonly phone: string;
  readonly jobCount: number;
}

/** Something of a job that somebody wrote or added. */
interface ThingHit {
  /** Where it stands in the feed. */
  readonly entryId: EntryId;
  readonly job: HitJob;
  readonly audience: Audience;
  readonly fromCustomer: boolean;
  readonly authorName: string;
  readonly mine: boolean;
  /** When it came; while it waits on this device, when it was written. */
  readonly at: string;
  readonly isPending: boolean;
  readonly isWithdrawn: boolean;
}

export interface EntryHit extends ThingHit {
  readonly kind: EntryKind;
  /** About 180 characters around the first word that was found. */
  readonly excerpt: string;
}

export interface FileHit extends ThingHit {
  readonly attachmentId: AttachmentId;
  readonly name: string;
  readonly sizeBytes: number;
  /** Of what is written in the file, where the words are found there and not in its name. (G2) */
  readonly excerpt: string | null;
}
