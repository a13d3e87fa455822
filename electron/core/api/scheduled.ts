// The live queries on scheduled replies. (C8)

import type { EntryId } from '../../../sync-server/protocol/ids.ts';
import type { ScheduledReply } from '../../../sync-server/protocol/scheduled-replies.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { newsOf } from '../mirror/entries.ts';
import { memberName } from '../mirror/people.ts';
import { newestConfirmed } from '../mirror/reading.ts';
import { findRecord } from '../mirror/records.ts';
import { heldFor, openReplies, type StandingReply } from '../mirror/scheduled.ts';
import { mutationsOfJob } from '../outbox/outbox.ts';
import type { HeldReply } from './bell-contract.ts';
import { previewOf } from './entry-preview.ts';
import type { Office } from './office.ts';
import type { News } from './outbox-contract.ts';
import type { ScheduledItem, ScheduledQueries } from './scheduled-contract.ts';

const READS = ['scheduled_reply', 'job', 'customer', 'member', 'entry', 'outbox'];

type RunQueries = {
  readonly [N in keyof ScheduledQueries]: {
    readonly reads: readonly string[];
    run(office: Office, args: ScheduledQueries[N]['args']): ScheduledQueries[N]['answer'];
  };
};

export const scheduledQueries: RunQueries = {
  scheduled: {
    reads: READS,
    run: (office) => openReplies(office.mirror).map((reply) => itemOf(office, reply)),
  },
  'scheduled.of-job': {
    reads: READS,
    run: (office, { jobId }) =>
      openReplies(office.mirror, jobId).map((reply) => itemOf(office, reply)),
  },
  'scheduled.clock': { reads: ['sync'], run: (office) => ({ aheadMs: clockAheadMs(office) }) },
};

/** How far this device's clock is ahead of the server's, as the last page said; null before one came. */
export function clockAheadMs({ server }: Pick<Office, 'server'>): number | null {
  const clocks = server.lastClocks;
  return clocks === undefined ? null : clocks.ownMs - clocks.serverMs;
}

/** What rings the member's bell. (F3) */
export function heldReplies({ mirror, account }: Office): readonly HeldReply[] {
  return heldFor(mirror, account.memberId).flatMap((reply) =>
    reply.held === undefined
      ? []
      : [
          {
            entryId: reply.entryId,
            jobId: reply.jobId,
            jobTitle: findRecord(mirror, 'job', reply.jobId)?.title ?? '',
            customerName: findRecord(mirror, 'customer', reply.customerId)?.name ?? '',
            ...reply.held,
          },
        ],
  );
}

function itemOf({ mirror, account }: Office, { reply, isPending }: StandingReply): ScheduledItem {
  const { entryId, jobId, customerId, authorId, held } = reply;
  const job = findRecord(mirror, 'job', jobId);
  return {
    entryId,
    jobId,
    jobTitle: job?.title ?? '',
    jobReference: job?.reference ?? null,
    customerName: findRecord(mirror, 'customer', customerId)?.name ?? '',
    authorId,
    authorName: memberName(mirror, authorId),
    mine: authorId === account.memberId,
    text: reply.text,
    files: reply.files.map(({ blobId, name, mediaType, sizeBytes, audience }) => {
      return { blobId, name, mediaType, sizeBytes, audience };
    }),
    writtenAt: reply.writtenAt,
    sendAt: reply.sendAt,
    unlessCustomerWrites: reply.unlessCustomerWrites,
    revision: reply.revision,
    seenVersion: held === undefined ? reply.seenVersion : newestConfirmed(mirror, jobId),
    held: held === undefined ? null : { ...held, news: newsSince(mirror, account.memberId, reply) },
    waiting: isPending ? lastMutationOn(mirror, jobId, entryId) : null,
  };
}

function lastMutationOn(mirror: ReadableMirror, jobId: string, entryId: EntryId) {
  const own = mutationsOfJob(mirror, jobId).filter(
    ({ args }) => (args as { entryId?: string }).entryId === entryId,
  );
  return own.at(-1)?.id ?? null;
}

/** What others did since, and all the customer did, a form filled in among it. */
function newsSince(mirror: ReadableMirror, myId: string, reply: ScheduledReply): readonly News[] {
  const { jobId, seenVersion: afterVersion, authorId: exceptMemberId } = reply;
  const asked = { jobId, afterVersion, exceptMemberId };
  const found = [...newsOf(mirror, asked), ...newsOf(mirror, { ...asked, ofCustomer: true })];
  const news = new Map(found.map((entry) => [entry.id, entry]));
  return [...news.values()]
    .map((entry) => ({
      entryId: entry.id,
      preview: previewOf(mirror, entry, myId),
      text: entry.kind === 'reply' ? entry.text : '',
      at: entry.arrivedAt ?? entry.writtenAt,
    }))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}
