// What lies in customers' mailboxes. A mailbox keeps the first copy of each Message-ID, as mailboxes do; nothing that happens
// to the office's server changes what has arrived.

export interface ArrivedMail {
  /** The office's own name for it. */
  readonly mailId: string;
  readonly messageId: string;
  readonly atMs: number;
  /** Replies and names of files it tells of. */
  readonly words: ReadonlySet<string>;
}

export class Mailboxes {
  readonly #mails = new Map<string, Map<string, ArrivedMail>>();

  /** False where it has this Message-ID already and drops the copy. */
  arrive(address: string, mail: ArrivedMail): boolean {
    const box = this.#mails.get(address) ?? new Map<string, ArrivedMail>();
    this.#mails.set(address, box);
    if (box.has(mail.messageId)) return false;
    box.set(mail.messageId, mail);
    return true;
  }

  mailsTo(address: string): readonly ArrivedMail[] {
    return [...(this.#mails.get(address)?.values() ?? [])];
  }
}

const WORDS = /(?:reply|file|renamed)-[\w-]+(?:\.txt)?/g;

/** Whatever in a mail is somebody's words, of those that people in a story use. */
export function wordsIn(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(WORDS), ([words]) => words));
}
