// A real sync server on 127.0.0.1 with a folder of its own and a small office in it, for tests.

import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp, listeningUrl } from '../../sync-server/app.ts';
import { hashPassword } from '../../sync-server/auth/passwords.ts';
import type { OpenData } from '../../sync-server/blobs/open-data-folder.ts';
import { openTestData } from './test-data.ts';
import type { Config } from '../../sync-server/config.ts';
import type { ClientId } from '../../sync-server/protocol/ids.ts';
import type {
  Customer,
  Job,
  KindedRecord,
  Member,
  Pipeline,
  Workspace,
} from '../../sync-server/protocol/records.ts';
import type { SignInAnswer } from '../../sync-server/protocol/sync.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../sync-server/protocol/version.ts';
import {
  aClientId,
  aCustomer,
  aJob,
  aMember,
  aPipeline,
  aStatusChange,
  aWorkspace,
} from './builders.ts';
import { copiedLink } from './enter-portal.ts';
import { makeTempDir, removeTempDir } from './temp-dir.ts';

export const TEST_PASSWORD = 'a long enough password';

export interface TestOffice {
  readonly workspace: Workspace;
  /** An admin. */
  readonly mara: Member;
  readonly jonas: Member;
  /** Stages Booked (visible), Estimate (internal), Ready (visible); a number field; customers can reply. */
  readonly pipeline: Pipeline;
  /** Has `job` and `hiddenJob`. */
  readonly anna: Customer;
  /** Has no job. */
  readonly bela: Customer;
  /** In stage Booked. */
  readonly job: Job;
  /** In stage Estimate. */
  readonly hiddenJob: Job;
}

export interface TestServer {
  readonly app: FastifyInstance;
  /** Where it listens: http://127.0.0.1:PORT */
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly data: OpenData;
  readonly config: Config;
  readonly office: TestOffice;
  signIn(options?: SignInOptions): Promise<SignInAnswer>;
  /** A fresh link for a customer; Anna's unless told otherwise. */
  portalLink(customer?: Customer): Promise<string>;
  /** Stops listening and closes the database; the folder goes unless it is kept. */
  stop(options?: { keepFolder?: boolean }): Promise<void>;
}

export interface SignInOptions {
  /** Mara's unless told otherwise. */
  readonly email?: string;
  readonly password?: string;
  readonly clientId?: ClientId;
}

export interface TestServerOptions {
  /** Any free one unless told otherwise. */
  readonly port?: number;
  /** A folder that an earlier test server kept: it goes on with its data, and `office` must come along. */
  readonly folder?: string;
  readonly office?: TestOffice;
  readonly now?: () => number;
  readonly metricsToken?: string;
}

/** The headers of a signed-in device's requests. */
export function deviceHeaders(token?: string): Record<string, string> {
  const protocol = { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
  return token === undefined ? protocol : { ...protocol, authorization: `Bearer ${token}` };
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? (await makeTempDir());
  const config: Config = {
    host: '127.0.0.1',
    port: options.port ?? 0,
    dataFolder: join(folder, 'server'),
    publicUrl: null,
    timeZone: 'Europe/Berlin',
    logLevel: 'silent',
    keepDeletionsMs: 90 * 24 * 60 * 60 * 1000,
    metricsToken: options.metricsToken,
  };
  const now = options.now ?? (() => Date.now());
  const data = await openTestData(config.dataFolder);
  const office = options.office ?? (await addOffice(data));
  const app = await buildApp({ config, ...data, now });
  await app.listen({ host: config.host, port: config.port });
  const url = listeningUrl(app, config);
  return {
    app,
    url,
    port: Number(new URL(url).port),
    folder,
    data,
    config,
    office,
    signIn: (signIn = {}) => signInTo(app, { email: office.mara.email, ...signIn }),
    portalLink: ({ id } = office.anna) => {
      const { storage } = data;
      const customer = { workspaceId: office.workspace.id, customerId: id };
      return copiedLink({ storage, now }, customer, url);
    },
    stop: async ({ keepFolder = false } = {}) => {
      await app.close();
      await data.storage.close();
      if (!keepFolder) await removeTempDir(folder);
    },
  };
}

/** Hashed once for all offices of a test file: it takes long on purpose. */
const testPasswordHash = hashPassword(TEST_PASSWORD);

/** Adds an office with records and people of its own, as strangers to every other office. */
export async function addOffice(
  { storage }: Pick<OpenData, 'storage'>,
  domain = 'harbour.example',
): Promise<TestOffice> {
  const office = buildOffice(domain);
  const passwordHash = await testPasswordHash;
  await storage.createWorkspace({
    workspaceId: office.workspace.id,
    records: recordsOf(office),
    signIns: [office.mara, office.jonas].map(({ id, email }) => ({
      memberId: id,
      email,
      passwordHash,
    })),
    blobs: [],
    references: { prefix: 'J-', next: 1003 },
  });
  return office;
}

function buildOffice(domain: string): TestOffice {
  const pipeline = aPipeline();
  const [booked, estimate] = pipeline.stages;
  if (booked === undefined || estimate === undefined) throw new Error('A pipeline has stages.');
  const anna = aCustomer();
  const place = { customerId: anna.id, pipelineId: pipeline.id };
  return {
    workspace: aWorkspace(),
    mara: aMember({ role: 'admin', email: `mara@${domain}` }),
    jonas: aMember({ name: 'Jonas Ostrowski', email: `jonas@${domain}` }),
    pipeline,
    anna,
    bela: aCustomer({ name: 'Béla Nagy', emails: ['bela@nagy.example'] }),
    job: aJob({ ...place, stageId: booked.id }),
    hiddenJob: aJob({ ...place, stageId: estimate.id, reference: 'J-1002', title: 'Hail roof' }),
  };
}

function recordsOf(office: TestOffice): KindedRecord[] {
  const { workspace, mara, jonas, pipeline, anna, bela, job, hiddenJob } = office;
  return [
    { kind: 'workspace', record: workspace },
    { kind: 'member', record: mara },
    { kind: 'member', record: jonas },
    { kind: 'pipeline', record: pipeline },
    { kind: 'customer', record: anna },
    { kind: 'customer', record: bela },
    ...[job, hiddenJob].flatMap((each): KindedRecord[] => [
      { kind: 'job', record: each },
      { kind: 'entry', record: openingOf(each, office) },
    ]),
  ];
}

function openingOf(job: Job, { pipeline, mara }: TestOffice) {
  const stage = pipeline.stages.find(({ id }) => id === job.stageId);
  if (stage === undefined) throw new Error('A job stands in a stage of its pipeline.');
  return aStatusChange({
    jobId: job.id,
    audience: stage.visibleToCustomer ? 'visible' : 'internal',
    author: { kind: 'member', memberId: mara.id },
    fromStageId: null,
    fromName: null,
    toStageId: stage.id,
    toName: stage.name,
  });
}

async function signInTo(
  app: FastifyInstance,
  { email, password = TEST_PASSWORD, clientId = aClientId() }: SignInOptions,
): Promise<SignInAnswer> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in',
    headers: deviceHeaders(),
    payload: { email, password, clientId, deviceName: 'A test' },
  });
  if (answer.statusCode !== 200) throw new Error(`The sign-in was answered with ${answer.body}`);
  return answer.json<SignInAnswer>();
}
