// Staying signed in, one's own list of where, and asking for a link. (E1)

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sessionStep } from '../../../sync-server/auth/customer-session.ts';
import { deviceWords } from '../../../sync-server/portal/device-words.ts';
import { SESSION_COOKIE } from '../../../sync-server/portal/visitor.ts';
import type { CustomerSession } from '../../../sync-server/storage/customer-sessions.ts';
import { formsOn, formTo, type PortalBrowser, wordsOn } from '../../support/portal-browser.ts';
import { openPortalOffice, type PortalOffice, SECRET } from '../../support/portal-office.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let office: PortalOffice;
beforeEach(async () => {
  office = await openPortalOffice();
});
afterEach(() => office.close());

const tokenOf = (browser: PortalBrowser) => browser.cookies.get(SESSION_COOKIE) ?? '';
function withToken(token: string): PortalBrowser {
  const browser = office.browser();
  browser.cookies.set(SESSION_COOKIE, token);
  return browser;
}

describe('(E1) a session', () => {
  test('gets a new token every day, and the old one is worth nothing once the new one came', async () => {
    const anna = await office.signedIn();
    const old = tokenOf(anna);
    office.pass(DAY_MS - MINUTE_MS);
    await anna.get('/portal');
    expect(tokenOf(anna)).toBe(old);
    office.pass(2 * MINUTE_MS);
    await anna.get('/portal');
    expect(tokenOf(anna)).not.toBe(old);
    expect((await anna.get('/portal')).statusCode).toBe(200);
    expect((await withToken(old).get('/portal')).statusCode).toBe(200);
    office.pass(2 * MINUTE_MS);
    expect((await withToken(old).get('/portal')).statusCode).toBe(401);
    expect((await anna.get('/portal')).statusCode).toBe(200);
  });

  test('goes on where the answer with the new token was lost', async () => {
    const anna = await office.signedIn();
    const old = tokenOf(anna);
    office.pass(DAY_MS + MINUTE_MS);
    await anna.get('/portal');
    office.pass(10 * DAY_MS);
    const again = withToken(old);
    expect((await again.get('/portal')).statusCode).toBe(200);
    expect(tokenOf(again)).not.toBe(old);
    expect((await again.get('/portal')).statusCode).toBe(200);
  });

  test('keeps the forms of pages that were open when its token changed', async () => {
    const anna = await office.signedIn();
    const path = `/portal/jobs/${office.records.jobs.golf.id}`;
    const form = formTo((await anna.get(path)).body, 'replies');
    office.pass(DAY_MS + MINUTE_MS);
    await anna.get('/portal');
    const sent = await anna.post(form.action, { ...form.fields, text: 'From the old page' });
    expect(sent.statusCode).toBe(303);
  });

  const session: CustomerSession = {
    id: 'one',
    workspaceId: '' as never,
    customerId: '' as never,
    tokenHash: 'now',
    tokenSince: '2026-11-12T11:00:00.000Z',
    previousHash: 'before',
    previousUntil: null,
    device: '',
    createdAt: '2026-11-01T11:00:00.000Z',
    lastUsedAt: '2026-11-12T11:00:00.000Z',
    expiresAt: '2026-12-01T11:00:00.000Z',
  };
  const at = (minutes: number) => Date.parse(session.tokenSince) + minutes * MINUTE_MS;
  test.each([
    ['the new token comes for the first time', session, 'now', 1, 'note'],
    ['another page of the browser still has the old token', session, 'before', 0.5, 'stay'],
    ['the old token comes again long after', session, 'before', 5, 'renew'],
    [
      'the old token comes in its last minute',
      { ...session, previousUntil: '2026-11-12T11:02:00.000Z' },
      'before',
      1.5,
      'stay',
    ],
    ['nothing is due', { ...session, previousHash: null }, 'now', 4, 'stay'],
    ['it was not used for a while', { ...session, previousHash: null }, 'now', 6, 'note'],
    ['a day has passed', { ...session, previousHash: null }, 'now', 1441, 'renew'],
  ] as const)('where %s', (_, stands, presented, minutes, kind) => {
    expect(sessionStep(stands, presented, at(minutes)).kind).toBe(kind);
  });

  test.each([
    ['the old token', session, 'before', 0.5],
    [
      'the old token in its last minute',
      { ...session, previousUntil: '2026-11-12T11:02:00.000Z' },
      'before',
      1.5,
    ],
    ['a token in use', { ...session, previousHash: null }, 'now', 4],
    [
      'a token on its last day',
      { ...session, previousHash: null, lastUsedAt: '2026-11-13T10:58:00.000Z' },
      'now',
      1439,
    ],
  ] as const)(
    '%s has something due when it says so, and not before',
    (_, stands, presented, minutes) => {
      const step = sessionStep(stands, presented, at(minutes));
      if (step.kind !== 'stay') throw new Error('Something is due already.');
      expect(step.untilMs).toBeGreaterThan(at(minutes));
      expect(sessionStep(stands, presented, step.untilMs - 1).kind).toBe('stay');
      const isGone = stands.previousUntil !== null;
      if (!isGone) expect(sessionStep(stands, presented, step.untilMs + 1).kind).not.toBe('stay');
    },
  );
});

