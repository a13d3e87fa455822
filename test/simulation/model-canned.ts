// The oracle's part about canned replies: which there are, who may have them, and which bytes are one member's own. (C6)

import type { MutationArgs } from '../../sync-server/protocol/mutations.ts';

export interface ModelCanned {
  readonly id: string;
  /** Null where the office shares it. */
  readonly ownerId: string | null;
  readonly title: string;
  readonly text: string;
  readonly blobIds: readonly string[];
}

export class ModelCannedReplies {
  readonly #replies = new Map<string, ModelCanned>();
  /** By their bytes, whose own those were at first. */
  readonly #firstOwners = new Map<string, string>();
  /** Bytes that others were given, by whatever server: a restore takes them from nobody. */
  #given = new Set<string>();
  /** Of personal ones that were deleted: these may go at once. */
  readonly #dropped = new Set<string>();

  copy(): ModelCannedReplies {
    const copy = new ModelCannedReplies();
    for (const [id, reply] of this.#replies) copy.#replies.set(id, reply);
    for (const [blobId, ownerId] of this.#firstOwners) copy.#firstOwners.set(blobId, ownerId);
    copy.#given = this.#given;
    for (const blobId of this.#dropped) copy.#dropped.add(blobId);
    return copy;
  }

  get all(): readonly ModelCanned[] {
    return [...this.#replies.values()];
  }

  find(id: string): ModelCanned | undefined {
    return this.#replies.get(id);
  }

  /** Those that a member's devices may have. */
  of(memberId: string): readonly ModelCanned[] {
    return this.all.filter(({ ownerId }) => ownerId === null || ownerId === memberId);
  }

  create(authorId: string, args: MutationArgs<'create_canned_reply'>): void {
    const { cannedReplyId: id, sharing, title, text, files } = args;
    const ownerId = sharing === 'personal' ? authorId : null;
    this.#put({ id, ownerId, title, text, blobIds: files.map(({ blobId }) => blobId) });
  }

  update({ cannedReplyId, changes }: MutationArgs<'update_canned_reply'>): void {
    const stands = this.#known(cannedReplyId);
    const changed = { ...stands };
    for (const change of changes)
      if (change.field !== 'files') Object.assign(changed, { [change.field]: change.to });
    this.#put(changed);
  }

  move(authorId: string, args: MutationArgs<'move_canned_reply'>): void {
    const stands = this.#known(args.cannedReplyId);
    this.#replies.delete(stands.id);
    const ownerId = args.to === 'personal' ? authorId : null;
    this.#put({ ...stands, id: args.toCannedReplyId, ownerId });
  }

  delete(id: string): void {
    const { ownerId, blobIds } = this.#known(id);
    if (ownerId !== null) for (const blobId of blobIds) this.#dropped.add(blobId);
    this.#replies.delete(id);
  }

  /** From then on they are not one member's own any more. */
  posted(blobIds: readonly string[]): void {
    for (const blobId of blobIds) this.#given.add(blobId);
  }

  /** Bytes that nobody but their owner was ever given, with whose they are. */
  get own(): readonly (readonly [blobId: string, ownerId: string])[] {
    return [...this.#firstOwners].filter(([blobId]) => !this.#given.has(blobId));
  }

  isNamed(blobId: string): boolean {
    return this.namedBlobs.has(blobId);
  }

  wasDropped(blobId: string): boolean {
    return this.#dropped.has(blobId);
  }

  get namedBlobs(): ReadonlySet<string> {
    return new Set(this.all.flatMap(({ blobIds }) => blobIds));
  }

  #put(reply: ModelCanned): void {
    this.#replies.set(reply.id, reply);
    for (const blobId of reply.blobIds)
      if (reply.ownerId === null) this.#given.add(blobId);
      else this.#firstOwners.set(blobId, this.#firstOwners.get(blobId) ?? reply.ownerId);
  }

  #known(id: string): ModelCanned {
    const reply = this.#replies.get(id);
    if (reply === undefined) throw new Error(`The model does not know canned reply ${id}.`);
    return reply;
  }
}
