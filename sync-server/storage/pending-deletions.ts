// What a batch of mutations deletes, in memory until its end. [O2]

import type { Kysely } from 'kysely';
import type { CustomerId, JobId, MemberId, WorkspaceId } from '../protocol/ids.ts';
import { type Deletion, type PushOutcome, refused } from '../protocol/outcome.ts';
import type { AnyRecord, KindedRecord, RecordKey } from '../protocol/records.ts';
import { updateClaim } from './blob-queries.ts';
import {
  type BelongingRow,
  deleteLinkKeys,
  forgetAnswers,
  forgetCustomer,
  insertDeletion,
  selectBelongings,
  selectBroughtBlobs,
  selectStanding,
  tombstoneOf,
} from './deletions.ts';
import type { RowChange } from './digests.ts';
import { keyText, ownerOf } from './record-row.ts';
import type { RecordTable, Tables } from './tables.ts';
import { blobsNamedIn } from './unnamed-blobs.ts';

interface PendingDeletion {
  readonly deletion: Deletion;
  readonly step: number;
}

/** What an answer that quoted somebody who is gone says from then on. */
const FORGOTTEN: PushOutcome = refused(
  'customer-deleted',
  'The customer was deleted, so nothing was changed.',
);

export class PendingDeletions {
  readonly #database: Kysely<Tables>;
  readonly #workspaceId: WorkspaceId;
  readonly #deletions: PendingDeletion[] = [];
  readonly #by = new Map<string, MemberId>();
  readonly #owners = new Map<string, string | null>();
  /** Of all belongings that were asked for, as they stood before this batch. */
  readonly #stood = new Map<string, BelongingRow>();

  constructor(database: Kysely<Tables>, workspaceId: WorkspaceId) {
    this.#database = database;
    this.#workspaceId = workspaceId;
  }

  get isEmpty(): boolean {
    return this.#deletions.length === 0;
  }

