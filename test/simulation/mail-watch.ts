// The oracle's eye on mails: whatever leaves is held against what the model says the customer may be told, at every moment
// from when a sender took the mail up, or the address before had its turn, until it left. [F1, V1] (F2)

import type { OutgoingMail } from '../../sync-server/mail/outgoing-mail.ts';
import { PATIENCE_MS } from '../../sync-server/mail/retry.ts';
import type { Delivery, QueuedMail } from '../../sync-server/storage/mail-outbox.ts';
import { type ArrivedMail, Mailboxes, wordsIn } from './mailboxes.ts';
import type { EditWatch } from './edit-watch.ts';
import type { Model } from './model.ts';
import type { DueNews } from './model-mails.ts';
import { INTERNAL } from './office.ts';
import type { Run } from './run.ts';

/** One sender at one mail. */
export interface Attempt {
  readonly mail: QueuedMail;
  readonly entryIds: readonly string[];
  /** How far it has got, as it was kept last behind an address's turn. */
  deliveries: readonly Delivery[];
  /** What could honestly be told at some moment of the turn it is at, and to whom. */
  readonly words: Set<string>;
  readonly addresses: Set<string>;
  /** Those that did not take it. */
  readonly late: Set<string>;
}

export class MailWatch {
  readonly mailboxes = new Mailboxes();
  restores = 0;
  readonly #run: Run;
  readonly #model: () => Model;
  readonly #edits: EditWatch;
  readonly #attempts = new Set<Attempt>();
  readonly #everDue: DueNews[] = [];
  /** Replies told by a server that is no more and whose backup did not know of them: they may be told once again. [L6] */
  readonly #forgotten = new Set<string>();
  /** By address: that they were. */
  readonly #toldAgain = new Set<string>();
  /** Which file a name is or was. */
  readonly #fileNamed = new Map<string, string>();

  constructor(run: Run, model: () => Model, edits: EditWatch) {
    this.#run = run;
    this.#model = model;
    this.#edits = edits;
  }

