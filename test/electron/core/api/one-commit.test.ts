// What one click means is on the disk whole, or not at all. [F1]

import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { startCore } from '../../../../electron/core/core.ts';
import { type Mirror, openMirror } from '../../../../electron/core/mirror/database.ts';
import { allMutations } from '../../../../electron/core/outbox/outbox.ts';
import { applied } from '../../../../sync-server/protocol/outcome.ts';
import { aMutationId, anEntry, anEntryId } from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { TestWindow } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD } from '../../../support/test-server.ts';

async function anOffice() {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const host = fakeHost(await tempDir());
  const opened: Mirror[] = [];
  const core = await startCore(host, '', (file) => {
    const mirror = openMirror(file);
    opened.push(mirror);
    return mirror;
  });
  onTestFinished(() => core.close());
  const window = new TestWindow();
  core.connect(window.port);
  const { email } = server.office.mara;
  const who = { serverUrl: server.url, email, password: TEST_PASSWORD };
  await window.request('session.sign-in', who);
  await window.until('sync', {}, ({ kind }) => kind === 'up-to-date');
  return { server, core, window, wire: host.wire, mirror: opened[0]! };
}

/** How many mutations stand in line after each commit of what is done. */
async function lineAfterEachCommit(
  mirror: Mirror,
  act: () => Promise<unknown>,
): Promise<readonly number[]> {
  const lengths: number[] = [];
  const stop = mirror.onCommit((tables) => {
    if (tables.has('outbox')) lengths.push(allMutations(mirror).length);
  });
  await act();
  stop();
  return lengths;
}

test('(C10) [F1] a text and its files are removed for good in one commit', async () => {
  const { server, core, window, wire, mirror } = await anOffice();
  const added = await core.addFile('appendix.txt', Readable.from([Buffer.from('The appendix')]));
  if (added.kind !== 'added') throw new Error(added.sentence);
  const entryId = anEntryId();
  await window.request('entries.post', {
    ...{ entryId, jobId: server.office.job.id, audience: 'internal', text: 'The claim' },
    files: [{ blobId: added.blobId, name: 'appendix.txt', audience: 'internal' }],
    seenVersion: 0,
  });
  await window.until('outbox', {}, ({ length }) => length === 0);
  wire.cut();
  const lengths = await lineAfterEachCommit(mirror, () =>
    window.request('entries.redact', { entryId, withFiles: true }),
  );
  expect(lengths).toEqual([2]);
});

test('(F3) [F1] all that rings is marked as read in one commit', async () => {
  const { server, window, wire, mirror } = await anOffice();
  const { workspace, anna, job, hiddenJob } = server.office;
  const author = { kind: 'customer', customerId: anna.id } as const;
  await server.data.storage.transact(workspace.id, async (transaction) => {
    for (const { id: jobId } of [job, hiddenJob]) {
      const record = anEntry({ jobId, author, audience: 'visible' });
      const by = { id: aMutationId(), actorKey: `customer:${anna.id}` };
      transaction.settle(by, applied({ kind: 'entry', record }));
    }
  });
  await window.request('sync.now', {});
  await window.until('bell', {}, ({ count }) => count === 2);
  wire.cut();
  const lengths = await lineAfterEachCommit(mirror, () => window.request('bell.mark-all-read', {}));
  expect(lengths).toEqual([2]);
});
