// Performs what `nextStep` decides, and decides nothing.

import { type DeviceEnd, deviceEndOf } from '../../../sync-server/protocol/device-end.ts';
import type { Present } from '../../../sync-server/protocol/sync.ts';
import type { Uploader } from '../attachments/upload.ts';
import { AppError } from '../errors.ts';
import type { WritableMirror } from '../mirror/database.ts';
import { emptyLog, isLogLong } from '../mirror/log-keeper.ts';
import { readMeta } from '../mirror/meta.ts';
import { hasNewRows, indexNewRows } from '../mirror/search-index.ts';
import { type SyncLogEvent, writeSyncLog } from '../mirror/sync-log.ts';
import { stayInStep } from './in-step.ts';
import { listen } from './live.ts';
import { applyPull, beginFreshCopy, type Pulled } from './pull.ts';
import { Pusher, type PusherParts } from './pusher.ts';
import { type PulledAnswer, readPage } from './read-page.ts';
import { RequestBudget } from './request-budget.ts';
import {
  initialSyncState,
  nextStep,
  type SyncEffect,
  type SyncEvent,
  type SyncState,
  type Trouble,
} from './sync-state.ts';

export interface SyncEngine {
  readonly state: SyncState;
  /** Mutations on their way right now. */
  readonly inFlight: ReadonlySet<string>;
  /** Of a first sync or a fresh copy; null when none is under way. [L2] */
  readonly progress: SyncProgress | null;
  tell(event: SyncEvent): void;
  /** After a person was asked: fetches fresh copies as if none had been fetched yet. [L5] */
  healAgain(): void;
  /** Ends all work; resolves when nothing touches the mirror any more. */
  stop(): Promise<void>;
}

export interface SyncProgress {
  readonly rowsSent: number;
  readonly rowsTotal: number;
}

/** Fresh copies in a row before a person is asked. [L5] */
const MOST_HEALINGS = 2;

export interface SyncEngineParts extends PusherParts {
  readonly uploader: Uploader;
  onChange(): void;
  /** Who else is on a job, as the live line says; nobody knows while it is down. (H8) */
  onPresence(people: readonly Present[]): void;
  /** The server no longer takes the token; `end` where somebody else signed this device out. [F4] (J1) */
  onExpired(end: DeviceEnd | undefined): void;
}

export function startSyncEngine(parts: SyncEngineParts): SyncEngine {
  const engine = new Engine(parts);
  engine.tell({ kind: 'started' });
  return engine;
}

class Engine implements SyncEngine {
  readonly #parts: SyncEngineParts;
  readonly #running = new Set<Promise<void>>();
  readonly #budget: RequestBudget;
  #state = initialSyncState;
  readonly #pusher: Pusher;
  #progress: SyncProgress | null = null;
  #healings = 0;
  /** The last answer to a pull was a reset. */
  #wasReset = false;
  /** The page after the one that is being applied. */
  #ahead: { readonly cursor: string; readonly page: Promise<PulledAnswer> } | null = null;
  #isStopped = false;
  #stopWaiting = () => {};
  #stopWaitingForLive = () => {};
  #live = new AbortController();

