// A job's feed: its order, its filters and its counts. (B3, B4, B5)

import type { MemberId } from '../../../sync-server/protocol/ids.ts';
import { isNewsTo } from '../../../sync-server/protocol/mutator.ts';
import type { FeedAudience, FeedFilters } from '../api/jobs-contract.ts';
import type { Attachment, Entry, EntryKind } from '../../../sync-server/protocol/entries.ts';
import type { NamedBindings, ReadableMirror } from './database.ts';
import { type Reader, readerBindings } from './reading.ts';
import { wordPatterns } from './searchable.ts';

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

/** What others did on a job after a version, oldest first; what is still on its way from here is not theirs. [P6] */
export function newsOf(
  mirror: ReadableMirror,
  jobId: string,
  afterVersion: number,
  exceptMemberId: MemberId,
): Entry[] {
  return mirror
    .all<{ data: string }>(
      `SELECT data FROM entry WHERE job_id = @jobId AND position > @afterVersion AND author_id <> @exceptMemberId
       ORDER BY position, id`,
      { jobId, afterVersion, exceptMemberId },
    )
    .map(({ data }) => JSON.parse(data) as Entry)
    .filter((entry) => isNewsTo(exceptMemberId, entry));
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
  const rows = mirror.all<{
    kind: EntryKind;
    audience: 'internal' | 'visible';
    author: string;
    customer: number;
    count: number;
    withFiles: number;
  }>(
    `SELECT kind, audience, author_id AS author, from_customer AS customer, count(*) AS count,
       sum(has_files) AS withFiles
     FROM entry WHERE job_id = @jobId GROUP BY kind, audience, author_id, from_customer`,
    { jobId },
  );
  const kinds: Record<EntryKind, number> = {
    reply: 0,
    file: 0,
    file_change: 0,
    status_change: 0,
    form_save: 0,
    assignment: 0,
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

/** "From customer" is an audience of its own here: an entry of theirs is counted and filtered once. (B2) */
function filterOf(jobId: string, filters: FeedFilters): { where: string; bindings: NamedBindings } {
  const conditions = ['job_id = @jobId'];
  const bindings: Record<string, string> = { jobId };
  if (filters.kinds.length > 0) {
    const withFiles = filters.kinds.includes('file') ? 'OR has_files = 1' : '';
    conditions.push(`(kind IN (SELECT value FROM json_each(@kinds)) ${withFiles})`);
    bindings['kinds'] = JSON.stringify(filters.kinds);
  }
  if (filters.authorIds.length > 0) {
    conditions.push('author_id IN (SELECT value FROM json_each(@authorIds))');
    bindings['authorIds'] = JSON.stringify(filters.authorIds);
  }
  if (filters.audiences.length > 0) {
    conditions.push(
      `CASE from_customer WHEN 1 THEN 'from_customer' ELSE audience END IN (SELECT value FROM json_each(@audiences))`,
    );
    bindings['audiences'] = JSON.stringify(filters.audiences);
  }
  for (const [index, pattern] of wordPatterns(filters.search).entries()) {
    conditions.push(`search LIKE @word${index} ESCAPE '\\'`);
    bindings[`word${index}`] = pattern;
  }
  return { where: `WHERE ${conditions.join(' AND ')}`, bindings };
}
