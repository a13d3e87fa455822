// How mutators are written and run. A mutator is a generator: it asks for the records it needs and ends with an outcome,
// so the very same lines run on synchronous SQLite (desktop) and behind an asynchronous store (server).

import type {
  CustomerId,
  EntryId,
  JobId,
  MemberId,
  MutationId,
  PipelineId,
  StageId,
} from './ids.ts';
import type { Outcome } from './outcome.ts';
import type { Attachment, Entry } from './entries.ts';
import type {
  AnyRecord,
  Job,
  Mail,
  Pipeline,
  PortalLink,
  RecordKey,
  RecordKind,
  RecordOf,
} from './records.ts';
import type { Role } from './values.ts';

export type Actor =
  | { readonly kind: 'member'; readonly memberId: MemberId; readonly role: Role }
  | { readonly kind: 'customer'; readonly customerId: CustomerId };

export interface MutationContext {
  readonly mutationId: MutationId;
  /** Who acts, as the session says; what a mutation says about its author is ignored. [P5] */
  readonly actor: Actor;
  /** The device's clock, ISO 8601. */
  readonly writtenAt: string;
  /** The server's clock; null on a device, where nothing has arrived yet. */
  readonly arrivedAt: string | null;
  /** The reference for a new job; null on a device, where only the server can give one. */
  readonly nextReference: string | null;
}

/** The newest thing others did on a job after a version: a reply, a file or a change of stage, by anyone but one member. [P6] */
export interface NewsQuery {
  readonly kind: 'news';
  readonly jobId: JobId;
  readonly afterVersion: number;
  readonly exceptMemberId: MemberId;
  /** Only what customers did, a form filled in among it. (C8) */
  readonly ofCustomer?: true;
}

/** The customer's next portal link by id, whatever became of it. */
export interface LinkQuery {
  readonly kind: 'next_link';
  readonly customerId: CustomerId;
  /** '' asks for the first. */
  readonly afterId: string;
}

/** The next job by id of a pipeline, or of some of its stages. */
export interface JobQuery {
  readonly kind: 'next_job';
  readonly pipelineId: PipelineId;
  /** Null asks for all. */
  readonly stageIds: readonly StageId[] | null;
  /** '' asks for the first. */
  readonly afterId: string;
}

/** Every pipeline of the office comes after one, by id. */
export interface PipelineQuery {
  readonly kind: 'next_pipeline';
  readonly afterId: string;
}

/** Asked again and again, it goes through many records by their ids. */
export type NextQuery = LinkQuery | JobQuery | PipelineQuery;

/** All that is kept of a customer: the record itself, jobs and everything on them, links, mails, visits. */
export interface BelongingsQuery {
  readonly kind: 'belongings';
  readonly customerId: CustomerId;
}

/** The canned replies of one owner, or those the office shares where it is null. (C6) */
export interface CannedQuery {
  readonly kind: 'canned_of';
  readonly ownerId: MemberId | null;
}

/** Anything on a job that its customer wrote, or was given to read. (E7) */
export interface SharedQuery {
  readonly kind: 'shared';
  readonly jobId: JobId;
}

/** The first mail about an entry that left since a moment. (C10) */
export interface MailedQuery {
  readonly kind: 'mailed';
  readonly jobId: JobId;
  readonly entryId: EntryId;
  /** ISO 8601, by the server's clock. */
  readonly since: string;
}

/** What a mutator may ask its store for. */
export type Ask =
  | RecordKey
  | NewsQuery
  | NextQuery
  | BelongingsQuery
  | CannedQuery
  | SharedQuery
  | MailedQuery;
/** Keys to a question about belongings or canned replies, a record to every other. */
export type Answer = AnyRecord | readonly RecordKey[] | undefined;

export type RunningMutator = Generator<Ask, Outcome, Answer>;

export type Mutator<Args> = (args: Args, context: MutationContext) => RunningMutator;

/** Asks the store for one record. The driver answers with a record of the asked kind, or undefined. */
export function* read<K extends RecordKind>(
  kind: K,
  id: string,
): Generator<Ask, RecordOf<K> | undefined, Answer> {
  return (yield { kind, id }) as RecordOf<K> | undefined;
}

/** Asks the store whether a job moved on since a member last saw it. [P6] */
export function* hasNews(query: Omit<NewsQuery, 'kind'>): Generator<Ask, boolean, Answer> {
  return (yield { kind: 'news', ...query }) !== undefined;
}

/** Asks the store whether anything on a job is between its customer and the office. (E7) */
export function* sharedOn(jobId: JobId): Generator<Ask, boolean, Answer> {
  return (yield { kind: 'shared', jobId }) !== undefined;
}

