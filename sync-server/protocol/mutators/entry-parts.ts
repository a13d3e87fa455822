// What every mutator that writes an entry needs.

import type { CustomerId, EntryId, JobId } from '../ids.ts';
import { type Actor, hasNews, type MutationContext, read } from '../mutator.ts';
import { applied, type Conflict, type Outcome, refused } from '../outcome.ts';
import type { Author, JobChange, Wish } from '../entries.ts';
import type { Job, KindedRecord, RecordKind } from '../records.ts';
import type { Audience } from '../values.ts';

/** The author is the session's, whatever the mutation says. [P5] */
export function authorOf(actor: Actor): Author {
  return actor.kind === 'member'
    ? { kind: 'member', memberId: actor.memberId }
    : { kind: 'customer', customerId: actor.customerId };
}

export function entryHead(
  ids: { readonly entryId: EntryId; readonly jobId: JobId },
  audience: Audience,
  context: MutationContext,
) {
  return {
    id: ids.entryId,
    jobId: ids.jobId,
    audience,
    author: authorOf(context.actor),
    writtenAt: context.writtenAt,
    arrivedAt: context.arrivedAt,
  };
}

/** What the author of something for the customer had on the screen. [P6] */
export interface Seen {
  readonly seenVersion: number;
  readonly writtenFor?: CustomerId | undefined;
}

/** Whether a job moved on, or went to another customer, since a member wrote something for the customer. (C5) [P6] */
export function* hasMovedOn(
  job: Job,
  { seenVersion, writtenFor }: Seen,
  { actor }: MutationContext,
) {
  if (actor.kind !== 'member') return false;
  if (writtenFor !== undefined && writtenFor !== job.customerId) return true;
  const { memberId: exceptMemberId } = actor;
  return yield* hasNews({ jobId: job.id, afterVersion: seenVersion, exceptMemberId });
}

/** The job after something happened on it. */
export function touched(job: Job, context: MutationContext): Job {
  return { ...job, lastActivityAt: context.arrivedAt ?? context.writtenAt };
}

/** A job as it stands after it was corrected, with the entry that tells of it: always internal. (A1) */
export function jobChanged(
  ids: { readonly entryId: EntryId; readonly jobId: JobId },
  { job, change }: { readonly job: Job; readonly change: JobChange },
  context: MutationContext,
): Outcome {
  return applied(
    {
      kind: 'entry',
      record: { ...entryHead(ids, 'internal', context), kind: 'job_change', change },
    },
    { kind: 'job', record: touched(job, context) },
  );
}

export function* isNew(kind: RecordKind, id: string) {
  return (yield* read(kind, id)) === undefined;
}

/**
 * A wish that met something newer: a person decides, and the feed keeps what was wanted. Its entry has the mutation's own id,
 * so it stands there once however often the same wish arrives; deciding otherwise later is a mutation of its own. (H5) [P1]
 */
export function* conflicted(job: Job, conflict: Conflict, wish: Wish, context: MutationContext) {
  const entryId = context.mutationId as string as EntryId;
  if (!(yield* isNew('entry', entryId)))
    return refused('already-exists', 'An entry with this id is already there.');
  const entry: KindedRecord = {
    kind: 'entry',
    record: {
      ...entryHead({ entryId, jobId: job.id }, 'internal', context),
      kind: 'unapplied',
      wish,
    },
  };
  const puts = [entry, { kind: 'job', record: touched(job, context) } as const];
  return { kind: 'conflicted', conflict, puts } as const;
}
