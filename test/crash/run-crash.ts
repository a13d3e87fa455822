// Kills the server and the desks of an office at random moments while they work, lets them come to rest, and looks whether
// anything that was accepted is missing, doubled or different. [F1]

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { MIGRATIONS } from '../../electron/core/mirror/migrate.ts';
import { systemClock } from '../../electron/loopback/node-host.ts';
import { openDataFolder } from '../../sync-server/blobs/open-data-folder.ts';
import { Chance } from '../simulation/chance.ts';
import { addLargeOffice, buildLargeOffice } from '../support/large-office.ts';
import { freePort } from '../support/program.ts';
import type { AcceptedText, CrashReport, DeskPhase } from './crash-report.ts';
import { startVictim, type Victim } from './victim.ts';
import { verifyOffice } from './verify-office.ts';

export interface CrashOptions {
  /** A folder of its own; what is left in it tells what happened. */
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  /** Run a server with this safeguard taken away. */
  readonly control: 'dedup' | undefined;
  say(line: string): void;
}

interface Desk {
  readonly name: string;
  readonly email: string;
  readonly folder: string;
  /** How often it was started: each life writes texts of its own. */
  lives: number;
}

const OFFICE = { jobs: 300, entries: 6_000, hasFiles: false };
/** Until where a life goes, and how long at most it goes on there. A machine under load only takes longer to get there. */
const SERVER_ENDS = {
  starting: { weight: 20, mostMs: 700 },
  listening: { weight: 45, mostMs: 2500 },
  /** It ends itself, right after one of its first commits and before the answer. */
  committed: { weight: 35, mostMs: 0 },
};
const DESK_ENDS = {
  starting: { weight: 15, mostMs: 1000 },
  pulling: { weight: 35, mostMs: 700 },
  writing: { weight: 35, mostMs: 1500 },
  'taking a file in': { weight: 15, mostMs: 120 },
  uploading: { weight: 8, mostMs: 60 },
};
const LONGEST_LIFE_MS = 60_000;
/** After this many kills a newcomer that has everything becomes one of the desks, and the next newcomer begins. */
const NEWCOMER_KILLS = 3;
const MOST_NEWCOMERS = 12;
const SETTLE_WITHIN_MS = 60_000;
/** The longest window of a mail is over long before. */
const MOST_ROUNDS = 20;

export async function runCrash(options: CrashOptions): Promise<CrashReport> {
  const run = await CrashRun.prepare(options);
  await run.killAtRandom();
  await run.settle();
  return run.verify();
}

class CrashRun {
  readonly #options: CrashOptions;
  readonly #port: number;
  readonly #emails: readonly string[];
  readonly #desks: Desk[] = [];
  readonly #kills = new Map<string, number>();
  readonly #violations: string[] = [];
  #killsLeft: number;
  /** The last kill: nobody starts a server any more, so no life goes on to what needs one. */
  readonly #over = Promise.withResolvers<undefined>();

  private constructor(options: CrashOptions, port: number, emails: readonly string[]) {
    this.#options = options;
    this.#port = port;
    this.#emails = emails;
    this.#killsLeft = options.kills;
  }

  static async prepare(options: CrashOptions): Promise<CrashRun> {
    const office = buildLargeOffice(OFFICE, options.seed);
    const { storage } = await openDataFolder(join(options.folder, 'server'));
    await addLargeOffice(storage, office);
    await storage.close();
    const emails = office.members.map(({ email }) => email);
    return new CrashRun(options, await freePort(), emails);
  }

