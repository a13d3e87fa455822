// The live queries an open office answers, each with the tables it reads: it runs again when one of them changes.

import { countAttachments, countEntries, sharedOn } from '../mirror/entries.ts';
import { type BellRow, bellJobs, bellScope, countBell, followOf } from '../mirror/bell.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { countJobs, countOverview, listJobs } from '../mirror/jobs.ts';
import { countUnreadRefusals, unreadRefusals } from '../mirror/mails.ts';
import { readMeta } from '../mirror/meta.ts';
import { findCustomers } from '../mirror/customers.ts';
import { allMembers, allPipelines, theWorkspace } from '../mirror/people.ts';
import { newestConfirmed, type Reader } from '../mirror/reading.ts';
import { findRecord } from '../mirror/records.ts';
import { heldFor } from '../mirror/scheduled.ts';
import { readSyncLog } from '../mirror/sync-log.ts';
import { wantedLook } from '../outbox/look.ts';
import { readUndoSeconds } from '../outbox/undo-time.ts';
import { mutationsOfJob } from '../outbox/outbox.ts';
import { editedAt, editedVersion } from '../../../sync-server/protocol/edits.ts';
import type { Entry } from '../../../sync-server/protocol/entries.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { Bell, RefusedMail } from './bell-contract.ts';
import type { Queries, QueryName } from './contract.ts';
import type { JobListAnswer, JobPage, Overview } from './jobs-contract.ts';
import type { PresentPerson, SyncState, WantedLook } from './session-contract.ts';
import { cannedQueries } from './canned-queries.ts';
import { careQueries } from './care-queries.ts';
import { desktopState } from './desktop.ts';
import { refusalsOf } from './delivery.ts';
import { previewOf } from './entry-preview.ts';
import { exportQueries } from './export-requests.ts';
import { feed } from './feed.ts';
import { changedFiles, inbox } from './inbox.ts';
import { fileList } from './file-list.ts';
import { draftPictures } from './file-pictures.ts';
import { jobKeeping, keeping } from './keeping.ts';
import { noticeState } from './notices.ts';
import { readNoticeSettings, unsentReply } from './notice-settings.ts';
import type { Office } from './office.ts';
import { countShown, outboxCountingDown, outboxList, outboxOfJob } from './outbox-list.ts';
import { readRescue } from './rescue-office.ts';
import { heldReplies, scheduledQueries } from './scheduled.ts';
import { search } from './search.ts';
import { transferList } from './transfer-list.ts';

type OfficeQueryName = Exclude<QueryName, 'session'>;

interface OfficeQuery<N extends OfficeQueryName> {
  /** Tables, and `sync` for the engine's state. */
  readonly reads: readonly string[];
  run(office: Office, args: Queries[N]['args']): Queries[N]['answer'];
}

const BELL_READS = [
  'entry',
  'job',
  'customer',
  'member',
  'read_mark',
  'follow',
  'member_settings',
  'mail',
  'scheduled_reply',
] as const;
const OUTBOX_READS = [
  'outbox',
  'job',
  'entry',
  'pipeline',
  'customer',
  'member',
  'sync',
  'countdown',
  'meta',
];

