// A core made of arrays: answers the renderer's contract at once, without a server, for tests and for the design page.

import type {
  Queries,
  QueryName,
  RequestName,
  Requests,
} from '../../electron/core/api/contract.ts';
import type { HeldReply } from '../../electron/core/api/bell-contract.ts';
import type { AddFileResult } from '../../electron/core/api/files-contract.ts';
import type { ExportOutlook, ExportState } from '../../electron/core/api/exports-contract.ts';
import type { Leak } from '../../electron/core/api/leaks-contract.ts';
import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import type { SearchAnswer, SearchArgs } from '../../electron/core/api/search-contract.ts';
import type { ChangedFile, Inbox } from '../../electron/core/api/inbox-contract.ts';
import type { MemberList } from '../../electron/core/api/members-contract.ts';
import type {
  Notice,
  NoticeSettings,
  NoticeState,
} from '../../electron/core/api/notices-contract.ts';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import type {
  PresentPerson,
  SessionState,
  SyncState,
} from '../../electron/core/api/session-contract.ts';
import type {
  BellScope,
  CustomerPage,
  CustomerView,
  FollowState,
  LinkRow,
  PipelineEffects,
} from '../../electron/core/api/care-contract.ts';
import { type Bridge, BridgeError, type Watcher } from '../../renderer/bridge.ts';
import type { BlobId, Entry, Job } from '../../renderer/records.ts';
import type { CannedReply } from '../../renderer/records.ts';
import { fakeAnswers, filesOf } from './fake-answers.ts';
import { performCanned } from './fake-canned.ts';
import { at, fakeId, type FakeOffice, fakeOffice } from './fake-office.ts';

/** Everything a test may look at or change; call `changed()` after changing it. */
export interface FakeWorld {
  readonly office: FakeOffice;
  /** What the computer can do with files. */
  host: { canOpenFiles: boolean; canDragFiles: boolean };
  session: SessionState;
  sync: SyncState;
  outbox: OutboxItem[];
  undoSeconds: number;
  scheduled: ScheduledItem[];
  /** Of every job's page. */
  seenVersion: number;
  heldReplies: HeldReply[];
  /** How far this computer's clock is ahead of the server's. */
  clockAheadMs: number | null;
  /** Who else is on a job, by its id. */
  readonly present: Map<string, readonly PresentPerson[]>;
  inbox: Inbox;
  found: (args: SearchArgs) => SearchAnswer;
  leaks: readonly Leak[];
  canned: CannedReply[];
  /** Names of their files that are not to be had now. */
  missingCanned: readonly string[];
  changedFiles: ChangedFile[];
  readonly unread: Set<string>;
  /** Blobs of drafts whose photos say where they were taken. */
  readonly withLocation: Set<string>;
  readonly states: Map<
    string,
    { state: 'waiting' | 'waits-for-look' | 'parked'; mutationId: OutboxItem['mutationId'] }
  >;
  readonly firstUnread: Map<string, Entry['id']>;
  /** Who was seen when and on what, as the server says. */
  seen: MemberList['members'];
  readonly thisClientId: MemberList['thisClientId'];
  bellScope: BellScope;
  readonly follows: Map<string, FollowState>;
  links: LinkRow[];
  sharedEmails: CustomerPage['sharedEmails'];
  effects: PipelineEffects;
  readonly views: Map<string, CustomerView>;
  notices: NoticeState;
  noticeSettings: NoticeSettings;
  /** What the next front that takes them gets. */
  takeable: readonly Notice[];
  readonly unsentReplies: Map<string, string>;
  desktop: Queries['desktop']['answer'];
  /** Where windows said they are, in order. */
  readonly said: Requests['presence.here']['args'][];
  /** What was asked, in order. */
  readonly asked: { name: RequestName; args: unknown }[];
  /** Requests that fail, with their sentence. */
  readonly failing: Map<RequestName, string>;
  /** What an export would hold, and how the one that was begun goes. */
  readonly exports: { outlook: ExportOutlook | null; state: ExportState | null };
  addFile: Bridge['addFile'];
}

export interface FakeBridge extends Bridge {
  readonly world: FakeWorld;
  changed(): void;
}

