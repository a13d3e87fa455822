// The real disk, asked so that it answers at once. What its threads do in between takes as long as it likes, and in whatever
// order: a story that waited for them would be told differently every time.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Those of `node:fs/promises` that have a brother who answers at once under the same name. */
const ASKED = [
  'access',
  'lstat',
  'mkdir',
  'readFile',
  'readdir',
  'rename',
  'rm',
  'stat',
  'statfs',
  'writeFile',
] as const;
/** What streams over files ask. */
const ASKED_BY_STREAMS = ['close', 'open', 'read', 'write', 'writev'] as const;

type AnyFunction = (...args: unknown[]) => unknown;

/**
 * Everything that is asked of files while `work` goes on is done at once, and answered like before.
 *
 * @param nowMs what the disk's own clock says: a file is as old as it is by the story's time
 */
export async function withInstantDisk<T>(nowMs: () => number, work: () => Promise<T>): Promise<T> {
  const undo: (() => void)[] = [];
  const replace = (place: object, name: string, by: AnyFunction) => {
    const before: unknown = Reflect.get(place, name);
    undo.push(() => Reflect.set(place, name, before));
    Reflect.set(place, name, by);
  };
  for (const name of ASKED) {
    const atOnce = fs[`${name}Sync`] as AnyFunction;
    replace(fs.promises, name, async (...args) => {
      const answer = atOnce(...args);
      if (name === 'writeFile') fs.utimesSync(args[0] as string, nowMs() / 1000, nowMs() / 1000);
      return answer;
    });
  }
  for (const name of ASKED_BY_STREAMS)
    replace(fs, name, answeringLater(fs[`${name}Sync`] as AnyFunction));
  replace(fs.promises, 'open', async (...args) => {
    return new InstantFile(fs.openSync(...(args as Parameters<typeof fs.openSync>)), nowMs);
  });
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    for (const each of undo) each();
    syncBuiltinESMExports();
  }
}

/** As much of a file handle as anybody here uses. */
class InstantFile {
  readonly fd: number;
  readonly #nowMs: () => number;

  constructor(fd: number, nowMs: () => number) {
    this.fd = fd;
    this.#nowMs = nowMs;
  }

  async stat() {
    return fs.fstatSync(this.fd);
  }

  async read(...args: unknown[]) {
    const bytesRead = (fs.readSync as AnyFunction)(this.fd, ...args);
    return { bytesRead, buffer: args[0] };
  }

  async write(...args: unknown[]) {
    const bytesWritten = (fs.writeSync as AnyFunction)(this.fd, ...args);
    this.#grewNow();
    return { bytesWritten, buffer: args[0] };
  }

  async writev(...args: unknown[]) {
    const bytesWritten = (fs.writevSync as AnyFunction)(this.fd, ...args);
    this.#grewNow();
    return { bytesWritten, buffers: args[0] };
  }

  async writeFile(bytes: Uint8Array) {
    for (let done = 0; done < bytes.byteLength; )
      done += fs.writeSync(this.fd, bytes, done, bytes.byteLength - done);
    this.#grewNow();
  }

  #grewNow(): void {
    fs.futimesSync(this.fd, this.#nowMs() / 1000, this.#nowMs() / 1000);
  }

  /** What is in memory cannot be made safer. */
  async sync() {
    await Promise.resolve();
  }

  async close() {
    fs.closeSync(this.fd);
  }
}

/** Calls back as the runtime does: never before who asked has gone on. */
function answeringLater(atOnce: AnyFunction): AnyFunction {
  return (...args) => {
    const callback = args.at(-1) as AnyFunction;
    try {
      const answer = atOnce(...args.slice(0, -1));
      process.nextTick(callback, null, answer, args[1]);
    } catch (error) {
      process.nextTick(callback, error);
    }
  };
}
