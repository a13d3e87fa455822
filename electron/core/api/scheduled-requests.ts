// What a person does with replies that are to be sent at a time. (C8)

import type { EntryId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import {
  LONGEST_AHEAD_MS,
  type ScheduledReply,
  scheduledReplyId,
} from '../../../sync-server/protocol/scheduled-replies.ts';
import { keepBlob } from '../attachments/open-attachment.ts';
import { startOver } from '../attachments/transfers.ts';
import { AppError } from '../errors.ts';
import { findRecord } from '../mirror/records.ts';
import { keepFromWiping } from '../mirror/redactions.ts';
import { blobsNamedBy } from '../outbox/accept.ts';
import { deleteMutation, isEntryInLine, mutationsOfJob } from '../outbox/outbox.ts';
import { changeOutbox } from './change-outbox.ts';
import { jobOf } from './job-requests.ts';
import { attachmentsFor } from './new-post.ts';
import { refuseMentions } from './refuse-mentions.ts';
import type { Office } from './office.ts';
import type { TakenBack } from './posting-contract.ts';
import { clockAheadMs } from './scheduled.ts';
import type { ScheduledRequests } from './scheduled-contract.ts';

type PerformScheduledRequests = {
  readonly [N in keyof ScheduledRequests]: (
    office: Office,
    args: ScheduledRequests[N]['args'],
  ) => ScheduledRequests[N]['answer'] | Promise<ScheduledRequests[N]['answer']>;
};

export const scheduledRequests: PerformScheduledRequests = {
  'scheduled.add': (office, args) => {
    const { entryId, files, ...rest } = args;
    const isThere =
      findRecord(office.mirror, 'scheduled_reply', scheduledReplyId(entryId)) !== undefined ||
      isEntryInLine(office.mirror, entryId);
    if (isThere) return { entryId };
    refuseMentions(office, args.text);
    checkTime(office, args.sendAt);
    const attachments = attachmentsFor(office, files);
    const { customerId: writtenFor } = jobOf(office, args.jobId);
    office.act('schedule_reply', { ...rest, entryId, attachments, writtenFor });
    return { entryId };
  },

  'scheduled.change': (office, { entryId, ...change }) => {
    const { jobId } = replyOf(office, entryId);
    refuseMentions(office, change.text);
    checkTime(office, change.sendAt);
    office.act('change_scheduled_reply', { jobId, entryId, ...change });
    return {};
  },

  'scheduled.end': (office, { entryId, ...end }) => {
    const { jobId } = replyOf(office, entryId);
    if (end.how === 'cancel' && forgetUnsent(office, entryId)) return {};
    office.act('end_scheduled_reply', { jobId, entryId, ...end });
    return {};
  },

  'scheduled.take-back': async (office, { entryId, revision, seenVersion }) => {
    const reply = replyOf(office, entryId);
    const named = blobsNamedBy({ attachments: reply.files });
    // All that can fail comes before it is taken from the server.
    for (const { blobId, mediaType } of reply.files) await keepBlob(office, { blobId, mediaType });
    if (replyOf(office, entryId).revision !== revision)
      throw new AppError('not-understood', {
        sentence: 'A colleague changed this reply a moment ago. Look again, then decide.',
      });
    if (!forgetUnsent(office, entryId)) {
      const { jobId } = reply;
      const args = { jobId, entryId, revision, seenVersion, how: 'cancel' } as const;
      office.act('end_scheduled_reply', args);
    }
    office.mirror.transact((mirror) => {
      // They are a draft's again.
      startOver(mirror, named);
      keepFromWiping(mirror, named);
    });
    return takenBack(reply);
  },
};

function takenBack({ jobId, text, files }: ScheduledReply): TakenBack {
  return {
    jobId,
    audience: 'visible',
    text,
    files: files.map(({ id: _made, renditions: _pictures, ...file }) => file),
  };
}

/** By the server's clock where it is known, since the server decides. */
function checkTime(office: Office, sendAt: string): void {
  const nowMs = Date.parse(office.now()) - (clockAheadMs(office) ?? 0);
  const aheadMs = Date.parse(sendAt) - nowMs;
  if (aheadMs <= 0)
    throw new AppError('not-understood', {
      sentence: 'This time is over, so nothing was scheduled. Choose a later one, or send it now.',
    });
  // A device that has not heard the server may have a clock that is years off; then the server says so.
  if (aheadMs > LONGEST_AHEAD_MS && clockAheadMs(office) !== null)
    throw new AppError('not-understood', {
      sentence: 'This is more than a year ahead, so nothing was scheduled. Choose an earlier time.',
    });
}

/** @throws AppError where it was sent, cancelled, or is not there */
function replyOf({ mirror }: Office, entryId: EntryId): ScheduledReply {
  const reply = findRecord(mirror, 'scheduled_reply', scheduledReplyId(entryId));
  if (reply === undefined || reply.ended !== undefined)
    throw new AppError('not-there', {
      sentence: 'This reply is no longer scheduled: it was sent or cancelled. Look at the job.',
    });
  return reply;
}

/** Answers whether it surely never left this device: then it is gone from the line with all that was done to it here. [P1] */
function forgetUnsent(office: Office, entryId: EntryId): boolean {
  const { jobId } = replyOf(office, entryId);
  const own = mutationsOfJob(office.mirror, jobId).filter(
    ({ args }) => (args as Partial<MutationArgs<'schedule_reply'>>).entryId === entryId,
  );
  const isHere = own[0]?.name === 'schedule_reply';
  const mayBeThere = own.some(
    ({ state, mayHaveArrived }) => state === 'accepted' || (state === 'pending' && mayHaveArrived),
  );
  if (!isHere || mayBeThere) return false;
  changeOutbox(office, (mirror) => {
    for (const { id } of own) deleteMutation(mirror, id);
  });
  return true;
}