export const officeQueries: { readonly [N in OfficeQueryName]: OfficeQuery<N> } = {
  sync: { reads: ['sync', 'outbox', 'countdown', 'meta'], run: syncState },
  overview: {
    reads: [
      'workspace',
      'member',
      'pipeline',
      'job',
      'entry',
      'read_mark',
      'follow',
      'member_settings',
      'mail',
      'scheduled_reply',
    ],
    run: overview,
  },
  'jobs.list': {
    reads: ['job', 'customer', 'entry', 'read_mark', 'member', 'outbox'],
    run: (office, args): JobListAnswer => {
      const reader = office.reader();
      const rows = listJobs(office.mirror, reader, args).map(({ job, lastEntryId, ...row }) => {
        const last =
          lastEntryId === null ? undefined : findRecord(office.mirror, 'entry', lastEntryId);
        const { id, reference, title, pipelineId, stageId, assigneeId, lastActivityAt } = job;
        return {
          jobId: id,
          reference,
          title,
          pipelineId,
          stageId,
          assigneeId,
          lastActivityAt,
          ...row,
          lastEntry: last === undefined ? null : previewOf(office.mirror, last, reader.memberId),
        };
      });
      return { total: countJobs(office.mirror, reader, args), rows };
    },
  },
  'jobs.is-shared': {
    reads: ['entry', 'attachment'],
    run: ({ mirror }, { jobId }) => ({ isShared: sharedOn(mirror, jobId) !== undefined }),
  },
  'jobs.one': {
    reads: ['job', 'customer', 'pipeline', 'member', 'entry', 'attachment', 'outbox', 'follow'],
    run: (office, { jobId }) => jobPage(office.mirror, jobId),
  },
  'activity.feed': {
    reads: [
      'entry',
      'attachment',
      'member',
      'customer',
      'read_mark',
      'outbox',
      'blob',
      'rendition',
      'job',
      'pipeline',
      'portal_visit',
      'mail',
    ],
    run: (office, args) => feed(office.mirror, office.reader(), args),
  },
  'files.list': {
    reads: ['attachment', 'entry', 'member', 'customer', 'blob', 'rendition', 'mail'],
    run: (office, args) => fileList(office.mirror, office.reader(), args),
  },
  'files.pictures': {
    reads: ['blob', 'rendition'],
    run: ({ mirror }, { blobIds }) => draftPictures(mirror, blobIds),
  },
  bell: {
    reads: BELL_READS,
    run: bell,
  },
  ...careQueries,
  ...cannedQueries,
  ...exportQueries,
  ...scheduledQueries,
  outbox: { reads: OUTBOX_READS, run: outboxList },
  'outbox.of-job': {
    reads: OUTBOX_READS,
    run: (office, { jobId }) => outboxOfJob(office, jobId),
  },
  'outbox.counting-down': { reads: OUTBOX_READS, run: outboxCountingDown },
  'outbox.undo-time': {
    reads: ['meta'],
    run: ({ mirror, host }) => ({ seconds: readUndoSeconds(mirror, host) }),
  },
  customers: {
    reads: ['customer'],
    run: (office, { search }) => findCustomers(office.mirror, search),
  },
  search: {
    reads: ['job', 'customer', 'entry', 'attachment', 'attachment_text', 'member'],
    run: search,
  },
  inbox: { reads: ['inbox'], run: inbox },
  'changed-files': { reads: ['opened_file', 'attachment'], run: changedFiles },
  'files.keeping': {
    reads: ['blob', 'attachment', 'canned_reply', 'kept_job', 'job', 'meta', 'keeping'],
    run: keeping,
  },
  'files.job-keeping': {
    reads: ['blob', 'attachment', 'kept_job'],
    run: ({ mirror }, { jobId }) => jobKeeping(mirror, jobId),
  },
  transfers: { reads: ['outbox', 'blob', 'transfer'], run: transferList },
  presence: { reads: ['presence', 'member'], run: presentPeople },
  notices: {
    // They tell outside Docket what the bell tells inside.
    reads: [...BELL_READS, 'meta'],
    run: noticeState,
  },
  'notices.settings': {
    reads: ['meta'],
    run: ({ mirror, host }) => readNoticeSettings(mirror, host.clock.now()),
  },
  'notices.unsent-reply': {
    reads: ['meta'],
    run: ({ mirror }, { jobId }) => {
      const text = unsentReply(mirror, jobId);
      return text === undefined ? null : { text };
    },
  },
  desktop: { reads: ['desktop', 'presence'], run: desktopState },
  'sync.log': { reads: ['sync_log'], run: (office) => readSyncLog(office.mirror, 200) },
};

function syncState(office: Office): SyncState {
  const { mirror, sync } = office;
  const { state } = sync;
  const { shown, parked, waiting } = countShown(mirror);
  const look = lookOf(mirror);
  const counting = outboxCountingDown(office).length;
  const isFirst = readMeta(mirror, 'first-sync-done') === undefined;
  const isRefilling = readMeta(mirror, 'refilling') !== undefined;
  // What counts down waits for its author, and is in nobody's way.
  const isBusy = state.running === 'push' || isRefilling || shown > parked + counting;
  return {
    kind: kindOf(),
    waiting,
    parked,
    inStepAt: readMeta(mirror, 'in-step-at') ?? null,
    trouble: state.trouble?.sentence ?? null,
    progress: sync.progress,
    rescue: readRescue(mirror),
    look,
  };

  function kindOf(): SyncState['kind'] {
    if (state.isExpired || state.trouble?.kind === 'unreachable') return 'offline';
    if (state.trouble?.kind === 'update-needed') return 'update-needed';
    if (isFirst) return 'first-sync';
    if (state.trouble?.kind === 'differs') return 'differs';
    if (parked > 0 || look !== null || state.trouble !== null) return 'needs-you';
    return isBusy ? 'syncing' : 'up-to-date';
  }
}

function lookOf(mirror: ReadableMirror): WantedLook | null {
  const look = wantedLook(mirror);
  if (look === null) return null;
  const { away, mutationIds } = look;
  return { awayFrom: away.from, awayUntil: away.until, count: mutationIds.length };
}

