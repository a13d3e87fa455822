import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import yauzl from 'yauzl';
import { anEntryId } from '../../../support/builders.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

async function* bytesOf(content: string) {
  yield new TextEncoder().encode(content);
}

async function aDeskOffline() {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const desk = await startTestDesk(await tempDir());
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  desk.host.wire.cut();
  return { desk, office: server.office };
}

async function addFile(desk: TestDesk, name: string, bytes: AsyncIterable<Uint8Array>) {
  const added = await desk.core.addFile(name, bytes);
  if (added.kind !== 'added') throw new Error(added.sentence);
  return added.blobId;
}

test('[P3] (H4) what waits is saved as a zip with every word and every file, offline', async () => {
  const { desk, office } = await aDeskOffline();
  const { mara, job, anna } = office;
  const blobId = await addFile(desk, 'estimate.txt', bytesOf('2,840 EUR'));
  await desk.request('entries.post', {
    entryId: anEntryId(),
    jobId: job.id,
    audience: 'visible',
    text: 'Here is the estimate.',
    files: [{ blobId, name: 'estimate.txt', audience: 'visible' }],
    seenVersion: 0,
  });
  await desk.request('jobs.assign', { jobId: job.id, toMemberId: mara.id });
  const [reply] = await desk.until('outbox', {}, ({ length }) => length === 2);

  const all = await desk.request('outbox.save-copy', { mutationIds: [] });
  expect(all).toMatchObject({ fileCount: 1, missing: [] });
  const entries = await unzipped(desk, all.url);
  expect([...entries.keys()]).toEqual(['What waits.txt', 'estimate.txt']);
  expect(entries.get('estimate.txt')).toBe('2,840 EUR');
  const text = entries.get('What waits.txt') ?? '';
  for (const words of ['Here is the estimate.', anna.name, job.title, 'for the customer'])
    expect(text).toContain(words);

  const { mutationId } = reply!;
  const one = await desk.request('outbox.save-copy', { mutationIds: [mutationId] });
  const alone = (await unzipped(desk, one.url)).get('What waits.txt') ?? '';
  expect(alone).toContain('Here is the estimate.');
  expect(text.length).toBeGreaterThan(alone.length);
});

test('[P3] (H4) the copy has what was filled in for a form, a customer, a pipeline and the office, and the logo', async () => {
  const { desk, office } = await aDeskOffline();
  const { job, anna, pipeline, workspace } = office;
  const { id: fieldId, label } = pipeline.fields[0]!;
  await desk.request('jobs.save-form', {
    jobId: job.id,
    changes: [{ fieldId, from: null, to: 84_200 }],
  });
  await desk.request('customers.create', {
    name: 'Zoe Berg',
    email: 'zoe@berg.example',
    phone: '+49 30 77',
  });
  await desk.request('customers.update', {
    customerId: anna.id,
    changes: [{ field: 'notes', from: anna.notes, to: 'Rings twice, has a dog' }],
  });
  const { name, stages } = pipeline;
  const hidden = { ...stages[0]!, name: 'Asked for', visibleToCustomer: false };
  await desk.request('pipelines.update', {
    pipelineId: pipeline.id,
    changes: [
      { field: 'name', from: name, to: 'Dents and paint' },
      { field: 'stages', from: stages, to: [hidden, ...stages.slice(1)] },
    ],
    moves: [],
  });
  const canvas = { width: 40, height: 40, channels: 3, background: '#0a6' } as const;
  const png = await sharp({ create: canvas }).png().toBuffer();
  const logo = await addFile(desk, 'logo.png', Readable.from([png]));
  await desk.request('workspace.update', {
    changes: [
      { field: 'name', from: workspace.name, to: 'Harbour Repairs' },
      { field: 'logoBlobId', from: null, to: logo },
    ],
  });

  const { url } = await desk.request('outbox.save-copy', { mutationIds: [] });
  const entries = await unzipped(desk, url);
  expect([...entries.keys()]).toEqual(['What waits.txt', 'Logo.png']);
  const lines = (entries.get('What waits.txt') ?? '').split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      `${label}: 84200`,
      'Name: Zoe Berg',
      'Emails: zoe@berg.example',
      'Phone: +49 30 77',
      'Notes: Rings twice, has a dog',
      'Name: Dents and paint',
      expect.stringContaining('Stages: Asked for (internal), '),
      'Name: Harbour Repairs',
    ]),
  );
});

async function unzipped(desk: TestDesk, url: string | null): Promise<Map<string, string>> {
  const opened = await desk.core.openZip((url ?? '').replace('/zips/', ''));
  const zip = await yauzl.fromBufferPromise(await buffer(opened.bytes));
  const found = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const bytes = await buffer(await zip.openReadStreamPromise(entry));
    found.set(entry.fileName, bytes.toString('utf8'));
  }
  return found;
}
