// What becomes of a mail while it is on its way: between its addresses, and between the last look and the line.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutgoingMail } from '../../../sync-server/mail/outgoing-mail.ts';
import type { MailTransport } from '../../../sync-server/mail/transport.ts';
import { applyMutations } from '../../../sync-server/storage/apply-mutations.ts';
import { aMutation } from '../../support/builders.ts';
import {
  ANNA_EMAIL,
  type MailOffice,
  MINUTE_MS,
  openMailOffice,
} from '../../support/mail-office.ts';

const SECOND = 'berg@works.example';

let office: MailOffice;
beforeEach(async () => {
  office = await openMailOffice({ customer: { emails: [ANNA_EMAIL, SECOND] } });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await office.close();
  expect(office.failures).toEqual([]);
});

/** Takes everything; `meanwhile` happens while it is at the first address. */
function lineWith(meanwhile: () => Promise<unknown>) {
  const taken: OutgoingMail[] = [];
  const transport: MailTransport = {
    handOver: async (mail) => {
      taken.push(mail);
      if (taken.length === 1) await meanwhile();
      return { kind: 'taken' };
    },
  };
  return { transport, taken };
}

const nothing = () => Promise.resolve();

async function deleteAnna(): Promise<void> {
  const { workspace, mara, anna } = office.records;
  const args = { customerId: anna.id, fromName: anna.name, withJobs: true };
  await applyMutations(office.storage, {
    workspaceId: workspace.id,
    actor: { kind: 'member', memberId: mara.id, role: 'admin' },
    arrivedAt: office.now(),
    mutations: [aMutation('delete_customer', args)],
  });
}

const changeAnna = (change: object) => {
  const record = { ...office.records.anna, emails: [ANNA_EMAIL, SECOND], ...change };
  return office.put({ kind: 'customer', record });
};
const readAll = async () => {
  const browser = await office.signedIn();
  await browser.get(`/portal/jobs/${office.records.jobs.golf.id}`);
};
const moveTo = (stage: 'workshop' | 'insurer') => {
  const { jobs, stages } = office.records;
  return office.put({ kind: 'job', record: { ...jobs.golf, stageId: stages[stage].id } });
};
const lastReply = async () => {
  const { workspace, jobs } = office.records;
  const entries = await office.storage.entriesOfJob(workspace.id, jobs.golf.id);
  return entries.at(-1)!.record;
};
const withdraw = async () => {
  const { id } = await lastReply();
  const args = { jobId: office.records.jobs.golf.id, entryId: id };
  expect((await office.staff('withdraw_entry', args)).kind).toBe('applied');
};
const hide = async () => {
  const entry = await lastReply();
  await office.put({ kind: 'entry', record: { ...entry, audience: 'internal' } as typeof entry });
};

