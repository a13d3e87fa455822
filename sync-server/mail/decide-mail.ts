// What a mail tells its customer, decided anew each time it is about to leave: of what has happened meanwhile (a withdrawal, a
// file made internal, a stage, a switch, a visit to the portal) the mail knows. Only what `isVisibleTo` lets through. [V1] (F2)

import type { CustomerId, EntryId, MemberId } from '../protocol/ids.ts';
import type { Attachment, Entry } from '../protocol/entries.ts';
import type { Customer, Job, Member, Pipeline } from '../protocol/records.ts';
import { firstName, shownFileName } from '../protocol/shown-name.ts';
import { isVisibleTo, type JobInPipeline, stageOf, type Viewer } from '../protocol/visibility.ts';
import type { Stored } from '../storage/storage.ts';

export interface MailMatter {
  readonly customerId: CustomerId;
  /** What it was queued for, oldest first. */
  readonly entryIds: readonly EntryId[];
  readonly customer: Customer | undefined;
  readonly job: Job | undefined;
  readonly pipeline: Pipeline | undefined;
  readonly entries: readonly Stored<Entry>[];
  readonly attachments: readonly Stored<Attachment>[];
  readonly members: ReadonlyMap<MemberId, Member>;
  /** How far the customer has read in the portal; 0 before the first visit. */
  readonly seenVersion: number;
}

export type MailDecision =
  | { readonly kind: 'send'; readonly to: readonly string[]; readonly tells: MailTells }
  /** The customer does not see the job now, and may again. `reason` is a sentence for the office, here and below. */
  | { readonly kind: 'hold'; readonly reason: string }
  | { readonly kind: 'drop'; readonly reason: string };

export interface MailTells {
  readonly customerName: string;
  readonly jobTitle: string;
  readonly reference: string | null;
  readonly stageName: string;
  /** Oldest first; at least one. */
  readonly news: readonly News[];
}

export interface News {
  /** The first name; null where the member is no longer in the office. */
  readonly who: string | null;
  /** Null where only files were sent. */
  readonly text: string | null;
  readonly files: readonly string[];
}

export function decideMail(matter: MailMatter): MailDecision {
  const { customer, job, pipeline } = matter;
  if (customer === undefined) return drop('The customer is no longer there.');
  if (!customer.notifyOnReplies) return drop('“Notify on replies” was switched off.');
  if (customer.emails.length === 0) return drop('The customer has no email address.');
  if (job === undefined || pipeline === undefined) return drop('The job is no longer there.');
  if (job.customerId !== customer.id) return drop('The job went to another customer.');
  const at: JobInPipeline = { job, pipeline };
  const stage = stageOf(pipeline, job.stageId);
  if (stage === undefined || !isVisibleTo(viewerOf(matter), { kind: 'job', at }))
    return { kind: 'hold', reason: HELD };
  const visible = visibleNews(matter, at);
  if (visible.length === 0) return drop('It was taken back or made internal before.');
  const news = visible.filter(({ version }) => version > matter.seenVersion);
  if (news.length === 0) return drop('The customer had read it in the portal before.');
  return {
    kind: 'send',
    to: customer.emails,
    tells: {
      customerName: customer.name,
      jobTitle: job.title,
      reference: job.reference,
      stageName: stage.name,
      news: news.map(({ who, text, files }) => ({ who, text, files })),
    },
  };
}

const HELD = 'The customer does not see the job in its stage. The mail leaves when they do.';

function drop(reason: string): MailDecision {
  return { kind: 'drop', reason };
}

function viewerOf({ customerId }: MailMatter): Viewer {
  return { kind: 'customer', customerId };
}

type PlacedNews = News & { readonly version: number };

/**
 * Each file is named once, by the last of the entries that give it: one that was made visible later is news from then on, also to
 * who had read all that stood there before.
 */
function visibleNews(matter: MailMatter, at: JobInPipeline): readonly PlacedNews[] {
  const named = new Set<string>();
  const newestFirst = matter.entryIds.toReversed().flatMap((entryId) => {
    const entry = matter.entries.find(({ record }) => record.id === entryId);
    const files = entry === undefined ? [] : filesOf(entry.record, matter, at);
    const fresh = files.filter(({ record }) => !named.has(record.id));
    for (const { record } of fresh) named.add(record.id);
    const news = entry && newsOf(entry, fresh, matter, at);
    return news === undefined ? [] : [news];
  });
  return newestFirst.toReversed();
}

function newsOf(
  { record, createdVersion }: Stored<Entry>,
  files: readonly Stored<Attachment>[],
  matter: MailMatter,
  at: JobInPipeline,
): PlacedNews | undefined {
  const isVisible = isVisibleTo(viewerOf(matter), { kind: 'entry', entry: record, at });
  // An edit may have left nothing but the files. (C10)
  const text = isVisible && record.kind === 'reply' && record.text !== '' ? record.text : null;
  if (record.author.kind !== 'member' || (text === null && files.length === 0)) return undefined;
  const author = matter.members.get(record.author.memberId);
  return {
    who: author === undefined ? null : firstName(author.name),
    text,
    files: files.map((file) => shownFileName(file.record.name)),
    version: Math.max(createdVersion, ...files.map((file) => file.createdVersion)),
  };
}

/**
 * The visible files an entry gives. Those of an internal note stand on their own: nothing of the note shows. (E7) One made visible
 * later is given by that change, which may be in another mail. [F1]
 */
function filesOf(
  entry: Entry,
  { attachments, ...matter }: MailMatter,
  at: JobInPipeline,
): readonly Stored<Attachment>[] {
  const viewer = viewerOf({ attachments, ...matter });
  if (entry.kind === 'file_change' && !isVisibleTo(viewer, { kind: 'entry', entry, at })) return [];
  return attachments.filter(
    ({ record }) =>
      isVisibleTo(viewer, { kind: 'attachment', attachment: record, at }) &&
      (entry.kind === 'file_change'
        ? record.id === entry.attachmentId
        : record.entryId === entry.id && record.madeVisibleAt === undefined),
  );
}
