// An author edits what they wrote, on real desks against the real server. (C10)

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FeedItem } from '../../../electron/core/api/jobs-contract.ts';
import type { EntryId } from '../../../sync-server/protocol/ids.ts';
import { anEntryId } from '../../support/builders.ts';
import { fakeHost, quickClock } from '../../support/fake-host.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';

const FIRST = 'The claim is Kestrel-4471 as far as we know';
const SECOND = 'The claim is Buzzard-9 after all';
const noFilters = { kinds: [], authorIds: [], audiences: [], search: '' };

type Desk = TestDesk & { readonly folder: string };

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(server: TestServer, who: 'mara' | 'jonas'): Promise<Desk> {
  const folder = await tempDir();
  const desk = await startTestDesk(folder, fakeHost(folder, { clock: quickClock }));
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office[who].email, password: TEST_PASSWORD });
  await desk.until('jobs.one', { jobId: server.office.job.id }, (page) => page !== null);
  await desk.request('outbox.set-undo-time', { seconds: 0 });
  return { ...desk, folder };
}

const feedArgs = (server: TestServer) => ({
  jobId: server.office.job.id,
  filters: noFilters,
  limit: 100,
});

function itemOf(
  desk: Desk,
  server: TestServer,
  entryId: EntryId,
  isEnough: (item: FeedItem) => boolean,
): Promise<FeedItem> {
  const find = (items: readonly FeedItem[]) => items.find(({ entry }) => entry.id === entryId);
  return desk
    .until('activity.feed', feedArgs(server), ({ items }) => {
      const item = find(items);
      return item !== undefined && isEnough(item);
    })
    .then(({ items }) => find(items)!);
}

const says =
  (text: string) =>
  ({ entry, state }: FeedItem) =>
    state === 'confirmed' && entry.kind === 'reply' && entry.text === text;

async function post(
  desk: Desk,
  server: TestServer,
  text = FIRST,
  audience: 'internal' | 'visible' = 'internal',
): Promise<EntryId> {
  const entryId = anEntryId();
  const { id: jobId } = server.office.job;
  const seenVersion = (await desk.ask('jobs.one', { jobId }))!.seenVersion;
  await desk.request('entries.post', { entryId, jobId, audience, text, files: [], seenVersion });
  return entryId;
}

/** By what stands on the desk's own screen at this moment. */
async function edit(desk: Desk, server: TestServer, entryId: EntryId, text: string) {
  const { editBasis } = await itemOf(desk, server, entryId, () => true);
  await desk.request('entries.edit', { entryId, basedOn: editBasis ?? 'none', text });
}

async function goOffline(desk: Desk): Promise<void> {
  desk.host.wire.cut();
  await desk.until('sync', {}, ({ kind }) => kind === 'offline');
}

const outbox = (desk: Desk) => desk.ask('outbox', {});
const earlierOf = ({ entry }: FeedItem) => (entry.kind === 'reply' ? (entry.earlier ?? []) : []);