describe('(F2) [V1] while a mail is at its first address', () => {
  const sendAround = async (meanwhile: () => Promise<unknown>) => {
    const { transport, taken } = lineWith(meanwhile);
    office.pass(2 * MINUTE_MS);
    await office.sendDue({ transport });
    return taken;
  };
  const addresses = (taken: readonly OutgoingMail[]) => taken.map(({ to }) => to.address);

  it.each([
    ['the reply is withdrawn', withdraw],
    ['it is made internal', hide],
    ['the address is taken out', () => changeAnna({ emails: [ANNA_EMAIL] })],
    ['they want no more mails', () => changeAnna({ notifyOnReplies: false })],
    ['they read it in the portal', readAll],
    ['the job goes to an internal stage', () => moveTo('insurer')],
  ])('%s: the next one gets nothing, and what was taken stays sent', async (_what, meanwhile) => {
    await office.reply('For a moment.');
    expect(addresses(await sendAround(meanwhile))).toEqual([ANNA_EMAIL]);
    expect(await office.mails()).toMatchObject([{ state: 'sent', to: [ANNA_EMAIL], reason: '' }]);
    await moveTo('workshop');
    office.pass(60 * MINUTE_MS);
    const { transport, taken } = lineWith(nothing);
    await office.sendDue({ transport });
    expect(taken).toEqual([]);
    expect(await office.storage.mails.nextMailAt()).toBeUndefined();
  });

  it('a part is withdrawn: the next one gets the rest', async () => {
    await office.reply('This stands.');
    await office.reply('This does not.');
    const taken = await sendAround(withdraw);
    expect(addresses(taken)).toEqual([ANNA_EMAIL, SECOND]);
    expect(taken.map(({ text }) => text.includes('This stands.'))).toEqual([true, true]);
    expect(taken.map(({ text }) => text.includes('This does not.'))).toEqual([true, false]);
  });

  it('an address is put right: the right one gets it, once, and the wrong one nothing', async () => {
    await office.reply('To whom it is for.');
    const right = 'berg@work.example';
    const taken = await sendAround(() => changeAnna({ emails: [ANNA_EMAIL, right] }));
    expect(addresses(taken)).toEqual([ANNA_EMAIL, right]);
    expect(await office.mails()).toMatchObject([{ state: 'sent', to: [ANNA_EMAIL, right] }]);
  });

  it('[O2] they are deleted: the next one gets nothing, and nothing is written any more', async () => {
    await office.reply('For nobody any more.');
    expect(addresses(await sendAround(deleteAnna))).toEqual([ANNA_EMAIL]);
    expect(await office.mails()).toEqual([]);
    expect(await office.storage.mails.nextMailAt()).toBeUndefined();
  });

  it('[F1] it is not there to be had, and the job goes: what nothing has left of is held whole', async () => {
    await office.reply('Later, to both.');
    const transport: MailTransport = {
      handOver: async () => {
        await moveTo('insurer');
        return { kind: 'later', reason: 'The line is down.', mayHaveLeft: false };
      },
    };
    office.pass(2 * MINUTE_MS);
    await office.sendDue({ transport });
    expect(await office.mails()).toMatchObject([
      { state: 'waiting', reason: expect.stringContaining('does not see') },
    ]);
    await moveTo('workshop');
    office.pass(30 * MINUTE_MS);
    const line = lineWith(nothing);
    await office.sendDue({ transport: line.transport });
    expect(addresses(line.taken)).toEqual([ANNA_EMAIL, SECOND]);
  });

  it('it is refused, and the reply is withdrawn: the office reads both', async () => {
    await office.reply('For nobody after all.');
    const transport: MailTransport = {
      handOver: async () => {
        await withdraw();
        return { kind: 'refused', reason: '550 5.1.1 Gone' };
      },
    };
    office.pass(2 * MINUTE_MS);
    await office.sendDue({ transport });
    const refused = [{ to: ANNA_EMAIL, reason: '550 5.1.1 Gone' }];
    expect(await office.mails()).toMatchObject([
      { state: 'dropped', reason: 'It was taken back or made internal before.', refused },
    ]);
  });

  it('[F1] nobody is served twice in one attempt, however long the list gets', async () => {
    await office.reply('Not now.');
    const asked: string[] = [];
    const transport: MailTransport = {
      handOver: ({ to }) => {
        asked.push(to.address);
        return Promise.resolve({ kind: 'later', reason: 'Not now.', mayHaveLeft: true });
      },
    };
    office.pass(2 * MINUTE_MS);
    await office.sendDue({ transport });
    expect(asked).toEqual([ANNA_EMAIL, SECOND]);
  });
});

describe('[O2] a customer who is deleted right after their mail was marked as being handed over', () => {
  /** As another process commits it: no statement of this one comes between. */
  const deletedBehindTheMark = () => {
    const { mails } = office.storage;
    const keep = mails.keepDeliveries.bind(mails);
    vi.spyOn(mails, 'keepDeliveries').mockImplementationOnce(async (claim, mail) => {
      const isKept = await keep(claim, mail);
      await deleteAnna();
      return isKept;
    });
  };

  it('(E1) gets no sign-in link, and no record of their address comes after the deletion', async () => {
    const { workspace, anna } = office.records;
    await office.staff('mail_portal_link', { customerId: anna.id, to: ANNA_EMAIL });
    deletedBehindTheMark();
    const { transport, taken } = lineWith(nothing);
    await office.sendDue({ transport });
    expect(taken).toEqual([]);
    const { rows } = await office.storage.changesAfter({
      workspaceId: workspace.id,
      memberId: office.records.jonas.id,
      afterVersion: 0,
      limitRows: 10_000,
    });
    expect(rows.filter(({ data }) => data.includes(ANNA_EMAIL))).toEqual([]);
  });

  it('(F2) gets no news, and no link for their mail stays behind', async () => {
    const { mails } = office.storage;
    const add = vi.spyOn(mails, 'addMailLink');
    await office.reply('For nobody any more.');
    deletedBehindTheMark();
    const { transport, taken } = lineWith(nothing);
    office.pass(2 * MINUTE_MS);
    await office.sendDue({ transport });
    expect(taken).toEqual([]);
    const [link] = add.mock.calls[0] ?? [];
    expect(await mails.mailLink(link?.tokenHash ?? '', office.now())).toBeUndefined();
  });
});
