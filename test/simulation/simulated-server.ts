// The real server, application and database, as a machine that can die at any moment, start again on what its disk held,
// and be restored from an older copy of it.

import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../sync-server/app.ts';
import { DiskBlobStore } from '../../sync-server/blobs/disk-blob-store.ts';
import type { Cleared } from '../../sync-server/blobs/keep-house.ts';
import { DiskUploadStore } from '../../sync-server/blobs/disk-upload-store.ts';
import { startScheduled } from '../../sync-server/scheduled/start-scheduled.ts';
import { openSqliteStorage } from '../../sync-server/storage/sqlite-storage.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import type { Timers } from '../../sync-server/timers.ts';
import type { DoorWatch } from './door-watch.ts';
import type { MailWatch } from './mail-watch.ts';
import { Postman } from './postman.ts';
import type { Run } from './run.ts';
import {
  asText,
  injection,
  type ServerAnswer,
  type ServerRequest,
  whole,
} from './server-request.ts';
import { simulatedBlobs, simulatedUploads } from './simulated-bytes.ts';
import type { Commit, Machine } from './machine.ts';
import { simulatedStorage } from './simulated-storage.ts';
import type { Weather } from './weather.ts';

export type OpenedLive =
  | { readonly kind: 'answer'; readonly answer: ServerAnswer }
  | { readonly kind: 'stream'; readonly stream: Readable; end(): void };

export interface ServerParts {
  readonly run: Run;
  /** Everything of this server, whatever becomes of it, lives below. */
  readonly folder: string;
  readonly workspaceId: string;
  /** Whether replies are sent later in this story: another timer is another story. (C8) */
  readonly withScheduled: boolean;
  weather(): Weather;
  /** The storage as this run wires it: itself, or with a safeguard switched off. */
  wired(storage: Storage): Storage;
  onCommitted(commit: Commit, storage: Storage): Promise<void>;
  /** Somebody said that bytes are wanted, by the server's clock when they said so; the server is about to drop some. [B4] */
  onClaimed(blobId: string, at: string): void;
  onDropping(blobId: string): void;
  readonly mailWatch: MailWatch;
  readonly doorWatch: DoorWatch;
  onMailInDoubt(jobId: string): void;
  /** The machine has died; it does not come back by itself. */
  onDied(): void;
}

/** From start to death. */
class Life {
  readonly file: string;
  readonly storage: Storage;
  /** As the application sees it, but without pauses and crashes. */
  readonly wired: Storage;
  readonly app: FastifyInstance;
  readonly postman: Postman;
  readonly died: Promise<never>;
  isDead = false;
  readonly #die: (reason: Error) => void;

  constructor(parts: Pick<Life, 'file' | 'storage' | 'wired' | 'app' | 'postman'>) {
    this.file = parts.file;
    this.storage = parts.storage;
    this.wired = parts.wired;
    this.app = parts.app;
    this.postman = parts.postman;
    const { promise, reject } = Promise.withResolvers<never>();
    // Nobody may be waiting when it dies.
    promise.catch(() => undefined);
    this.died = promise;
    this.#die = reject;
  }

  end(): void {
    this.isDead = true;
    this.#die(new Error('The server is gone.'));
  }

  /** Gives back what a dead machine held. What it was still at for nobody in particular never ends. */
  async close(): Promise<void> {
    await Promise.race([this.app.close(), aMoment()]);
    await this.storage.close();
  }
}

/** Shorter than many are offline. */
const KEEP_DELETIONS_MS = 3_000;

