// A real core on a simulated machine: it can be quit, lose power at any moment, start again on what its disk held, and
// have its folder copied to another machine.

import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestName, Requests } from '../../electron/core/api/contract.ts';
import type { AddFileResult } from '../../electron/core/api/files-contract.ts';
import { type Core, startCore } from '../../electron/core/core.ts';
import { AppError } from '../../electron/core/errors.ts';
import type { Host, LogLine } from '../../electron/core/host.ts';
import {
  type Mirror,
  openMirror,
  type ReadableMirror,
} from '../../electron/core/mirror/database.ts';
import { accountFolder, tokenName } from '../../electron/core/session/account.ts';
import type { Account } from '../../electron/core/session/device-file.ts';
import { DeskWindow, type RequestEnd } from './desk-window.ts';
import type { Run } from './run.ts';
import { type CommitKind, type Disk, SimulatedMirror } from './simulated-mirror.ts';
import { Line, SERVER_URL, type SimulatedNetwork } from './simulated-network.ts';
import { copyDatabase } from './simulated-server.ts';

export interface DeskParts {
  readonly run: Run;
  readonly network: SimulatedNetwork;
  readonly name: string;
  readonly account: Account;
  /** Everything of this desk, whatever becomes of it, lives below. */
  readonly folder: string;
  readonly token: string;
  /** The mirror as this run wires it: itself, or with a safeguard switched off. */
  wired(mirror: Mirror, diesHere: () => void): Mirror;
  /** The desk has died; it does not come back by itself. `mirror` is what its disk holds, for the last time. */
  onDied(mirror: ReadableMirror): void;
  onStarting(desk: SimulatedDesk): void;
  /** It is closed in good order: its person quits, or the server has signed them out. */
  onClosing(mirror: ReadableMirror): void;
}

/** Rare commits over which a desk dies no less often for that. */
const OFTEN: ReadonlySet<CommitKind> = new Set(['send', 'apply-push']);

/** From a start to a quit or a crash. */
interface Life {
  readonly line: Line;
  readonly window: DeskWindow;
  core: Core | undefined;
  /** The database itself; undefined until the core opens it. */
  mirror: Mirror | undefined;
  isDead: boolean;
}

