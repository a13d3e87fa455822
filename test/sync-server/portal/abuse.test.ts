// What people with bad intentions try, and where it ends. docs/security.md names these tests.

import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SIGN_INS_PER_ACCOUNT } from '../../../sync-server/auth/rate-limit.ts';
import { newToken } from '../../../sync-server/auth/tokens.ts';
import type { KindedRecord } from '../../../sync-server/protocol/records.ts';
import { aClientId, aMutationId, anEntryId } from '../../support/builders.ts';
import { formTo, type PortalBrowser } from '../../support/portal-browser.ts';
import { openPortalOffice, type PortalOffice } from '../../support/portal-office.ts';
import { deviceHeaders } from '../../support/test-server.ts';

let office: PortalOffice;
let anna: PortalBrowser;
beforeEach(async () => {
  office = await openPortalOffice();
  anna = await office.signedIn();
});
afterEach(() => office.close());

const golfPath = () => `/portal/jobs/${office.records.jobs.golf.id}`;
async function put(...puts: KindedRecord[]): Promise<void> {
  await office.storage.transact(office.records.workspace.id, async (transaction) => {
    transaction.settle({ id: aMutationId(), actorKey: 'test' }, { kind: 'applied', puts });
    await Promise.resolve();
  });
}

const EVIL = `"><img src=x onerror=alert(1)>'\`</textarea></title><script>alert(2)</script>`;

describe('script in what people write', () => {
  test('is text on every page, whoever wrote it and wherever it stands', async () => {
    const { workspace, jonas, anna: customer, jobs, pipeline, fields } = office.records;
    const [first, ...otherFields] = pipeline.fields;
    if (first === undefined) throw new Error('The pipeline has fields.');
    await put(
      { kind: 'workspace', record: { ...workspace, name: EVIL } },
      { kind: 'member', record: { ...jonas, name: EVIL } },
      { kind: 'customer', record: { ...customer, name: EVIL } },
      { kind: 'job', record: { ...jobs.golf, title: EVIL, form: { [fields.claim.id]: EVIL } } },
      {
        kind: 'pipeline',
        record: {
          ...pipeline,
          stages: pipeline.stages.map((stage) => ({ ...stage, name: EVIL })),
          fields: [
            first,
            ...otherFields.map((field) => ({ ...field, label: EVIL, choices: [EVIL] })),
          ],
        },
      },
    );
    await office.say(jobs.golf.id, 'visible', EVIL);
    const form = formTo((await anna.get(golfPath())).body, 'replies');
    await anna.postFiles(form.action, { ...form.fields, text: EVIL }, [
      { name: `${EVIL}.txt`, bytes: Buffer.from('One') },
    ]);
    const details = formTo((await anna.get(golfPath())).body, 'details');
    const answers = [
      await anna.get('/portal'),
      await anna.get(golfPath()),
      await anna.get('/portal/sessions', { 'user-agent': EVIL }),
      await anna.get(`/portal/jobs/${encodeURIComponent(EVIL)}`),
      await anna.post(form.action, { ...form.fields, text: EVIL, sendToken: 'x' }),
      await anna.post(details.action, { ...details.fields, [`now-${fields.mileage.id}`]: EVIL }),
      await anna.post('/portal/sign-in', { email: EVIL }),
      await office.browser().get(await office.link()),
    ];
    for (const { body } of answers) {
      expect(body).toContain('<!doctype html>');
      expect(body).not.toContain('<img src=x');
      expect(body).not.toContain('<script>alert');
      expect(body.match(/<script/g)).toHaveLength(1);
      expect(body.match(/<\/title>/g)).toHaveLength(1);
    }
    expect(answers[1]?.body).toContain('&lt;img src=x');
  });
});

describe('headers', () => {
  const PAGES = [
    '/portal',
    '/portal/sign-in',
    '/portal/sessions',
    '/portal/nowhere',
    '/portal/enter/x',
  ];

  test('of every page forbid foreign and inline script, framing, sniffing and keeping', async () => {
    for (const path of [...PAGES, golfPath()]) {
      const { headers } = await anna.get(path);
      const policy = String(headers['content-security-policy']);
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).toContain("script-src 'self'");
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(policy, path).toContain("form-action 'self'");
      expect(policy, path).toContain("base-uri 'none'");
      expect(policy, path).not.toMatch(/unsafe|data:|\*|http/);
      expect(headers, path).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(headers['x-powered-by'], path).toBeUndefined();
      expect(headers.server, path).toBeUndefined();
      expect(headers.etag, path).toBeUndefined();
      expect(headers['last-modified'], path).toBeUndefined();
    }
  });

  test('cannot be written by a name of a file, an address or a form', async () => {
    const form = formTo((await anna.get(golfPath())).body, 'replies');
    await anna.postFiles(form.action, { ...form.fields, text: '' }, [
      { name: 'a\r\nSet-Cookie: evil=1\r\n\r\n<html>.txt', bytes: Buffer.from('x') },
    ]);
    const page = (await anna.get(golfPath())).body;
    const path = /href="([^"]+)" download aria-label="Download a Set-Cookie/.exec(page)?.[1] ?? '';
    const { headers, statusCode } = await anna.get(path);
    expect(statusCode).toBe(200);
    expect(headers['set-cookie']).toBeUndefined();
    expect(String(headers['content-disposition'])).not.toMatch(/[\r\n]/);
    const moved = await anna.get('/portal/enter/x%0d%0aSet-Cookie:%20evil=1?job=%0d%0aX:%201');
    expect(moved.headers['set-cookie']).toBeUndefined();
  });
});

