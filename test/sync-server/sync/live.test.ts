import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aNote, signInDevice, type TestDevice } from '../../support/test-device.ts';
import { addOffice, startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let mara: TestDevice;
beforeEach(async () => {
  server = await startTestServer();
  mara = await signInDevice(server);
});
afterEach(() => server.stop());

/** The versions a device is poked with, as they come. */
async function* pokes({ headers }: TestDevice): AsyncGenerator<number> {
  const answer = await fetch(`${server.url}/api/live`, { headers });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  let unread = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    unread += chunk;
    for (let end = unread.indexOf('\n\n'); end >= 0; end = unread.indexOf('\n\n')) {
      const event = unread.slice(0, end);
      unread = unread.slice(end + 2);
      if (event.startsWith(':')) continue;
      const data = /^event: poke\ndata: (\{"version":\d+\})$/.exec(event)?.[1];
      if (data === undefined) throw new Error(`Not a poke: ${event}`);
      yield (JSON.parse(data) as { version: number }).version;
    }
  }
}

it('[L4] a stream begins with where the workspace stands and tells of every commit, by version and nothing else', async () => {
  const stream = pokes(mara);
  expect((await stream.next()).value).toBe(10);
  await mara.push(aNote(server, { text: 'Not for this wire' }));
  expect((await stream.next()).value).toBe(11);
  await mara.push(aNote(server), aNote(server));
  expect((await stream.next()).value).toBe(13);
  await stream.return(undefined);
});

it('[L4] refused mutations and another office’s commits poke nobody here', async () => {
  const other = await addOffice(server.data, 'elsewhere.example');
  const stranger = await signInDevice(server, { email: other.mara.email });
  const stream = pokes(mara);
  await stream.next();
  await stranger.push({ ...aNote(server), args: { ...aNote(server).args, jobId: other.job.id } });
  await mara.push(aNote(server, { text: '' }));
  await mara.push(aNote(server));
  expect((await stream.next()).value).toBe(11);
  await stream.return(undefined);
});

it('[L4] a stop of the server ends the streams at once', async () => {
  const stream = pokes(mara);
  await stream.next();
  const startedAt = performance.now();
  const end = stream.next().catch(() => ({ done: true }));
  await server.stop({ keepFolder: true });
  expect((await end).done).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(1000);
  server = await startTestServer({ folder: server.folder, office: server.office });
});

it('(J1) the stream of a device that signed out ends within a heartbeat', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const stream = pokes(mara);
    await stream.next();
    const request = { method: 'POST', url: '/api/auth/sign-out', headers: mara.headers } as const;
    await server.app.inject(request);
    const end = stream.next();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await end).toMatchObject({ done: true });
  } finally {
    vi.useRealTimers();
  }
});
