// The server's own sender of mails, over a line that refuses, breaks off and swallows answers, on a machine that may die while
// it hands one over. Each time another process is at it, and some are at it at once.

import { MailSender, type MailSenderDeps } from '../../sync-server/mail/mail-sender.ts';
import { type RunningMail, startMail } from '../../sync-server/mail/start-mail.ts';
import type { OutgoingMail } from '../../sync-server/mail/outgoing-mail.ts';
import type { HandOver, MailTransport } from '../../sync-server/mail/transport.ts';
import type { MailOutbox, QueuedMail } from '../../sync-server/storage/mail-outbox.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import type { Timers } from '../../sync-server/timers.ts';
import { override } from './controls.ts';
import type { DoorWatch, SignInAttempt } from './door-watch.ts';
import type { Attempt, MailWatch } from './mail-watch.ts';
import { breathe, type Machine } from './machine.ts';

/** What an address begins with that takes nothing, ever. */
export const GONE = 'gone-';

const FATES = { 'not now': 3, 'lost answer': 4, 'lost mail': 2, dies: 1 } as const;

export interface PostmanParts {
  readonly machine: Machine;
  /** As the application has it. */
  readonly storage: Storage;
  /** The same undisturbed, for the oracle. */
  readonly undisturbed: Storage;
  readonly watch: MailWatch;
  readonly doorWatch: DoorWatch;
  now(): number;
  /** A mail about this job may have left, and nobody can tell. */
  onDoubt(jobId: string): void;
}

export class Postman {
  readonly #parts: PostmanParts;

  constructor(parts: PostmanParts) {
    this.#parts = parts;
  }

  /** As the server does it by itself. */
  start(timers: Timers): RunningMail {
    return startMail({ ...this.#process().deps, timers });
  }

  /** As one process more, which has only just begun. */
  async sendDue(): Promise<void> {
    const { deps, end } = this.#process();
    await new MailSender(deps).sendDue();
    end();
  }

  /** What one process that sends mails is made of, and what its end is told. */
  #process(): { readonly deps: MailSenderDeps; end(): void } {
    const { storage, machine, watch, now } = this.#parts;
    const { run } = machine;
    let claimed: Claimed | undefined;
    const end = () => {
      if (claimed?.kind === 'news') watch.end(claimed.attempt, now());
      claimed = undefined;
    };
    let wasOnTheLine = false;
    const mails = watchedMails(storage.mails, {
      onClaim: async (mail) => {
        end();
        wasOnTheLine = false;
        claimed = mail && (await this.#begin(mail));
      },
      onKept: ({ deliveries }) => {
        if (claimed?.kind === 'news' && wasOnTheLine) watch.turnIsOver(claimed.attempt, deliveries);
        wasOnTheLine = false;
      },
    });
    const transport: MailTransport = {
      handOver: (mail) => {
        if (claimed === undefined) throw new Error('A mail is handed over by whoever claimed it.');
        wasOnTheLine = true;
        return this.#handOver(claimed, mail);
      },
    };
    const deps: MailSenderDeps = {
      storage: withMails(storage, mails),
      transport,
      from: 'no-reply@harbour.example',
      publicUrl: () => 'https://portal.simulated',
      now,
      claimant: run.newId(),
      onFailure: (error) => {
        if (!machine.isDead) run.violate('no mistake of ours', String(error));
      },
    };
    return { deps, end };
  }

  async #begin(mail: QueuedMail): Promise<Claimed> {
    const { undisturbed, watch, doorWatch } = this.#parts;
    if (mail.kind === 'sign_in') return { kind: 'sign_in', attempt: doorWatch.begin(mail) };
    const stored = await undisturbed.recordById(mail.workspaceId, 'mail', mail.id);
    return { kind: 'news', attempt: watch.begin(mail, stored?.record.entryIds ?? []) };
  }

  async #handOver(claimed: Claimed, mail: OutgoingMail): Promise<HandOver> {
    const { machine } = this.#parts;
    const { run } = machine;
    const { address } = mail.to;
    if (claimed.kind === 'news') this.#parts.watch.leaves(claimed.attempt, mail);
    await run.scheduler.pause(run.chance.between(20, 3000));
    await breathe(machine);
    const isInTrouble = run.chance.happens(machine.weather().mailTrouble);
    const usual = address.startsWith(GONE) ? 'refused' : 'taken';
    const fate = isInTrouble ? run.chance.weighted(FATES) : usual;
    run.tell('mails', `${address}: ${fate}`);
    if (fate === 'refused') {
      run.count('mails refused');
      return { kind: 'refused', reason: '550 No such mailbox' };
    }
    // A mailbox that is not there has nothing, whatever happens on the way to it.
    if (usual === 'taken' && fate !== 'not now' && fate !== 'lost mail')
      this.#arrives(claimed, mail);
    if (fate === 'taken') return { kind: 'taken' };
    if (fate === 'dies') {
      machine.die('over a mail');
      return run.scheduler.abandon();
    }
    if (claimed.kind === 'news') this.#parts.watch.later(claimed.attempt, address);
    if (fate === 'lost answer') {
      run.count('mails cut after hand-over');
      const { jobId } = claimed.attempt.mail;
      if (jobId !== null) this.#parts.onDoubt(jobId);
    }
    return { kind: 'later', reason: fate, mayHaveLeft: fate !== 'not now' };
  }

  #arrives(claimed: Claimed, mail: OutgoingMail): void {
    const { watch, doorWatch } = this.#parts;
    if (claimed.kind === 'sign_in') doorWatch.arrives(claimed.attempt, mail);
    else if (watch.arrives(claimed.attempt, mail))
      doorWatch.arrivesNews(claimed.attempt.mail, mail);
  }
}

type Claimed =
  | { readonly kind: 'news'; readonly attempt: Attempt }
  | { readonly kind: 'sign_in'; readonly attempt: SignInAttempt };

/** Told right behind each, before the sender goes on. */
function watchedMails(
  inner: MailOutbox,
  watching: {
    onClaim(mail: QueuedMail | undefined): Promise<void>;
    onKept(mail: QueuedMail): void;
  },
): MailOutbox {
  return override(inner, {
    claimDueMail: async (now, claim) => {
      const mail = await inner.claimDueMail(now, claim);
      await watching.onClaim(mail);
      return mail;
    },
    keepDeliveries: async (claim, mail) => {
      const isKept = await inner.keepDeliveries(claim, mail);
      if (isKept) watching.onKept(mail);
      return isKept;
    },
  });
}

const withMails = (inner: Storage, mails: MailOutbox): Storage => override(inner, { mails });
