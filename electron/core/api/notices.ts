// What the system tells a member of what rings the bell. Like the bell it is derived: what rings, is unread, and is newer than
// what was told. That one mark is all that is kept, so nothing is told twice, and what is read is over everywhere. (F4)

import type { Entry } from '../../../sync-server/protocol/entries.ts';
import { readMeta, writeMeta } from '../mirror/meta.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { countUnread, isSettled, type JobNews, newsByJob, ringingEntries } from '../mirror/news.ts';
import { nameOf } from '../mirror/people.ts';
import { newestConfirmed, type Reader } from '../mirror/reading.ts';
import { findRecord } from '../mirror/records.ts';
import { heldNews } from '../mirror/scheduled.ts';
import { previewOf } from './entry-preview.ts';
import { mayTell } from './notice-times.ts';
import { readNoticeSettings } from './notice-settings.ts';
import { type Happening, type JobHappenings, noticesOf } from './notice-words.ts';
import type { Notice, NoticeState } from './notices-contract.ts';
import type { Office } from './office.ts';

type NoticeOffice = Pick<Office, 'mirror' | 'reader' | 'host' | 'looking'>;

export function noticeState({ mirror, reader }: NoticeOffice): NoticeState {
  const news = newsByJob(mirror, reader());
  return {
    count: news.reduce((sum, { count }) => sum + count, 0),
    fresh: newestOf(freshOf(mirror, news)),
    jobIds: news.map(({ jobId }) => jobId),
  };
}

/** In one commit with the answer: a front that ends before it shows them tells less, and never the same twice. */
export function takeNotices({ mirror, reader, host, looking }: NoticeOffice): readonly Notice[] {
  const news = newsByJob(mirror, reader());
  const fresh = freshOf(mirror, news);
  if (fresh.length === 0) return [];
  const after = noticedThrough(mirror);
  tellNoMore({ mirror, reader });
  const settings = readNoticeSettings(mirror, host.clock.now());
  if (!mayTell(settings, host.clock.now())) return [];
  const jobs = fresh
    .filter(({ jobId }) => !looking.isLookedAt(jobId))
    .toSorted((a, b) => a.newest - b.newest)
    .flatMap((job) => happeningsOf(mirror, reader(), { ...job, after: after ?? 0 }) ?? []);
  // What is new to this device only is no news of this moment.
  const most = after === undefined ? 1 : undefined;
  return noticesOf(jobs, { text: settings.text, most });
}

/** All that is here by now counts as told. */
export function tellNoMore({ mirror, reader }: Pick<NoticeOffice, 'mirror' | 'reader'>): void {
  const newest = Math.max(newestOf(newsByJob(mirror, reader())), noticedThrough(mirror) ?? 0);
  mirror.transact((writable) => writeMeta(writable, 'noticed-through', String(newest)));
}

function noticedThrough(mirror: ReadableMirror): number | undefined {
  const through = readMeta(mirror, 'noticed-through');
  return through === undefined ? undefined : Number(through);
}

function freshOf(mirror: ReadableMirror, news: readonly JobNews[]): readonly JobNews[] {
  if (!isSettled(mirror)) return [];
  const through = noticedThrough(mirror) ?? 0;
  return news.filter(({ newest }) => newest > through);
}

const newestOf = (news: readonly JobNews[]): number =>
  news.reduce((newest, job) => Math.max(newest, job.newest), 0);

function happeningsOf(
  mirror: ReadableMirror,
  reader: Reader,
  of: JobNews & { readonly after: number },
): JobHappenings | undefined {
  const { jobId } = of;
  const job = findRecord(mirror, 'job', jobId);
  if (job === undefined) return undefined;
  const customerName = findRecord(mirror, 'customer', job.customerId)?.name ?? 'A customer';
  const entries = ringingEntries(mirror, reader, of);
  const happenings = entries.map((entry) => happeningOf(mirror, entry, reader.memberId));
  // Neither a refusal nor a held reply has a place among entries: they are told of where no entry is.
  if (happenings.length === 0) {
    const held = heldNews(mirror, reader.memberId).find((one) => one.jobId === jobId);
    const kind = held?.newest === of.newest ? 'reply-held' : 'mail-refused';
    happenings.push({ ...NO_WORDS, kind, who: customerName });
  }
  const stage = findRecord(mirror, 'pipeline', job.pipelineId)?.stages.find(
    ({ id }) => id === job.stageId,
  );
  // In a stage that is internal the customer would not read it before it is moved: that is a thing to be seen. (C1)
  const isAnswerable =
    stage?.visibleToCustomer === true && of.count === 1 && countUnread(mirror, reader, jobId) === 1;
  return {
    jobId,
    reference: job.reference,
    title: job.title,
    customerName,
    happenings,
    seenVersion: isAnswerable ? newestConfirmed(mirror, jobId) : null,
  };
}

const NO_WORDS = { entryId: null, text: '', fileCount: 0 } as const;

function happeningOf(mirror: ReadableMirror, entry: Entry, myId: string): Happening {
  const who = nameOf(mirror, entry.author);
  const { id: entryId } = entry;
  if (entry.author.kind === 'member')
    return { ...NO_WORDS, entryId, kind: 'mentions-me', who, text: textOf(mirror, entry, myId) };
  switch (entry.kind) {
    case 'reply':
      return {
        entryId,
        kind: 'wrote',
        who,
        text: textOf(mirror, entry, myId),
        fileCount: entry.attachmentIds.length,
      };
    case 'file':
      return {
        ...NO_WORDS,
        entryId,
        kind: 'sent-files',
        who,
        fileCount: entry.attachmentIds.length,
      };
    case 'form_save':
      return { ...NO_WORDS, entryId, kind: 'filled-in', who };
    case 'status_change':
    case 'assignment':
    case 'job_change':
    case 'unapplied':
    case 'file_change':
      return { ...NO_WORDS, entryId, kind: 'other', who };
  }
}

/** Whole where it is short; the reply field stands beside whole texts alone. */
function textOf(mirror: ReadableMirror, entry: Entry, myId: string): string {
  if (entry.kind === 'reply') return entry.text.replace(/\s+/g, ' ').trim();
  return previewOf(mirror, entry, myId).snippet;
}