/** Asks the store whether a customer was mailed an entry. */
export function* mailAbout(
  query: Omit<MailedQuery, 'kind'>,
): Generator<Ask, Mail | undefined, Answer> {
  return (yield { kind: 'mailed', ...query }) as Mail | undefined;
}

/** The first mail about an entry that left since a moment, among all of its job. */
export function firstMailAbout(
  mails: readonly Mail[],
  { entryId, since }: Pick<MailedQuery, 'entryId' | 'since'>,
): Mail | undefined {
  return mails
    .filter(
      ({ state, at, entryIds }) => state === 'sent' && at >= since && entryIds.includes(entryId),
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))[0];
}

/** Asks the store for all it keeps of a customer, which on a device is what that device was given. */
export function* belongingsOf(
  customerId: CustomerId,
): Generator<Ask, readonly RecordKey[], Answer> {
  return (yield { kind: 'belongings', customerId }) as readonly RecordKey[];
}

/** Asks the store which canned replies somebody has, or the office shares. (C6) */
export function* cannedOf(ownerId: MemberId | null): Generator<Ask, readonly RecordKey[], Answer> {
  return (yield { kind: 'canned_of', ownerId }) as readonly RecordKey[];
}

/** Every portal link of a customer, one after the other. */
export function* linksOf(customerId: CustomerId): Generator<Ask, readonly PortalLink[], Answer> {
  const links: PortalLink[] = [];
  for (;;) {
    const afterId = links.at(-1)?.id ?? '';
    const next = (yield { kind: 'next_link', customerId, afterId }) as PortalLink | undefined;
    if (next === undefined) return links;
    links.push(next);
  }
}

/** The jobs of a pipeline, or of some of its stages. */
export function* jobsIn(
  pipelineId: PipelineId,
  stageIds: readonly StageId[],
): Generator<Ask, readonly Job[], Answer> {
  const jobs: Job[] = [];
  for (;;) {
    const afterId = jobs.at(-1)?.id ?? '';
    const next = yield { kind: 'next_job', pipelineId, stageIds, afterId };
    if (next === undefined) return jobs;
    jobs.push(next as Job);
  }
}

export function* hasJobs(pipelineId: PipelineId): Generator<Ask, boolean, Answer> {
  return (yield { kind: 'next_job', pipelineId, stageIds: null, afterId: '' }) !== undefined;
}

export function* allPipelines(): Generator<Ask, readonly Pipeline[], Answer> {
  const pipelines: Pipeline[] = [];
  for (;;) {
    const next = yield { kind: 'next_pipeline', afterId: pipelines.at(-1)?.id ?? '' };
    if (next === undefined) return pipelines;
    pipelines.push(next as Pipeline);
  }
}

/** Whether an entry is news to everyone but its author. What changes nothing a customer would read about is none. [P6] */
export function isNewsTo(memberId: MemberId, entry: Entry): boolean {
  const { author } = entry;
  const byOther = author.kind === 'customer' || author.memberId !== memberId;
  return byOther && isNews(entry);
}

/** What a customer wrote or was given, also where it was taken back since. That a job is there, and where, is no such thing. (E7) */
export function isShared(record: Entry | Attachment): boolean {
  if (!('kind' in record)) return record.audience === 'visible';
  // Of a file that is internal again this entry alone tells that it was visible.
  if (record.kind === 'file_change' && record.change === 'made_internal') return true;
  return record.audience === 'visible' && record.kind !== 'status_change';
}

/** Whether an entry is what a question about news asks for. */
export function isAskedNews(
  { exceptMemberId, ofCustomer }: Pick<NewsQuery, 'exceptMemberId' | 'ofCustomer'>,
  entry: Entry,
): boolean {
  return ofCustomer === true ? entry.author.kind === 'customer' : isNewsTo(exceptMemberId, entry);
}

function isNews(entry: Entry): boolean {
  switch (entry.kind) {
    case 'reply':
    case 'file':
    case 'status_change':
      return true;
    case 'file_change':
      return entry.change === 'made_visible';
    case 'job_change':
      return entry.change.kind === 'customer';
    default:
      return false;
  }
}

export function runSync(running: RunningMutator, find: (ask: Ask) => Answer): Outcome {
  let step = running.next();
  while (step.done !== true) step = running.next(find(step.value));
  return step.value;
}

export async function runAsync<R>(
  running: Generator<Ask, R, Answer>,
  find: (ask: Ask) => Promise<Answer>,
): Promise<R> {
  let step = running.next();
  while (step.done !== true) step = running.next(await find(step.value));
  return step.value;
}
