// Hands over what is due, one mail at a time: claimed, so that of several processes one does; decided by what stands now;
// marked as being handed over before it is, and what came of it kept right after. Whoever dies in between leaves a mail in
// doubt, which is handed over again under the same Message-ID. [F1] (F2)

import { createHash } from 'node:crypto';
import { type MutationId, mutationId } from '../protocol/ids.ts';
import { applied } from '../protocol/outcome.ts';
import type { Mail } from '../protocol/records.ts';
import {
  type ClaimedMail,
  type Delivery,
  MailClaimLostError,
  type QueuedMail,
} from '../storage/mail-outbox.ts';
import type { Storage } from '../storage/storage.ts';
import { decideMail, type MailDecision } from './decide-mail.ts';
import { deliveryAfter, givenUp, isOnItsWay, isSettled, plannedDeliveries } from './deliveries.ts';
import { type HandOverDeps, type Handing, handOverMail } from './hand-over-mail.ts';
import { droppedRecord, sentRecord } from './mail-record.ts';
import { readMatter } from './read-matter.ts';
import { isPatienceOver, nextTryMs, pauseAfter } from './retry.ts';

export interface MailSenderDeps extends HandOverDeps {
  readonly storage: Storage;
  /** This process, among those that hand mails over. */
  readonly claimant: string;
  /** Our own failure, of one mail; the others go on. */
  onFailure(error: unknown): void;
}

export interface SendingStop {
  /** What is being handed over comes to its end, and nothing else is begun. */
  readonly enough: AbortSignal;
  /** What is being handed over is cut short, and in doubt. */
  readonly cut: AbortSignal;
}

const NO_STOP: SendingStop = {
  enough: new AbortController().signal,
  cut: new AbortController().signal,
};

/** Longer than one hand-over may take; held on to from address to address. */
const CLAIM_MS = 4 * 60_000;
/** What the next address gets, as it stands at its moment, or why nothing leaves any more. */
type Turn =
  | Exclude<MailDecision, { kind: 'send' }>
  | ({ readonly kind: 'serve'; readonly deliveries: readonly Delivery[] } & Omit<
      Handing,
      'mail' | 'to'
    >);

interface Handed {
  readonly mail: ClaimedMail;
  /** Undefined where every address had its turn, or a stop was wished. */
  readonly ended?: Exclude<Turn, { kind: 'serve' }>;
}

export class MailSender {
  readonly #deps: MailSenderDeps;

  constructor(deps: MailSenderDeps) {
    this.#deps = deps;
  }

  /** Until nothing is due any more, or a stop is wished. */
  async sendDue(stop: SendingStop = NO_STOP): Promise<void> {
    const { storage, claimant } = this.#deps;
    while (!stop.enough.aborted) {
      const until = this.#isoIn(CLAIM_MS);
      const mail = await storage.mails.claimDueMail(this.#isoIn(0), { claimant, until });
      if (mail === undefined) return;
      try {
        await (mail.kind === 'news' ? this.#news(mail, stop) : this.#signIn(mail, stop));
      } catch (error) {
        // It stays claimed and is tried again when the claim runs out.
        if (!(error instanceof MailClaimLostError)) this.#deps.onFailure(error);
      }
    }
  }

  async #news(mail: ClaimedMail, stop: SendingStop): Promise<void> {
    const { storage } = this.#deps;
    const { workspaceId, jobId } = mail;
    const record = (await storage.recordById(workspaceId, 'mail', mail.id))?.record;
    const office = (await storage.recordById(workspaceId, 'workspace', workspaceId))?.record;
    if (record === undefined || jobId === null || office === undefined)
      throw new Error('A mail about a job has a record, a job and an office.');
    if (isSettled(mail)) return this.#finishNews(mail, record);
    const handed = await this.#handOverAll(mail, stop, async (reached) => {
      const decision = decideMail(await readMatter(storage, reached, jobId, record));
      if (decision.kind !== 'send') return decision;
      const { to, tells } = decision;
      const deliveries = plannedDeliveries(reached.deliveries, to, this.#isoIn(0));
      return { kind: 'serve', deliveries, office, customerName: tells.customerName, tells };
    });
    if (handed === undefined) return;
    const { mail: reached, ended } = handed;
    if (ended === undefined) return this.#finishNews(reached, record);
    if (ended.kind === 'hold') return this.#hold(reached, record, ended.reason);
    const dropped = droppedRecord(record, ended.reason, reached.deliveries, this.#isoIn(0));
    return this.#write({ mail: reached, change: 'end', record: dropped, before: record });
  }

  /**
   * Until the customer sees the job again; what is posted meanwhile joins. Of a mail that may have left, the rest does not wait.
   */
  async #hold(mail: QueuedMail, before: Mail, reason: string): Promise<void> {
    const now = this.#isoIn(0);
    if (mail.deliveries.some(({ state }) => state !== 'waiting')) {
      const record = droppedRecord(before, reason, mail.deliveries, now);
      return this.#write({ mail, change: 'end', record, before });
    }
    // Its window and its patience begin when it is let go.
    const dueAt = this.#isoIn(pauseAfter(mail.attempts));
    const held = { ...mail, isOpen: true, openedAt: now, dueAt };
    return this.#write({ mail: held, change: 'release', record: { ...before, reason }, before });
  }

