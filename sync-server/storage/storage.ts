// What the server keeps, behind one asynchronous interface, in SQLite or PostgreSQL. Whoever implements it must pass
// test/contracts/storage-contract.ts.

import type { DayVolume } from '../config.ts';
import type { SentOnDay } from './customer-days.ts';
import type { CustomerSessions, SessionOwner } from './customer-sessions.ts';
import type {
  BlobId,
  ClientId,
  CustomerId,
  JobId,
  MemberId,
  MutationId,
  TokenHash,
  WorkspaceId,
} from '../protocol/ids.ts';
import type { DeviceEnd } from '../protocol/device-end.ts';
import type {
  BelongingsQuery,
  CannedQuery,
  MailedQuery,
  NewsQuery,
  NextQuery,
  SharedQuery,
} from '../protocol/mutator.ts';
import type { Outcome, PushOutcome } from '../protocol/outcome.ts';
import type { Attachment, Entry } from '../protocol/entries.ts';
import type {
  AnyRecord,
  Job,
  KindedRecord,
  Mail,
  Member,
  PortalLink,
  RecordKey,
  RecordKind,
  RecordOf,
} from '../protocol/records.ts';
import type { ScheduledReply } from '../protocol/scheduled-replies.ts';
import type { Audience } from '../protocol/values.ts';
import type { DueReplies } from './due-replies.ts';
import type { Turns } from './keyed-lock.ts';
import type { MailChange, MailOutbox, QueuedMail } from './mail-outbox.ts';
import type { OtherProcesses } from './other-processes.ts';
import type { ChangesPage, ChangesQuery, SnapshotPage, SnapshotQuery } from './pages.ts';

/** The whole store. Parts that need less of it ask for less: `RecordReader`, `Devices`, `CustomerDoor`, `BlobRows`, `MailOutbox`. */
export interface Storage
  extends RecordReader,
    Devices,
    CustomerDoor,
    BlobRows,
    BroughtBlobs,
    CleanedBlobs,
    CustomerDays {
  readonly mails: MailOutbox;
  readonly dueReplies: DueReplies;
  /** For what must not be done twice at once by any processes on this database. */
  readonly turns: Turns;
  readonly others: OtherProcesses;

  /**
   * Runs a batch of mutations: what `work` settles is written at its end in one commit, results and mutation ids with it.
   * Where `work` throws nothing is written. Batches of one office come one after the other, whatever process they are of;
   * where two were in each other's way, `work` may run again from its beginning. [O1, P1]
   */
  transact(
    workspaceId: WorkspaceId,
    work: (transaction: StorageTransaction) => Promise<void>,
  ): Promise<Committed>;

  /** Opens an office with all it starts with; the k-th record stands at version k. All of it or nothing. */
  createWorkspace(start: WorkspaceStart): Promise<void>;
  workspaceIds(): Promise<readonly WorkspaceId[]>;

  /**
   * After a restore from a backup, before anybody is served: every cursor handed out so far is worthless. Versions go on
   * from the time of the restore in milliseconds, which no earlier history has reached, however often one backup is
   * restored: a version never means two things. [L6, P6]
   */
  beginEpoch(nowMs: number): Promise<void>;

  /**
   * One small step of forgetting deletions: some tombstones of the oldest of them go, and in the same commit the office's
   * horizon rises to their version. Answers how many went; 0 where nothing is old enough any more. [L3]
   *
   * @param deletedBefore by the server's clock, ISO 8601
   */
  collectTombstones(deletedBefore: string, limitRows: number): Promise<number>;

  /** Tells of every commit that moved a workspace's version. The answer unsubscribes. [L4] */
  onCommit(listener: (workspaceId: WorkspaceId, version: number) => void): () => void;

  close(): Promise<void>;
}

/** A record with its place in the workspace's history; `createdVersion`, then id, is its place in a feed. (B5) */
export interface Stored<R extends AnyRecord = AnyRecord> {
  readonly record: R;
  readonly version: number;
  readonly createdVersion: number;
}

