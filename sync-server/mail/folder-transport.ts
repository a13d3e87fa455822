import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { messageOf, NO_OUTSIDE } from './message.ts';
import type { OutgoingMail } from './outgoing-mail.ts';
import type { HandOver, MailTransport } from './transport.ts';

/** Without a mail server mails are written to a folder, as files that every mail program opens. (F2) */
export class FolderTransport implements MailTransport {
  readonly #folder: string;
  readonly #composer = createTransport(
    { streamTransport: true, buffer: true, newline: 'windows' },
    NO_OUTSIDE,
  );

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A mail that is handed over again is the same file again. [F1] */
  async handOver(mail: OutgoingMail): Promise<HandOver> {
    const { message } = await this.#composer.sendMail(messageOf(mail));
    const path = join(this.#folder, fileNameOf(mail));
    const partial = `${path}.${randomUUID()}.part`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(partial, message as Buffer);
      await rename(partial, path);
      return { kind: 'taken' };
    } catch (error) {
      await rm(partial, { force: true }).catch(() => undefined);
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      const reason = `The folder for mails cannot be written to (${code}).`;
      return { kind: 'later', reason, mayHaveLeft: false };
    }
  }
}

/** In the order they were queued; of an address only what is harmless in a file name. */
function fileNameOf({ queuedAt, to, messageId }: OutgoingMail): string {
  const time = queuedAt.slice(0, 19).replace(/:/g, '-');
  const address = to.address.replace(/[^A-Za-z0-9@.+-]/g, '_').slice(0, 60);
  const hash = createHash('sha256').update(messageId).digest('hex').slice(0, 8);
  return `${time} ${address} ${hash}.eml`;
}
