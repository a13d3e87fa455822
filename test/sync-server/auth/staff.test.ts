import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SIGN_INS_PER_ADDRESS, SIGN_INS_PER_EMAIL } from '../../../sync-server/auth/rate-limit.ts';
import type { SignInAnswer } from '../../../sync-server/protocol/sync.ts';
import { aClientId } from '../../support/builders.ts';
import { signInDevice } from '../../support/test-device.ts';
import {
  deviceHeaders,
  startTestServer,
  TEST_PASSWORD,
  type TestServer,
} from '../../support/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

const signIn = (overrides: Record<string, unknown> = {}) =>
  server.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in',
    headers: deviceHeaders(),
    payload: {
      email: server.office.mara.email,
      password: TEST_PASSWORD,
      clientId: aClientId(),
      deviceName: 'Mara’s laptop',
      ...overrides,
    },
  });

describe('(J1) signing in', () => {
  it('answers with a token, the office and the member, whatever the case of the email', async () => {
    const answer = await signIn({ email: server.office.mara.email.toUpperCase() });
    expect(answer.statusCode).toBe(200);
    const { token, ...rest } = answer.json<SignInAnswer>();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(rest).toEqual({ workspace: server.office.workspace, member: server.office.mara });
  });

  it('[V2] an unknown email and a wrong password get the very same answer', async () => {
    const wrong = await signIn({ password: 'wrong' });
    const unknown = await signIn({ email: 'nobody@harbour.example' });
    expect(wrong.statusCode).toBe(401);
    expect(unknown.statusCode).toBe(401);
    expect(unknown.body).toBe(wrong.body);
    expect(wrong.json()).toEqual({
      error: 'sign-in-wrong',
      sentence: 'This email and password do not go together. Check both and try again.',
    });
  });

  it('refuses what is no sign-in', async () => {
    for (const wrong of [
      { email: 'not an email' },
      { password: '' },
      { password: 'x'.repeat(201) },
      { clientId: '1' },
      { role: 'admin' },
      { email: { $ne: '' } },
    ])
      expect((await signIn(wrong)).statusCode).toBe(400);
    expect((await signIn({ password: 'x'.repeat(1_000_000) })).statusCode).toBe(413);
  });

  it('guessing one email’s password is stopped, and others still get in', async () => {
    for (let tries = 0; tries < SIGN_INS_PER_EMAIL; tries += 1)
      expect((await signIn({ password: 'wrong' })).statusCode).toBe(401);
    const stopped = await signIn();
    expect(stopped.statusCode).toBe(429);
    expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0);
    expect(stopped.json()).toEqual({
      error: 'too-many-tries',
      sentence: 'Too many tries. Wait a minute, then try again.',
    });
    expect((await signIn({ email: server.office.mara.email.toUpperCase() })).statusCode).toBe(429);
    expect((await signIn({ email: server.office.jonas.email })).statusCode).toBe(200);
  });

  it('guessing over many emails from one address is stopped', async () => {
    const answers = [];
    for (let tries = 0; tries <= SIGN_INS_PER_ADDRESS; tries += 1)
      answers.push((await signIn({ email: `m${tries}@harbour.example` })).statusCode);
    expect(answers.slice(0, -1).every((statusCode) => statusCode === 401)).toBe(true);
    expect(answers.at(-1)).toBe(429);
  });

  it('the server keeps no token and no password that could be used', async () => {
    const { token } = await signInDevice(server);
    const database = new Database(join(server.config.dataFolder, 'server.sqlite'));
    const rows = ['device', 'sign_in'].flatMap((table) =>
      database.prepare(`select * from ${table}`).all(),
    );
    database.close();
    expect(rows.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(TEST_PASSWORD);
  });
});

describe('(J1) signing out', () => {
  it('ends this device’s token and no other', async () => {
    const first = await signInDevice(server);
    const second = await signInDevice(server);
    const signOut = () =>
      server.app.inject({ method: 'POST', url: '/api/auth/sign-out', headers: first.headers });
    expect((await signOut()).statusCode).toBe(204);
    expect((await signOut()).statusCode).toBe(401);
    expect((await second.pull()).kind).toBe('page');
  });
});