export interface RecordReader {
  /** A random id made with the database: cursors of another epoch are worthless. [L6] */
  epoch(): Promise<string>;
  /** The version everything committed stands at; undefined where there is no such workspace. */
  headVersion(workspaceId: WorkspaceId): Promise<number | undefined>;
  /** The highest version of which a tombstone was forgotten: who has not seen it all cannot be told what is gone. [L3] */
  horizon(workspaceId: WorkspaceId): Promise<number>;
  /** Undefined for an id of another workspace just as for one that is nowhere. [V2] */
  recordById<K extends RecordKind>(
    workspaceId: WorkspaceId,
    kind: K,
    id: string,
  ): Promise<Stored<RecordOf<K>> | undefined>;
  /** Every record of a kind: for kinds an office has few of, members and pipelines. */
  recordsOfKind<K extends 'workspace' | 'member' | 'pipeline' | 'customer'>(
    workspaceId: WorkspaceId,
    kind: K,
  ): Promise<readonly Stored<RecordOf<K>>[]>;
  /** Oldest first. `audience` narrows by the record's own mark; visibility is decided in protocol/visibility.ts. [V1] */
  entriesOfJob(
    workspaceId: WorkspaceId,
    jobId: JobId,
    audience?: Audience,
  ): Promise<readonly Stored<Entry>[]>;
  /** Oldest first. */
  attachmentsOfJob(
    workspaceId: WorkspaceId,
    jobId: JobId,
    audience?: Audience,
  ): Promise<readonly Stored<Attachment>[]>;
  /**
   * A file that is marked visible and on one of these jobs; every other one is as if it were nowhere, and no more of it is read
   * than of one that is. [V2]
   */
  visibleFileOn(
    workspaceId: WorkspaceId,
    jobIds: readonly JobId[],
    attachmentId: string,
  ): Promise<Stored<Attachment> | undefined>;
  /** All jobs of a customer, in internal stages too. */
  jobsOfCustomer(workspaceId: WorkspaceId, customerId: CustomerId): Promise<readonly Stored<Job>[]>;
  /** Changes after a version that may travel to this member, in version order; a page never splits a version. [L1, V3] */
  changesAfter(query: ChangesQuery): Promise<ChangesPage>;
  /** One page of everything a member may have as it stood at a version, newest activity first. [L2] */
  snapshotPage(query: SnapshotQuery): Promise<SnapshotPage>;
  /** How many rows a snapshot at the head holds, and the head. */
  snapshotSize(
    workspaceId: WorkspaceId,
    memberId: MemberId,
  ): Promise<{ rows: number; version: number }>;
}

/** Reads see what this transaction settled before; nothing is written before the end. */
export interface StorageTransaction {
  /** Reads what a batch will ask for one by one: the answers of these mutations, and these records. Changes no answer. */
  prefetch(ids: readonly MutationId[], keys: readonly RecordKey[]): Promise<void>;
  find(key: RecordKey): Promise<AnyRecord | undefined>;
  /** What others committed; this transaction's own entries are its actor's, and so never news. [P6] */
  news(query: NewsQuery): Promise<AnyRecord | undefined>;
  /** The next record by id of those a mutator goes through. */
  next(query: NextQuery): Promise<AnyRecord | undefined>;
  /** Everything kept of a customer, what this transaction settled included. */
  belongings(query: BelongingsQuery): Promise<readonly RecordKey[]>;
  /** Something of a job that is between its customer and the office, what this transaction settled included. */
  shared(query: SharedQuery): Promise<AnyRecord | undefined>;
  /** The first mail about an entry that left since a moment, as it stood before this transaction. (C10) */
  mailed(query: MailedQuery): Promise<Mail | undefined>;
  /** Those of one member, or those the office shares, what this transaction settled included. (C6) */
  cannedOf(query: CannedQuery): Promise<readonly RecordKey[]>;
  /** Who deleted a record; undefined where nobody did, and where nobody remembers any more. [O2] */
  deletionOf(key: RecordKey): Promise<DeletionBy | undefined>;
  blob(blobId: BlobId): Promise<BlobRow | undefined>;
  /** Everybody who is or was of the office; nobody else changes them before the end. */
  members(): Promise<readonly Member[]>;
  /** What a member is assigned to, as it stood before this transaction. */
  jobsAssignedTo(memberId: MemberId): Promise<readonly JobId[]>;
  /** All scheduled replies of a job, whatever became of them. (C8) */
  scheduledOn(jobId: JobId): Promise<readonly ScheduledReply[]>;
  /** The reference the next new job of the workspace gets; used up only by settling a job that carries it. */
  nextReference(): Promise<string>;
  /** Was this id settled before, by an earlier transaction or this one? If so its first answer is among the answers. [P1] */
  isSettled(mutation: MutationIdentity): Promise<boolean>;
  /** Buffers the outcome of one mutation, once per id; records and door change together. */
  settle(mutation: MutationIdentity, outcome: Outcome): void;
  /** The mail to a customer about a job of which nothing may have left yet; undefined where none waits. (F2) */
  openMail(of: { customerId: CustomerId; jobId: JobId }): Promise<QueuedMail | undefined>;
  changeMail(change: MailChange): void;
  /** Mails of a job, or of all where it is null, of which nothing may have left are looked at by then. (F2) */
  hastenMails(of: { jobId: JobId | null; by: string }): void;
}

