// What may leave next: first in, first out per job, and nothing waits for what it does not depend on. [P2]

import { MAX_PUSH_BYTES, MAX_PUSH_MUTATIONS } from '../../../sync-server/protocol/sync.ts';
import type { OutboxMutation } from './outbox.ts';

/** Id, client, name and time around a mutation's arguments, generously. */
const ENVELOPE_BYTES = 300;

/** What a mutation takes of a push. */
export function bytesInPush({ args }: Pick<OutboxMutation, 'args'>): number {
  return Buffer.byteLength(JSON.stringify(args)) + ENVELOPE_BYTES;
}

/** No push carries it, not even one of its own. [S2] */
export function isTooLarge(mutation: Pick<OutboxMutation, 'args'>): boolean {
  return bytesInPush(mutation) > MAX_PUSH_BYTES;
}

interface Gates {
  /** Whether the server holds a blob. */
  isUploaded(blobId: string): boolean;
  /** Whether a person has to look at it first. [P7] */
  waitsForLook(mutation: OutboxMutation): boolean;
}

/**
 * Up to 200 mutations or 256 KB [S2], in order. A mutation whose bytes are still on their way, or which waits for a look, holds
 * back the rest of its own job only; one that depends on a parked mutation waits with it.
 */
export function nextBatch(
  outbox: Iterable<OutboxMutation>,
  { isUploaded, waitsForLook }: Gates,
): OutboxMutation[] {
  const batch: OutboxMutation[] = [];
  const heldJobs = new Set<string>();
  const held = new Set<string>();
  let bytes = 0;
  for (const mutation of outbox) {
    if (mutation.state === 'accepted') continue;
    const isHeld =
      mutation.state === 'parked' ||
      (mutation.jobId !== null && heldJobs.has(mutation.jobId)) ||
      mutation.dependsOn.some((id) => held.has(id)) ||
      !mutation.blobIds.every(isUploaded) ||
      waitsForLook(mutation);
    if (isHeld) {
      held.add(mutation.id);
      if (mutation.state === 'pending' && mutation.jobId !== null) heldJobs.add(mutation.jobId);
      continue;
    }
    bytes += bytesInPush(mutation);
    if (batch.length > 0 && (batch.length === MAX_PUSH_MUTATIONS || bytes > MAX_PUSH_BYTES)) break;
    batch.push(mutation);
  }
  return batch;
}
