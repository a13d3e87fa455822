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
