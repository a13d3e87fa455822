// The oracle's part about replies that are sent later: what waits for which time, what is held, and what became of each. (C8)

import type { MutationArgs } from '../../sync-server/protocol/mutations.ts';

export interface ModelReply {
  readonly id: string;
  readonly jobId: string;
  readonly authorId: string;
  readonly text: string;
  readonly attachments: MutationArgs<'schedule_reply'>['attachments'];
  readonly sendAt: string;
  readonly unlessCustomerWrites: boolean;
  readonly revision: number;
  readonly state: 'waiting' | 'held' | 'sent' | 'note' | 'cancelled';
  /** It was scheduled on a server that was restored since, and nobody has decided about it again. [L6] */
  readonly isFromBefore: boolean;
}

export class ModelScheduled {
  readonly #replies = new Map<string, ModelReply>();

  copy(): ModelScheduled {
    const copy = new ModelScheduled();
    for (const [id, reply] of this.#replies) copy.#replies.set(id, reply);
    return copy;
  }

  get all(): readonly ModelReply[] {
    return [...this.#replies.values()];
  }

  find(id: string): ModelReply | undefined {
    return this.#replies.get(id);
  }

  put(reply: ModelReply): void {
    this.#replies.set(reply.id, reply);
  }

  change(id: string, change: Partial<ModelReply>): void {
    const reply = this.#replies.get(id);
    if (reply === undefined) throw new Error(`The model does not know scheduled reply ${id}.`);
    this.#replies.set(id, { ...reply, ...change });
  }

  /** Until it is sent, a reply alone names its files. [B4] */
  get namedBlobs(): ReadonlySet<string> {
    const open = this.all.filter(({ state }) => state === 'waiting' || state === 'held');
    return new Set(open.flatMap(({ attachments }) => attachments.map(({ blobId }) => blobId)));
  }

  /** With its customer. [O2] */
  forgetJob(jobId: string): void {
    for (const reply of this.all) if (reply.jobId === jobId) this.#replies.delete(reply.id);
  }

  /** Of these nobody knows what became of them in between. */
  restored(): void {
    for (const { id, state } of this.all)
      if (state === 'waiting') this.change(id, { isFromBefore: true });
  }

  /** A customer's word holds, in its commit, what was not to be sent if they write first. Answers which. */
  customerWrote(jobId: string): readonly string[] {
    const held = this.all.filter(
      (reply) => reply.jobId === jobId && reply.state === 'waiting' && reply.unlessCustomerWrites,
    );
    for (const { id } of held) this.change(id, { state: 'held' });
    return held.map(({ id }) => id);
  }
}
