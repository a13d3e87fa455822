// The live queries of the fake bridge, over plain arrays.

import { countFiles, sieved } from '../../electron/core/api/file-sieve.ts';
import { searchable } from '../../electron/core/mirror/searchable.ts';
import { basisOf } from '../../sync-server/protocol/edits.ts';
import type { FileRow } from '../../electron/core/api/files-contract.ts';
import type { Queries, QueryName } from '../../electron/core/api/contract.ts';
import type {
  EntryPreview,
  Feed,
  FeedItem,
  JobListArgs,
  JobRow,
} from '../../electron/core/api/jobs-contract.ts';
import { isShared } from '../../sync-server/protocol/mutator.ts';
import type { Entry, EntryKind, Job } from '../../renderer/records.ts';
import type { FakeWorld } from './fake-bridge.ts';
import { cannedAnswers } from './fake-canned.ts';
import { at, fakeId } from './fake-office.ts';

type Answers = { [N in QueryName]: (args: Queries[N]['args']) => Queries[N]['answer'] } & Record<
  QueryName,
  (args: never) => unknown
>;

export function fakeAnswers(world: FakeWorld): Record<QueryName, (args: unknown) => never> {
  const { office } = world;
  const me = at(office.members, 0);
  const answers: Answers = {
    session: () => world.session,
    sync: () => world.sync,
    outbox: () => world.outbox,
    'outbox.of-job': ({ jobId }) => world.outbox.filter((item) => item.jobId === jobId),
    'outbox.counting-down': () =>
      world.outbox.filter(({ state }) => state.kind === 'counting-down'),
    'outbox.undo-time': () => ({ seconds: world.undoSeconds }),
    notices: () => world.notices,
    'notices.settings': () => world.noticeSettings,
    'notices.unsent-reply': ({ jobId }) => {
      const text = world.unsentReplies.get(jobId);
      return text === undefined ? null : { text };
    },
    desktop: () => world.desktop,
    ...cannedAnswers(world),
    scheduled: () => world.scheduled,
    'scheduled.of-job': ({ jobId }) => world.scheduled.filter((item) => item.jobId === jobId),
    'scheduled.clock': () => ({ aheadMs: world.clockAheadMs }),
    transfers: () => ({ files: [], sentBytes: 0, totalBytes: 0 }),
    presence: ({ jobId }) => world.present.get(jobId) ?? [],
    'files.keeping': () => ({
      budgetBytes: 5_000_000_000,
      limitKbits: null,
      usedBytes: 1_240_000_000,
      unsentBytes: 2_612_000,
      freeBytes: 84_000_000_000,
      state: 'done',
      missing: 0,
      keptJobs: [],
    }),
    'files.job-keeping': () => ({
      isKept: false,
      filesHere: 2,
      filesTotal: 3,
      bytesTotal: 8_200_000,
    }),
    overview: () => ({
      workspace:
        world.session.kind === 'signed-in'
          ? world.session.workspace
          : { id: fakeId(), name: 'Signed out' },
      me,
      members: office.members,
      pipelines: office.pipelines,
      jobsByPipeline: Object.fromEntries(
        office.pipelines.map(({ id }) => [
          id,
          office.jobs.filter((job) => job.pipelineId === id).length,
        ]),
      ),
      allJobs: office.jobs.length,
      myJobs: office.jobs.filter((job) => job.assigneeId === me.id).length,
      unreadJobs: world.unread.size,
      bellCount: world.unread.size,
      ...world.host,
    }),
    'jobs.list': (args) => {
      const found = office.jobs.filter((job) => isListed(world, job, args));
      const rows = found.slice(args.offset, args.offset + args.limit);
      return { total: found.length, rows: rows.map((job) => rowOf(world, job)) };
    },
    'jobs.one': ({ jobId }) => pageOf(world, jobId),
    'jobs.is-shared': ({ jobId }) => ({
      isShared: world.office.entries.some((entry) => entry.jobId === jobId && isShared(entry)),
    }),
    'files.pictures': ({ blobIds }) =>
      blobIds.map((blobId) => ({
        blobId,
        thumbnailUrl: null,
        previewUrl: null,
        jpegUrl: null,
        problem: null,
        hasLocation: world.withLocation.has(blobId),
      })),
    'exports.outlook': () => world.exports.outlook,
    'exports.one': () => world.exports.state,
    'activity.feed': (args) => feedOf(world, args),
    'files.list': ({ jobId, sieve, offset, limit }) => {
      const all = filesOf(world, jobId).map((file) => ({ ...file, older: [] }));
      const order = sieved(all, sieve);
      return { counts: countFiles(all), order, rows: order.slice(offset, offset + limit) };
    },
    bell: () => ({
      scope: world.bellScope,
      count: world.unread.size + world.heldReplies.length,
      jobs: bellJobs(world),
      refusedMails: [],
      heldReplies: world.heldReplies,
    }),
    search: (args) => world.found(args),
    inbox: () => world.inbox,
    'changed-files': () => world.changedFiles,
    'sync.log': () => [
      { at: new Date().toISOString(), event: 'pulled', details: '3 rows, version 41' },
    ],
    'customers.list': ({ search, offset, limit }) => {
      const found = office.customers.filter(({ name }) =>
        name.toLowerCase().includes(search.toLowerCase()),
      );
      const rows = found.slice(offset, offset + limit).map((customer) => ({
        customer,
        jobCount: office.jobs.filter((job) => job.customerId === customer.id).length,
        unread: false,
        waiting: false,
      }));
      return { total: found.length, rows };
    },
    'customers.belongings': ({ customerId }) => ({
      jobs: office.jobs.filter((job) => job.customerId === customerId).length,
      messages: 0,
      files: 0,
      waiting: 0,
    }),
    'customers.one': ({ customerId }) => {
      const customer = office.customers.find(({ id }) => id === customerId);
      if (customer === undefined) return null;
      const jobCount = office.jobs.filter((job) => job.customerId === customerId).length;
      const links = world.links.filter(({ link }) => link.customerId === customerId);
      return { customer, jobCount, links, waiting: false, sharedEmails: world.sharedEmails };
    },
    'pipelines.effects': () => world.effects,
    'jobs.as-customer': ({ jobId }) => world.views.get(jobId) ?? null,
    customers: ({ search }) =>
      office.customers.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
  };
  return answers as unknown as Record<QueryName, (args: unknown) => never>;
}

