// What a notice says: who did what, on which job, and only as much of what was written as its member lets out. Pure. (F4)

import type { EntryId, JobId } from '../../../sync-server/protocol/ids.ts';
import type { Notice, NoticeReply, NoticeText } from './notices-contract.ts';

export interface Happening {
  /** Null of a mail and of a reply that was not sent, which are no entries. */
  readonly entryId: EntryId | null;
  /** Of a mention it is a colleague, of all else the customer. */
  readonly kind:
    | 'wrote'
    | 'sent-files'
    | 'filled-in'
    | 'mentions-me'
    | 'mail-refused'
    | 'reply-held'
    | 'other';
  readonly who: string;
  /** What was written, in one line; '' where nothing was. */
  readonly text: string;
  readonly fileCount: number;
}

export interface JobHappenings {
  readonly jobId: JobId;
  readonly reference: string | null;
  readonly title: string;
  readonly customerName: string;
  /** Oldest first, one at least. */
  readonly happenings: readonly Happening[];
  /** What an answer to it would be based on; null where it cannot be answered from outside. */
  readonly seenVersion: number | null;
}

/** What systems show of a body without opening it. */
const LONGEST_TEXT = 160;

/** More at once is one summary: what piled up while nobody was there is read in the list, not as a tower of notices. */
const MOST_AT_ONCE = 3;

export function noticesOf(
  jobs: readonly JobHappenings[],
  { text, most = MOST_AT_ONCE }: { readonly text: NoticeText; readonly most?: number | undefined },
): readonly Notice[] {
  if (jobs.length > most) return [summaryOf(jobs)];
  return jobs.map((job) => noticeOf(job, text));
}

function noticeOf(job: JobHappenings, text: NoticeText): Notice {
  const { jobId, happenings, reference, title } = job;
  const latest = happenings.at(-1);
  const line = reference === null ? title : `${reference} · ${title}`;
  const written = latest === undefined ? '' : shownText(latest, text);
  return {
    id: jobId,
    title: titleOf(happenings),
    body: written === '' ? line : `${line}\n${written}`,
    place: { jobId, entryId: latest?.entryId ?? null },
    jobIds: [jobId],
    reply: replyTo(job, text),
  };
}

function titleOf(happenings: readonly Happening[]): string {
  const [only] = happenings;
  if (only !== undefined && happenings.length === 1) return `${only.who} ${didWhat(only)}`;
  return `${happenings.length} new from ${listed(unique(happenings.map(({ who }) => who)))}`;
}

function didWhat({ kind, fileCount }: Happening): string {
  switch (kind) {
    case 'wrote':
      return fileCount === 0 ? 'wrote' : `wrote and sent ${files(fileCount)}`;
    case 'sent-files':
      return `sent ${files(fileCount)}`;
    case 'filled-in':
      return 'filled in the form';
    case 'mentions-me':
      return 'mentions you in an internal note';
    case 'mail-refused':
      return 'cannot be reached by mail';
    case 'reply-held':
      return 'was not sent a scheduled reply';
    case 'other':
      return 'did something';
  }
}

const files = (count: number): string => (count === 1 ? 'a file' : `${count} files`);

function shownText({ kind, text, who }: Happening, choice: NoticeText): string {
  const isShown =
    kind === 'mentions-me' ? choice === 'everything' : kind === 'wrote' && choice !== 'none';
  if (!isShown || text === '') return '';
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  return kind === 'mentions-me' ? `${who}, internal: ${shown}` : shown;
}

/**
 * A customer reply can be typed where it is unmistakable that it is one and what it answers: one message of the customer stands
 * there whole, nothing else is unread on the job, and the field says who will read what is typed. (C1, C2)
 */
function replyTo(
  { happenings, customerName, seenVersion }: JobHappenings,
  choice: NoticeText,
): NoticeReply | null {
  const [only] = happenings;
  const isWhole =
    only !== undefined &&
    happenings.length === 1 &&
    only.kind === 'wrote' &&
    only.fileCount === 0 &&
    only.text.length <= LONGEST_TEXT &&
    choice !== 'none';
  if (!isWhole || seenVersion === null) return null;
  return { placeholder: `Reply to ${customerName} – customer reply`, seenVersion };
}

function summaryOf(jobs: readonly JobHappenings[]): Notice {
  const count = jobs.reduce((sum, { happenings }) => sum + happenings.length, 0);
  const customers = unique(jobs.map(({ customerName }) => customerName));
  return {
    id: 'summary',
    title: `${count} new on ${jobs.length} jobs`,
    body: listed(customers),
    place: null,
    jobIds: jobs.map(({ jobId }) => jobId),
    reply: null,
  };
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];

/** "Anna Berg, Béla Nagy and 3 others" */
function listed(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length === 2) return names.join(' and ');
  const [first, second] = names;
  const others = names.length - 2;
  return `${first}, ${second} and ${others === 1 ? 'one other' : `${others} others`}`;
}
