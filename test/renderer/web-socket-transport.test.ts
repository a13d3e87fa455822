import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import type { FromCore } from '../../electron/core/api/contract.ts';
import { bridgeUrl, webSocketTransport } from '../../renderer/web-socket-transport.ts';

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

async function aHost(port = 0) {
  const server = new WebSocketServer({ port, host: '127.0.0.1' });
  servers.push(server);
  const clients: ServerSocket[] = [];
  server.on('connection', (client) => clients.push(client));
  await once(server, 'listening');
  return { server, clients, port: (server.address() as AddressInfo).port };
}

test('messages go both ways as JSON', async () => {
  const host = await aHost();
  const received = vi.fn<(message: FromCore) => void>();
  const opened = vi.fn();
  const transport = webSocketTransport(`ws://127.0.0.1:${host.port}/bridge`, new EventTarget());
  transport.start({ opened, closed: vi.fn(), received });
  await vi.waitFor(() => expect(opened).toHaveBeenCalled());
  await vi.waitFor(() => expect(host.clients).toHaveLength(1));
  const heard = once(host.clients[0]!, 'message');
  transport.send({ kind: 'unwatch', id: 7 });
  const [bytes] = (await heard) as [Buffer];
  expect(JSON.parse(bytes.toString('utf8'))).toEqual({ kind: 'unwatch', id: 7 });
  host.clients[0]!.send(JSON.stringify({ kind: 'answer', id: 7, value: 'ä' }));
  await vi.waitFor(() =>
    expect(received).toHaveBeenCalledWith({ kind: 'answer', id: 7, value: 'ä' }),
  );
});

test('it opens again by itself when the host was killed and started again', async () => {
  const first = await aHost();
  const opened = vi.fn();
  const closed = vi.fn();
  webSocketTransport(`ws://127.0.0.1:${first.port}/bridge`, new EventTarget()).start({
    opened,
    closed,
    received: vi.fn(),
  });
  await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(1));
  for (const client of first.server.clients) client.terminate();
  first.server.close();
  await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(1));
  await aHost(first.port);
  await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(2), { timeout: 5_000 });
});

test('the bridge stands on the origin that served the page', () => {
  expect(bridgeUrl({ protocol: 'http:', host: '127.0.0.1:4311' } as Location)).toBe(
    'ws://127.0.0.1:4311/bridge',
  );
});