function isListed(world: FakeWorld, job: Job, args: JobListArgs): boolean {
  const { scope, search } = args;
  if (scope.kind === 'customer' && job.customerId !== scope.customerId) return false;
  if (scope.kind === 'pipeline' && job.pipelineId !== scope.pipelineId) return false;
  if (scope.kind === 'mine' && job.assigneeId !== at(world.office.members, 0).id) return false;
  if ((scope.kind === 'unread' || args.unreadOnly) && !world.unread.has(job.id)) return false;
  if (args.stageId !== null && job.stageId !== args.stageId) return false;
  const assigneeId = args.assigneeId === 'nobody' ? null : args.assigneeId;
  if (args.assigneeId !== null && job.assigneeId !== assigneeId) return false;
  const hay = `${job.title} ${job.reference} ${customerOf(world, job)?.name}`.toLowerCase();
  return hay.includes(search.trim().toLowerCase());
}

const customerOf = (world: FakeWorld, job: Job) =>
  world.office.customers.find(({ id }) => id === job.customerId);

function rowOf(world: FakeWorld, job: Job): JobRow {
  const last = world.office.entries.findLast((entry) => entry.jobId === job.id);
  return {
    jobId: job.id,
    reference: job.reference,
    title: job.title,
    customerName: customerOf(world, job)?.name ?? '',
    pipelineId: job.pipelineId,
    stageId: job.stageId,
    assigneeId: job.assigneeId,
    lastActivityAt: job.lastActivityAt,
    unread: world.unread.has(job.id),
    waiting: last !== undefined && world.states.get(last.id)?.state === 'waiting',
    needsYou: last !== undefined && world.states.get(last.id)?.state === 'parked',
    lastEntry: last === undefined ? null : previewOf(world, last),
  };
}

function previewOf(world: FakeWorld, entry: Entry): EntryPreview {
  return {
    kind: entry.kind,
    audience: entry.audience,
    fromCustomer: entry.author.kind === 'customer',
    authorName: authorName(world, entry),
    mine: isMine(world, entry),
    snippet: entry.kind === 'reply' ? entry.text.slice(0, 160) : 'Booked → Estimate sent',
  };
}

function authorName(world: FakeWorld, { author }: Entry): string {
  return author.kind === 'member'
    ? (world.office.members.find(({ id }) => id === author.memberId)?.name ?? '')
    : (world.office.customers.find(({ id }) => id === author.customerId)?.name ?? '');
}

const isMine = (world: FakeWorld, { author }: Entry) =>
  author.kind === 'member' && author.memberId === at(world.office.members, 0).id;

const authorId = ({ author }: Entry) =>
  author.kind === 'member' ? author.memberId : author.customerId;

function undoneOf({ office }: FakeWorld, { withdrawn, redacted }: Entry): FeedItem['undone'] {
  const undoing = redacted ?? withdrawn;
  if (undoing === undefined) return null;
  const { memberId, at: undoneAt } = undoing;
  return {
    how: redacted === undefined ? 'withdrawn' : 'redacted',
    byName: office.members.find(({ id }) => id === memberId)?.name ?? '',
    mine: memberId === at(office.members, 0).id,
    at: undoneAt,
    customerSeenAt: null,
    mailedAt: null,
  };
}

const audienceOf = (entry: Entry) =>
  entry.author.kind === 'customer' ? 'from_customer' : entry.audience;

function pageOf(world: FakeWorld, jobId: string): Queries['jobs.one']['answer'] {
  const { office } = world;
  const job = office.jobs.find(({ id }) => id === jobId);
  const customer = job === undefined ? undefined : customerOf(world, job);
  const pipeline = office.pipelines.find(({ id }) => id === job?.pipelineId);
  if (job === undefined || customer === undefined || pipeline === undefined) return null;
  return {
    job,
    customer,
    pipeline,
    assignee: office.members.find(({ id }) => id === job.assigneeId) ?? null,
    entryCount: office.entries.filter((entry) => entry.jobId === jobId).length,
    fileCount: 2,
    seenVersion: world.seenVersion,
    waitingFieldIds: [],
    stageWaiting: false,
    follow: world.follows.get(job.id) ?? 'neither',
  };
}

