// A line that can be cut: a TCP proxy between one desk and the server. What is cut is cut in the middle of a byte stream,
// as Wi-Fi does it.

import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface CutProxy {
  readonly url: string;
  /** Ends every connection and takes no new one. */
  cut(): void;
  /** Cuts as soon as so many more bytes went up. */
  cutAfter(sentBytes: number): void;
  restore(): void;
  /** Where new connections go from now on. */
  leadTo(url: string): void;
  close(): Promise<void>;
}

export async function startCutProxy(targetUrl: string): Promise<CutProxy> {
  let target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  let bytesUntilCut = Number.POSITIVE_INFINITY;
  const server: Server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (chunk) => {
      bytesUntilCut -= chunk.length;
      if (bytesUntilCut <= 0) cut();
    });
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  function cut(): void {
    isCut = true;
    bytesUntilCut = Number.POSITIVE_INFINITY;
    endAll();
  }
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    cutAfter: (sentBytes) => {
      bytesUntilCut = sentBytes;
    },
    restore: () => {
      isCut = false;
    },
    leadTo: (url) => {
      target = new URL(url);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        endAll();
      }),
  };
}