export function fakeBridge(office: FakeOffice = fakeOffice()): FakeBridge {
  const world = aWorld(office);
  const answers = fakeAnswers(world);
  const runs = new Set<() => void>();
  const changed = () => {
    for (const run of runs) run();
  };
  return {
    world,
    changed,
    connected: true,
    onConnectedChange: () => () => undefined,
    addFile: (file, onProgress) => world.addFile(file, onProgress),
    async request<N extends RequestName>(name: N, args: Requests[N]['args']) {
      if (name === 'notices.looking') return {};
      // Said again and again, whatever a person does: kept apart from what they did.
      if (name === 'presence.here') {
        world.said.push(args as Requests['presence.here']['args']);
        return perform(world, { name, args } as Asked) as Requests[N]['answer'];
      }
      world.asked.push({ name, args });
      const sentence = world.failing.get(name);
      if (sentence !== undefined) throw new BridgeError('refused', sentence);
      const answer = perform(world, { name, args } as Asked);
      changed();
      return answer as Requests[N]['answer'];
    },
    watch<N extends QueryName>(
      name: N,
      args: Queries[N]['args'],
      watcher: Watcher<Queries[N]['answer']>,
    ) {
      const run = () => watcher.update(structuredClone(answers[name](args)));
      runs.add(run);
      queueMicrotask(() => runs.has(run) && run());
      return () => runs.delete(run);
    },
  };
}

export const NOTHING_FOUND: SearchAnswer = {
  jobs: { total: 0, rows: [] },
  customers: { total: 0, rows: [] },
  entries: { total: 0, rows: [] },
  files: { total: 0, rows: [] },
  counts: {
    kinds: {
      reply: 0,
      file: 0,
      status_change: 0,
      form_save: 0,
      assignment: 0,
      job_change: 0,
      unapplied: 0,
      file_change: 0,
    },
    audiences: { internal: 0, visible: 0, from_customer: 0 },
    pipelines: {},
  },
  authors: [],
};

export const AN_OUTLOOK: ExportOutlook = {
  customerName: 'Anna Berg',
  full: {
    entries: 42,
    files: 7,
    filesElsewhere: 2,
    waiting: 1,
    pdfBytes: 420_000,
    zipBytes: 9_600_000,
  },
  customer: {
    entries: 18,
    files: 4,
    filesElsewhere: 1,
    waiting: 1,
    pdfBytes: 310_000,
    zipBytes: 4_100_000,
  },
  whyNoCustomerCopy: '',
};

export const NO_EFFECTS: PipelineEffects['effects'] = {
  appear: [],
  vanish: [],
  canReply: null,
  canUpload: null,
  fieldsOpen: [],
  fieldsClose: [],
  isWider: false,
};

function aWorld(office: FakeOffice): FakeWorld {
  const newest = office.entries.findLast((entry) => entry.jobId === at(office.jobs, 0).id);
  return {
    office,
    session: {
      kind: 'signed-in',
      member: at(office.members, 0),
      workspace: { id: fakeId(), name: 'Nordhafen Repairs' },
      serverUrl: 'https://docket.nordhafen.example',
    },
    sync: {
      kind: 'up-to-date',
      waiting: 0,
      parked: 0,
      inStepAt: new Date().toISOString(),
      trouble: null,
      progress: null,
      rescue: null,
      look: null,
    },
    outbox: [],
    undoSeconds: 10,
    scheduled: [],
    seenVersion: 41,
    heldReplies: [],
    clockAheadMs: 0,
    present: new Map(),
    host: { canOpenFiles: true, canDragFiles: false },
    inbox: { count: 0, files: [], folders: [] },
    found: () => NOTHING_FOUND,
    leaks: [],
    canned: [],
    missingCanned: [],
    changedFiles: [],
    withLocation: new Set(),
    unread: new Set(office.jobs.slice(0, 3).map((job) => job.id)),
    states: new Map(),
    firstUnread: new Map(newest === undefined ? [] : [[newest.jobId, newest.id]]),
    seen: office.members.map(({ id: memberId }) => ({
      memberId,
      lastSeenAt: '2026-11-12T09:10:00.000Z',
      devices: [],
    })),
    thisClientId: fakeId(),
    bellScope: 'all',
    follows: new Map(),
    links: [],
    sharedEmails: [],
    effects: { effects: NO_EFFECTS, jobsByStage: {} },
    views: new Map(),
    notices: { count: 0, fresh: 0, jobIds: [] },
    noticeSettings: {
      isOn: true,
      text: 'customers',
      quiet: { isOn: false, from: 18 * 60, until: 7 * 60, days: [1, 2, 3, 4, 5] },
      pausedUntil: null,
    },
    takeable: [],
    unsentReplies: new Map(),
    desktop: null,
    said: [],
    asked: [],
    failing: new Map(),
    exports: { outlook: AN_OUTLOOK, state: null },
    addFile: (file) => Promise.resolve(addedFile(file)),
  };
}

