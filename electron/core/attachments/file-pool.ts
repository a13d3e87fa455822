// A few threads that look into files, so that the core's own loop never waits for a decoder. A thread is used for some jobs
// and then left; one that breaks, grows or does not answer in time costs its own job and no other.

import { Worker } from 'node:worker_threads';
import type { Clock, Host } from '../host.ts';
import type { AnswerMessage, FileFindings, FileJob, JobMessage } from './file-jobs.ts';

export type JobResult =
  | { readonly kind: 'found'; readonly findings: FileFindings }
  | { readonly kind: 'failed'; readonly reason: 'took-too-long' | 'broke' }
  /** The pool was closed: nothing is known about the file. */
  | { readonly kind: 'stopped' };

export interface FilePool {
  /** Waits its turn. Never rejects: what becomes of a file is always an answer. */
  run(job: FileJob): Promise<JobResult>;
  /** Cuts off what is under way. */
  close(): Promise<void>;
}

export interface PoolLimits {
  readonly threads: number;
  readonly jobsPerThread: number;
  readonly jobWithinMs: number;
  /** What a thread may hold outside of V8's heap and be used again. */
  readonly heldBytes: number;
  /** Threads without work are left after this long. */
  readonly idleMs: number;
}

/** Two threads: the other cores are the window's and the person's. */
export const POOL_LIMITS: PoolLimits = {
  threads: 2,
  jobsPerThread: 20,
  jobWithinMs: 60_000,
  heldBytes: 200 * 1024 * 1024,
  idleMs: 45_000,
};

/** V8's part of a thread's memory; pixels lie outside of it and are bounded by the size of a picture. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 32 };

export interface FilePoolParts {
  readonly clock: Clock;
  readonly log: Host['log'];
  /** The thread's program: a `.ts` file under Node, a bundle of its own under Electron. */
  readonly program: string;
}

export function openFilePool(parts: FilePoolParts, limits = POOL_LIMITS): FilePool {
  return new ThreadPool(parts, limits);
}

interface Waiting {
  readonly job: FileJob;
  readonly answer: (result: JobResult) => void;
}

class ThreadPool implements FilePool {
  readonly #parts: FilePoolParts;
  readonly #limits: PoolLimits;
  readonly #waiting: Waiting[] = [];
  readonly #threads = new Set<Thread>();
  #isClosed = false;

  constructor(parts: FilePoolParts, limits: PoolLimits) {
    this.#parts = parts;
    this.#limits = limits;
  }

  run(job: FileJob): Promise<JobResult> {
    return new Promise((answer) => {
      if (this.#isClosed) {
        answer({ kind: 'stopped' });
        return;
      }
      this.#waiting.push({ job, answer });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { answer } of this.#waiting.splice(0)) answer({ kind: 'stopped' });
    await Promise.all(Array.from(this.#threads, (thread) => this.#leave(thread)));
  }

  #next(): void {
    if (this.#waiting.length === 0 || this.#isClosed) return;
    const thread = this.#freeThread();
    if (thread === undefined) return;
    const { job, answer } = this.#waiting.shift() as Waiting;
    void thread.run(job).then((result) => {
      if (!thread.isFit) void this.#leave(thread);
      answer(this.#isClosed ? { kind: 'stopped' } : result);
      this.#next();
    });
    this.#next();
  }

  #freeThread(): Thread | undefined {
    const free = [...this.#threads].find((thread) => !thread.isBusy);
    if (free !== undefined || this.#threads.size >= this.#limits.threads) return free;
    const thread = new Thread(this.#parts, this.#limits, () => void this.#leave(thread));
    this.#threads.add(thread);
    return thread;
  }

  async #leave(thread: Thread): Promise<void> {
    this.#threads.delete(thread);
    await thread.end();
  }
}

/** One worker and the one job it has. */
class Thread {
  readonly #worker: Worker;
  readonly #parts: FilePoolParts;
  readonly #limits: PoolLimits;
  readonly #onIdle: () => void;
  #settle: ((result: JobResult) => void) | undefined;
  #jobs = 0;
  #isFit = true;
  #cancelTimer = () => {};

  constructor(parts: FilePoolParts, limits: PoolLimits, onIdle: () => void) {
    this.#parts = parts;
    this.#limits = limits;
    this.#onIdle = onIdle;
    this.#worker = new Worker(parts.program, { resourceLimits: RESOURCE_LIMITS, stderr: true });
    this.#worker.on('message', (message: AnswerMessage) => this.#heed(message));
    this.#worker.on('error', (error) => this.#break(String(error)));
    this.#worker.on('exit', (code) => this.#break(`exit ${code}`));
    // A thread at rest keeps no process alive.
    this.#worker.unref();
  }

  get isBusy(): boolean {
    return this.#settle !== undefined;
  }

  /** May be given another job. */
  get isFit(): boolean {
    return this.#isFit;
  }

  run(job: FileJob): Promise<JobResult> {
    this.#jobs += 1;
    this.#cancelTimer();
    this.#cancelTimer = this.#parts.clock.after(this.#limits.jobWithinMs, () => this.#giveUp());
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#worker.postMessage({ id: this.#jobs, job } satisfies JobMessage);
    });
  }

  async end(): Promise<void> {
    this.#isFit = false;
    this.#cancelTimer();
    await this.#worker.terminate();
    this.#answer({ kind: 'stopped' });
  }

  #heed(message: AnswerMessage): void {
    if (message.id !== this.#jobs) return;
    if (message.kind === 'broke') {
      this.#break(message.error);
      return;
    }
    const { jobsPerThread, heldBytes } = this.#limits;
    this.#isFit &&= this.#jobs < jobsPerThread && message.heldBytes < heldBytes;
    this.#answer({ kind: 'found', findings: message.findings });
  }

  #giveUp(): void {
    this.#isFit = false;
    this.#answer({ kind: 'failed', reason: 'took-too-long' });
  }

  #break(error: string): void {
    if (this.#isFit)
      this.#parts.log({ level: 'warn', event: 'file-thread-broke', details: { error } });
    this.#isFit = false;
    this.#answer({ kind: 'failed', reason: 'broke' });
  }

  #answer(result: JobResult): void {
    this.#cancelTimer();
    const settle = this.#settle;
    this.#settle = undefined;
    if (this.#isFit) this.#cancelTimer = this.#parts.clock.after(this.#limits.idleMs, this.#onIdle);
    settle?.(result);
  }
}
