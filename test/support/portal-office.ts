// An office with a portal: the real server on SQLite and a folder, a clock that stands still, and a customer with jobs of
// every sort. Everything the customer must never meet carries SECRET; everything else does not.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../sync-server/app.ts';
import type { Config } from '../../sync-server/config.ts';
import { BlobKeeper } from '../../sync-server/blobs/blob-keeper.ts';
import type { BlobStore } from '../../sync-server/blobs/blob-store.ts';
import { openTestData } from './test-data.ts';
import type { UploadStore } from '../../sync-server/blobs/upload-store.ts';
import { SESSION_COOKIE } from '../../sync-server/portal/visitor.ts';
import {
  blobId,
  type CustomerId,
  type JobId,
  type WorkspaceId,
} from '../../sync-server/protocol/ids.ts';
import type { MemberMutationName, MutationArgs } from '../../sync-server/protocol/mutations.ts';
import type { PushOutcome } from '../../sync-server/protocol/outcome.ts';
import type { Attachment } from '../../sync-server/protocol/entries.ts';
import type { KindedRecord } from '../../sync-server/protocol/records.ts';
import type { Audience } from '../../sync-server/protocol/values.ts';
import { applyMutations } from '../../sync-server/storage/apply-mutations.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import * as build from './builders.ts';
import { copiedLink, enterPortal } from './enter-portal.ts';
import { PortalBrowser } from './portal-browser.ts';
import { makeTempDir, removeTempDir } from './temp-dir.ts';

/** In every internal word of the office. */
export const SECRET = 'Zwischenraum';
/** In whatever only Yusuf may meet: a secret to everybody else. */
export const YUSUFS = `Nebenan${SECRET}`;
/** When internal things happen: a moment nothing else has. */
export const SECRET_TIME = '2026-11-11T03:33:33.333Z';
/** Thursday, 11:00. */
export const NOW = '2026-11-12T11:00:00.000Z';

export interface PortalOffice {
  readonly app: FastifyInstance;
  readonly storage: Storage;
  readonly blobs: BlobStore;
  readonly uploads: UploadStore;
  readonly keeper: BlobKeeper;
  /** Where the server keeps everything. */
  readonly dataFolder: string;
  readonly records: OfficeRecords;
  /** Moves the server's clock. */
  pass(ms: number): void;
  /** A member does something, as a push does. */
  staff<N extends MemberMutationName>(name: N, args: MutationArgs<N>): Promise<PushOutcome>;
  /** A member who has the job's newest state on the screen writes to it. */
  say(jobId: JobId, audience: Audience, text: string): Promise<void>;
  /** The path of a fresh sign-in link. */
  link(customerId?: CustomerId): Promise<string>;
  /** A browser in which the customer is signed in. */
  signedIn(customerId?: CustomerId): Promise<PortalBrowser>;
  /** The same for a customer of another office on this server. */
  signedInElsewhere(workspaceId: WorkspaceId, customerId: CustomerId): Promise<PortalBrowser>;
  browser(): PortalBrowser;
  close(): Promise<void>;
}

export type OfficeRecords = ReturnType<typeof officeRecords>;

