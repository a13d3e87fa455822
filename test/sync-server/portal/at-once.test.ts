// Pages are kept until something changes that they are made of. Here every mutation there is happens while pages are kept, and
// each page must then be what a server that has just started makes of the same office. A new mutation needs its case here. [V1]

import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildApp } from '../../../sync-server/app.ts';
import type { OpenData } from '../../../sync-server/blobs/open-data-folder.ts';
import { basisOf } from '../../../sync-server/protocol/edits.ts';
import { openTestData } from '../../support/test-data.ts';
import {
  type MutationArgs,
  type MutationName,
  mutationArgs,
} from '../../../sync-server/protocol/mutations.ts';
import type { Actor } from '../../../sync-server/protocol/mutator.ts';
import { applyMutations } from '../../../sync-server/storage/apply-mutations.ts';
import type { Storage } from '../../../sync-server/storage/storage.ts';
import * as build from '../../support/builders.ts';
import { PortalBrowser } from '../../support/portal-browser.ts';
import { NOW, openPortalOffice, type PortalOffice } from '../../support/portal-office.ts';

let office: PortalOffice;
beforeEach(async () => {
  office = await openPortalOffice();
});
afterEach(() => office.close());

/** What Anna's pages are after it: `changed` names those that must differ; all others must be as they were. */
interface Case<N extends MutationName> {
  /** What has to be there before anything is kept. */
  prepare?(): Promise<unknown>;
  args(): MutationArgs<N> | Promise<MutationArgs<N>>;
  readonly changed: readonly Page[];
}
const PAGES = ['list', 'golf', 'van', 'hidden'] as const;
type Page = (typeof PAGES)[number];

const of = () => office.records;
const golf = () => ({ jobId: of().jobs.golf.id });
const fresh = () => ({ ...golf(), entryId: build.anEntryId() });
const head = async () => (await office.storage.headVersion(of().workspace.id)) ?? 0;
const estimate = () => ({ ...fresh(), attachmentId: of().files.estimate.id });
const linkId = build.aPortalLinkId();
const aSession = () => ({
  id: build.nextId(),
  tokenHash: build.tokenHashOf('y'),
  device: 'A test',
  expiresAt: '2026-12-12T11:00:00.000Z',
});
const emptyPipelineId = build.aPipelineId();
const addLink = () =>
  act('create_portal_link', {
    linkId,
    customerId: of().anna.id,
    tokenHash: build.tokenHashOf('x'),
  });
const addPipeline = () => {
  const { hue, stages, fields, customerCanReply, customerCanUpload } = of().pipeline;
  const like = { hue, stages, fields, customerCanReply, customerCanUpload };
  return act('create_pipeline', { pipelineId: emptyPipelineId, name: 'Empty', ...like });
};

const newJobId = build.aJobId();
const otherId = build.aCustomerId();
const addJob = async () => {
  await act('create_customer', { customerId: otherId, name: 'Bela', emails: [], phone: '' });
  await act('create_job', {
    jobId: newJobId,
    entryId: build.anEntryId(),
    title: 'A second car',
    customerId: of().anna.id,
    pipelineId: of().pipeline.id,
    stageId: of().stages.booked.id,
    assigneeId: null,
  });
};

let cannedReplyId = build.aCannedReplyId();
const aCanned = () => ({ sharing: 'shared' as const, title: 'Hours', text: 'From 8.', files: [] });
const addCanned = () => {
  cannedReplyId = build.aCannedReplyId();
  return act('create_canned_reply', { cannedReplyId, ...aCanned() });
};
const scheduledId = build.anEntryId();
const scheduled = async () => ({
  jobId: of().jobs.golf.id,
  entryId: scheduledId,
  text: 'It is ready.',
  attachments: [],
  seenVersion: await head(),
  sendAt: '2026-11-13T07:00:00.000Z',
  unlessCustomerWrites: true,
});
const addScheduled = async () => act('schedule_reply', await scheduled());

