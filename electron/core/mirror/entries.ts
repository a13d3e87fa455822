// A job's feed: its order, its filters and its counts. (B3, B4, B5)

import { isAskedNews, isShared, type NewsQuery } from '../../../sync-server/protocol/mutator.ts';
import type { FeedAudience, FeedFilters } from '../api/jobs-contract.ts';
import type { Attachment, Entry, EntryKind } from '../../../sync-server/protocol/entries.ts';
import type { NamedBindings, ReadableMirror } from './database.ts';
import { type Reader, readerBindings } from './reading.ts';
import { wordConditions } from './searchable.ts';

export interface PlacedEntry {
  readonly entry: Entry;
  readonly position: number;
  /** Nothing of it is with the server yet, or a change to it is not. */
  readonly isPending: boolean;
}

/** The newest `limit` entries that pass, oldest of them first: the server's order, what waits at the end. (B5) */
export function feedOf(
  mirror: ReadableMirror,
  jobId: string,
  filters: FeedFilters,
  limit: number,
): { entries: PlacedEntry[]; total: number } {
  const { where, bindings } = filterOf(jobId, filters);
  const entries = mirror
    .all<{ data: string; position: number; version: number | null }>(
      `SELECT data, position, version FROM entry ${where} ORDER BY position DESC, id DESC LIMIT @limit`,
      { ...bindings, limit },
    )
    .map(({ data, position, version }) => ({
      entry: JSON.parse(data) as Entry,
      position,
      isPending: version === null,
    }))
    .reverse();
  const total = mirror.get<{ count: number }>(
    `SELECT count(*) AS count FROM entry ${where}`,
    bindings,
  );
  return { entries, total: total?.count ?? 0 };
}

/** All of a job's entries by their ids, in the feed's order. */
export function entryIdsOf(mirror: ReadableMirror, jobId: string): string[] {
  return mirror
    .all<{ id: string }>('SELECT id FROM entry WHERE job_id = @jobId ORDER BY position, id', {
      jobId,
    })
    .map(({ id }) => id);
}

/** Some of them, in the feed's order; what is no longer there is left out. */
export function placedEntries(mirror: ReadableMirror, ids: readonly string[]): PlacedEntry[] {
  return mirror
    .all<{ data: string; position: number; version: number | null }>(
      `SELECT data, position, version FROM entry
       WHERE id IN (SELECT value FROM json_each(@ids)) ORDER BY position, id`,
      { ids: JSON.stringify(ids) },
    )
    .map(({ data, position, version }) => ({
      entry: JSON.parse(data) as Entry,
      position,
      isPending: version === null,
    }));
}

/** What others did on a job after a version, oldest first; what is still on its way from here is not theirs. [P6] */
export function newsOf(mirror: ReadableMirror, query: Omit<NewsQuery, 'kind'>): Entry[] {
  const { jobId, afterVersion, exceptMemberId } = query;
  return mirror
    .all<{ data: string }>(
      `SELECT data FROM entry WHERE job_id = @jobId AND position > @afterVersion AND author_id <> @exceptMemberId
       ORDER BY position, id`,
      { jobId, afterVersion, exceptMemberId },
    )
    .map(({ data }) => JSON.parse(data) as Entry)
    .filter((entry) => isAskedNews(query, entry));
}

/** What tells that a job went from a customer to another one. (A1) */
export function givenAway(
  mirror: ReadableMirror,
  jobId: string,
  fromCustomerId: string,
): Entry | undefined {
  const row = mirror.get<{ data: string }>(
    `SELECT data FROM entry WHERE job_id = @jobId AND kind = 'job_change'
       AND data ->> '$.change.fromCustomerId' = @fromCustomerId ORDER BY position DESC LIMIT 1`,
    { jobId, fromCustomerId },
  );
  return row === undefined ? undefined : (JSON.parse(row.data) as Entry);
}

/** Something of a job that is between its customer and the office, what waits here included. (E7) */
export function sharedOn(mirror: ReadableMirror, jobId: string): Entry | Attachment | undefined {
  return mirror
    .all<{ data: string }>(
      `SELECT data FROM entry WHERE job_id = @jobId
         AND (audience = 'visible' AND kind <> 'status_change' OR kind = 'file_change' AND data ->> '$.change' = 'made_internal')
       UNION ALL
       SELECT data FROM attachment WHERE job_id = @jobId AND data ->> '$.audience' = 'visible' LIMIT 1`,
      { jobId },
    )
    .map(({ data }) => JSON.parse(data) as Entry | Attachment)
    .find(isShared);
}

export interface EntryCounts {
  readonly all: number;
  readonly kinds: Record<EntryKind, number>;
  readonly audiences: Record<FeedAudience, number>;
  readonly authors: readonly {
    readonly id: string;
    readonly isCustomer: boolean;
    readonly count: number;
  }[];
}

