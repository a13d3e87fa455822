// Sees to it that mails leave when they are due: woken by what this process queues, and by a look now and then for what
// another one has.

import type { Timers } from '../timers.ts';
import { MailSender, type MailSenderDeps } from './mail-sender.ts';

export interface MailDeps extends MailSenderDeps {
  readonly timers: Timers;
}

export interface RunningMail {
  /** Ends the looking at once, and what is being handed over after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Other processes' mails are looked for this often. */
const LOOK_MS = 15_000;
/** What cannot be done now, because another process is at it, is not asked for without end. */
const SHORTEST_PAUSE_MS = 100;

export function startMail(deps: MailDeps): RunningMail {
  const { storage, now, timers } = deps;
  const sender = new MailSender(deps);
  const [enough, cut] = [new AbortController(), new AbortController()];
  let cancelWaking = () => {};
  let running: Promise<void> = Promise.resolve();

  const inTurn = (work: () => Promise<void>) => {
    running = running.then(work).catch((error: unknown) => {
      if (enough.signal.aborted) return;
      deps.onFailure(error);
      wakeIn(LOOK_MS);
    });
  };
  const wakeIn = (ms: number) => {
    cancelWaking();
    if (enough.signal.aborted) return;
    cancelWaking = timers.after(ms, () => inTurn(look));
  };
  const plan = async () => {
    const next = await storage.mails.nextMailAt();
    const dueInMs = next === undefined ? LOOK_MS : Date.parse(next) - now();
    wakeIn(Math.min(LOOK_MS, Math.max(SHORTEST_PAUSE_MS, dueInMs)));
  };
  const look = async () => {
    await sender.sendDue({ enough: enough.signal, cut: cut.signal });
    await plan();
  };
  const unsubscribe = storage.mails.onMailQueued(() => inTurn(plan));
  inTurn(look);
  return {
    stop: async (graceMs) => {
      enough.abort();
      unsubscribe();
      cancelWaking();
      const cancelCutting = timers.after(graceMs, () => cut.abort());
      await running;
      cancelCutting();
    },
  };
}
