// What leaves and what becomes of it, over a real mail server.

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandOver, MailTransport } from '../../../sync-server/mail/transport.ts';
import { SmtpTransport } from '../../../sync-server/mail/smtp-transport.ts';
import type { AttachmentId } from '../../../sync-server/protocol/ids.ts';
import { applyMutations } from '../../../sync-server/storage/apply-mutations.ts';
import type { Storage } from '../../../sync-server/storage/storage.ts';
import { openSqliteStorage } from '../../../sync-server/storage/sqlite-storage.ts';
import { aMutation, anAttachmentId, anEntryId } from '../../support/builders.ts';
import {
  ANNA_EMAIL,
  MAIL_FROM,
  type MailOffice,
  MINUTE_MS,
  openMailOffice,
  PUBLIC_URL,
} from '../../support/mail-office.ts';
import { formTo } from '../../support/portal-browser.ts';

let office: MailOffice;
beforeEach(async () => {
  office = await openMailOffice();
});
afterEach(async () => {
  await office.close();
  expect(office.failures).toEqual([]);
});

const texts = () => office.server.taken.map(({ mail }) => mail.text ?? '');
const lastMail = async () => (await office.mails()).at(-1);
const changeAnna = (change: object) =>
  office.put({
    kind: 'customer',
    record: { ...office.records.anna, emails: [ANNA_EMAIL], ...change },
  });

const HELD = 'The customer does not see the job in its stage. The mail leaves when they do.';
const move = async (from: 'workshop' | 'insurer', to: 'workshop' | 'insurer') => {
  const { jobs, stages } = office.records;
  const outcome = await office.staff('change_stage', {
    jobId: jobs.golf.id,
    entryId: anEntryId(),
    fromStageId: stages[from].id,
    toStageId: stages[to].id,
  });
  expect(outcome.kind).toBe('applied');
};

/** A visible reply with an internal file, "late.png". */
async function replyWithHiddenFile(text: string): Promise<AttachmentId> {
  const { jobs, files } = office.records;
  const { blobId, mediaType, sizeBytes } = files.estimate;
  const attachmentId = anAttachmentId();
  await office.staff('post_entry', {
    jobId: jobs.golf.id,
    entryId: anEntryId(),
    audience: 'visible',
    text,
    attachments: [
      { attachmentId, blobId, name: 'late.png', mediaType, sizeBytes, audience: 'internal' },
    ],
    seenVersion: 1_000_000,
  });
  return attachmentId;
}

const showFile = (attachmentId: AttachmentId) =>
  office.staff('change_file_audience', {
    jobId: office.records.jobs.golf.id,
    entryId: anEntryId(),
    attachmentId,
    audience: 'visible',
    fromName: 'late.png',
    seenVersion: 1_000_000,
  });

