// What every storage must do with mails that wait: SQLite now, PostgreSQL later run the same lines.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applied, appliedWithDoor } from '../../sync-server/protocol/outcome.ts';
import type { MailChange, QueuedMail } from '../../sync-server/storage/mail-outbox.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import { aCustomer, aJob, aMutationId, aWorkspace, nextId } from '../support/builders.ts';
import type { OpenedStorage } from './storage-contract.ts';

export function mailOutboxContract(open: () => Promise<OpenedStorage>): void {
  let opened: OpenedStorage;
  let storage: Storage;
  const workspace = aWorkspace();
  const anna = aCustomer();
  const job = aJob({ customerId: anna.id });

  beforeEach(async () => {
    opened = await open();
    storage = opened.storage;
    await storage.createWorkspace({
      workspaceId: workspace.id,
      records: [{ kind: 'workspace', record: workspace }],
      signIns: [],
      blobs: [],
      references: { prefix: '#', next: 1 },
    });
  });
  afterEach(() => opened.remove());

  const at = (minute: number) => new Date(Date.UTC(2026, 10, 12, 10, minute)).toISOString();
  const aMail = (overrides: Partial<QueuedMail> = {}): QueuedMail => ({
    workspaceId: workspace.id,
    id: nextId(),
    kind: 'news',
    customerId: anna.id,
    jobId: job.id,
    memberId: null,
    openedAt: at(0),
    dueAt: at(2),
    attempts: 0,
    isOpen: true,
    deliveries: [],
    ...overrides,
  });
  const change = (...changes: readonly MailChange[]) =>
    storage.transact(workspace.id, async (transaction) => {
      for (const each of changes) transaction.changeMail(each);
      transaction.settle(
        { id: aMutationId(), actorKey: 'test' },
        applied({ kind: 'customer', record: anna }),
      );
      await Promise.resolve();
    });
  const queue = (...mails: readonly QueuedMail[]) =>
    change(...mails.map((mail): MailChange => ({ kind: 'queue', mail })));
  const claim = (minute: number, claimant = 'one', until = minute + 5) =>
    storage.mails.claimDueMail(at(minute), { claimant, until: at(until) });
  const openMail = async () => {
    let found: QueuedMail | undefined;
    await storage.transact(workspace.id, async (transaction) => {
      found = await transaction.openMail({ customerId: anna.id, jobId: job.id });
    });
    return found;
  };

  describe('a queued mail', () => {
    it('(F2) is found as long as nothing of it may have left, also within the transaction that queued it', async () => {
      const mail = aMail();
      await storage.transact(workspace.id, async (transaction) => {
        transaction.changeMail({ kind: 'queue', mail });
        expect(await transaction.openMail({ customerId: anna.id, jobId: job.id })).toEqual(mail);
      });
      expect(await openMail()).toEqual(mail);
      await claim(2);
      expect(await openMail()).toBeUndefined();
    });

    it('(F1) is there after reopening, and not at all where its transaction throws', async () => {
      await queue(aMail());
      await expect(
        storage.transact(workspace.id, async (transaction) => {
          transaction.changeMail({ kind: 'queue', mail: aMail({ dueAt: at(1) }) });
          await Promise.reject(new Error('The lights go out.'));
        }),
      ).rejects.toThrow('The lights go out.');
      storage = await opened.reopen();
      expect(await storage.mails.nextMailAt()).toBe(at(2));
    });

    it('is claimed when it is due, the longest due first, by exactly one of those who try at once', async () => {
      const [late, early] = [aMail({ dueAt: at(4) }), aMail({ dueAt: at(3) })];
      await queue(late, early);
      expect(await claim(2)).toBeUndefined();
      const claims = await Promise.all(['one', 'two', 'three'].map((who) => claim(4, who)));
      // Of those who ask in the same moment each may be the one who gets nothing.
      expect(new Set(claims.map((each) => each?.id))).toEqual(
        new Set([early.id, late.id, undefined]),
      );
      const first = claims.find((each) => each?.id === early.id);
      expect(first).toMatchObject({ attempts: 1, isOpen: false });
    });

    it('(F1) whose claimant does not come back is claimed again once the claim has run out', async () => {
      const mail = aMail();
      await queue(mail);
      await claim(2);
      expect(await claim(6, 'two')).toBeUndefined();
      expect(await storage.mails.nextMailAt()).toBe(at(7));
      expect(await claim(7, 'two')).toMatchObject({ id: mail.id, attempts: 2 });
    });

    it('keeps how far it got with each address, for its claimant alone', async () => {
      await queue(aMail());
      const claimed = (await claim(2))!;
      const deliveries = [
        { to: 'anna@berg.example', state: 'in_doubt', at: at(2), reason: '' },
      ] as const;
      const keep = (claimant: string, mail: QueuedMail) =>
        storage.mails.keepDeliveries({ claimant, until: at(9) }, mail);
      expect(await keep('two', { ...claimed, deliveries: [] })).toBe(false);
      expect(await keep('one', { ...claimed, deliveries })).toBe(true);
      expect(await claim(8, 'two')).toBeUndefined();
      expect(await claim(9, 'two')).toMatchObject({ deliveries });
      expect(await keep('one', { ...claimed, deliveries: [] })).toBe(false);
    });

    it('is tried again when it was released, and gone when it was ended', async () => {
      await queue(aMail());
      const mail = (await claim(2))!;
      const released = { ...mail, dueAt: at(9), isOpen: true };
      await change({ kind: 'release', claimant: 'one', mail: released });
      expect(await storage.mails.nextMailAt()).toBe(at(9));
      expect(await openMail()).toMatchObject({ id: mail.id });
      expect(await claim(9)).toMatchObject({ attempts: 2 });
      await change({ kind: 'end', claimant: 'one', mail });
      expect(await storage.mails.nextMailAt()).toBeUndefined();
    });

    it('whose claim has run out is neither released nor ended, and nothing else of that transaction is written', async () => {
      await queue(aMail());
      const mail = (await claim(2))!;
      await claim(8, 'two');
      const before = await storage.headVersion(workspace.id);
      for (const kind of ['release', 'end'] as const)
        await expect(change({ kind, claimant: 'one', mail })).rejects.toThrow();
      expect(await storage.headVersion(workspace.id)).toBe(before);
      expect(await storage.mails.nextMailAt()).toBe(at(13));
    });

    it('is told of to whoever listens in this process, until they stop', async () => {
      let told = 0;
      const stop = storage.mails.onMailQueued(() => (told += 1));
      await queue(aMail());
      await storage.mails.queueSignInMail(aMail({ kind: 'sign_in' }), at(0));
      expect(told).toBe(2);
      stop();
      await queue(aMail());
      expect(told).toBe(2);
    });
  });

  describe('sign-in mails', () => {
    it('(E1) are counted by customer and by address, and forgotten when they are old and done', async () => {
      const signIn = (to: string, minute: number, dueAt: string | null = null) =>
        aMail({
          kind: 'sign_in',
          jobId: null,
          openedAt: at(minute),
          dueAt,
          deliveries: [{ to, state: 'taken', at: at(minute), reason: '' }],
        });
      const count = (since: number, to?: string) => {
        const of = { workspaceId: workspace.id, customerId: anna.id };
        return storage.mails.countSignInMails(to === undefined ? of : { ...of, to }, at(since));
      };
      await storage.mails.queueSignInMail(signIn('a@berg.example', 1), at(0));
      await storage.mails.queueSignInMail(signIn('b@berg.example', 2), at(0));
      await storage.mails.queueSignInMail(signIn('b@berg.example', 3, at(3)), at(0));
      expect(await count(0)).toBe(3);
      expect(await count(2)).toBe(1);
      expect(await count(0, 'b@berg.example')).toBe(2);
      await storage.mails.queueSignInMail(signIn('c@berg.example', 59), at(30));
      expect(await count(0)).toBe(2);
    });
  });

  describe('a mail’s link', () => {
    const link = {
      tokenHash: 'hash',
      workspaceId: workspace.id,
      customerId: anna.id,
      jobId: job.id,
      address: 'anna@berg.example',
      createdAt: at(0),
      expiresAt: at(30),
    };

    it('(E1) is found until it expires, and forgotten with the next one after', async () => {
      const mail = aMail();
      await queue(mail);
      expect(await storage.mails.addMailLink(link, mail.id)).toBe(true);
      expect(await storage.mails.mailLink('hash', at(29))).toEqual(link);
      expect(await storage.mails.mailLink('hash', at(30))).toBeUndefined();
      expect(await storage.mails.mailLink('nobody’s', at(1))).toBeUndefined();
      await storage.mails.addMailLink({ ...link, tokenHash: 'other', createdAt: at(31) }, mail.id);
      expect(await storage.mails.mailLink('hash', at(1))).toBeUndefined();
    });

    it('[O2] is not made for a mail that went with its customer', async () => {
      const mail = aMail();
      await queue(mail);
      const forget = appliedWithDoor([], [{ kind: 'forget-customer', customerId: anna.id }]);
      await storage.transact(workspace.id, async (transaction) => {
        transaction.settle({ id: aMutationId(), actorKey: 'test' }, forget);
        await Promise.resolve();
      });
      expect(await storage.mails.addMailLink(link, mail.id)).toBe(false);
      expect(await storage.mails.mailLink('hash', at(1))).toBeUndefined();
    });
  });
}
