// What a member chooses about notices, and what they type into one. (F4)

import type { Requests } from './contract.ts';
import { AppError } from '../errors.ts';
import { findLeaks } from '../mirror/leaks.ts';
import { mutationsOfJob } from '../outbox/outbox.ts';
import { MAX_TEXT_LENGTH } from '../../../sync-server/protocol/values.ts';
import { takeNotices, tellNoMore } from './notices.ts';
import { pauseEnd } from './notice-times.ts';
import {
  dropUnsentReply,
  keepUnsentReply,
  readNoticeSettings,
  writeNoticeSettings,
} from './notice-settings.ts';
import type { NoticeRequests } from './notices-contract.ts';
import type { Office } from './office.ts';

type Answered<N extends keyof NoticeRequests> = (
  office: Office,
  args: NoticeRequests[N]['args'],
) => NoticeRequests[N]['answer'] | Promise<NoticeRequests[N]['answer']>;

/** What a reply goes through is what every post goes through. */
export type PostReply = (
  office: Office,
  args: Requests['entries.post']['args'],
) => Requests['entries.post']['answer'] | Promise<Requests['entries.post']['answer']>;

export const noticeRequests: {
  readonly [N in Exclude<keyof NoticeRequests, 'notices.reply'>]: Answered<N>;
} = {
  'notices.take': (office) => takeNotices(office),

  'notices.set': (office, choices) => {
    const before = readNoticeSettings(office.mirror, office.host.clock.now());
    // What came in while they were off is not told of afterwards.
    if (choices.isOn && !before.isOn) tellNoMore(office);
    office.mirror.transact((mirror) =>
      writeNoticeSettings(mirror, { ...choices, pausedUntil: before.pausedUntil }),
    );
    return {};
  },

  'notices.pause': ({ mirror, host }, { until }) => {
    const nowMs = host.clock.now();
    const pausedUntil = until === null ? null : pauseEnd(until, nowMs);
    const settings = readNoticeSettings(mirror, nowMs);
    mirror.transact((writable) => writeNoticeSettings(writable, { ...settings, pausedUntil }));
    return {};
  },

  'notices.looking': ({ looking }, { windowId, jobId }) => {
    looking.windowIs(windowId, jobId);
    return {};
  },

  'notices.settle-reply': ({ mirror }, { jobId }) => {
    mirror.transact((writable) => dropUnsentReply(writable, jobId));
    return {};
  },
};

/**
 * A reply typed into a notice is a customer reply, as the field said, and takes the way of all others: its audience is fixed
 * here (C2), it counts down (C4), and is held where there is news (C5). Where the leak check would ask (C9), or it cannot be
 * posted as it stands, it is kept for the job's composer, where a person looks at it.
 */
export async function replyFromNotice(
  office: Office,
  { jobId, entryId, text, seenVersion }: NoticeRequests['notices.reply']['args'],
  post: PostReply,
): Promise<NoticeRequests['notices.reply']['answer']> {
  const { mirror } = office;
  const typed = text.trim();
  if (typed === '') return { kind: 'posted' };
  const asks = () => {
    mirror.transact((writable) => keepUnsentReply(writable, jobId, typed));
    return { kind: 'asks' } as const;
  };
  const mustBeLookedAt =
    typed.length > MAX_TEXT_LENGTH ||
    findLeaks(mirror, { jobId, text: typed, blobIds: [] }).length > 0;
  if (mustBeLookedAt) return asks();
  try {
    await post(office, {
      jobId,
      entryId,
      audience: 'visible',
      text: typed,
      files: [],
      seenVersion,
    });
  } catch (error) {
    // Its sentence is for a window, where the same post says it again.
    if (error instanceof AppError) return asks();
    throw error;
  }
  if (isParked(office, jobId, entryId)) return { kind: 'held' };
  // They have read what they answered, and nothing that came after it.
  office.act('mark_read', { jobId, throughVersion: seenVersion });
  return { kind: 'posted' };
}

function isParked({ mirror }: Office, jobId: string, entryId: string): boolean {
  return mutationsOfJob(mirror, jobId).some(
    ({ state, args }) =>
      state === 'parked' && (args as { readonly entryId?: string }).entryId === entryId,
  );
}
