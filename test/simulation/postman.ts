// The server's own sender of mails, over a line that refuses, breaks off and swallows answers, on a machine that may die while
// it hands one over. Each time another process is at it, and some are at it at once.

import { MailSender } from '../../sync-server/mail/mail-sender.ts';
import type { HandOver, MailTransport } from '../../sync-server/mail/transport.ts';
import type { MailOutbox, QueuedMail } from '../../sync-server/storage/mail-outbox.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import { override } from './controls.ts';
import type { Attempt, MailWatch } from './mail-watch.ts';
import { breathe, type Machine } from './machine.ts';

/** What an address begins with that takes nothing, ever. */
export const GONE = 'gone-';

const FATES = { 'not now': 3, 'lost answer': 2, 'lost mail': 2, dies: 1 } as const;

export interface PostmanParts {
  readonly machine: Machine;
  /** As the application has it. */
  readonly storage: Storage;
  /** The same undisturbed, for the oracle. */
  readonly undisturbed: Storage;
  readonly watch: MailWatch;
  now(): number;
}

export class Postman {
  readonly #parts: PostmanParts;

  constructor(parts: PostmanParts) {
    this.#parts = parts;
  }

  async sendDue(): Promise<void> {
    const { storage, machine, watch, now } = this.#parts;
    const { run } = machine;
    let attempt: Attempt | undefined;
    const mails = onClaim(storage.mails, async (mail) => {
      watch.end(attempt, now());
      attempt = mail && (await this.#attemptAt(mail));
    });
    const transport: MailTransport = {
      handOver: (mail) => {
        if (attempt === undefined) throw new Error('Only mails about a job are sent here.');
        return this.#handOver(attempt, mail);
      },
    };
    const sender = new MailSender({
      storage: withMails(storage, mails),
      transport,
      from: 'no-reply@harbour.example',
      publicUrl: () => 'https://portal.simulated',
      now,
      claimant: run.newId(),
      onFailure: (error) => {
        if (!machine.isDead) run.violate('no mistake of ours', String(error));
      },
    });
    await sender.sendDue();
    watch.end(attempt, now());
  }

  async #attemptAt(mail: QueuedMail): Promise<Attempt> {
    const { undisturbed, watch } = this.#parts;
    const stored = await undisturbed.recordById(mail.workspaceId, 'mail', mail.id);
    return watch.begin(mail, stored?.record.entryIds ?? []);
  }

  async #handOver(
    attempt: Attempt,
    mail: Parameters<MailTransport['handOver']>[0],
  ): Promise<HandOver> {
    const { machine, watch } = this.#parts;
    const { run } = machine;
    const { address } = mail.to;
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
    if (fate !== 'not now' && fate !== 'lost mail') watch.arrives(attempt, mail);
    if (fate === 'taken') return { kind: 'taken' };
    if (fate === 'dies') {
      machine.die('over a mail');
      return run.scheduler.abandon();
    }
    watch.later(attempt, address);
    if (fate === 'lost answer') run.count('mails cut after hand-over');
    return { kind: 'later', reason: fate, mayHaveLeft: fate !== 'not now' };
  }
}

function onClaim(
  inner: MailOutbox,
  claimed: (mail: QueuedMail | undefined) => Promise<void>,
): MailOutbox {
  return override(inner, {
    claimDueMail: async (now, claim) => {
      const mail = await inner.claimDueMail(now, claim);
      await claimed(mail);
      return mail;
    },
  });
}

const withMails = (inner: Storage, mails: MailOutbox): Storage => override(inner, { mails });