  /** Three lives at once, so that every combination of deaths comes about: the server, two old desks, and newcomers. */
  async killAtRandom(): Promise<void> {
    const chance = new Chance(this.#options.seed);
    await Promise.all([
      this.#killServers(new Chance(chance.between(0, 2 ** 31))),
      this.#killDesk(this.#newDesk(), new Chance(chance.between(0, 2 ** 31))),
      this.#killDesk(this.#newDesk(), new Chance(chance.between(0, 2 ** 31))),
      this.#killNewcomers(new Chance(chance.between(0, 2 ** 31))),
    ]);
  }

  async #killServers(chance: Chance): Promise<void> {
    while (this.#killsLeft > 0) {
      // A control is about answers that got lost, so every one of its servers loses some.
      const isControl = this.#options.control !== undefined;
      const end = isControl ? 'committed' : chance.weighted(weightsOf(SERVER_ENDS));
      const server = this.#startServer(end === 'committed' ? chance.between(1, 8) : undefined);
      const longerMs = chance.between(0, SERVER_ENDS[end].mostMs);
      await this.#live(server, longerMs, IS_SERVER_END[end]);
      const wasListening = server.last('listening') !== undefined;
      const diedByItself = end === 'committed' && !server.isAlive;
      await this.#kill(
        server,
        diedByItself ? 'committed' : wasListening ? 'listening' : 'server starting',
      );
    }
  }

  async #killDesk(desk: Desk, chance: Chance): Promise<void> {
    while (this.#killsLeft > 0) await this.#liveAndDie(desk, chance);
  }

  async #killNewcomers(chance: Chance): Promise<void> {
    let newcomer = this.#newDesk();
    let kills = 0;
    while (this.#killsLeft > 0) {
      const phase = await this.#liveAndDie(newcomer, chance);
      kills += 1;
      const isThrough = phase === 'writing' && kills >= NEWCOMER_KILLS;
      if (!isThrough || this.#desks.length >= MOST_NEWCOMERS) continue;
      newcomer = this.#newDesk();
      kills = 0;
    }
  }

  async #liveAndDie(desk: Desk, chance: Chance): Promise<DeskPhase> {
    // The first life of a desk lays its tables.
    const isMigrating = desk.lives === 0 && chance.happens(0.7);
    const process = this.#startDesk(
      desk,
      'write',
      isMigrating ? chance.between(1, MIGRATIONS.length) : undefined,
    );
    const end = chance.weighted(weightsOf(DESK_ENDS));
    await this.#live(process, chance.between(0, DESK_ENDS[end].mostMs), IS_DESK_END[end]);
    const diedByItself = isMigrating && !process.isAlive;
    const last = (process.last('phase')?.['phase'] ?? 'starting') as DeskPhase;
    const phase = diedByItself ? 'migrating' : last;
    await this.#kill(process, phase);
    return phase;
  }

  /** Resolves a while after the life reached its end, or when it ended by itself. */
  async #live(victim: Victim, longerMs: number, isEnd: IsIt | undefined): Promise<void> {
    const reached = isEnd === undefined ? Promise.resolve() : victim.until(isEnd);
    await before(LONGEST_LIFE_MS, Promise.race([reached, victim.ended, this.#over.promise]));
    await before(longerMs, victim.ended);
  }

  async #kill(victim: Victim, phase: string): Promise<void> {
    // Null: by a signal, be it ours or its own.
    if (!(await victim.kill()) && (await victim.ended) !== null) {
      this.#violations.push(`A program ended by itself (${phase}): ${victim.lastWords()}`);
      this.#killsLeft = 0;
      this.#over.resolve(undefined);
      return;
    }
    this.#killsLeft -= 1;
    if (this.#killsLeft <= 0) this.#over.resolve(undefined);
    this.#kills.set(phase, (this.#kills.get(phase) ?? 0) + 1);
    if (this.#killsLeft > 0 && this.#killsLeft % 50 === 0)
      this.#options.say(`${this.#killsLeft} kills to go`);
  }

  /**
   * Heals everything, round after round until one changed nothing: what the last desk sent reaches the first as well, and so
   * does what the server writes by itself when a mail goes out.
   */
  async settle(): Promise<void> {
    this.#options.say('coming to rest');
    const serverFolder = join(this.#options.folder, 'server');
    const server = this.#startServer();
    let rounds = 0;
    let before: number;
    do {
      before = newestVersion(serverFolder);
      await this.#settleEach();
      rounds += 1;
    } while (newestVersion(serverFolder) !== before && rounds < MOST_ROUNDS);
    await server.kill();
    if (newestVersion(serverFolder) !== before)
      this.#violations.push(`The server still changes after ${rounds} rounds.`);
  }

  async #settleEach(): Promise<void> {
    for (const desk of this.#desks) {
      const process = this.#startDesk(desk, 'settle');
      const cancel = systemClock.after(SETTLE_WITHIN_MS, () => void process.kill());
      const code = await process.ended;
      cancel();
      if (code !== 0)
        this.#violations.push(`${desk.name} does not come to rest: ${process.lastWords()}`);
    }
  }

  async verify(): Promise<CrashReport> {
    const { folder } = this.#options;
    const desks = this.#desks.map((desk) => ({ ...desk, accepted: acceptedOf(desk) }));
    const found = await verifyOffice(join(folder, 'server'), desks);
    const of = (phase: string) => this.#kills.get(phase) ?? 0;
    const serverKills = of('listening') + of('server starting') + of('committed');
    return {
      tally: {
        'server kills': serverKills,
        'server kills while starting': of('server starting'),
        'server kills between commit and answer': of('committed'),
        'desk kills':
          [...this.#kills.values()].reduce((sum, count) => sum + count, 0) - serverKills,
        'desk kills while starting': of('starting') + of('signing in'),
        'desk kills in a first sync': of('first sync'),
        'desk kills while catching up': of('catching up'),
        'desk kills while writing': of('writing'),
        'desk kills while taking a file in': of('taking a file in'),
        'desk kills while uploading': of('uploading'),
        'desk kills while migrating': of('migrating'),
        desks: desks.length,
        'replays absorbed': countLines(this.#replaysFile),
        ...found.counts,
      },
      violations: [...this.#violations, ...found.violations],
    };
  }

  get #replaysFile(): string {
    return join(this.#options.folder, 'replays');
  }

  #newDesk(): Desk {
    const number = this.#desks.length;
    const folder = join(this.#options.folder, `desk-${number}`);
    const email = this.#emails[number % this.#emails.length] ?? '';
    const desk = { name: `desk ${number}`, email, folder, lives: 0 };
    this.#desks.push(desk);
    return desk;
  }

  #startServer(diesAfterCommits?: number): Victim {
    const load = (wiring: string) => ['--import', `./test/crash/${wiring}.ts`];
    const control = this.#options.control === 'dedup' ? load('forget-settled') : [];
    return startVictim([...control, ...load('watch-server'), 'sync-server/main.ts'], {
      DOCKET_DATA: join(this.#options.folder, 'server'),
      DOCKET_PORT: String(this.#port),
      DOCKET_LOG: 'error',
      DOCKET_REPLAYS: this.#replaysFile,
      ...(diesAfterCommits === undefined
        ? {}
        : { DOCKET_DIES_AFTER_COMMITS: String(diesAfterCommits) }),
    });
  }

  #startDesk(desk: Desk, task: 'write' | 'settle', diesAtLayer?: number): Victim {
    desk.lives += 1;
    const number = this.#desks.indexOf(desk);
    const loaded = diesAtLayer === undefined ? [] : ['--import', './test/crash/die-migrating.ts'];
    const args = [
      ...loaded,
      'test/crash/desk-program.ts',
      ...['--data', desk.folder],
      ...['--server', `http://127.0.0.1:${this.#port}`],
      ...['--email', desk.email],
      ...['--accepted', acceptedFile(desk)],
      ...['--seed', String(this.#options.seed * 1_000_000 + number * 10_000 + desk.lives)],
      ...['--task', task],
    ];
    return startVictim(
      args,
      diesAtLayer === undefined ? {} : { DOCKET_DIES_AT_LAYER: String(diesAtLayer) },
    );
  }
}

type IsIt = Parameters<Victim['until']>[0];

const IS_DESK_END: Readonly<Record<keyof typeof DESK_ENDS, IsIt | undefined>> = {
  starting: undefined,
  pulling: ({ phase }) => phase === 'first sync' || phase === 'catching up',
  writing: ({ phase }) => phase === 'writing',
  'taking a file in': ({ phase }) => phase === 'taking a file in',
  uploading: ({ phase }) => phase === 'uploading',
};

const IS_SERVER_END: Readonly<Record<keyof typeof SERVER_ENDS, IsIt | undefined>> = {
  starting: undefined,
  listening: ({ event }) => event === 'listening',
  committed: () => false,
};

function weightsOf<K extends string>(ends: Readonly<Record<K, { weight: number }>>) {
  const weights = Object.entries<{ weight: number }>(ends).map(([end, { weight }]) => [
    end,
    weight,
  ]);
  return Object.fromEntries(weights) as Record<K, number>;
}

/** Waits for it, but not longer than this. */
async function before(ms: number, wanted: Promise<unknown>): Promise<void> {
  let cancel = () => {};
  const time = new Promise<void>((resolve) => {
    cancel = systemClock.after(ms, resolve);
  });
  await Promise.race([time, wanted]);
  cancel();
}

const acceptedFile = ({ folder }: Pick<Desk, 'folder'>) => `${folder}.accepted`;

function acceptedOf(desk: Desk): readonly AcceptedText[] {
  const file = acceptedFile(desk);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // A line that was cut is of an act whose answer came a moment before the kill: nobody was told.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as AcceptedText);
}

/** Of everything the server ever changed; read beside the running program. */
function newestVersion(serverFolder: string): number {
  const office = new BetterSqlite(join(serverFolder, 'server.sqlite'), { readonly: true });
  const newest = office.prepare('SELECT max(version) AS version FROM workspace').get();
  office.close();
  return (newest as { version: number }).version;
}

function countLines(file: string): number {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}