export async function openPortalOffice(
  overrides: Partial<Pick<Config, 'trustedProxies' | 'customerDay'>> & {
    readonly publicUrl?: string;
    readonly records?: OfficeRecords;
  } = {},
): Promise<PortalOffice> {
  const dataFolder = await makeTempDir();
  const { storage, blobs, uploads } = await openTestData(join(dataFolder, 'data'));
  let nowMs = Date.parse(NOW);
  const now = () => nowMs;
  const config = {
    host: '127.0.0.1',
    port: 0,
    dataFolder,
    publicUrl: overrides.publicUrl ?? null,
    timeZone: 'UTC',
    logLevel: 'silent' as const,
    trustedProxies: overrides.trustedProxies ?? [],
    customerDay: overrides.customerDay,
    keepDeletionsMs: 90 * 24 * 60 * 60 * 1000,
  };
  const app = await buildApp({ config, storage, blobs, uploads, now });
  const records = overrides.records ?? officeRecords();
  await fill(storage, blobs, records);
  const { workspace, jonas, anna } = records;
  const link = (customerId = anna.id) =>
    copiedLink({ storage, now }, { workspaceId: workspace.id, customerId });
  const browser = () => new PortalBrowser(app);
  const staff: PortalOffice['staff'] = async (name, args) => {
    const mutation = build.aMutation(name, args);
    const { answers } = await applyMutations(storage, {
      workspaceId: workspace.id,
      actor: { kind: 'member', memberId: jonas.id, role: 'member' },
      arrivedAt: new Date(nowMs).toISOString(),
      mutations: [mutation],
    });
    const outcome = answers.get(mutation.id);
    if (outcome === undefined) throw new Error('The mutation was not answered.');
    return outcome;
  };
  return {
    app,
    storage,
    blobs,
    uploads,
    keeper: new BlobKeeper({ storage, blobs, now }),
    dataFolder,
    records,
    pass: (ms) => {
      nowMs += ms;
    },
    staff,
    say: async (jobId, audience, text) => {
      const outcome = await staff('post_entry', {
        jobId,
        entryId: build.anEntryId(),
        audience,
        text,
        attachments: [],
        seenVersion: (await storage.headVersion(workspace.id)) ?? 0,
      });
      if (outcome.kind !== 'applied') throw new Error(`Not said: ${outcome.kind}.`);
    },
    link,
    browser,
    signedInElsewhere: async (workspaceId, customerId) => {
      const visitor = browser();
      const { sessionToken } = await enterPortal({ storage, now }, { workspaceId, customerId });
      visitor.cookies.set(SESSION_COOKIE, sessionToken);
      return visitor;
    },
    signedIn: async (customerId) => {
      const visitor = browser();
      const entered = await visitor.post(await link(customerId), {});
      if (entered.statusCode !== 303) throw new Error(`Not let in: ${entered.statusCode}.`);
      return visitor;
    },
    close: async () => {
      await app.close();
      await storage.close();
      await removeTempDir(dataFolder);
    },
  };
}

/** As the database says it. */
export const diskFull = () =>
  Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });

/** A one-pixel PNG in a colour of its own. */
function pictureBytes(seed: string): Buffer {
  const colour = createHash('sha256').update(seed).digest().subarray(0, 3);
  const size = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', size),
    pngChunk('IDAT', deflateSync(Buffer.concat([Buffer.from([0]), colour]))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, data.length + 8)), data.length + 8);
  return chunk;
}

export function bytesOf(attachment: Attachment): Buffer {
  return pictureBytes(attachment.id);
}