const CASES: { readonly [N in MutationName]: Case<N> } = {
  create_customer: {
    args: () => ({ customerId: build.aCustomerId(), name: 'Zoe', emails: [], phone: '' }),
    changed: [],
  },
  update_customer: {
    args: () => ({
      customerId: of().anna.id,
      changes: [{ field: 'name', from: 'Anna Berg', to: 'Anna Tal' }],
    }),
    changed: ['list', 'golf', 'van', 'hidden'],
  },
  delete_customer: {
    args: () => ({ customerId: of().anna.id, fromName: of().anna.name, withJobs: true }),
    // She is signed out with it.
    changed: ['list', 'golf', 'van', 'hidden'],
  },
  create_canned_reply: {
    args: () => ({ cannedReplyId: build.aCannedReplyId(), ...aCanned() }),
    changed: [],
  },
  update_canned_reply: {
    prepare: addCanned,
    args: () => ({ cannedReplyId, changes: [{ field: 'title', from: 'Hours', to: 'Times' }] }),
    changed: [],
  },
  move_canned_reply: {
    prepare: addCanned,
    args: () => ({ cannedReplyId, toCannedReplyId: build.aCannedReplyId(), to: 'personal' }),
    changed: [],
  },
  delete_canned_reply: {
    prepare: addCanned,
    args: () => ({ cannedReplyId, fromTitle: 'Hours' }),
    changed: [],
  },
  create_portal_link: {
    args: () => ({ linkId, customerId: of().anna.id, tokenHash: build.tokenHashOf('x') }),
    changed: [],
  },
  mail_portal_link: {
    args: () => ({ customerId: of().anna.id, to: of().anna.emails[0] ?? '' }),
    changed: [],
  },
  revoke_portal_links: {
    prepare: addLink,
    args: () => ({ customerId: of().anna.id, of: 'all', endSessions: true }),
    changed: ['list', 'golf', 'van', 'hidden'],
  },
  create_job: {
    args: () => ({
      ...fresh(),
      jobId: build.aJobId(),
      title: 'A second car',
      customerId: of().anna.id,
      pipelineId: of().pipeline.id,
      stageId: of().stages.booked.id,
      assigneeId: null,
    }),
    changed: ['list'],
  },
  post_entry: {
    args: async () => ({
      ...fresh(),
      audience: 'visible',
      text: 'It is ready.',
      attachments: [],
      seenVersion: await head(),
    }),
    changed: ['list', 'golf'],
  },
  change_stage: {
    args: () => ({
      ...fresh(),
      fromStageId: of().stages.workshop.id,
      toStageId: of().stages.insurer.id,
    }),
    changed: ['list', 'golf'],
  },
  save_form: {
    args: () => ({
      ...fresh(),
      changes: [{ fieldId: of().fields.claim.id, from: null, to: 'A-1' }],
    }),
    changed: ['golf'],
  },
  assign_job: {
    args: () => ({ ...fresh(), fromMemberId: of().jonas.id, toMemberId: of().mara.id }),
    changed: [],
  },
  rename_job: {
    args: () => ({ ...fresh(), fromTitle: of().jobs.golf.title, toTitle: 'Golf 8, bumper' }),
    changed: ['list', 'golf'],
  },
  move_job: {
    prepare: addPipeline,
    args: () => ({
      ...fresh(),
      fromPipelineId: of().pipeline.id,
      fromStageId: of().stages.workshop.id,
      toPipelineId: emptyPipelineId,
      toStageId: of().stages.insurer.id,
    }),
    changed: ['list', 'golf'],
  },
  change_job_customer: {
    prepare: addJob,
    args: () => ({
      jobId: newJobId,
      entryId: build.anEntryId(),
      fromCustomerId: of().anna.id,
      toCustomerId: otherId,
    }),
    changed: ['list'],
  },
  change_file_audience: {
    args: async () => ({
      ...estimate(),
      audience: 'internal',
      fromName: of().files.estimate.name,
      seenVersion: await head(),
    }),
    changed: ['golf'],
  },
  rename_file: {
    args: () => ({ ...estimate(), fromName: of().files.estimate.name, toName: 'estimate.png' }),
    changed: ['golf'],
  },
  withdraw_file: { args: estimate, changed: ['golf'] },
  redact_file: { args: estimate, changed: ['golf'] },
  withdraw_entry: {
    args: () => ({ ...golf(), entryId: of().answer.id }),
    changed: ['list', 'golf'],
  },
  edit_entry: {
    args: () => ({
      ...golf(),
      entryId: of().answer.id,
      text: 'Another answer.',
      basedOn: basisOf(of().answer.text),
    }),
    changed: ['list', 'golf'],
  },
  redact_entry: {
    args: () => ({ ...golf(), entryId: of().answer.id }),
    changed: ['list', 'golf'],
  },
  create_pipeline: {
    args: () => ({
      pipelineId: build.aPipelineId(),
      name: 'Empty',
      hue: 'teal',
      stages: of().pipeline.stages,
      fields: [],
      customerCanReply: false,
      customerCanUpload: false,
    }),
    changed: [],
  },
  update_pipeline: {
    args: () => {
      const { id, stages } = of().pipeline;
      const to = stages.map((stage) => ({ ...stage, visibleToCustomer: !stage.visibleToCustomer }));
      return { pipelineId: id, changes: [{ field: 'stages', from: stages, to }], moves: [] };
    },
    changed: ['list', 'golf', 'hidden'],
  },
  order_pipelines: {
    args: () => ({ pipelineIds: [of().silent.id, of().pipeline.id] }),
    changed: [],
  },
  remove_pipeline: {
    prepare: addPipeline,
    args: () => ({ pipelineId: emptyPipelineId }),
    changed: [],
  },
  update_workspace: {
    args: () => ({
      workspaceId: of().workspace.id,
      changes: [{ field: 'name', from: of().workspace.name, to: 'Südhafen' }],
    }),
    changed: ['list', 'golf', 'van', 'hidden'],
  },
  set_follow: { args: () => ({ ...golf(), state: 'muted' }), changed: [] },
  set_bell_scope: { args: () => ({ bellScope: 'followed' }), changed: [] },
  mark_read: { args: async () => ({ ...golf(), throughVersion: await head() }), changed: [] },
  attach_renditions: {
    args: () => {
      const { id, blobId } = of().files.estimate;
      const jpeg = of().files.alone.blobId;
      return { attachmentId: id, blobId, renditions: { ...build.renditionsOfNothing, jpeg } };
    },
    changed: [],
  },
  // Of what is to be sent later the customer sees nothing before it is. (C8)
  schedule_reply: { args: async () => ({ ...(await scheduled()), ...fresh() }), changed: [] },
  change_scheduled_reply: {
    prepare: addScheduled,
    args: async () => {
      const { attachments: _same, ...args } = await scheduled();
      return { ...args, revision: 1, text: 'It is really ready.' };
    },
    changed: [],
  },
  end_scheduled_reply: {
    prepare: addScheduled,
    args: async () => {
      const { jobId, entryId, seenVersion } = await scheduled();
      return { jobId, entryId, seenVersion, revision: 1, how: 'send' };
    },
    changed: ['list', 'golf'],
  },
  customer_reply: { args: () => ({ ...fresh(), text: 'Thank you.' }), changed: ['list', 'golf'] },
  customer_upload: {
    args: () => {
      const { blobId, mediaType, sizeBytes } = of().files.photo;
      const file = { attachmentId: build.anAttachmentId(), blobId, mediaType, sizeBytes };
      return { ...fresh(), text: '', attachments: [{ ...file, name: 'again.png' }] };
    },
    changed: ['list', 'golf'],
  },
  customer_save_form: {
    args: () => ({
      ...fresh(),
      changes: [{ fieldId: of().fields.claim.id, from: null, to: 'B-2' }],
    }),
    changed: ['list', 'golf'],
  },
  customer_enter: { prepare: addLink, args: () => ({ linkId, session: aSession() }), changed: [] },
  customer_notifications: { args: () => ({ notifyOnReplies: false }), changed: [] },
  customer_visit: {
    args: async () => ({ ...golf(), seenVersion: await head() }),
    changed: ['list'],
  },
};

