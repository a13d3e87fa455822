// Asks a server for pages as fast as it answers, over a few connections: raw sockets, so that the asking costs little.

import { connect } from 'node:net';

export interface Load {
  readonly pagesPerSecond: number;
  readonly latencyMs: readonly number[];
}

export interface LoadOptions {
  readonly url: string;
  /** Taken in turn: a path, and the cookie to send with it. */
  readonly pages: readonly { readonly path: string; readonly cookie: string }[];
  readonly connections: number;
  readonly durationMs: number;
}

/** @throws where anything but a page comes back */
export async function loadPages(options: LoadOptions): Promise<Load> {
  const { hostname, port, host } = new URL(options.url);
  const requests = options.pages.map(({ path, cookie }) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\ncookie: ${cookie}\r\n\r\n`),
  );
  const latencyMs: number[] = [];
  let turn = 0;
  const startMs = performance.now();
  const endMs = startMs + options.durationMs;
  const runOne = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      let bytesLeft = 0;
      let head = '';
      let sentMs = 0;
      const ask = () => {
        if (performance.now() >= endMs) {
          socket.end();
          resolve();
          return;
        }
        turn += 1;
        sentMs = performance.now();
        socket.write(requests[turn % requests.length] ?? '');
      };
      socket.on('connect', ask);
      socket.on('error', reject);
      socket.on('data', (chunk: Buffer) => {
        let body = chunk.length;
        if (bytesLeft === 0) {
          head += chunk.toString('latin1');
          const headEnd = head.indexOf('\r\n\r\n');
          if (headEnd === -1) return;
          if (!head.startsWith('HTTP/1.1 200')) {
            reject(new Error(`No page: ${head.slice(0, 200)}`));
            return;
          }
          const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
          body = head.length - headEnd - 4;
          bytesLeft = length;
          head = '';
        }
        bytesLeft -= body;
        if (bytesLeft > 0) return;
        latencyMs.push(performance.now() - sentMs);
        ask();
      });
    });
  await Promise.all(Array.from({ length: options.connections }, runOne));
  return { pagesPerSecond: latencyMs.length / ((performance.now() - startMs) / 1000), latencyMs };
}
