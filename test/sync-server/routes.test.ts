// Every route of the running server, and who may call it. A route that is not in the table fails the test: whoever adds one
// decides here who gets in.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { text } from 'node:stream/consumers';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { hashToken, newToken } from '../../sync-server/auth/tokens.ts';
import type { AnyRecord } from '../../sync-server/protocol/records.ts';
import type { PullAnswer, PushResults } from '../../sync-server/protocol/sync.ts';
import {
  aClientId,
  aMemberId,
  aMutation,
  aMutationId,
  anEntryId,
  blobIdOf,
} from '../support/builders.ts';
import { enterPortal } from '../support/enter-portal.ts';
import { anUpload } from '../support/test-device.ts';
import {
  addOffice,
  deviceHeaders,
  startTestServer,
  TEST_PASSWORD,
  type TestOffice,
  type TestServer,
} from '../support/test-server.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const FILE = Buffer.from('Paint code LY7W, two litres.');
const FILE_ID = blobIdOf(FILE);
/** Begun by the device that asks, without a byte of it yet. */
const BEGUN_ID = blobIdOf('Begun and left.');
const CLIENT_ID = aClientId();
const SENT_FILE = Buffer.from('Sent by whoever asks.');
const WHOLE_FILE = Buffer.from('Sent in one piece.');

/** Added at the beginning, to be removed. */
const LEAVING = aNewMember();

const TUS = { 'tus-resumable': '1.0.0' };

type Who = 'anyone' | 'member' | 'customer';

interface RouteRule {
  readonly who: Who;
  /** A request that succeeds for whom it is meant for. */
  request(office: TestOffice): InjectOptions;
  /** What the same request, with ids of our office, is answered when it comes from another office. */
  readonly fromOtherOffice?: number;
  /** For the portal's script: answered with JSON. */
  readonly isForScript?: boolean;
  /** An answer without end: it is read by its head only. */
  readonly isStream?: boolean;
}

