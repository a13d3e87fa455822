// How fast bytes of files may go, so that what people wait for never waits for them: an upload stands back while a push or pull
// is under way, and both ways together keep under the speed a person allows. (D7)

import type { Clock } from '../host.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';
import { readMeta, removeMeta, writeMeta } from '../mirror/meta.ts';

/** Null: as fast as the line is. */
export function readSpeedLimit(mirror: ReadableMirror): number | null {
  const kbits = readMeta(mirror, 'file-speed-kbits');
  return kbits === undefined ? null : Number(kbits);
}

export function writeSpeedLimit(mirror: WritableMirror, kbits: number | null): void {
  if (kbits === null) removeMeta(mirror, 'file-speed-kbits');
  else writeMeta(mirror, 'file-speed-kbits', String(kbits));
}

export interface FilePaceParts {
  readonly clock: Clock;
  limitKbits(): number | null;
  /** A push or a pull is under way. */
  isSyncing(): boolean;
}

/** Small enough that a slow line is not taken for seconds by one piece. */
const LIMITED_PIECE_BYTES = 32 * 1024;
const LOOK_AGAIN_MS = 50;
/** A first sync takes minutes: after this long a piece goes in between, so that no upload ever stands still. */
const STANDS_BACK_MS = 2_000;
/** Whatever the clock was set to meanwhile. */
const LONGEST_WAIT_MS = 2_000;

export class FilePace {
  readonly #parts: FilePaceParts;
  /** When all that was let through so far is through, at the speed allowed. */
  #throughAtMs = 0;

  constructor(parts: FilePaceParts) {
    this.#parts = parts;
  }

  async *download(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes)
      for (const piece of this.#piecesOf(chunk)) {
        await this.#turn(piece.byteLength);
        yield piece;
      }
  }

  async *upload(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of this.download(bytes)) {
      await this.#standBack();
      yield piece;
    }
  }

  *#piecesOf(chunk: Uint8Array): Generator<Uint8Array> {
    const length = this.#parts.limitKbits() === null ? chunk.byteLength : LIMITED_PIECE_BYTES;
    for (let start = 0; start < chunk.byteLength; start += length)
      yield chunk.subarray(start, start + length);
  }

  async #turn(byteLength: number): Promise<void> {
    const { clock, limitKbits } = this.#parts;
    const kbits = limitKbits();
    if (kbits === null) return;
    const nowMs = clock.now();
    const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(0, this.#throughAtMs - nowMs));
    this.#throughAtMs = nowMs + waitMs + (byteLength * 8) / kbits;
    if (waitMs > 0) await this.#after(waitMs);
  }

  async #standBack(): Promise<void> {
    const { isSyncing } = this.#parts;
    for (let waitedMs = 0; isSyncing() && waitedMs < STANDS_BACK_MS; waitedMs += LOOK_AGAIN_MS)
      await this.#after(LOOK_AGAIN_MS);
  }

  #after(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.#parts.clock.after(delayMs, resolve));
  }
}
