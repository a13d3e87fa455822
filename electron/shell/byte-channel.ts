// Bytes over a MessagePort, one piece at a time: a piece is sent when it is asked for, so a large file fills no memory.

/** A MessagePortMain, as far as a byte channel cares. */
export interface BytePort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

type Piece =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  | { readonly kind: 'broken' };

type Wish = { readonly kind: 'next' } | { readonly kind: 'stop' };

/** The other side is gone, or could not go on. */
export class ChannelBroken extends Error {
  override readonly name = 'ChannelBroken';
}

/** One side of a channel. Messages that come early wait; a closed port ends every wait. */
export class ByteChannel {
  readonly #port: BytePort;
  readonly #waiting: unknown[] = [];
  #isClosed = false;
  #wake: () => void = () => undefined;

  constructor(port: BytePort) {
    this.#port = port;
    port.on('message', ({ data }) => {
      this.#waiting.push(data);
      this.#wake();
    });
    port.on('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
    port.start();
  }

  post(message: unknown): void {
    this.#port.postMessage(message);
  }

  close(): void {
    this.#port.close();
  }

  /** @throws ChannelBroken where the port closes first */
  async next(): Promise<unknown> {
    while (this.#waiting.length === 0) {
      if (this.#isClosed) throw new ChannelBroken('The port was closed.');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#waiting.shift();
  }

  /** Sends all of `source` unless the receiver has had enough. A failing source is told as a broken channel. */
  async send(source: AsyncIterable<Uint8Array>): Promise<void> {
    if (!(await this.#isAsked())) return;
    try {
      for await (const bytes of source) {
        this.post({ kind: 'bytes', bytes } satisfies Piece);
        if (!(await this.#isAsked())) return;
      }
    } catch (error) {
      this.post({ kind: 'broken' } satisfies Piece);
      throw error;
    }
    this.post({ kind: 'end' } satisfies Piece);
  }

  /** @throws ChannelBroken where the sender cannot go on */
  async *receive(): AsyncGenerator<Uint8Array> {
    let isOver = false;
    try {
      for (;;) {
        this.post({ kind: 'next' } satisfies Wish);
        const piece = (await this.next()) as Piece;
        isOver = piece.kind !== 'bytes';
        if (piece.kind === 'end') return;
        if (piece.kind === 'broken') throw new ChannelBroken('The sender could not go on.');
        yield piece.bytes;
      }
    } finally {
      if (!isOver) this.post({ kind: 'stop' } satisfies Wish);
    }
  }

  async #isAsked(): Promise<boolean> {
    const message = (await this.next()) as Wish | { readonly kind: 'something else' };
    if (message.kind === 'next') return true;
    // A receiver that never began to read answers at once; that answer is for whoever reads next.
    if (message.kind !== 'stop') this.#waiting.unshift(message);
    return false;
  }
}
