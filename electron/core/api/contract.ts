// The renderer's whole world: what it can ask, watch and be told. Both hosts carry this contract as it stands here.

import type {
  AttachmentId,
  BlobId,
  CustomerId,
  EntryId,
  JobId,
  MemberId,
  MutationId,
  PipelineId,
  StageId,
} from '../../../sync-server/protocol/ids.ts';
import type { Conflict, Refusal } from '../../../sync-server/protocol/outcome.ts';
import type {
  Audience,
  Customer,
  Entry,
  EntryKind,
  FieldValue,
  FormField,
  Job,
  Member,
  Pipeline,
  Workspace,
} from '../../../sync-server/protocol/records.ts';
import type { BellScope, CareQueries, CareRequests, FollowState } from './care-contract.ts';
import type { Delivery, MailRefusal } from './delivery-contract.ts';
import type {
  FeedAttachment,
  FileQueries,
  FileRequests,
  Undone,
  ZipOffer,
} from './files-contract.ts';
import type { KeepingQueries, KeepingRequests } from './keeping-contract.ts';
import type { PostEntry, TakenBack } from './posting-contract.ts';
import type { OutboxFile, TransferQueries, TransferRequests } from './transfers-contract.ts';

// ---------------------------------------------------------------------------------------------------------------------
// Requests: asked once, answered once. An answer of a write means: it is on this disk for good. [B1, F3]

export interface Requests extends CareRequests, FileRequests, TransferRequests, KeepingRequests {
  'session.sign-in': { args: SignIn; answer: SignInResult };
  /** Keeps the mirror and everything unsent; the next sign-in of the same member goes on. */
  'session.sign-out': { args: None; answer: None };

  'jobs.create': { args: CreateJob; answer: { jobId: JobId } };
  'jobs.change-stage': { args: { jobId: JobId; toStageId: StageId }; answer: None };
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
  'bell.mark-all-read': { args: None; answer: None };

  'entries.post': { args: PostEntry; answer: { entryId: EntryId } };

  /** A path as a person writes it, `~` for their home folder. Files that lie there already are counted, not shown. (D10) */
  'watched-folders.add': { args: { path: string }; answer: None };
  'watched-folders.remove': { args: { folderId: string }; answer: None };
  /** Folders that begin with what was typed. */
  'watched-folders.suggest': { args: { path: string }; answer: { paths: readonly string[] } };
  /** Shows what lay in a folder when it was added. */
  'watched-folders.show-earlier': { args: { folderId: string }; answer: None };
  /** Takes files in for a draft, in the order given; what was taken leaves the Inbox. (D10) */
  'inbox.take': { args: InboxFiles; answer: { results: readonly AddFileResult[] } };
  'inbox.dismiss': { args: InboxFiles; answer: None };
  /** Undoes a take or a dismissal. */
  'inbox.put-back': { args: InboxFiles; answer: None };

  /** Opens a copy with the system's program; what that saves is offered as a new version. (D9) */
  'attachments.open': { args: { attachmentId: AttachmentId }; answer: None };
  /** "Not now", and after the new version was added: what is saved next is offered again. */
  'changed-files.settle': { args: { attachmentId: AttachmentId }; answer: None };

  /** Sends a parked one after all, based on what stands now: "Send as it is", "Move it anyway". */
  'outbox.retry': { args: { mutationId: MutationId }; answer: None };
  /** Turns a waiting or parked reply into a note: its text and all its files become internal. (C2) */
  'outbox.make-internal': { args: { mutationId: MutationId }; answer: None };
  /** Takes a waiting or parked note or reply out of the line, to go on writing it. */
  'outbox.take-back': { args: { mutationId: MutationId }; answer: TakenBack };
  'outbox.discard': { args: { mutationId: MutationId }; answer: None };
  /** Words and files of what waits as a zip, to be had once at `url`; no ids stand for everything. (H4) [P3] */
  'outbox.save-copy': { args: { mutationIds: readonly MutationId[] }; answer: ZipOffer };
  /** Where a window is, said again every few seconds; null where it shows no job or is not looked at. (H8) */
  'presence.here': {
    args: { windowId: string; place: { jobId: JobId; isWriting: boolean } | null };
    answer: None;
  };
  /** Once more, where the office on this disk could not be opened. */
  'session.open': { args: None; answer: None };
  /** A person has read what became of a damaged database. */
  'sync.rescue-seen': { args: None; answer: None };
  /** "Send now": try at once instead of waiting for the next attempt. */
  'sync.now': { args: None; answer: None };
  /** After the last word of L5: heals the copy again as if nothing had been tried. */
  'sync.heal-again': { args: None; answer: None };
  /** The whole sync log as text, to be saved or sent; nothing a person wrote is in it. (H7) */
  'sync.log-text': { args: None; answer: { text: string } };
}

