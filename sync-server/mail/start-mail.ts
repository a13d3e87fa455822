// Sees to it that mails leave when they are due: woken by what this process queues, and by a look now and then for what
// another one has.

import { randomUUID } from 'node:crypto';
import type { MailConfig } from '../config.ts';
import type { Storage } from '../storage/storage.ts';
import { FolderTransport } from './folder-transport.ts';
import { MailSender } from './mail-sender.ts';
import { SmtpTransport } from './smtp-transport.ts';

export interface MailDeps {
  readonly config: MailConfig;
  readonly storage: Storage;
  publicUrl(): string;
  /** Unix time in milliseconds. */
  now(): number;
  onFailure(error: unknown): void;
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
  const { config, storage, now } = deps;
  const transport =
    config.kind === 'smtp' ? new SmtpTransport(config.url) : new FolderTransport(config.folder);
  const sender = new MailSender({ ...deps, transport, from: config.from, claimant: randomUUID() });
  const [enough, cut] = [new AbortController(), new AbortController()];
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const inTurn = (work: () => Promise<void>) => {
    running = running.then(work).catch((error: unknown) => {
      if (enough.signal.aborted) return;
      deps.onFailure(error);
      wakeIn(LOOK_MS);
    });
  };
  const wakeIn = (ms: number) => {
    clearTimeout(timer);
    if (enough.signal.aborted) return;
    timer = setTimeout(() => inTurn(look), ms);
    timer.unref();
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
      clearTimeout(timer);
      const cutting = setTimeout(() => cut.abort(), graceMs);
      await running;
      clearTimeout(cutting);
    },
  };
}
