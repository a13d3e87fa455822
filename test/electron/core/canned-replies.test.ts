// Canned replies on real desks against the real server: offline first, conflicts, and files that are there when they are
// needed. (C6)

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CannedReplyId, BlobId } from '../../../sync-server/protocol/ids.ts';
import { MAX_CANNED_REPLIES } from '../../../sync-server/protocol/canned-replies.ts';
import { aCannedReply, aMutationId, anEntryId } from '../../support/builders.ts';
import { type CutProxy, startCutProxy } from '../../support/cut-proxy.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';
import { applied } from '../../../sync-server/protocol/outcome.ts';

let server: TestServer;
let proxy: CutProxy;
let onMaras: TestDesk;
let onJonas: TestDesk;
beforeEach(async () => {
  server = await startTestServer();
  proxy = await startCutProxy(server.url);
  const { mara, jonas, job } = server.office;
  const desk = async ({ email }: { email: string }, url: string) => {
    const one = await startTestDesk(await tempDir());
    await one.signIn(url, { email, password: TEST_PASSWORD });
    await one.until('jobs.one', { jobId: job.id }, (page) => page !== null);
    return one;
  };
  onMaras = await desk(mara, server.url);
  onJonas = await desk(jonas, proxy.url);
});
afterEach(async () => {
  await Promise.all([onMaras.core.close(), onJonas.core.close()]);
  await proxy.close();
  await server.stop();
});

const HOURS = { title: 'Opening hours', text: 'From eight.', files: [] };
const find = (desk: TestDesk, search = '') =>
  desk.ask('canned-replies.find', { search, limit: 50 });
const untilFound = (desk: TestDesk, isEnough: (titles: readonly string[]) => boolean) =>
  desk.until('canned-replies.find', { search: '', limit: 50 }, (found) =>
    isEnough(found.map(({ title }) => title)),
  );
const isIdle = ({ kind, waiting }: { kind: string; waiting: number }) =>
  kind === 'up-to-date' && waiting === 0;

async function addFile(desk: TestDesk, name: string, text: string): Promise<BlobId> {
  const added = await desk.core.addFile(name, toChunks(text));
  if (added.kind !== 'added') throw new Error(added.sentence);
  return added.blobId;
}
async function* toChunks(text: string) {
  yield Buffer.from(text);
  await Promise.resolve();
}