export type None = Record<string, never>;

export interface SignIn {
  readonly serverUrl: string;
  readonly email: string;
  readonly password: string;
}

export type SignInResult =
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'refused'; readonly sentence: string };

export interface CreateJob {
  readonly title: string;
  readonly customerId: CustomerId;
  readonly pipelineId: PipelineId;
  readonly stageId: StageId;
  readonly assigneeId: MemberId | null;
}

export interface InboxFiles {
  readonly fileIds: readonly string[];
}

// ---------------------------------------------------------------------------------------------------------------------
// Live queries: answered at once and again whenever the answer changes.

export interface Queries extends CareQueries, FileQueries, TransferQueries, KeepingQueries {
  session: { args: None; answer: SessionState };
  sync: { args: None; answer: SyncState };
  /** Sidebar: counts are exact or absent. */
  overview: { args: None; answer: Overview };
  'jobs.list': { args: JobListArgs; answer: JobListAnswer };
  'jobs.one': { args: { jobId: JobId }; answer: JobPage | null };
  'activity.feed': { args: FeedArgs; answer: Feed };
  bell: { args: None; answer: Bell };
  outbox: { args: None; answer: readonly OutboxItem[] };
  customers: { args: { search: string }; answer: readonly Customer[] };
  inbox: { args: None; answer: Inbox };
  /** Files of a job that another program changed, oldest change first. (D9) */
  'changed-files': { args: { jobId: JobId }; answer: readonly ChangedFile[] };
  /** Who else has a job open now, by name. (H8) */
  presence: { args: { jobId: JobId }; answer: readonly PresentPerson[] };
  /** Newest first, 200 lines. (H7) */
  'sync.log': {
    args: None;
    answer: readonly { readonly at: string; readonly event: string; readonly details: string }[];
  };
}

export type SessionState =
  | { readonly kind: 'signed-out'; readonly serverUrl: string; readonly email: string }
  | {
      readonly kind: 'signed-in';
      readonly member: Member;
      readonly workspace: Workspace;
      readonly serverUrl: string;
    }
  /** Signed in, but the office on this disk cannot be opened; `sentence` says why. [F2, H9] */
  | { readonly kind: 'closed'; readonly sentence: string; readonly workspace: Workspace }
  /** The server no longer takes this device's token. Everything is kept; the same member signs in again. [F4] */
  | { readonly kind: 'expired'; readonly email: string; readonly serverUrl: string };

/**
 * `needs-you`: something is parked and waits for a person. It wins over `up-to-date` and `syncing`, not over `offline`.
 * `update-needed`: this Docket and the server speak different versions; `trouble` says which side to update. [H9]
 * `differs`: fresh copies do not come out as the server's; sending and fetching go on. [L5]
 */
export interface SyncState {
  readonly kind:
    | 'offline'
    | 'first-sync'
    | 'syncing'
    | 'up-to-date'
    | 'needs-you'
    | 'update-needed'
    | 'differs';
  /** Mutations on this device that the server has not confirmed, parked ones included. */
  readonly waiting: number;
  readonly parked: number;
  /** When this device was last in step with the server; ISO 8601, null before the first time. */
  readonly inStepAt: string | null;
  /** Why the last attempt failed, as a sentence; null where it did not. */
  readonly trouble: string | null;
  /** Of a first sync or a fresh copy; null when none is under way. (H2) */
  readonly progress: { readonly rowsSent: number; readonly rowsTotal: number } | null;
  /** What became of a damaged database, until a person has read it. [F2] */
  readonly rescue: Rescue | null;
}