for (const name of Object.keys(mutationArgs) as MutationName[])
  test(`[V1] ${name} shows, or does not, at the very next request`, async () => {
    const { changed, args, prepare } = CASES[name];
    await prepare?.();
    const anna = await office.signedIn();
    const kept = await pagesOf(anna);
    expect(await pagesOf(anna)).toEqual(kept);
    await act(name, await args());
    const now = await pagesOf(anna);
    expect(PAGES.filter((page) => now[page] !== kept[page])).toEqual(changed);
    expect(now).toEqual(await pagesOfFreshServer(anna));
  });

test('[V1] a portal that hears of no change is found out by the above', async () => {
  const { sessions } = office.storage;
  const deaf: typeof sessions = Object.assign(Object.create(sessions) as typeof sessions, {
    find: async (tokenHash: string, now: string) => {
      const found = await sessions.find(tokenHash, now);
      return found && { ...found, stand: 0 };
    },
    standOf: () => 0,
  });
  const storage: Storage = Object.assign(Object.create(office.storage) as Storage, {
    sessions: deaf,
  });
  const anna = await office.signedIn();
  await withServer({ storage }, anna, async (browser) => {
    const kept = await pagesOf(browser);
    await act('redact_entry', CASES.redact_entry.args() as MutationArgs<'redact_entry'>);
    expect(await pagesOf(browser)).toEqual(kept);
    expect(kept).not.toEqual(await pagesOfFreshServer(anna));
  });
});

