// Sees to it that scheduled replies are sent when their time comes: woken by what this process schedules, and by a look now and
// then for what another one has. What was due while nobody ran is found by the first look. (C8) [F1]

import { releaseScheduled } from '../storage/release-scheduled.ts';
import type { Storage } from '../storage/storage.ts';
import type { Timers } from '../timers.ts';

export interface ScheduledDeps {
  readonly storage: Pick<Storage, 'dueReplies' | 'transact'>;
  readonly timers: Timers;
  /** Unix time in milliseconds. */
  now(): number;
  /** Our own failure, of one reply; the others go on, and it is tried again at the next look. */
  onFailure(error: unknown): void;
}

export interface RunningScheduled {
  /** What is being released comes to its end, and nothing else is begun. */
  stop(): Promise<void>;
}

/** Other processes' replies are looked for this often. */
const LOOK_MS = 15_000;
/** What could not be done just now is not tried without end. */
const SHORTEST_PAUSE_MS = 100;
const AT_ONCE = 50;

export function startScheduled(deps: ScheduledDeps): RunningScheduled {
  const { storage, now, timers } = deps;
  let isStopped = false;
  let cancelWaking = () => {};
  let running: Promise<void> = Promise.resolve();

  const inTurn = (work: () => Promise<void>) => {
    running = running.then(work).catch((error: unknown) => {
      if (isStopped) return;
      deps.onFailure(error);
      wakeIn(LOOK_MS);
    });
  };
  const wakeIn = (ms: number) => {
    cancelWaking();
    if (!isStopped) cancelWaking = timers.after(ms, () => inTurn(look));
  };
  const plan = async () => {
    const next = await storage.dueReplies.nextAt();
    const dueInMs = next === undefined ? LOOK_MS : Date.parse(next) - now();
    wakeIn(Math.min(LOOK_MS, Math.max(SHORTEST_PAUSE_MS, dueInMs)));
  };
  const look = async () => {
    const hasFailed = !(await releaseDue(deps, () => isStopped));
    if (hasFailed) wakeIn(LOOK_MS);
    else await plan();
  };
  const unsubscribe = storage.dueReplies.onScheduled(() => inTurn(plan));
  inTurn(look);
  return {
    stop: async () => {
      isStopped = true;
      unsubscribe();
      cancelWaking();
      await running;
    },
  };
}

/** Until nothing is due any more, or a stop is wished. Answers false where one of them failed. */
export async function releaseDue(
  { storage, now, onFailure }: Omit<ScheduledDeps, 'timers'>,
  isStopped: () => boolean = () => false,
): Promise<boolean> {
  for (;;) {
    const at = new Date(now()).toISOString();
    const due = await storage.dueReplies.due(at, AT_ONCE);
    let failures = 0;
    for (const reply of due) {
      if (isStopped()) return true;
      try {
        await releaseScheduled(storage, reply, at);
      } catch (error) {
        failures += 1;
        onFailure(error);
      }
    }
    if (failures > 0) return false;
    if (due.length < AT_ONCE) return true;
  }
}