/** `isMe`: the member themselves, on another device. (H8) */
export interface PresentPerson {
  readonly memberId: MemberId;
  readonly name: string;
  readonly isMe: boolean;
  readonly isWriting: boolean;
}

/** The database of this device was damaged, and replaced. What waited here was saved as far as it could be read. */
export interface Rescue {
  readonly at: string;
  readonly savedMutations: number;
  readonly lostMutations: number;
  /** Where not, nobody knows what waited in it. */
  readonly isReadable: boolean;
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
  /** Something of this job is still on this device alone. */
  readonly waiting: boolean;
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
}

export interface FeedItem {
  readonly entry: Entry;
  readonly authorName: string;
  readonly mine: boolean;
  readonly attachments: readonly FeedAttachment[];
  /** Withdrawn or removed for good; null where it stands. (C10) */
  readonly undone: Undone | null;
  /** `waiting`: on this device, not yet with the server. `parked`: refused or conflicted, waits for a person. */
  readonly state: 'confirmed' | 'waiting' | 'parked';
  /** Set unless confirmed. */
  readonly mutationId: MutationId | null;
  /** How far it has come; null for what no customer gets. (C10, F2) */
  readonly delivery: Delivery | null;
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
  readonly follow: FollowState;
}

/** Files that arrived in watched folders. (D10) */
export interface Inbox {
  /** All new files; `files` may be fewer. */
  readonly count: number;
  /** Newest first, 500 at most. */
  readonly files: readonly InboxFile[];
  readonly folders: readonly InboxFolder[];
}

export interface InboxFile {
  readonly fileId: string;
  readonly folderId: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** When it was last written. */
  readonly modifiedAt: string;
  /** Path on the host that answers with the bytes. */
  readonly url: string;
  /** Its name says that the browser can show it. */
  readonly isPicture: boolean;
  /** Its folder can be reached now. */
  readonly isThere: boolean;
}

export interface InboxFolder {
  readonly folderId: string;
  readonly path: string;
  /** `missing`: gone, or a network drive that is not connected; looked for again every few seconds. */
  readonly state: 'watched' | 'missing' | 'unreadable';
  readonly newCount: number;
  /** Lay there when the folder was added, and are not shown. */
  readonly earlierCount: number;
}

export interface ChangedFile {
  readonly attachmentId: AttachmentId;
  readonly name: string;
  readonly changedAt: string;
  /** What was saved, as it would be added; null where it cannot be taken. */
  readonly file: {
    readonly blobId: BlobId;
    readonly mediaType: string;
    readonly sizeBytes: number;
  } | null;
  /** Why it cannot be taken, as a sentence; null where it can. */
  readonly problem: string | null;
}

/** One thing on this device that the server has not confirmed. */
export interface OutboxItem {
  readonly mutationId: MutationId;
  readonly jobId: JobId | null;
  readonly jobTitle: string;
  readonly jobReference: string | null;
  /** Who reads it once it is sent. */
  readonly audience: Audience;
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
  | { readonly kind: 'sending' }
  /** Accepted by the server; the next pull brings it back as everyone sees it. */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** `sides`: both values of each field of a form that was not saved, to choose between. (H5) */
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

// ---------------------------------------------------------------------------------------------------------------------
// The wire between renderer and core: one shape of message for MessagePort and WebSocket alike.

export type RequestName = keyof Requests;
export type QueryName = keyof Queries;

export type ToCore =
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly kind: 'watch'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly kind: 'unwatch'; readonly id: number };

export type FromCore =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  /** Answers a request or a watch that failed. `sentence` is for a person. */
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly error: string;
      readonly sentence: string;
    }
  | { readonly kind: 'update'; readonly id: number; readonly value: unknown };

/** Files on the way in: the loopback host answers `POST /files` with it, Electron answers `files.add`. */
export type AddFileResult =
  | {
      readonly kind: 'added';
      readonly blobId: BlobId;
      readonly name: string;
      readonly mediaType: string;
      readonly typeName: string;
      readonly sizeBytes: number;
    }
  /** What the file is, why it cannot be taken, what to do. */
  | { readonly kind: 'refused'; readonly name: string; readonly sentence: string };
