// The oracle's eye on how customers come in by mail: a sign-in mail goes to whom it lets in, for each time it was asked for at
// most; its link lets them in once, in time; and who wants no more mails gets none.

import type { OutgoingMail } from '../../sync-server/mail/outgoing-mail.ts';
import type { Customer } from '../../sync-server/protocol/records.ts';
import type { QueuedMail } from '../../sync-server/storage/mail-outbox.ts';
import { type Mailboxes, wordsIn } from './mailboxes.ts';
import type { Model } from './model.ts';
import { INTERNAL } from './office.ts';
import type { Run } from './run.ts';

/** One sender at one sign-in mail. */
export interface SignInAttempt {
  readonly mail: QueuedMail;
  /** The customer's when it began. */
  readonly addresses: readonly string[];
  /** By the server's clock. */
  readonly beganMs: number;
  readonly upheavals: number;
}

/** Where a mail that has arrived leads. */
export interface ArrivedLink {
  readonly kind: 'enter' | 'unsubscribe';
  readonly path: string;
  readonly customerId: string;
  readonly address: string;
  /** It was made between the two, by the server's clock. */
  readonly beganMs: number;
  readonly arrivedMs: number;
  /** How often the server had been restored, or its clock set, before it was made. */
  readonly upheavals: number;
  tries: number;
  hasLetIn: boolean;
}

interface DoorParts {
  readonly run: Run;
  readonly mailboxes: Mailboxes;
  model(): Model;
  serverNowMs(): number;
}

const MINUTE_MS = 60_000;
const LIFETIME_MS = { enter: 15 * MINUTE_MS, unsubscribe: 365 * 24 * 60 * MINUTE_MS } as const;
const ENTER_PATH = /\/portal\/enter\/[\w-]+/;

export class DoorWatch {
  readonly #parts: DoorParts;
  readonly #links: ArrivedLink[] = [];
  readonly #asked = new Map<string, number>();
  /** By customer: how often they were seen to want no mails. */
  readonly #switchedOff = new Map<string, number>();
  #upheavals = 0;

  constructor(parts: DoorParts) {
    this.#parts = parts;
  }

  /** Of this customer, oldest first. */
  linksOf(customerId: string, kind: ArrivedLink['kind']): readonly ArrivedLink[] {
    return this.#links.filter((link) => link.kind === kind && link.customerId === customerId);
  }

  /** Told before the request leaves. */
  asks(address: string): void {
    this.#asked.set(address, (this.#asked.get(address) ?? 0) + 1);
  }

