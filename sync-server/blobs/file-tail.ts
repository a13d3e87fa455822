import type { FileHandle } from 'node:fs/promises';

/** What may wait in memory for the disk. */
const MOST_WAITING_BYTES = 2 * 1024 * 1024;

/**
 * The end of a file that grows: what comes while the disk is busy is written in one piece after it, since a write costs as
 * much as its bytes.
 */
export class FileTail {
  readonly #file: FileHandle;
  readonly #onWriting: (bytes: Uint8Array) => void;
  #at: number;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | null = null;
  #failure: { readonly cause: unknown } | null = null;

  /** @param onWriting told of all that goes into the file, in order; ahead of it where the disk then says no */
  constructor(file: FileHandle, at: number, onWriting: (bytes: Uint8Array) => void) {
    this.#file = file;
    this.#at = at;
    this.#onWriting = onWriting;
  }

  /** How long the file is with what was written. */
  get at(): number {
    return this.#at;
  }

  /** Resolves when more may come. @throws what the disk says, at the next call where it says it late */
  async append(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    this.#writing ??= this.#writeWaiting();
    if (this.#waitingBytes > MOST_WAITING_BYTES) await this.#writing;
    this.#throwFailure();
  }

  /** Resolves when everything is in the file. @throws what the disk says */
  async end(): Promise<void> {
    await this.#writing;
    this.#throwFailure();
  }

  async #writeWaiting(): Promise<void> {
    try {
      while (this.#waitingBytes > 0 && this.#failure === null) await this.#writePiece();
    } catch (cause) {
      this.#failure = { cause };
    } finally {
      this.#writing = null;
    }
  }

  async #writePiece(): Promise<void> {
    const [piece, size] = [this.#waiting, this.#waitingBytes];
    this.#waiting = [];
    this.#waitingBytes = 0;
    const writing = this.#file.writev(piece, this.#at);
    // What is done with the bytes is done while the disk is busy.
    for (const chunk of piece) this.#onWriting(chunk);
    const { bytesWritten } = await writing;
    this.#at += bytesWritten;
    if (bytesWritten < size) await this.#writeRest(Buffer.concat(piece).subarray(bytesWritten));
  }

  async #writeRest(rest: Buffer): Promise<void> {
    for (let done = 0; done < rest.byteLength; ) {
      const { bytesWritten } = await this.#file.write(rest, done, undefined, this.#at);
      this.#at += bytesWritten;
      done += bytesWritten;
    }
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.cause;
  }
}
