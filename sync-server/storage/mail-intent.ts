// That a customer will hear of something is decided in the commit of the thing itself: whoever is told yes has the mail in
// line, whatever happens to this process. What stands in it is decided when it leaves. (F1, F2)

import type { CustomerId, EntryId, JobId, MemberId, WorkspaceId } from '../protocol/ids.ts';
import type { MutationArgs } from '../protocol/mutations.ts';
import type { Outcome } from '../protocol/outcome.ts';
import type { Attachment, Entry } from '../protocol/entries.ts';
import type { KindedRecord, Mail } from '../protocol/records.ts';
import type { QueuedMail } from './mail-outbox.ts';
import type { StorageTransaction } from './storage.ts';

/** Several things posted together leave in one mail: each waits this long for the next. */
export const MAIL_WINDOW_MS = 2 * 60 * 1000;
/** However often the window starts over, the first thing in it leaves by then. */
export const LONGEST_WINDOW_MS = 10 * 60 * 1000;
/** As many as a mail's record can name. */
const MOST_ENTRIES = 500;

type Applied = Extract<Outcome, { kind: 'applied' }>;

interface Act {
  readonly workspaceId: WorkspaceId;
  /** The server's clock, ISO 8601. */
  readonly arrivedAt: string;
  /** The act's own, so that a mail it begins has the same id whoever computes it. */
  readonly mutationId: string;
}

/** The mail with the link that a member sends a customer. */
export function signInMailOf(
  { workspaceId, arrivedAt, mutationId }: Act,
  { customerId, to }: MutationArgs<'mail_portal_link'>,
  memberId: MemberId,
): QueuedMail {
  return {
    workspaceId,
    id: `${mutationId}:link`,
    kind: 'sign_in',
    customerId,
    jobId: null,
    memberId,
    openedAt: arrivedAt,
    dueAt: arrivedAt,
    attempts: 0,
    isOpen: false,
    deliveries: [{ to, state: 'waiting', at: arrivedAt, reason: '' }],
  };
}

/** What a member did, and the mail that will tell of it, where one will. Run before the outcome is settled. */
export async function withMailIntent(
  transaction: StorageTransaction,
  act: Act,
  outcome: Outcome,
): Promise<Outcome> {
  if (outcome.kind !== 'applied') return outcome;
  hastenHeld(transaction, act, outcome);
  const mails: KindedRecord[] = [];
  for (const [jobId, entryIds] of await newsByJob(transaction, outcome)) {
    const customer = await customerToTell(transaction, outcome, jobId);
    if (customer === undefined) continue;
    const wish = { jobId, entryIds, ...customer };
    mails.push({ kind: 'mail', record: await joinedMail(transaction, act, wish) });
  }
  return mails.length === 0 ? outcome : { ...outcome, puts: [...outcome.puts, ...mails] };
}

/** A job whose customer may see it again has its mail looked at with the next window, not when its turn would come. */
function hastenHeld(transaction: StorageTransaction, act: Act, { puts }: Applied): void {
  const by = new Date(Date.parse(act.arrivedAt) + MAIL_WINDOW_MS).toISOString();
  for (const { kind, record } of puts) {
    if (kind === 'pipeline') transaction.hastenMails({ jobId: null, by });
    if (kind === 'entry' && record.kind === 'status_change')
      transaction.hastenMails({ jobId: record.jobId, by });
  }
}

async function newsByJob(
  transaction: StorageTransaction,
  { puts }: Applied,
): Promise<ReadonlyMap<JobId, readonly EntryId[]>> {
  const byJob = new Map<JobId, EntryId[]>();
  for (const put of puts) {
    const entryId = newsIn(put);
    if (entryId === undefined || !(await isFresh(transaction, put))) continue;
    const { jobId } = put.record as Entry | Attachment;
    const known = byJob.get(jobId) ?? [];
    if (!known.includes(entryId)) byJob.set(jobId, [...known, entryId]);
  }
  return byJob;
}