export function addedFile(file: File): AddFileResult {
  return {
    kind: 'added',
    blobId: file.name.padEnd(64, '0') as BlobId,
    name: file.name,
    mediaType: file.type || 'application/pdf',
    typeName: file.type.startsWith('image/') ? 'JPEG image' : 'PDF',
    sizeBytes: Math.max(file.size, 1),
  };
}

type Asked = { [N in RequestName]: { name: N; args: Requests[N]['args'] } }[RequestName];

function perform(world: FakeWorld, asked: Asked): unknown {
  switch (asked.name) {
    case 'session.sign-in':
      return { kind: 'signed-in' };
    case 'entries.find-leaks':
      return world.leaks;
    case 'entries.post':
      return { entryId: post(world, asked.args) };
    case 'scheduled.add':
      return { entryId: asked.args.entryId };
    case 'scheduled.change':
    case 'scheduled.end': {
      const { entryId } = asked.args;
      world.scheduled = world.scheduled.filter((item) => item.entryId !== entryId);
      return {};
    }
    case 'scheduled.take-back': {
      const { entryId } = asked.args;
      const taken = world.scheduled.find((item) => item.entryId === entryId);
      world.scheduled = world.scheduled.filter((item) => item !== taken);
      return { jobId: taken?.jobId, audience: 'visible', text: taken?.text, files: [] };
    }
    case 'jobs.change-stage':
      return changeJob(world, asked.args.jobId, { stageId: asked.args.toStageId });
    case 'jobs.correct':
      return changeJob(world, asked.args.jobId, asked.args.to);
    case 'jobs.assign':
      return changeJob(world, asked.args.jobId, { assigneeId: asked.args.toMemberId });
    case 'jobs.save-form': {
      const values = asked.args.changes.map(({ fieldId, to }) => [fieldId, to] as const);
      const { form } = jobOf(world, asked.args.jobId);
      return changeJob(world, asked.args.jobId, {
        form: { ...form, ...Object.fromEntries(values) },
      });
    }
    case 'jobs.mark-read':
      return world.unread.delete(asked.args.jobId) && {};
    case 'bell.mark-all-read': {
      world.unread.clear();
      return;
    }
    case 'outbox.take-back': {
      const taken = world.outbox.find((item) => item.mutationId === asked.args.mutationId);
      world.outbox = world.outbox.filter((item) => item !== taken);
      return { jobId: taken?.jobId, audience: taken?.audience, text: taken?.text, files: [] };
    }
    case 'outbox.make-internal':
    case 'outbox.discard':
    case 'outbox.retry':
      world.outbox = world.outbox.filter((item) => item.mutationId !== asked.args.mutationId);
      return {};
    case 'outbox.send-now':
      sendNow(world, asked.args.mutationIds);
      return {};
    case 'outbox.set-undo-time':
      world.undoSeconds = asked.args.seconds;
      return {};
    case 'outbox.send-to-customers':
      sendToCustomers(world, asked.args.mutationIds);
      return {};
    case 'entries.edit':
      edit(world, asked.args);
      return {};
    case 'outbox.remove-file':
    case 'outbox.replace-file':
    case 'files.keep-job':
    case 'files.set-budget':
    case 'files.set-speed':
    case 'entries.withdraw':
    case 'entries.redact':
    case 'files.change-audience':
    case 'files.rename':
    case 'files.withdraw':
    case 'files.redact':
      return {};
    case 'outbox.save-copy':
      return { url: '/zips/2', fileCount: 0, missing: [] };
    case 'exports.begin':
      world.exports.state = { kind: 'fetching', done: 0, total: 4 };
      return { exportId: fakeId() };
    case 'exports.let-go':
      world.exports.state = null;
      return {};
    case 'files.zip':
      return { url: '/zips/1', fileCount: asked.args.attachmentIds.length, missing: [] };
    case 'customers.make-link':
      return {
        linkId: fakeId(),
        url: 'https://docket.example/portal/enter/abc',
        expiresAt: new Date().toISOString(),
      };
    case 'customers.mail-link':
    case 'customers.revoke-links':
    case 'customers.delete':
    case 'customers.update':
    case 'pipelines.update':
    case 'pipelines.order':
    case 'pipelines.remove':
    case 'workspace.update':
      return {};
    case 'canned-replies.create':
    case 'canned-replies.update':
    case 'canned-replies.move':
    case 'canned-replies.delete':
    case 'canned-replies.take-files':
      return performCanned(world, asked);
    case 'pipelines.create':
      return { pipelineId: at(world.office.pipelines, 0).id };
    case 'jobs.follow':
      world.follows.set(asked.args.jobId, asked.args.state);
      return {};
    case 'bell.set-scope':
      world.bellScope = asked.args.bellScope;
      return {};
    case 'jobs.create':
      return { jobId: at(world.office.jobs, 0).id };
    case 'customers.create':
      return { customerId: at(world.office.customers, 0).id };
    case 'members.list':
      return { members: world.seen, thisClientId: world.thisClientId };
    case 'members.draft':
      return { memberId: fakeId(), mutationId: fakeId(), password: 'k7mp-x3wd-9hqt-vb4n' };
    case 'members.add':
    case 'members.change':
    case 'members.set-password':
    case 'members.remove':
    case 'devices.sign-out':
    case 'session.change-password':
      return {};
    case 'notices.take': {
      const taken = world.takeable;
      world.takeable = [];
      world.notices = { ...world.notices, fresh: 0 };
      return taken;
    }
    case 'notices.set':
      world.noticeSettings = { ...world.noticeSettings, ...asked.args };
      return {};
    case 'notices.pause': {
      const { until } = asked.args;
      const pausedUntil = until === null ? null : new Date(Date.now() + 3_600_000).toISOString();
      world.noticeSettings = { ...world.noticeSettings, pausedUntil };
      return {};
    }
    case 'notices.settle-reply':
      world.unsentReplies.delete(asked.args.jobId);
      return {};
    case 'notices.reply':
      return { kind: 'posted' };
    case 'notices.looking':
    case 'desktop.keep-running':
    case 'desktop.look-for-update':
    case 'desktop.restart':
      return {};
    case 'session.sign-out':
      world.session = {
        kind: 'signed-out',
        serverUrl: 'https://docket.example',
        email: 'jonas@nordhafen.example',
      };
      return {};
    case 'inbox.take':
      return { results: takeFromInbox(world, asked.args.fileIds) };
    case 'files.rows':
      return filesOf(world, asked.args.jobId).filter(({ id }) =>
        asked.args.attachmentIds.includes(id),
      );
    case 'inbox.dismiss':
      takeFromInbox(world, asked.args.fileIds);
      return {};
    case 'changed-files.settle':
      world.changedFiles = world.changedFiles.filter(
        ({ attachmentId, changedBlobId }) =>
          attachmentId !== asked.args.attachmentId || changedBlobId !== asked.args.changedBlobId,
      );
      return {};
    case 'watched-folders.suggest':
      return { paths: ['/home/mara/Scans', '/home/mara/Pictures'] };
    case 'watched-folders.add':
    case 'watched-folders.remove':
    case 'watched-folders.show-earlier':
    case 'inbox.put-back':
    case 'attachments.open':
    case 'files.start-drag':
    case 'changed-files.take':
    case 'presence.here':
    case 'session.open':
    case 'sync.now':
    case 'sync.heal-again':
      return {};
    case 'sync.rescue-seen':
      world.sync = { ...world.sync, rescue: null };
      return {};
    case 'sync.log-text':
      return { text: 'pulled 3 rows' };
  }
}