export interface DeletionBy {
  readonly by: MemberId;
  /** Set where the record travelled to one member's devices only: nobody else is told that there was one. [V2, V3] */
  readonly ownerId: MemberId | null;
}

export interface MutationIdentity {
  readonly id: MutationId;
  /** Who asks, `member:<id>` or `customer:<id>`: nobody reads the answer to somebody else's mutation. */
  readonly actorKey: string;
  /** The customer or job it is about, so that an answer that quotes them can be forgotten with them. */
  readonly about?: string | undefined;
}

export interface Committed {
  /** The answer to every mutation that was settled or found settled. */
  readonly answers: ReadonlyMap<MutationId, PushOutcome>;
  /** The workspace's version after the commit. */
  readonly version: number;
}

export interface WorkspaceStart {
  readonly workspaceId: WorkspaceId;
  /** In feed order: record k stands at version k, so read marks and visits can name versions. */
  readonly records: readonly KindedRecord[];
  readonly signIns: readonly SignIn[];
  readonly blobs: readonly BlobRow[];
  /** How new jobs are called: `{ prefix: 'J-', next: 1041 }` gives J-1041, J-1042 ... (A1) */
  readonly references: { readonly prefix: string; readonly next: number };
}

export interface SignIn {
  readonly memberId: MemberId;
  /** Unique on the whole server, whatever its case. */
  readonly email: string;
  /** As `auth/passwords.ts` writes it. */
  readonly passwordHash: string;
}

/** The desktops members signed in on. Tokens are kept as SHA-256 only. (J1) */
export interface Devices {
  signInByEmail(email: string): Promise<(SignIn & { workspaceId: WorkspaceId }) | undefined>;
  signInOfMember(workspaceId: WorkspaceId, memberId: MemberId): Promise<SignIn | undefined>;
  addDevice(device: Device): Promise<void>;
  deviceByToken(tokenHash: string): Promise<KnownDevice | undefined>;
  /** By its own wish: it keeps what it holds. */
  revokeDevice(tokenHash: string, revokedAt: string): Promise<void>;
  noteSeen(tokenHash: string, seenAt: string): Promise<void>;
  /** Of the whole office, signed out ones too, oldest first. */
  devices(workspaceId: WorkspaceId): Promise<readonly KnownDevice[]>;
}

/** As the server remembers it. */
export interface KnownDevice extends Device {
  readonly revokedAt: string | null;
  /** Null where somebody else has not signed it out. */
  readonly endedHow: DeviceEnd | null;
  /** Null before its first request. */
  readonly lastSeenAt: string | null;
}