function officeRecords() {
  const workspace = build.aWorkspace({ name: 'Nordhafen Repairs' });
  const jonas = build.aMember({ name: `Jonas ${SECRET}`, email: `jonas@${SECRET}.example` });
  const mara = build.aMember({
    name: `Mara ${SECRET}`,
    email: `mara@${SECRET}.example`,
    role: 'admin',
  });
  const anna = build.aCustomer({
    name: 'Anna Berg',
    emails: [`anna@${SECRET}.example`],
    phone: `+49 ${SECRET}`,
    notes: SECRET,
  });
  const yusuf = build.aCustomer({
    name: `Yusuf ${YUSUFS}`,
    emails: [`yusuf@${SECRET}.example`],
    notes: SECRET,
  });
  const stages = {
    booked: build.aStage({ name: 'Booked' }),
    insurer: build.aStage({ name: `Insurer ${SECRET}`, hue: 'amber', visibleToCustomer: false }),
    workshop: build.aStage({ name: 'In the workshop', hue: 'green' }),
  };
  const editable = { customerCanEdit: true };
  const fields = {
    claim: build.aFormField({ label: 'Claim number', type: 'text', ...editable }),
    mileage: build.aFormField({ label: 'Mileage', type: 'number', ...editable }),
    pickUp: build.aFormField({ label: 'Pick-up', type: 'date', ...editable }),
    payer: build.aFormField({
      label: 'Who pays',
      type: 'choice',
      choices: ['I do', 'My insurer'],
      ...editable,
    }),
    glass: build.aFormField({ label: 'Glass is broken', type: 'checkbox', ...editable }),
    story: build.aFormField({ label: 'What happened', type: 'long_text', ...editable }),
  };
  const pipeline = build.aPipeline({
    name: `Hail ${SECRET}`,
    stages: [stages.booked, stages.insurer, stages.workshop],
    fields: [build.aFormField({ label: SECRET, type: 'text' }), ...Object.values(fields)],
    customerCanUpload: true,
  });
  const silent = build.aPipeline({
    ...pipeline,
    id: build.aPipelineId(),
    fields: pipeline.fields.slice(0, 1),
    customerCanReply: false,
    customerCanUpload: false,
  });
  const job = (title: string, more: Parameters<typeof build.aJob>[0] = {}) =>
    build.aJob({
      title,
      customerId: anna.id,
      pipelineId: pipeline.id,
      stageId: stages.workshop.id,
      assigneeId: jonas.id,
      form: Object.fromEntries(pipeline.fields.slice(0, 1).map((field) => [field.id, SECRET])),
      createdAt: SECRET_TIME,
      lastActivityAt: SECRET_TIME,
      ...more,
    });
  const jobs = {
    golf: job('Golf 8, rear quarter panel', { reference: 'J-2291' }),
    van: job('Sprinter, hail', { reference: 'J-2288', pipelineId: silent.id }),
    bare: job('Polo, return inspection', { reference: 'J-2260', stageId: stages.booked.id }),
    hidden: job(`Octavia ${SECRET}`, { reference: 'J-9666', stageId: stages.insurer.id }),
    yusufs: job(`Model Y ${YUSUFS}`, { reference: 'J-9777', customerId: yusuf.id }),
  };
  return {
    workspace,
    jonas,
    mara,
    anna,
    yusuf,
    stages,
    fields,
    pipeline,
    silent,
    jobs,
    ...feedOf(jobs, stages, { jonas, anna }),
  };
}

type Jobs = Record<'golf' | 'van' | 'bare' | 'hidden' | 'yusufs', ReturnType<typeof build.aJob>>;
type Stages = Record<'booked' | 'insurer' | 'workshop', ReturnType<typeof build.aStage>>;
interface People {
  readonly jonas: ReturnType<typeof build.aMember>;
  readonly anna: ReturnType<typeof build.aCustomer>;
}