describe('(C10) an edit', () => {
  test('made offline reaches the office once, keeps its place and what stood, and is found by its new words', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const jonas = await aDesk(server, 'jonas');
    const entryId = await post(mara, server);
    const before = await itemOf(jonas, server, entryId, says(FIRST));
    expect(before.editBasis).toBeNull();
    await itemOf(mara, server, entryId, says(FIRST));
    await jonas.request('jobs.mark-read', { jobId: server.office.job.id });
    await jonas.until(
      'activity.feed',
      feedArgs(server),
      ({ firstUnreadId }) => firstUnreadId === null,
    );
    const { unreadJobs } = await jonas.ask('overview', {});

    await goOffline(mara);
    await edit(mara, server, entryId, SECOND);
    expect(await outbox(mara)).toMatchObject([
      { title: 'Edit of a note', text: SECOND, audience: 'internal', isPost: false },
    ]);
    mara.host.wire.restore();
    await mara.request('sync.now', {});
    const after = await itemOf(jonas, server, entryId, says(SECOND));
    expect(earlierOf(after)).toMatchObject([{ text: FIRST }]);
    expect(earlierOf(after)[0]?.untilVersion).toBeGreaterThan(0);
    expect(after.entry.arrivedAt).toBe(before.entry.arrivedAt);
    // Nobody has anything new to read.
    expect((await jonas.ask('overview', {})).unreadJobs).toBe(unreadJobs);
    expect((await jonas.ask('activity.feed', feedArgs(server))).firstUnreadId).toBeNull();
    const found = async (search: string) =>
      (
        await jonas.ask('activity.feed', {
          ...feedArgs(server),
          filters: { ...noFilters, search },
        })
      ).total;
    expect([await found('kestrel'), await found('buzzard')]).toEqual([0, 1]);
  });

  test('(H5) of one text on two devices is shown with both sides, and a person chooses', async () => {
    const server = await aServer();
    const one = await aDesk(server, 'mara');
    const other = await aDesk(server, 'mara');
    const entryId = await post(one, server);
    await itemOf(one, server, entryId, says(FIRST));
    await itemOf(other, server, entryId, says(FIRST));
    await goOffline(other);
    await edit(one, server, entryId, 'From one');
    await edit(other, server, entryId, 'From the other');
    await itemOf(one, server, entryId, says('From one'));
    other.host.wire.restore();
    await other.request('sync.now', {});
    const shown = await itemOf(other, server, entryId, ({ parkedEditId }) => parkedEditId !== null);
    expect(shown.entry).toMatchObject({ text: 'From one' });
    const [parked] = await outbox(other);
    const sides = [{ label: 'Text', yours: 'From the other', stands: 'From one', field: null }];
    expect(parked?.state).toMatchObject({ kind: 'conflicted', conflict: { kind: 'text' }, sides });
    await other.request('outbox.retry', { mutationId: shown.parkedEditId! });
    const chosen = await itemOf(one, server, entryId, says('From the other'));
    expect(earlierOf(chosen).map(({ text }) => text)).toEqual([FIRST, 'From one']);
  });

  test('that waits takes a newer text up, so that nothing is kept that nobody saw; what stands again ends it', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const entryId = await post(mara, server);
    await itemOf(mara, server, entryId, says(FIRST));
    await goOffline(mara);
    await edit(mara, server, entryId, 'A slip of the pen');
    await edit(mara, server, entryId, SECOND);
    const waiting = await itemOf(mara, server, entryId, () => true);
    expect(earlierOf(waiting)).toMatchObject([{ text: FIRST, untilVersion: null }]);
    await expect(edit(mara, server, entryId, ' ')).rejects.toThrow(/Withdraw it instead/);
    await edit(mara, server, entryId, FIRST);
    expect(await outbox(mara)).toEqual([]);
    await itemOf(mara, server, entryId, says(FIRST));
  });

  test('(H5) of what another device put there leaves an edit that waits and no longer shows as it was', async () => {
    const server = await aServer();
    const one = await aDesk(server, 'mara');
    const other = await aDesk(server, 'mara');
    const entryId = await post(one, server);
    await itemOf(one, server, entryId, says(FIRST));
    await itemOf(other, server, entryId, says(FIRST));
    // What counts down keeps the edit behind it in line, while pages come in.
    await one.request('outbox.set-undo-time', { seconds: 60 });
    await post(one, server, 'It is ready.', 'visible');
    await edit(one, server, entryId, 'From one');
    await edit(other, server, entryId, 'From the other');
    await itemOf(one, server, entryId, says('From the other'));
    await edit(one, server, entryId, FIRST);
    const texts = (await outbox(one)).map(({ text }) => text);
    expect(texts).toEqual(['It is ready.', 'From one', FIRST]);
    const [reply] = await outbox(one);
    await one.request('outbox.send-now', { mutationIds: [reply!.mutationId] });
    await itemOf(other, server, entryId, says(FIRST));
    const shown = await itemOf(one, server, entryId, ({ parkedEditId }) => parkedEditId !== null);
    expect(shown.entry).toMatchObject({ text: FIRST });
    expect((await outbox(one))[0]?.text).toBe('From one');
  });

  test('[P1] of a post whose answer is here and whose record is not comes after it; an unsent one is taken back', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    await goOffline(mara);
    const unsent = await post(mara, server, 'Not sent');
    expect((await itemOf(mara, server, unsent, () => true)).editBasis).toBeNull();
    await expect(edit(mara, server, unsent, SECOND)).rejects.toThrow(/Take it back/);
    mara.host.wire.restore();
    await mara.request('sync.now', {});
    await itemOf(mara, server, unsent, says('Not sent'));
    // The push is answered, the page after it never comes.
    mara.host.wire.cutAfter('/api/sync/push');
    const accepted = await post(mara, server);
    await mara.until('outbox', {}, (items) => items.some(({ state }) => state.kind === 'accepted'));
    await edit(mara, server, accepted, SECOND);
    mara.host.wire.restore();
    await mara.request('sync.now', {});
    const item = await itemOf(mara, server, accepted, says(SECOND));
    expect(earlierOf(item)).toMatchObject([{ text: FIRST }]);
  });

  test('(C5) of a reply has no countdown and is not held, stands among what is for customers, and calls no colleague', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const entryId = await post(mara, server, FIRST, 'visible');
    await itemOf(mara, server, entryId, says(FIRST));
    await mara.request('outbox.set-undo-time', { seconds: 60 });
    const { jonas } = server.office;
    await expect(edit(mara, server, entryId, `Ask @${jonas.name}`)).rejects.toThrow(
      /calls a colleague/,
    );
    await goOffline(mara);
    await edit(mara, server, entryId, SECOND);
    expect(await outbox(mara)).toMatchObject([
      { audience: 'visible', title: expect.stringMatching(/^Edit of a reply to /) },
    ]);
    mara.host.wire.restore();
    await mara.request('sync.now', {});
    const item = await itemOf(mara, server, entryId, says(SECOND));
    expect(item.delivery).toMatchObject({ seenBy: null });
  });

  test('(C7) that mentions a colleague in a note they had read rings for them, once, until they look', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const jonas = await aDesk(server, 'jonas');
    const { id: jobId } = server.office.job;
    const entryId = await post(mara, server);
    await itemOf(jonas, server, entryId, says(FIRST));
    await itemOf(mara, server, entryId, says(FIRST));
    await jonas.request('jobs.mark-read', { jobId });
    const quiet = (await jonas.until('bell', {}, ({ count }) => count === 0)).count;
    const called = `${FIRST}, @${server.office.jonas.name}`;
    await edit(mara, server, entryId, called);
    const bell = await jonas.until('bell', {}, ({ count }) => count === quiet + 1);
    expect(bell.jobs.find((row) => row.jobId === jobId)).toMatchObject({
      mentionsMe: true,
      latestEntryId: entryId,
      at: earlierOf(await itemOf(jonas, server, entryId, says(called)))[0]?.until,
    });
    expect((await jonas.ask('activity.feed', feedArgs(server))).hasEditNews).toBe(true);
    expect((await jonas.ask('activity.feed', feedArgs(server))).firstUnreadId).toBeNull();
    await jonas.request('jobs.mark-read', { jobId });
    await jonas.until('bell', {}, ({ count }) => count === quiet);
    // A slip put right in what they have read already.
    await itemOf(mara, server, entryId, says(called));
    await edit(mara, server, entryId, `${called}!`);
    await itemOf(jonas, server, entryId, says(`${called}!`));
    expect((await jonas.ask('bell', {})).count).toBe(quiet);
    expect((await jonas.ask('activity.feed', feedArgs(server))).hasEditNews).toBe(false);
  });
});

