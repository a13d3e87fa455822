// What a monitor is told: numbers, and nothing of anybody. (J4)

import { expect, onTestFinished, test } from 'vitest';
import { aNote, signInDevice } from '../support/test-device.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const TOKEN = 'a word for monitors';

async function aServer(metricsToken?: string, now?: () => number): Promise<TestServer> {
  const server = await startTestServer({
    ...(metricsToken === undefined ? {} : { metricsToken }),
    ...(now === undefined ? {} : { now }),
  });
  onTestFinished(() => server.stop());
  return server;
}

async function metricsOf({ app }: TestServer, token = TOKEN) {
  const headers = { authorization: `Bearer ${token}` };
  const { statusCode, body } = await app.inject({ url: '/metrics', headers });
  return { statusCode, body, value: (line: string) => valueOf(body, line) };
}

/** Undefined where there is no such line. */
function valueOf(body: string, line: string): number | undefined {
  const found = body.split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}

test('(J4) whoever does not know the word is answered like everybody who asks for what is not there', async () => {
  const server = await aServer(TOKEN);
  const nothing = await server.app.inject({ url: '/no-such-thing' });
  for (const token of ['', 'another word', `${TOKEN}s`]) {
    const { statusCode, body } = await metricsOf(server, token);
    expect([statusCode, body]).toEqual([404, nothing.body]);
  }
  expect((await metricsOf(await aServer())).statusCode).toBe(404);
});

test('(J4) what people did is counted by what became of it, and answers by their route', async () => {
  const server = await aServer(TOKEN);
  const device = await signInDevice(server);
  const note = aNote(server);
  await device.push(note);
  await device.push(note);
  await device.push(aNote(server, { text: '' }));
  const { value } = await metricsOf(server);
  // An answer given again is one more answer.
  expect(value('docket_mutations_total{outcome="applied"}')).toBe(2);
  expect(value('docket_mutations_total{outcome="refused"}')).toBe(1);
  const pushes = 'docket_request_seconds_count{method="POST",route="/api/sync/push",status="2xx"}';
  expect(value(pushes)).toBe(3);
  expect(value('docket_requests_open{route="/api/sync/push"}')).toBe(0);
});

test('(J4) a device’s live line counts as open until it breaks', async () => {
  const server = await aServer(TOKEN);
  const device = await signInDevice(server);
  const line = new AbortController();
  const headers = device.headers;
  const response = await fetch(`${server.url}/api/live`, { headers, signal: line.signal });
  expect(response.status).toBe(200);
  const open = async () =>
    (await metricsOf(server)).value('docket_requests_open{route="/api/live"}');
  expect(await open()).toBe(1);
  line.abort();
  await expect.poll(open).toBe(0);
});

test('(J4) a mail that should have left says how late it is', async () => {
  let nowMs = Date.parse('2026-11-02T09:00:00.000Z');
  const server = await aServer(TOKEN, () => nowMs);
  const late = async () => (await metricsOf(server)).value('docket_mail_overdue_seconds');
  expect(await late()).toBe(0);
  const device = await signInDevice(server);
  await device.push(aNote(server, { audience: 'visible', text: 'It is ready.' }));
  expect(await late()).toBe(0);
  const dueAt = await server.data.storage.mails.nextMailAt();
  nowMs = Date.parse(dueAt ?? '') + 90_000;
  expect(await late()).toBe(90);
});

test('(J4) no id, no name and no word of anybody is in it', async () => {
  const server = await aServer(TOKEN);
  const device = await signInDevice(server);
  await device.push(aNote(server, { text: 'Zwischenraum' }));
  const link = await server.portalLink();
  await fetch(link, { redirect: 'manual' });
  const { body } = await metricsOf(server);
  const { office } = server;
  const said = [
    'Zwischenraum',
    office.workspace.id,
    office.job.id,
    office.mara.email,
    office.anna.name,
    new URL(link).pathname.split('/').at(-1) ?? '',
  ];
  expect(said.filter((word) => body.includes(word))).toEqual([]);
  expect(body).toContain('route="/portal/enter/');
});
