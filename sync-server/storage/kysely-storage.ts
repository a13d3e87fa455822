// The storage over Kysely, the same for every dialect; a dialect's own file opens it.

import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type {
  BlobId,
  CustomerId,
  JobId,
  MemberId,
  TokenHash,
  WorkspaceId,
} from '../protocol/ids.ts';
import type { Attachment, Entry } from '../protocol/entries.ts';
import type { Job, PortalLink, RecordKind, RecordOf } from '../protocol/records.ts';
import type { Audience } from '../protocol/values.ts';
import * as blobs from './blob-queries.ts';
import { BufferedTransaction } from './buffered-transaction.ts';
import { selectCustomersByEmail, updateCustomerEmails } from './customer-emails.ts';
import type { DayVolume } from '../config.ts';
import { addToDay, type SentOnDay } from './customer-days.ts';
import type { CustomerSessions, SessionOwner } from './customer-sessions.ts';
import { collectTombstones, selectHorizon } from './deletions.ts';
import { selectDigest, updateDigests } from './digests.ts';
import { KeyedLock, type Turns } from './keyed-lock.ts';
import { KyselyCustomerSessions } from './kysely-customer-sessions.ts';
import * as door from './door-queries.ts';
import { KyselyDueReplies } from './due-replies.ts';
import { KyselyMailOutbox } from './kysely-mail-outbox.ts';
import { type News, NO_OTHERS, type OtherProcesses } from './other-processes.ts';
import * as queries from './queries.ts';
import { selectChangesPage } from './changes-page.ts';
import { deviceOf, rowOfDevice } from './device-row.ts';
import { rowOf, storedOf } from './record-row.ts';
import { selectSnapshotPage } from './snapshot.ts';
import type {
  BlobAsked,
  BlobRow,
  BroughtBlob,
  CleanedId,
  Committed,
  Device,
  KnownDevice,
  SignIn,
  Storage,
  Stored,
  StorageTransaction,
  UnnamedBlobs,
  UnnamedQuery,
  WorkspaceBlob,
  WorkspaceStart,
} from './storage.ts';
import type { ChangesPage, ChangesQuery, SnapshotPage, SnapshotQuery } from './pages.ts';
import { isOthersOwn } from './others-own.ts';
import type { Tables } from './tables.ts';
import { atOneMoment, inTransaction } from './transactions.ts';
import { deleteUnnamedBlob, findUnnamedBlobs } from './unnamed-blobs.ts';

type CommitListener = (workspaceId: WorkspaceId, version: number) => void;

export class KyselyStorage implements Storage {
  readonly #database: Kysely<Tables>;
  readonly #dialect: queries.Dialect;
  readonly #listeners = new Set<CommitListener>();
  readonly mails: KyselyMailOutbox;
  readonly dueReplies: KyselyDueReplies;
  readonly sessions: CustomerSessions;
  readonly turns: Turns;
  readonly others: OtherProcesses;

