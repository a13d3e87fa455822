// Who else is on a job, and which jobs are open here. Nothing of it is ever on the disk; without a live line nobody is told
// and nobody is shown. (H8)

import type { JobId } from '../../../sync-server/protocol/ids.ts';
import {
  PRESENCE_RENEW_MS,
  type PresenceRequest,
  type Present,
} from '../../../sync-server/protocol/sync.ts';
import type { Clock } from '../host.ts';

export interface PresenceParts {
  readonly clock: Clock;
  tellServer(presence: PresenceRequest): Promise<void>;
  isLive(): boolean;
  onChange(): void;
}

/** What a window shows. */
export interface Place {
  readonly jobId: JobId;
  readonly isWriting: boolean;
}

/** A window says where it is at least this often; one that was closed without a word is forgotten then. */
const WINDOW_LEASE_MS = 20_000;
/** Between two things said to the server. */
const SAID_APART_MS = 1000;
const MOST_JOBS = 5;

export class PresenceBoard {
  readonly #parts: PresenceParts;
  readonly #windows = new Map<string, { readonly place: Place; readonly untilMs: number }>();
  #others: readonly Present[] = [];
  #lastSaid = '';
  #saidAtMs = Number.NEGATIVE_INFINITY;
  #cancel = () => {};
  #isStopped = false;

  constructor(parts: PresenceParts) {
    this.#parts = parts;
  }

  othersOn(jobId: string): readonly Present[] {
    return this.#others.filter((present) => present.jobId === jobId);
  }

  /** Null where the window shows no job, or nobody looks at it. */
  windowIs(windowId: string, place: Place | null): void {
    if (place === null) this.#windows.delete(windowId);
    else this.#windows.set(windowId, { place, untilMs: this.#parts.clock.now() + WINDOW_LEASE_MS });
    this.#plan();
  }

  told(people: readonly Present[]): void {
    this.#others = people;
    this.#parts.onChange();
  }

  /** The live line came or went. */
  lineChanged(): void {
    if (this.#parts.isLive()) this.#plan();
    else {
      this.#lastSaid = '';
      if (this.#others.length > 0) this.told([]);
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  /** Says it now where it is news, else when the lease has to be renewed; never more often than once in a second. */
  #plan(): void {
    this.#cancel();
    if (this.#isStopped || !this.#parts.isLive()) return;
    const said = JSON.stringify(this.#jobs());
    if (said === '[]' && (this.#lastSaid === '[]' || this.#lastSaid === '')) return;
    const apartMs = said === this.#lastSaid ? PRESENCE_RENEW_MS : SAID_APART_MS;
    // A clock that was set back must not silence this device for years.
    const sinceMs = Math.max(0, this.#parts.clock.now() - this.#saidAtMs);
    this.#cancel = this.#parts.clock.after(Math.max(0, apartMs - sinceMs), () => this.#say());
  }

  #say(): void {
    const jobs = this.#jobs();
    this.#lastSaid = JSON.stringify(jobs);
    this.#saidAtMs = this.#parts.clock.now();
    // Unheard, it is said again with the next renewal; the sync itself finds out what is the matter.
    this.#parts.tellServer({ jobs }).catch(() => undefined);
    this.#plan();
  }

  /** One line for each job: writing in one of two windows is writing. */
  #jobs(): PresenceRequest['jobs'] {
    const nowMs = this.#parts.clock.now();
    const jobs = new Map<JobId, boolean>();
    // No lease is longer than this, unless the clock was set back.
    for (const [windowId, { place, untilMs }] of this.#windows)
      if (untilMs <= nowMs || untilMs > nowMs + WINDOW_LEASE_MS) this.#windows.delete(windowId);
      else jobs.set(place.jobId, place.isWriting || jobs.get(place.jobId) === true);
    return [...jobs].slice(0, MOST_JOBS).map(([jobId, isWriting]) => ({ jobId, isWriting }));
  }
}