  /** @param puts what the batch made or changed so far; it counts as it stands there */
  async belongings(
    customerId: CustomerId,
    puts: readonly KindedRecord[],
  ): Promise<readonly RecordKey[]> {
    const workspaceId = this.#workspaceId;
    const rows = await selectBelongings(this.#database, { workspaceId, customerId });
    const keys = new Map<string, RecordKey>();
    const isGivenAway = givenAwayBy(customerId, puts);
    for (const row of rows) {
      this.#stood.set(keyText(row), row);
      if (isGivenAway(row)) continue;
      keys.set(keyText(row), { kind: row.kind, id: row.id } as RecordKey);
    }
    const isTheirs = belongingTo(customerId, [...keys.values()], puts);
    for (const { kind, record } of puts)
      if (isTheirs(kind, record))
        keys.set(keyText({ kind, id: record.id }), { kind, id: record.id });
    return [...keys.values()].filter((key) => !this.has(key));
  }

  /** @param made what of it this very batch had made: nobody else is told of it either, where it was one member's own [V3] */
  add(deletion: Deletion, step: number, made: readonly KindedRecord[]): void {
    this.#deletions.push({ deletion, step });
    for (const put of made)
      this.#owners.set(keyText({ kind: put.kind, id: put.record.id }), ownerOf(put));
    for (const key of deletion.keys) this.#by.set(keyText(key), deletion.by);
  }

  has(key: RecordKey): boolean {
    return this.#by.has(keyText(key));
  }

  byOf(key: RecordKey): MemberId | undefined {
    return this.#by.get(keyText(key));
  }

  /** The digest needs the version a record had, also of one that no question about belongings brought. */
  async lookAtAll(): Promise<void> {
    for (const { deletion } of this.#deletions)
      for (const key of deletion.keys) {
        if (this.#stood.has(keyText(key))) continue;
        const row = await selectStanding(this.#database, {
          workspaceId: this.#workspaceId,
          ...key,
        });
        if (row !== undefined) this.#stood.set(keyText(key), row);
      }
  }

  /** The tombstones, and which row each of them takes the place of. */
  tombstones(base: number): (RowChange & { readonly row: RecordTable })[] {
    return this.#deletions.flatMap(({ deletion, step }) =>
      deletion.keys.map((key) => {
        const stood = this.#stood.get(keyText(key));
        const owner_member_id = this.#owners.get(keyText(key)) ?? null;
        const place = stood ?? { ...key, created_version: base + step, owner_member_id };
        const row = tombstoneOf(this.#workspaceId, place, base + step);
        return { row, versionBefore: stood?.version };
      }),
    );
  }

  /** When and by whom, and what else knows of those who are gone. Bytes they named wait out no grace time. [B4] */
  async write(base: number): Promise<void> {
    const workspaceId = this.#workspaceId;
    for (const { deletion, step } of this.#deletions) {
      const { keys, by, at } = deletion;
      await insertDeletion(this.#database, {
        workspace_id: workspaceId,
        version: base + step,
        member_id: by,
        deleted_at: at,
      });
      const idsOf = (kind: string) => keys.filter((key) => key.kind === kind).map(({ id }) => id);
      await deleteLinkKeys(this.#database, workspaceId, idsOf('portal_link'));
      const about = [...idsOf('customer'), ...idsOf('job')];
      await forgetAnswers(this.#database, workspaceId, {
        about,
        outcome: JSON.stringify(FORGOTTEN),
      });
      const stood = keys.flatMap((key) => this.#stood.get(keyText(key)) ?? []);
      const dropped = stood.filter((row) => !mayBeInDrafts(row));
      await this.#dropClaims(dropped.flatMap(({ data }) => blobsNamedIn(data)));
    }
  }

  async forgetCustomer(customerId: CustomerId): Promise<void> {
    const owner = { workspaceId: this.#workspaceId, customerId };
    await this.#dropClaims(await selectBroughtBlobs(this.#database, owner));
    await forgetCustomer(this.#database, owner);
  }

  async #dropClaims(blobIds: readonly string[]): Promise<void> {
    for (const blobId of new Set(blobIds))
      await updateClaim(this.#database, { workspaceId: this.#workspaceId, blobId }, '');
  }
}

/** What is on a job that went to another customer in this batch is theirs by now; but for what names the first one itself. */
function givenAwayBy(
  customerId: CustomerId,
  puts: readonly KindedRecord[],
): (row: BelongingRow) => boolean {
  const jobIds = new Set(
    puts.flatMap((put) =>
      put.kind === 'job' && put.record.customerId !== customerId ? put.record.id : [],
    ),
  );
  if (jobIds.size === 0) return () => false;
  return ({ kind, id, data }) => {
    if (kind === 'job') return jobIds.has(id as JobId);
    const record = JSON.parse(data) as { readonly jobId?: JobId; readonly customerId?: string };
    return (
      record.jobId !== undefined && jobIds.has(record.jobId) && record.customerId !== customerId
    );
  };
}

/** Colleagues may have inserted a shared canned reply, and post its files a while after it is gone: those wait out their time. */
function mayBeInDrafts({ kind, owner_member_id }: BelongingRow): boolean {
  return kind === 'canned_reply' && owner_member_id === null;
}

function belongingTo(
  customerId: CustomerId,
  standing: readonly RecordKey[],
  made: readonly KindedRecord[],
): (kind: RecordKey['kind'], record: AnyRecord) => boolean {
  const jobs = new Set(standing.filter(({ kind }) => kind === 'job').map(({ id }) => id));
  for (const put of made)
    if (put.kind === 'job' && put.record.customerId === customerId) jobs.add(put.record.id);
  return (kind, record) =>
    (kind === 'customer' && record.id === customerId) ||
    ('customerId' in record && record.customerId === customerId) ||
    ('jobId' in record && jobs.has(record.jobId));
}
