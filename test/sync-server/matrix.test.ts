// Every route of the running server × everybody who may call it × whatever they may ask for. What a caller may not have is
// answered byte for byte as if it were not there, after the same questions to the storage. (E7) [V1, V2]

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hashToken, newToken } from '../../sync-server/auth/tokens.ts';
import type { WorkspaceId } from '../../sync-server/protocol/ids.ts';
import type { Member } from '../../sync-server/protocol/records.ts';
import { aClientId, aMutation, anEntryId } from '../support/builders.ts';
import { formTo, type PortalAnswer, type PortalBrowser } from '../support/portal-browser.ts';
import { openPortalOffice, type PortalOffice } from '../support/portal-office.ts';
import { addOffice, deviceHeaders, type TestOffice } from '../support/test-server.ts';

const NOWHERE = '01900000-0000-7000-8000-000000000000';

let office: PortalOffice;
let otherOffice: TestOffice;
let routes: readonly string[];
beforeAll(async () => {
  const found: string[] = [];
  const onApp = (message: unknown) => {
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) found.push(`${each} ${url}`);
    });
  };
  subscribe('fastify.initialization', onApp);
  office = await openPortalOffice();
  unsubscribe('fastify.initialization', onApp);
  routes = found;
  otherOffice = await addOffice({ storage: office.storage }, 'elsewhere.example');
});
afterAll(() => office.close());

/** What an address or a form can name, and where in the office's records such a thing is. */
type Thing = 'visible' | 'internal' | 'foreign' | 'other office' | 'absent';
const THINGS: readonly Thing[] = ['visible', 'internal', 'foreign', 'other office', 'absent'];

function jobNamed(thing: Thing): string {
  const { jobs } = office.records;
  switch (thing) {
    case 'visible':
      return jobs.golf.id;
    case 'internal':
      return jobs.hidden.id;
    case 'foreign':
      return jobs.yusufs.id;
    case 'other office':
      return otherOffice.job.id;
    case 'absent':
      return NOWHERE;
  }
}