/** Each person once, on however many devices; who is no member any more is not shown. (H8) */
function presentPeople(
  { mirror, account, presence }: Office,
  { jobId }: { jobId: string },
): readonly PresentPerson[] {
  const byMember = Map.groupBy(presence.othersOn(jobId), ({ memberId }) => memberId);
  return [...byMember].flatMap(([memberId, devices]) => {
    const name = findRecord(mirror, 'member', memberId)?.name;
    if (name === undefined) return [];
    const isWriting = devices.some((device) => device.isWriting);
    return [{ memberId, name, isMe: memberId === account.memberId, isWriting }];
  });
}

function overview(office: Office): Overview {
  const { mirror, account, host } = office;
  const counts = countOverview(mirror, office.reader());
  return {
    workspace: theWorkspace(mirror) ?? account.workspace,
    me: findRecord(mirror, 'member', account.memberId) ?? account.member,
    members: allMembers(mirror),
    pipelines: allPipelines(mirror),
    jobsByPipeline: counts.byPipeline,
    allJobs: counts.all,
    myJobs: counts.mine,
    unreadJobs: counts.unread,
    bellCount: bellCount(office),
    canOpenFiles: host.openPath !== undefined,
    canDragFiles: host.startDrag !== undefined,
  };
}

function jobPage(mirror: ReadableMirror, jobId: string): JobPage | null {
  const job = findRecord(mirror, 'job', jobId);
  if (job === undefined) return null;
  const customer = findRecord(mirror, 'customer', job.customerId);
  const pipeline = findRecord(mirror, 'pipeline', job.pipelineId);
  if (customer === undefined || pipeline === undefined) return null;
  const waiting = mutationsOfJob(mirror, jobId).filter(({ state }) => state !== 'parked');
  const savedFields = waiting.flatMap((mutation) =>
    mutation.name === 'save_form'
      ? (mutation.args as MutationArgs<'save_form'>).changes.map(({ fieldId }) => fieldId)
      : [],
  );
  return {
    job,
    customer,
    pipeline,
    assignee:
      job.assigneeId === null ? null : (findRecord(mirror, 'member', job.assigneeId) ?? null),
    entryCount: countEntries(mirror, jobId).all,
    fileCount: countAttachments(mirror, jobId),
    seenVersion: newestConfirmed(mirror, jobId),
    waitingFieldIds: [...new Set(savedFields)],
    stageWaiting: waiting.some(({ name }) => name === 'change_stage'),
    follow: followOf(mirror, jobId),
  };
}

function bell(office: Office): Bell {
  const { mirror } = office;
  const reader = office.reader();
  const jobs = bellJobs(mirror, reader, 50).flatMap((row) => {
    const entry = findRecord(mirror, 'entry', row.latestEntryId);
    const job = findRecord(mirror, 'job', row.jobId);
    if (entry === undefined || job === undefined) return [];
    return {
      jobId: job.id,
      reference: job.reference,
      title: job.title,
      customerName: findRecord(mirror, 'customer', job.customerId)?.name ?? '',
      unreadCount: row.unreadCount,
      latest: previewOf(mirror, entry, reader.memberId),
      latestEntryId: entry.id,
      at: ringingSince(row, entry),
      mentionsMe: row.mentionsMe,
      follow: row.follow,
    };
  });
  const scope = bellScope(mirror, reader.memberId);
  const count = bellCount(office);
  const held = heldReplies(office);
  return { count, scope, jobs, refusedMails: refusedMails(mirror, reader), heldReplies: held };
}

/** An edit that calls the member rings from when it was made, whenever the note was written. (C7, C10) */
function ringingSince({ latestPosition }: BellRow, entry: Entry): string {
  const edit = editedVersion(entry) === latestPosition ? editedAt(entry) : undefined;
  return edit ?? entry.arrivedAt ?? entry.writtenAt;
}

function bellCount({ mirror, account, ...office }: Office): number {
  const reader = office.reader();
  const held = heldFor(mirror, account.memberId).length;
  return countBell(mirror, reader) + countUnreadRefusals(mirror, reader) + held;
}

function refusedMails(mirror: ReadableMirror, reader: Reader): readonly RefusedMail[] {
  return unreadRefusals(mirror, reader, { limit: 20 }).map((mail) => ({
    mailId: mail.id,
    jobId: mail.jobId,
    jobTitle: findRecord(mirror, 'job', mail.jobId)?.title ?? '',
    customerName: findRecord(mirror, 'customer', mail.customerId)?.name ?? '',
    refused: refusalsOf(mail),
    reachedOthers: mail.state === 'sent',
    at: mail.at,
  }));
}
