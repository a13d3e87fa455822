// Whatever answers instead of the server, over real sockets: a captive portal, a redirect, a line that breaks, a flood.

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../../../electron/core/errors.ts';
import {
  type ServerClient,
  serverClient,
} from '../../../../electron/core/session/server-client.ts';
import { readPage } from '../../../../electron/core/sync/read-page.ts';
import { aClientId, aMutation, aJobId, blobIdOf } from '../../../support/builders.ts';

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function clientOf(answer: RequestListener): Promise<ServerClient> {
  return serverClient({
    serverUrl: await listen(answer),
    token: 'secret',
    network: undefined,
    now: () => 0,
  });
}

const bytes = Buffer.from('A photo');
const blobId = blobIdOf(bytes);
const push = (client: ServerClient) =>
  client.push({
    epoch: 'an epoch',
    mutations: [aMutation('mark_read', { jobId: aJobId(), throughVersion: 1 })],
  });
const calls: readonly (readonly [string, (client: ServerClient) => Promise<unknown>])[] = [
  ['a pull', async (client) => readPage(await client.pull(undefined))],
  ['a push', push],
  [
    'a sign-in',
    (client) =>
      client.signIn({ email: 'm@h.example', password: 'x', clientId: aClientId(), deviceName: '' }),
  ],
  ['a question for bytes', (client) => client.hasBlob(blobId)],
  [
    'an upload',
    (client) =>
      client.sendBytes({
        blobId,
        offset: 0,
        sizeBytes: bytes.length,
        bytes: Readable.from([bytes]),
        signal: new AbortController().signal,
      }),
  ],
];
const failureOf = async (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error instanceof AppError ? error.kind : String(error)),
  );

describe.each(calls)('[F4] [P1] %s', (_what, call) => {
  test('answered with the page of a captive portal is not taken for the server’s word', async () => {
    const client = await clientOf((_request, answer) => {
      answer.writeHead(200, { 'content-type': 'text/html' }).end('<html>Accept our terms</html>');
    });
    expect(await failureOf(call(client))).toBe('not-a-docket-server');
  });

  test('sent on to another host goes nowhere, and its token least of all', async () => {
    const heard: unknown[] = [];
    const elsewhere = await listen((request, answer) => {
      heard.push(request.headers);
      answer.end('{}');
    });
    const client = await clientOf((_request, answer) => {
      answer.writeHead(307, { location: `${elsewhere}/api/sync/pull` }).end();
    });
    expect(await failureOf(call(client))).toBe('not-a-docket-server');
    expect(heard).toEqual([]);
  });

  test('cut off in the middle is no answer', async () => {
    const client = await clientOf((_request, answer) => {
      answer.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
      answer.write('{"kind":"page","chan');
      setImmediate(() => answer.destroy());
    });
    expect(await failureOf(call(client))).toMatch(/^(server-unreachable|not-a-docket-server)$/);
  });
});

test('a page larger than any of ours is not unpacked', async () => {
  const flood = gzipSync(Buffer.alloc(600 * 1024 * 1024));
  const client = await clientOf((_request, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    answer.end(flood);
  });
  expect(await failureOf(client.pull(undefined))).toBe('server-not-understood');
}, 60_000);

test('[H9] a server’s own no is its own sentence, to a pull as to a push', async () => {
  const sentence =
    'This version of Docket is too old for the server. Update Docket on this device.';
  const client = await clientOf((_request, answer) => {
    answer.writeHead(426, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ error: 'update-client', sentence }));
  });
  for (const call of [client.pull(undefined), push(client)])
    await expect(call).rejects.toMatchObject({ kind: 'update-needed', message: sentence });
});