/** Names of files below a folder in which a text can be found, in whatever encoding the disk has it. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const hits: string[] = [];
  for (const file of found.filter((each) => each.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name));
    if (bytes.includes(text) || bytes.includes(text.toLowerCase())) hits.push(file.name);
  }
  return hits;
}

test('[T3] (C10) removing an edited text for good removes all it said before: from the server, every desk and what waits there', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  const jonas = await aDesk(server, 'jonas');
  const away = await aDesk(server, 'jonas');
  const entryId = await post(jonas, server);
  for (const desk of [mara, jonas, away]) await itemOf(desk, server, entryId, says(FIRST));
  await goOffline(away);
  await edit(away, server, entryId, 'What is wanted meanwhile');
  await edit(jonas, server, entryId, SECOND);
  for (const desk of [mara, jonas]) await itemOf(desk, server, entryId, says(SECOND));
  for (const { folder } of [mara, jonas, away, server])
    expect(await filesWith(folder, 'Kestrel-4471')).not.toEqual([]);

  await mara.request('entries.redact', { entryId, withFiles: false });
  await itemOf(
    mara,
    server,
    entryId,
    ({ undone, state }) => undone !== null && state === 'confirmed',
  );
  away.host.wire.restore();
  await away.request('sync.now', {});
  // The one that came too late waits for its author with their own new words, and none of the old.
  const [late] = await away.until('outbox', {}, (items) => items[0]?.state.kind === 'refused');
  expect(late).toMatchObject({ text: 'What is wanted meanwhile' });
  for (const word of ['Kestrel', 'Buzzard'])
    for (const { folder } of [mara, jonas, away]) {
      await expect.poll(() => filesWith(folder, word)).toEqual([]);
    }
  for (const word of ['Kestrel', 'Buzzard']) {
    const left = await filesWith(server.folder, word);
    expect(left.filter((name) => name.includes('sqlite'))).toEqual([]);
  }
});
