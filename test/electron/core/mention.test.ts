// A colleague is mentioned in a note on one desk, and hears of it on another. (C7, F3)

import { expect, test } from 'vitest';
import { anEntryId } from '../../support/builders.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { startTestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD } from '../../support/test-server.ts';

async function twoDesks() {
  const server = await startTestServer();
  const { mara, jonas, job } = server.office;
  const desk = async ({ email }: { email: string }) => {
    const one = await startTestDesk(await tempDir());
    await one.signIn(server.url, { email, password: TEST_PASSWORD });
    await one.until('jobs.one', { jobId: job.id }, (page) => page !== null);
    return one;
  };
  return { server, job, jonas, onMaras: await desk(mara), onJonas: await desk(jonas) };
}

test('(C7) a note that names a colleague rings on theirs until it is read; a reply that does is refused and says why', async () => {
  const { server, job, jonas, onMaras, onJonas } = await twoDesks();
  const post = (audience: 'internal' | 'visible', text: string) =>
    onMaras.request('entries.post', {
      jobId: job.id,
      entryId: anEntryId(),
      audience,
      text,
      files: [],
      seenVersion: 0,
    });
  const before = await onJonas.ask('bell', {});
  await expect(post('visible', `@${jonas.name}, is it ready?`)).rejects.toThrow(
    `“@${jonas.name}” calls a colleague, and this reply is for the customer, so it was not sent. Take the @ away, or write an internal note.`,
  );
  await post('internal', `@${jonas.name}, is it ready?`);
  const bell = await onJonas.until('bell', {}, ({ count }) => count === before.count + 1);
  expect(bell.jobs.find(({ jobId }) => jobId === job.id)).toMatchObject({ mentionsMe: true });
  await onJonas.request('jobs.mark-read', { jobId: job.id });
  await onJonas.until('bell', {}, ({ jobs }) => jobs.every(({ mentionsMe }) => !mentionsMe));
  expect((await onMaras.ask('bell', {})).jobs.some(({ mentionsMe }) => mentionsMe)).toBe(false);
  await Promise.all([onMaras.core.close(), onJonas.core.close()]);
  await server.stop();
});