  begin(mail: QueuedMail): SignInAttempt {
    const { model, serverNowMs } = this.#parts;
    const addresses = model().mails.emailsOf(mail.customerId);
    return { mail, addresses, beganMs: serverNowMs(), upheavals: this.#upheavals };
  }

  /** A sign-in mail lies in a mailbox. */
  arrives({ mail, addresses, ...made }: SignInAttempt, outgoing: OutgoingMail): void {
    const { run, mailboxes, model } = this.#parts;
    const { address } = outgoing.to;
    const { customerId } = mail;
    if (![...addresses, ...model().mails.emailsOf(customerId)].includes(address))
      run.violate('a sign-in mail goes to whom it lets in', address);
    const whole = [outgoing.subject, outgoing.text, outgoing.html].join('\n');
    if (whole.includes(INTERNAL) || wordsIn(whole).size > 0)
      run.violate('a sign-in mail tells nothing of jobs', outgoing.text);
    const [path] = ENTER_PATH.exec(outgoing.text) ?? [];
    if (path === undefined) run.violate('a sign-in mail has a link', outgoing.text);
    const { messageId } = outgoing;
    const arrived = { mailId: mail.id, messageId, words: new Set<string>(), atMs: run.nowMs };
    if (path === undefined || !mailboxes.arrive(address, arrived)) return;
    run.count('sign-in mails handed over');
    this.#keep({ kind: 'enter', path, customerId, address, ...made });
    const mails = this.#links.filter((link) => link.kind === 'enter' && link.address === address);
    if (mails.length > (this.#asked.get(address) ?? 0))
      run.violate('a sign-in mail was asked for', `${mails.length} to ${address}`);
  }

  /** Any other mail lies in a mailbox. */
  arrivesNews({ customerId }: QueuedMail, { unsubscribeUrl, to, sentAt }: OutgoingMail): void {
    if (unsubscribeUrl === null) return;
    const { pathname: path } = new URL(unsubscribeUrl);
    const made = { beganMs: Date.parse(sentAt), upheavals: this.#upheavals };
    this.#keep({ kind: 'unsubscribe', path, customerId, address: to.address, ...made });
  }

  #keep(link: Omit<ArrivedLink, 'arrivedMs' | 'tries' | 'hasLetIn'>): void {
    const arrivedMs = this.#parts.serverNowMs();
    this.#links.push({ ...link, arrivedMs, tries: 0, hasLetIn: false });
  }

  /** Told before the request leaves; the answer takes what the server said. */
  tries(link: ArrivedLink): (isIn: boolean) => void {
    const { run, serverNowMs } = this.#parts;
    link.tries += 1;
    const wasTooLate = this.#isTooLate(link);
    return (isIn) => {
      if (!isIn) {
        run.count('mailed links that let nobody in');
        if (link.tries === 1 && this.#mustWork(link))
          run.violate('a sign-in link lets in', `the one mailed to ${link.address}`);
        return;
      }
      run.count('entered by a mailed link');
      if (link.hasLetIn) run.violate('a sign-in link lets in once', link.address);
      if (wasTooLate && this.#isTooLate(link))
        run.violate(
          'a sign-in link lets in within its time',
          `${serverNowMs() - link.arrivedMs} ms`,
        );
      link.hasLetIn = true;
    };
  }

  /** Likewise. */
  unsubscribes(link: ArrivedLink): (isDone: boolean) => void {
    const { run } = this.#parts;
    const { customerId } = link;
    const wasOff = this.#isOff(customerId);
    const before = this.#switchedOff.get(customerId);
    return (isDone) => {
      if (!isDone) {
        if (this.#mustWork(link)) run.violate('a mail’s link switches mails off', link.address);
        return;
      }
      run.count('unsubscribed by a mail');
      const isOff = this.#isOff(customerId) || this.#switchedOff.get(customerId) !== before;
      if (!wasOff && !isOff)
        run.violate('who wants no more mails gets none', `${link.address} was told so`);
    };
  }

  /** A commit has put this customer. */
  put({ id, notifyOnReplies }: Pick<Customer, 'id' | 'notifyOnReplies'>): void {
    if (!notifyOnReplies) this.#switchedOff.set(id, (this.#switchedOff.get(id) ?? 0) + 1);
  }

  /** The server is another one now, which may not know what was used up; or its clock was set. */
  upheaval(): void {
    this.#upheavals += 1;
    for (const link of this.#links) link.hasLetIn = false;
  }

  #isOff(customerId: string): boolean {
    return this.#parts.model().mails.addressesOf(customerId).length === 0;
  }

  /** Of a clock that was set meanwhile nobody can tell. */
  #isTooLate({ kind, arrivedMs, upheavals }: ArrivedLink): boolean {
    const ageMs = this.#parts.serverNowMs() - arrivedMs;
    return ageMs > LIFETIME_MS[kind] && upheavals === this.#upheavals;
  }

  /** Nothing speaks against it. */
  #mustWork({ kind, beganMs, upheavals, customerId, address }: ArrivedLink): boolean {
    const isTheirs = this.#parts.model().mails.emailsOf(customerId).includes(address);
    const isInTime = this.#parts.serverNowMs() - beganMs < LIFETIME_MS[kind];
    return isTheirs && isInTime && upheavals === this.#upheavals;
  }
}