function fileNamed(thing: Thing): string {
  const { files } = office.records;
  switch (thing) {
    case 'visible':
      return files.photo.id;
    case 'internal':
      return files.costs.id;
    case 'foreign':
      return files.yusufs.id;
    case 'other office':
    case 'absent':
      return NOWHERE;
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
interface Asked {
  readonly thing: Thing;
  readonly formToken: string;
}

/** How each route that names a thing is asked for one. A route without parameters asks for nothing in particular. */
const REQUESTS: Readonly<
  Record<string, (asked: Asked) => Parameters<PortalBrowser['request']>[1]>
> = {
  'GET /portal/jobs/:jobId': ({ thing }) => ({ url: `/portal/jobs/${jobNamed(thing)}` }),
  'POST /portal/jobs/:jobId/replies': ({ thing, formToken }) => ({
    url: `/portal/jobs/${jobNamed(thing)}/replies`,
    payload: new URLSearchParams({ formToken, sendToken: 'x'.repeat(22), text: 'Hi' }).toString(),
    headers: FORM,
  }),
  'POST /portal/jobs/:jobId/details': ({ thing, formToken }) => ({
    url: `/portal/jobs/${jobNamed(thing)}/details`,
    payload: new URLSearchParams({ formToken, sendToken: 'x'.repeat(22) }).toString(),
    headers: FORM,
  }),
  'GET /portal/files/:attachmentId': ({ thing }) => ({ url: `/portal/files/${fileNamed(thing)}` }),
  'POST /portal/uploads': ({ thing, formToken }) => ({
    url: '/portal/uploads',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': '5',
      'upload-metadata': `sha256 ${Buffer.from('0'.repeat(64)).toString('base64')}`,
      'docket-form': formToken,
      'docket-job': jobNamed(thing),
    },
  }),
  'POST /portal/sessions/end': ({ formToken }) => ({
    url: '/portal/sessions/end',
    payload: new URLSearchParams({ formToken, which: 'nobody’s' }).toString(),
    headers: FORM,
  }),
};

type Who = 'nobody' | 'own customer' | 'other customer' | 'customer elsewhere' | 'signed out';
type Staff = 'member' | 'admin' | 'revoked device';

async function browserOf(who: Who): Promise<PortalBrowser> {
  switch (who) {
    case 'nobody':
      return office.browser();
    case 'own customer':
      return office.signedIn();
    case 'other customer':
      return office.signedIn(office.records.yusuf.id);
    case 'customer elsewhere':
      return office.signedInElsewhere(otherOffice.workspace.id, otherOffice.bela.id);
    case 'signed out': {
      const browser = await office.signedIn();
      const kept = new Map(browser.cookies);
      const { action, fields } = formTo((await browser.get('/portal')).body, 'sign-out');
      await browser.post(action, fields);
      for (const [name, value] of kept) browser.cookies.set(name, value);
      return browser;
    }
  }
}

async function tokenOf(staff: Staff): Promise<string> {
  const token = newToken();
  await office.storage.addDevice({
    tokenHash: hashToken(token),
    workspaceId: office.records.workspace.id,
    memberId: (staff === 'admin' ? office.records.mara : office.records.jonas).id,
    clientId: aClientId(),
    name: 'A test',
    createdAt: '2026-11-01T00:00:00.000Z',
    expiresAt: '2027-11-01T00:00:00.000Z',
  });
  if (staff === 'revoked device')
    await office.storage.revokeDevice(hashToken(token), '2026-11-02T00:00:00.000Z');
  return token;
}

/** One request, with what its answering asked of the storage. */
async function ask(browser: PortalBrowser, route: string, thing: Thing) {
  const [method = ''] = route.split(' ');
  const formToken = await formTokenOf(browser);
  const request = REQUESTS[route]?.({ thing, formToken });
  if (request === undefined) throw new Error(`${route} is not in the table.`);
  const work = recordWork(thing);
  try {
    const answer = await browser.request(method, request);
    return { answer: steady(answer, thing), work: work.recorded() };
  } finally {
    work.stop();
  }
}

async function formTokenOf(browser: PortalBrowser): Promise<string> {
  const { body, statusCode } = await browser.get('/portal');
  return statusCode === 200 ? (formTo(body, 'sign-out').fields.formToken ?? '') : 'none';
}

/**
 * Every question to the storage in its order: which, with what, and how many rows came back. What asks the same and reads as much
 * takes the same class of time. (npm run bench -- portal prints how long each takes.)
 */
function recordWork(thing: Thing) {
  const work: string[] = [];
  const asked = new RegExp(`${jobNamed(thing)}|${fileNamed(thing)}`, 'g');
  const spies = (
    [
      'recordById',
      'recordsOfKind',
      'entriesOfJob',
      'attachmentsOfJob',
      'visibleFileOn',
      'jobsOfCustomer',
      'transact',
      'blob',
      'blobFor',
      'broughtBlob',
      'cleanedBlob',
    ] as const
  ).map((name) => {
    const original = office.storage[name].bind(office.storage) as (...args: never[]) => unknown;
    return vi.spyOn(office.storage, name).mockImplementation((async (...args: never[]) => {
      const words = JSON.stringify(args.filter((arg) => typeof arg !== 'function'));
      const place = work.push('') - 1;
      const rows = await original(...args);
      const count = Array.isArray(rows) ? rows.length : Number(rows !== undefined);
      work[place] = `${name} ${words.replace(asked, 'ID')}: ${count}`;
      return rows;
    }) as never);
  });
  return {
    recorded: () => work,
    stop: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}

/** Without the time, without what counts requests, and without the address that was asked for itself. */
function steady({ statusCode, headers, body }: PortalAnswer, thing: Thing) {
  const others = Object.entries(headers).filter(([name]) => !/^(date|x-ratelimit)/.test(name));
  const asked = new RegExp(`${jobNamed(thing)}|${fileNamed(thing)}`, 'g');
  return { statusCode, headers: Object.fromEntries(others), body: body.replace(asked, 'ID') };
}

const naming = Object.keys(REQUESTS).filter((route) => /:(jobId|attachmentId)|uploads/.test(route));

test('every portal route with a parameter that names a record is in the matrix', () => {
  const unnamed = routes
    .filter((route) => / \/portal/.test(route) && /:(?!token|file$)/.test(route))
    // Its parameter is the hash of what this customer sends; see the tests of uploads.
    .filter((route) => !route.includes('/uploads/'));
  expect(unnamed.toSorted()).toEqual(naming.filter((route) => route.includes(':')).toSorted());
});

describe.each(naming)('%s', (route) => {
  describe.each<Who>(['own customer', 'other customer', 'customer elsewhere'])(
    '[V2] for %s',
    (who) => {
      test('answers what they may not have as what is not there, in bytes, in questions asked and in rows read', async () => {
        const browser = await browserOf(who);
        const mayHave: Thing = who === 'own customer' ? 'visible' : 'foreign';
        const absent = await ask(browser, route, 'absent');
        expect(absent.answer.statusCode).toBe(404);
        expect(absent.work.length).toBeGreaterThan(1);
        for (const thing of THINGS) {
          if (thing === mayHave && who !== 'customer elsewhere') continue;
          if (thing === 'other office' && who === 'customer elsewhere') continue;
          expect(await ask(browser, route, thing), thing).toEqual(absent);
        }
      });
    },
  );

  test('lets the own customer in', async () => {
    const { answer } = await ask(await browserOf('own customer'), route, 'visible');
    expect(answer.statusCode).toBeLessThan(400);
  });

  test.each<Who>(['nobody', 'signed out'])(
    '[V2] answers %s the same whatever is asked for',
    async (who) => {
      const browser = await browserOf(who);
      const absent = await ask(browser, route, 'absent');
      expect(absent.answer.statusCode).toBe(401);
      for (const thing of THINGS) expect(await ask(browser, route, thing), thing).toEqual(absent);
    },
  );

  test.each<Staff>(['member', 'admin', 'revoked device'])(
    'takes the token of a %s for nobody',
    async (staff) => {
      const browser = office.browser();
      const nobody = await ask(browser, route, 'visible');
      browser.cookies.set('docket_portal', await tokenOf(staff));
      expect((await ask(browser, route, 'visible')).answer).toEqual(nobody.answer);
    },
  );
});

describe('staff routes', () => {
  const staffRoutes = () =>
    routes.filter((route) => / \/api\//.test(route) && !/sign-in$/.test(route));

  test('are closed to customers, to nobody and to revoked devices, with one answer each', async () => {
    const session = (await browserOf('own customer')).cookies.get('docket_portal') ?? '';
    const revoked = await tokenOf('revoked device');
    expect(staffRoutes().length).toBeGreaterThan(8);
    for (const route of staffRoutes()) {
      const [method = '', path = ''] = route.split(' ');
      const url = path.replace(/:\w+/, '0'.repeat(64));
      const answers = [];
      for (const token of [undefined, session, revoked, newToken()])
        answers.push(
          await office.app.inject({
            method: method as 'GET',
            url,
            headers: { ...deviceHeaders(token), cookie: `docket_portal=${session}` },
          }),
        );
      for (const answer of answers) {
        expect(answer.statusCode, route).toBe(401);
        expect(answer.body, route).toBe(answers[0]?.body);
      }
    }
  });

  test('[J2] find nothing of another office, whoever asks there', async () => {
    const push = async (member: Member, workspaceId: WorkspaceId, jobId: string) => {
      const token = newToken();
      await office.storage.addDevice({
        tokenHash: hashToken(token),
        workspaceId,
        memberId: member.id,
        clientId: aClientId(),
        name: 'A test',
        createdAt: '2026-11-01T00:00:00.000Z',
        expiresAt: '2027-11-01T00:00:00.000Z',
      });
      const args = {
        jobId,
        entryId: anEntryId(),
        audience: 'internal',
        text: 'x',
        attachments: [],
        seenVersion: 0,
      };
      const answer = await office.app.inject({
        method: 'POST',
        url: '/api/sync/push',
        headers: deviceHeaders(token),
        payload: { mutations: [aMutation('post_entry', args as never)] },
      });
      return answer.json<{ results: { outcome: unknown }[] }>().results[0]?.outcome;
    };
    const { mara, workspace } = otherOffice;
    const foreign = await push(mara, workspace.id, office.records.jobs.golf.id);
    expect(foreign).toMatchObject({ kind: 'refused', refusal: { code: 'job-missing' } });
    expect(foreign).toEqual(await push(mara, workspace.id, NOWHERE));
  });
});
