import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { FromCore, ToCore } from '../../../electron/core/api/contract.ts';
import { startCore } from '../../../electron/core/core.ts';
import { buildLoopbackServer } from '../../../electron/loopback/server.ts';
import { fakeHost } from '../../support/fake-host.ts';
import { freePort } from '../../support/program.ts';
import { tempDir } from '../../support/temp-dir.ts';

const token = 'launched-by-this-test';
let origin = '';

beforeEach(async () => {
  const folder = await tempDir();
  const rendererFolder = join(folder, 'renderer');
  await mkdir(rendererFolder);
  await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>Docket</title>');
  const core = await startCore(fakeHost(join(folder, 'desk')), 'http://127.0.0.1:1');
  const port = await freePort();
  const app = await buildLoopbackServer({ core, rendererFolder, token, port });
  await app.listen({ host: '127.0.0.1', port });
  origin = `http://127.0.0.1:${port}`;
  launched = { cookie: `docket-launch-${port}=${token}` };
  onTestFinished(async () => {
    await app.close();
    await core.close();
  });
});

let launched: { cookie: string };

describe('(I2) the door of the loopback host', () => {
  test('the launch address hands over a cookie and leaves the token out of the address', async () => {
    const answer = await fetch(`${origin}/?token=${token}`, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/');
    expect(answer.headers.get('set-cookie')).toContain('HttpOnly; SameSite=Strict');
  });

  test('nothing is served without the cookie, not even the page', async () => {
    for (const path of [
      '/',
      '/index.html',
      '/attachments/x',
      '/files/x',
      '/exports/x',
      '/bridge',
      '/no-such-page',
      '/?token=guess',
    ]) {
      const answer = await fetch(origin + path, { redirect: 'manual' });
      expect([path, answer.status]).toEqual([path, 403]);
    }
  });

  test('the page comes with a policy that runs no foreign script and cannot be framed', async () => {
    const answer = await fetch(origin, { headers: launched });
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });

  test('a path out of the renderer’s folder is not there', async () => {
    const answer = await fetch(`${origin}/..%2f..%2fdesk%2fdevice.json`, { headers: launched });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).not.toContain('clientId');
  });

  test('files need an origin of Docket’s own and somebody who is signed in', async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`${origin}/files`, { method: 'POST', headers, body: 'bytes' });
    expect((await post(launched)).status).toBe(403);
    expect((await post({ ...launched, origin: 'https://attacker.example' })).status).toBe(403);
    const signedOut = await post({ ...launched, origin });
    expect(signedOut.status).toBe(409);
    expect(await signedOut.json()).toEqual({
      error: 'signed-out',
      sentence: 'You are signed out. Sign in to go on.',
    });
  });
});

describe('the bridge', () => {
  test('answers as the contract says', async () => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/bridge`, {
      headers: { ...launched, origin },
    });
    onTestFinished(() => socket.close());
    const answers: FromCore[] = [];
    const answered = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        answers.push(JSON.parse((data as Buffer).toString()) as FromCore);
        if (answers.length === 3) resolve();
      });
    });
    await new Promise((resolve) => socket.once('open', resolve));
    const send = (message: ToCore) => socket.send(JSON.stringify(message));
    send({ kind: 'watch', id: 1, name: 'session', args: {} });
    send({ kind: 'request', id: 2, name: 'no.such-request', args: {} });
    send({ kind: 'watch', id: 3, name: 'overview', args: {} });
    await answered;
    expect(answers).toContainEqual({
      kind: 'update',
      id: 1,
      value: { kind: 'signed-out', serverUrl: 'http://127.0.0.1:1', email: '' },
    });
    expect(answers).toContainEqual(
      expect.objectContaining({ kind: 'failed', id: 2, error: 'not-understood' }),
    );
    expect(answers).toContainEqual(
      expect.objectContaining({ kind: 'failed', id: 3, error: 'signed-out' }),
    );
  });

  test('another page cannot open it', async () => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/bridge`, {
      headers: { ...launched, origin: 'https://attacker.example' },
    });
    const failure = await new Promise<Error>((resolve) => socket.once('error', resolve));
    expect(failure.message).toContain('403');
  });
});
