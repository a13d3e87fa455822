// What customers would see, and what was written before this device came back from being away, waits for a person's look. [P7]

import type { MutationId } from '../../../sync-server/protocol/ids.ts';
import type { MemberMutationName } from '../../../sync-server/protocol/mutations.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';
import { isJobGone } from '../mirror/jobs.ts';
import { readMeta, removeMeta, writeMeta } from '../mirror/meta.ts';
import { findRecord } from '../mirror/records.ts';
import { audienceOf } from './audience.ts';
import { findMutation, type OutboxMutation, unaccepted } from './outbox.ts';

/** By this device's clock, as ISO 8601. */
export interface Spell {
  readonly from: string;
  readonly until: string;
}

export interface Look {
  readonly away: Spell;
  /** As the mirror keeps it, all that waited when the device came back; as it is wanted, what of it waits now. */
  readonly mutationIds: readonly MutationId[];
}

/** All that customers would see and that waits now; what is written from here on is not meant. */
export function beginLook(mirror: WritableMirror, away: Spell): void {
  const mutationIds = [...unaccepted(mirror)]
    .filter((mutation) => isForLook(mirror, mutation))
    .map(({ id }) => id);
  keep(mirror, { away, mutationIds });
}

/** A person has looked at these. */
export function endLook(mirror: WritableMirror, mutationIds: readonly MutationId[]): void {
  const begun = begunLook(mirror);
  if (begun === undefined) return;
  const seen = new Set(mutationIds);
  keep(mirror, { ...begun, mutationIds: begun.mutationIds.filter((id) => !seen.has(id)) });
}

/** What was discarded, taken back or sent leaves nothing behind. */
export function forgetGone(mirror: WritableMirror): void {
  const ids = begunLook(mirror)?.mutationIds ?? [];
  const gone = ids.filter((id) => findMutation(mirror, id) === undefined);
  if (gone.length > 0) endLook(mirror, gone);
}

/** Null where nothing of it is left: sent, discarded, taken back, parked, or made internal. */
export function wantedLook(mirror: ReadableMirror): Look | null {
  const begun = begunLook(mirror);
  if (begun === undefined) return null;
  const mutationIds = begun.mutationIds.filter((id) => {
    const mutation = findMutation(mirror, id);
    return mutation !== undefined && isForLook(mirror, mutation);
  });
  return mutationIds.length === 0 ? null : { away: begun.away, mutationIds };
}

/** What is done with a pipeline as it stands once a change of it has gone through. */
const NEEDS_PIPELINE: ReadonlySet<MemberMutationName> = new Set([
  'create_job',
  'change_stage',
  'save_form',
  'update_pipeline',
  'remove_pipeline',
]);

/**
 * Whether a mutation stays in line until a person has looked, at itself or at a change of the pipeline it builds on: a job in a
 * stage the server has not heard of would be refused. To be asked of each in order, as `nextBatch` does.
 */
export function lookGate(mirror: ReadableMirror): (mutation: OutboxMutation) => boolean {
  const isWaiting = waitsForLook(mirror);
  const changedPipelines = new Set<string>();
  const isBehind = (mutation: OutboxMutation): boolean => {
    if (changedPipelines.size === 0 || !NEEDS_PIPELINE.has(mutation.name)) return false;
    return !mutation.mayHaveArrived && changedPipelines.has(pipelineOf(mirror, mutation) ?? '');
  };
  return (mutation) => {
    if (isBehind(mutation)) return true;
    if (!isWaiting(mutation)) return false;
    if (mutation.name === 'update_pipeline')
      changedPipelines.add(pipelineOf(mirror, mutation) ?? '');
    return true;
  };
}

function pipelineOf(mirror: ReadableMirror, { args, jobId }: OutboxMutation): string | undefined {
  const { pipelineId } = args as { readonly pipelineId?: string };
  if (pipelineId !== undefined || jobId === null) return pipelineId;
  return findRecord(mirror, 'job', jobId)?.pipelineId;
}

/** Whether a person has to look at this very mutation. */
export function waitsForLook(mirror: ReadableMirror): (mutation: OutboxMutation) => boolean {
  const ids = new Set<string>(begunLook(mirror)?.mutationIds);
  return (mutation) => ids.has(mutation.id) && isForLook(mirror, mutation);
}

/**
 * As things stand now: a stage may have become internal meanwhile. How one that may have arrived was answered is only found
 * out by asking again [P1]; and of what was done on a job that is gone no customer sees anything.
 */
function isForLook(mirror: ReadableMirror, mutation: OutboxMutation): boolean {
  const { state, mayHaveArrived, jobId } = mutation;
  if (state !== 'pending' || mayHaveArrived) return false;
  if (audienceOf(mirror, mutation) !== 'visible') return false;
  return jobId === null || !isJobGone(mirror, jobId);
}

function begunLook(mirror: ReadableMirror): Look | undefined {
  const text = readMeta(mirror, 'look');
  return text === undefined ? undefined : (JSON.parse(text) as Look);
}

function keep(mirror: WritableMirror, look: Look): void {
  // What waits is told otherwise wherever it stands.
  mirror.touch('outbox');
  if (look.mutationIds.length > 0) writeMeta(mirror, 'look', JSON.stringify(look));
  else if (readMeta(mirror, 'look') !== undefined) removeMeta(mirror, 'look');
}