export function countEntries(mirror: ReadableMirror, jobId: string): EntryCounts {
  return tallied(
    mirror.all<TallyRow>(
      `SELECT ${TALLY} FROM entry WHERE job_id = @jobId GROUP BY ${TALLIED_BY}`,
      {
        jobId,
      },
    ),
  );
}

export interface TallyRow {
  readonly kind: EntryKind;
  readonly audience: 'internal' | 'visible';
  readonly author: string;
  readonly customer: number;
  readonly count: number;
  readonly withFiles: number;
}

/** What is selected of `entry`, and by what it is grouped, to be counted up by `tallied`. */
export const TALLY = `entry.kind AS kind, entry.audience AS audience, entry.author_id AS author,
  entry.from_customer AS customer, count(*) AS count, sum(entry.has_files) AS withFiles`;
export const TALLIED_BY = 'entry.kind, entry.audience, entry.author_id, entry.from_customer';

export function tallied(rows: readonly TallyRow[]): EntryCounts {
  const kinds: Record<EntryKind, number> = {
    reply: 0,
    file: 0,
    file_change: 0,
    status_change: 0,
    form_save: 0,
    assignment: 0,
    job_change: 0,
    unapplied: 0,
  };
  const audiences = { internal: 0, visible: 0, from_customer: 0 };
  const authors = new Map<string, { id: string; isCustomer: boolean; count: number }>();
  let all = 0;
  for (const row of rows) {
    all += row.count;
    // Files come with replies too: who looks for files means all of them. (B3)
    if (row.kind !== 'file') kinds[row.kind] += row.count;
    kinds.file += row.withFiles;
    audiences[row.customer === 1 ? 'from_customer' : row.audience] += row.count;
    const author = authors.get(row.author) ?? {
      id: row.author,
      isCustomer: row.customer === 1,
      count: 0,
    };
    author.count += row.count;
    authors.set(row.author, author);
  }
  return {
    all,
    kinds,
    audiences,
    authors: [...authors.values()].sort((a, b) => b.count - a.count),
  };
}

export function firstUnreadId(
  mirror: ReadableMirror,
  reader: Reader,
  jobId: string,
  readThroughVersion: number,
): string | null {
  const row = mirror.get<{ id: string }>(
    `SELECT id FROM entry WHERE job_id = @jobId AND position > @readThroughVersion AND author_id <> @me
     ORDER BY position, id LIMIT 1`,
    { jobId, readThroughVersion, me: readerBindings(reader).me },
  );
  return row?.id ?? null;
}

export function attachmentsOf(mirror: ReadableMirror, entryIds: readonly string[]): Attachment[] {
  return mirror
    .all<{ data: string }>(
      'SELECT data FROM attachment WHERE entry_id IN (SELECT value FROM json_each(@ids)) ORDER BY position, id',
      { ids: JSON.stringify(entryIds) },
    )
    .map(({ data }) => JSON.parse(data) as Attachment);
}

export function countAttachments(mirror: ReadableMirror, jobId: string): number {
  const row = mirror.get<{ count: number }>(
    'SELECT count(*) AS count FROM attachment WHERE job_id = @jobId',
    { jobId },
  );
  return row?.count ?? 0;
}

function filterOf(jobId: string, filters: FeedFilters): { where: string; bindings: NamedBindings } {
  const { conditions, bindings } = sieveOf(filters);
  const found = wordConditions('search', filters.search);
  return {
    where: `WHERE ${['job_id = @jobId', ...conditions, ...found.conditions].join(' AND ')}`,
    bindings: {
      jobId,
      ...bindings,
      ...found.bindings,
    },
  };
}

/**
 * Conditions on rows of `entry`. "From customer" is an audience of its own here: an entry of theirs is counted and filtered
 * once. (B2)
 */
export function sieveOf({
  kinds,
  authorIds,
  audiences,
}: Pick<FeedFilters, 'kinds' | 'authorIds' | 'audiences'>): {
  conditions: string[];
  bindings: NamedBindings;
} {
  const conditions: string[] = [];
  if (kinds.length > 0) {
    const withFiles = kinds.includes('file') ? 'OR entry.has_files = 1' : '';
    conditions.push(`(entry.kind IN (SELECT value FROM json_each(@kinds)) ${withFiles})`);
  }
  if (authorIds.length > 0)
    conditions.push('entry.author_id IN (SELECT value FROM json_each(@authorIds))');
  if (audiences.length > 0)
    conditions.push(
      `CASE entry.from_customer WHEN 1 THEN 'from_customer' ELSE entry.audience END IN (SELECT value FROM json_each(@audiences))`,
    );
  return {
    conditions,
    bindings: {
      ...(kinds.length > 0 && { kinds: JSON.stringify(kinds) }),
      ...(authorIds.length > 0 && { authorIds: JSON.stringify(authorIds) }),
      ...(audiences.length > 0 && { audiences: JSON.stringify(audiences) }),
    },
  };
}
