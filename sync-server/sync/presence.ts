// Who is on which job right now. It lives in memory alone and runs out by itself: what a device last said counts for one
// lease, so nobody is shown for longer than seconds after they left, however they left. Of several server processes each has
// its own devices' word, and tells it to the others; a device may say it to another one than its line is up at. (H8, J3)

import * as z from 'zod';
import type { StaffSession } from '../auth/staff.ts';
import { memberId, type WorkspaceId, workspaceId } from '../protocol/ids.ts';
import {
  PRESENCE_LEASE_MS,
  presenceRequest,
  type PresenceRequest,
  type Present,
} from '../protocol/sync.ts';
import type { OtherProcesses } from '../storage/other-processes.ts';
import type { Timers } from '../timers.ts';

type Device = Pick<StaffSession, 'workspaceId' | 'memberId' | 'tokenHash'>;

/** Between processes: where the device's line is up, what it said counts; elsewhere it is to be handed on. */
const wordOfAnother = z.object({
  device: z.object({ workspaceId, memberId, tokenHash: z.string() }),
  jobs: presenceRequest.shape.jobs,
  hasLine: z.boolean(),
});

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
  readonly #others: OtherProcesses;
  readonly #stopHearing: () => void;
  #stopLooking: (() => void) | undefined;

  constructor(timers: Pick<Timers, 'every'>, others: OtherProcesses) {
    this.#timers = timers;
    this.#others = others;
    this.#stopHearing = others.onNews((news) => {
      if (news.kind === 'presence') this.#hear(news.text);
    });
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
    const hasLine = this.#lines.has(device.tokenHash);
    if (hasLine) this.#note(device, jobs);
    const { workspaceId, memberId, tokenHash } = device;
    const word = { device: { workspaceId, memberId, tokenHash }, jobs, hasLine };
    this.#others.tell({ kind: 'presence', text: JSON.stringify(word) });
  }

  /** A device that has its line here is known best here, whatever a process says that had it before. */
  #hear(text: string): void {
    const parsed = wordOfAnother.safeParse(jsonIn(text));
    if (!parsed.success) return;
    const { device, jobs, hasLine } = parsed.data;
    const isHere = this.#lines.has(device.tokenHash);
    if (isHere && !hasLine) this.say(device, jobs);
    else if (!isHere && hasLine) this.#note(device, jobs);
  }

  #note({ workspaceId, memberId, tokenHash }: Device, jobs: PresenceRequest['jobs']): void {
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
    this.#stopHearing();
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

/** Undefined for what a process of another version says in other words. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
