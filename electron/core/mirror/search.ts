// What is found in the whole office: jobs, customers, entries and files, each by its own rule and all by the same words. (G1)

import type { Attachment, Entry } from '../../../sync-server/protocol/entries.ts';
import type { Customer, Job } from '../../../sync-server/protocol/records.ts';
import type { SearchFilters } from '../api/search-contract.ts';
import type { NamedBindings, ReadableMirror } from './database.ts';
import { sieveOf, TALLIED_BY, TALLY, type TallyRow } from './entries.ts';
import { rowsWithWords } from './search-index.ts';
import { escaped, typedWords, wordConditions } from './searchable.ts';

/** The best of them, and how many there are. */
export interface Found<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

export interface FoundEntry {
  readonly entry: Entry;
  readonly isPending: boolean;
}

export interface FoundFile {
  readonly attachment: Attachment;
  readonly at: string;
  readonly isPending: boolean;
  /** What is written in it, where the words are found there and not in its name. (G2) */
  readonly text: string | null;
}

interface Wanted {
  readonly search: string;
  readonly filters: SearchFilters;
  readonly limit: number;
}

const ENTRY_AT = `coalesce(entry.data ->> '$.arrivedAt', entry.data ->> '$.writtenAt')`;
const FOUND_ENTRIES = 'FROM entry JOIN job ON job.id = entry.job_id';

export type FoundTally = TallyRow & { readonly pipelineId: string };

/** Of all entries found, whatever is filtered, to be counted up. */
export function tallyFound(mirror: ReadableMirror, search: string): FoundTally[] {
  const hits = rowsWithWords(mirror, 'entry', search);
  return mirror.all<FoundTally>(
    `SELECT ${TALLY}, job.pipeline_id AS pipelineId ${FOUND_ENTRIES} WHERE entry.rowid IN (${hits.sql})
     GROUP BY ${TALLIED_BY}, job.pipeline_id`,
    hits.bindings,
  );
}

/** @param tally of the same search: to go through very many entries once more only to count them would be felt */
export function searchEntries(
  mirror: ReadableMirror,
  { search, filters, limit }: Wanted,
  tally: readonly FoundTally[],
): Found<FoundEntry> {
  const hits = rowsWithWords(mirror, 'entry', search);
  const sieve = sieveOf(filters);
  const conditions = [`entry.rowid IN (${hits.sql})`, ...sieve.conditions, ...inPlace(filters)];
  if (filters.since !== null) conditions.push(`${ENTRY_AT} >= @since`);
  const from = `${FOUND_ENTRIES} WHERE ${conditions.join(' AND ')}`;
  const bindings = { ...hits.bindings, ...sieve.bindings, ...placeBindings(filters) };
  const best = bestFirst(search, 'entry.search');
  const rows = mirror.all<{ data: string; version: number | null }>(
    `SELECT entry.data AS data, entry.version AS version ${from}
     ORDER BY ${best.order}, entry.position DESC, entry.id LIMIT @limit`,
    { ...bindings, ...best.bindings, limit },
  );
  return {
    total: filters.since === null ? countTallied(tally, filters) : countOf(mirror, from, bindings),
    rows: rows.map(({ data, version }) => ({
      entry: JSON.parse(data) as Entry,
      isPending: version === null,
    })),
  };
}

/** As `sieveOf` and `inPlace` choose rows. */
function countTallied(tally: readonly FoundTally[], filters: SearchFilters): number {
  const { kinds, audiences, authorIds, pipelineId } = filters;
  let total = 0;
  for (const row of tally) {
    const audience = row.customer === 1 ? 'from_customer' : row.audience;
    if (audiences.length > 0 && !audiences.includes(audience)) continue;
    if (authorIds.length > 0 && !authorIds.includes(row.author)) continue;
    if (pipelineId !== null && row.pipelineId !== pipelineId) continue;
    if (kinds.length === 0 || kinds.includes(row.kind)) total += row.count;
    else if (kinds.includes('file')) total += row.withFiles;
  }
  return total;
}

const FILE_NAME = `searchable(attachment.data ->> '$.name')`;

