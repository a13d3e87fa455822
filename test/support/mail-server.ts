// A real mail server on 127.0.0.1 that keeps what it takes, and can be told to refuse, to break off and to be gone.

import type { Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly mail: Email;
}

/** What the server does next; by default it takes everything. */
export interface Mood {
  /** Says no to an address: "550 5.1.1 No such mailbox". */
  refuseAddress?: (address: string) => string | undefined;
  /** Says no to a whole mail once it was read. */
  refuseMail?: () => string | undefined;
  /** Keeps the mail, then the line is gone before it has said so. */
  breakAfterTaking?: boolean;
  /** The line is gone in the middle of the mail. */
  breakWithin?: boolean;
}

export class MailServer {
  readonly taken: TakenMail[] = [];
  mood: Mood = {};
  #server: SMTPServer | undefined;
  port = 0;

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  header(name: string, index = 0): string | undefined {
    return this.taken[index]?.mail.headers.find(({ key }) => key === name.toLowerCase())?.value;
  }

  /** On the port it had before, if it had one. */
  async start(): Promise<void> {
    const sockets = new Map<string, Socket>();
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onConnect: (session, done) => {
        const connection = [...server.connections].find(({ id }) => id === session.id);
        const socket = (connection as { _socket?: Socket } | undefined)?._socket;
        if (socket !== undefined) sockets.set(session.id, socket);
        done();
      },
      onRcptTo: (address, _session, done) => {
        done(replyOf(this.mood.refuseAddress?.(address.address)));
      },
      onData: (stream, session, done) => {
        const socket = sockets.get(session.id);
        if (this.mood.breakWithin === true) {
          stream.once('data', () => socket?.destroy());
          return;
        }
        void read(stream).then(async (raw) => {
          const refusal = this.mood.refuseMail?.();
          if (refusal !== undefined) return done(replyOf(refusal));
          const { mailFrom, rcptTo } = session.envelope;
          this.taken.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            raw,
            mail: await PostalMime.parse(raw),
          });
          if (this.mood.breakAfterTaking === true) socket?.destroy();
          else done();
        });
      },
    });
    // A line that breaks is what some tests are about.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      server.listen(this.port, '127.0.0.1', () => resolve());
    });
    const address = server.server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : this.port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server !== undefined) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

function replyOf(words: string | undefined): Error | null {
  if (words === undefined) return null;
  const [, code = '550', text = words] = /^(\d{3}) (.*)$/.exec(words) ?? [];
  return Object.assign(new Error(text), { responseCode: Number(code) });
}

async function read(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