  constructor(parts: SyncEngineParts) {
    this.#parts = parts;
    this.#budget = new RequestBudget(parts.host.clock);
    this.#pusher = new Pusher(
      parts,
      () => this.#spend(),
      () => this.#isStopped,
    );
  }

  get state(): SyncState {
    return this.#state;
  }

  get inFlight(): ReadonlySet<string> {
    return this.#pusher.inFlight;
  }

  get progress(): SyncProgress | null {
    return this.#progress;
  }

  tell(event: SyncEvent): void {
    if (this.#isStopped) return;
    const step = nextStep(this.#state, event);
    this.#state = step.state;
    for (const effect of step.effects) this.#perform(effect);
    this.#parts.onChange();
  }

  healAgain(): void {
    this.#healings = 0;
    this.tell({ kind: 'asked' });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopWaiting();
    this.#stopWaitingForLive();
    this.#live.abort();
    await Promise.allSettled(this.#running);
  }

  #perform(effect: SyncEffect): void {
    const { clock } = this.#parts.host;
    switch (effect.kind) {
      case 'pull':
        this.#run(this.#pull());
        break;
      case 'push':
        this.#run(this.#push());
        break;
      case 'open-live':
        this.#run(this.#listen());
        break;
      case 'close-live':
        this.#live.abort();
        break;
      case 'wait':
        this.#stopWaiting = clock.after(effect.delayMs, () => this.tell({ kind: 'waited' }));
        break;
      case 'stop-waiting':
        this.#stopWaiting();
        break;
      case 'wait-for-live':
        this.#stopWaitingForLive = clock.after(effect.delayMs, () =>
          this.tell({ kind: 'live-waited' }),
        );
        break;
    }
  }

  /** A promise that never rejects: what goes wrong becomes an event. */
  #run(work: Promise<void>): void {
    const running = work.catch((error: unknown) => this.#tellFailure(error));
    this.#running.add(running);
    void running.finally(() => this.#running.delete(running));
  }

  async #pull(): Promise<void> {
    const { mirror } = this.#parts;
    const answer = await this.#pageAfter(readMeta(mirror, 'cursor'));
    if (this.#isStopped) return;
    if (answer.kind === 'page' && answer.more) {
      this.#askAhead(answer.cursor);
      if (!(await this.#turn())) return;
    }
    const pulled = applyPull(mirror, this.#parts.actor(), answer, this.#now());
    this.#progress = answer.kind === 'page' ? answer.snapshot : null;
    if (pulled.kind === 'reset') this.#log('reset', pulled.reason);
    // A copy was begun with the first; a server that gives none of it is not asked in a circle. [L3]
    const isCircle = pulled.kind === 'reset' && this.#wasReset;
    this.#wasReset = pulled.kind === 'reset';
    if (isCircle) throw new AppError('server-not-understood');
    if (answer.kind === 'page' && !answer.more) this.#parts.uploader.serverAnswers();
    this.#noteCountdowns(pulled);
    this.#noteFreed();
    if (pulled.kind === 'differs' && this.#healings >= MOST_HEALINGS) {
      this.#askPerson();
      return;
    }
    if (pulled.kind === 'differs') this.#heal();
    else if (pulled.kind === 'applied' && !pulled.more) this.#healings = 0;
    const more = pulled.kind !== 'applied' || pulled.more;
    this.tell({ kind: 'pulled', more });
    if (!more) await this.#tidyUp();
  }

  /** What nobody waits for, a little at a time: the search index is filled behind a first sync. (H2) [S1] */
  async #tidyUp(): Promise<void> {
    const { host, mirror } = this.#parts;
    while (hasNewRows(mirror)) {
      if (!(await this.#turn())) return;
      mirror.transact(indexNewRows, 'soon');
    }
    if (isLogLong(mirror) && (await this.#turn())) emptyLog(host, mirror);
  }

  /** A copy that differs again and again keeps nothing from leaving; one that is fetched anew is not in step. [L5, P8] */
  #noteCountdowns(pulled: Pulled): void {
    const { countdowns } = this.#parts;
    const isDifferent = pulled.kind === 'differs';
    const isFetchedAnew = isDifferent ? this.#healings < MOST_HEALINGS : pulled.kind === 'reset';
    if (isFetchedAnew) countdowns.startOver();
    else countdowns.pulled();
  }

  /** What came can hold a reply that others stood behind, or end the wait for bytes of a job that is gone. [P2] */
  #noteFreed(): void {
    if (!this.#state.wantsPush && this.#pusher.hasMore) this.tell({ kind: 'outbox-changed' });
  }

  /** A page is what it is whenever it was asked for: it begins at its cursor and says where it ends. [L1] */
  #pageAfter(cursor: string | undefined): Promise<PulledAnswer> {
    const ahead = this.#ahead;
    this.#ahead = null;
    return ahead !== null && ahead.cursor === cursor ? ahead.page : this.#ask(cursor);
  }

  async #ask(cursor: string | undefined): Promise<PulledAnswer> {
    this.#spend();
    return readPage(await this.#parts.server.pull(cursor));
  }

  /** @throws AppError `server-insists` where this device has asked too often already */
  #spend(): void {
    if (!this.#budget.spend()) throw new AppError('server-insists');
  }

  /** The server reads the next page while this one is put away. */
  #askAhead(cursor: string): void {
    const page = this.#ask(cursor);
    this.#ahead = { cursor, page };
    // Whoever takes the page hears of its failure; a page nobody takes has none to hear of it.
    page.catch(() => undefined);
  }

  /** What was asked leaves before the loop is busy with a page. Answers whether to go on. */
  async #turn(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#parts.host.clock.after(0, () => resolve(undefined));
    await promise;
    return !this.#isStopped;
  }

  /** A fresh copy heals what differs. [L5] */
  #heal(): void {
    this.#healings += 1;
    this.#log('differs', 'a fresh copy is fetched');
    beginFreshCopy(this.#parts.mirror, this.#parts.actor());
  }

  /** A copy that differs again and again is a person's business; sending and fetching go on beside it. [L5] */
  #askPerson(): void {
    const { kind, message } = new AppError('mirror-differs');
    if (this.#state.trouble?.kind !== 'differs') this.#log('failed', kind);
    this.tell({ kind: 'differs', trouble: { kind: 'differs', sentence: message } });
  }

  #log(event: SyncLogEvent, details: string): void {
    const at = this.#now();
    this.#note('sync-log-not-written', (mirror) => writeSyncLog(mirror, { at, event, details }));
  }

  #note(otherwise: string, write: (mirror: WritableMirror) => void): void {
    try {
      this.#parts.mirror.transact(write);
    } catch {
      // On a full disk there is no room for the line that says so, and the sync must outlive it. [F2]
      this.#parts.host.log({ level: 'warn', event: otherwise });
    }
  }

  #now(): string {
    return new Date(this.#parts.host.clock.now()).toISOString();
  }

  async #push(): Promise<void> {
    const outcome = await this.#pusher.push();
    if (this.#isStopped) return;
    if (outcome === 'turned-away') this.#parts.countdowns.startOver();
    this.tell(
      outcome === 'answered'
        ? { kind: 'pushed', more: this.#pusher.hasMore }
        : { kind: outcome === 'nothing' ? 'nothing-to-push' : 'turned-away' },
    );
  }

  /** A line that brings nothing new keeps a device in step: a quiet night is no spell away. [P7] */
  #stayInStep(): void {
    const { running, wantsPull, trouble } = this.#state;
    const isInStep = running !== 'pull' && !wantsPull && trouble === null;
    if (isInStep && !this.#isStopped)
      this.#note('in-step-not-noted', (mirror) => stayInStep(mirror, this.#now()));
  }

  async #listen(): Promise<void> {
    this.#live = new AbortController();
    const { signal } = this.#live;
    try {
      const stream = await this.#parts.server.live(signal);
      signal.addEventListener('abort', () => stream.destroy(), { once: true });
      this.tell({ kind: 'live-opened' });
      await listen(stream, this.#parts.host.clock, {
        onHeard: () => this.#stayInStep(),
        onPoke: () => this.tell({ kind: 'poked' }),
        onPresence: (people) => this.#parts.onPresence(people),
      });
    } catch (error) {
      if (isTurnedAway(error)) throw error;
      // The pull that follows tells offline from a server that cannot keep a line open.
    }
    if (!signal.aborted) this.tell({ kind: 'live-closed', chance: this.#chance() });
  }

  #tellFailure(error: unknown): void {
    if (this.#isStopped) return;
    this.#parts.countdowns.startOver();
    const { host } = this.#parts;
    if (isTurnedAway(error)) {
      this.#log('signed-out-by-server', '');
      this.tell({ kind: 'expired' });
      this.#parts.onExpired(deviceEndOf(error.serverSaid));
      return;
    }
    const known =
      error instanceof AppError ? error : new AppError('server-failed', { cause: error });
    if (!(error instanceof AppError))
      host.log({
        level: 'error',
        event: 'sync-broke',
        details: { error: String(error).slice(0, 300) },
      });
    if (known.kind === 'server-unreachable') this.#parts.uploader.serverIsSilent();
    // One line for each trouble, not for each attempt: hours offline would push everything else out of the log.
    if (this.#state.trouble?.sentence !== known.message) this.#log('failed', known.kind);
    this.tell({
      kind: 'failed',
      trouble: {
        kind: troubleKindOf(known),
        sentence: known.message,
      },
      chance: this.#chance(),
    });
  }

  #chance(): number {
    return (this.#parts.host.randomBytes(1)[0] ?? 0) / 256;
  }
}

/** The server knows this device, and has no more to say to it. */
function isTurnedAway(error: unknown): error is AppError {
  const kind = error instanceof AppError ? error.kind : undefined;
  return kind === 'session-expired' || kind === 'device-signed-out';
}

function troubleKindOf({ kind }: AppError): Trouble['kind'] {
  if (kind === 'server-unreachable') return 'unreachable';
  return kind === 'update-needed' ? 'update-needed' : 'failed';
}
