// Desks that come back after a long spell, against the real server: what customers would see waits for a person's look. (H4)

import { describe, expect, onTestFinished, test } from 'vitest';
import type { OutboxItem } from '../../../electron/core/api/outbox-contract.ts';
import type { Clock } from '../../../electron/core/host.ts';
import type { JobId } from '../../../sync-server/protocol/ids.ts';
import { aMutationId, anEntryId } from '../../support/builders.ts';
import { type FakeHost, fakeHost, memorySecrets, quickClock } from '../../support/fake-host.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';

const HOUR_MS = 3_600_000;

/** A clock that a night can pass on. */
class NightClock implements Clock {
  #passedMs = 0;
  readonly after = quickClock.after;
  now = () => quickClock.now() + this.#passedMs;

  pass(hours: number): void {
    this.#passedMs += hours * HOUR_MS;
  }
}

interface AwayDesk extends TestDesk {
  readonly clock: NightClock;
  /** Comes back so many hours later. */
  comeBack(hours: number): Promise<void>;
}

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function open(host: FakeHost, clock: NightClock): Promise<AwayDesk> {
  const desk = await startTestDesk(host.dataFolder, host);
  onTestFinished(() => desk.core.close());
  const comeBack = async (hours: number) => {
    clock.pass(hours);
    host.wire.restore();
    await desk.request('sync.now', {});
  };
  return { ...desk, clock, comeBack };
}

/** Signed in, in step, and without a network since. */
async function aDeskAway(server: TestServer): Promise<AwayDesk> {
  const clock = new NightClock();
  const host = fakeHost(await tempDir(), { clock, secrets: memorySecrets() });
  const desk = await open(host, clock);
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  host.wire.cut();
  await desk.until('sync', {}, ({ kind }) => kind === 'offline');
  return desk;
}

const post = async (
  desk: TestDesk,
  { office }: TestServer,
  {
    text,
    audience,
    jobId = office.job.id,
  }: Pick<OutboxItem, 'text' | 'audience'> & { jobId?: typeof office.job.id },
) =>
  desk.request('entries.post', {
    entryId: anEntryId(),
    jobId,
    audience,
    text,
    files: [],
    seenVersion: (await desk.ask('jobs.one', { jobId }))?.seenVersion ?? 0,
  });

const reply = (text: string) => ({ text, audience: 'visible' }) as const;
const note = (text: string) => ({ text, audience: 'internal' }) as const;
const feedArgs = (jobId: JobId) => ({
  jobId,
  filters: { kinds: [], authorIds: [], audiences: [], search: '' },
  limit: 100,
});
const nothingWaits = (desk: TestDesk) => desk.until('outbox', {}, (items) => items.length === 0);
const lookWanted = (desk: TestDesk) => desk.until('sync', {}, ({ look }) => look !== null);

/** Only these are left in line, by their words. */
const left = async (desk: TestDesk, ...texts: string[]) => {
  const wanted = texts.toSorted().join();
  const items = await desk.until(
    'outbox',
    {},
    (some) =>
      some
        .map(({ text, title }) => text || title)
        .toSorted()
        .join() === wanted,
  );
  return items.map(({ state }) => state.kind);
};

const idsOf = async (desk: TestDesk) =>
  (await desk.ask('outbox', {}))
    .filter(({ state }) => state.kind === 'waits-for-look')
    .map(({ mutationId }) => mutationId);