/** In feed order: the golf has everything, the van a staff message, the bare job only internal things. */
function feedOf(jobs: Jobs, stages: Stages, { jonas, anna }: People) {
  const byJonas = { author: { kind: 'member' as const, memberId: jonas.id } };
  const byAnna = { author: { kind: 'customer' as const, customerId: anna.id } };
  const seen = (at: string) => ({ audience: 'visible' as const, writtenAt: at, arrivedAt: at });
  const hidden = { audience: 'internal' as const, writtenAt: SECRET_TIME, arrivedAt: SECRET_TIME };
  const golf = { jobId: jobs.golf.id };
  const note = build.anEntry({ ...golf, ...byJonas, ...hidden, text: `Note ${SECRET}` });
  const photo = build.anEntry({
    ...golf,
    ...byAnna,
    ...seen('2026-11-12T10:05:00.000Z'),
    text: 'Here is the photo of the other side. Is Thursday possible?',
  });
  const answer = build.anEntry({
    ...golf,
    ...byJonas,
    ...seen('2026-11-12T10:41:00.000Z'),
    text: 'Hello Anna, Monday 8:00 is yours.',
  });
  const internalFiles = build.aFileEntry({
    ...golf,
    ...byJonas,
    ...seen('2026-11-12T10:45:00.000Z'),
  });
  const file = (
    entry: { readonly id: typeof note.id; readonly jobId: typeof note.jobId },
    more: Partial<Attachment>,
  ) =>
    storedPicture(
      build.anAttachment({ entryId: entry.id, jobId: entry.jobId, ...byJonas, ...more }),
    );
  const files = {
    /** Visible, under an internal note. */
    alone: file(note, { name: 'damage-report.png', audience: 'visible' }),
    photo: file(photo, { name: 'IMG_4471.png', audience: 'visible', ...byAnna }),
    estimate: file(answer, { name: 'estimate-2291.png', audience: 'visible' }),
    /** Internal, under a visible reply. */
    costs: file(answer, { name: `costs-${SECRET}.png` }),
    more: file(internalFiles, { name: `more-${SECRET}.png` }),
    hidden: file(build.anEntry({ jobId: jobs.hidden.id }), {
      name: `x-${SECRET}.png`,
      audience: 'visible',
    }),
    yusufs: file(build.anEntry({ jobId: jobs.yusufs.id }), {
      name: `y-${YUSUFS}.png`,
      audience: 'visible',
    }),
  };
  const move = (from: keyof Stages, to: keyof Stages, at: object) =>
    build.aStatusChange({
      ...golf,
      ...byJonas,
      fromStageId: stages[from].id,
      fromName: stages[from].name,
      toStageId: stages[to].id,
      toName: stages[to].name,
      ...at,
    });
  const entries = [
    build.anEntry({
      jobId: jobs.van.id,
      ...byJonas,
      ...seen('2026-11-10T09:00:00.000Z'),
      text: 'The van is dry.',
    }),
    move('booked', 'insurer', hidden),
    // Marked visible by mistake, or before the stage became internal: its name still must not leave.
    move('insurer', 'booked', { ...hidden, audience: 'visible' }),
    move('booked', 'workshop', seen('2026-11-12T08:30:00.000Z')),
    note,
    photo,
    { ...answer, attachmentIds: [files.costs.id, files.estimate.id] },
    { ...internalFiles, attachmentIds: [files.more.id] },
    build.anAssignment({ ...golf, ...byJonas, ...hidden, audience: 'visible' }),
    build.aFormSave({
      ...golf,
      ...byJonas,
      ...hidden,
      audience: 'visible',
      changes: [{ fieldId: build.aFieldId(), label: SECRET, from: null, to: SECRET }],
    }),
    build.anEntry({ jobId: jobs.bare.id, ...byJonas, ...hidden, text: SECRET }),
    build.anEntry({
      jobId: jobs.hidden.id,
      ...byJonas,
      ...hidden,
      audience: 'visible',
      text: SECRET,
    }),
    build.anEntry({
      jobId: jobs.yusufs.id,
      ...byJonas,
      ...seen('2026-11-10T08:00:00.000Z'),
      text: YUSUFS,
    }),
  ];
  return { entries, files, note, photo, answer };
}

function storedPicture(attachment: Attachment): Attachment {
  const bytes = bytesOf(attachment);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return {
    ...attachment,
    blobId: blobId.parse(hash),
    mediaType: 'image/png',
    sizeBytes: bytes.length,
  };
}

async function fill(storage: Storage, blobs: BlobStore, records: OfficeRecords): Promise<void> {
  const { workspace, jonas, mara, anna, yusuf, pipeline, silent, jobs, entries } = records;
  const files: readonly Attachment[] = Object.values(records.files);
  const all: readonly KindedRecord[] = [
    { kind: 'workspace', record: workspace },
    { kind: 'member', record: jonas },
    { kind: 'member', record: mara },
    ...[pipeline, silent].map((record): KindedRecord => ({ kind: 'pipeline', record })),
    ...[anna, yusuf].map((record): KindedRecord => ({ kind: 'customer', record })),
    ...Object.values(jobs).map((record): KindedRecord => ({ kind: 'job', record })),
    ...entries.flatMap((record): KindedRecord[] => [
      { kind: 'entry', record },
      ...files
        .filter((file) => file.entryId === record.id)
        .map((file): KindedRecord => ({ kind: 'attachment', record: file })),
    ]),
    ...files
      .filter((file) => !entries.some((entry) => entry.id === file.entryId))
      .map((record): KindedRecord => ({ kind: 'attachment', record })),
  ];
  for (const file of files) {
    await blobs.receive(chunksOf(bytesOf(file)), (received) => blobs.adopt(workspace.id, received));
  }
  await storage.createWorkspace({
    workspaceId: workspace.id,
    records: all,
    signIns: [],
    blobs: files.map(({ blobId, sizeBytes, mediaType }) => ({ blobId, sizeBytes, mediaType })),
    references: { prefix: 'J-', next: 3000 },
  });
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
