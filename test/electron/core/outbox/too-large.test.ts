// What no push can carry: refused before it is in line, or a person's business, and never what everything else waits for.

import { AxiosError, type AxiosAdapter, type AxiosResponse } from 'axios';
import { expect, onTestFinished, test } from 'vitest';
import type { OutboxItem } from '../../../../electron/core/api/outbox-contract.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { insertMutation } from '../../../../electron/core/outbox/outbox.ts';
import type { EntryId, JobId } from '../../../../sync-server/protocol/ids.ts';
import { mirrorFile } from '../../../crash/desk-folder.ts';
import { aFormField, aMutationId, anEntryId, BUILT_AT } from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';

async function anOffice(host = fakeHost('')): Promise<{ server: TestServer; desk: TestDesk }> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const folder = await tempDir();
  const desk = await startTestDesk(folder, { ...host, dataFolder: folder });
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  return { server, desk };
}

const note = (desk: TestDesk, jobId: JobId, text: string): Promise<{ entryId: EntryId }> =>
  desk.request('entries.post', {
    ...{ entryId: anEntryId(), jobId, audience: 'internal', text, files: [], seenVersion: 0 },
  });

/** More than 256 KB as UTF-8, in fields that are each as long as they may be. */
const longAnswers = () =>
  Array.from({ length: 9 }, () => ({
    fieldId: aFormField().id,
    from: null,
    to: 'ä'.repeat(20_000),
  }));

const sentenceOf = ({ state }: OutboxItem): string =>
  state.kind === 'refused' ? state.refusal.sentence : state.kind;

test('[S2] (H4) a form that is more than a push carries is refused with a sentence, and nothing of it is in line', async () => {
  const { server, desk } = await anOffice();
  const { job } = server.office;
  const save = desk.request('jobs.save-form', { jobId: job.id, changes: longAnswers() });
  await expect(save).rejects.toThrow('This takes 361 kB, and at most 262 kB can be sent at once.');
  expect(await desk.ask('outbox', {})).toEqual([]);
});

test('[P2] [P3] a form too large for any push, in line since an older Docket, waits for a person, and what is behind it goes', async () => {
  const { server, desk } = await anOffice();
  const { job } = server.office;
  desk.host.wire.cut();
  await desk.core.close();
  const mirror = openMirror(mirrorFile(desk.host.dataFolder));
  const args = { jobId: job.id, entryId: anEntryId(), changes: longAnswers() };
  const line = { dependsOn: [], blobIds: [], jobId: job.id, writtenAt: BUILT_AT };
  mirror.transact((writable) =>
    insertMutation(writable, { id: aMutationId(), name: 'save_form', args, ...line }),
  );
  mirror.close();
  const updated = await startTestDesk(desk.host.dataFolder, desk.host);
  onTestFinished(() => updated.core.close());
  await note(updated, job.id, 'Behind it, on the same job');
  desk.host.wire.restore();
  await updated.request('sync.now', {});
  const [form] = await updated.until('outbox', {}, ({ length }) => length === 1);
  expect(sentenceOf(form!)).toContain('more than can be sent at once');
  expect(await updated.ask('sync', {})).toMatchObject({ trouble: null });
});

test('[P2] [P3] where a proxy takes less than the server, a push goes in parts, and what is too large alone waits for a person', async () => {
  const host = fakeHost('');
  const { adapter } = host.wire;
  const network: AxiosAdapter = async (config) => {
    const isLarge = config.url === '/api/sync/push' && String(config.data).length > 12_000;
    if (!isLarge) return adapter(config);
    const response: AxiosResponse = {
      ...{ status: 413, data: '<h1>Too large</h1>', statusText: '', headers: {}, config },
    };
    throw new AxiosError('413', 'ERR_BAD_REQUEST', config, undefined, response);
  };
  const { server, desk } = await anOffice({ ...host, network });
  const { job } = server.office;
  host.wire.cut();
  for (const length of [5000, 5000, 15_000, 5000]) await note(desk, job.id, 'x'.repeat(length));
  host.wire.restore();
  await desk.request('sync.now', {});
  const [large] = await desk.until('outbox', {}, ({ length }) => length === 1);
  expect(sentenceOf(large!)).toContain('This takes 16 kB, which is more than can be sent at once');
  await desk.request('outbox.discard', { mutationId: large!.mutationId });
  expect(await desk.until('sync', {}, ({ kind }) => kind === 'up-to-date')).toMatchObject({
    waiting: 0,
  });
});