export class SimulatedDesk {
  readonly name: string;
  readonly account: Account;
  readonly #parts: DeskParts;
  readonly #secrets = new Map<string, string>();
  #life: Life | undefined;
  #diskCount = 0;
  #dataFolder: string;
  #isOffline = false;
  /** May jump either way, by years. */
  clockOffsetMs = 0;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.name = parts.name;
    this.account = parts.account;
    this.#dataFolder = this.#newDataFolder();
    this.giveToken(parts.token);
  }

  get isRunning(): boolean {
    return this.#life?.core !== undefined;
  }

  /** A fresh copy is coming in. [L3] */
  get isRefilling(): boolean {
    return this.mirror?.get(`SELECT key FROM meta WHERE key = 'refilling'`) !== undefined;
  }

  get isOffline(): boolean {
    return this.#isOffline;
  }

  /** What the disk holds now; undefined where the desk is off or nobody is signed in. */
  get mirror(): ReadableMirror | undefined {
    return this.#life?.mirror;
  }

  get dataFolder(): string {
    return this.#dataFolder;
  }

  get token(): string {
    return this.#secrets.get(tokenName(this.account)) ?? 'none';
  }

  giveToken(token: string): void {
    this.#secrets.set(tokenName(this.account), token);
  }

  setOffline(isOffline: boolean): void {
    this.#isOffline = isOffline;
    if (isOffline) this.#life?.line.cut();
    else this.#life?.line.restore();
  }

  async start(): Promise<void> {
    const { run, network, name } = this.#parts;
    const line = new Line(network, name);
    if (this.#isOffline) line.cut();
    const life: Life = {
      line,
      window: new DeskWindow(),
      core: undefined,
      mirror: undefined,
      isDead: false,
    };
    this.#life = life;
    run.tell(name, 'starts');
    this.#parts.onStarting(this);
    const core = await startCore(this.#hostOf(life), SERVER_URL, (file) =>
      this.#openMirror(life, file),
    );
    if (life.isDead) return;
    core.connect(life.window.port);
    life.core = core;
  }

  async quit(): Promise<void> {
    const life = this.#life;
    this.#life = undefined;
    life?.window.close();
    await life?.core?.close();
    life?.line.die();
  }

  /** Answers are `undefined` where the desk dies before it answers. */
  request<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<RequestEnd<N>> {
    return this.#window().request(name, args);
  }

  /** Undefined where the desk dies over it, or the server has signed it out. */
  addFile(name: string, text: string): Promise<AddFileResult | undefined> {
    const life = this.#life;
    return this.#parts.run.scheduler.work(async () => {
      try {
        return await life?.core?.addFile(name, bytesIn(text));
      } catch (error) {
        const isSignedOut = error instanceof AppError && error.kind === 'signed-out';
        if (life?.isDead === true || isSignedOut) return undefined;
        throw error;
      }
    });
  }

  /** What its disk holds under this name. */
  bytesOf(blobId: string): Buffer | undefined {
    return bytesOnDisk(this.#dataFolder, this.account, blobId);
  }

  get window(): DeskWindow {
    return this.#window();
  }

  /** The machine loses power: its disk stays as it is at this moment. */
  die(point: string): void {
    const life = this.#life;
    if (life === undefined || life.isDead) return;
    life.isDead = true;
    this.#life = undefined;
    this.#parts.run.tell(this.name, `dies ${point}`);
    const crashed = this.#dataFolder;
    this.#dataFolder = this.#newDataFolder();
    copyDataFolder(crashed, this.#dataFolder, this.account);
    life.window.close();
    life.line.die();
    const { mirror } = life;
    if (mirror === undefined) return;
    this.#parts.run.closeSoon(() => mirror.close());
    const copy = openMirror(databaseOf(this.#dataFolder, this.account));
    this.#parts.onDied(copy);
    copy.close();
  }

  #window(): DeskWindow {
    if (this.#life === undefined) throw new Error(`${this.name} is off.`);
    return this.#life.window;
  }

  #newDataFolder(): string {
    this.#diskCount += 1;
    const folder = join(this.#parts.folder, `disk-${this.#diskCount}`);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  #hostOf(life: Life): Host {
    const { scheduler, chance, undoSeconds } = this.#parts.run;
    return {
      dataFolder: this.#dataFolder,
      deviceName: this.name,
      undoSeconds,
      clock: {
        now: () => scheduler.nowMs + this.clockOffsetMs,
        after: (delayMs, callback) =>
          scheduler.after(delayMs, () => {
            if (!life.isDead) callback();
          }),
      },
      secrets: {
        read: async (name) => this.#secrets.get(name),
        write: async (name, value) => void this.#secrets.set(name, value),
        remove: async (name) => void this.#secrets.delete(name),
      },
      randomBytes: (count) => chance.bytes(count),
      network: life.line.adapter,
      log: (line) => this.#heed(life, line),
    };
  }

  #openMirror(life: Life, file: string): Mirror {
    const mirror = openMirror(file);
    life.mirror = mirror;
    const diesHere = () => this.#dieAt(life, 'between', 'other');
    return new SimulatedMirror(this.#parts.wired(mirror, diesHere), this.#diskOf(life));
  }

  #diskOf(life: Life): Disk {
    const { run, network, onClosing } = this.#parts;
    return {
      get isDead() {
        return life.isDead;
      },
      diesAt: (when, commit) => {
        const likely = network.weather.deskCrash * (OFTEN.has(commit) ? 4 : 1);
        if (!run.chance.happens(likely)) return false;
        return this.#dieAt(life, when, commit);
      },
      closing: (mirror) => {
        life.mirror = undefined;
        onClosing(mirror);
      },
    };
  }

  #dieAt(life: Life, when: 'before' | 'after' | 'between', commit: CommitKind): boolean {
    // Before the core has started there is nobody who could be told, and nothing of interest is written.
    if (life.core === undefined) return false;
    const { run } = this.#parts;
    if (when !== 'between' && commit !== 'other') run.count(`desk crashes ${when} ${commit}`);
    this.die(`${when} ${commit}`);
    return true;
  }

  /** What the core itself calls a mistake of ours is one. */
  #heed(life: Life, { level, event, details }: LogLine): void {
    if (life.isDead || level !== 'error') return;
    const { run } = this.#parts;
    run.violate('no mistake of ours', `${this.name} ${event} ${JSON.stringify(details ?? {})}`);
  }
}

async function* bytesIn(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
  await Promise.resolve();
}

export function databaseOf(dataFolder: string, account: Account): string {
  return join(accountFolder(dataFolder, account), 'docket.sqlite');
}

function bytesOnDisk(dataFolder: string, account: Account, blobId: string): Buffer | undefined {
  const file = join(accountFolder(dataFolder, account), 'blobs', blobId.slice(0, 2), blobId);
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** A profile as it stands on the disk, copied while the program runs or after it died. */
export function copyDataFolder(from: string, to: string, account: Account): void {
  cpSync(join(from, 'device.json'), join(to, 'device.json'));
  const database = databaseOf(from, account);
  if (!existsSync(database)) return;
  mkdirSync(accountFolder(to, account), { recursive: true });
  copyDatabase(database, databaseOf(to, account));
  for (const beside of ['signed-out.json', 'docket.sqlite.kept']) {
    const file = join(accountFolder(from, account), beside);
    if (existsSync(file)) cpSync(file, join(accountFolder(to, account), beside));
  }
  const blobs = join(accountFolder(from, account), 'blobs');
  if (existsSync(blobs))
    cpSync(blobs, join(accountFolder(to, account), 'blobs'), { recursive: true });
}
