// Two colleagues fill in the same form, one of them offline. (H5)

import { expect, onTestFinished, test } from 'vitest';
import { applied } from '../../../sync-server/protocol/outcome.ts';
import { aFormField, aMutationId } from '../../support/builders.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';
import { tempDir } from '../../support/temp-dir.ts';

const paint = aFormField({ label: 'Paint code', type: 'text' });
const mileage = aFormField();
const owner = aFormField({ label: 'Owner', type: 'text' });

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const { pipeline, workspace } = server.office;
  const record = { ...pipeline, fields: [paint, mileage, owner] };
  await server.data.storage.transact(workspace.id, async (transaction) => {
    const admin = { id: aMutationId(), actorKey: 'member:admin' };
    transaction.settle(admin, applied({ kind: 'pipeline', record }));
  });
  return server;
}

async function aDesk(server: TestServer, who: 'mara' | 'jonas'): Promise<TestDesk> {
  const desk = await startTestDesk(await tempDir());
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office[who].email, password: TEST_PASSWORD });
  return desk;
}

test('(H5) what nobody else changed is saved, and only the field that both changed asks', async () => {
  const server = await aServer();
  const { job } = server.office;
  const mara = await aDesk(server, 'mara');
  const jonas = await aDesk(server, 'jonas');
  const save = (desk: TestDesk, values: Record<string, string | number>) => {
    const changes = Object.entries(values).map(([fieldId, to]) => ({ fieldId, from: null, to }));
    return desk.request('jobs.save-form', { jobId: job.id, changes });
  };
  const form = (desk: TestDesk, wanted: Record<string, string | number>) =>
    desk.until(
      'jobs.one',
      { jobId: job.id },
      (page) => JSON.stringify(page?.job.form) === JSON.stringify(wanted),
    );
  mara.host.wire.cut();
  await save(mara, { [paint.id]: 'LY9B', [mileage.id]: 99_999, [owner.id]: 'Berg' });
  await save(jonas, { [paint.id]: 'A1', [owner.id]: 'Bork' });
  await form(jonas, { [paint.id]: 'A1', [owner.id]: 'Bork' });
  mara.host.wire.restore();

  for (const desk of [mara, jonas])
    await form(desk, { [paint.id]: 'A1', [owner.id]: 'Bork', [mileage.id]: 99_999 });
  const [item] = await mara.until('outbox', {}, ([first]) => first?.state.kind === 'conflicted');
  expect(item?.state).toMatchObject({
    sides: [
      { label: 'Paint code', yours: 'LY9B', stands: 'A1' },
      { label: 'Owner', yours: 'Berg', stands: 'Bork' },
    ],
  });

  // A colleague goes on with what was saved: that is no part of the question any more.
  const changes = [{ fieldId: mileage.id, from: 99_999, to: 100_000 }];
  await jonas.request('jobs.save-form', { jobId: job.id, changes });
  await form(mara, { [paint.id]: 'A1', [owner.id]: 'Bork', [mileage.id]: 100_000 });
  await mara.request('outbox.retry', { mutationId: item!.mutationId });
  await form(jonas, { [paint.id]: 'LY9B', [owner.id]: 'Berg', [mileage.id]: 100_000 });
  await mara.until('sync', {}, ({ kind }) => kind === 'up-to-date');
});
