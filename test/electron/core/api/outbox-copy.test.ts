import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import yauzl from 'yauzl';
import { anEntryId } from '../../../support/builders.ts';
import { startTestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

async function* bytesOf(content: string) {
  yield new TextEncoder().encode(content);
}

test('[P3] (H4) what waits is saved as a zip with every word and every file, offline', async () => {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const desk = await startTestDesk(await tempDir());
  onTestFinished(() => desk.core.close());
  const { mara, job, anna } = server.office;
  await desk.signIn(server.url, { email: mara.email, password: TEST_PASSWORD });
  desk.host.wire.cut();
  const added = await desk.core.addFile('estimate.txt', bytesOf('2,840 EUR'));
  if (added.kind !== 'added') throw new Error(added.sentence);
  await desk.request('entries.post', {
    entryId: anEntryId(),
    jobId: job.id,
    audience: 'visible',
    text: 'Here is the estimate.',
    files: [{ blobId: added.blobId, name: 'estimate.txt', audience: 'visible' }],
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

async function unzipped(
  desk: Awaited<ReturnType<typeof startTestDesk>>,
  url: string | null,
): Promise<Map<string, string>> {
  const opened = await desk.core.openZip((url ?? '').replace('/zips/', ''));
  const zip = await yauzl.fromBufferPromise(await buffer(opened.bytes));
  const found = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const bytes = await buffer(await zip.openReadStreamPromise(entry));
    found.set(entry.fileName, bytes.toString('utf8'));
  }
  return found;
}