export interface Device {
  readonly tokenHash: string;
  readonly workspaceId: WorkspaceId;
  readonly memberId: MemberId;
  readonly clientId: ClientId;
  readonly name: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/**
 * How customers come in: single-use links and the sessions they open. Tokens are kept as SHA-256 only. A link's record says
 * whether it still works; here is only which token is its key, and keys are added by a mutation's door changes. (E1)
 */
export interface CustomerDoor {
  readonly sessions: CustomerSessions;
  /** The link this token is the key of, whatever became of it; looking does not use it up. */
  linkByToken(
    tokenHash: TokenHash,
  ): Promise<{ readonly workspaceId: WorkspaceId; readonly link: PortalLink } | undefined>;
  /** Of any office; the address in any case. */
  customersByEmail(email: string): Promise<readonly SessionOwner[]>;
}

/** What the server knows of the bytes it holds; the bytes are the blob store's. Strictly per workspace. (J2) */
export interface BlobRows {
  /** Adding a blob that is there changes nothing but the claim. [B1] */
  addBlob(workspaceId: WorkspaceId, blob: BlobRow, claimedAt: string): Promise<void>;
  blob(workspaceId: WorkspaceId, blobId: BlobId): Promise<BlobRow | undefined>;
  /**
   * The same for one member: undefined too where colleagues' own canned replies name it, and no record that this member may
   * have. (C6) [V2, V3]
   */
  blobFor(asked: BlobAsked): Promise<BlobRow | undefined>;
  /** The same, and says that somebody wants it. [B4] */
  claimBlob(asked: BlobAsked, claimedAt: string): Promise<BlobRow | undefined>;
  /** What no record names and nobody claimed lately. */
  unnamedBlobs(query: UnnamedQuery): Promise<UnnamedBlobs>;
  /** Forgets one of them, unless it was named or claimed since; answers whether it did. One commit with the look. [B2, B4] */
  forgetBlob(unnamed: UnnamedBlobs, blobId: BlobId): Promise<boolean>;
}

export interface BlobAsked {
  readonly workspaceId: WorkspaceId;
  readonly memberId: MemberId;
  readonly blobId: BlobId;
}

export interface UnnamedQuery {
  readonly workspaceId: WorkspaceId;
  /** ISO 8601. */
  readonly claimedBefore: string;
}

export interface UnnamedBlobs extends UnnamedQuery {
  /** Records up to this version were looked into. */
  readonly throughVersion: number;
  readonly blobIds: readonly BlobId[];
}

export interface BlobRow {
  readonly blobId: BlobId;
  readonly sizeBytes: number;
  /** By content, as the server found it. */
  readonly mediaType: string;
}

/** How much a customer has sent today. */
export interface CustomerDays {
  /** Adds all of it and answers true, or nothing and false where the day would hold more than `most` of anything. */
  addToDay(sent: SentOnDay, most: DayVolume): Promise<boolean>;
}

/** Which customer brought which bytes: nobody can send on a file that only others have. (E4) [V2] */
export interface BroughtBlobs {
  /** Noting it again changes nothing but the time. */
  noteBroughtBlob(brought: BroughtBlob, at: string): Promise<void>;
  /** Undefined for bytes somebody else brought just as for those that are nowhere. */
  broughtBlob(brought: BroughtBlob): Promise<BlobRow | undefined>;
}

/**
 * What a photo is without its place, by the photo's bytes. The copies lie beside the blobs without a row of their own: nobody
 * names them, and they go with what they were made of. (D6)
 */
export interface CleanedBlobs {
  /** Undefined where nobody has looked through it, or an older way of looking did. */
  cleanedBlob(
    of: WorkspaceBlob,
    byVersion: number,
  ): Promise<{ readonly cleanedId: CleanedId } | undefined>;
  noteCleanedBlob(of: WorkspaceBlob, cleanedId: CleanedId, byVersion: number): Promise<void>;
  /** Answers with the copy there was, if it is another than the photo itself and no blob in its own right. */
  forgetCleanedBlob(of: WorkspaceBlob): Promise<BlobId | undefined>;
}

/** The photo's own id where there is nothing to take out; null where nobody can tell. */
export type CleanedId = BlobId | null;

export interface WorkspaceBlob {
  readonly workspaceId: WorkspaceId;
  readonly blobId: BlobId;
}

export interface BroughtBlob {
  readonly workspaceId: WorkspaceId;
  readonly customerId: CustomerId;
  readonly blobId: BlobId;
}