  async #finishNews(mail: QueuedMail, before: Mail): Promise<void> {
    const next = this.#next(mail);
    const record = sentRecord(before, next.deliveries, this.#isoIn(0));
    const change = isSettled(next) ? 'end' : 'release';
    await this.#write({ mail: next, change, record, before });
  }

  async #signIn(mail: ClaimedMail, stop: SendingStop): Promise<void> {
    const { storage } = this.#deps;
    const { workspaceId, customerId } = mail;
    const office = (await storage.recordById(workspaceId, 'workspace', workspaceId))?.record;
    const handed = await this.#handOverAll(mail, stop, async ({ deliveries }) => {
      // The server may have been stopped for days, before its first attempt or over one.
      if (isPatienceOver(mail, this.#deps.now()))
        return { kind: 'drop', reason: 'Nobody waits for it any more.' };
      const customer = (await storage.recordById(workspaceId, 'customer', customerId))?.record;
      const isTheirs = ({ to }: Delivery) => customer?.emails.includes(to) === true;
      if (office === undefined || customer === undefined || !deliveries.every(isTheirs))
        return { kind: 'drop', reason: 'The address is no longer the customer’s.' };
      return { kind: 'serve', deliveries, office, customerName: customer.name, tells: null };
    });
    if (handed === undefined) return;
    const next = this.#next(handed.mail);
    const isDone = handed.ended !== undefined || isSettled(next);
    await this.#write({ mail: isDone ? { ...next, dueAt: null } : next, change: 'release' });
  }

  /**
   * One address after the other. Each may take minutes, so before each it is asked anew what may leave and to whom; who was served
   * in this attempt is not served again. Undefined where the claim has run out, and another process has the mail now, or where its
   * customer is gone.
   */
  async #handOverAll(
    claimed: ClaimedMail,
    stop: SendingStop,
    decide: (reached: ClaimedMail) => Promise<Turn>,
  ): Promise<Handed | undefined> {
    const served = new Set<string>();
    const isLeft = (delivery: Delivery) => isOnItsWay(delivery) && !served.has(delivery.to);
    let mail = claimed;
    do {
      const turn = await decide(mail);
      if (turn.kind !== 'serve') return { mail, ended: turn };
      mail = { ...mail, deliveries: turn.deliveries };
      const next = mail.deliveries.find(isLeft);
      if (next === undefined || stop.enough.aborted) break;
      served.add(next.to);
      const kept = await this.#serve({ ...turn, mail, to: next.to }, next.state, stop.cut);
      if (kept === undefined) return undefined;
      mail = kept;
    } while (mail.deliveries.some(isLeft));
    return { mail };
  }

  /** Marked as in doubt before, and what came of it kept right after. */
  async #serve(
    handing: Handing,
    before: Delivery['state'],
    signal: AbortSignal,
  ): Promise<ClaimedMail | undefined> {
    const { storage, claimant } = this.#deps;
    const { mail, to } = handing;
    const begunAt = this.#isoIn(0);
    const keep = async (change: Partial<Delivery>) => {
      const deliveries = mail.deliveries.map((delivery) =>
        delivery.to === to ? { ...delivery, at: begunAt, ...change } : delivery,
      );
      const until = this.#isoIn(CLAIM_MS);
      const kept = { ...mail, deliveries };
      return (await storage.mails.keepDeliveries({ claimant, until }, kept)) ? kept : undefined;
    };
    if ((await keep({ state: 'in_doubt' })) === undefined) return undefined;
    const came = await handOverMail(this.#deps, handing, signal);
    if (came === undefined) return undefined;
    // What may have left did so with the words that stood when it was begun. (C10)
    const at = came.kind === 'later' ? begunAt : this.#isoIn(0);
    return keep({ ...deliveryAfter(came, before), at });
  }

  /** When it is tried again; whoever waited too long is refused. */
  #next(mail: QueuedMail): QueuedMail {
    const nowMs = this.#deps.now();
    const isOpen =
      mail.kind === 'news' && mail.deliveries.every(({ state }) => state === 'waiting');
    if (!isPatienceOver(mail, nowMs))
      return { ...mail, isOpen, dueAt: new Date(nextTryMs(mail, nowMs)).toISOString() };
    const deliveries = mail.deliveries.map((delivery) =>
      isOnItsWay(delivery) ? givenUp(delivery) : delivery,
    );
    return { ...mail, deliveries, isOpen: false };
  }

  /** The record and the mail in one commit; a record that says the same as before is not written. */
  async #write(of: {
    readonly mail: QueuedMail;
    readonly change: 'release' | 'end';
    readonly record?: Mail;
    readonly before?: Mail;
  }): Promise<void> {
    const { storage, claimant } = this.#deps;
    const { mail, change, record, before } = of;
    await storage.transact(mail.workspaceId, async (transaction) => {
      transaction.changeMail({ kind: change, claimant, mail });
      if (record !== undefined && JSON.stringify(record) !== JSON.stringify(before))
        transaction.settle(
          { id: actId(mail), actorKey: 'server:mail' },
          applied({ kind: 'mail', record }),
        );
      await Promise.resolve();
    });
  }

  #isoIn(ms: number): string {
    return new Date(this.#deps.now() + ms).toISOString();
  }
}

/** One of its own for each attempt, the same whoever computes it. */
function actId({ id, attempts }: QueuedMail): MutationId {
  const hash = createHash('sha256').update(`mail ${id} attempt ${attempts}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x40;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return mutationId.parse([...parts, hex.slice(20, 32)].join('-'));
}
