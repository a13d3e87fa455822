// Finding anything in the whole office, offline and as one types. (G1, G2)

import type { FormChange } from '../../../sync-server/protocol/entries.ts';
import type { JobId } from '../../../sync-server/protocol/ids.ts';
import { tallied } from '../mirror/entries.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { authorNameById, nameOf } from '../mirror/people.ts';
import { findRecord } from '../mirror/records.ts';
import {
  type Found,
  type FoundEntry,
  type FoundFile,
  type FoundTally,
  searchCustomers,
  searchEntries,
  searchFiles,
  searchJobs,
  tallyFound,
} from '../mirror/search.ts';
import { excerptOf, typedWords } from '../mirror/searchable.ts';
import { previewOf } from './entry-preview.ts';
import type { Office } from './office.ts';
import type {
  EntryHit,
  FileHit,
  HitJob,
  SearchAnswer,
  SearchArgs,
  SearchFilters,
} from './search-contract.ts';

const LEAST_LETTERS = 2;
/** In a menu of names. */
const MOST_AUTHORS = 50;
const NOTHING = { total: 0, rows: [] };

export function search(office: Pick<Office, 'mirror' | 'reader'>, args: SearchArgs): SearchAnswer {
  const { mirror } = office;
  const { memberId } = office.reader();
  const isEnough = typedWords(args.search).join('').length >= LEAST_LETTERS;
  const found = isEnough ? tallyFound(mirror, args.search) : [];
  const jobOf = hitJobs(mirror);
  const hits = <Row, Hit>(
    group: keyof SearchArgs['limits'],
    find: (mirror: ReadableMirror, wanted: SearchArgs & { limit: number }) => Found<Row>,
    hitOf: (row: Row) => Hit,
  ) => {
    if (!isEnough || !isMeant[group](args.filters)) return NOTHING;
    const { total, rows } = find(mirror, { ...args, limit: args.limits[group] });
    return { total, rows: rows.map(hitOf) };
  };
  return {
    jobs: hits('jobs', searchJobs, ({ job, customerName }) => {
      const { id: jobId, reference, title, pipelineId, stageId, lastActivityAt } = job;
      return { jobId, reference, title, customerName, pipelineId, stageId, lastActivityAt };
    }),
    customers: hits('customers', searchCustomers, ({ customer, jobCount }) => {
      const { id: customerId, name, emails, phone } = customer;
      return { customerId, name, emails, phone, jobCount };
    }),
    entries: hits(
      'entries',
      (from, wanted) => searchEntries(from, wanted, found),
      (row) => entryHit(mirror, { row, memberId, search: args.search, jobOf }),
    ),
    files: hits('files', searchFiles, (row) =>
      fileHit(mirror, { row, memberId, search: args.search, jobOf }),
    ),
    ...countsOf(mirror, found),
  };
}

/** Whether a group is among what the filters leave. */
const isMeant: Readonly<Record<keyof SearchArgs['limits'], (filters: SearchFilters) => boolean>> = {
  jobs: isOfNobody,
  customers: (filters) =>
    isOfNobody(filters) && filters.pipelineId === null && filters.since === null,
  entries: () => true,
  files: ({ kinds }) => kinds.length === 0 || kinds.includes('file'),
};

/** Jobs and customers have no author, no audience, and are no entries. */
function isOfNobody({ kinds, audiences, authorIds }: SearchFilters): boolean {
  return kinds.length === 0 && audiences.length === 0 && authorIds.length === 0;
}

interface HitParts<Row> {
  readonly row: Row;
  readonly memberId: string;
  readonly search: string;
  jobOf(jobId: JobId): HitJob;
}

function entryHit(
  mirror: ReadableMirror,
  { row: { entry, isPending }, memberId, search: typed, jobOf }: HitParts<FoundEntry>,
): EntryHit {
  const { snippet, ...preview } = previewOf(mirror, entry, memberId);
  return {
    ...preview,
    entryId: entry.id,
    job: jobOf(entry.jobId),
    at: entry.arrivedAt ?? entry.writtenAt,
    isPending,
    isWithdrawn: entry.withdrawn !== undefined,
    excerpt:
      entry.kind === 'reply'
        ? excerptOf(entry.text, typed)
        : entry.kind === 'form_save'
          ? excerptOf(formWords(entry.changes), typed)
          : snippet,
  };
}

function formWords(changes: readonly FormChange[]): string {
  return changes.map(({ label, to }) => `${label}: ${to ?? 'empty'}`).join(' · ');
}

function fileHit(
  mirror: ReadableMirror,
  { row, memberId, search: typed, jobOf }: HitParts<FoundFile>,
): FileHit {
  const { attachment, at, isPending, text } = row;
  const { id: attachmentId, entryId, name, sizeBytes, audience, author } = attachment;
  return {
    attachmentId,
    entryId,
    job: jobOf(attachment.jobId),
    name,
    sizeBytes,
    audience,
    fromCustomer: author.kind === 'customer',
    authorName: nameOf(mirror, author),
    mine: author.kind === 'member' && author.memberId === memberId,
    at,
    isPending,
    isWithdrawn: attachment.withdrawn !== undefined,
    excerpt: text === null ? null : excerptOf(text, typed),
  };
}

/** Many hits are of one job. */
function hitJobs(mirror: ReadableMirror): (jobId: JobId) => HitJob {
  const known = new Map<JobId, HitJob>();
  return (jobId) => {
    const before = known.get(jobId);
    if (before !== undefined) return before;
    const job = findRecord(mirror, 'job', jobId);
    const customer = job && findRecord(mirror, 'customer', job.customerId);
    const hit: HitJob = {
      jobId,
      reference: job?.reference ?? null,
      title: job?.title ?? '',
      customerName: customer?.name ?? '',
    };
    known.set(jobId, hit);
    return hit;
  };
}

function countsOf(
  mirror: ReadableMirror,
  found: readonly FoundTally[],
): Pick<SearchAnswer, 'counts' | 'authors'> {
  const { kinds, audiences, authors } = tallied(found);
  const pipelines: Record<string, number> = {};
  for (const { pipelineId, count } of found)
    pipelines[pipelineId] = (pipelines[pipelineId] ?? 0) + count;
  return {
    counts: { kinds, audiences, pipelines },
    authors: authors.slice(0, MOST_AUTHORS).map((author) => ({
      ...author,
      name: authorNameById(mirror, author.id, author.isCustomer),
    })),
  };
}
