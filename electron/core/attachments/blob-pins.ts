// Bytes and the row that tells of them are two writes. In between they are in somebody's hands, and nobody else removes them.

import type { BlobId } from '../../../sync-server/protocol/ids.ts';

/** From here to the end of the work the bytes of this name are not removed; resolves once nobody is removing them. */
export type Pin = (blobId: BlobId) => Promise<void>;

export class BlobPins {
  readonly #remove: (blobId: BlobId) => Promise<void>;
  readonly #pinned = new Map<BlobId, number>();
  /** Let go, and still on the disk: whoever pins one now has it as it lies there. */
  readonly #leaving = new Set<BlobId>();
  readonly #removing = new Map<BlobId, Promise<void>>();

  constructor(remove: (blobId: BlobId) => Promise<void>) {
    this.#remove = remove;
  }

  async pinning<T>(work: (pin: Pin) => Promise<T>): Promise<T> {
    const mine: BlobId[] = [];
    try {
      return await work(async (blobId) => {
        mine.push(blobId);
        this.#pinned.set(blobId, (this.#pinned.get(blobId) ?? 0) + 1);
        this.#leaving.delete(blobId);
        await this.#removing.get(blobId)?.catch(() => undefined);
      });
    } finally {
      for (const blobId of mine) this.#release(blobId);
    }
  }

  /** One that cannot be removed keeps none of the others. @throws what removing the first of those threw */
  async letGo(forget: (isPinned: (blobId: BlobId) => boolean) => readonly BlobId[]): Promise<void> {
    // No gap between the look and the mark: from here on, whoever pins one keeps it, or waits until it is gone.
    const gone = forget((blobId) => this.#pinned.has(blobId));
    for (const blobId of gone) if (!this.#pinned.has(blobId)) this.#leaving.add(blobId);
    const failures: unknown[] = [];
    for (const blobId of gone) {
      if (!this.#leaving.delete(blobId)) continue;
      await this.#removeUnpinned(blobId).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  #removeUnpinned(blobId: BlobId): Promise<void> {
    const removing =
      this.#removing.get(blobId) ??
      this.#remove(blobId).finally(() => this.#removing.delete(blobId));
    this.#removing.set(blobId, removing);
    return removing;
  }

  #release(blobId: BlobId): void {
    const others = (this.#pinned.get(blobId) ?? 1) - 1;
    if (others === 0) this.#pinned.delete(blobId);
    else this.#pinned.set(blobId, others);
  }
}