const RULES: Readonly<Record<string, RouteRule>> = {
  'GET /health': { who: 'anyone', request: () => ({ url: '/health' }) },
  'POST /api/auth/sign-in': {
    who: 'anyone',
    request: (office) => ({
      url: '/api/auth/sign-in',
      payload: {
        email: office.jonas.email,
        password: TEST_PASSWORD,
        clientId: aClientId(),
        deviceName: 'A test',
      },
    }),
  },
  'POST /api/auth/sign-out': { who: 'member', request: () => ({ url: '/api/auth/sign-out' }) },
  'GET /api/members': {
    who: 'member',
    request: () => ({ url: '/api/members' }),
    // With the other office's own people: see the test of members of two offices.
    fromOtherOffice: 200,
  },
  'POST /api/members': {
    who: 'member',
    request: () => ({ url: '/api/members', payload: aNewMember() }),
    // To the own office.
    fromOtherOffice: 204,
  },
  'POST /api/members/:memberId': {
    who: 'member',
    request: ({ jonas }) => ({
      url: `/api/members/${jonas.id}`,
      payload: { name: jonas.name, role: 'member' },
    }),
    fromOtherOffice: 404,
  },
  'POST /api/members/:memberId/password': {
    who: 'member',
    request: ({ jonas }) => ({
      url: `/api/members/${jonas.id}/password`,
      payload: { password: TEST_PASSWORD, signOutDevices: false },
    }),
    fromOtherOffice: 404,
  },
  'POST /api/members/:memberId/remove': {
    who: 'member',
    request: () => ({
      url: `/api/members/${LEAVING.memberId}/remove`,
      payload: { assignTo: null },
    }),
  },
  'POST /api/members/:memberId/devices/:clientId/sign-out': {
    who: 'member',
    request: ({ jonas }) => ({
      url: `/api/members/${jonas.id}/devices/${aClientId()}/sign-out`,
    }),
    fromOtherOffice: 404,
  },
  'POST /api/password': {
    who: 'member',
    request: () => ({
      url: '/api/password',
      payload: { oldPassword: TEST_PASSWORD, newPassword: TEST_PASSWORD, signOutOthers: false },
    }),
    // Everybody has a password of their own.
    fromOtherOffice: 204,
  },
  'POST /api/sync/push': {
    who: 'member',
    request: (office) => ({ url: '/api/sync/push', payload: { mutations: [aNote(office)] } }),
    // Answered mutation by mutation: see the test of what a push from another office does.
    fromOtherOffice: 200,
  },
  'GET /api/sync/pull': {
    who: 'member',
    request: () => ({ url: '/api/sync/pull' }),
    // With the other office's own records: see the test of what a pull from there gets.
    fromOtherOffice: 200,
  },
  'POST /api/presence': {
    who: 'member',
    request: ({ job }) => ({
      url: '/api/presence',
      payload: { jobs: [{ jobId: job.id, isWriting: true }] },
    }),
    // Everybody may say where they are; only the own office hears of it.
    fromOtherOffice: 204,
  },
  'GET /api/live': { who: 'member', request: () => ({ url: '/api/live' }), isStream: true },
  'POST /api/uploads': {
    who: 'member',
    request: () => anUpload(blobIdOf(SENT_FILE), SENT_FILE),
    // Everybody may send bytes to the own office.
    fromOtherOffice: 201,
  },
  'HEAD /api/uploads/:blobId': {
    who: 'member',
    request: () => ({ url: `/api/uploads/${BEGUN_ID}`, headers: { 'tus-resumable': '1.0.0' } }),
    fromOtherOffice: 404,
  },
  'PATCH /api/uploads/:blobId': {
    who: 'member',
    request: () => ({
      url: `/api/uploads/${BEGUN_ID}`,
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      payload: Buffer.alloc(0),
    }),
    fromOtherOffice: 404,
  },
  'PUT /api/blobs/:blobId': {
    who: 'member',
    request: () => ({
      url: `/api/blobs/${blobIdOf(WHOLE_FILE)}`,
      payload: WHOLE_FILE,
      headers: { 'content-type': 'application/octet-stream' },
    }),
    // Everybody may send bytes to the own office; here they come to the other one for the first time.
    fromOtherOffice: 201,
  },
  'HEAD /api/blobs/:blobId': {
    who: 'member',
    request: () => ({ url: `/api/blobs/${FILE_ID}` }),
    fromOtherOffice: 404,
  },
  'GET /api/blobs/:blobId': {
    who: 'member',
    request: () => ({ url: `/api/blobs/${FILE_ID}` }),
    fromOtherOffice: 404,
  },
  'GET /portal': { who: 'customer', request: () => ({ url: '/portal' }) },
  'GET /portal/jobs/:jobId': {
    who: 'customer',
    request: ({ job }) => ({ url: `/portal/jobs/${job.id}` }),
    fromOtherOffice: 404,
  },
  'POST /portal/jobs/:jobId/replies': {
    who: 'customer',
    request: ({ job }) => ({
      url: `/portal/jobs/${job.id}/replies`,
      payload: `text=Hello&sendToken=${anEntryId()}&formToken=${newToken()}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  },
  'POST /portal/jobs/:jobId/details': {
    who: 'customer',
    request: ({ job }) => ({
      url: `/portal/jobs/${job.id}/details`,
      payload: `formToken=${newToken()}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  },
  'POST /portal/uploads': {
    who: 'customer',
    isForScript: true,
    request: () => ({ url: '/portal/uploads', headers: TUS }),
  },
  'HEAD /portal/uploads/:blobId': {
    who: 'customer',
    isForScript: true,
    request: () => ({ url: `/portal/uploads/${FILE_ID}`, headers: TUS }),
  },
  'PATCH /portal/uploads/:blobId': {
    who: 'customer',
    isForScript: true,
    request: () => ({ url: `/portal/uploads/${FILE_ID}`, headers: TUS }),
  },
  'GET /portal/files/:attachmentId': {
    who: 'customer',
    request: () => ({ url: `/portal/files/${blobIdOf('no attachment').slice(0, 36)}` }),
  },
  'POST /portal/sign-out': { who: 'customer', request: () => ({ url: '/portal/sign-out' }) },
  'GET /portal/sessions': { who: 'customer', request: () => ({ url: '/portal/sessions' }) },
  'POST /portal/sessions/end': {
    who: 'customer',
    request: () => ({
      url: '/portal/sessions/end',
      payload: 'which=others',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  },
  'GET /portal/logo': { who: 'anyone', request: () => ({ url: '/portal/logo' }) },
  'GET /portal/enter/:token/logo': {
    who: 'anyone',
    request: () => ({ url: `/portal/enter/${newToken()}/logo` }),
  },
  'POST /portal/sign-in': {
    who: 'anyone',
    request: () => ({
      url: '/portal/sign-in',
      payload: 'email=anna%40berg.example',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  },
  'GET /portal/sign-in': { who: 'anyone', request: () => ({ url: '/portal/sign-in' }) },
  'GET /portal/enter/:token': {
    who: 'anyone',
    request: () => ({ url: `/portal/enter/${newToken()}` }),
  },
  'POST /portal/enter/:token': {
    who: 'anyone',
    request: () => ({ url: `/portal/enter/${newToken()}` }),
  },
  'GET /portal/mail/:token': {
    who: 'anyone',
    request: () => ({ url: `/portal/mail/${newToken()}` }),
  },
  'POST /portal/mail/:token': {
    who: 'anyone',
    request: () => ({ url: `/portal/mail/${newToken()}` }),
  },
  'GET /portal/mail/:token/unsubscribe': {
    who: 'anyone',
    request: () => ({ url: `/portal/mail/${newToken()}/unsubscribe` }),
  },
  'POST /portal/mail/:token/unsubscribe': {
    who: 'anyone',
    request: () => ({ url: `/portal/mail/${newToken()}/unsubscribe` }),
  },
  'GET /portal/assets/:file': {
    who: 'anyone',
    request: () => ({ url: '/portal/assets/nothing.css' }),
  },
};

function aNewMember() {
  const memberId = aMemberId();
  const email = `${memberId}@harbour.example`;
  const password = TEST_PASSWORD;
  return {
    mutationId: aMutationId(),
    memberId,
    name: 'Lena Vogt',
    email,
    role: 'member',
    password,
  };
}

function aNote({ job }: TestOffice) {
  return aMutation('post_entry', {
    jobId: job.id,
    entryId: anEntryId(),
    audience: 'internal',
    text: 'Rang the insurer.',
    attachments: [],
    seenVersion: 0,
  });
}

let server: TestServer;
let otherOffice: TestOffice;
let clockOffsetMs = 0;
const routes: string[] = [];

beforeAll(async () => {
  // Security headers are worked out on an application of their own, which serves nobody.
  const ofApps = new Map<FastifyInstance, string[]>();
  const onApp = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    const own: string[] = [];
    ofApps.set(fastify, own);
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) own.push(`${each} ${url}`);
    });
  };
  subscribe('fastify.initialization', onApp);
  server = await startTestServer({ now: () => Date.now() + clockOffsetMs });
  unsubscribe('fastify.initialization', onApp);
  routes.push(...(ofApps.get(server.app) ?? []));
  otherOffice = await addOffice(server.data, 'elsewhere.example');
  const headers = deviceHeaders(await tokenOfMember());
  await server.app.inject({ method: 'POST', url: '/api/members', payload: LEAVING, headers });
  const sent = anUpload(FILE_ID, FILE);
  await server.app.inject({ ...sent, headers: { ...sent.headers, ...headers } });
  const { payload: _left, ...begun } = anUpload(BEGUN_ID, Buffer.from('Begun and left.'));
  await server.app.inject({
    ...begun,
    headers: { ...begun.headers, ...headers, 'content-type': 'text/plain' },
  });
});
afterAll(() => server.stop());

interface Caller {
  readonly token?: string;
  readonly cookie?: string;
}

/** Sends the route's own request, with ids of our office, as this caller. */
async function call(route: string, { token, cookie }: Caller) {
  const rule = RULES[route];
  if (rule === undefined) throw new Error(`No rule for ${route}`);
  const request = rule.request(server.office);
  return server.app.inject({
    ...request,
    method: route.split(' ')[0] as 'GET',
    headers: {
      ...request.headers,
      ...deviceHeaders(token),
      ...(cookie === undefined ? {} : { cookie: `docket_portal=${cookie}` }),
    },
    ...(rule.isStream === true ? { payloadAsStream: true } : {}),
  });
}

async function sessionOfCustomer({ workspace, anna }: TestOffice): Promise<string> {
  const deps = { storage: server.data.storage, now: () => Date.now() + clockOffsetMs };
  const place = { workspaceId: workspace.id, customerId: anna.id };
  return (await enterPortal(deps, place)).sessionToken;
}

/** As a sign-in leaves it behind, without the sign-in: that has its limits, and tests of its own. */
async function tokenOfMember({ workspace, mara } = server.office): Promise<string> {
  const token = newToken();
  await server.data.storage.addDevice({
    tokenHash: hashToken(token),
    workspaceId: workspace.id,
    memberId: mara.id,
    clientId: CLIENT_ID,
    name: 'A test',
    createdAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 365 * DAY_MS).toISOString(),
  });
  return token;
}

async function signedOutToken(): Promise<string> {
  const token = await tokenOfMember();
  await call('POST /api/auth/sign-out', { token });
  return token;
}

const routesFor = (who: Who) =>
  Object.entries(RULES).flatMap(([route, rule]) => (rule.who === who ? [route] : []));

test('every route of the server is in the table of who may call it, and nothing else is', () => {
  expect(routes.length).toBeGreaterThan(15);
  expect(routes.toSorted()).toEqual(Object.keys(RULES).toSorted());
});

describe.each(routesFor('member'))('%s is for members', (route) => {
  const expectSignedOut = async (caller: Caller) => {
    const answer = await call(route, caller);
    expect(answer.statusCode).toBe(401);
    if (route.startsWith('HEAD')) return;
    const body = RULES[route]?.isStream === true ? await text(answer.stream()) : answer.body;
    expect(JSON.parse(body)).toEqual({
      error: 'signed-out',
      sentence: 'You are not signed in on this device. Sign in to go on.',
    });
  };

  it('refuses nobody', () => expectSignedOut({}));
  it('refuses a forged token', () => expectSignedOut({ token: newToken() }));
  it('refuses what is no token at all', () => expectSignedOut({ token: "' or 1=1 --" }));
  it('refuses a token that was signed out', async () =>
    expectSignedOut({ token: await signedOutToken() }));
  it('refuses a customer’s session, as a cookie and as a token', async () => {
    const session = await sessionOfCustomer(server.office);
    await expectSignedOut({ cookie: session });
    await expectSignedOut({ token: session });
  });
  it('refuses an expired token', async () => {
    const token = await tokenOfMember();
    clockOffsetMs = 400 * DAY_MS;
    try {
      await expectSignedOut({ token });
    } finally {
      clockOffsetMs = 0;
    }
  });
  it('lets a member in', async () => {
    const answer = await call(route, { token: await tokenOfMember() });
    expect(answer.statusCode).toBeLessThan(300);
    if (RULES[route]?.isStream === true) answer.stream().destroy();
  });
  it('says which version it speaks to a device that says none, an older one or a newer one', async () => {
    const token = await tokenOfMember();
    for (const [version, statusCode] of [
      [undefined, 400],
      ['0', 426],
      ['99', 426],
    ] as const) {
      const answer = await server.app.inject({
        method: route.split(' ')[0] as 'GET',
        url: RULES[route]?.request(server.office).url ?? '',
        headers: {
          authorization: `Bearer ${token}`,
          ...(version === undefined ? {} : { 'docket-protocol': version }),
        },
      });
      expect(answer.statusCode).toBe(statusCode);
    }
  });
});

describe.each(routesFor('member').filter((route) => RULES[route]?.fromOtherOffice !== undefined))(
  '%s keeps offices apart',
  (route) => {
    it('answers a member of another office as if ours were not there', async () => {
      const token = await tokenOfMember(otherOffice);
      expect((await call(route, { token })).statusCode).toBe(RULES[route]?.fromOtherOffice);
    });
  },
);

test('a push from another office finds none of our records', async () => {
  const token = await tokenOfMember(otherOffice);
  const { results } = (await call('POST /api/sync/push', { token })).json<PushResults>();
  expect(results[0]?.outcome).toMatchObject({
    kind: 'refused',
    refusal: { code: 'job-missing' },
  });
});

test('a pull from another office gets none of our records', async () => {
  const token = await tokenOfMember(otherOffice);
  const answer = (await call('GET /api/sync/pull', { token })).json<PullAnswer>();
  const ids = answer.kind === 'page' ? answer.changes.map(({ id }) => id) : [];
  expect(ids).toContain(otherOffice.job.id);
  const ours: AnyRecord[] = [server.office.job, server.office.mara, server.office.anna];
  for (const { id } of ours) expect(ids).not.toContain(id);
});

describe.each(routesFor('customer'))('%s is for customers', (route) => {
  const expectTurnedAway = async (caller: Caller) => {
    const answer = await call(route, caller);
    // Signing out without being signed in leads to the sign-in page like signing out does.
    if (route === 'POST /portal/sign-out') {
      expect(answer.statusCode).toBe(303);
      expect(answer.headers.location).toBe('/portal/sign-in');
      return;
    }
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toContain(
      RULES[route]?.isForScript === true ? 'application/json' : 'text/html',
    );
    expect(answer.body).not.toContain(server.office.job.title);
  };

  it('turns nobody away to the sign-in', () => expectTurnedAway({}));
  it('turns a forged session away', () => expectTurnedAway({ cookie: newToken() }));
  it('turns a member’s token away, as a token and as a cookie', async () => {
    const token = await tokenOfMember();
    await expectTurnedAway({ token });
    await expectTurnedAway({ cookie: token });
  });
  it('turns an expired session away', async () => {
    const cookie = await sessionOfCustomer(server.office);
    clockOffsetMs = 31 * DAY_MS;
    try {
      await expectTurnedAway({ cookie });
    } finally {
      clockOffsetMs = 0;
    }
  });
});

test('a customer of another office finds none of our jobs', async () => {
  const cookie = await sessionOfCustomer(otherOffice);
  const list = await call('GET /portal', { cookie });
  expect(list.statusCode).toBe(200);
  expect(list.body).not.toContain(server.office.job.id);
  expect((await call('GET /portal/jobs/:jobId', { cookie })).statusCode).toBe(404);
});

test('a customer reads the own job', async () => {
  const cookie = await sessionOfCustomer(server.office);
  expect((await call('GET /portal/jobs/:jobId', { cookie })).statusCode).toBe(200);
});