function feedOf(
  world: FakeWorld,
  { jobId, filters, limit }: Queries['activity.feed']['args'],
): Feed {
  const all = world.office.entries.filter((entry) => entry.jobId === jobId);
  const shown = all.filter(
    (entry) =>
      (filters.kinds.length === 0 || filters.kinds.includes(entry.kind)) &&
      (filters.authorIds.length === 0 || filters.authorIds.includes(authorId(entry))) &&
      (filters.audiences.length === 0 || filters.audiences.includes(audienceOf(entry))) &&
      searchable(filters.search)
        .split(' ')
        .every((word) => searchable(JSON.stringify(entry)).includes(` ${word}`)),
  );
  const authors = [...new Set(all.map(authorId))].map((id) => {
    const own = all.filter((entry) => authorId(entry) === id);
    const first = at(own, 0);
    const isCustomer = first.author.kind === 'customer';
    return { id, name: authorName(world, first), isCustomer, count: own.length };
  });
  const kindCount = (kind: EntryKind) => all.filter((entry) => entry.kind === kind).length;
  const audienceCount = (word: string) => all.filter((entry) => audienceOf(entry) === word).length;
  return {
    items: shown.slice(-limit).map((entry) => itemOf(world, entry)),
    total: shown.length,
    counts: {
      all: all.length,
      kinds: {
        reply: kindCount('reply'),
        file: kindCount('file'),
        status_change: kindCount('status_change'),
        form_save: kindCount('form_save'),
        assignment: kindCount('assignment'),
        job_change: kindCount('job_change'),
        unapplied: kindCount('unapplied'),
        file_change: kindCount('file_change'),
      },
      audiences: {
        internal: audienceCount('internal'),
        visible: audienceCount('visible'),
        from_customer: audienceCount('from_customer'),
      },
    },
    authors,
    firstUnreadId: world.unread.has(jobId) ? (world.firstUnread.get(jobId) ?? null) : null,
    hasRefusalNews: false,
    hasEditNews: false,
  };
}

function itemOf(world: FakeWorld, entry: Entry): FeedItem {
  const ids = entry.kind === 'reply' || entry.kind === 'file' ? entry.attachmentIds : [];
  const pending = world.states.get(entry.id);
  return {
    entry,
    authorName: authorName(world, entry),
    mine: isMine(world, entry),
    attachments: ids.flatMap((id) => world.office.attachments.get(id) ?? []),
    customerNames: {},
    undone: undoneOf(world, entry),
    state: pending?.state ?? 'confirmed',
    mutationId: pending?.mutationId ?? null,
    delivery: deliveryOf(entry),
    editBasis: editBasisOf(world, entry),
    parkedEditId: null,
  };
}

function editBasisOf(world: FakeWorld, entry: Entry): string | null {
  const isHere = !world.states.has(entry.id);
  return entry.kind === 'reply' && isMine(world, entry) && isHere ? basisOf(entry.text) : null;
}

function deliveryOf(entry: Entry): FeedItem['delivery'] {
  if (entry.audience !== 'visible' || entry.author.kind !== 'member') return null;
  if (entry.kind !== 'reply' && entry.kind !== 'file') return null;
  const mail = { kind: 'none', why: 'off' } as const;
  return { onServerAt: entry.arrivedAt, portal: 'shown', mail, seenBy: null };
}

function bellJobs(world: FakeWorld): Queries['bell']['answer']['jobs'] {
  return world.office.jobs
    .filter((job) => world.unread.has(job.id))
    .flatMap((job) => {
      const entry = world.office.entries.findLast(({ jobId }) => jobId === job.id);
      if (entry === undefined) return [];
      return [
        {
          jobId: job.id,
          reference: job.reference,
          title: job.title,
          customerName: customerOf(world, job)?.name ?? '',
          unreadCount: 1,
          latest: previewOf(world, entry),
          latestEntryId: entry.id,
          at: entry.writtenAt,
          mentionsMe: false,
          follow: world.follows.get(job.id) ?? 'neither',
        },
      ];
    });
}

export function filesOf(world: FakeWorld, jobId: string): FileRow[] {
  return world.office.entries
    .filter((entry) => entry.jobId === jobId)
    .toReversed()
    .flatMap((entry) => {
      const ids = entry.kind === 'reply' || entry.kind === 'file' ? entry.attachmentIds : [];
      return ids.flatMap((id) => {
        const file = world.office.attachments.get(id);
        if (file === undefined) return [];
        return [
          {
            ...file,
            entryId: entry.id,
            at: entry.arrivedAt ?? entry.writtenAt,
            authorName: authorName(world, entry),
            mine: isMine(world, entry),
            fromCustomer: entry.author.kind === 'customer',
            isWaiting: world.states.has(entry.id),
            older: [],
          },
        ];
      });
    });
}
