// Surroundings a test holds in its hand: memory for secrets, seeded chance, and a network that can be cut.

import { Readable } from 'node:stream';
import axios, { AxiosError, type AxiosAdapter, type AxiosResponse } from 'axios';
import type { Clock, Host, LogLine, Secrets } from '../../electron/core/host.ts';

export interface FakeHost extends Host {
  readonly secrets: Secrets;
  readonly logged: LogLine[];
  readonly wire: Wire;
}

export function fakeHost(dataFolder: string, overrides: Partial<Host> = {}): FakeHost {
  const logged: LogLine[] = [];
  const wire = new Wire();
  return {
    dataFolder,
    deviceName: 'Test desk',
    clock: quickClock,
    secrets: memorySecrets(),
    randomBytes: seededBytes(1),
    // What a test posts leaves at once, unless the test is about taking it back.
    undoSeconds: 0,
    network: wire.adapter,
    log: (line) => void logged.push(line),
    logged,
    wire,
    ...overrides,
  };
}

/** Real time, with waits shortened: what takes seconds to be polite to a server takes a hundredth of it in a test. */
export const quickClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs > 40_000 ? delayMs : delayMs / 100);
    return () => clearTimeout(timer);
  },
};

export function memorySecrets(): Secrets {
  const secrets = new Map<string, string>();
  return {
    read: async (name) => secrets.get(name),
    write: async (name, value) => void secrets.set(name, value),
    remove: async (name) => void secrets.delete(name),
  };
}

/** Mulberry32: the same seed gives the same bytes. */
export function seededBytes(seed: number): (count: number) => Uint8Array {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 24;
  };
  return (count) => Uint8Array.from({ length: count }, next);
}

/** The line between one desk and the server. */
export class Wire {
  /** What does not get through: every path that begins with this. */
  #cutPath: string | null = null;
  #loseNextAnswer: ((url: string) => boolean) | null = null;
  #onLoss = () => {};
  #cutAfter: string | null = null;
  readonly #saidInstead = new Map<string, { answer: unknown; times: number }>();
  readonly #open = new Set<Readable>();
  #breakUploadAfter: number | null = null;
  #breakDownloadAfter: number | null = null;
  #retell: ((answer: AxiosResponse<Readable>) => void) | null = null;
  /** Every request that reached the server: "POST /api/sync/push". */
  readonly sent: string[] = [];
  /** Every request that did not. */
  readonly lost: string[] = [];
  /** The part of each download that was asked for: "bytes=100-", null for all of it. */
  readonly ranges: (string | null)[] = [];

  readonly adapter: AxiosAdapter = async (config) => {
    const line = `${(config.method ?? 'get').toUpperCase()} ${config.url ?? ''}`;
    if (this.#cutPath !== null && config.url?.startsWith(this.#cutPath) === true) {
      this.lost.push(line);
      throw new AxiosError('The wire is cut', 'ECONNREFUSED', config);
    }
    this.sent.push(line);
    const isLast = this.#cutAfter !== null && config.url?.startsWith(this.#cutAfter) === true;
    const instead = this.#saidInstead.get(config.url ?? '');
    if (instead !== undefined && instead.times > 0) {
      instead.times -= 1;
      return { data: instead.answer, status: 200, statusText: '', headers: {}, config };
    }
    const breakAfter = this.#breakUploadAfter;
    if (breakAfter !== null && config.url?.startsWith('/api/uploads') === true && config.data) {
      this.#breakUploadAfter = null;
      config.data = Readable.from(firstBytes(config.data as Readable, breakAfter));
    }
    const isDownload = config.responseType === 'stream' && config.url?.startsWith('/api/blobs');
    if (isDownload === true) this.ranges.push(String(config.headers.get('range') ?? '') || null);
    const answer = await axios.getAdapter('http')(config);
    if (isDownload === true) this.#meddle(answer as AxiosResponse<Readable>);
    if (this.#loseNextAnswer?.(config.url ?? '') === true) {
      this.#loseNextAnswer = null;
      this.#onLoss();
      throw new AxiosError('The answer was lost', 'ECONNRESET', config);
    }
    if (isLast) this.cut();
    if (config.responseType === 'stream') {
      const stream = answer.data as Readable;
      this.#open.add(stream);
      stream.once('close', () => this.#open.delete(stream));
    }
    return answer;
  };

  cut(path = ''): void {
    this.#cutPath = path;
    for (const stream of this.#open) stream.destroy();
  }

  /** The next request to this path is the last that is answered. */
  cutAfter(path: string): void {
    this.#cutAfter = path;
  }

  /** The server is not asked, so many times: whoever asks for this path hears this. */
  answerFor(path: string, answer: unknown, times = Number.POSITIVE_INFINITY): void {
    this.#saidInstead.set(path, { answer, times });
  }

  restore(): void {
    this.#cutAfter = null;
    this.#cutPath = null;
  }

  #meddle(answer: AxiosResponse<Readable>): void {
    if (answer.status === 206) this.#retell?.(answer);
    const breakAfter = this.#breakDownloadAfter;
    if (breakAfter === null) return;
    this.#breakDownloadAfter = null;
    const broken = Readable.from(firstBytes(answer.data, breakAfter));
    broken.once('error', () => this.cut());
    answer.data = broken;
  }

  /** The line breaks, and stays broken, when so many bytes of the next download have come. */
  breakDownloadAfter(bytes: number): void {
    this.#breakDownloadAfter = bytes;
  }

  /** What becomes of each answer that goes on in the middle of a file. */
  retellRanges(retell: (answer: AxiosResponse<Readable>) => void): void {
    this.#retell = retell;
  }

  /** The line breaks when so many bytes of the next upload have left. */
  breakUploadAfter(bytes: number): void {
    this.#breakUploadAfter = bytes;
  }

  onNextLoss(then: () => void): void {
    this.#onLoss = then;
  }

  /** The server does what the next request to this path asks; its answer never arrives. */
  loseAnswerTo(path: string): void {
    this.#loseNextAnswer = (url) => url.startsWith(path);
  }
}

async function* firstBytes(bytes: Readable, limit: number): AsyncIterable<Uint8Array> {
  let passed = 0;
  for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
    yield chunk.subarray(0, limit - passed);
    passed += chunk.byteLength;
    if (passed >= limit) throw new Error('The line broke.');
  }
}