export class SimulatedServer {
  readonly #parts: ServerParts;
  #life: Life | undefined;
  readonly #pageRows: number;
  #diskCount = 0;
  #file: string;
  /** May jump either way. */
  clockOffsetMs = 0;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#pageRows = parts.run.chance.pick([3, 9, 40]);
    this.#file = this.#newFile();
  }

  get isRunning(): boolean {
    return this.#life !== undefined;
  }

  get nowMs(): number {
    return this.#parts.run.nowMs + this.clockOffsetMs;
  }

  /** The running machine's storage, undisturbed. */
  get storage(): Storage {
    return this.#running().storage;
  }

  /** The same with the safeguard off that this run is without. */
  get wired(): Storage {
    return this.#running().wired;
  }

  async start(): Promise<void> {
    const { run } = this.#parts;
    const blobs = await DiskBlobStore.open(this.#blobFolder, this.nowMs);
    const uploads = await DiskUploadStore.open(join(this.#parts.folder, 'uploads'));
    const storage = await openSqliteStorage(this.#file);
    const wired = this.#parts.wired(storage);
    const machine = this.#machine(() => this.#life?.storage === storage);
    const disturbed = simulatedStorage(wired, machine);
    const app = await buildApp({
      config: {
        host: '127.0.0.1',
        port: 0,
        dataFolder: this.#parts.folder,
        publicUrl: null,
        timeZone: 'UTC',
        logLevel: 'silent',
        keepDeletionsMs: KEEP_DELETIONS_MS,
      },
      storage: disturbed,
      blobs: simulatedBlobs(blobs, machine),
      uploads: simulatedUploads(uploads, machine),
      now: () => this.nowMs,
      timers: this.#timersOf(machine),
    });
    await app.ready();
    const postman = new Postman({
      machine,
      storage: disturbed,
      undisturbed: storage,
      watch: this.#parts.mailWatch,
      doorWatch: this.#parts.doorWatch,
      onDoubt: this.#parts.onMailInDoubt,
      now: () => this.nowMs,
    });
    this.#life = new Life({ file: this.#file, storage, wired, app, postman });
    run.tell('server', 'starts');
    postman.start(this.#workingTimers(machine));
    if (this.#parts.withScheduled)
      startScheduled({
        storage: disturbed,
        timers: this.#workingTimers(machine),
        now: () => this.nowMs,
        onFailure: (error) => {
          if (!machine.isDead) run.violate('no mistake of ours', String(error));
        },
      });
  }

  /** @throws where the machine dies before it has answered, or is not there */
  handle(request: ServerRequest): Promise<ServerAnswer> {
    const { scheduler } = this.#parts.run;
    return scheduler.work(async () => {
      const { app, died } = this.#running();
      const answered = app.inject(injection(request));
      const { statusCode, headers, rawPayload, body } = await Promise.race([answered, died]);
      // By its own clock, and not by that of the machine this runs on.
      const date = new Date(this.nowMs).toUTCString();
      return {
        status: statusCode,
        headers: { ...asText(headers), date },
        bytes: rawPayload,
        body,
      };
    });
  }

  openLive(request: ServerRequest): Promise<OpenedLive> {
    const { scheduler } = this.#parts.run;
    return scheduler.work(async () => {
      const { app, died } = this.#running();
      const leaving = new AbortController();
      const { signal } = leaving;
      const injected = { ...injection(request), payloadAsStream: true, signal } as const;
      const answer = await Promise.race([app.inject(injected), died]);
      const stream = answer.stream();
      if (answer.statusCode !== 200) {
        const body = await whole(stream);
        const { statusCode: status } = answer;
        const headers = asText(answer.headers);
        return { kind: 'answer', answer: { status, headers, bytes: Buffer.from(body), body } };
      }
      return { kind: 'stream', stream, end: () => leaving.abort() };
    });
  }

  /** The machine loses power: its disk stays as it is at this moment. */
  die(point: string): void {
    const life = this.#life;
    if (life === undefined) return;
    const { run } = this.#parts;
    run.tell('server', `dies ${point}`);
    this.#life = undefined;
    this.#file = this.#newFile();
    copyDatabase(life.file, this.#file);
    life.end();
    run.closeSoon(() => life.close());
    this.#parts.onDied();
  }

  async stop(): Promise<void> {
    const life = this.#life;
    this.#life = undefined;
    life?.end();
    await life?.close();
  }

  /** Clears away what nobody needs, as it does every hour. @throws where the machine dies over it */
  keepHouse(): Promise<Cleared> {
    return this.#parts.run.scheduler.work(() => {
      const { app, died } = this.#running();
      return Promise.race([app.keepHouse(), died]);
    });
  }

  /** Hands over the mails that are due, as one process more. @throws where the machine dies over it */
  sendMails(): Promise<void> {
    return this.#parts.run.scheduler.work(() => {
      const { postman, died } = this.#running();
      return Promise.race([postman.sendDue(), died]);
    });
  }

  /** The bytes on its disk under this name. */
  bytesOf(blobId: string): Buffer | undefined {
    const file = join(this.#blobFolder, this.#parts.workspaceId, blobId.slice(0, 2), blobId);
    return existsSync(file) ? readFileSync(file) : undefined;
  }

  /** The names of all bytes on its disk. */
  get blobIds(): readonly string[] {
    const office = join(this.#blobFolder, this.#parts.workspaceId);
    if (!existsSync(office)) return [];
    return readdirSync(office).flatMap((shelf) => readdirSync(join(office, shelf)));
  }

  /** One step of forgetting deletions that are old enough; answers how many tombstones went. [L3] */
  forgetDeletions(limitRows: number): Promise<number> {
    const deletedBefore = new Date(this.nowMs - KEEP_DELETIONS_MS).toISOString();
    return this.storage.collectTombstones(deletedBefore, limitRows);
  }

  /** A copy of database and bytes as they stand, as an administrator makes one every night. */
  backUp(): string {
    const copy = this.#newFile();
    copyDatabase(this.#running().file, copy);
    cpSync(this.#blobFolder, blobsBeside(copy), { recursive: true });
    return copy;
  }

  /** Goes on from an older copy. A restored database is another one, and says so by its epoch. [L6] */
  async restore(backup: string): Promise<void> {
    if (this.#life !== undefined) throw new Error('A running server is not restored.');
    this.#file = this.#newFile();
    copyDatabase(backup, this.#file);
    rmSync(this.#blobFolder, { recursive: true });
    cpSync(blobsBeside(backup), this.#blobFolder, { recursive: true });
    const storage = await openSqliteStorage(this.#file);
    await storage.beginEpoch(this.#parts.run.nowMs);
    await storage.close();
  }

  get #blobFolder(): string {
    return join(this.#parts.folder, 'blobs');
  }

  #timersOf(machine: Machine): Timers {
    const { scheduler } = this.#parts.run;
    const after: Timers['after'] = (delayMs, callback) =>
      scheduler.after(delayMs, () => {
        if (!machine.isDead) callback();
      });
    const every: Timers['every'] = (spanMs, callback) => {
      let cancel = () => {};
      const plan = () => {
        cancel = after(spanMs, () => {
          plan();
          callback();
        });
      };
      plan();
      return () => cancel();
    };
    return { after, every };
  }

  /** What they begin is work of the machine's, which others come in between. */
  #workingTimers(machine: Machine): Timers {
    const { scheduler } = this.#parts.run;
    const timers = this.#timersOf(machine);
    const working = (begin: () => void) => () => void scheduler.work(async () => begin());
    return {
      after: (delayMs, begin) => timers.after(delayMs, working(begin)),
      every: (spanMs, begin) => timers.every(spanMs, working(begin)),
    };
  }

  #machine(isThisLife: () => boolean): Machine {
    const { run, weather, onCommitted, onClaimed, onDropping } = this.#parts;
    const die: Machine['die'] = (point) => {
      run.count(`server crashes ${point}`);
      this.die(point);
    };
    return {
      run,
      weather,
      die,
      get isDead() {
        return !isThisLife();
      },
      pageRows: this.#pageRows,
      onClaimed,
      onDropping,
      onCommitted: (commit) => onCommitted(commit, this.#running().wired),
    };
  }

  #running(): Life {
    if (this.#life === undefined) throw new Error('The server is not running.');
    return this.#life;
  }

  #newFile(): string {
    this.#diskCount += 1;
    const folder = join(this.#parts.folder, `disk-${this.#diskCount}`);
    mkdirSync(folder, { recursive: true });
    return join(folder, 'server.sqlite');
  }
}

/** Longer than closing takes where nothing is in the way. */
async function aMoment(): Promise<void> {
  for (let turns = 0; turns < 50; turns += 1) await nextTurn();
}

/** What the database has committed: the file and its log. What was being written is in neither. */
export function copyDatabase(from: string, to: string): void {
  for (const suffix of ['', '-wal'])
    if (existsSync(`${from}${suffix}`)) copyFileSync(`${from}${suffix}`, `${to}${suffix}`);
}

const blobsBeside = (database: string): string => join(dirname(database), 'blobs');
