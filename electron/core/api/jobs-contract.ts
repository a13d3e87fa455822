// The part of the contract that is about jobs: the list, one job's page and its activity. (A1, B1)

import type {
  CustomerId,
  EntryId,
  JobId,
  MemberId,
  MutationId,
  PipelineId,
  StageId,
} from '../../../sync-server/protocol/ids.ts';
import type { Entry, EntryKind } from '../../../sync-server/protocol/entries.ts';
import type {
  Customer,
  Job,
  Member,
  Pipeline,
  Workspace,
} from '../../../sync-server/protocol/records.ts';
import type { Audience, FieldValue } from '../../../sync-server/protocol/values.ts';
import type { FollowState } from './care-contract.ts';
import type { Delivery } from './delivery-contract.ts';
import type { FeedAttachment, Undone } from './files-contract.ts';
import type { None } from './none-contract.ts';
import type { PostEntry } from './posting-contract.ts';

export interface JobRequests {
  'jobs.create': { args: CreateJob; answer: { jobId: JobId } };
  'jobs.change-stage': { args: { jobId: JobId; toStageId: StageId }; answer: None };
  /** Corrects what a job is called, whom it is for and which pipeline it is in; what is as it was changes nothing. (A1) */
  'jobs.correct': { args: CorrectJob; answer: None };
  'jobs.assign': { args: { jobId: JobId; toMemberId: MemberId | null }; answer: None };
  'jobs.save-form': {
    args: {
      jobId: JobId;
      /** `from` is the value the person saw when they began to fill in. */
      changes: readonly { fieldId: string; from: FieldValue; to: FieldValue }[];
    };
    answer: None;
  };
  'jobs.mark-read': { args: { jobId: JobId }; answer: None };
  'entries.post': { args: PostEntry; answer: { entryId: EntryId } };
}

export interface JobQueries {
  /** Sidebar: counts are exact or absent. */
  overview: { args: None; answer: Overview };
  'jobs.list': { args: JobListArgs; answer: JobListAnswer };
  'jobs.one': { args: { jobId: JobId }; answer: JobPage | null };
  /** Whether anything on it was written by its customer or for them: then it stays theirs. (A1, E7) */
  'jobs.is-shared': { args: { jobId: JobId }; answer: { readonly isShared: boolean } };
  'activity.feed': { args: FeedArgs; answer: Feed };
  customers: { args: { search: string }; answer: readonly Customer[] };
}

export interface CreateJob {
  readonly title: string;
  readonly customerId: CustomerId;
  readonly pipelineId: PipelineId;
  readonly stageId: StageId;
  readonly assigneeId: MemberId | null;
}

/** What can be corrected about a job. */
export type JobFacts = Pick<Job, 'title' | 'customerId' | 'pipelineId' | 'stageId'>;

export interface CorrectJob {
  readonly jobId: JobId;
  /** As the person saw it when they began. (H5) */
  readonly from: JobFacts;
  readonly to: JobFacts;
}

export interface Overview {
  readonly workspace: Workspace;
  readonly me: Member;
  readonly members: readonly Member[];
  readonly pipelines: readonly Pipeline[];
  readonly jobsByPipeline: Readonly<Record<string, number>>;
  readonly allJobs: number;
  readonly myJobs: number;
  readonly unreadJobs: number;
  readonly bellCount: number;
  /** This computer opens files with its own programs. (D9) */
  readonly canOpenFiles: boolean;
  /** Files are dragged out as real files; elsewhere the browser fetches them. (D9) */
  readonly canDragFiles: boolean;
}

export interface JobListArgs {
  readonly scope:
    | { readonly kind: 'all' | 'mine' | 'unread' }
    | { readonly kind: 'customer'; readonly customerId: string }
    | { readonly kind: 'pipeline'; readonly pipelineId: string };
  readonly stageId: string | null;
  /** `nobody` finds the jobs that nobody has; null finds all. */
  readonly assigneeId: string | null;
  readonly unreadOnly: boolean;
  /** Every word must begin a word of title, reference or customer; '' finds all. */
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
}

export interface JobListAnswer {
  readonly total: number;
  /** Newest activity first. */
  readonly rows: readonly JobRow[];
}

