// The oracle's part about mails: whom the office may write to, what each customer has read, and what they must be told of.

import type { Customer } from '../../sync-server/protocol/records.ts';

/** Something a member did that a customer hears of by mail: a reply, files, or a file made visible later. (F2) */
export interface DueNews {
  readonly entryId: string;
  readonly jobId: string;
  readonly customerId: string;
  readonly version: number;
  readonly atMs: number;
  /** The reply's words; '' where there are only files. */
  readonly text: string;
  readonly fileIds: readonly string[];
}

type Addressee = Pick<Customer, 'emails' | 'notifyOnReplies'>;

export class ModelMails {
  readonly #customers = new Map<string, Addressee>();
  /** How far a customer has read each job in the portal. */
  readonly #seen = new Map<string, number>();
  readonly #due = new Map<string, DueNews>();
  /** Why nobody need be told, or not at this address, by entry or by entry and address. */
  readonly #excuses = new Map<string, string>();

  copy(): ModelMails {
    const copy = new ModelMails();
    for (const [id, customer] of this.#customers) copy.#customers.set(id, customer);
    for (const [key, version] of this.#seen) copy.#seen.set(key, version);
    for (const [id, news] of this.#due) copy.#due.set(id, news);
    for (const [key, reason] of this.#excuses) copy.#excuses.set(key, reason);
    return copy;
  }

  get due(): Iterable<DueNews> {
    return this.#due.values();
  }

  find(entryId: string): DueNews | undefined {
    return this.#due.get(entryId);
  }

  put({ id, emails, notifyOnReplies }: Pick<Customer, 'emails' | 'id' | 'notifyOnReplies'>): void {
    this.#customers.set(id, { emails, notifyOnReplies });
  }

  /** Who was deleted is told nothing any more. [O2] */
  forget(customerId: string): void {
    this.#customers.delete(customerId);
    for (const [id, news] of this.#due) if (news.customerId === customerId) this.#due.delete(id);
  }

  /** Nobody where they want none. */
  addressesOf(customerId: string): readonly string[] {
    const { emails = [], notifyOnReplies = false } = this.#customers.get(customerId) ?? {};
    return notifyOnReplies ? emails : [];
  }

  /** Whatever they want. */
  emailsOf(customerId: string): readonly string[] {
    return this.#customers.get(customerId)?.emails ?? [];
  }

  read(customerId: string, jobId: string, seenVersion: number): void {
    this.#seen.set(`${customerId} ${jobId}`, seenVersion);
  }

  hasRead({ customerId, jobId, version }: Pick<DueNews, 'customerId' | 'jobId' | 'version'>) {
    return version <= (this.#seen.get(`${customerId} ${jobId}`) ?? 0);
  }

  mustBeTold(news: DueNews): void {
    this.#due.set(news.entryId, news);
  }

  /** False where there is one already. */
  excuse(entryId: string, reason: string, address = ''): boolean {
    const key = `${entryId} ${address}`;
    const isNew = !this.#excuses.has(key);
    if (isNew) this.#excuses.set(key, reason);
    return isNew;
  }

  excuseFor(entryId: string, address: string): string | undefined {
    return this.#excuses.get(`${entryId} `) ?? this.#excuses.get(`${entryId} ${address}`);
  }
}
