import { createTransport } from 'nodemailer';
import { headerText, type OutgoingMail } from './outgoing-mail.ts';
import { messageOf, NO_OUTSIDE } from './message.ts';
import type { HandOver, MailTransport } from './transport.ts';

const CONNECT_MS = 20_000;
const SILENCE_MS = 60_000;
/** Longer than any honest mail server needs, shorter than a claim. */
const LONGEST_HAND_OVER_MS = 150_000;
/** What these are answered is about this server and its settings, not about the mail. */
const ABOUT_THE_LINE = /^(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH)/;
/** Failures that come before the mail server has heard of the mail. */
const BEFORE_THE_MAIL: ReadonlySet<unknown> = new Set([
  ...['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EENVELOPE'],
  ...['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'],
  ...['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'],
]);

/** Hands mails to a mail server, each on a line of its own. */
export class SmtpTransport implements MailTransport {
  readonly #transporter: ReturnType<typeof createTransport>;

  /** @param url `smtp://user:password@host:port` or `smtps://…`, with nodemailer's options as its query */
  constructor(url: string) {
    this.#transporter = createTransport(
      {
        connectionTimeout: CONNECT_MS,
        greetingTimeout: CONNECT_MS,
        socketTimeout: SILENCE_MS,
        ...(mustBeSecret(new URL(url)) ? { requireTLS: true } : {}),
        url,
      },
      NO_OUTSIDE,
    );
  }

  async handOver(mail: OutgoingMail, signal: AbortSignal): Promise<HandOver> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_HAND_OVER_MS)]);
    try {
      await this.#transporter.sendMail({ ...messageOf(mail), signal: within });
      return { kind: 'taken' };
    } catch (error) {
      return readFailure(error);
    }
  }
}

/** A password never crosses a network in the clear, whoever answers for the mail server. */
function mustBeSecret({ protocol, username, hostname, searchParams }: URL): boolean {
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'smtp:' && username !== '' && !isLocal && !searchParams.has('ignoreTLS');
}

interface SmtpFailure {
  readonly code?: unknown;
  /** Of the system, where nodemailer has put its own in place. */
  readonly originalCode?: unknown;
  readonly timeoutType?: unknown;
  readonly command?: unknown;
  readonly response?: unknown;
  readonly responseCode?: unknown;
}

/** What nodemailer threw, read in doubt as a mail that may have left: a lost line says nothing of how far it had come. */
export function readFailure(error: unknown): HandOver {
  const failure = (error ?? {}) as SmtpFailure;
  const command = typeof failure.command === 'string' ? failure.command : '';
  const response = typeof failure.response === 'string' ? failure.response : '';
  const status = typeof failure.responseCode === 'number' ? failure.responseCode : undefined;
  const isFinal = status !== undefined && status >= 500 && status !== 503 && status !== 530;
  if (isFinal && !ABOUT_THE_LINE.test(command))
    return { kind: 'refused', reason: headerText(response) };
  const { code, originalCode, timeoutType } = failure;
  const signs = [code, originalCode, timeoutType];
  return {
    kind: 'later',
    reason: response === '' ? wordsFor(code) : headerText(response),
    mayHaveLeft: status === undefined && !signs.some((sign) => BEFORE_THE_MAIL.has(sign)),
  };
}

function wordsFor(code: unknown): string {
  switch (code) {
    case 'EDNS':
      return 'The mail server’s name is not known.';
    case 'ETLS':
      return 'No safe line to the mail server could be made.';
    case 'EAUTH':
      return 'The mail server does not take the user and password it was given.';
    case 'ETIMEDOUT':
      return 'The mail server did not answer in time.';
    case 'ECONNECTION':
    case 'ESOCKET':
      return 'The line to the mail server could not be made, or was lost.';
    case 'EABORT':
      return 'It was cut short.';
    default:
      return 'The mail server could not be talked to.';
  }
}
