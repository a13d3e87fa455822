// What the links in a mail do, and what they never do. (E1, F2)

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandOver } from '../../../sync-server/mail/transport.ts';
import { SIGN_IN_MAILS } from '../../../sync-server/mail/send-sign-in-link.ts';
import {
  ANNA_EMAIL,
  type MailOffice,
  MINUTE_MS,
  openMailOffice,
  PUBLIC_URL,
} from '../../support/mail-office.ts';
import { formsOn, formTo, wordsOn } from '../../support/portal-browser.ts';

let office: MailOffice;
let mailPath: string;
beforeEach(async () => {
  office = await openMailOffice();
  await office.reply('The paint is here.');
  await office.sendAfterWindow();
  mailPath = pathIn(office.server.taken[0]?.mail.text);
});
afterEach(async () => {
  await office.close();
  expect(office.failures).toEqual([]);
});

/** Of the first link in a mail's text. */
function pathIn(text: string | undefined): string {
  const url = /https:\/\/\S+/.exec(text ?? '')?.[0] ?? '';
  expect(url.startsWith(PUBLIC_URL)).toBe(true);
  return url.slice(PUBLIC_URL.length);
}

const anna = async () => {
  const { workspace, anna: record } = office.records;
  return (await office.storage.recordById(workspace.id, 'customer', record.id))!.record;
};
const golfPath = () => `/portal/jobs/${office.records.jobs.golf.id}`;

describe('(E1) the link to the job', () => {
  it('is there at once for whoever is signed in, months later too', async () => {
    const browser = await office.signedIn();
    expect((await browser.get(mailPath)).headers.location).toBe(`${golfPath()}#new`);
    office.pass(29 * 24 * 60 * MINUTE_MS);
    expect((await browser.get(mailPath)).headers.location).toBe(`${golfPath()}#new`);
  });

  it('lets nobody in: whoever has the mail can have a sign-in link mailed to where it went, and nowhere else', async () => {
    const stranger = office.browser();
    const page = await stranger.get(mailPath);
    expect(page.statusCode).toBe(200);
    expect(page.headers['set-cookie']).toBeUndefined();
    expect(wordsOn(page.body)).toContain('a***@berg.example');
    for (const secret of [ANNA_EMAIL, 'Anna Berg', 'Golf 8'])
      expect(page.body).not.toContain(secret);
    const answer = await stranger.post(formTo(page.body, '/mail/').action, {});
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    await office.sendDue();
    const sent = office.server.taken.at(-1);
    expect(sent?.to).toEqual([ANNA_EMAIL]);
    expect(sent?.mail.subject).toBe('Your sign-in link for Nordhafen Repairs');
  });

  it('by way of the mailed sign-in link leads to the job, once, within 15 minutes', async () => {
    const browser = office.browser();
    await browser.post(mailPath, {});
    await office.sendDue();
    const signIn = pathIn(office.server.taken.at(-1)?.mail.text);
    office.pass(14 * MINUTE_MS);
    const page = await browser.get(signIn);
    const entered = await browser.post(formTo(page.body, '/enter/').action, {});
    expect(entered.headers.location).toBe(`${golfPath()}#new`);
    expect((await browser.get(golfPath())).statusCode).toBe(200);
    expect((await office.browser().post(signIn, {})).statusCode).toBe(410);
  });

  it('a sign-in link is worth nothing after 15 minutes, and it can lead nowhere but to a job', async () => {
    const browser = office.browser();
    await browser.post(mailPath, {});
    await office.sendDue();
    const signIn = pathIn(office.server.taken.at(-1)?.mail.text);
    const elsewhere = signIn.replace(/job=.*/, 'job=//evil.example');
    const page = await browser.get(elsewhere);
    expect(formTo(page.body, '/enter/').action).not.toContain('evil');
    office.pass(15 * MINUTE_MS);
    expect((await browser.post(signIn, {})).statusCode).toBe(410);
  });

  it('is not mailed without end, and the page never tells', async () => {
    const most = SIGN_IN_MAILS[0].most;
    const before = office.server.taken.length;
    const pages = [];
    for (let count = 0; count < most + 3; count += 1)
      pages.push((await office.browser().post(mailPath, {})).body);
    expect(new Set(pages).size).toBe(1);
    await office.sendDue();
    expect(office.server.taken).toHaveLength(before + most);
  });

  it('[V2] of an address that is the customer’s no more, and one made up, are answered alike', async () => {
    const record = await anna();
    await office.put({ kind: 'customer', record: { ...record, emails: ['new@berg.example'] } });
    const madeUp = `/portal/mail/${'x'.repeat(43)}`;
    for (const path of ['', '/unsubscribe']) {
      const gone = await office.browser().get(mailPath + path);
      const none = await office.browser().get(madeUp + path);
      expect([gone.statusCode, gone.body]).toEqual([none.statusCode, none.body]);
      expect(gone.statusCode).toBe(410);
    }
    await office.browser().post(mailPath, {});
    await office.sendDue();
    expect(office.server.taken).toHaveLength(1);
  });

  it('a sign-in mail that cannot leave within its 15 minutes is given up: nobody waits for it', async () => {
    await office.server.stop();
    await office.browser().post(mailPath, {});
    await office.sendDue();
    office.pass(15 * MINUTE_MS);
    await office.sendDue();
    await office.server.start();
    office.pass(60 * MINUTE_MS);
    await office.sendDue();
    expect(office.server.taken).toHaveLength(1);
    expect(await office.storage.mails.nextMailAt()).toBeUndefined();
  });

  it('a sign-in mail that waited while the server was stopped for days is not sent any more', async () => {
    await office.browser().post(mailPath, {});
    office.pass(3 * 24 * 60 * MINUTE_MS);
    await office.sendDue();
    expect(office.server.taken).toHaveLength(1);
    expect(await office.storage.mails.nextMailAt()).toBeUndefined();
  });

  it('[F1] nor one that is in doubt since the server died over it', async () => {
    await office.browser().post(mailPath, {});
    const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
    const handOver = () => {
      begin(undefined);
      return new Promise<never>(() => undefined);
    };
    void office.sendDue({ transport: { handOver } });
    await begun;
    office.pass(15 * MINUTE_MS);
    await office.sendDue();
    expect(office.server.taken).toHaveLength(1);
    expect(await office.storage.mails.nextMailAt()).toBeUndefined();
  });

  it('a sign-in mail is tried to the end of its 15 minutes, and no minute longer', async () => {
    await office.browser().post(mailPath, {});
    const asked: number[] = [];
    let minute = 0;
    const handOver = (): Promise<HandOver> => {
      asked.push(minute);
      return Promise.resolve({ kind: 'later', reason: 'Not now.', mayHaveLeft: false });
    };
    for (; minute <= 60; minute += 1) {
      await office.sendDue({ transport: { handOver } });
      office.pass(MINUTE_MS);
    }
    expect(asked).toEqual([0, 1, 3, 7, 14]);
    expect(await office.storage.mails.nextMailAt()).toBeUndefined();
  });
});

