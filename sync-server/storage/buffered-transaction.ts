// A batch of mutations in memory until its end: refused ones leave no rows behind, so no savepoints are needed, and the
// workspace's counter is bumped when everything is decided. [O1, P1]

import type { Kysely } from 'kysely';
import type {
  BlobId,
  CustomerId,
  JobId,
  MemberId,
  MutationId,
  WorkspaceId,
} from '../protocol/ids.ts';
import {
  type BelongingsQuery,
  type CannedQuery,
  type MailedQuery,
  type NewsQuery,
  type NextQuery,
  type SharedQuery,
} from '../protocol/mutator.ts';
import type { Deletion, DoorChange, Outcome, PushOutcome } from '../protocol/outcome.ts';
import type { AnyRecord, KindedRecord, Mail, Member, RecordKey } from '../protocol/records.ts';
import type { ScheduledReply } from '../protocol/scheduled-replies.ts';
import { AskedOfOffice } from './asked-of-office.ts';
import { selectBlob, updateClaim } from './blob-queries.ts';
import { updateCustomerEmails } from './customer-emails.ts';
import { selectDeletion } from './deletions.ts';
import { type RowChange, updateDigests } from './digests.ts';
import { EarlierAnswers } from './earlier-answers.ts';
import { writeDoorChange } from './door-changes.ts';
import { type MailChange, MailClaimLostError, type QueuedMail } from './mail-outbox.ts';
import {
  deleteMail,
  hastenMails,
  releaseMail,
  selectOpenMail,
  upsertMail,
} from './mail-queries.ts';
import {
  bumpVersion,
  type Dialect,
  insertSettled,
  selectHead,
  selectIdsOfKind,
  selectJobsAssignedTo,
  selectLinksOfCustomer,
  selectRecordsOfKind,
  selectReferences,
  updateReferences,
  upsertRecords,
} from './queries.ts';
import { isAskedFor, KIND_OF_NEXT } from './next-asked.ts';
import { PendingDeletions } from './pending-deletions.ts';
import { keyText, rowOf, storedOf } from './record-row.ts';
import { StandingRecords } from './standing-records.ts';
import { isScheduling, updateDueReplies } from './due-replies.ts';
import type {
  BlobRow,
  Committed,
  DeletionBy,
  MutationIdentity,
  StorageTransaction,
} from './storage.ts';
import type { RecordTable, Tables } from './tables.ts';
import { blobsNamedIn } from './unnamed-blobs.ts';

/** A record as it will be written: steps count the mutations of this batch that changed something, from 1. */
interface PendingPut {
  readonly put: KindedRecord;
  readonly step: number;
  readonly firstStep: number;
}

interface PendingAnswer {
  readonly identity: MutationIdentity;
  readonly outcome: Outcome;
  readonly step: number;
}

export class BufferedTransaction implements StorageTransaction {
  readonly #database: Kysely<Tables>;
  readonly #dialect: Dialect;
  readonly #workspaceId: WorkspaceId;
  readonly #puts = new Map<string, PendingPut>();
  readonly #answers = new Map<MutationId, PendingAnswer>();
  /** Answers that are not written again. */
  readonly #earlier: EarlierAnswers;
  readonly #doorChanges: DoorChange[] = [];
  /** What was asked for one after the other, as it stood before this transaction. */
  readonly #wentThrough = new Map<string, readonly AnyRecord[]>();
  #references: { prefix: string; next: number; taken: number } | undefined;
  readonly #standing: StandingRecords;
  readonly #asked: AskedOfOffice;
  readonly #mails = new Map<string, MailChange>();
  readonly #hastened: { readonly jobId: JobId | null; readonly by: string }[] = [];
  readonly #deletions: PendingDeletions;
  #step = 0;

  constructor(database: Kysely<Tables>, dialect: Dialect, workspaceId: WorkspaceId) {
    this.#database = database;
    this.#dialect = dialect;
    this.#workspaceId = workspaceId;
    this.#earlier = new EarlierAnswers(database, workspaceId);
    this.#asked = new AskedOfOffice(database, workspaceId, this.#made);
    this.#standing = new StandingRecords(database, workspaceId);
    this.#deletions = new PendingDeletions(database, workspaceId);
  }

