// What becomes of a mutation whose file can never arrive: it waits for a person, with everything else they wrote. [P3]

import type { BlobId, MutationId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { Actor } from '../../../sync-server/protocol/mutator.ts';
import { renditionBlobs } from '../../../sync-server/protocol/renditions.ts';
import type { Mirror, WritableMirror } from '../mirror/database.ts';
import { blobsNamedBy } from '../outbox/accept.ts';
import {
  allMutations,
  deleteMutation,
  type OutboxMutation,
  recordOutcome,
  reviveMutation,
} from '../outbox/outbox.ts';
import { rebase } from '../outbox/rebase.ts';
import { chosenFiles } from './chosen-files.ts';
import { type FileStuck, stuckSentence } from './send-blob.ts';
import { markStuck } from './transfers.ts';

export interface ParkStuckParts {
  readonly mirror: Mirror;
  actor(): Actor;
  newId(): string;
}

/**
 * One that may be with the server already is not touched: it leaves without these bytes, and the server answers by its id, or
 * refuses it for want of them. [P1]
 */
export function parkStuck(parts: ParkStuckParts, blobId: BlobId, stuck: FileStuck): void {
  const { mirror, actor } = parts;
  mirror.transact((writable) =>
    rebase(writable, actor(), () => {
      for (const mutation of allMutations(writable)) {
        if (mutation.state !== 'pending' || !mutation.blobIds.includes(blobId)) continue;
        if (!mutation.mayHaveArrived)
          park(writable, mutation, { blobId, stuck, newId: parts.newId });
        else markStuck(writable, blobId, stuckSentence(stuck, nameOf(writable, mutation, blobId)));
      }
    }),
  );
}

function park(
  mirror: WritableMirror,
  mutation: OutboxMutation,
  { blobId, stuck, newId }: { blobId: BlobId; stuck: FileStuck; newId(): string },
): void {
  // Nobody made these by hand: they can be made again, on this device or another.
  if (mutation.name === 'attach_renditions') {
    deleteMutation(mirror, mutation.id);
    return;
  }
  const file = chosenFiles(mirror, mutation).find((each) => each.blobId === blobId);
  if (file === undefined) {
    const without = withoutPictures(mutation.args as MutationArgs<'post_entry'>, blobId);
    const blobIds = blobsNamedBy(without);
    reviveMutation(mirror, mutation.id, { id: newId() as MutationId, args: without, blobIds });
    return;
  }
  const sentence = stuckSentence(stuck, file.name);
  markStuck(mirror, blobId, sentence);
  recordOutcome(mirror, mutation.id, {
    kind: 'refused',
    refusal: { code: 'file-stuck', sentence },
  });
}

function nameOf(mirror: WritableMirror, mutation: OutboxMutation, blobId: BlobId): string {
  const file = chosenFiles(mirror, mutation).find((each) => each.blobId === blobId);
  return file?.name ?? 'A picture of a file';
}

function withoutPictures(
  args: MutationArgs<'post_entry'>,
  blobId: BlobId,
): MutationArgs<'post_entry'> {
  const attachments = args.attachments.map((file) => {
    if (!renditionBlobs(file.renditions).includes(blobId)) return file;
    const { renditions: _lost, ...rest } = file;
    return rest;
  });
  return { ...args, attachments };
}
