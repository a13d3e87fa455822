// Sends a scheduled reply when its time has come, and holds those whose customer has written first. (C8)

import { createHash } from 'node:crypto';
import { type MutationId, mutationId } from '../protocol/ids.ts';
import { runAsync } from '../protocol/mutator.ts';
import { releaseScheduledReply } from '../protocol/mutators/release-scheduled-reply.ts';
import { type Outcome } from '../protocol/outcome.ts';
import type { KindedRecord } from '../protocol/records.ts';
import { heldReply, isWaiting } from '../protocol/scheduled-replies.ts';
import { answerAsk } from './answer-ask.ts';
import type { DueReply } from './due-replies.ts';
import { withMailIntent } from './mail-intent.ts';
import type { Storage, StorageTransaction } from './storage.ts';

/**
 * In one commit the scheduled reply goes and its entry stands, with its files and its mail. Whoever comes second, another process
 * or this one after a crash, finds it gone and does nothing. [F1, P1]
 */
export async function releaseScheduled(
  storage: Pick<Storage, 'transact'>,
  due: DueReply,
  now: string,
): Promise<void> {
  const { workspaceId, replyId, jobId, wasRestored } = due;
  await storage.transact(workspaceId, async (transaction) => {
    // The job first, as whoever else writes on it does: of two who lock both neither waits for the other.
    await transaction.find({ kind: 'job', id: jobId });
    const reply = await transaction.find({ kind: 'scheduled_reply', id: replyId });
    if (reply === undefined) return;
    const id = actId(JSON.stringify(reply), now);
    const context = {
      mutationId: id,
      // Of nobody: what is posted names its author.
      actor: { kind: 'member', memberId: '' as never, role: 'member' },
      writtenAt: now,
      arrivedAt: now,
      nextReference: null,
    } as const;
    const releasing = releaseScheduledReply(replyId, { wasRestored }, context);
    const outcome = await runAsync(releasing, (ask) => answerAsk(transaction, ask));
    if (outcome === undefined) return;
    const act = { workspaceId, arrivedAt: now, mutationId: id };
    const identity = { id, actorKey: 'server:scheduled', about: jobId };
    transaction.settle(identity, await withMailIntent(transaction, act, outcome));
  });
}

/**
 * What a customer did, and with it, in its commit, each reply that was not to be sent if they write first: whichever of the two
 * commits comes first has decided.
 */
export async function holdingScheduled(
  transaction: StorageTransaction,
  arrivedAt: string,
  outcome: Outcome,
): Promise<Outcome> {
  if (outcome.kind !== 'applied') return outcome;
  const held: KindedRecord[] = [];
  for (const { kind, record } of outcome.puts) {
    if (kind !== 'entry' || record.author.kind !== 'customer') continue;
    for (const reply of await transaction.scheduledOn(record.jobId))
      if (isWaiting(reply) && reply.unlessCustomerWrites)
        held.push({
          kind: 'scheduled_reply',
          record: heldReply(reply, 'customer-wrote', arrivedAt),
        });
  }
  return held.length === 0 ? outcome : { ...outcome, puts: [...outcome.puts, ...held] };
}

/** One of its own for each time this very reply is decided about, the same whoever computes it. */
function actId(reply: string, now: string): MutationId {
  const hash = createHash('sha256').update(`release ${reply} at ${now}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x40;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return mutationId.parse([...parts, hex.slice(20, 32)].join('-'));
}