describe('(E1) where one is signed in', () => {
  test('shows each device and when it was used, and signs out there at once', async () => {
    const phone = await office.signedIn();
    office.pass(DAY_MS);
    const desk = await office.signedIn();
    const list = await desk.get('/portal/sessions');
    expect(wordsOn(list.body)).toMatch(/This device.*Last used 11:00/);
    const [other] = formsOn(list.body).filter(({ action }) => action.includes('/sessions/end'));
    const ended = await desk.post(other?.action ?? '', other?.fields ?? {});
    expect(ended.statusCode).toBe(303);
    expect(wordsOn((await desk.follow(ended)).body)).toContain('Signed out there.');
    expect((await phone.get('/portal')).statusCode).toBe(401);
    expect((await desk.get('/portal')).statusCode).toBe(200);
  });

  test('signs out everywhere else in one go', async () => {
    const [desk, ...others] = [
      await office.signedIn(),
      await office.signedIn(),
      await office.signedIn(),
    ];
    const { fields } = formTo((await desk.get('/portal/sessions')).body, '/sessions/end');
    await desk.post('/portal/sessions/end', { ...fields, which: 'others' });
    for (const other of others) expect((await other.get('/portal')).statusCode).toBe(401);
    expect((await desk.get('/portal')).statusCode).toBe(200);
  });

  test('[V2] nobody sees or ends a session of somebody else, and no token or id is on the page', async () => {
    const anna = await office.signedIn();
    const yusuf = await office.signedIn(office.records.yusuf.id);
    await office.signedIn();
    const list = await anna.get('/portal/sessions');
    const handles = [...list.body.matchAll(/name="which" value="([^"]+)"/g)].map(
      ([, which]) => which,
    );
    const { fields } = formTo((await yusuf.get('/portal/sessions')).body, 'sign-out');
    for (const which of [...handles, 'made-up']) {
      const answer = await yusuf.post('/portal/sessions/end', { ...fields, which: which ?? '' });
      expect(answer.headers.location).toBe('/portal/sessions?ended=1');
    }
    expect((await anna.get('/portal')).statusCode).toBe(200);
    expect(list.body).not.toContain(tokenOf(anna));
    expect(list.body).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  test('a forged form ends nothing', async () => {
    const [anna, phone] = [await office.signedIn(), await office.signedIn()];
    const { fields } = formTo((await anna.get('/portal/sessions')).body, '/sessions/end');
    const end = (more: Record<string, string>, headers = {}) =>
      anna.post('/portal/sessions/end', { ...fields, which: 'others', ...more }, headers);
    expect((await end({ formToken: 'made-up' })).statusCode).toBe(403);
    expect((await end({}, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await phone.get('/portal')).statusCode).toBe(200);
  });

  test.each([
    [
      'Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile Safari/604.1',
      'Safari on iPhone',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0',
      'Edge on Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0', 'Firefox on Linux'],
    ['<script>alert(1)</script>', 'A browser'],
    [undefined, 'A browser'],
  ])('%s is called %s', (agent, words) => {
    expect(deviceWords(agent)).toBe(words);
  });
});

describe('(E1) asking for a link', () => {
  const ask = (email: string, headers = {}) =>
    office.browser().post('/portal/sign-in', { email }, headers);
  const known = () => office.records.anna.emails[0] ?? '';
  const queued = async () => {
    const { workspace, anna } = office.records;
    const of = { workspaceId: workspace.id, customerId: anna.id, to: known() };
    return office.storage.mails.countSignInMails(of, '2026-01-01T00:00:00.000Z');
  };

  test('[V2] a known and an unknown address get the same answer, byte for byte, before anything is looked up', async () => {
    const lookUp = vi.spyOn(office.storage, 'customersByEmail');
    let didAnswer = false;
    lookUp.mockImplementation(async () => {
      await vi.waitFor(() => expect(didAnswer).toBe(true));
      return [];
    });
    const unknown = await ask('nobody@nowhere.example');
    didAnswer = true;
    await vi.waitFor(() => expect(lookUp).toHaveBeenCalledOnce());
    lookUp.mockRestore();
    const answer = await ask(known().toUpperCase());
    const steady = ({ headers, ...rest }: typeof answer) => {
      const { date: _, ...others } = headers;
      return { ...rest, headers: others };
    };
    expect(answer.statusCode).toBe(200);
    expect(steady(answer)).toEqual(steady(unknown));
    expect(answer.body).not.toContain(SECRET);
    await vi.waitFor(async () => expect(await queued()).toBe(1));
  });

  test('what is no address is said so, and asking from another website does nothing', async () => {
    const answer = await ask('anna at home');
    expect(answer.statusCode).toBe(422);
    expect(wordsOn(answer.body)).toContain('This is not an email address.');
    expect(formTo(answer.body, 'sign-in').fields.email).toBe('anna at home');
    expect((await ask(known(), { origin: 'https://evil.example' })).statusCode).toBe(403);
    await office.app.close();
    expect(await queued()).toBe(0);
  });

  test('whoever asks too often waits, whatever they ask for', async () => {
    const statuses: number[] = [];
    for (let number = 0; number < 11; number += 1)
      statuses.push((await ask(`n${number}@nowhere.example`)).statusCode);
    expect(statuses.slice(0, 10).every((status) => status === 200)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    expect((await ask(known())).statusCode).toBe(429);
  });
});
