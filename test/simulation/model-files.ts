// The oracle's part about files: which there are, who may have them, and which bytes must still be there.

import type { MutationArgs } from '../../sync-server/protocol/mutations.ts';
import type { Audience } from '../../sync-server/protocol/values.ts';

export interface ModelFile {
  readonly id: string;
  readonly jobId: string;
  /** What it was posted with. */
  readonly entryId: string;
  readonly name: string;
  readonly audience: Audience;
  /** Also where it is internal again. */
  readonly wasVisible: boolean;
  /** Null once it was removed for good. */
  readonly blobId: string | null;
  readonly isWithdrawn: boolean;
}

export class ModelFiles {
  readonly #files = new Map<string, ModelFile>();
  /** When somebody last told the server that they want these bytes, by its clock. [B4] */
  readonly claims = new Map<string, number>();
  /** Of files that were removed for good. */
  readonly #removed = new Set<string>();

  copy(): ModelFiles {
    const copy = new ModelFiles();
    for (const [id, file] of this.#files) copy.#files.set(id, file);
    for (const [id, atMs] of this.claims) copy.claims.set(id, atMs);
    for (const id of this.#removed) copy.#removed.add(id);
    return copy;
  }

  get all(): readonly ModelFile[] {
    return [...this.#files.values()];
  }

  find(id: string): ModelFile | undefined {
    return this.#files.get(id);
  }

  post({ jobId, entryId, attachments }: MutationArgs<'post_entry'>): void {
    for (const { attachmentId: id, name, audience, blobId } of attachments) {
      const wasVisible = audience === 'visible';
      const file = { id, jobId, entryId, name, audience, wasVisible, blobId, isWithdrawn: false };
      this.#files.set(id, file);
    }
  }

  change(id: string, change: Partial<Pick<ModelFile, 'audience' | 'isWithdrawn' | 'name'>>): void {
    const file = this.#files.get(id);
    if (file === undefined) throw new Error(`The model does not know file ${id}.`);
    const wasVisible = file.wasVisible || change.audience === 'visible';
    this.#files.set(id, { ...file, ...change, wasVisible });
  }

  remove(id: string): void {
    const file = this.#files.get(id);
    if (file?.blobId == null) return;
    this.#removed.add(file.blobId);
    this.#files.set(id, { ...file, blobId: null });
  }

  /** With its customer. [O2] */
  forgetJob(jobId: string): void {
    for (const file of this.all) if (file.jobId === jobId) this.#files.delete(file.id);
  }

  /** With what it was posted with. */
  withdrawOf(entryId: string): void {
    for (const file of this.all)
      if (file.entryId === entryId && file.blobId !== null)
        this.change(file.id, { isWithdrawn: true });
  }

  /** In the order they were posted in. */
  visibleOn(jobId: string): readonly ModelFile[] {
    return this.all.filter(
      (file) =>
        file.jobId === jobId &&
        file.audience === 'visible' &&
        file.blobId !== null &&
        !file.isWithdrawn,
    );
  }

  isNamed(blobId: string): boolean {
    return this.all.some((file) => file.blobId === blobId);
  }

  wasRemoved(blobId: string): boolean {
    return this.#removed.has(blobId);
  }

  get namedBlobs(): ReadonlySet<string> {
    return new Set(this.all.flatMap(({ blobId }) => blobId ?? []));
  }
}
