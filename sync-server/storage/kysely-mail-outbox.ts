import type { Kysely } from 'kysely';
import type { ClaimedMail, MailClaim, MailLink, MailOutbox, QueuedMail } from './mail-outbox.ts';
import * as queries from './mail-queries.ts';
import type { Dialect } from './queries.ts';
import type { Tables } from './tables.ts';

export class KyselyMailOutbox implements MailOutbox {
  readonly #database: Kysely<Tables>;
  readonly #dialect: Dialect;
  readonly #listeners = new Set<() => void>();

  constructor(database: Kysely<Tables>, dialect: Dialect) {
    this.#database = database;
    this.#dialect = dialect;
  }

  async queueSignInMail(mail: QueuedMail, forgetBefore: string): Promise<void> {
    await queries.deleteDoneMails(this.#database, forgetBefore);
    await queries.upsertMail(this.#database, mail);
    this.tellQueuedHere();
    this.#dialect.others?.tell({ kind: 'mail' });
  }

  async countSignInMails(
    of: Parameters<MailOutbox['countSignInMails']>[0],
    since: string,
  ): Promise<number> {
    const mails = (await queries.selectSignInMails(this.#database, of, since)).map(
      ({ deliveries }) => JSON.parse(deliveries) as QueuedMail['deliveries'],
    );
    const { to } = of;
    return to === undefined
      ? mails.length
      : mails.filter((deliveries) => deliveries.some((delivery) => delivery.to === to)).length;
  }

  claimDueMail(now: string, claim: MailClaim): Promise<ClaimedMail | undefined> {
    return queries.claimDueMail(this.#database, this.#dialect, { now, ...claim });
  }

  keepDeliveries(claim: MailClaim, mail: QueuedMail): Promise<boolean> {
    return queries.updateDeliveries(this.#database, claim, mail);
  }

  nextMailAt(): Promise<string | undefined> {
    return queries.selectNextMailAt(this.#database);
  }

  onMailQueued(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The storage says so after a commit that queued one, by this process or another. */
  tellQueuedHere(): void {
    for (const tell of this.#listeners) tell();
  }

  async addMailLink(link: MailLink, mailId: string): Promise<boolean> {
    await queries.deleteMailLinks(this.#database, link.createdAt);
    return queries.insertMailLink(this.#database, this.#dialect, { link, mailId });
  }

  mailLink(tokenHash: string, now: string): Promise<MailLink | undefined> {
    return queries.selectMailLink(this.#database, tokenHash, now);
  }
}
