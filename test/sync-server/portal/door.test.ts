// Coming in by a link, and going out again, as a customer's browser meets it.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../../sync-server/portal/visitor.ts';
import { formTo, wordsOn } from '../../support/portal-browser.ts';
import { openPortalOffice, type PortalOffice } from '../../support/portal-office.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let office: PortalOffice;
beforeEach(async () => {
  office = await openPortalOffice();
});
afterEach(() => office.close());

const golfPath = () => `/portal/jobs/${office.records.jobs.golf.id}`;

describe('(E1) coming in', () => {
  test('opening a link uses nothing up; the button lets in, once', async () => {
    const link = await office.link();
    const scanner = office.browser();
    expect((await scanner.get(link)).statusCode).toBe(200);
    expect(scanner.cookies.size).toBe(0);
    const anna = office.browser();
    const page = await anna.get(link);
    expect(wordsOn(page.body)).toContain('Hello Anna Berg');
    const entered = await anna.post(formTo(page.body, 'enter').action, {});
    expect(wordsOn((await anna.follow(entered)).body)).toContain('Golf 8, rear quarter panel');
    const second = await office.browser().post(link, {});
    expect(second.statusCode).toBe(410);
  });

  test('of two presses at once exactly one gets in', async () => {
    const link = await office.link();
    const answers = await Promise.all([1, 2, 3].map(() => office.browser().post(link, {})));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 410, 410]);
  });

  test('[V2] a used, an expired, a revoked and a made-up link answer the same, word for word', async () => {
    const [used, revoked] = [await office.link(), await office.link()];
    await office.browser().post(used, {});
    await office.staff('revoke_portal_links', {
      customerId: office.records.anna.id,
      of: 'all',
      endSessions: true,
    });
    const expired = await office.link();
    office.pass(7 * DAY_MS);
    const answers = [];
    for (const link of [used, revoked, expired, '/portal/enter/made-up'])
      for (const answer of [
        await office.browser().get(link),
        await office.browser().post(link, {}),
      ])
        answers.push(`${answer.statusCode} ${answer.body}`);
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('410');
    expect(answers[0]).toContain('This link no longer works');
  });

  test('an old link takes a customer who is signed in to the jobs', async () => {
    const link = await office.link();
    const anna = office.browser();
    await anna.post(link, {});
    expect((await anna.get(link)).headers.location).toBe('/portal');
  });

  test('signing in again makes a new session and ends the one before', async () => {
    const anna = await office.signedIn();
    const before = anna.cookies.get(SESSION_COOKIE);
    await anna.post(await office.link(), {});
    expect(anna.cookies.get(SESSION_COOKIE)).not.toBe(before);
    const old = office.browser();
    old.cookies.set(SESSION_COOKIE, before ?? '');
    expect((await old.get('/portal')).statusCode).toBe(401);
  });

  test('a session ends after 30 days, by revoking, and by signing out', async () => {
    const [expiring, leaving] = [await office.signedIn(), await office.signedIn()];
    const list = await leaving.get('/portal');
    const kept = leaving.cookies.get(SESSION_COOKIE) ?? '';
    const out = formTo(list.body, 'sign-out');
    expect((await leaving.post(out.action, out.fields)).headers.location).toBe(
      '/portal/sign-in?out=1',
    );
    leaving.cookies.set(SESSION_COOKIE, kept);
    expect((await leaving.get('/portal')).statusCode).toBe(401);
    office.pass(30 * DAY_MS - MINUTE_MS);
    expect((await expiring.get('/portal')).statusCode).toBe(200);
    office.pass(MINUTE_MS);
    expect((await expiring.get('/portal')).statusCode).toBe(401);
    const revoked = await office.signedIn();
    await office.staff('revoke_portal_links', {
      customerId: office.records.anna.id,
      of: 'all',
      endSessions: true,
    });
    expect((await revoked.get('/portal')).statusCode).toBe(401);
  });

  test('the cookie is for this site, this path and no script, and for https alone where the portal is on https', async () => {
    const plain = await office.browser().post(await office.link(), {});
    expect(String(plain.headers['set-cookie'])).toMatch(
      /Max-Age=2592000; Path=\/portal; HttpOnly; SameSite=Lax$/,
    );
    const secured = await openPortalOffice({ publicUrl: 'https://portal.test' });
    try {
      const entered = await secured.browser().post(await secured.link(), {});
      expect(String(entered.headers['set-cookie'])).toContain('; Secure');
    } finally {
      await secured.close();
    }
  });

  test('neither a link nor a session can be read out of the server’s files', async () => {
    const link = (await office.link()).split('/').at(-1) ?? '';
    const anna = await office.signedIn();
    const session = anna.cookies.get(SESSION_COOKIE) ?? '';
    const files = await readdir(office.dataFolder, { recursive: true, withFileTypes: true });
    const kept = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map((file) => readFile(join(file.parentPath, file.name))),
    );
    const everything = Buffer.concat(kept).toString('latin1');
    for (const token of [link, session]) {
      expect(token).toHaveLength(43);
      expect(everything).not.toContain(token);
      expect(everything).toContain(createHash('sha256').update(token).digest('hex'));
    }
  });

  test('nobody gets a page of a customer, a forged cookie neither', async () => {
    const { files } = office.records;
    const nobody = office.browser();
    const forger = office.browser();
    forger.cookies.set(SESSION_COOKIE, 'x'.repeat(43));
    for (const path of ['/portal', golfPath(), `/portal/files/${files.photo.id}`])
      for (const visitor of [nobody, forger]) {
        const answer = await visitor.get(path);
        expect(answer.statusCode).toBe(401);
        expect(wordsOn(answer.body)).toContain('Write the email address the office has of you');
      }
  });
});