/** As after a long spell away: all that customers would see waits for a look. */
export function waitForLook(world: FakeWorld, away: { from: string; until: string }): void {
  const isForLook = ({ audience, state }: OutboxItem) =>
    audience === 'visible' && state.kind === 'waiting';
  const count = world.outbox.filter(isForLook).length;
  world.outbox = world.outbox.map((item) =>
    isForLook(item) ? { ...item, state: { kind: 'waits-for-look' } } : item,
  );
  const look = { awayFrom: away.from, awayUntil: away.until, count };
  world.sync = { ...world.sync, kind: 'needs-you', waiting: world.outbox.length, look };
}

/** As with a network: what waits for customers leaves in a moment, and can be taken back until then. */
export function countDown(world: FakeWorld, leavesAt: string): void {
  world.outbox = world.outbox.map((item) =>
    item.audience === 'visible' && item.state.kind === 'waiting'
      ? { ...item, state: { kind: 'counting-down', leavesAt } }
      : item,
  );
}

function sendNow(world: FakeWorld, mutationIds: readonly string[]): void {
  world.outbox = world.outbox.filter(({ mutationId }) => !mutationIds.includes(mutationId));
  for (const [entryId, { mutationId }] of world.states)
    if (mutationIds.includes(mutationId)) world.states.delete(entryId);
}

