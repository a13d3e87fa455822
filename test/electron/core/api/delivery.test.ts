// How far a reply has come, as a desk shows it: from its own disk to the customer's eyes.

import { expect, onTestFinished, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import type { Delivery } from '../../../../electron/core/api/delivery-contract.ts';
import type { FeedItem } from '../../../../electron/core/api/jobs-contract.ts';
import { MailSender } from '../../../../sync-server/mail/mail-sender.ts';
import type { HandOver } from '../../../../sync-server/mail/transport.ts';
import { mutationId } from '../../../../sync-server/protocol/ids.ts';
import { applied } from '../../../../sync-server/protocol/outcome.ts';
import { applyCustomerMutation } from '../../../../sync-server/storage/apply-mutations.ts';
import { aMutationId, anEntryId } from '../../../support/builders.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const MINUTE_MS = 60_000;

async function anOffice() {
  // The desk has a clock of its own; the server's goes ahead of it as the test says.
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  const server = await startTestServer({ now });
  onTestFinished(() => server.stop());
  const desk = await startTestDesk(await tempDir());
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  const jobId = server.office.job.id;
  return {
    server,
    desk,
    now,
    jobId,
    pass: (ms: number) => {
      aheadMs += ms;
    },
    mail: async (answer: HandOver) => {
      const failures: unknown[] = [];
      await new MailSender({
        storage: server.data.storage,
        transport: { handOver: () => Promise.resolve(answer) },
        from: 'office@harbour.example',
        publicUrl: () => server.url,
        now,
        claimant: randomUUID(),
        onFailure: (error) => failures.push(error),
      }).sendDue();
      expect(failures).toEqual([]);
    },
  };
}

async function write(desk: TestDesk, jobId: TestServer['office']['job']['id'], text: string) {
  const page = await desk.ask('jobs.one', { jobId });
  await desk.request('entries.post', {
    entryId: anEntryId(),
    jobId,
    audience: 'visible',
    text,
    files: [],
    seenVersion: page!.seenVersion,
  });
}

async function deliveryOf(
  desk: TestDesk,
  jobId: TestServer['office']['job']['id'],
  isEnough: (delivery: Delivery, item: FeedItem) => boolean,
): Promise<Delivery> {
  const filters = { kinds: [], authorIds: [], audiences: [], search: '' };
  const reply = (items: readonly FeedItem[]) =>
    items.findLast(({ entry }) => entry.kind === 'reply' && entry.author.kind === 'member');
  const feed = await desk.until('activity.feed', { jobId, filters, limit: 50 }, ({ items }) => {
    const item = reply(items);
    return item?.delivery != null && isEnough(item.delivery, item);
  });
  return reply(feed.items)!.delivery!;
}

test('(C10) a reply goes from the device to the server, the portal, a mail, and the customer’s eyes', async () => {
  const { desk, server, jobId, pass, mail, now } = await anOffice();
  await write(desk, jobId, 'Monday 8:00 is yours.');
  const onServer = await deliveryOf(desk, jobId, ({ mail: each }) => each.kind === 'waiting');
  expect(onServer).toMatchObject({
    portal: 'shown',
    mail: { to: server.office.anna.emails, trouble: '' },
    seenBy: null,
  });
  expect(onServer.onServerAt).not.toBeNull();

  pass(2 * MINUTE_MS);
  await mail({ kind: 'taken' });
  const mailed = await deliveryOf(desk, jobId, ({ mail: each }) => each.kind === 'sent');
  expect(mailed.mail).toMatchObject({ to: server.office.anna.emails, refused: [] });

  const { workspace, anna } = server.office;
  const seenVersion = (await server.data.storage.headVersion(workspace.id)) ?? 0;
  const arrivedAt = new Date(now()).toISOString();
  await applyCustomerMutation(server.data.storage, {
    workspaceId: workspace.id,
    customerId: anna.id,
    arrivedAt,
    mutation: {
      id: mutationId.parse(randomUUID()),
      name: 'customer_visit',
      args: { jobId, seenVersion },
      writtenAt: arrivedAt,
    },
  });
  const seen = await deliveryOf(desk, jobId, ({ seenBy }) => seenBy !== null);
  expect(seen.seenBy).toBe(arrivedAt);
});

test('(F2) a refused mail says so on the entry, with the address and the server’s words', async () => {
  const { desk, server, jobId, pass, mail } = await anOffice();
  await write(desk, jobId, 'Does this reach you?');
  await deliveryOf(desk, jobId, ({ mail: each }) => each.kind === 'waiting');
  pass(2 * MINUTE_MS);
  await mail({ kind: 'refused', reason: '550 5.1.1 No such mailbox' });
  const { mail: refused } = await deliveryOf(
    desk,
    jobId,
    ({ mail: each }) => each.kind === 'refused',
  );
  expect(refused).toMatchObject({
    refused: [{ to: server.office.anna.emails[0], reason: '550 5.1.1 No such mailbox' }],
  });
  const bell = await desk.ask('bell', {});
  expect(bell.count).toBe(1);
  expect(bell.refusedMails).toMatchObject([
    {
      jobId,
      jobTitle: server.office.job.title,
      customerName: server.office.anna.name,
      reachedOthers: false,
      refused: [{ to: server.office.anna.emails[0], reason: '550 5.1.1 No such mailbox' }],
    },
  ]);
  expect((await desk.ask('overview', {})).bellCount).toBe(1);
  await desk.request('jobs.mark-read', { jobId });
  expect(await desk.ask('bell', {})).toMatchObject({ count: 0, refusedMails: [] });
});

test('(F3) "Mark all read" clears refused mails too, on a job without anything else unread', async () => {
  const { desk, jobId, pass, mail } = await anOffice();
  await write(desk, jobId, 'Does this reach you?');
  await deliveryOf(desk, jobId, ({ mail: each }) => each.kind === 'waiting');
  pass(2 * MINUTE_MS);
  await mail({ kind: 'refused', reason: '550 5.1.1 No such mailbox' });
  await desk.until('bell', {}, ({ count }) => count === 1);
  await desk.request('bell.mark-all-read', {});
  expect((await desk.ask('bell', {})).count).toBe(0);
});

test('(C10) what cannot leave, and a job that goes out of the customer’s sight, are told as they are', async () => {
  const { desk, server, jobId, pass, mail } = await anOffice();
  await write(desk, jobId, 'Soon.');
  await deliveryOf(desk, jobId, ({ mail: each }) => each.kind === 'waiting');
  pass(2 * MINUTE_MS);
  await mail({ kind: 'later', reason: 'The line was lost.', mayHaveLeft: false });
  await deliveryOf(
    desk,
    jobId,
    ({ mail: each }) => each.kind === 'waiting' && each.trouble === 'The line was lost.',
  );
  const { workspace, job, pipeline } = server.office;
  await server.data.storage.transact(workspace.id, async (transaction) => {
    transaction.settle(
      { id: aMutationId(), actorKey: 'test' },
      applied({ kind: 'job', record: { ...job, stageId: pipeline.stages[1]!.id } }),
    );
    await Promise.resolve();
  });
  await deliveryOf(desk, jobId, ({ portal }) => portal === 'stage');
  pass(2 * MINUTE_MS);
  await mail({ kind: 'taken' });
  const held = await deliveryOf(
    desk,
    jobId,
    ({ mail: each }) => each.kind === 'waiting' && each.trouble.startsWith('The customer does not'),
  );
  expect(held.portal).toBe('stage');
});

test('(C10) offline a reply is on this device, and nothing more is said of it', async () => {
  const { desk, jobId } = await anOffice();
  desk.host.wire.cut();
  await write(desk, jobId, 'Later.');
  const delivery = await deliveryOf(desk, jobId, (_, { state }) => state === 'waiting');
  expect(delivery).toMatchObject({ onServerAt: null, mail: { kind: 'none' }, seenBy: null });
});
