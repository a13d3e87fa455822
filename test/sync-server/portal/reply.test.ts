// Writing back, as a customer's browser meets it.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SESSION_COOKIE } from '../../../sync-server/portal/visitor.ts';
import { MAX_TEXT_LENGTH } from '../../../sync-server/protocol/values.ts';
import { formTo, type PortalAnswer, wordsOn } from '../../support/portal-browser.ts';
import { diskFull, openPortalOffice, type PortalOffice } from '../../support/portal-office.ts';

const DAY_MS = 24 * 60 * 60_000;

let office: PortalOffice;
beforeEach(async () => {
  office = await openPortalOffice();
});
afterEach(() => office.close());

const golf = () => office.records.jobs.golf;
const golfPath = () => `/portal/jobs/${golf().id}`;
const replies = async () =>
  (await office.storage.entriesOfJob(office.records.workspace.id, golf().id)).filter(
    ({ record }) => record.kind === 'reply' && record.author.kind === 'customer',
  );

describe('(E3) writing back', () => {
  async function openForm() {
    const anna = await office.signedIn();
    const form = formTo((await anna.get(golfPath())).body, 'replies');
    return {
      anna,
      form,
      send: (
        text: string,
        more: Record<string, string> = {},
        headers = {},
      ): Promise<PortalAnswer> =>
        anna.post(form.action, { ...form.fields, text, ...more }, headers),
    };
  }

  test('a message is on the job, in the customer’s name, and the page says so', async () => {
    const { anna, send } = await openForm();
    const sent = await send('  Thank you,\r\nsee you Monday.');
    expect(sent.statusCode).toBe(303);
    expect(sent.headers.location).toBe(`${golfPath()}?sent=1#latest`);
    const page = await anna.follow(sent);
    expect(wordsOn(page.body)).toMatch(/You.*see you Monday\..*Sent to Nordhafen Repairs/);
    expect((await replies()).at(-1)?.record).toMatchObject({
      audience: 'visible',
      text: '  Thank you,\nsee you Monday.',
      author: { kind: 'customer', customerId: office.records.anna.id },
    });
  });

  test('[P1] pressing Send twice, or reloading, posts once; a second message from a kept page posts too', async () => {
    const { send } = await openForm();
    const before = (await replies()).length;
    const answers = await Promise.all([send('Once'), send('Once'), send('Once')]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    await send('Once');
    expect(await replies()).toHaveLength(before + 1);
    await send('And another thing');
    expect(await replies()).toHaveLength(before + 2);
  });

  test('[P1] the same words in a fresh form are a message of their own', async () => {
    const before = (await replies()).length;
    for (let round = 0; round < 2; round += 1) await (await openForm()).send('Any news?');
    expect(await replies()).toHaveLength(before + 2);
  });

  test.each([
    ['   \n ', 'Your message is empty.'],
    [
      'x'.repeat(MAX_TEXT_LENGTH + 1),
      'Your message has 20,001 characters, and 20,000 is the most.',
    ],
  ])('a text that cannot be sent comes back with a sentence', async (text, sentence) => {
    const { anna, send } = await openForm();
    const before = (await replies()).length;
    const answer = await send(text);
    expect(answer.statusCode).toBe(422);
    expect(wordsOn(answer.body)).toContain(sentence);
    const again = formTo(answer.body, 'replies');
    expect(again.fields.text).toBe(text);
    expect(await replies()).toHaveLength(before);
    await anna.post(again.action, { ...again.fields, text: 'Better' });
    expect(await replies()).toHaveLength(before + 1);
  });

  test('the longest text that may be is taken, in any script', async () => {
    const { send } = await openForm();
    expect((await send('界'.repeat(MAX_TEXT_LENGTH))).statusCode).toBe(303);
  });

  test('[P5] where the pipeline allows no replies there is no box, and a form sent all the same is refused', async () => {
    const { anna, form } = await openForm();
    const { van } = office.records.jobs;
    const path = `/portal/jobs/${van.id}`;
    expect((await anna.get(path)).body).not.toContain('<textarea');
    const answer = await anna.post(`${path}/replies`, { ...form.fields, text: 'But I must' });
    expect(answer.statusCode).toBe(403);
    expect(wordsOn(answer.body)).toContain('Messages are switched off for this job.');
    expect(answer.body).toContain('But I must');
  });

  test('a form from another website changes nothing', async () => {
    const { anna, send } = await openForm();
    const before = (await replies()).length;
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ])
      expect((await send('Forged', {}, headers)).statusCode).toBe(403);
    expect((await send('Forged', { formToken: 'made-up' })).statusCode).toBe(403);
    const out = formTo((await anna.get('/portal')).body, 'sign-out');
    expect((await anna.post(out.action, { formToken: 'made-up' })).statusCode).toBe(403);
    expect((await anna.get('/portal')).statusCode).toBe(200);
    const link = await office.link();
    const lured = await office.browser().post(link, {}, { origin: 'https://evil.example' });
    expect(lured.statusCode).toBe(403);
    expect(await replies()).toHaveLength(before);
  });

  test('the form token of one session is worth nothing in another', async () => {
    const { form } = await openForm();
    const other = await office.signedIn();
    const answer = await other.post(form.action, { ...form.fields, text: 'Hello' });
    expect(answer.statusCode).toBe(403);
    expect(formTo(answer.body, 'replies').fields.text).toBe('Hello');
  });

  test('a message sent after the session has ended is given back, not lost', async () => {
    const { send } = await openForm();
    office.pass(30 * DAY_MS);
    const answer = await send('My long story <b>');
    expect(answer.statusCode).toBe(401);
    expect(wordsOn(answer.body)).toContain('Your message was not sent');
    expect(answer.body).toContain('My long story &lt;b&gt;');
  });

  test('what is not our form is refused: unknown fields, missing fields, doubled fields, other kinds of content, a megabyte', async () => {
    const { anna, form, send } = await openForm();
    const before = await office.storage.headVersion(office.records.workspace.id);
    expect((await send('Hello', { audience: 'internal' })).statusCode).toBe(400);
    expect((await anna.post(form.action, { text: 'Hello' })).statusCode).toBe(400);
    const doubled = await anna.post(form.action, { ...form.fields, 'text[]': 'a' });
    expect(doubled.statusCode).toBe(400);
    expect((await send('{}', {}, { 'content-type': 'application/json' })).statusCode).toBe(415);
    expect((await send('Hello', {}, { 'content-type': 'text/plain' })).statusCode).toBe(415);
    const large = await send('x'.repeat(1024 * 1024));
    expect(large.statusCode).toBe(413);
    expect(wordsOn(large.body)).toContain('Send less at a time.');
    expect(await office.storage.headVersion(office.records.workspace.id)).toBe(before);
  });

  test('a flood of messages is stopped, for the one who sends it alone', async () => {
    const flooder = await openForm();
    const other = await openForm();
    const statuses: number[] = [];
    for (let number = 0; number < 31; number += 1)
      statuses.push((await flooder.send(`Message ${number}`)).statusCode);
    expect(statuses.filter((status) => status === 303)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
    expect((await other.send('Just one')).statusCode).toBe(303);
  });

  test('a flood from sessions that nobody gave out is one flood', async () => {
    const { form, send } = await openForm();
    const statuses: number[] = [];
    for (let number = 0; number < 31; number += 1) {
      const stranger = office.browser();
      stranger.cookies.set(SESSION_COOKIE, `made up ${number}`);
      statuses.push((await stranger.post(form.action, { ...form.fields, text: 'x' })).statusCode);
    }
    expect(statuses.at(-1)).toBe(429);
    expect((await send('Just one')).statusCode).toBe(303);
  });

  test('[F2] where the server’s disk is full the text is given back, and can be sent later', async () => {
    const { anna, send } = await openForm();
    const full = vi.spyOn(office.storage, 'transact').mockRejectedValueOnce(diskFull());
    const refused = await send('A long letter');
    expect(refused.statusCode).toBe(507);
    expect(wordsOn(refused.body)).toContain('no room just now, so your message was not sent');
    full.mockRestore();
    const { action, fields } = formTo(refused.body, 'replies');
    expect(fields.text).toBe('A long letter');
    expect((await anna.post(action, fields)).statusCode).toBe(303);
  });

  test('what a person writes is shown as text, and web addresses as links', async () => {
    const { anna, send } = await openForm();
    const text =
      '<img src=x onerror=alert(1)> see https://example.org/a?b=1&c="x". javascript:alert(1)';
    const { body } = await anna.follow(await send(text));
    expect(body).not.toContain('<img src=x');
    expect(body).toContain(
      '<a href="https://example.org/a?b=1&amp;c=" target="_blank" rel="noopener noreferrer nofollow">',
    );
    expect(body).not.toMatch(/href="javascript/);
    expect(wordsOn(body)).toContain(text.replace('&c="x".', '&c= "x".'));
  });
});
