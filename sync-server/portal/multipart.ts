// Reads a form with files while it arrives (RFC 7578): a file is handed on in pieces and never held in memory.

import { AppError } from '../errors.ts';

export interface FormPart {
  readonly name: string;
  /** As the browser says it; undefined for a part that is no file. */
  readonly fileName: string | undefined;
  /** May be read once; what is left unread is skipped. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Names and types of one part; browsers need a few hundred bytes. */
const MAX_HEAD_BYTES = 8 * 1024;

/** Undefined where the content type is not that of such a form. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const match =
    /^multipart\/form-data;.*\bboundary=(?:"([^"\r\n]{1,70})"|([\w'()+,./:=?-]{1,70}))/i.exec(
      contentType ?? '',
    );
  return match?.[1] ?? match?.[2];
}

/**
 * The parts in the order of the form.
 *
 * @throws AppError `not-valid` where it is no such form, or breaks off; `too-large` where it has more than `maxBytes`
 */
export async function* partsOf(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  maxBytes: number,
): AsyncGenerator<FormPart> {
  const reader = new PartReader(body, boundary, maxBytes);
  while (await reader.nextHead()) {
    const { name, fileName } = dispositionIn(await reader.head());
    yield { name, fileName, bytes: reader.content() };
    await reader.skip();
  }
}

function dispositionIn(head: string): Pick<FormPart, 'name' | 'fileName'> {
  const line = /^content-disposition:[ \t]*form-data;(.*)$/im.exec(head)?.[1];
  const name = line === undefined ? undefined : parameterIn(line, 'name');
  if (line === undefined || name === undefined) throw new AppError('not-valid');
  return { name, fileName: parameterIn(line, 'filename') };
}

/** Browsers write the three characters that would end a name as %22, %0D and %0A, and nothing else so. */
function parameterIn(line: string, parameter: string): string | undefined {
  const value = new RegExp(`(?:^|[;\\s])${parameter}="([^"]*)"`, 'i').exec(line)?.[1];
  return value?.replace(/%(22|0D|0A)/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** A window on the body that grows as needed and never holds more than one chunk and a boundary. */
class PartReader {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #delimiter: Buffer;
  #bytesLeft: number;
  /** A boundary begins with a line break, the first one as if there were one before it. */
  #pending: Buffer = Buffer.from('\r\n');
  #isInContent = true;

  constructor(body: AsyncIterable<Uint8Array>, boundary: string, maxBytes: number) {
    this.#source = body[Symbol.asyncIterator]();
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
    this.#bytesLeft = maxBytes;
  }

  /** Moves to the next part; false at the end of the form. What stands before the first part is skipped. */
  async nextHead(): Promise<boolean> {
    await this.skip();
    while (this.#pending.length < 2) await this.#grow();
    const after = this.#pending.toString('latin1', 0, 2);
    if (after === '--') return false;
    if (after !== '\r\n') throw new AppError('not-valid');
    this.#pending = this.#pending.subarray(2);
    return true;
  }

  async head(): Promise<string> {
    while (true) {
      const end = this.#pending.indexOf('\r\n\r\n');
      if (end > MAX_HEAD_BYTES || (end === -1 && this.#pending.length > MAX_HEAD_BYTES))
        throw new AppError('not-valid');
      if (end !== -1) {
        const text = this.#pending.toString('utf8', 0, end);
        this.#pending = this.#pending.subarray(end + 4);
        this.#isInContent = true;
        return text;
      }
      await this.#grow();
    }
  }

  async *content(): AsyncGenerator<Uint8Array> {
    while (this.#isInContent) {
      const end = this.#pending.indexOf(this.#delimiter);
      if (end !== -1) {
        const last = this.#pending.subarray(0, end);
        this.#pending = this.#pending.subarray(end + this.#delimiter.length);
        this.#isInContent = false;
        if (last.length > 0) yield last;
        return;
      }
      const safe = this.#pending.length - this.#delimiter.length + 1;
      if (safe > 0) {
        const chunk = this.#pending.subarray(0, safe);
        this.#pending = this.#pending.subarray(safe);
        yield chunk;
      } else await this.#grow();
    }
  }

  async skip(): Promise<void> {
    for await (const _ of this.content());
  }

  async #grow(): Promise<void> {
    const step = await this.#source.next();
    if (step.done === true) throw new AppError('not-valid');
    this.#bytesLeft -= step.value.byteLength;
    if (this.#bytesLeft < 0) throw new AppError('too-large');
    this.#pending = Buffer.concat([this.#pending, step.value]);
  }
}