describe('(F2) [V1] a mail about a job that its customer does not see now', () => {
  it('is held, says so, and leaves with all that is new when they do, once', async () => {
    await office.reply('Soon ready.');
    await move('workshop', 'insurer');
    await office.sendAfterWindow();
    expect(office.server.taken).toEqual([]);
    expect(await lastMail()).toMatchObject({ state: 'waiting', reason: HELD });
    await office.reply('Ready.');
    await office.say(office.records.jobs.golf.id, 'internal', 'Between us.');
    await move('insurer', 'workshop');
    await office.sendAfterWindow();
    await office.sendAfterWindow();
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toMatch(/Soon ready\.[^]*Ready\./);
    expect(texts()[0]).not.toMatch(/Between us|Insurer/);
    expect((await office.mails()).map(({ state }) => state)).toEqual(['sent']);
  });

  it('begins in an internal stage too', async () => {
    await move('workshop', 'insurer');
    await office.reply('Written before it was shown.');
    await office.sendAfterWindow();
    expect(office.server.taken).toEqual([]);
    await move('insurer', 'workshop');
    await office.sendAfterWindow();
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain('Written before it was shown.');
  });

  it('is held for as long as it takes, and then has its full patience with a mail server that is down', async () => {
    await office.reply('After a long time.');
    await move('workshop', 'insurer');
    for (let day = 0; day < 20; day += 1) {
      office.pass(24 * 60 * MINUTE_MS);
      await office.sendDue();
    }
    expect(await lastMail()).toMatchObject({ state: 'waiting', reason: HELD });
    await move('insurer', 'workshop');
    const transport = { handOver: () => later('The line is down.') };
    office.pass(2 * MINUTE_MS);
    await office.sendDue({ transport });
    expect(await lastMail()).toMatchObject({ state: 'waiting', reason: 'The line is down.' });
    office.pass(30 * MINUTE_MS);
    await office.sendDue();
    expect(texts()).toHaveLength(1);
  });

  it.each([
    // Whoever did it told the mails, or nobody did: then the next look finds out.
    ['with the next window when the pipeline is changed', 2, true],
    ['half an hour later where nobody told of it', 30, false],
  ])('leaves %s', async (_when, minutes, isTold) => {
    const { pipeline, workspace, mara } = office.records;
    const to = pipeline.stages.map((stage) => ({ ...stage, visibleToCustomer: true }));
    await office.reply('In the open.');
    await move('workshop', 'insurer');
    for (let look = 0; look < 8; look += 1) {
      office.pass(30 * MINUTE_MS);
      await office.sendDue();
    }
    if (isTold)
      await applyMutations(office.storage, {
        workspaceId: workspace.id,
        actor: { kind: 'member', memberId: mara.id, role: 'admin' },
        arrivedAt: office.now(),
        mutations: [
          aMutation('update_pipeline', {
            pipelineId: pipeline.id,
            changes: [{ field: 'stages', from: pipeline.stages, to }],
            moves: [],
          }),
        ],
      });
    else await office.put({ kind: 'pipeline', record: { ...pipeline, stages: to } });
    office.pass((minutes - 1) * MINUTE_MS);
    await office.sendDue();
    expect(office.server.taken).toEqual([]);
    office.pass(MINUTE_MS);
    await office.sendDue();
    expect(texts()).toHaveLength(1);
  });

  it('says nothing where all of it was taken back or read meanwhile', async () => {
    await office.reply('Read when it came back.');
    await move('workshop', 'insurer');
    await office.sendAfterWindow();
    await move('insurer', 'workshop');
    const browser = await office.signedIn();
    await browser.get(`/portal/jobs/${office.records.jobs.golf.id}`);
    await office.sendAfterWindow();
    expect(office.server.taken).toEqual([]);
    expect(await lastMail()).toMatchObject({
      state: 'dropped',
      reason: 'The customer had read it in the portal before.',
    });
  });

  it('[F1] is held and leaves once, whichever process dies over it', async () => {
    await office.reply('Through two deaths.');
    await move('workshop', 'insurer');
    office.pass(2 * MINUTE_MS);
    await office.sendDue({ storage: dyingAtWrite(), onFailure: () => undefined });
    await move('insurer', 'workshop');
    await office.sendDue();
    expect(office.server.taken).toEqual([]);
    // The claim of the dead one runs out.
    office.pass(5 * MINUTE_MS);
    await office.sendDue();
    office.pass(60 * MINUTE_MS);
    await office.sendDue();
    expect(texts()).toHaveLength(1);
    expect(await lastMail()).toMatchObject({ state: 'sent' });
  });
});

const later = (reason: string): Promise<HandOver> =>
  Promise.resolve({ kind: 'later', reason, mayHaveLeft: false });

function dyingAtWrite(): Storage {
  return Object.assign(Object.create(office.storage) as Storage, {
    mails: office.storage.mails,
    recordById: office.storage.recordById.bind(office.storage),
    recordsOfKind: office.storage.recordsOfKind.bind(office.storage),
    entriesOfJob: office.storage.entriesOfJob.bind(office.storage),
    attachmentsOfJob: office.storage.attachmentsOfJob.bind(office.storage),
    transact: () => Promise.reject(new Error('killed')),
  });
}