describe('(C6) a canned reply', () => {
  test('[F3] is made, changed and found offline, and comes to colleagues once there is a network', async () => {
    proxy.cut();
    const { cannedReplyId } = await onJonas.request('canned-replies.create', {
      sharing: 'shared',
      ...HOURS,
    });
    const changes = [{ field: 'text' as const, from: HOURS.text, to: 'From nine.' }];
    await onJonas.request('canned-replies.update', { cannedReplyId, changes });
    expect(await find(onJonas, 'nine')).toMatchObject([{ id: cannedReplyId }]);
    expect(await onJonas.ask('outbox', {})).toMatchObject([
      {
        title: 'New shared canned reply: Opening hours',
        text: 'From eight.',
        audience: 'internal',
      },
      { title: 'Canned reply “Opening hours”: text', text: 'From nine.' },
    ]);
    proxy.restore();
    await onJonas.request('sync.now', {});
    const [found] = await untilFound(onMaras, (titles) => titles.length === 1);
    await onMaras.until(
      'canned-replies.find',
      { search: 'nine', limit: 5 },
      (all) => all.length === 1,
    );
    expect(found).toMatchObject({ id: cannedReplyId, createdBy: server.office.jonas.id });
  });

  test('[V3] of one’s own never reaches a colleague; shared it does, and it goes again when it is not', async () => {
    const { cannedReplyId } = await onMaras.request('canned-replies.create', {
      sharing: 'personal',
      ...HOURS,
    });
    await onMaras.until('sync', {}, isIdle);
    await onMaras.request('canned-replies.create', { sharing: 'shared', ...HOURS, title: 'Later' });
    await untilFound(onJonas, (titles) => titles.join() === 'Later');
    const shared = await onMaras.request('canned-replies.move', { cannedReplyId, to: 'shared' });
    expect(await onMaras.ask('canned-replies.one', shared)).toMatchObject({ mayTakeAway: true });
    await untilFound(onJonas, (titles) => titles.join() === 'Later,Opening hours');
    expect(await onJonas.ask('canned-replies.one', shared)).toMatchObject({ mayTakeAway: false });
    await onMaras.request('canned-replies.move', { ...shared, to: 'personal' });
    await untilFound(onJonas, (titles) => titles.join() === 'Later');
    await onJonas.until('sync', {}, isIdle);
    const log = await onJonas.ask('sync.log', {});
    expect(log.map(({ event }) => event)).not.toContain('differs');
  });

  test('(H5) that two changed at once asks, with both texts, and takes the one a person wants', async () => {
    const { cannedReplyId } = await onMaras.request('canned-replies.create', {
      sharing: 'shared',
      ...HOURS,
    });
    await untilFound(onJonas, (titles) => titles.length === 1);
    proxy.cut();
    const change = (desk: TestDesk, to: string) =>
      desk.request('canned-replies.update', {
        cannedReplyId,
        changes: [{ field: 'text', from: HOURS.text, to }],
      });
    await change(onJonas, 'From ten.');
    await change(onMaras, 'From nine.');
    await onMaras.until('sync', {}, isIdle);
    proxy.restore();
    await onJonas.request('sync.now', {});
    const [item] = await onJonas.until('outbox', {}, ([one]) => one?.state.kind === 'conflicted');
    expect(item).toMatchObject({
      text: 'From ten.',
      state: { conflict: { fields: [{ label: 'Text', standsWords: 'From nine.' }] } },
    });
    expect(await find(onJonas)).toMatchObject([{ text: 'From nine.' }]);
    await onJonas.request('outbox.retry', { mutationId: item!.mutationId });
    await onMaras.until(
      'canned-replies.find',
      { search: 'ten', limit: 5 },
      (all) => all.length === 1,
    );
  });

  test('[P3] whose colleague deleted it meanwhile keeps what was written to it, and says who did', async () => {
    const { cannedReplyId } = await onMaras.request('canned-replies.create', {
      sharing: 'shared',
      ...HOURS,
    });
    await untilFound(onJonas, (titles) => titles.length === 1);
    proxy.cut();
    await onJonas.request('canned-replies.update', {
      cannedReplyId,
      changes: [{ field: 'text', from: HOURS.text, to: 'From ten, all week.' }],
    });
    await onMaras.request('canned-replies.delete', { cannedReplyId, fromTitle: HOURS.title });
    await onMaras.until('sync', {}, isIdle);
    proxy.restore();
    await onJonas.request('sync.now', {});
    const [item] = await onJonas.until('outbox', {}, ([one]) => one?.state.kind === 'refused');
    expect(item).toMatchObject({
      text: 'From ten, all week.',
      state: {
        refusal: {
          sentence: `This canned reply was deleted by ${server.office.mara.name}, or is shared no longer, so nothing was saved. Your words are kept here: copy or discard them.`,
        },
      },
    });
  });

  test('of a colleague can be neither deleted nor taken by a member, and says so on the device', async () => {
    const { cannedReplyId } = await onMaras.request('canned-replies.create', {
      sharing: 'shared',
      ...HOURS,
    });
    await untilFound(onJonas, (titles) => titles.length === 1);
    await expect(
      onJonas.request('canned-replies.delete', { cannedReplyId, fromTitle: HOURS.title }),
    ).rejects.toThrow('only who added it or an admin can delete it');
    await expect(
      onJonas.request('canned-replies.move', { cannedReplyId, to: 'personal' }),
    ).rejects.toThrow('only who added it or an admin can make it personal');
  });
});

