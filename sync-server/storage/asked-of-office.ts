// What a mutator asks about a job or a member as it stands before its batch, and with what the batch made so far.

import type { Kysely } from 'kysely';
import type { Attachment, Entry } from '../protocol/entries.ts';
import type { JobId, WorkspaceId } from '../protocol/ids.ts';
import {
  type CannedQuery,
  firstMailAbout,
  isAskedNews,
  isShared,
  type MailedQuery,
  type NewsQuery,
  type SharedQuery,
} from '../protocol/mutator.ts';
import type { AnyRecord, KindedRecord, Mail, RecordKey } from '../protocol/records.ts';
import {
  selectEntriesAfter,
  selectIdsOfOwner,
  selectRecordsOfJob,
  selectVisibleOnJob,
} from './queries.ts';
import { selectLeavingMails } from './mail-queries.ts';
import { storedOf } from './record-row.ts';
import type { Tables } from './tables.ts';

export class AskedOfOffice {
  readonly #database: Kysely<Tables>;
  readonly #workspaceId: WorkspaceId;
  readonly #made: () => readonly KindedRecord[];

  constructor(
    database: Kysely<Tables>,
    workspaceId: WorkspaceId,
    made: () => readonly KindedRecord[],
  ) {
    this.#database = database;
    this.#workspaceId = workspaceId;
    this.#made = made;
  }

  /** What others committed; the batch's own entries are its actor's, and so never news. [P6] */
  async news(query: NewsQuery): Promise<AnyRecord | undefined> {
    const { jobId, afterVersion } = query;
    const workspaceId = this.#workspaceId;
    const rows = await selectEntriesAfter(this.#database, { workspaceId, jobId, afterVersion });
    return rows
      .map((row) => storedOf<Entry>(row).record)
      .find((entry) => isAskedNews(query, entry));
  }

  async shared({ jobId }: SharedQuery): Promise<AnyRecord | undefined> {
    const made = this.#made().map(({ record }) => record as Entry | Attachment);
    const here = made.find(
      (record) => 'jobId' in record && record.jobId === jobId && isShared(record),
    );
    if (here !== undefined) return here;
    const rows = await selectVisibleOnJob(this.#database, this.#workspaceId, jobId);
    return rows.map((row) => storedOf<Entry | Attachment>(row).record).find(isShared);
  }

  /** What leaves is ended in a transaction of its own, so no mail of this one has left; but one may be on the line right now. */
  async mailed(query: MailedQuery): Promise<Mail | undefined> {
    const mails = await this.#ofJob<Mail>('mail', query.jobId);
    const found = firstMailAbout(mails, query);
    return found ?? firstMailAbout(await this.#onTheLine(mails, query.jobId), query);
  }

  /** Being handed over, or nobody can tell whether they left: as if they had, at the earliest moment they may have. */
  async #onTheLine(mails: readonly Mail[], jobId: JobId): Promise<Mail[]> {
    const workspaceId = this.#workspaceId;
    const leaving = await selectLeavingMails(this.#database, { workspaceId, jobId });
    return leaving.flatMap(({ id, deliveries }) => {
      const mail = mails.find((each) => each.id === id);
      if (mail === undefined) return [];
      return deliveries
        .filter(({ state }) => state === 'taken' || state === 'in_doubt')
        .map(({ at }): Mail => ({ ...mail, state: 'sent', at }));
    });
  }

  async scheduledOn(jobId: JobId): Promise<readonly RecordKey[]> {
    const kind = 'scheduled_reply';
    const ids = new Set((await this.#ofJob(kind, jobId)).map(({ id }): string => id));
    for (const put of this.#made())
      if (put.kind === kind && put.record.jobId === jobId) ids.add(put.record.id);
    return [...ids].map((id) => ({ kind, id }));
  }

  async cannedOf({ ownerId }: CannedQuery): Promise<readonly RecordKey[]> {
    const kind = 'canned_reply';
    const rows = await selectIdsOfOwner(this.#database, this.#workspaceId, { kind, ownerId });
    const ids = new Set(rows.map(({ id }) => id));
    for (const put of this.#made())
      if (put.kind === kind && put.record.ownerId === ownerId) ids.add(put.record.id);
    return [...ids].map((id) => ({ kind, id }));
  }

  async #ofJob<R extends AnyRecord>(kind: 'mail' | 'scheduled_reply', jobId: JobId): Promise<R[]> {
    const of = { workspaceId: this.#workspaceId, kind, jobId, audience: undefined };
    const rows = await selectRecordsOfJob(this.#database, of);
    return rows.map((row) => storedOf<R>(row).record);
  }
}