describe('(F2) one mail', () => {
  it('tells what is new, to one address, with a link and a way out, and says who it is from', async () => {
    await office.reply('The paint arrives on Monday.');
    await office.sendDue();
    expect(office.server.taken).toEqual([]);
    await office.sendAfterWindow();
    const [taken] = office.server.taken;
    expect(taken).toMatchObject({ from: MAIL_FROM, to: [ANNA_EMAIL] });
    expect(taken?.mail).toMatchObject({
      from: { name: 'Nordhafen Repairs', address: MAIL_FROM },
      to: [{ name: 'Anna Berg', address: ANNA_EMAIL }],
      subject: 'New message: Golf 8, rear quarter panel (J-2291)',
    });
    expect(taken?.mail.text).toContain('The paint arrives on Monday.');
    expect(taken?.mail.html).toContain('The paint arrives on Monday.');
    expect(taken?.mail.attachments).toEqual([]);
    const url = new RegExp(`${PUBLIC_URL}/portal/mail/[\\w-]{43}`);
    expect(taken?.mail.text).toMatch(url);
    expect(taken?.mail.html).toMatch(url);
    expect(office.server.header('list-unsubscribe')).toMatch(
      new RegExp(`^<${PUBLIC_URL}/portal/mail/[\\w-]{43}/unsubscribe>$`),
    );
    expect(office.server.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(office.server.header('auto-submitted')).toBe('auto-generated');
    expect(await lastMail()).toMatchObject({
      state: 'sent',
      to: [ANNA_EMAIL],
      at: '2026-11-12T11:02:00.000Z',
    });
  });

  it('tells of several things posted together, in their order', async () => {
    await office.reply('First.');
    office.pass(MINUTE_MS);
    await office.reply('Second.');
    office.pass(MINUTE_MS);
    await office.sendDue();
    expect(office.server.taken).toEqual([]);
    await office.sendAfterWindow();
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toMatch(/First\.[\s\S]*Second\./);
    expect(office.server.taken[0]?.mail.subject).toMatch(/^2 new messages: /);
  });

  it('leaves once, however often and by however many it is looked for', async () => {
    await office.reply('Once.');
    office.pass(2 * MINUTE_MS);
    await Promise.all([office.sendDue(), office.sendDue(), office.sendDue()]);
    office.pass(60 * MINUTE_MS);
    await office.sendDue();
    expect(texts()).toHaveLength(1);
  });

  it('goes to each of a customer’s addresses by itself: nobody reads the others', async () => {
    await changeAnna({ emails: [ANNA_EMAIL, 'berg@works.example'] });
    await office.reply('For both of you.');
    await office.sendAfterWindow();
    expect(office.server.taken.map(({ to }) => to)).toEqual([[ANNA_EMAIL], ['berg@works.example']]);
    for (const { raw, to } of office.server.taken)
      expect(raw.includes('berg@works.example')).toBe(to[0] === 'berg@works.example');
    expect(await office.mails()).toHaveLength(1);
    expect(await lastMail()).toMatchObject({
      state: 'sent',
      to: [ANNA_EMAIL, 'berg@works.example'],
    });
  });
});

describe('(F2) what stands in it is decided when it leaves', () => {
  const withdrawn = { memberId: undefined as never, at: '2026-11-12T11:01:00.000Z' };
  const lastReply = async () => {
    const { workspace, jobs } = office.records;
    const entries = await office.storage.entriesOfJob(workspace.id, jobs.golf.id);
    return entries.at(-1)!.record;
  };

  it('nothing leaves of what was withdrawn within the window, and the record says why', async () => {
    await office.reply('Not for you after all.');
    const entry = await lastReply();
    await office.put({
      kind: 'entry',
      record: { ...entry, withdrawn: { ...withdrawn, memberId: office.records.jonas.id } },
    });
    await office.sendAfterWindow();
    expect(office.server.taken).toEqual([]);
    expect(await lastMail()).toMatchObject({
      state: 'dropped',
      reason: 'It was taken back or made internal before.',
    });
  });

  it('what was made internal is left out, and the rest leaves', async () => {
    await office.reply('Keep this.');
    await office.reply('Hide this.');
    const entry = await lastReply();
    await office.put({ kind: 'entry', record: { ...entry, audience: 'internal' } });
    await office.sendAfterWindow();
    expect(texts()[0]).toContain('Keep this.');
    expect(office.server.taken[0]?.raw).not.toContain('Hide this.');
  });

  it.each([
    ['“Notify on replies” was switched off.', { notifyOnReplies: false }],
    ['The customer has no email address.', { emails: [] }],
  ])('%s', async (reason, change) => {
    await office.reply('Nobody hears this.');
    await changeAnna(change);
    await office.sendAfterWindow();
    expect(office.server.taken).toEqual([]);
    expect(await lastMail()).toMatchObject({ state: 'dropped', reason });
  });

  it('what the customer has read in the portal meanwhile is not mailed', async () => {
    await office.reply('Read at once.');
    const browser = await office.signedIn();
    await browser.get(`/portal/jobs/${office.records.jobs.golf.id}`);
    await office.sendAfterWindow();
    expect(office.server.taken).toEqual([]);
    expect(await lastMail()).toMatchObject({
      state: 'dropped',
      reason: 'The customer had read it in the portal before.',
    });
  });

  it('a file that is made visible after all else was read is news by itself', async () => {
    const attachmentId = await replyWithHiddenFile('Read at once.');
    const browser = await office.signedIn();
    await browser.get(`/portal/jobs/${office.records.jobs.golf.id}`);
    await showFile(attachmentId);
    await office.sendAfterWindow();
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain('late.png');
    expect(texts()[0]).not.toContain('Read at once.');
  });

  it('a customer’s own message begins no mail', async () => {
    const browser = await office.signedIn();
    const path = `/portal/jobs/${office.records.jobs.golf.id}`;
    const form = formTo((await browser.get(path)).body, '/replies');
    const sent = await browser.post(form.action, { ...form.fields, text: 'My own words.' });
    expect(sent.statusCode).toBe(303);
    expect(await office.mails()).toEqual([]);
    expect(await office.storage.mails.nextMailAt()).toBeUndefined();
  });
});

describe('[F1] once for each event', () => {
  /** Hands over for real, then is gone before anybody hears of it. */
  function dyingTransport(): {
    readonly transport: MailTransport;
    readonly died: Promise<unknown>;
  } {
    const real = new SmtpTransport(office.server.url);
    const { promise: died, resolve } = Promise.withResolvers<unknown>();
    return {
      died,
      transport: {
        handOver: async (mail, signal) => {
          await real.handOver(mail, signal);
          resolve(undefined);
          return new Promise(() => undefined);
        },
      },
    };
  }

  it('a process killed between hand-over and record hands over again under the same Message-ID', async () => {
    await office.reply('Twice on the line, once in the mailbox.');
    office.pass(2 * MINUTE_MS);
    const { transport, died } = dyingTransport();
    void office.sendDue({ transport });
    await died;
    await office.sendDue();
    expect(office.server.taken).toHaveLength(1);
    office.pass(4 * MINUTE_MS);
    await office.sendDue();
    expect(office.server.taken).toHaveLength(2);
    const [first, second] = office.server.taken;
    expect(first?.mail.messageId).toMatch(/^<[0-9a-f]{40}@nordhafen\.example>$/);
    expect(second?.mail.messageId).toBe(first?.mail.messageId);
    expect(await lastMail()).toMatchObject({ state: 'sent' });
    office.pass(60 * MINUTE_MS);
    await office.sendDue();
    expect(office.server.taken).toHaveLength(2);
  });

  it('while a mail is in doubt, what comes next is in another mail, so that nothing is swallowed as the same', async () => {
    await office.reply('In doubt.');
    office.pass(2 * MINUTE_MS);
    const { transport, died } = dyingTransport();
    void office.sendDue({ transport });
    await died;
    await office.reply('Next.');
    office.pass(4 * MINUTE_MS);
    await office.sendDue();
    const ids = office.server.taken.map(({ mail }) => mail.messageId);
    expect(office.server.taken.filter(({ raw }) => raw.includes('Next.'))).toHaveLength(1);
    expect(new Set(ids).size).toBe(2);
  });

  it('[F1] a file that is made visible while the mail of its entry is in doubt is told of by its own mail alone', async () => {
    const attachmentId = await replyWithHiddenFile('In doubt.');
    office.pass(2 * MINUTE_MS);
    const { transport, died } = dyingTransport();
    void office.sendDue({ transport });
    await died;
    await showFile(attachmentId);
    office.pass(4 * MINUTE_MS);
    await office.sendDue();
    expect(texts()).toHaveLength(3);
    expect(texts().filter((text) => text.includes('late.png'))).toHaveLength(1);
  });

  it('where it is withdrawn while in doubt nothing more leaves, and the office is told what nobody knows', async () => {
    await office.reply('Perhaps read.');
    office.pass(2 * MINUTE_MS);
    const { transport, died } = dyingTransport();
    void office.sendDue({ transport });
    await died;
    await changeAnna({ notifyOnReplies: false });
    office.pass(4 * MINUTE_MS);
    await office.sendDue();
    expect(office.server.taken).toHaveLength(1);
    expect((await lastMail())?.reason).toBe(
      '“Notify on replies” was switched off. An earlier attempt may have reached the customer.',
    );
  });

  it.each([
    ['refused for good', { refuseAddress: () => '550 5.1.1 Gone' }, 4, '550 5.1.1 Gone'],
    [
      'given up',
      { refuseMail: () => '451 4.3.0 Later' },
      48 * 60,
      'It could not be handed over in time. 451 4.3.0 Later',
    ],
  ])(
    'where it is %s after a doubt, the office is told that it may have got there',
    async (...of) => {
      const [, mood, minutes, reason] = of;
      await office.reply('Perhaps read.');
      office.pass(2 * MINUTE_MS);
      const { transport, died } = dyingTransport();
      void office.sendDue({ transport });
      await died;
      office.server.mood = mood;
      office.pass(minutes * MINUTE_MS);
      await office.sendDue();
      expect(await lastMail()).toMatchObject({
        state: 'refused',
        refused: [
          { to: ANNA_EMAIL, reason: `${reason} (an earlier attempt may have reached them)` },
        ],
      });
    },
  );

  it('a restart within the window forgets nothing and sends nothing early', async () => {
    await office.reply('Across a restart.');
    office.pass(MINUTE_MS);
    const storage = await openSqliteStorage(join(office.dataFolder, 'data', 'server.sqlite'));
    await office.sendDue({ storage });
    expect(office.server.taken).toEqual([]);
    office.pass(MINUTE_MS);
    await office.sendDue({ storage });
    expect(texts()[0]).toContain('Across a restart.');
    await storage.close();
  });

  it('the line lost in the middle of a mail is a doubt: tried again under the same Message-ID', async () => {
    await office.reply('Cut off.');
    office.server.mood = { breakAfterTaking: true };
    await office.sendAfterWindow();
    expect(await lastMail()).toMatchObject({ state: 'waiting' });
    office.server.mood = { breakWithin: true };
    office.pass(MINUTE_MS);
    await office.sendDue();
    office.server.mood = {};
    office.pass(2 * MINUTE_MS);
    await office.sendDue();
    const ids = office.server.taken.map(({ mail }) => mail.messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(await lastMail()).toMatchObject({ state: 'sent', reason: '' });
  });
});

describe('(F2) a mail server that does not take it', () => {
  it('"not now" is tried again with growing pauses, and what comes meanwhile joins the same mail', async () => {
    office.server.mood = { refuseMail: () => '451 4.3.0 Try again later' };
    await office.reply('Early.');
    await office.sendAfterWindow();
    expect(await lastMail()).toMatchObject({
      state: 'waiting',
      reason: '451 4.3.0 Try again later',
    });
    office.pass(MINUTE_MS - 1);
    await office.sendDue();
    await office.reply('Late.');
    office.server.mood = {};
    office.pass(1);
    await office.sendDue();
    expect(office.server.taken).toEqual([]);
    await office.sendAfterWindow();
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toMatch(/Early\.[\s\S]*Late\./);
    expect(await office.mails()).toHaveLength(1);
  });

  it('down for hours: nothing is lost, nothing leaves twice, and the record is not written at each attempt', async () => {
    await office.server.stop();
    await office.reply('Patience.');
    await office.sendAfterWindow();
    const before = await office.storage.headVersion(office.records.workspace.id);
    for (let tries = 0; tries < 20; tries += 1) {
      office.pass(20 * MINUTE_MS);
      await office.sendDue();
    }
    expect(await office.storage.headVersion(office.records.workspace.id)).toBe(before);
    expect(await lastMail()).toMatchObject({
      state: 'waiting',
      reason: 'The line to the mail server could not be made, or was lost.',
    });
    await office.server.start();
    office.pass(31 * MINUTE_MS);
    await office.sendDue();
    expect(texts()).toHaveLength(1);
    expect(await lastMail()).toMatchObject({ state: 'sent', reason: '' });
  });

  it('given up after two days, and said so', async () => {
    await office.server.stop();
    await office.reply('Never.');
    await office.sendAfterWindow();
    office.pass(48 * 60 * MINUTE_MS);
    await office.sendDue();
    expect(await lastMail()).toMatchObject({
      state: 'refused',
      reason:
        'It could not be handed over in time. The line to the mail server could not be made, or was lost.',
    });
    expect(await office.storage.mails.nextMailAt()).toBeUndefined();
  });

  it('"no such mailbox" is for good: recorded with the server’s words, and not tried again', async () => {
    office.server.mood = { refuseAddress: () => '550 5.1.1 No such mailbox here' };
    await office.reply('Nobody lives there.');
    await office.sendAfterWindow();
    expect(await lastMail()).toMatchObject({
      state: 'refused',
      to: [ANNA_EMAIL],
      refused: [{ to: ANNA_EMAIL, reason: '550 5.1.1 No such mailbox here' }],
    });
    office.server.mood = {};
    office.pass(60 * MINUTE_MS);
    await office.sendDue();
    expect(office.server.taken).toEqual([]);
  });

  it('of two addresses one may refuse: the other has its mail, and the record names both', async () => {
    await changeAnna({ emails: [ANNA_EMAIL, 'old@berg.example'] });
    office.server.mood = {
      refuseAddress: (address) => (address.startsWith('old') ? '550 5.1.1 Gone' : undefined),
    };
    await office.reply('To whom it reaches.');
    await office.sendAfterWindow();
    expect(office.server.taken.map(({ to }) => to)).toEqual([[ANNA_EMAIL]]);
    expect(await lastMail()).toMatchObject({
      state: 'sent',
      refused: [{ to: 'old@berg.example', reason: '550 5.1.1 Gone' }],
    });
  });
});