describe('[P7] (H4) after a long spell away', () => {
  test('(C10) [T5] an edit of a reply waits for a look like the reply itself, one of a note leaves', async () => {
    const server = await aServer();
    const desk = await aDeskAway(server);
    await desk.comeBack(0);
    await post(desk, server, reply('Thursday is fine.'));
    await post(desk, server, note('Ask Paul.'));
    await nothingWaits(desk);
    desk.host.wire.cut();
    await desk.until('sync', {}, ({ kind }) => kind === 'offline');
    const { items } = await desk.ask('activity.feed', feedArgs(server.office.job.id));
    for (const [before, text] of [
      ['Ask Paul.', 'Ask Paula.'],
      ['Thursday is fine.', 'Friday is fine.'],
    ] as const) {
      const item = items.find(({ entry }) => entry.kind === 'reply' && entry.text === before);
      const { entry, editBasis } = item!;
      await desk.request('entries.edit', { entryId: entry.id, basedOn: editBasis!, text });
    }
    await desk.comeBack(9);
    await lookWanted(desk);
    expect(await left(desk, 'Friday is fine.')).toEqual(['waits-for-look']);
    await desk.request('outbox.send-to-customers', { mutationIds: await idsOf(desk) });
    await nothingWaits(desk);
  });

  test('what customers would see waits for a look, what is internal leaves, and one word sends the rest', async () => {
    const server = await aServer();
    const { job, hiddenJob, pipeline } = server.office;
    const desk = await aDeskAway(server);
    await post(desk, server, { ...note('Ask Paul.'), jobId: hiddenJob.id });
    await post(desk, server, reply('Thursday is fine.'));
    await desk.request('jobs.change-stage', {
      jobId: hiddenJob.id,
      toStageId: pipeline.stages[2]!.id,
    });
    await desk.request('jobs.assign', { jobId: hiddenJob.id, toMemberId: server.office.jonas.id });
    await desk.comeBack(9);
    const { kind, look } = await lookWanted(desk);
    expect({ kind, count: look?.count }).toEqual({ kind: 'needs-you', count: 2 });
    const hoursAway = (Date.parse(look!.awayUntil) - Date.parse(look!.awayFrom)) / HOUR_MS;
    expect(hoursAway).toBeCloseTo(9, 1);
    const titles = (await desk.until('outbox', {}, (items) => items.length === 3)).map(
      ({ text, title, state }) => [text || title, state.kind],
    );
    expect(titles).toEqual([
      ['Thursday is fine.', 'waits-for-look'],
      ['Stage: Estimate → Ready', 'waits-for-look'],
      // Behind the stage of the same job.
      [expect.stringContaining('Assigned to'), 'waiting'],
    ]);
    await desk.until('activity.feed', feedArgs(job.id), ({ items }) =>
      items.some(({ state }) => state === 'waits-for-look'),
    );
    await desk.request('outbox.send-to-customers', { mutationIds: await idsOf(desk) });
    await nothingWaits(desk);
    await desk.until('activity.feed', feedArgs(job.id), ({ items }) =>
      items.every(({ state }) => state === 'confirmed'),
    );
    expect(await desk.until('sync', {}, ({ kind }) => kind === 'up-to-date')).toMatchObject({
      look: null,
    });
    const page = await desk.ask('jobs.one', { jobId: job.id });
    expect(page?.entryCount).toBeGreaterThan(1);
  });

  test('a shorter spell sends everything by itself', async () => {
    const server = await aServer();
    const desk = await aDeskAway(server);
    await post(desk, server, reply('Thursday is fine.'));
    await desk.comeBack(7);
    await nothingWaits(desk);
  });

  test('[F1] the look outlives a restart, and what is written after it leaves at once', async () => {
    const server = await aServer();
    const { hiddenJob } = server.office;
    const desk = await aDeskAway(server);
    await post(desk, server, reply('Thursday is fine.'));
    await desk.comeBack(9);
    await lookWanted(desk);
    await desk.core.close();
    const again = await open(desk.host, desk.clock);
    await lookWanted(again);
    await post(again, server, { ...reply('Written after.'), jobId: hiddenJob.id });
    await post(again, server, note('Behind it.'));
    expect(await left(again, 'Thursday is fine.', 'Behind it.')).toEqual([
      'waits-for-look',
      'waiting',
    ]);
    await again.request('outbox.send-to-customers', { mutationIds: await idsOf(again) });
    await nothingWaits(again);
  });

  test('it ends with the last of what it is for: one discarded, one made internal', async () => {
    const server = await aServer();
    const { hiddenJob } = server.office;
    const desk = await aDeskAway(server);
    await post(desk, server, reply('Thursday is fine.'));
    await post(desk, server, { ...reply('No, Friday.'), jobId: hiddenJob.id });
    await desk.comeBack(9);
    await desk.until('sync', {}, ({ look }) => look?.count === 2);
    const [first, second] = await idsOf(desk);
    await desk.request('outbox.discard', { mutationId: first! });
    await desk.until('sync', {}, ({ look }) => look?.count === 1);
    await desk.request('outbox.make-internal', { mutationId: second! });
    await nothingWaits(desk);
    expect(await desk.ask('sync', {})).toMatchObject({ look: null });
  });

  test('it outlives a sign-out: whoever signs in again has not looked', async () => {
    const server = await aServer();
    const desk = await aDeskAway(server);
    await post(desk, server, reply('Thursday is fine.'));
    await desk.comeBack(9);
    await lookWanted(desk);
    await desk.request('session.sign-out', {});
    await desk.request('session.sign-in', {
      serverUrl: server.url,
      email: server.office.mara.email,
      password: TEST_PASSWORD,
    });
    await lookWanted(desk);
    expect(await left(desk, 'Thursday is fine.')).toEqual(['waits-for-look']);
    await desk.request('outbox.send-to-customers', { mutationIds: await idsOf(desk) });
    await nothingWaits(desk);
  });

  test('a person who sends two sends those two: what they have not seen waits on', async () => {
    const server = await aServer();
    const { hiddenJob } = server.office;
    const desk = await aDeskAway(server);
    await post(desk, server, reply('Seen.'));
    await post(desk, server, { ...reply('Not seen.'), jobId: hiddenJob.id });
    await desk.comeBack(9);
    await desk.until('sync', {}, ({ look }) => look?.count === 2);
    const [seen] = await idsOf(desk);
    await desk.request('outbox.send-to-customers', { mutationIds: [seen!, aMutationId()] });
    expect(await left(desk, 'Not seen.')).toEqual(['waits-for-look']);
  });

  test('[P1] what may have arrived asks again at once, and its answer ends the doubt', async () => {
    const server = await aServer();
    const desk = await aDeskAway(server);
    desk.host.wire.restore();
    await desk.request('sync.now', {});
    await desk.until('sync', {}, ({ kind }) => kind === 'up-to-date');
    desk.host.wire.onNextLoss(() => desk.host.wire.cut());
    desk.host.wire.loseAnswerTo('/api/sync/push');
    await post(desk, server, reply('Sent, and no answer.'));
    await desk.until('sync', {}, ({ kind }) => kind === 'offline');
    await desk.comeBack(9);
    await nothingWaits(desk);
  });

  test('[P6] a reply whose job moved on meanwhile is held instead, and sending it after all is the look', async () => {
    const server = await aServer();
    const jonas = await open(fakeHost(await tempDir()), new NightClock());
    await jonas.signIn(server.url, { email: server.office.jonas.email, password: TEST_PASSWORD });
    const desk = await aDeskAway(server);
    await post(desk, server, reply('Thursday is fine.'));
    await post(jonas, server, reply('Friday is better.'));
    await nothingWaits(jonas);
    await desk.comeBack(9);
    const [held] = await desk.until('outbox', {}, ([item]) => item?.state.kind === 'held');
    expect(await desk.ask('sync', {})).toMatchObject({ kind: 'needs-you', parked: 1, look: null });
    await desk.request('outbox.retry', { mutationId: held!.mutationId });
    await nothingWaits(desk);
  });
});