describe('(A6) a link that staff mail', () => {
  it('leaves at once, works once, and stands among the customer’s links with who sent it and where to', async () => {
    const { anna: customer, jonas, workspace } = office.records;
    const mailed = office.server.taken.length;
    const outcome = await office.staff('mail_portal_link', {
      customerId: customer.id,
      to: ANNA_EMAIL,
    });
    expect(outcome.kind).toBe('applied');
    await office.sendDue();
    expect(office.server.taken).toHaveLength(mailed + 1);
    const path = pathIn(office.server.taken.at(-1)?.mail.text);
    const browser = office.browser();
    const page = await browser.get(path);
    expect((await browser.post(formTo(page.body, '/enter/').action, {})).statusCode).toBe(303);
    const { rows } = await office.storage.changesAfter({
      workspaceId: workspace.id,
      memberId: jonas.id,
      afterVersion: 0,
      limitRows: 10_000,
    });
    const links = rows
      .filter(({ kind }) => kind === 'portal_link')
      .map(({ data }) => JSON.parse(data) as object);
    expect(links.at(-1)).toMatchObject({
      customerId: customer.id,
      memberId: jonas.id,
      mailedTo: ANNA_EMAIL,
      ended: { how: 'used' },
    });
  });

  it('goes to the customer’s own addresses only', async () => {
    const { anna: customer } = office.records;
    const to = 'somebody@else.example';
    expect(await office.staff('mail_portal_link', { customerId: customer.id, to })).toMatchObject({
      kind: 'refused',
    });
    expect(await office.storage.mails.nextMailAt()).toBeUndefined();
  });
});

describe('(F2) no more mails', () => {
  const fromHeader = () =>
    (office.server.header('list-unsubscribe') ?? '').replace(/^<|>$/g, '').slice(PUBLIC_URL.length);

  it('in one click of a mail program, which has no cookie and comes from elsewhere', async () => {
    const answer = await office.app.inject({
      method: 'POST',
      url: fromHeader(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://mail.example',
        'sec-fetch-site': 'cross-site',
      },
      payload: 'List-Unsubscribe=One-Click',
    });
    expect(answer.statusCode).toBe(200);
    expect((await anna()).notifyOnReplies).toBe(false);
    await office.reply('Nobody is told.');
    await office.sendAfterWindow();
    expect(office.server.taken).toHaveLength(1);
  });

  it('also where the click comes as multipart, as the standard allows', async () => {
    const answer = await office.app.inject({
      method: 'POST',
      url: fromHeader(),
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload:
        '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    });
    expect(answer.statusCode).toBe(200);
    expect((await anna()).notifyOnReplies).toBe(false);
  });

  it('looking changes nothing; a button switches off, and one switches on again', async () => {
    const browser = office.browser();
    const page = await browser.get(fromHeader());
    expect((await anna()).notifyOnReplies).toBe(true);
    const off = formsOn(page.body)[0]!;
    const after = await browser.post(off.action, off.fields);
    expect((await anna()).notifyOnReplies).toBe(false);
    expect(wordsOn(after.body)).toContain('mails you no more about news');
    const on = formsOn(after.body)[0]!;
    await browser.post(on.action, on.fields);
    expect((await anna()).notifyOnReplies).toBe(true);
  });

  it('switching on again needs our own page: no other website can do it', async () => {
    await office.browser().post(fromHeader(), { mails: 'off' });
    const answer = await office.app.inject({
      method: 'POST',
      url: fromHeader(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://evil.example',
      },
      payload: 'mails=on',
    });
    expect(answer.statusCode).toBe(403);
    expect((await anna()).notifyOnReplies).toBe(false);
  });

  it('every device of the office has the switch as it stands', async () => {
    await office.browser().post(fromHeader(), { mails: 'off' });
    const { rows } = await office.storage.changesAfter({
      workspaceId: office.records.workspace.id,
      memberId: office.records.jonas.id,
      afterVersion: 0,
      limitRows: 10_000,
    });
    const row = rows.find(({ id }) => id === office.records.anna.id);
    expect(JSON.parse(row?.data ?? '{}')).toMatchObject({ notifyOnReplies: false });
  });
});
