// Replies that are sent later, on desks against the real server: written offline, seen by all, decided anywhere. (C8)

import { describe, expect, onTestFinished, test } from 'vitest';
import type { ScheduledItem } from '../../../electron/core/api/scheduled-contract.ts';
import type { EntryId } from '../../../sync-server/protocol/ids.ts';
import { releaseDue } from '../../../sync-server/scheduled/start-scheduled.ts';
import { applyCustomerMutation } from '../../../sync-server/storage/apply-mutations.ts';
import { aMutationId, anEntryId } from '../../support/builders.ts';
import { fakeHost } from '../../support/fake-host.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';

const HOUR_MS = 3_600_000;

/** A server whose clock a night can pass on. */
async function aServer() {
  let passedMs = 0;
  const now = () => Date.now() + passedMs;
  const server = await startTestServer({ now });
  onTestFinished(() => server.stop());
  const failures: unknown[] = [];
  return {
    ...server,
    failures,
    pass: (ms: number) => {
      passedMs += ms;
    },
    release: () =>
      releaseDue({
        storage: server.data.storage,
        now,
        onFailure: (error) => failures.push(error),
      }),
  };
}

async function aDesk(server: TestServer, who: 'mara' | 'jonas' = 'mara'): Promise<TestDesk> {
  const desk = await startTestDesk(await tempDir(), fakeHost(await tempDir()));
  onTestFinished(() => desk.core.close());
  const { email } = server.office[who];
  await desk.signIn(server.url, { email, password: TEST_PASSWORD });
  return desk;
}

/** It knows that it is offline: nothing leaves that somebody might have to wonder about. [P1] */
const cut = async (desk: TestDesk) => {
  desk.host.wire.cut();
  await desk.until('sync', {}, ({ kind }) => kind === 'offline');
};
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
const bytesOf = async function* (text: string) {
  yield new TextEncoder().encode(text);
};

async function schedule(
  desk: TestDesk,
  { office }: TestServer,
  more: { text?: string; sendAt?: string; file?: string } = {},
): Promise<EntryId> {
  const { job } = office;
  const entryId = anEntryId();
  const { seenVersion } = (await desk.ask('jobs.one', { jobId: job.id }))!;
  const { file, ...rest } = more;
  const added = file === undefined ? undefined : await desk.core.addFile('bill.txt', bytesOf(file));
  if (added?.kind === 'refused') throw new Error(added.sentence);
  const files =
    added === undefined
      ? []
      : [{ blobId: added.blobId, name: 'bill.txt', audience: 'visible' as const }];
  await desk.request('scheduled.add', {
    entryId,
    jobId: job.id,
    text: 'It is ready.',
    files,
    seenVersion,
    sendAt: inHours(1),
    unlessCustomerWrites: true,
    ...rest,
  });
  return entryId;
}

const scheduledOn = (desk: TestDesk, isEnough: (items: readonly ScheduledItem[]) => boolean) =>
  desk.until('scheduled', {}, isEnough);
const isWith = (items: readonly ScheduledItem[]) =>
  items.length === 1 && items[0]!.waiting === null;
const actOn = async (desk: TestDesk, { entryId, revision, jobId }: ScheduledItem) => {
  const { seenVersion } = (await desk.ask('jobs.one', { jobId }))!;
  return { entryId, revision, seenVersion };
};
const feedArgs = ({ office }: TestServer) => ({
  jobId: office.job.id,
  filters: { kinds: [], authorIds: [], audiences: [], search: '' },
  limit: 100,
});
const textsOn = (desk: TestDesk, server: TestServer, text: string) =>
  desk.until('activity.feed', feedArgs(server), ({ items }) =>
    items.some(({ entry }) => entry.kind === 'reply' && entry.text === text),
  );

