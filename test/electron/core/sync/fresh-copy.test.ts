// A mirror that cannot be trusted is filled anew under the running program, and the outbox goes through it whole.

import { describe, expect, onTestFinished, test } from 'vitest';
import { readSyncLog } from '../../../../electron/core/mirror/sync-log.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { accountFolder } from '../../../../electron/core/session/account.ts';
import { anEntryId } from '../../../support/builders.ts';
import { type FakeHost, fakeHost } from '../../../support/fake-host.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const noFilters = { kinds: [], authorIds: [], audiences: [], search: '' };

async function anOffice() {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const folder = await tempDir();
  const host = fakeHost(folder);
  const mara = await startTestDesk(folder, host);
  await mara.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  return { server, folder, host, mara };
}

const mirrorFile = (server: TestServer, folder: string) =>
  `${accountFolder(folder, { workspaceId: server.office.workspace.id, memberId: server.office.mara.id })}/docket.sqlite`;

async function note(desk: TestDesk, server: TestServer, text: string) {
  const { id: jobId } = server.office.job;
  await desk.request('entries.post', {
    entryId: anEntryId(),
    jobId,
    audience: 'internal',
    text,
    files: [],
    seenVersion: 0,
  });
}

const pushes = ({ wire }: FakeHost) =>
  wire.sent.filter((line) => line === 'POST /api/sync/push').length;

async function texts(desk: TestDesk, server: TestServer, count: number) {
  const args = { jobId: server.office.job.id, filters: noFilters, limit: 100 };
  const feed = await desk.until('activity.feed', args, ({ items }) => {
    const written = items.filter(({ entry }) => entry.kind === 'reply');
    return written.length === count && items.every(({ state }) => state === 'confirmed');
  });
  return feed.items.flatMap(({ entry }) => (entry.kind === 'reply' ? [entry.text] : []));
}

describe('[L5] a mirror that differs from the server heals itself', () => {
  test.each([
    ['a row is missing', `DELETE FROM entry WHERE search LIKE '%first%'`],
    [
      'a row is stale',
      `UPDATE entry SET data = replace(data, 'First', 'Forged') WHERE search LIKE '%first%'`,
    ],
    [
      'a row should not be there',
      `INSERT INTO customer SELECT 'ghost', version, position, generation, data, name, search FROM customer LIMIT 1`,
    ],
  ])('where %s', async (_what, damage) => {
    const { server, folder, host, mara } = await anOffice();
    await note(mara, server, 'First');
    await texts(mara, server, 1);
    await mara.core.close();
    const mirror = openMirror(mirrorFile(server, folder));
    mirror.transact((writable) => {
      writable.run(damage);
      // A lost or stale row alone would keep a digest that was kept with it; the digest is what tells.
      writable.run(`UPDATE meta SET value = '{"rows":1,"sum":1}' WHERE key = 'digest'`);
    });
    mirror.close();

    const again = await startTestDesk(folder, fakeHost(folder, { secrets: host.secrets }));
    onTestFinished(() => again.core.close());
    await again.until('sync.log', {}, (lines) => lines.some(({ event }) => event === 'differs'));
    await again.until('sync', {}, ({ kind }) => kind === 'up-to-date');
    expect(await texts(again, server, 1)).toEqual(['First']);
    expect(
      (await again.ask('customers', { search: '' })).map(({ name }) => name).toSorted(),
    ).toEqual(['Anna Berg', 'Béla Nagy']);
  });
});

describe('[L6] a server restored from an older backup', () => {
  test('[L3] ends in the same state as a fresh device, with nothing of the outbox lost or applied twice', async () => {
    const { server, folder, host, mara } = await anOffice();
    await note(mara, server, 'Known to both');
    await texts(mara, server, 1);
    host.wire.cut();
    await note(mara, server, 'Waiting through it all');
    await server.data.storage.beginEpoch(Date.now());
    host.wire.restore();
    await mara.until('sync.log', {}, (lines) => lines.some(({ event }) => event === 'reset'));
    expect(await texts(mara, server, 2)).toEqual(['Known to both', 'Waiting through it all']);
    await mara.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);
    await mara.core.close();
    const log = openMirror(mirrorFile(server, folder));
    onTestFinished(() => log.close());
    expect(readSyncLog(log, 50).map(({ event }) => event)).toContain('reset');
  });

  test('[L6] what it turned away is sent again once the desk knows where it stands', async () => {
    const { server, mara, host } = await anOffice();
    onTestFinished(() => mara.core.close());
    host.wire.answerFor('/api/sync/push', { kind: 'reset', reason: 'Another one.' }, 1);
    await note(mara, server, 'Written meanwhile');
    expect(await texts(mara, server, 1)).toEqual(['Written meanwhile']);
    expect(pushes(host)).toBe(2);
  });

  test('[L6] a server that turns every push away is not asked in a circle', async () => {
    const { server, mara, host } = await anOffice();
    onTestFinished(() => mara.core.close());
    host.wire.answerFor('/api/sync/push', { kind: 'reset', reason: 'Another one.' });
    await note(mara, server, 'Kept');
    await mara.until('sync', {}, ({ trouble }) => trouble !== null);
    expect(pushes(host)).toBe(2);
    const waiting = await mara.ask('outbox', {});
    expect(waiting).toHaveLength(1);
    // It surely did not arrive, so it is still its author's.
    const mutationId = waiting[0]?.mutationId ?? ('' as never);
    expect(await mara.request('outbox.take-back', { mutationId })).toMatchObject({ text: 'Kept' });
  });

  test('[L3] what is on the screen stays there while the fresh copy comes in', async () => {
    const { server, mara, host } = await anOffice();
    onTestFinished(() => mara.core.close());
    await note(mara, server, 'Still readable');
    await texts(mara, server, 1);
    await server.data.storage.beginEpoch(Date.now());
    // The reset arrives, and the next page does not: the screen shows what was there.
    host.wire.cutAfter('/api/sync/pull');
    await mara.request('sync.now', {});
    await mara.until('sync', {}, ({ kind }) => kind === 'offline');
    expect(await texts(mara, server, 1)).toEqual(['Still readable']);
  });
});

describe('(H7) the sync log', () => {
  test('survives quitting, can be handed over as text, and holds nothing anybody wrote', async () => {
    const { server, folder, host, mara } = await anOffice();
    await note(mara, server, 'Zwischenraum');
    await texts(mara, server, 1);
    await mara.core.close();
    const again = await startTestDesk(folder, fakeHost(folder, { secrets: host.secrets }));
    onTestFinished(() => again.core.close());
    const { text } = await again.request('sync.log-text', {});
    expect(text).toMatch(/T.*Z {2}sent {2}1 of 1\n/);
    expect(text).toMatch(/received {2}\d+ rows, version \d+/);
    expect(text).not.toContain('Zwischenraum');
    expect(text).not.toContain(server.office.job.title);
  });
});
