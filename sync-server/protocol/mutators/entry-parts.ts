// What every mutator that writes an entry needs.

import type { EntryId, JobId } from '../ids.ts';
import { type Actor, type MutationContext, read } from '../mutator.ts';
import type { Audience, Author, Job, RecordKind } from '../records.ts';

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

/** The job after something happened on it. */
export function touched(job: Job, context: MutationContext): Job {
  return { ...job, lastActivityAt: context.arrivedAt ?? context.writtenAt };
}

export function* isNew(kind: RecordKind, id: string) {
  return (yield* read(kind, id)) === undefined;
}
