// Sends what may leave next, and puts away what became of it. [P1, P2]

import type { ClientId } from '../../../sync-server/protocol/ids.ts';
import type { Actor } from '../../../sync-server/protocol/mutator.ts';
import { MAX_PUSH_MUTATIONS } from '../../../sync-server/protocol/sync.ts';
import { AppError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Mirror } from '../mirror/database.ts';
import { readMeta } from '../mirror/meta.ts';
import type { Countdowns } from '../outbox/countdowns.ts';
import type { NextBatch } from '../outbox/next-batch.ts';
import { markSent, type OutboxMutation } from '../outbox/outbox.ts';
import type { ServerClient } from '../session/server-client.ts';
import { isLongAway } from './in-step.ts';
import { applyPush, cannotLeave, parkTooLarge, pushRequestOf, readBatch } from './push.ts';

export interface PusherParts {
  readonly host: Host;
  readonly mirror: Mirror;
  readonly server: ServerClient;
  readonly clientId: ClientId;
  readonly countdowns: Countdowns;
  /** Read anew each time: a member's role may change. */
  actor(): Actor;
}

export class Pusher {
  readonly #parts: PusherParts;
  readonly #spend: () => void;
  readonly #isStopped: () => boolean;
  #inFlight: ReadonlySet<string> = new Set();
  /** The last one a push was turned away for. [L6] */
  #epochTurnedAway: string | null = null;
  #mostAtOnce = MAX_PUSH_MUTATIONS;

  /** @param spend counts a request, and throws where this device has asked too often already */
  constructor(parts: PusherParts, spend: () => void, isStopped: () => boolean) {
    this.#parts = parts;
    this.#spend = spend;
    this.#isStopped = isStopped;
  }

  /** Mutations on their way right now. */
  get inFlight(): ReadonlySet<string> {
    return this.#inFlight;
  }

  /** Whether a push has something to do: to send, or to begin a countdown. */
  get hasMore(): boolean {
    const { leaving, counting } = this.#next();
    const { countdowns } = this.#parts;
    return leaving.length > 0 || counting.some(({ id }) => !countdowns.hasBegun(id));
  }

  /** `turned-away`: a pull has to come first. @throws AppError as the server or the network says */
  async push(): Promise<'nothing' | 'answered' | 'turned-away'> {
    const { leaving, counting, isEverything } = this.#next();
    const epoch = readMeta(this.#parts.mirror, 'epoch');
    // An upload may have ended before anybody noticed that the line is long dead: where things stand comes first. [P7]
    const mayLeave = epoch !== undefined && !isLongAway(this.#parts.mirror, this.#now());
    if (!mayLeave) return leaving.length + counting.length > 0 ? 'turned-away' : 'nothing';
    this.#parts.countdowns.settle({
      counting: counting.map(({ id }) => id),
      leaving: leaving.map(({ id }) => id),
      isEverything,
    });
    const batch = leaving.slice(0, this.#mostAtOnce);
    if (batch.length === 0) return 'nothing';
    return (await this.#send(batch, epoch)) ? 'answered' : 'turned-away';
  }

  #next(): NextBatch {
    const { mirror, host, countdowns } = this.#parts;
    return readBatch(mirror, host.clock.now(), countdowns);
  }

  /** Answers false where the server has become another database meanwhile, which has done nothing of it. [L6] */
  async #send(batch: readonly OutboxMutation[], epoch: string): Promise<boolean> {
    const { mirror, server, clientId } = this.#parts;
    if (cannotLeave(batch)) {
      this.#sendLess(batch);
      return true;
    }
    const ids = batch.map(({ id }) => id);
    // What an earlier attempt may have brought there stays in doubt.
    const fresh = batch.filter(({ mayHaveArrived }) => !mayHaveArrived).map(({ id }) => id);
    const takeBack = () => mirror.transact((writable) => markSent(writable, fresh, false));
    this.#inFlight = new Set(ids);
    mirror.transact((writable) => markSent(writable, ids, true));
    try {
      this.#spend();
      const answer = await server.push(pushRequestOf(batch, { epoch, clientId }));
      if (this.#isStopped()) return false;
      if (answer.kind === 'reset') {
        takeBack();
        this.#turnedAway(epoch);
        return false;
      }
      applyPush(mirror, this.#parts.actor(), batch, answer, this.#now());
      return true;
    } catch (error) {
      if (!(error instanceof AppError) || this.#isStopped()) throw error;
      if (error.neverArrived) takeBack();
      if (error.kind !== 'too-large') throw error;
      this.#sendLess(batch);
      return true;
    } finally {
      this.#inFlight = new Set();
    }
  }

  /** Whoever stands before the server may take less than it does. What is too much by itself is a person's business. [P2] */
  #sendLess(batch: readonly OutboxMutation[]): void {
    const [only, second] = batch;
    if (second !== undefined) this.#mostAtOnce = Math.ceil(batch.length / 2);
    else if (only !== undefined) parkTooLarge(this.#parts.mirror, this.#parts.actor(), only);
  }

  /** The pull that follows brings the new epoch; a server that goes on saying so without one is not asked in a circle. */
  #turnedAway(epoch: string): void {
    if (this.#epochTurnedAway === epoch) throw new AppError('server-not-understood');
    this.#epochTurnedAway = epoch;
  }

  #now(): string {
    return new Date(this.#parts.host.clock.now()).toISOString();
  }
}