/** By name, then by what is written in them; what was removed for good is no file any more. */
export function searchFiles(
  mirror: ReadableMirror,
  { search, filters, limit }: Wanted,
): Found<FoundFile> {
  const named = rowsWithWords(mirror, 'attachment', search);
  const written = rowsWithWords(mirror, 'attachment_text', search);
  const isNamed = `attachment.rowid IN (${named.sql})`;
  const conditions = [
    `(${isNamed} OR attachment.blob_id IN (SELECT blob_id FROM attachment_text WHERE rowid IN (${written.sql})))`,
    `attachment.data ->> '$.redacted' IS NULL`,
    ...inPlace(filters),
  ];
  if (filters.audiences.length > 0)
    conditions.push(
      `CASE attachment.data ->> '$.author.kind' WHEN 'customer' THEN 'from_customer'
         ELSE attachment.data ->> '$.audience' END IN (SELECT value FROM json_each(@audiences))`,
    );
  if (filters.authorIds.length > 0)
    conditions.push(
      `coalesce(attachment.data ->> '$.author.memberId', attachment.data ->> '$.author.customerId')
         IN (SELECT value FROM json_each(@authorIds))`,
    );
  if (filters.since !== null) conditions.push(`${ENTRY_AT} >= @since`);
  const from = `FROM attachment JOIN job ON job.id = attachment.job_id
    LEFT JOIN entry ON entry.id = attachment.entry_id WHERE ${conditions.join(' AND ')}`;
  const bindings = {
    ...named.bindings,
    ...written.bindings,
    ...sieveOf({ ...filters, kinds: [] }).bindings,
    ...placeBindings(filters),
  };
  const best = bestFirst(search, FILE_NAME);
  const rows = mirror.all<{
    data: string;
    version: number | null;
    at: string | null;
    named: number;
  }>(
    `SELECT attachment.data AS data, attachment.version AS version, ${ENTRY_AT} AS at, ${isNamed} AS named
     ${from} ORDER BY ${best.order}, named DESC, attachment.position DESC, attachment.id LIMIT @limit`,
    { ...bindings, ...best.bindings, limit },
  );
  return {
    total: countOf(mirror, from, bindings),
    rows: rows.map(({ data, version, at, named }) => {
      const attachment = JSON.parse(data) as Attachment;
      const text = named === 1 ? null : textOf(mirror, attachment.blobId);
      return { attachment, at: at ?? '', isPending: version === null, text };
    }),
  };
}

function textOf(mirror: ReadableMirror, blobId: string): string | null {
  const row = mirror.get<{ text: string }>(
    'SELECT text FROM attachment_text WHERE blob_id = @blobId',
    { blobId },
  );
  return row?.text ?? null;
}

export function searchJobs(
  mirror: ReadableMirror,
  { search, filters, limit }: Wanted,
): Found<{ readonly job: Job; readonly customerName: string }> {
  const words = '(job.search || customer.search)';
  const { conditions, bindings } = wordConditions(words, search);
  conditions.push(...inPlace(filters));
  if (filters.since !== null) conditions.push('job.last_activity_at >= @since');
  const from = `FROM job JOIN customer ON customer.id = job.customer_id WHERE ${conditions.join(' AND ')}`;
  const all = { ...bindings, ...placeBindings(filters) };
  const best = bestFirst(search, words);
  const rows = mirror.all<{ data: string; name: string }>(
    `SELECT job.data AS data, customer.name AS name ${from}
     ORDER BY ${best.order}, job.last_activity_at DESC, job.id DESC LIMIT @limit`,
    { ...all, ...best.bindings, limit },
  );
  return {
    total: countOf(mirror, from, all),
    rows: rows.map(({ data, name }) => ({ job: JSON.parse(data) as Job, customerName: name })),
  };
}

export function searchCustomers(
  mirror: ReadableMirror,
  { search, limit }: Pick<Wanted, 'search' | 'limit'>,
): Found<{ readonly customer: Customer; readonly jobCount: number }> {
  const { conditions, bindings } = wordConditions('customer.search', search);
  const from = `FROM customer WHERE ${conditions.join(' AND ')}`;
  const best = bestFirst(search, 'customer.search');
  const rows = mirror.all<{ data: string; jobs: number }>(
    `SELECT data, (SELECT count(*) FROM job WHERE job.customer_id = customer.id) AS jobs ${from}
     ORDER BY ${best.order}, name COLLATE NOCASE, id LIMIT @limit`,
    { ...bindings, ...best.bindings, limit },
  );
  return {
    total: countOf(mirror, from, bindings),
    rows: rows.map(({ data, jobs }) => ({
      customer: JSON.parse(data) as Customer,
      jobCount: jobs,
    })),
  };
}

/**
 * All words as they were typed, one after the other; all of them whole; some of them beginnings of words. A full stop is part
 * of a word ("golf.pdf"), and here ends one.
 */
function bestFirst(search: string, words: string): { order: string; bindings: NamedBindings } {
  const typed = typedWords(search.replaceAll('.', ' '));
  const text = `replace(${words}, '.', ' ') || ' '`;
  const isWhole = typed.map((_, index) => `${text} LIKE @whole${index} ESCAPE '\\'`);
  return {
    order: `CASE WHEN ${text} LIKE @phrase ESCAPE '\\' THEN 0
      WHEN ${['true', ...isWhole].join(' AND ')} THEN 1 ELSE 2 END`,
    bindings: {
      phrase: `% ${typed.map(escaped).join(' ')} %`,
      ...Object.fromEntries(typed.map((word, index) => [`whole${index}`, `% ${escaped(word)} %`])),
    },
  };
}

function inPlace({ pipelineId }: SearchFilters): string[] {
  return pipelineId === null ? [] : ['job.pipeline_id = @pipelineId'];
}

function placeBindings({ pipelineId, since }: SearchFilters): NamedBindings {
  return { ...(pipelineId !== null && { pipelineId }), ...(since !== null && { since }) };
}

function countOf(mirror: ReadableMirror, from: string, bindings: NamedBindings): number {
  return mirror.get<{ count: number }>(`SELECT count(*) AS count ${from}`, bindings)?.count ?? 0;
}