describe('(C6) its files', () => {
  const withFile = async (sharing: 'shared' | 'personal') => {
    const blobId = await addFile(onMaras, 'prices.txt', 'Hour: 80 EUR');
    const made = await onMaras.request('canned-replies.create', {
      sharing,
      ...HOURS,
      files: [{ blobId, name: 'prices.txt' }],
    });
    await onMaras.until('sync', {}, isIdle);
    return { ...made, blobId };
  };
  const take = (desk: TestDesk, cannedReplyId: CannedReplyId) =>
    desk.request('canned-replies.take-files', { cannedReplyId });

  test('(D8) come to colleagues unasked, so that inserting it works offline; the post carries its own audience', async () => {
    const { cannedReplyId, blobId } = await withFile('shared');
    await untilFound(onJonas, (titles) => titles.length === 1);
    await onJonas.until('files.pictures', { blobIds: [blobId] }, (here) => here.length === 1);
    proxy.cut();
    const { files, missing } = await take(onJonas, cannedReplyId);
    expect({ files, missing }).toEqual({
      files: [{ blobId, name: 'prices.txt', mediaType: 'text/plain', sizeBytes: 12 }],
      missing: [],
    });
    const { job } = server.office;
    await onJonas.request('entries.post', {
      jobId: job.id,
      entryId: anEntryId(),
      audience: 'visible',
      text: 'The prices are in the file.',
      files: [{ blobId, name: 'prices.txt', audience: 'internal' }],
      seenVersion: 1_000,
    });
    proxy.restore();
    await onJonas.request('sync.now', {});
    await onJonas.request('outbox.send-now', {
      mutationIds: (await onJonas.ask('outbox', {})).map(({ mutationId }) => mutationId),
    });
    const posted = await onMaras.until(
      'files.list',
      {
        jobId: job.id,
        sieve: { sort: 'date', isAscending: true, types: [], audiences: [], search: '' },
        offset: 0,
        limit: 10,
      },
      ({ rows }) => rows.length === 1,
    );
    expect(posted.rows).toMatchObject([{ name: 'prices.txt', audience: 'internal' }]);
  });

  test('(D8) that are not here and cannot be fetched are named, and the rest is taken', async () => {
    proxy.cut();
    const { cannedReplyId, blobId } = await withFile('shared');
    const record = (await find(onMaras))[0]!;
    // As after a first page: the record is here, and its bytes are not.
    await onJonas.core.close();
    proxy.restore();
    onJonas = await startTestDesk(await tempDir());
    await onJonas.signIn(proxy.url, { email: server.office.jonas.email, password: TEST_PASSWORD });
    proxy.cut();
    await untilFound(onJonas, (titles) => titles.length === 1);
    expect(record.id).toBe(cannedReplyId);
    const here = await onJonas.ask('files.pictures', { blobIds: [blobId] });
    expect(here).toEqual([]);
    expect(await take(onJonas, cannedReplyId)).toEqual({ files: [], missing: ['prices.txt'] });
  });

  test('(C10) leave a colleague’s disk when it is shared no longer, but not a draft they were inserted into', async () => {
    const { cannedReplyId, blobId } = await withFile('shared');
    await untilFound(onJonas, (titles) => titles.length === 1);
    await onJonas.until('files.pictures', { blobIds: [blobId] }, (here) => here.length === 1);
    const personal = await onMaras.request('canned-replies.move', {
      cannedReplyId,
      to: 'personal',
    });
    await untilFound(onJonas, (titles) => titles.length === 0);
    await onJonas.until('files.pictures', { blobIds: [blobId] }, (here) => here.length === 0);

    await onMaras.request('canned-replies.move', { ...personal, to: 'shared' });
    const [again] = await untilFound(onJonas, (titles) => titles.length === 1);
    await take(onJonas, again!.id);
    await onMaras.request('canned-replies.delete', {
      cannedReplyId: again!.id,
      fromTitle: HOURS.title,
    });
    await untilFound(onJonas, (titles) => titles.length === 0);
    await onJonas.until('sync', {}, isIdle);
    expect(await onJonas.ask('files.pictures', { blobIds: [blobId] })).toHaveLength(1);
  });

  test('(C3, D8) stay with the draft it was saved from when it is deleted again', async () => {
    const { cannedReplyId, blobId } = await withFile('personal');
    await onMaras.request('canned-replies.delete', { cannedReplyId, fromTitle: HOURS.title });
    await onMaras.until('sync', {}, isIdle);
    const { job } = server.office;
    await onMaras.request('entries.post', {
      jobId: job.id,
      entryId: anEntryId(),
      audience: 'internal',
      text: 'What was being written.',
      files: [{ blobId, name: 'prices.txt', audience: 'internal' }],
      seenVersion: 1_000,
    });
    await onMaras.until('sync', {}, isIdle);
    await onJonas.until('jobs.one', { jobId: job.id }, (page) => page?.fileCount === 1);
  });

  test('[B2] that cannot arrive wait with their canned reply for a person, who goes on without them', async () => {
    proxy.cut();
    const blobId = await addFile(onJonas, 'prices.txt', 'Hour: 90 EUR');
    await onJonas.request('canned-replies.create', {
      sharing: 'shared',
      ...HOURS,
      files: [{ blobId, name: 'prices.txt' }],
    });
    const [item] = await onJonas.ask('outbox', {});
    expect(item?.files).toMatchObject([{ name: 'prices.txt', sizeBytes: 12 }]);
    await onJonas.request('outbox.remove-file', { mutationId: item!.mutationId, blobId });
    proxy.restore();
    await onJonas.request('sync.now', {});
    expect(await untilFound(onMaras, (titles) => titles.length === 1)).toMatchObject([
      { text: 'From eight.', files: [] },
    ]);
  });
});

test('(C6) the last one the office can share is found at once among all the others', async () => {
  const { workspace } = server.office;
  await server.data.storage.transact(workspace.id, async (transaction) => {
    const puts = Array.from({ length: MAX_CANNED_REPLIES - 1 }, (_, index) => ({
      kind: 'canned_reply' as const,
      record: aCannedReply({
        title: `Reply ${index}`,
        text: `Words of reply ${index}. `.repeat(20),
      }),
    }));
    transaction.settle({ id: aMutationId(), actorKey: 'test' }, applied(...puts));
    await Promise.resolve();
  });
  await onMaras.request('canned-replies.create', { sharing: 'shared', ...HOURS, title: 'Parking' });
  await onMaras.until(
    'canned-replies.list',
    { search: '', sharing: 'shared', offset: 0, limit: 10 },
    ({ total }) => total === MAX_CANNED_REPLIES,
  );
  expect(await find(onMaras, 'par')).toMatchObject([{ title: 'Parking' }]);
  await onMaras.until('sync', {}, isIdle);
  await expect(
    onMaras.request('canned-replies.create', { sharing: 'shared', ...HOURS }),
  ).rejects.toThrow('The office shares 1,000 canned replies, which is the most.');
});