/** The entry by which staff give the customer a reply or a file; undefined where this put does not. */
function newsIn(put: KindedRecord): EntryId | undefined {
  if (put.kind !== 'entry' && put.kind !== 'attachment') return undefined;
  const { audience, author } = put.record;
  if (audience !== 'visible' || author.kind !== 'member') return undefined;
  if (put.kind === 'attachment') return put.record.entryId;
  const { kind, id } = put.record;
  return kind === 'reply' || kind === 'file' || kind === 'file_change' ? id : undefined;
}

/** Not visible before. A file that is made visible later has an entry of its own that says so, and that one counts. */
async function isFresh(
  transaction: StorageTransaction,
  { kind, record }: KindedRecord,
): Promise<boolean> {
  const before = await transaction.find({ kind, id: record.id });
  if (before === undefined) return true;
  return kind === 'entry' && 'audience' in before && before.audience === 'internal';
}

/** Undefined where nobody is to be told: notifications are off, or there is no address. */
async function customerToTell(
  transaction: StorageTransaction,
  { puts }: Applied,
  jobId: JobId,
): Promise<{ readonly customerId: CustomerId; readonly to: readonly string[] } | undefined> {
  const changed = puts.find(({ kind, record }) => kind === 'job' && record.id === jobId);
  const job = changed?.record ?? (await transaction.find({ kind: 'job', id: jobId }));
  if (job === undefined || !('customerId' in job)) return undefined;
  const customer = await transaction.find({ kind: 'customer', id: job.customerId });
  if (customer === undefined || !('notifyOnReplies' in customer)) return undefined;
  const { notifyOnReplies, emails, id } = customer;
  return notifyOnReplies && emails.length > 0 ? { customerId: id, to: emails } : undefined;
}

async function joinedMail(
  transaction: StorageTransaction,
  act: Act,
  wish: {
    readonly jobId: JobId;
    readonly customerId: CustomerId;
    readonly entryIds: readonly EntryId[];
    readonly to: readonly string[];
  },
): Promise<Mail> {
  const { jobId, customerId } = wish;
  const open = await transaction.openMail({ customerId, jobId });
  const record = open && (await transaction.find({ kind: 'mail', id: open.id }));
  const earlier = record !== undefined && 'entryIds' in record ? record.entryIds : [];
  const together = [...new Set([...earlier, ...wish.entryIds])];
  const fits = open !== undefined && together.length <= MOST_ENTRIES;
  const entryIds = fits ? together : [...wish.entryIds];
  const queued = fits ? open : newMail(act, wish);
  const mail = { ...queued, dueAt: dueAfter(queued, act.arrivedAt) };
  transaction.changeMail({ kind: 'queue', mail });
  return {
    id: mail.id,
    jobId,
    customerId,
    entryIds,
    to: [...wish.to],
    state: 'waiting',
    at: act.arrivedAt,
    reason: '',
  };
}

/** One mutation can begin mails of several jobs, so the job is part of the id. */
function newMail(
  act: Act,
  { jobId, customerId }: { readonly jobId: JobId; readonly customerId: CustomerId },
): QueuedMail {
  return {
    workspaceId: act.workspaceId,
    id: `${act.mutationId}:${jobId}`,
    kind: 'news',
    customerId,
    jobId,
    memberId: null,
    openedAt: act.arrivedAt,
    dueAt: null,
    attempts: 0,
    isOpen: true,
    deliveries: [],
  };
}

/** The window starts over with each thing, up to its longest; a mail that waits to be tried again is tried no sooner. */
function dueAfter({ openedAt, dueAt, attempts }: QueuedMail, arrivedAt: string): string {
  const restarted = Date.parse(arrivedAt) + MAIL_WINDOW_MS;
  const latest = Date.parse(openedAt) + LONGEST_WINDOW_MS;
  const wished = attempts > 0 ? restarted : Math.min(restarted, latest);
  const before = dueAt === null ? wished : Date.parse(dueAt);
  return new Date(Math.max(wished, before)).toISOString();
}
