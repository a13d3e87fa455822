// The mirror's tables always show server truth plus this device's pending work. [R1]

import {
  type Actor,
  type Answer,
  type Ask,
  firstMailAbout,
  runSync,
} from '../../../sync-server/protocol/mutator.ts';
import { startMutation } from '../../../sync-server/protocol/mutators.ts';
import type { Outcome } from '../../../sync-server/protocol/outcome.ts';
import type { KindedRecord, RecordKey } from '../../../sync-server/protocol/records.ts';
import { belongingsOf } from '../mirror/belongings.ts';
import { cannedOf } from '../mirror/canned-replies.ts';
import type { WritableMirror } from '../mirror/database.ts';
import { newsOf, sharedOn } from '../mirror/entries.ts';
import { mailsOf } from '../mirror/mails.ts';
import { readMeta } from '../mirror/meta.ts';
import { nextRecord } from '../mirror/next-record.ts';
import {
  type BeforeImage,
  deleteRecord,
  findRecord,
  findRow,
  PENDING_POSITION,
  putRecord,
} from '../mirror/records.ts';
import {
  allMutations,
  beforeImages,
  type OutboxMutation,
  recordOutcome,
  writeBeforeImages,
} from './outbox.ts';

/**
 * Undoes what is pending, does `change` on server truth alone, and replays the rest, all in the caller's transaction.
 * A mutation that cannot be replayed shows no effect but stays in line: the server's word decides about it, not a
 * guess made here. [R1, R2]
 */
export function rebase(mirror: WritableMirror, actor: Actor, change: () => void): void {
  for (const { seq, images } of beforeImages(mirror)) {
    for (const image of images.toReversed()) restore(mirror, image);
    writeBeforeImages(mirror, seq, []);
  }
  change();
  // A fresh copy brings the newest first, and what changed twice comes late: until all is here, others' news may be here
  // before our own entry is, which another copy of this device has sent.
  const isWhole =
    readMeta(mirror, 'refilling') === undefined && readMeta(mirror, 'catching-up') === undefined;
  for (const mutation of allMutations(mirror)) {
    if (mutation.state === 'parked') continue;
    const outcome = applyLocally(mirror, actor, mutation);
    // The server would say the same; saying it here keeps the reply from ever leaving. (C5) [P6] One that may have left
    // already is not ours to decide about: the customer may have read it. [P1]
    const isOurs = mutation.state === 'pending' && !mutation.mayHaveArrived;
    if (outcome.kind === 'held' && isOurs && isWhole) recordOutcome(mirror, mutation.id, outcome);
  }
}

/** Runs one mutation on the mirror's tables and keeps what it takes to undo it. */
export function applyLocally(
  mirror: WritableMirror,
  actor: Actor,
  mutation: Pick<OutboxMutation, 'seq' | 'id' | 'name' | 'args' | 'writtenAt'>,
): Outcome {
  const { id: mutationId, writtenAt } = mutation;
  const context = { mutationId, actor, writtenAt, arrivedAt: null, nextReference: null };
  const outcome = runSync(startMutation(mutation, context), (ask) => answer(mirror, ask));
  if (outcome.kind !== 'applied') return outcome;
  const images = outcome.puts.map((put) => putPending(mirror, mutation.seq, put));
  for (const key of outcome.deletion?.keys ?? []) images.push(...takenOut(mirror, key));
  if (images.length > 0) writeBeforeImages(mirror, mutation.seq, images);
  return outcome;
}

function answer(mirror: WritableMirror, ask: Ask): Answer {
  switch (ask.kind) {
    case 'news':
      return newsOf(mirror, ask).at(-1);
    case 'next_link':
    case 'next_job':
    case 'next_pipeline':
      return nextRecord(mirror, ask);
    case 'belongings':
      return belongingsOf(mirror, ask.customerId);
    case 'shared':
      return sharedOn(mirror, ask.jobId);
    case 'mailed':
      return firstMailAbout(mailsOf(mirror, ask.jobId), ask);
    case 'canned_of':
      return cannedOf(mirror, ask.ownerId);
    default:
      return findRecord(mirror, ask.kind, ask.id);
  }
}

function putPending(mirror: WritableMirror, seq: number, put: KindedRecord): BeforeImage {
  const { kind, record } = put;
  const before = findRow(mirror, kind, record.id) ?? null;
  const position = before?.stamp.position ?? PENDING_POSITION + seq;
  const generation = before?.stamp.generation ?? 0;
  putRecord(mirror, kind, record as never, { version: null, position, generation });
  return { kind, id: record.id, row: before };
}

/** Until the server says so too, what is deleted comes back by its image. [R1] */
function takenOut(mirror: WritableMirror, { kind, id }: RecordKey): BeforeImage[] {
  const row = findRow(mirror, kind, id);
  if (row === undefined) return [];
  deleteRecord(mirror, kind, id);
  return [{ kind, id, row }];
}

function restore(mirror: WritableMirror, { kind, id, row }: BeforeImage): void {
  if (row === null) deleteRecord(mirror, kind, id);
  else putRecord(mirror, kind, row.record as never, row.stamp);
}