function sendToCustomers(world: FakeWorld, mutationIds: readonly string[]): void {
  world.outbox = world.outbox.filter(({ mutationId }) => !mutationIds.includes(mutationId));
  const isLeft = world.outbox.some(({ state }) => state.kind === 'waits-for-look');
  if (!isLeft) world.sync = { ...world.sync, kind: 'syncing', look: null };
}

function takeFromInbox(world: FakeWorld, fileIds: readonly string[]): AddFileResult[] {
  const taken = world.inbox.files.filter(({ fileId }) => fileIds.includes(fileId));
  const files = world.inbox.files.filter((file) => !taken.includes(file));
  world.inbox = { ...world.inbox, files, count: files.length };
  return taken.map(({ name, sizeBytes }) => ({ ...addedFile(new File([], name)), sizeBytes }));
}

function post(world: FakeWorld, args: Requests['entries.post']['args']): Entry['id'] {
  const id = args.entryId;
  const mutationId = fakeId<OutboxItem['mutationId']>();
  world.office.entries.push({
    id,
    jobId: args.jobId,
    audience: args.audience,
    author: { kind: 'member', memberId: at(world.office.members, 0).id },
    writtenAt: new Date().toISOString(),
    arrivedAt: null,
    kind: 'reply',
    text: args.text,
    attachmentIds: [],
  });
  world.states.set(id, { state: 'waiting', mutationId });
  world.outbox.push({
    mutationId,
    jobId: args.jobId,
    jobTitle: jobOf(world, args.jobId).title,
    jobReference: jobOf(world, args.jobId).reference,
    audience: args.audience,
    title: args.audience === 'internal' ? 'Note' : 'Reply to Anna Berg',
    text: args.text,
    files: args.files.map(({ blobId, name }) => ({ blobId, name, sizeBytes: 1, problem: null })),
    writtenAt: new Date().toISOString(),
    isOnItsWay: false,
    isPost: true,
    state: { kind: 'waiting' },
  });
  world.sync = { ...world.sync, waiting: world.outbox.length };
  return id;
}

function edit(world: FakeWorld, { entryId, text }: Requests['entries.edit']['args']): void {
  const { entries } = world.office;
  const index = entries.findIndex(({ id }) => id === entryId);
  const entry = entries[index];
  if (entry?.kind !== 'reply') return;
  const until = new Date().toISOString();
  const earlier = [...(entry.earlier ?? []), { text: entry.text, until, untilVersion: null }];
  entries[index] = { ...entry, text, earlier };
}

function jobOf(world: FakeWorld, jobId: string): Job {
  const found = world.office.jobs.find((job) => job.id === jobId);
  if (found === undefined) throw new BridgeError('job-missing', 'This job is no longer there.');
  return found;
}

function changeJob(world: FakeWorld, jobId: string, change: Partial<Job>) {
  const { jobs } = world.office;
  jobs[jobs.indexOf(jobOf(world, jobId))] = { ...jobOf(world, jobId), ...change };
  return {};
}
