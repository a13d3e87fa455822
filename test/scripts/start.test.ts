import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { type RunningScript, startScript } from '../support/run-script.ts';
import { tempDir } from '../support/temp-dir.ts';

/** The client listens on the next one, so two neighbours are needed; by chance, so that runs side by side do not meet. */
const aPort = () => randomInt(6000, 16_000) * 2;

interface Shown {
  readonly desk: string;
  readonly server: string;
  readonly portal: string;
  readonly signIns: readonly { readonly email: string; readonly password: string }[];
}

async function shownBy(script: RunningScript): Promise<Shown> {
  const [all] = await script.untilSaid(/[^]*Ctrl-C stops everything.*\n/);
  const found = (pattern: RegExp) => pattern.exec(all)?.[1] ?? '';
  return {
    desk: found(/Docket {3}(http\S+)/),
    server: found(/Server {3}(http\S+)/),
    portal: found(/Portal {3}(http\S+)/),
    signIns: [...all.matchAll(/(\S+@\S+) {3}(\S+)/g)].map(([, email = '', password = '']) => ({
      email,
      password,
    })),
  };
}

async function signIn(server: string, who: Shown['signIns'][number]): Promise<string> {
  const answer = await fetch(`${server}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'docket-protocol': '1' },
    body: JSON.stringify({
      ...who,
      clientId: '019a4c00-0000-7000-8000-000000000001',
      deviceName: 'A test',
    }),
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { token: string }).token;
}

async function pullStatus(server: string, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'docket-protocol': '1' };
  return (await fetch(`${server}/api/sync/pull`, { headers })).status;
}

async function stopWithCtrlC({ child, ended }: RunningScript): Promise<void> {
  const startedAt = performance.now();
  child.kill('SIGINT');
  expect((await ended).code).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(2000);
}

test('npm start shows where Docket is and who can sign in, Ctrl-C ends it, and the next start goes on', async () => {
  const data = await tempDir();
  const wish = {
    script: 'scripts/start.mjs',
    args: ['--loopback', '--no-open', '--data', data, '--port', String(aPort())],
  };
  const first = startScript(wish);
  const shown = await shownBy(first);
  expect(shown.signIns).toHaveLength(2);
  // The launch token in the address becomes a cookie.
  const desk = await fetch(shown.desk, { redirect: 'manual' });
  expect(desk.status).toBe(303);
  expect((await fetch(shown.portal)).status).toBe(200);
  const token = await signIn(shown.server, shown.signIns[0]!);
  await stopWithCtrlC(first);
  await expect(fetch(shown.server)).rejects.toThrow();

  const second = startScript(wish);
  const shownAgain = await shownBy(second);
  expect(shownAgain.signIns).toEqual(shown.signIns);
  expect(shownAgain.portal).not.toBe(shown.portal);
  expect(await pullStatus(shownAgain.server, token)).toBe(200);
  await stopWithCtrlC(second);
}, 120_000);

test('an empty office begins with one admin and goes on as it is, without a demo', async () => {
  const data = await tempDir();
  const args = ['--loopback', '--no-open', '--data', data, '--port', String(aPort())];
  const first = startScript({ script: 'scripts/start.mjs', args: [...args, '--empty'] });
  const { server, signIns, portal } = await shownBy(first);
  expect(signIns).toHaveLength(1);
  expect(portal).toBe('');
  await signIn(server, signIns[0]!);
  await stopWithCtrlC(first);

  const second = startScript({ script: 'scripts/start.mjs', args });
  const again = await shownBy(second);
  expect(again.signIns.map(({ email }) => email)).toEqual(signIns.map(({ email }) => email));
  await stopWithCtrlC(second);
}, 120_000);

test('the halves start alone: the server, and a client told where it is', async () => {
  const port = aPort();
  const server = startScript({
    script: 'scripts/server.mjs',
    args: ['--empty', '--data', await tempDir(), '--port', String(port)],
  });
  const [, serverUrl = ''] = await server.untilSaid(/listens on (http\S+)/);
  const desk = startScript({
    script: 'scripts/desk.mjs',
    args: [
      '--server',
      serverUrl,
      '--loopback',
      '--data',
      await tempDir(),
      '--port',
      String(port + 1),
    ],
  });
  const [, deskUrl = ''] = await desk.untilSaid(/(http:\S+token=\S+)/);
  expect((await fetch(deskUrl, { redirect: 'manual' })).status).toBe(303);
  await stopWithCtrlC(desk);
  await stopWithCtrlC(server);
}, 120_000);