export interface JobRow {
  readonly jobId: JobId;
  readonly reference: string | null;
  readonly title: string;
  readonly customerName: string;
  readonly pipelineId: PipelineId;
  readonly stageId: StageId;
  readonly assigneeId: MemberId | null;
  readonly lastActivityAt: string;
  readonly unread: boolean;
  /** Something of this job is still on this device alone and goes out by itself. */
  readonly waiting: boolean;
  /** Something of this job was not taken and waits for a person. */
  readonly needsYou: boolean;
  readonly lastEntry: EntryPreview | null;
}

/** One line about an entry: who, and the beginning of what. */
export interface EntryPreview {
  readonly kind: EntryKind;
  readonly audience: Audience;
  readonly fromCustomer: boolean;
  readonly authorName: string;
  readonly mine: boolean;
  /** The first 160 characters of a text; names for the other kinds ("Booked → In the workshop"). */
  readonly snippet: string;
}

export interface JobPage {
  readonly job: Job;
  readonly customer: Customer;
  readonly pipeline: Pipeline;
  readonly assignee: Member | null;
  readonly entryCount: number;
  readonly fileCount: number;
  /** Confirmed version of the newest entry on this device, for `entries.post`. [P6] */
  readonly seenVersion: number;
  /** Fields with a value that is on this device alone. */
  readonly waitingFieldIds: readonly string[];
  readonly stageWaiting: boolean;
  /** Whether the member wants to hear of this job. (F3) */
  readonly follow: FollowState;
}

/** Filters combine; empty lists filter nothing. (B3) */
export interface FeedFilters {
  /** `file` stands for every entry that carries files, replies among them. */
  readonly kinds: readonly EntryKind[];
  /** Member or customer ids. */
  readonly authorIds: readonly string[];
  readonly audiences: readonly FeedAudience[];
  /** Every word must occur; '' finds all. */
  readonly search: string;
}

export type FeedAudience = Audience | 'from_customer';

export interface FeedArgs {
  readonly jobId: JobId;
  readonly filters: FeedFilters;
  /** The newest so many entries that pass the filters, oldest of them first. */
  readonly limit: number;
}

export interface Feed {
  readonly items: readonly FeedItem[];
  /** All entries that pass the filters. */
  readonly total: number;
  /** Counts of the whole job without any filter, so that a filter's number never changes under the hand. */
  readonly counts: {
    readonly all: number;
    readonly kinds: Readonly<Record<EntryKind, number>>;
    readonly audiences: Readonly<Record<FeedAudience, number>>;
  };
  /** Everyone who wrote on this job, most entries first. */
  readonly authors: readonly {
    readonly id: string;
    readonly name: string;
    readonly isCustomer: boolean;
    readonly count: number;
  }[];
  /** The first entry the member had not read when the job was opened or last marked read; null where all is read. */
  readonly firstUnreadId: EntryId | null;
  /** A mail about it was refused and the member has not read so. (F2) */
  readonly hasRefusalNews: boolean;
  /** An edit mentions the member in a note they had read without it. (C7, C10) */
  readonly hasEditNews: boolean;
}

export interface FeedItem {
  readonly entry: Entry;
  readonly authorName: string;
  readonly mine: boolean;
  readonly attachments: readonly FeedAttachment[];
  /** Withdrawn or removed for good; null where it stands. (C10) */
  readonly undone: Undone | null;
  /**
   * `waiting`: on this device, not yet with the server. `waits-for-look`: it stays there until a person has looked. [P7]
   * `parked`: refused or conflicted, waits for a person.
   */
  readonly state: 'confirmed' | 'waiting' | 'waits-for-look' | 'parked';
  /** Set unless confirmed. */
  readonly mutationId: MutationId | null;
  /** Names of the customers it tells of, by id. (A1) */
  readonly customerNames: Readonly<Record<string, string>>;
  /** How far it has come; null for what no customer gets. (C10, F2) */
  readonly delivery: Delivery | null;
  /** What an edit of its text is based on, for `entries.edit`; null where the member cannot edit it. (C10) */
  readonly editBasis: string | null;
  /** An edit that was not taken and waits for a person; what is shown here is what stands. (H5) [P3] */
  readonly parkedEditId: MutationId | null;
}
