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
  /** Whether its author can still take it back; asked only of what could leave otherwise. [P8] */
  countsDown(mutation: OutboxMutation): boolean;
}

export interface NextBatch {
  /** Up to 200 mutations or 256 KB [S2], in order. */
  readonly leaving: readonly OutboxMutation[];
  /** What nothing but its countdown keeps here. [P8] */
  readonly counting: readonly OutboxMutation[];
  /** All that waits was looked at; otherwise there is more behind a full batch. */
  readonly isEverything: boolean;
}

/**
 * A mutation whose bytes are still on their way, which waits for a look or counts down, holds back the rest of its own job only;
 * one that depends on a parked mutation waits with it. One that may have arrived does not: the server has its word on it already,
 * as on a deletion of what it had refused to make, and it is asked again after a reset. [P1, L3]
 */
export function nextBatch(outbox: Iterable<OutboxMutation>, gates: Gates): NextBatch {
  const { isUploaded, waitsForLook, countsDown } = gates;
  const leaving: OutboxMutation[] = [];
  const counting: OutboxMutation[] = [];
  const heldJobs = new Set<string>();
  const held = new Set<string>();
  const parked = new Set<string>();
  let bytes = 0;
  for (const mutation of outbox) {
    if (mutation.state === 'accepted') continue;
    if (mutation.state === 'parked') parked.add(mutation.id);
    const { mayHaveArrived } = mutation;
    const isHeld =
      mutation.state === 'parked' ||
      (mutation.jobId !== null && heldJobs.has(mutation.jobId)) ||
      mutation.dependsOn.some((id) => held.has(id) && !(mayHaveArrived && parked.has(id))) ||
      !mutation.blobIds.every(isUploaded) ||
      waitsForLook(mutation);
    const isCounting = !isHeld && countsDown(mutation);
    if (isCounting) counting.push(mutation);
    if (isHeld || isCounting) {
      held.add(mutation.id);
      if (mutation.state === 'pending' && mutation.jobId !== null) heldJobs.add(mutation.jobId);
      continue;
    }
    bytes += bytesInPush(mutation);
    const isFull = leaving.length === MAX_PUSH_MUTATIONS || bytes > MAX_PUSH_BYTES;
    if (leaving.length > 0 && isFull) return { leaving, counting, isEverything: false };
    leaving.push(mutation);
  }
  return { leaving, counting, isEverything: true };
}
