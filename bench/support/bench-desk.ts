// A desk as it runs in life, without a window and with a hand on its network.

import axios, { AxiosError, type AxiosAdapter } from 'axios';
import { type Core, startCore } from '../../electron/core/core.ts';
import { nodeHost } from '../../electron/loopback/node-host.ts';
import { LARGE_OFFICE_PASSWORD } from '../../test/support/large-office.ts';
import { TestWindow } from '../../test/support/test-desk.ts';

export interface BenchDesk {
  readonly core: Core;
  readonly window: TestWindow;
  /** When the first request to this path left, by `performance.now()`. */
  firstRequestTo(path: string): Promise<number>;
  setOnline(isOnline: boolean): void;
}

export async function openBenchDesk(
  folder: string,
  { server, email }: { readonly server: string; readonly email: string },
): Promise<BenchDesk> {
  const wire = new Wire();
  const core = await startCore(
    { ...nodeHost(folder), network: wire.adapter, log: () => undefined, undoSeconds: 0 },
    server,
  );
  const window = new TestWindow();
  core.connect(window.port);
  const session = await window.until('session', {}, () => true);
  const request = { serverUrl: server, email, password: LARGE_OFFICE_PASSWORD };
  if (session.kind !== 'signed-in') {
    const result = await window.request('session.sign-in', request);
    if (result.kind !== 'signed-in') throw new Error(result.sentence);
  }
  return {
    core,
    window,
    firstRequestTo: (path) => wire.firstRequestTo(path),
    setOnline: (isOnline) => {
      wire.isOnline = isOnline;
    },
  };
}

class Wire {
  isOnline = true;
  readonly #first = new Map<string, number>();
  readonly #waiting: { path: string; resolve: (at: number) => void }[] = [];

  readonly adapter: AxiosAdapter = (config) => {
    const path = config.url ?? '';
    if (!this.#first.has(path)) {
      const now = performance.now();
      this.#first.set(path, now);
      for (const one of this.#waiting) if (one.path === path) one.resolve(now);
    }
    if (!this.isOnline) return Promise.reject(new AxiosError('offline', 'ECONNREFUSED', config));
    return axios.getAdapter('http')(config);
  };

  firstRequestTo(path: string): Promise<number> {
    const at = this.#first.get(path);
    if (at !== undefined) return Promise.resolve(at);
    return new Promise((resolve) => this.#waiting.push({ path, resolve }));
  }
}