async function act<N extends MutationName>(name: N, args: MutationArgs<N>): Promise<void> {
  const { workspace, jonas, anna } = of();
  const actor: Actor = name.startsWith('customer_')
    ? { kind: 'customer', customerId: anna.id }
    : { kind: 'member', memberId: jonas.id, role: 'admin' };
  const mutation = { id: build.aMutationId(), name, args, writtenAt: NOW };
  const batch = { workspaceId: workspace.id, actor, arrivedAt: NOW, mutations: [mutation] };
  const { answers } = await applyMutations(office.storage, batch);
  expect(answers.get(mutation.id)).toMatchObject({ kind: 'applied' });
}

/** As a browser that loads ahead gets them: looking itself changes nothing. */
async function pagesOf(browser: PortalBrowser): Promise<Record<Page, string>> {
  const pages = { list: '', golf: '', van: '', hidden: '' };
  for (const page of PAGES) {
    const path = page === 'list' ? '/portal' : `/portal/jobs/${of().jobs[page].id}`;
    const { statusCode, body } = await browser.get(path, { 'sec-purpose': 'prefetch' });
    pages[page] = `${statusCode} ${body.replace(/name="sendToken" value="[^"]*"/g, '')}`;
  }
  return pages;
}

async function pagesOfFreshServer(browser: PortalBrowser): Promise<Record<Page, string>> {
  const data = await openTestData(join(office.dataFolder, 'data'));
  try {
    return await withServer(data, browser, pagesOf);
  } finally {
    await data.storage.close();
  }
}

/** The same browser at another server of the same office. */
async function withServer<T>(
  parts: Partial<OpenData>,
  browser: PortalBrowser,
  work: (same: PortalBrowser) => Promise<T>,
): Promise<T> {
  const { storage, blobs, uploads } = { ...office, ...parts };
  const config = {
    host: '127.0.0.1',
    port: 0,
    dataFolder: office.dataFolder,
    publicUrl: null,
    timeZone: 'UTC',
    logLevel: 'silent' as const,
    keepDeletionsMs: 0,
  };
  const app = await buildApp({ storage, blobs, uploads, config, now: () => Date.parse(NOW) });
  const same = new PortalBrowser(app);
  for (const [name, value] of browser.cookies) same.cookies.set(name, value);
  try {
    return await work(same);
  } finally {
    await app.close();
  }
}