describe('(C8) a reply to be sent later', () => {
  test('stands on every desk, in no feed and in no list of files, until the server sends it', async () => {
    const server = await aServer();
    const [mara, jonas] = [await aDesk(server), await aDesk(server, 'jonas')];
    await schedule(mara, server, { file: 'What it costs' });
    const [item] = await scheduledOn(jonas, isWith);
    expect(item).toMatchObject({
      text: 'It is ready.',
      authorName: server.office.mara.name,
      mine: false,
      files: [{ name: 'bill.txt' }],
      held: null,
    });
    const page = await jonas.ask('jobs.one', { jobId: server.office.job.id });
    expect(page).toMatchObject({ fileCount: 0, entryCount: 1 });
    server.pass(HOUR_MS);
    await server.release();
    const feed = await textsOn(jonas, server, 'It is ready.');
    const sent = feed.items.at(-1);
    expect(sent).toMatchObject({
      authorName: server.office.mara.name,
      attachments: [{ name: 'bill.txt' }],
    });
    expect(sent!.entry.scheduled).toEqual({ at: item!.writtenAt });
    await scheduledOn(jonas, (items) => items.length === 0);
    expect(server.failures).toEqual([]);
  });

  test('is written offline, waits in line for the server, and counts nothing down', async () => {
    const server = await aServer();
    const desk = await aDesk(server);
    await cut(desk);
    await schedule(desk, server);
    const [line] = await desk.until('outbox', {}, (items) => items.length === 1);
    expect(line).toMatchObject({
      audience: 'visible',
      title: `Scheduled reply to ${server.office.anna.name}`,
      text: 'It is ready.',
    });
    const [here] = await desk.ask('scheduled', {});
    expect(here?.waiting).toBe(line?.mutationId);
    desk.host.wire.restore();
    await desk.request('sync.now', {});
    await scheduledOn(desk, isWith);
    expect(await desk.ask('outbox', {})).toEqual([]);
  });

  test('that reaches the server after its time is held, for everybody to see, and rings its author’s bell alone', async () => {
    const server = await aServer();
    const [mara, jonas] = [await aDesk(server), await aDesk(server, 'jonas')];
    await cut(mara);
    const entryId = await schedule(mara, server);
    server.pass(2 * HOUR_MS);
    mara.host.wire.restore();
    await mara.request('sync.now', {});
    await scheduledOn(jonas, ([item]) => item?.held?.why === 'arrived-late');
    const bell = await mara.until('bell', {}, ({ heldReplies }) => heldReplies.length === 1);
    expect(bell.heldReplies[0]).toMatchObject({ entryId, why: 'arrived-late' });
    expect(bell.count).toBe(1);
    expect((await mara.ask('overview', {})).bellCount).toBe(1);
    expect(await jonas.ask('bell', {})).toMatchObject({ count: 0, heldReplies: [] });
  });

  test('(F4) that was held is told to its author, counted with the rest, and over once it is decided', async () => {
    const server = await aServer();
    const [mara, jonas] = [await aDesk(server), await aDesk(server, 'jonas')];
    await cut(mara);
    await schedule(mara, server);
    server.pass(2 * HOUR_MS);
    mara.host.wire.restore();
    await mara.request('sync.now', {});
    const { count, jobIds } = await mara.until('notices', {}, ({ fresh }) => fresh > 0);
    const { job, anna } = server.office;
    expect({ count, jobIds }).toEqual({ count: 1, jobIds: [job.id] });
    expect(await mara.request('notices.take', {})).toMatchObject([
      {
        title: `${anna.name} was not sent a scheduled reply`,
        body: `${job.reference} · ${job.title}`,
        place: { jobId: job.id, entryId: null },
        reply: null,
      },
    ]);
    const [item] = await scheduledOn(jonas, ([one]) => one?.held !== null);
    expect((await jonas.ask('notices', {})).count).toBe(0);
    await mara.request('scheduled.end', { ...(await actOn(mara, item!)), how: 'cancel' });
    expect(await mara.until('notices', {}, (state) => state.count === 0)).toEqual({
      count: 0,
      fresh: 0,
      jobIds: [],
    });
  });

  test('that the customer’s word has held shows what they wrote, and goes on being decided', async () => {
    const server = await aServer();
    const desk = await aDesk(server);
    await schedule(desk, server);
    await scheduledOn(desk, isWith);
    await annaWrites(server, 'One question first.');
    const [item] = await scheduledOn(desk, ([one]) => one?.held !== null);
    expect(item!.held).toMatchObject({
      why: 'customer-wrote',
      news: [{ text: 'One question first.' }],
    });
    await desk.until('jobs.one', { jobId: item!.jobId }, (page) => page!.entryCount === 2);
    await desk.request('scheduled.end', { ...(await actOn(desk, item!)), how: 'send' });
    await textsOn(desk, server, 'It is ready.');
    await desk.until('outbox', {}, (items) => items.length === 0);
    await desk.until('bell', {}, ({ heldReplies }) => heldReplies.length === 0);
  });

  test('is taken back as a draft with its files, also where they were never on this disk', async () => {
    const server = await aServer();
    const [mara, jonas] = [await aDesk(server), await aDesk(server, 'jonas')];
    await schedule(mara, server, { file: 'What it costs' });
    const [item] = await scheduledOn(jonas, isWith);
    const taken = await jonas.request('scheduled.take-back', await actOn(jonas, item!));
    expect(taken).toMatchObject({ audience: 'visible', text: 'It is ready.' });
    expect(taken.files).toMatchObject([{ name: 'bill.txt', audience: 'visible' }]);
    const [file] = await jonas.ask('files.pictures', { blobIds: [taken.files[0]!.blobId] });
    expect(file).toBeDefined();
    await scheduledOn(mara, (items) => items.length === 0);
    server.pass(2 * HOUR_MS);
    await server.release();
    expect((await server.data.storage.dueReplies.due(inHours(99), 9)).length).toBe(0);
    // Its bytes can be posted from here.
    await jonas.request('entries.post', {
      entryId: anEntryId(),
      jobId: server.office.job.id,
      audience: 'internal',
      text: '',
      files: taken.files.map(({ blobId, name, audience }) => ({ blobId, name, audience })),
      seenVersion: (await actOn(jonas, item!)).seenVersion,
    });
    await jonas.until('outbox', {}, (items) => items.length === 0);
  });

  test('that never left this device is cancelled without the server hearing of it', async () => {
    const server = await aServer();
    const desk = await aDesk(server);
    await cut(desk);
    await schedule(desk, server);
    const [item] = await desk.ask('scheduled', {});
    const changed = { text: 'Other words.', sendAt: inHours(3), unlessCustomerWrites: false };
    await desk.request('scheduled.change', { ...(await actOn(desk, item!)), ...changed });
    const [again] = await desk.ask('scheduled', {});
    expect(again).toMatchObject({ text: 'Other words.', revision: 2 });
    await desk.request('scheduled.end', { ...(await actOn(desk, again!)), how: 'cancel' });
    expect(await desk.ask('outbox', {})).toEqual([]);
    expect(await desk.ask('scheduled', {})).toEqual([]);
  });

  test('cancelled here while the server sent it: the person hears when, and nothing is lost', async () => {
    const server = await aServer();
    const desk = await aDesk(server);
    await schedule(desk, server);
    const [item] = await scheduledOn(desk, isWith);
    await cut(desk);
    server.pass(HOUR_MS);
    await server.release();
    await desk.request('scheduled.end', { ...(await actOn(desk, item!)), how: 'cancel' });
    desk.host.wire.restore();
    await desk.request('sync.now', {});
    const [parked] = await desk.until('outbox', {}, ([one]) => one?.state.kind === 'conflicted');
    expect(parked!.state).toMatchObject({ conflict: { kind: 'scheduled', stands: 'sent' } });
    await textsOn(desk, server, 'It is ready.');
    await desk.request('outbox.discard', { mutationId: parked!.mutationId });
    expect(await desk.ask('outbox', {})).toEqual([]);
  });

  test('in line is made a note instead, or taken back, like any reply', async () => {
    const server = await aServer();
    const desk = await aDesk(server);
    await cut(desk);
    await schedule(desk, server, { text: 'For the team after all.' });
    const [line] = await desk.ask('outbox', {});
    expect(line).toMatchObject({ isPost: true, audience: 'visible' });
    await desk.request('outbox.make-internal', { mutationId: line!.mutationId });
    expect(await desk.ask('scheduled', {})).toEqual([]);
    await schedule(desk, server, { text: 'Back to the draft.' });
    const second = (await desk.ask('outbox', {})).find(({ text }) => text.startsWith('Back'));
    const taken = await desk.request('outbox.take-back', { mutationId: second!.mutationId });
    expect(taken).toMatchObject({ audience: 'visible', text: 'Back to the draft.' });
    desk.host.wire.restore();
    await desk.request('sync.now', {});
    const feed = await textsOn(desk, server, 'For the team after all.');
    expect(feed.items.at(-1)!.entry.audience).toBe('internal');
  });

  test('in line goes on with the words it was given since: taken back, as a note, and once it is sent', async () => {
    const server = await aServer();
    const desk = await aDesk(server);
    await cut(desk);
    const rewritten = async (text: string) => {
      await schedule(desk, server);
      const [item] = await desk.ask('scheduled', {});
      const changed = { text, sendAt: inHours(3), unlessCustomerWrites: true };
      await desk.request('scheduled.change', { ...(await actOn(desk, item!)), ...changed });
      return (await desk.ask('outbox', {})).find(({ isPost }) => isPost)!;
    };
    const first = await rewritten('Other words.');
    const taken = await desk.request('outbox.take-back', { mutationId: first.mutationId });
    expect(taken.text).toBe('Other words.');
    expect(await desk.ask('outbox', {})).toEqual([]);
    const second = await rewritten('For the team after all.');
    await desk.request('outbox.make-internal', { mutationId: second.mutationId });
    expect(await desk.ask('outbox', {})).toMatchObject([{ text: 'For the team after all.' }]);
    desk.host.wire.restore();
    await desk.request('sync.now', {});
    await textsOn(desk, server, 'For the team after all.');
    await desk.until('outbox', {}, (items) => items.length === 0);
  });

  test('(H5) of a colleague who gave it other words meanwhile is rescheduled all the same, with those', async () => {
    const server = await aServer();
    const [mara, jonas] = [await aDesk(server), await aDesk(server, 'jonas')];
    await schedule(mara, server);
    const [item] = await scheduledOn(jonas, isWith);
    await cut(jonas);
    const { text, unlessCustomerWrites, sendAt } = item!;
    const act = await actOn(jonas, item!);
    const later = { ...act, text, unlessCustomerWrites, sendAt: inHours(5) };
    await jonas.request('scheduled.change', later);
    await scheduledOn(mara, isWith);
    await mara.request('scheduled.change', { ...later, text: 'Washed, too.', sendAt });
    await scheduledOn(mara, (items) => isWith(items) && items[0]?.revision === 2);
    jonas.host.wire.restore();
    await jonas.request('sync.now', {});
    const [parked] = await jonas.until('outbox', {}, ([one]) => one?.state.kind === 'conflicted');
    await jonas.until('scheduled', {}, ([one]) => one?.text === 'Washed, too.');
    await jonas.request('outbox.retry', { mutationId: parked!.mutationId });
    const [again] = await scheduledOn(
      mara,
      (items) => isWith(items) && items[0]?.sendAt === later.sendAt,
    );
    expect(again!.text).toBe('Washed, too.');
  });

  test('[P1] is not sent a second time by another window that still shows its draft', async () => {
    const server = await aServer();
    const desk = await aDesk(server);
    const entryId = await schedule(desk, server);
    const [item] = await scheduledOn(desk, isWith);
    const { jobId } = item!;
    const { seenVersion } = await actOn(desk, item!);
    const draft = { entryId, jobId, text: 'It is ready.', files: [], seenVersion };
    await expect(desk.request('entries.post', { ...draft, audience: 'visible' })).rejects.toThrow(
      'is scheduled already',
    );
    expect(await desk.ask('outbox', {})).toEqual([]);
    server.pass(HOUR_MS);
    await server.release();
    const { items } = await textsOn(desk, server, 'It is ready.');
    expect(items.filter(({ entry }) => entry.id === entryId)).toHaveLength(1);
    expect(await desk.ask('scheduled', {})).toEqual([]);
    await desk.request('entries.post', { ...draft, audience: 'visible' });
    expect(await desk.ask('outbox', {})).toEqual([]);
  });

  test('is refused where its time is over, or calls a colleague', async () => {
    const server = await aServer();
    const desk = await aDesk(server);
    await expect(schedule(desk, server, { sendAt: inHours(-1) })).rejects.toThrow(
      'This time is over',
    );
    await expect(schedule(desk, server, { sendAt: inHours(24 * 400) })).rejects.toThrow(
      'more than a year ahead',
    );
    const text = `Ask @${server.office.jonas.name}, please.`;
    await expect(schedule(desk, server, { text })).rejects.toThrow('calls a colleague');
    expect(await desk.ask('outbox', {})).toEqual([]);
  });

  test('knows how far this computer’s clock is off, once it has heard the server', async () => {
    const server = await aServer();
    const desk = await aDesk(server);
    const { aheadMs } = await desk.ask('scheduled.clock', {});
    expect(Math.abs(aheadMs ?? HOUR_MS)).toBeLessThan(60_000);
  });
});

async function annaWrites(server: TestServer, text: string): Promise<void> {
  const { office, data } = server;
  const arrivedAt = new Date().toISOString();
  await applyCustomerMutation(data.storage, {
    workspaceId: office.workspace.id,
    customerId: office.anna.id,
    arrivedAt,
    mutation: {
      id: aMutationId(),
      name: 'customer_reply',
      args: { jobId: office.job.id, entryId: anEntryId(), text },
      writtenAt: arrivedAt,
    },
  });
}