describe('paths', () => {
  test.each([
    '/portal/assets/..%2f..%2fpackage.json',
    '/portal/assets/../../package.json',
    '/portal/assets/%2e%2e/%2e%2e/etc/passwd',
    '/portal/files/..%2f..%2f..%2fserver.sqlite',
    '/portal/files/%00',
    '/portal/jobs/..%2fsessions',
    '/portal/uploads/..%2f..%2fserver.sqlite',
    '/portal/../api/sync/pull',
    '/portal//evil.example',
    '/portal/%c0%ae%c0%ae/',
  ])('%s leads nowhere', async (path) => {
    const answer = await anna.get(path);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.body).not.toMatch(/root:|SQLite|"dependencies"/);
  });

  test('a link leads to no other website, whatever it says', async () => {
    const link = await office.link();
    for (const job of ['//evil.example', 'https://evil.example', '../../evil']) {
      const entered = await anna.post(`${link}?job=${encodeURIComponent(job)}`, {});
      expect(entered.headers.location).toBe('/portal');
    }
  });
});

describe('guessing', () => {
  test('10,000 guesses at one account’s password, from 500 addresses, reach it at most 100 times in 15 minutes', async () => {
    const guess = (number: number) =>
      office.app.inject({
        method: 'POST',
        url: '/api/auth/sign-in',
        remoteAddress: `10.0.${number % 4}.${number % 250}`,
        headers: deviceHeaders(),
        payload: {
          email: office.records.jonas.email,
          password: `password ${number}`,
          clientId: aClientId(),
          deviceName: 'A guesser',
        },
      });
    const lookUps = vi.spyOn(office.storage, 'signInByEmail');
    const statuses = new Map<number, number>();
    for (let number = 0; number < 10_000; number += 1) {
      const { statusCode } = await guess(number);
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
    }
    expect(lookUps.mock.calls.length).toBeLessThanOrEqual(SIGN_INS_PER_ACCOUNT);
    expect(statuses.get(429)).toBe(10_000 - lookUps.mock.calls.length);
    expect(statuses.get(200)).toBeUndefined();
  }, 90_000);

  test('links are looked up sixty times a minute for one address, and then not at all', async () => {
    const lookUps = vi.spyOn(office.storage, 'linkByToken');
    for (let number = 0; number < 1000; number += 1) await anna.get(`/portal/enter/${newToken()}`);
    expect(lookUps.mock.calls.length).toBeLessThanOrEqual(60);
  });
});

describe('bodies', () => {
  test('a form with more files than may be is refused before it is read', async () => {
    const answer = await office.app.inject({
      method: 'POST',
      url: `${golfPath()}/replies`,
      headers: {
        host: 'portal.test',
        origin: 'http://portal.test',
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': String(300 * 1024 * 1024),
      },
      cookies: Object.fromEntries(anna.cookies),
      payload: '--b--',
    });
    expect(answer.statusCode).toBe(413);
    expect(answer.body).toContain('more than 200 MB');
  });

  test('a body that stops coming is cut off', async () => {
    expect(office.app.server.timeout).toBe(60_000);
    expect(office.app.server.requestTimeout).toBe(15 * 60_000);
    await office.app.listen({ host: '127.0.0.1', port: 0 });
    office.app.server.setTimeout(100);
    const { port } = office.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `POST ${golfPath()}/replies HTTP/1.1\r\nhost: portal.test\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 1000\r\n\r\ntext=`,
    );
    await new Promise<void>((resolve) => socket.once('close', () => resolve()));
    expect(socket.destroyed).toBe(true);
  });
});

describe('forms of other websites', () => {
  test('change nothing anywhere, with the customer’s cookie and without their token', async () => {
    const list = (await anna.get('/portal')).body;
    const out = formTo(list, 'sign-out');
    const before = await office.storage.headVersion(office.records.workspace.id);
    const token = { formToken: out.fields.formToken ?? '' };
    const forms: [string, Record<string, string>][] = [
      ['/portal/sign-out', token],
      ['/portal/sessions/end', { ...token, which: 'others' }],
      [`${golfPath()}/replies`, { ...token, sendToken: 'x'.repeat(22), text: 'Forged' }],
      [`${golfPath()}/details`, token],
      ['/portal/sign-in', { email: 'anna@berg.example' }],
      [await office.link(), {}],
    ];
    for (const [path, fields] of forms) {
      const foreign = await anna.post(path, fields, {
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
      });
      expect(foreign.statusCode, path).toBe(403);
      if (!('formToken' in fields)) continue;
      const forged = await anna.post(path, { ...fields, formToken: newToken() });
      expect(forged.statusCode, path).toBe(403);
    }
    expect((await anna.get('/portal')).statusCode).toBe(200);
    const after = await office.storage.headVersion(office.records.workspace.id);
    // The one link that was made, and nothing else.
    expect((after ?? 0) - (before ?? 0)).toBe(1);
  });

  test('no route of the portal changes anything by being looked at', async () => {
    const before = await office.storage.headVersion(office.records.workspace.id);
    for (const path of ['/portal', '/portal/sign-out', '/portal/sessions', '/portal/sessions/end'])
      await anna.get(path);
    expect(await office.storage.headVersion(office.records.workspace.id)).toBe(before);
    expect((await anna.get('/portal')).statusCode).toBe(200);
  });
});

test('a push cannot pretend to be a customer', async () => {
  const args = { jobId: office.records.jobs.golf.id, entryId: anEntryId(), text: 'As Anna' };
  for (const name of ['customer_reply', 'customer_upload', 'customer_save_form'] as const)
    expect(await office.staff(name as never, args as never)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'not-allowed' },
    });
});
