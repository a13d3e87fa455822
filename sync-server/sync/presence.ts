// Who is on which job right now. It lives in memory alone and runs out by itself: what a device last said counts for one
// lease, so nobody is shown for longer than seconds after they left, however they left. (H8)

import type { StaffSession } from '../auth/staff.ts';
import type { WorkspaceId } from '../protocol/ids.ts';
import { PRESENCE_LEASE_MS, type PresenceRequest, type Present } from '../protocol/sync.ts';
import type { Timers } from '../timers.ts';

type Device = Pick<StaffSession, 'workspaceId' | 'memberId' | 'tokenHash'>;

interface Said extends Device {
  readonly jobs: PresenceRequest['jobs'];
  /** A lease is so many looks long: the clock, which may be set, has no part in it. */
  looksLeft: number;
}

const LOOK_EVERY_MS = 1000;
const LEASE_LOOKS = PRESENCE_LEASE_MS / LOOK_EVERY_MS;
/** More than an office has; what is beyond is not told. */
const MOST_TOLD = 200;

export class Presence {
  readonly #timers: Pick<Timers, 'every'>;
  /** By the token of a device. */
  readonly #said = new Map<string, Said>();
  /** How many live lines each device has: an old one may end after the next is up. */
  readonly #lines = new Map<string, number>();
  readonly #listeners = new Set<(workspaceId: WorkspaceId) => void>();
  #stopLooking: (() => void) | undefined;

  constructor(timers: Pick<Timers, 'every'>) {
    this.#timers = timers;
  }

  /** A live line of this device is up; the returned function says that it is down again. */
  lineUp(device: Device): () => void {
    const { tokenHash } = device;
    this.#lines.set(tokenHash, (this.#lines.get(tokenHash) ?? 0) + 1);
    return () => {
      const left = (this.#lines.get(tokenHash) ?? 1) - 1;
      if (left > 0) this.#lines.set(tokenHash, left);
      else {
        this.say(device, []);
        this.#lines.delete(tokenHash);
      }
    };
  }

  /**
   * Takes the place of what this device said before; no job at all takes it away. Without a live line nobody is on a job: what
   * arrives after the line went is from before.
   */
  say(device: Device, jobs: PresenceRequest['jobs']): void {
    if (!this.#lines.has(device.tokenHash)) return;
    const { workspaceId, memberId, tokenHash } = device;
    const before = JSON.stringify(this.#said.get(tokenHash)?.jobs ?? []);
    if (jobs.length === 0) this.#said.delete(tokenHash);
    else {
      const said = { workspaceId, memberId, tokenHash, jobs, looksLeft: LEASE_LOOKS };
      this.#said.set(tokenHash, said);
    }
    this.#look();
    if (JSON.stringify(jobs) !== before) this.#tell(workspaceId);
  }

  /** Everybody of the office but the one who asks. */
  others({ workspaceId, tokenHash }: Device): readonly Present[] {
    return [...this.#said.values()]
      .filter((said) => said.workspaceId === workspaceId && said.tokenHash !== tokenHash)
      .flatMap(({ memberId, jobs }) => jobs.map((job) => ({ memberId, ...job })))
      .slice(0, MOST_TOLD);
  }

  onChange(listener: (workspaceId: WorkspaceId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#said.clear();
    this.#look();
  }

  /** Looks for what has run out, for as long as there is anything. */
  #look(): void {
    if (this.#said.size === 0) {
      this.#stopLooking?.();
      this.#stopLooking = undefined;
    } else this.#stopLooking ??= this.#timers.every(LOOK_EVERY_MS, () => this.#end());
  }

  #end(): void {
    for (const said of this.#said.values()) said.looksLeft -= 1;
    const ended = [...this.#said.values()].filter(({ looksLeft }) => looksLeft <= 0);
    for (const { tokenHash } of ended) this.#said.delete(tokenHash);
    for (const workspaceId of new Set(ended.map((said) => said.workspaceId)))
      this.#tell(workspaceId);
    this.#look();
  }

  #tell(workspaceId: WorkspaceId): void {
    for (const listener of this.#listeners) listener(workspaceId);
  }
}