  constructor(database: Kysely<Tables>, dialect: queries.Dialect) {
    this.#database = database;
    this.#dialect = dialect;
    this.mails = new KyselyMailOutbox(database, dialect);
    this.dueReplies = new KyselyDueReplies(database);
    this.sessions = new KyselyCustomerSessions(database, dialect);
    this.turns = dialect.turns ?? new KeyedLock();
    this.others = dialect.others ?? NO_OTHERS;
    this.others.onNews((news) => {
      if (news.kind === 'commit') this.#tell(news.workspaceId, news.version);
      if (news.kind === 'mail') this.mails.tellQueuedHere();
    });
    // Where it cannot be asked now, it is not heard from either, and there is a gap again.
    dialect.others?.onGap(() => void this.#tellOfAll().catch(() => undefined));
  }

  async transact(
    workspaceId: WorkspaceId,
    work: (transaction: StorageTransaction) => Promise<void>,
  ): Promise<Committed> {
    const { committed, transaction } = await inTransaction(
      this.#database,
      this.#dialect,
      async (database) => {
        if (this.#dialect.locksRows) await queries.lockOffice(database, workspaceId);
        const transaction = new BufferedTransaction(database, this.#dialect, workspaceId);
        await work(transaction);
        const committed = await transaction.flush();
        await this.#dialect.others?.tellWith(database, newsOf(workspaceId, committed, transaction));
        return { committed, transaction };
      },
    );
    if (transaction.didRedact) this.#dialect.wipeTraces();
    if (transaction.didChange) this.#tell(workspaceId, committed.version);
    if (transaction.didQueueMail) this.mails.tellQueuedHere();
    if (transaction.didSchedule) this.dueReplies.tellScheduled();
    return committed;
  }

  #tell(workspaceId: WorkspaceId, version: number): void {
    for (const tell of this.#listeners) tell(workspaceId, version);
  }

  /** Others' commits may have gone unheard: everybody looks where their office stands, and whether a mail is due. */
  async #tellOfAll(): Promise<void> {
    this.mails.tellQueuedHere();
    for (const { id, version } of await queries.selectHeads(this.#database))
      this.#tell(id as WorkspaceId, version);
  }

  async createWorkspace(start: WorkspaceStart): Promise<void> {
    const { workspaceId } = start;
    await this.#database.transaction().execute(async (database) => {
      await queries.insertWorkspace(database, {
        id: workspaceId,
        version: start.records.length,
        ...start.references,
      });
      const rows = start.records.map((put, index) =>
        rowOf(workspaceId, put, { version: index + 1, createdVersion: index + 1 }),
      );
      await queries.upsertRecords(database, rows);
      const changes = rows.map((row) => ({ row, versionBefore: undefined }));
      await updateDigests(database, workspaceId, changes);
      await updateCustomerEmails(database, rows);
      for (const signIn of start.signIns)
        await door.insertSignIn(database, {
          workspace_id: workspaceId,
          member_id: signIn.memberId,
          email: signIn.email.toLowerCase(),
          password_hash: signIn.passwordHash,
        });
      for (const blob of start.blobs) await blobs.insertBlob(database, workspaceId, blob, '');
    });
  }

  async workspaceIds(): Promise<readonly WorkspaceId[]> {
    return (await queries.selectWorkspaceIds(this.#database)).map(({ id }) => id as WorkspaceId);
  }

  async beginEpoch(nowMs: number): Promise<void> {
    await this.#database.transaction().execute(async (database) => {
      await queries.updateEpoch(database, randomUUID());
      await queries.liftVersions(database, nowMs);
    });
  }

  collectTombstones(deletedBefore: string, limitRows: number): Promise<number> {
    return inTransaction(this.#database, this.#dialect, (database) =>
      collectTombstones(database, deletedBefore, limitRows),
    );
  }

  onCommit(listener: CommitListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    await this.#database.destroy();
  }

  async epoch(): Promise<string> {
    const row = await queries.selectEpoch(this.#database);
    if (row === undefined) throw new Error('The database has no epoch.');
    return row.epoch;
  }

  async headVersion(workspaceId: WorkspaceId): Promise<number | undefined> {
    return (await queries.selectHead(this.#database, workspaceId))?.version;
  }

  horizon(workspaceId: WorkspaceId): Promise<number> {
    return selectHorizon(this.#database, workspaceId);
  }

  async recordById<K extends RecordKind>(
    workspaceId: WorkspaceId,
    kind: K,
    id: string,
  ): Promise<Stored<RecordOf<K>> | undefined> {
    const row = await queries.selectRecord(this.#database, { workspaceId, kind, id });
    return row && storedOf<RecordOf<K>>(row);
  }

  async recordsOfKind<K extends RecordKind>(
    workspaceId: WorkspaceId,
    kind: K,
  ): Promise<readonly Stored<RecordOf<K>>[]> {
    const rows = await queries.selectRecordsOfKind(this.#database, workspaceId, kind);
    return rows.map((row) => storedOf<RecordOf<K>>(row));
  }

  async entriesOfJob(workspaceId: WorkspaceId, jobId: JobId, audience?: Audience) {
    const rows = await this.#recordsOfJob(workspaceId, 'entry', jobId, audience);
    return rows.map((row) => storedOf<Entry>(row));
  }

  async attachmentsOfJob(workspaceId: WorkspaceId, jobId: JobId, audience?: Audience) {
    const rows = await this.#recordsOfJob(workspaceId, 'attachment', jobId, audience);
    return rows.map((row) => storedOf<Attachment>(row));
  }

  #recordsOfJob(workspaceId: WorkspaceId, kind: RecordKind, jobId: JobId, audience?: Audience) {
    return queries.selectRecordsOfJob(this.#database, { workspaceId, kind, jobId, audience });
  }

  async visibleFileOn(workspaceId: WorkspaceId, jobIds: readonly JobId[], attachmentId: string) {
    const of = { workspaceId, jobIds, attachmentId };
    const row = await queries.selectVisibleFile(this.#database, of);
    return row && storedOf<Attachment>(row);
  }

  async jobsOfCustomer(workspaceId: WorkspaceId, customerId: CustomerId) {
    const rows = await queries.selectJobsOfCustomer(this.#database, workspaceId, customerId);
    return rows.map((row) => storedOf<Job>(row));
  }

  changesAfter(query: ChangesQuery): Promise<ChangesPage> {
    return atOneMoment(this.#database, this.#dialect, (database) =>
      selectChangesPage(database, query),
    );
  }

  snapshotPage(query: SnapshotQuery): Promise<SnapshotPage> {
    return atOneMoment(this.#database, this.#dialect, (database) =>
      selectSnapshotPage(database, query),
    );
  }

  snapshotSize(workspaceId: WorkspaceId, memberId: MemberId) {
    return atOneMoment(this.#database, this.#dialect, async (database) => {
      const version = (await queries.selectHead(database, workspaceId))?.version ?? 0;
      // Kept with every commit: counting them takes as long as a page.
      const { rows } = await selectDigest(database, workspaceId, memberId);
      return { rows, version };
    });
  }

  async signInByEmail(email: string): Promise<(SignIn & { workspaceId: WorkspaceId }) | undefined> {
    const row = await door.selectSignIn(this.#database, email.toLowerCase());
    return (
      row && {
        memberId: row.member_id as MemberId,
        workspaceId: row.workspace_id as WorkspaceId,
        email: row.email,
        passwordHash: row.password_hash,
      }
    );
  }

  async signInOfMember(workspaceId: WorkspaceId, memberId: MemberId): Promise<SignIn | undefined> {
    const row = await door.selectSignInOfMember(this.#database, { workspaceId, memberId });
    return row && { memberId, email: row.email, passwordHash: row.password_hash };
  }

  async addDevice(device: Device): Promise<void> {
    await door.insertDevice(this.#database, rowOfDevice(device));
  }

  async deviceByToken(tokenHash: string): Promise<KnownDevice | undefined> {
    const row = await door.selectDevice(this.#database, tokenHash);
    return row && deviceOf(row);
  }

  async noteSeen(tokenHash: string, seenAt: string): Promise<void> {
    await door.updateSeen(this.#database, tokenHash, seenAt);
  }

  async devices(workspaceId: WorkspaceId): Promise<readonly KnownDevice[]> {
    return (await door.selectDevices(this.#database, workspaceId)).map(deviceOf);
  }

  async revokeDevice(tokenHash: string, revokedAt: string): Promise<void> {
    await door.endDevice(this.#database, tokenHash, revokedAt);
  }

  async linkByToken(tokenHash: TokenHash) {
    const row = await door.selectLinkByKey(this.#database, tokenHash);
    return (
      row && {
        workspaceId: row.workspace_id as WorkspaceId,
        link: storedOf<PortalLink>(row).record,
      }
    );
  }

  async customersByEmail(email: string): Promise<readonly SessionOwner[]> {
    const rows = await selectCustomersByEmail(this.#database, email);
    return rows.map(({ workspace_id, customer_id }) => {
      return { workspaceId: workspace_id as WorkspaceId, customerId: customer_id as CustomerId };
    });
  }

  async addBlob(workspaceId: WorkspaceId, blob: BlobRow, claimedAt: string): Promise<void> {
    await blobs.insertBlob(this.#database, workspaceId, blob, claimedAt);
  }

  async blob(workspaceId: WorkspaceId, blobId: BlobId): Promise<BlobRow | undefined> {
    const row = await blobs.selectBlob(this.#database, { workspaceId, blobId });
    return row && { blobId, sizeBytes: row.size_bytes, mediaType: row.media_type };
  }

  async noteBroughtBlob(brought: BroughtBlob, at: string): Promise<void> {
    await door.insertBroughtBlob(this.#database, brought, at);
  }

  async broughtBlob(brought: BroughtBlob): Promise<BlobRow | undefined> {
    const row = await door.selectBroughtBlob(this.#database, brought);
    return (
      row && {
        blobId: brought.blobId,
        sizeBytes: row.size_bytes,
        mediaType: row.media_type,
      }
    );
  }

  async cleanedBlob(of: WorkspaceBlob, byVersion: number) {
    const row = await blobs.selectCleanedBlob(this.#database, of);
    if (row?.by_version !== byVersion) return undefined;
    return { cleanedId: row.cleaned_id as CleanedId };
  }

  async noteCleanedBlob(of: WorkspaceBlob, cleanedId: CleanedId, byVersion: number): Promise<void> {
    await blobs.upsertCleanedBlob(this.#database, of, { cleanedId, byVersion });
  }

  async forgetCleanedBlob(of: WorkspaceBlob): Promise<BlobId | undefined> {
    const id = await blobs.deleteCleanedBlob(this.#database, of);
    if (id === undefined || id === null || id === of.blobId) return undefined;
    const cleanedId = id as BlobId;
    return (await this.blob(of.workspaceId, cleanedId)) === undefined ? cleanedId : undefined;
  }

  addToDay(sent: SentOnDay, most: DayVolume): Promise<boolean> {
    return addToDay(this.#database, sent, most);
  }

  async blobFor(asked: BlobAsked): Promise<BlobRow | undefined> {
    const row = await this.blob(asked.workspaceId, asked.blobId);
    return row === undefined || (await isOthersOwn(this.#database, asked)) ? undefined : row;
  }

  async claimBlob(asked: BlobAsked, claimedAt: string): Promise<BlobRow | undefined> {
    await blobs.updateClaim(this.#database, asked, claimedAt);
    return this.blobFor(asked);
  }

  unnamedBlobs(query: UnnamedQuery): Promise<UnnamedBlobs> {
    return findUnnamedBlobs(this.#database, query);
  }

  forgetBlob(unnamed: UnnamedBlobs, blobId: BlobId): Promise<boolean> {
    return inTransaction(this.#database, this.#dialect, async (database) => {
      if (this.#dialect.locksRows) await queries.lockOffice(database, unnamed.workspaceId);
      return deleteUnnamedBlob(database, unnamed, blobId);
    });
  }
}

function newsOf(
  workspaceId: WorkspaceId,
  { version }: Committed,
  { didChange, didQueueMail }: BufferedTransaction,
): News[] {
  return [
    ...(didChange ? [{ kind: 'commit' as const, workspaceId, version }] : []),
    ...(didQueueMail ? [{ kind: 'mail' as const }] : []),
  ];
}