  async find(key: RecordKey): Promise<AnyRecord | undefined> {
    const pending = this.#puts.get(keyText(key));
    if (pending !== undefined) return pending.put.record;
    if (this.#deletions.has(key)) return undefined;
    const row = await this.#standing.find(key);
    return row === undefined ? undefined : storedOf(row).record;
  }

  async prefetch(ids: readonly MutationId[], keys: readonly RecordKey[]): Promise<void> {
    await this.#earlier.readAll(ids);
    await this.#standing.readAll(keys);
  }

  news(query: NewsQuery): Promise<AnyRecord | undefined> {
    return this.#asked.news(query);
  }

  async scheduledOn(jobId: JobId): Promise<readonly ScheduledReply[]> {
    const keys = await this.#asked.scheduledOn(jobId);
    // Read so, they are locked until the end.
    const found = await Promise.all(keys.map((key) => this.find(key)));
    return (found as (ScheduledReply | undefined)[]).filter((reply) => reply !== undefined);
  }

  belongings({ customerId }: BelongingsQuery): Promise<readonly RecordKey[]> {
    return this.#deletions.belongings(customerId, this.#made());
  }

  shared(query: SharedQuery): Promise<AnyRecord | undefined> {
    return this.#asked.shared(query);
  }

  mailed(query: MailedQuery): Promise<Mail | undefined> {
    return this.#asked.mailed(query);
  }

  async cannedOf(query: CannedQuery): Promise<readonly RecordKey[]> {
    const keys = await this.#asked.cannedOf(query);
    return keys.filter((key) => !this.#deletions.has(key));
  }

  readonly #made = (): readonly KindedRecord[] => [...this.#puts.values()].map(({ put }) => put);

  async deletionOf(key: RecordKey): Promise<DeletionBy | undefined> {
    const pending = this.#deletions.byOf(key);
    // One batch is one member's, so nothing in it was somebody else's own.
    if (pending !== undefined) return { by: pending, ownerId: null };
    const tombstone = await this.#standing.tombstone(key);
    if (tombstone === undefined) return undefined;
    const row = await selectDeletion(this.#database, this.#workspaceId, tombstone.version);
    const ownerId = tombstone.owner_member_id as MemberId | null;
    return row && { by: row.member_id as MemberId, ownerId };
  }

  /** Those made a moment ago, in this very transaction, among them. */
  async next(query: NextQuery): Promise<AnyRecord | undefined> {
    const kind = KIND_OF_NEXT[query.kind];
    const records = new Map((await this.#recordsOf(query)).map((record) => [record.id, record]));
    for (const { put } of this.#puts.values())
      if (put.kind === kind) records.set(put.record.id, put.record);
    const nextId = [...records.values()]
      .filter(({ id }) => !this.#deletions.has({ kind, id }))
      .filter((record) => isAskedFor(query, record))
      .map(({ id }): string => id)
      .sort()
      .find((id) => id > query.afterId);
    return nextId === undefined ? undefined : this.find({ kind, id: nextId });
  }

  /** Read once for each kind: a mutator that goes through them asks for every one. */
  async #recordsOf(query: NextQuery): Promise<readonly AnyRecord[]> {
    const workspaceId = this.#workspaceId;
    const kind = KIND_OF_NEXT[query.kind];
    const key = query.kind === 'next_link' ? `${kind} of ${query.customerId}` : kind;
    let records = this.#wentThrough.get(key);
    if (records === undefined) {
      const rows =
        query.kind === 'next_link'
          ? await selectLinksOfCustomer(this.#database, {
              workspaceId,
              customerId: query.customerId,
            })
          : await selectRecordsOfKind(this.#database, workspaceId, kind);
      records = rows.map((row) => storedOf(row).record);
      this.#wentThrough.set(key, records);
    }
    return records;
  }

  async blob(blobId: BlobId): Promise<BlobRow | undefined> {
    const row = await selectBlob(this.#database, { workspaceId: this.#workspaceId, blobId });
    return row && { blobId, sizeBytes: row.size_bytes, mediaType: row.media_type };
  }

  async members(): Promise<readonly Member[]> {
    const rows = await selectIdsOfKind(this.#database, this.#workspaceId, 'member');
    const keys = rows.map(({ id }) => ({ kind: 'member', id }) as const);
    await this.#standing.readAll(keys);
    const found = await Promise.all(keys.map((key) => this.find(key)));
    return found.filter((member) => member !== undefined) as Member[];
  }

  async jobsAssignedTo(memberId: MemberId): Promise<readonly JobId[]> {
    const rows = await selectJobsAssignedTo(this.#database, this.#workspaceId, memberId);
    return rows.map(({ id }) => id as JobId);
  }

  async nextReference(): Promise<string> {
    this.#references ??= {
      ...(await selectReferences(this.#database, this.#workspaceId)),
      taken: 0,
    };
    const { prefix, next, taken } = this.#references;
    return `${prefix}${next + taken}`;
  }

  async isSettled(identity: MutationIdentity): Promise<boolean> {
    return this.#answers.has(identity.id) || (await this.#earlier.has(identity));
  }

  settle(identity: MutationIdentity, outcome: Outcome): void {
    if (this.#answers.has(identity.id)) throw new Error('A mutation is settled once.');
    const puts = 'puts' in outcome ? outcome.puts : [];
    const deletion = outcome.kind === 'applied' ? outcome.deletion : undefined;
    if (puts.length > 0 || deletion !== undefined) {
      this.#step += 1;
      for (const put of puts) this.#put(put);
    }
    if (deletion !== undefined) this.#delete(deletion);
    if (outcome.kind === 'applied') this.#doorChanges.push(...(outcome.door ?? []));
    this.#answers.set(identity.id, { identity, outcome, step: this.#step });
  }

  async openMail(of: { customerId: CustomerId; jobId: JobId }): Promise<QueuedMail | undefined> {
    const queued = [...this.#mails.values()].findLast(
      ({ kind, mail }) =>
        kind === 'queue' && mail.customerId === of.customerId && mail.jobId === of.jobId,
    );
    if (queued !== undefined) return queued.mail;
    const workspaceId = this.#workspaceId;
    return selectOpenMail(this.#database, this.#dialect, { workspaceId, ...of });
  }

  changeMail(change: MailChange): void {
    this.#mails.set(change.mail.id, change);
  }

  hastenMails(of: { jobId: JobId | null; by: string }): void {
    this.#hastened.push(of);
  }

  #delete(deletion: Deletion): void {
    const made = deletion.keys.flatMap((key) => this.#puts.get(keyText(key))?.put ?? []);
    this.#deletions.add(deletion, this.#step, made);
    for (const key of deletion.keys) {
      this.#puts.delete(keyText(key));
      if (key.kind !== 'customer') continue;
      for (const [id, { mail }] of this.#mails)
        if (mail.customerId === key.id) this.#mails.delete(id);
    }
  }

  #put(put: KindedRecord): void {
    const key = keyText({ kind: put.kind, id: put.record.id });
    const firstStep = this.#puts.get(key)?.firstStep ?? this.#step;
    this.#puts.set(key, { put, step: this.#step, firstStep });
    if (put.kind !== 'job' || this.#references === undefined) return;
    const { prefix, next, taken } = this.#references;
    if (put.record.reference === `${prefix}${next + taken}`) this.#references.taken += 1;
  }

  /** Writes it all. The caller commits right after. */
  async flush(): Promise<Committed> {
    if (this.#references !== undefined && this.#references.taken > 0)
      await updateReferences(
        this.#database,
        this.#workspaceId,
        this.#references.next + this.#references.taken,
      );
    // The digest needs the version a record had, also of one that was put without being read.
    await this.#standing.readAll([...this.#puts.values()].map(({ put }) => keyOf(put)));
    await this.#deletions.lookAtAll();
    const version = await this.#bump();
    const base = version - this.#step;
    const rows = [...this.#puts.values()].map(({ put, step, firstStep }) =>
      rowOf(this.#workspaceId, put, { version: base + step, createdVersion: base + firstStep }),
    );
    const gone = this.#deletions.tombstones(base);
    await upsertRecords(this.#database, [...rows, ...gone.map(({ row }) => row)]);
    await this.#updateDigests(rows, gone);
    await updateCustomerEmails(this.#database, rows);
    await updateDueReplies(this.#database, [...rows, ...gone.map(({ row }) => row)]);
    const door = { workspaceId: this.#workspaceId, deletions: this.#deletions };
    for (const change of this.#doorChanges) await writeDoorChange(this.#database, door, change);
    await this.#dropClaims();
    const answers = new Map(this.#earlier.given);
    for (const [id, { outcome, step }] of this.#answers)
      answers.set(id, toPushOutcome(outcome, base + step));
    await insertSettled(
      this.#database,
      [...this.#answers.values()].map(({ identity, outcome, step }) => ({
        workspace_id: this.#workspaceId,
        id: identity.id,
        actor_key: identity.actorKey,
        outcome: JSON.stringify(toPushOutcome(outcome, base + step)),
        about: outcome.kind === 'applied' ? null : (identity.about ?? null),
      })),
    );
    await this.#deletions.write(base);
    for (const change of this.#mails.values()) await this.#writeMail(change);
    for (const of of this.#hastened)
      await hastenMails(this.#database, { workspaceId: this.#workspaceId, ...of });
    return { answers, version };
  }

  /** @throws where a claim has run out: then nothing of this transaction is written */
  async #writeMail(change: MailChange): Promise<void> {
    if (change.kind === 'queue') return upsertMail(this.#database, change.mail);
    const write = change.kind === 'end' ? deleteMail : releaseMail;
    if (!(await write(this.#database, change.claimant, change.mail)))
      throw new MailClaimLostError(change.mail.id);
  }

  async #updateDigests(rows: readonly RecordTable[], gone: readonly RowChange[]): Promise<void> {
    if (rows.length === 0 && gone.length === 0) return;
    const changes = rows.map((row) => ({
      row,
      versionBefore: this.#standing.found(row as RecordKey)?.version,
    }));
    await updateDigests(this.#database, this.#workspaceId, [...changes, ...gone]);
  }

  /** What a record named until it was removed for good waits out no grace time. [B4] (C10) */
  async #dropClaims(): Promise<void> {
    for (const { put } of this.#puts.values()) {
      if (!isRedacted(put)) continue;
      const named = blobsNamedIn(JSON.stringify(put.record));
      const before = blobsNamedIn(this.#standing.found(keyOf(put))?.data ?? '');
      const gone = before.filter((id) => !named.includes(id));
      for (const blobId of gone)
        await updateClaim(this.#database, { workspaceId: this.#workspaceId, blobId }, '');
    }
  }

  async #bump(): Promise<number> {
    if (this.#step > 0) return bumpVersion(this.#database, this.#workspaceId, this.#step);
    const head = await selectHead(this.#database, this.#workspaceId);
    if (head === undefined) throw new Error('A transaction needs a workspace that is there.');
    return head.version;
  }

  get didQueueMail(): boolean {
    const isQueued = [...this.#mails.values()].some(({ kind }) => kind === 'queue');
    return isQueued || this.#hastened.length > 0;
  }

  get didSchedule(): boolean {
    return [...this.#puts.values()].some(({ put }) => isScheduling(put));
  }

  get didChange(): boolean {
    return this.#step > 0;
  }

  /** Something was written whose earlier words or bytes have to be gone for good. (C10) */
  get didRedact(): boolean {
    return !this.#deletions.isEmpty || [...this.#puts.values()].some(({ put }) => isRedacted(put));
  }
}

function keyOf({ kind, record }: KindedRecord): RecordKey {
  return { kind, id: record.id };
}

function isRedacted({ record }: KindedRecord): boolean {
  return 'redacted' in record;
}

function toPushOutcome(outcome: Outcome, version: number): PushOutcome {
  if (outcome.kind === 'applied') return { kind: 'applied', version };
  if (outcome.kind !== 'conflicted') return outcome;
  return { kind: 'conflicted', conflict: outcome.conflict };
}
