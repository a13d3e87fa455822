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

/** All that runs out here does so by timers, which do not mind a clock that is set. */
export class PresenceBoard {
  readonly #parts: PresenceParts;
  readonly #windows = new Map<
    string,
    { readonly place: Place; readonly cancelLease: () => void }
  >();
  #others: readonly Present[] = [];
  #lastSaid = '';
  /** Until what was said is a second old, or what is planned is said. */
  #isWaiting = false;
  #cancelWait = () => {};
  #cancelRenewal = () => {};
  #isStopped = false;

  constructor(parts: PresenceParts) {
    this.#parts = parts;
  }

  othersOn(jobId: string): readonly Present[] {
    return this.#others.filter((present) => present.jobId === jobId);
  }

  /** In some window of this device. */
  get isWritingHere(): boolean {
    return [...this.#windows.values()].some(({ place }) => place.isWriting);
  }

  /** Null where the window shows no job, or nobody looks at it. */
  windowIs(windowId: string, place: Place | null): void {
    const wasWriting = this.isWritingHere;
    this.#windows.get(windowId)?.cancelLease();
    if (place === null) this.#windows.delete(windowId);
    else {
      const cancelLease = this.#parts.clock.after(WINDOW_LEASE_MS, () => {
        this.#windows.delete(windowId);
        if (place.isWriting) this.#parts.onChange();
        this.#plan();
      });
      this.#windows.set(windowId, { place, cancelLease });
    }
    if (this.isWritingHere !== wasWriting) this.#parts.onChange();
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
    for (const { cancelLease } of this.#windows.values()) cancelLease();
    this.#cancelWait();
    this.#cancelRenewal();
  }

  /** Says what is news, never more often than once in a second. */
  #plan(): void {
    if (this.#isWaiting || !this.#isHeard) return;
    const said = JSON.stringify(this.#jobs());
    if (said !== this.#lastSaid && !(said === '[]' && this.#lastSaid === ''))
      this.#wait(0, () => this.#say());
  }

  #say(): void {
    if (!this.#isHeard) return;
    const jobs = this.#jobs();
    this.#lastSaid = JSON.stringify(jobs);
    // Unheard, it is said again with the next renewal; the sync itself finds out what is the matter.
    this.#parts.tellServer({ jobs }).catch(() => undefined);
    this.#wait(SAID_APART_MS, () => this.#plan());
    this.#cancelRenewal();
    if (jobs.length > 0)
      this.#cancelRenewal = this.#parts.clock.after(PRESENCE_RENEW_MS, () => this.#say());
  }

  #wait(delayMs: number, then: () => void): void {
    this.#cancelWait();
    this.#isWaiting = true;
    this.#cancelWait = this.#parts.clock.after(delayMs, () => {
      this.#isWaiting = false;
      then();
    });
  }

  get #isHeard(): boolean {
    return !this.#isStopped && this.#parts.isLive();
  }

  /** One line for each job: writing in one of two windows is writing. */
  #jobs(): PresenceRequest['jobs'] {
    const jobs = new Map<JobId, boolean>();
    for (const { place } of this.#windows.values())
      jobs.set(place.jobId, place.isWriting || jobs.get(place.jobId) === true);
    return [...jobs].slice(0, MOST_JOBS).map(([jobId, isWriting]) => ({ jobId, isWriting }));
  }
}
