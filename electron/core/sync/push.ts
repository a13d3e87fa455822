import type { BlobId, ClientId } from '../../../sync-server/protocol/ids.ts';
import type { Actor } from '../../../sync-server/protocol/mutator.ts';
import type { PushRequest, PushResults } from '../../../sync-server/protocol/sync.ts';
import { claimedSince, isUploaded, stuckProblemOf } from '../attachments/transfers.ts';
import { AppError } from '../errors.ts';
import type { Mirror, WritableMirror } from '../mirror/database.ts';
import { isJobGone } from '../mirror/jobs.ts';
import { readMeta } from '../mirror/meta.ts';
import { writeSyncLog } from '../mirror/sync-log.ts';
import { audienceOf } from '../outbox/audience.ts';
import type { Countdowns } from '../outbox/countdowns.ts';
import { lookGate } from '../outbox/look.ts';
import { bytesInPush, isTooLarge, type NextBatch, nextBatch } from '../outbox/next-batch.ts';
import {
  deleteConfirmed,
  type OutboxMutation,
  recordOutcome,
  unaccepted,
} from '../outbox/outbox.ts';
import { rebase } from '../outbox/rebase.ts';

export function readBatch(
  mirror: Mirror,
  nowMs: number,
  countdowns: Pick<Countdowns, 'isOver'>,
): NextBatch {
  const since = claimedSince(nowMs);
  return nextBatch(withoutNeedlessBytes(mirror), {
    isUploaded: (blobId) => isUploaded(mirror, blobId, since),
    waitsForLook: lookGate(mirror),
    countsDown: (mutation) => isCountedDown(mirror, mutation) && !countdowns.isOver(mutation.id),
  });
}

/** A post that a customer will read. Asking again for an answer that is still out changes nothing any more. [P1, P8] */
function isCountedDown(mirror: Mirror, mutation: OutboxMutation): boolean {
  const { name, mayHaveArrived } = mutation;
  return name === 'post_entry' && !mayHaveArrived && audienceOf(mirror, mutation) === 'visible';
}

/**
 * What was done on a job that is gone is for the server to refuse: no bytes have to be there for that. [P2] Nor for an answer
 * that is still out, where the bytes are lost. [P1]
 */
function* withoutNeedlessBytes(mirror: Mirror): Generator<OutboxMutation, void> {
  for (const mutation of unaccepted(mirror)) {
    const { jobId, blobIds, mayHaveArrived } = mutation;
    const isMoot = blobIds.length > 0 && jobId !== null && isJobGone(mirror, jobId);
    const isNeeded = (blobId: BlobId) =>
      !isMoot && !(mayHaveArrived && stuckProblemOf(mirror, blobId) !== null);
    yield { ...mutation, blobIds: blobIds.filter(isNeeded) };
  }
}

/** What the server has told this device of itself is part of what it asks: for another database the push is not meant. [L6] */
export function pushRequestOf(
  batch: readonly OutboxMutation[],
  { epoch, clientId }: { readonly epoch: string; readonly clientId: ClientId },
): PushRequest {
  return {
    epoch,
    mutations: batch.map(({ id, name, args, writtenAt }) => ({
      id,
      clientId,
      name,
      args,
      writtenAt,
    })),
  };
}

/**
 * Writes down the server's word on each mutation of a batch. What was refused is parked with all a person wrote, and its
 * effect leaves the screen. [P2, P3]
 *
 * @throws AppError `server-not-understood` where the answer is not about this batch; the batch is sent again then, and the
 *   server answers what it answered before. [P1]
 */
export function applyPush(
  mirror: Mirror,
  actor: Actor,
  batch: readonly OutboxMutation[],
  { results }: PushResults,
  now: string,
): void {
  const outcomes = new Map(results.map(({ id, outcome }) => [id, outcome]));
  if (batch.some(({ id }) => !outcomes.has(id))) throw new AppError('server-not-understood');
  const version = Number(readMeta(mirror, 'version') ?? 0);
  // A replayed push can be answered with versions the mirror has received already: those leave the outbox at once.
  const staysInLine = batch.every(({ id }) => {
    const outcome = outcomes.get(id);
    return outcome?.kind === 'applied' && outcome.version > version;
  });
  mirror.transact((writable) => {
    const record = () => {
      for (const { id } of batch) {
        const outcome = outcomes.get(id);
        if (outcome !== undefined) recordOutcome(writable, id, outcome);
      }
      deleteConfirmed(writable, version);
    };
    if (staysInLine) record();
    else rebase(writable, actor, record);
    logAnswers(writable, results, now);
  });
}

/** One that is too large is always alone in its batch. One that may have been taken once is asked again. [P1] */
export function cannotLeave(batch: readonly OutboxMutation[]): boolean {
  return batch.some((mutation) => isTooLarge(mutation) && !mutation.mayHaveArrived);
}

/** What no push can carry waits for a person with all its words, and nothing waits behind it. [P2, P3] */
export function parkTooLarge(mirror: Mirror, actor: Actor, mutation: OutboxMutation): void {
  const sizeKb = Math.ceil(bytesInPush(mutation) / 1000);
  const sentence = `This takes ${sizeKb} kB, which is more than can be sent at once. Save a copy, discard this, and enter it again in parts.`;
  const outcome = { kind: 'refused', refusal: { code: 'not-understood', sentence } } as const;
  mirror.transact((writable) =>
    rebase(writable, actor, () => recordOutcome(writable, mutation.id, outcome)),
  );
}

/** In the commit it tells of: a line costs as much as a batch where it has one of its own. (H7) */
function logAnswers(mirror: WritableMirror, results: PushResults['results'], at: string): void {
  for (const [kind, some] of Map.groupBy(results, ({ outcome }) => outcome.kind)) {
    const details = `${some.length} of ${results.length}`;
    writeSyncLog(mirror, { at, event: kind === 'applied' ? 'sent' : kind, details });
  }
}