  /** Whether a mail names this file, by whatever name it had then. */
  names({ words }: ArrivedMail, fileId: string): boolean {
    return [...words].some((each) => this.#fileNamed.get(each) === fileId);
  }

  /** What a reply said instead of these words, at any time. */
  variantsOf(text: string): readonly string[] {
    return this.#edits.variantsOf(text);
  }

  /** Something happened that a customer is to hear of, as customers stand at that moment. */
  due(news: DueNews): void {
    const { mails } = this.#model();
    if (mails.addressesOf(news.customerId).length === 0) return;
    mails.mustBeTold(news);
    this.#everDue.push(news);
  }

  begin(mail: QueuedMail, entryIds: readonly string[]): Attempt {
    const attempt = {
      mail,
      entryIds,
      deliveries: mail.deliveries,
      words: new Set<string>(),
      addresses: new Set<string>(),
      late: new Set<string>(),
    };
    this.#attempts.add(attempt);
    this.#look(attempt);
    return attempt;
  }

  /** An address has had its turn. What stood before it counts no more: for the next one everything is decided anew. */
  turnIsOver(attempt: Attempt, deliveries: readonly Delivery[]): void {
    attempt.deliveries = deliveries;
    attempt.words.clear();
    attempt.addresses.clear();
    this.#look(attempt);
  }

  /** After two days, whoever has not taken it yet is given up, by the clock at the end of the attempt. */
  end(attempt: Attempt | undefined, serverNowMs: number): void {
    if (attempt === undefined) return;
    this.#attempts.delete(attempt);
    const { mail, entryIds, late } = attempt;
    if (serverNowMs - Date.parse(mail.openedAt) < PATIENCE_MS.news) return;
    for (const address of late)
      for (const id of entryIds) this.#model().mails.excuse(id, 'given up', address);
  }

  /** Whoever was at a mail is at it no more, and may have written down how it ended. */
  died(serverNowMs: number): void {
    for (const attempt of this.#attempts) this.end(attempt, serverNowMs);
  }

  /** After each commit. */
  look(): void {
    for (const attempt of this.#attempts) this.#look(attempt);
  }

  /** What only the server had that is no more nobody knows; what its backup knew it tells under the same id, or not at all. */
  restored(known: Model, before: Model): void {
    this.restores += 1;
    this.#toldAgain.clear();
    for (const { entryId, text } of this.#everDue)
      if (known.mails.find(entryId) === undefined) this.#forgotten.add(text);
    // A mail that left without what they had read, or what was taken back, comes again with it, under the same id.
    for (const news of known.mails.due) {
      if (before.mails.hasRead(news)) known.mails.excuse(news.entryId, 'read before the restore');
      if (isTakenBack(before, news))
        known.mails.excuse(news.entryId, 'taken back before the restore');
      // What the mailboxes have is no less true where the same backup comes once more.
      const earlier = before.mails.excuseFor(news.entryId, '');
      if (earlier?.endsWith('before the restore') === true)
        known.mails.excuse(news.entryId, earlier);
    }
  }

  /** It is on the line, whether anybody takes it or not. */
  leaves(
    { words, addresses, deliveries }: Attempt,
    { subject, text, html, to }: OutgoingMail,
  ): void {
    const whole = [subject, text, html].join('\n');
    if (whole.includes(INTERNAL)) this.#run.violate('nothing internal is mailed', text);
    if (!addresses.has(to.address))
      this.#run.violate('a mail goes to the customer of its job', to.address);
    const told = wordsIn(whole);
    if (told.size === 0) this.#run.violate('a mail tells of something', text);
    for (const each of told)
      if (!words.has(each))
        this.#run.violate('a mail tells what its customer may know', `${each} to ${to.address}`);
    if (deliveries.some(({ state }) => state === 'taken'))
      this.#run.count('mails to a next address');
  }

  /** @returns whether the mailbox keeps it */
  arrives(attempt: Attempt, mail: OutgoingMail): boolean {
    const { address } = mail.to;
    const words = wordsIn(mail.text);
    const earlier = this.mailboxes.mailsTo(address);
    const { messageId } = mail;
    const arrived = { mailId: attempt.mail.id, messageId, words, atMs: this.#run.nowMs };
    const isNew = this.mailboxes.arrive(address, arrived);
    this.#run.count(isNew ? 'mails handed over' : 'mails that a mailbox had');
    if (!isNew) return false;
    if (words.size > 1) this.#run.count('news merged into one mail');
    for (const text of words) {
      // A reply that was edited after a mail with it had left is no new one.
      const variants = this.variantsOf(text);
      if (!text.startsWith('reply-') || !variants.some((each) => isIn(earlier, each))) continue;
      const key = `${address} ${variants.toSorted()[0] ?? ''}`;
      const isForgotten = variants.some((each) => this.#forgotten.has(each));
      const isForgiven = isForgotten && !this.#toldAgain.has(key);
      this.#toldAgain.add(key);
      if (!isForgiven)
        this.#run.violate('what is told is told once', `${text} under two ids to ${address}`);
    }
    this.#checkFiles(address, words);
    return true;
  }

  /** It was not taken. */
  later({ late }: Attempt, address: string): void {
    this.#run.count('mails to be tried again');
    late.add(address);
  }

  /** A file is told of as often at most as something happened to it that is to be told. */
  #checkFiles(address: string, words: ReadonlySet<string>): void {
    for (const name of words) {
      const id = this.#fileNamed.get(name);
      if (id === undefined) continue;
      const due = this.#everDue.filter(({ fileIds }) => fileIds.includes(id)).length;
      const told = this.mailboxes.mailsTo(address).filter((mail) => this.names(mail, id)).length;
      if (told > due)
        this.#run.violate('what is told is told once', `${name} ${told} times to ${address}`);
    }
  }

  #look(attempt: Attempt): void {
    const { mails, ...model } = this.#tellable(attempt);
    const { deliveries, mail } = attempt;
    const { customerId } = mail;
    const addresses = mails.addressesOf(customerId);
    for (const address of addresses) attempt.addresses.add(address);
    // Whoever wants none is told nothing, whether the job is shown or not.
    if (addresses.length === 0) this.#excuse(attempt.entryIds, 'prevented');
    else if (!model.isJobShown) {
      // One that may have left to some of its addresses is ended, any other one waits for its job to come back.
      const hasBegun = deliveries.some(({ state }) => state !== 'waiting');
      const left = addresses.filter(
        (address) => !deliveries.some(({ to, state }) => to === address && state === 'taken'),
      );
      if (hasBegun) this.#excuse(attempt.entryIds, 'its job went away half-way', left);
      else this.#run.count('mails held');
    } else
      for (const entryId of attempt.entryIds) {
        const words = model.wordsOf(entryId);
        if (words.length === 0 || model.isTakenBack(entryId)) this.#excuse([entryId], 'prevented');
        for (const each of words) attempt.words.add(each);
      }
  }

  #tellable({ mail }: Attempt) {
    const model = this.#model();
    const { customerId, jobId } = mail;
    const isJobShown = jobId !== null && model.visibleTo(customerId, jobId) !== undefined;
    const files = jobId === null ? [] : model.files.visibleOn(jobId);
    for (const { name, id } of files) this.#fileNamed.set(name, id);
    const wordsOf = (entryId: string): readonly string[] => {
      const entry = model.entries.find(({ id }) => id === entryId);
      if (entry === undefined) return [];
      const { version } = entry;
      if (model.mails.hasRead({ customerId, jobId: entry.jobId, version })) return [];
      const isShown = entry.audience === 'visible' && entry.undone === null;
      const given = files.filter((file) =>
        entry.kind === 'file_change'
          ? isShown && file.id === entry.fileId
          : file.entryId === entryId,
      );
      const names = given.map(({ name }) => name);
      return isShown && entry.kind === 'reply' ? [entry.text, ...names] : names;
    };
    // What the same note gave besides, made visible later, is news of its own.
    const isTakenBack = (entryId: string): boolean => {
      const news = model.mails.find(entryId);
      return news?.text === '' && !files.some(({ id }) => news.fileIds.includes(id));
    };
    return { mails: model.mails, isJobShown, wordsOf, isTakenBack };
  }

  /** @param addresses those it is true of; all where none are named */
  #excuse(entryIds: readonly string[], reason: string, addresses: readonly string[] = ['']): void {
    const { mails } = this.#model();
    for (const id of entryIds)
      for (const address of addresses)
        if (mails.find(id) !== undefined && mails.excuse(id, reason, address))
          this.#run.count('mails prevented');
  }
}

function isIn(mails: readonly ArrivedMail[], text: string): boolean {
  return mails.some(({ words }) => words.has(text));
}

function isTakenBack(model: Model, { entryId, jobId, text, fileIds }: DueNews): boolean {
  if (text !== '') return model.entries.find(({ id }) => id === entryId)?.undone != null;
  return !model.files.visibleOn(jobId).some(({ id }) => fileIds.includes(id));
}
