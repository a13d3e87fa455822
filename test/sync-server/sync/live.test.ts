import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { presenceEvent, PRESENCE_LEASE_MS } from '../../../sync-server/protocol/sync.ts';
import { aJobId } from '../../support/builders.ts';
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
      if (event.startsWith('event: presence')) continue;
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

it('[L4] commits that follow one another closely are one poke, with the newest version', async () => {
  const stream = pokes(mara);
  expect((await stream.next()).value).toBe(10);
  await Promise.all(Array.from({ length: 20 }, () => mara.push(aNote(server))));
  const seen = [];
  while (seen.at(-1) !== 30) seen.push((await stream.next()).value);
  expect(seen.length).toBeLessThan(20);
  await stream.return(undefined);
});

it('[L4] a stream on which nothing happens carries a sign of life every 20 seconds', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const answer = await fetch(`${server.url}/api/live`, { headers: mara.headers });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    await reader.read();
    for (const _beat of [1, 2, 3]) {
      await vi.advanceTimersByTimeAsync(20_000);
      expect((await reader.read()).value).toBe(': still here\n\n');
    }
    await reader.cancel();
  } finally {
    vi.useRealTimers();
  }
});

/** What a device hears of others, as it comes. */
async function* presences({ headers }: Pick<TestDevice, 'headers'>) {
  const answer = await fetch(`${server.url}/api/live`, { headers });
  let unread = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    unread += chunk;
    for (let end = unread.indexOf('\n\n'); end >= 0; end = unread.indexOf('\n\n')) {
      const data = /^event: presence\ndata: (.*)$/.exec(unread.slice(0, end))?.[1];
      unread = unread.slice(end + 2);
      if (data !== undefined) yield presenceEvent.parse(JSON.parse(data)).people;
    }
  }
}
const say = async ({ headers }: TestDevice, jobs: readonly object[]) => {
  const request = { method: 'POST', url: '/api/presence', headers, payload: { jobs } } as const;
  expect((await server.app.inject(request)).statusCode).toBe(204);
};

it('(H8) what a device said of itself runs out seconds later by itself, whatever the clock is set to', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  try {
    const jonas = await signInDevice(server, { email: server.office.jonas.email });
    const own = presences(mara);
    const stream = presences(jonas);
    // Both lines are up before anything is said.
    const first = stream.next();
    void own.next().catch(() => undefined);
    const place = { jobId: server.office.job.id, isWriting: false };
    await vi.waitFor(async () => {
      await say(mara, [place]);
      expect(await Promise.race([first, Promise.resolve('nothing yet')])).not.toBe('nothing yet');
    });
    expect((await first).value).toEqual([{ memberId: mara.memberId, ...place }]);
    const gone = stream.next();
    vi.setSystemTime(Date.now() - 10 * 365 * 24 * 60 * 60 * 1000);
    await vi.advanceTimersByTimeAsync(PRESENCE_LEASE_MS + 1000);
    expect((await gone).value).toEqual([]);
    await Promise.all([stream.return(undefined), own.return(undefined)]);
  } finally {
    vi.useRealTimers();
  }
});

it('(H8) what is said by a device without a live line counts for nothing', async () => {
  const jonas = await signInDevice(server, { email: server.office.jonas.email });
  const answer = await fetch(`${server.url}/api/live`, { headers: jonas.headers });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = (await reader.read()).value ?? '';
  await say(mara, [{ jobId: server.office.job.id, isWriting: true }]);
  await mara.push(aNote(server));
  // The poke left after anything about presence would have.
  while (!heard.includes('"version":11')) heard += (await reader.read()).value ?? '';
  expect(heard).not.toContain('presence');
  await reader.cancel();
});

it.each([
  { jobs: 'all' },
  { jobs: [{ jobId: 'no id', isWriting: true }] },
  { jobs: Array.from({ length: 6 }, () => ({ jobId: aJobId(), isWriting: true })) },
  { jobs: [], secret: 1 },
  {},
])('(H8) refuses what is no presence: %j', async (payload) => {
  const { headers } = mara;
  const request = { method: 'POST', url: '/api/presence', headers, payload } as const;
  expect((await server.app.inject(request)).statusCode).toBe(400);
});
