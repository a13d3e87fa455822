import type { BlobId, JobId, MutationId } from '../../../sync-server/protocol/ids.ts';
import type { MemberMutationName, MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { Actor } from '../../../sync-server/protocol/mutator.ts';
import type { WritableMirror } from '../mirror/database.ts';
import type { Renditions } from '../../../sync-server/protocol/entries.ts';
import { renditionBlobs } from '../../../sync-server/protocol/renditions.ts';
import { MAX_PUSH_BYTES } from '../../../sync-server/protocol/sync.ts';
import { AppError } from '../errors.ts';
import { bytesInPush, isTooLarge } from './next-batch.ts';
import { insertMutation, makersOf, recordOutcome } from './outbox.ts';
import { applyLocally } from './rebase.ts';

export interface NewMutation<N extends MemberMutationName> {
  readonly id: MutationId;
  readonly name: N;
  readonly args: MutationArgs<N>;
  readonly writtenAt: string;
}

/** What of any mutation's arguments decides when it may leave. */
interface NamedByArgs {
  readonly pipelineId?: string;
  readonly toCustomerId?: string;
  readonly toPipelineId?: string;
  readonly jobId?: JobId;
  readonly customerId?: string;
  readonly cannedReplyId?: string;
  readonly attachments?: readonly { blobId: BlobId; renditions?: Renditions | undefined }[];
  readonly renditions?: Renditions;
  readonly files?: readonly { readonly blobId: BlobId }[];
  readonly changes?: readonly object[];
}

/** The server must hold them first. What `attach_renditions` was made of is there already. [B2] */
export function blobsNamedBy({
  attachments = [],
  renditions,
  files = [],
  changes = [],
}: NamedByArgs): BlobId[] {
  return [
    ...changes.flatMap(blobsOfChange),
    ...files.map(({ blobId }) => blobId),
    ...attachments.flatMap((file) => [file.blobId, ...renditionBlobs(file.renditions)]),
    ...renditionBlobs(renditions),
  ];
}

/** Of the office's logo, and of files a canned reply did not have before: those it had need not lie on this device. */
function blobsOfChange(change: object): BlobId[] {
  if (!('field' in change && 'from' in change && 'to' in change)) return [];
  const { field, from, to } = change;
  if (field === 'logoBlobId') return to === null ? [] : [to as BlobId];
  if (field !== 'files') return [];
  const idsOf = (files: unknown) =>
    (files as readonly { readonly blobId: BlobId }[]).map(({ blobId }) => blobId);
  const had = new Set(idsOf(from));
  return idsOf(to).filter((blobId) => !had.has(blobId));
}

/**
 * Accepts what a person did: in the caller's one transaction it is in line for the server and shown on the screen. [P1, F3]
 *
 * @throws AppError `not-understood` with the mutator's sentence where it cannot be done even here, or where it is more than
 *   a push carries; nothing is kept then.
 */
export function accept<N extends MemberMutationName>(
  mirror: WritableMirror,
  actor: Actor,
  mutation: NewMutation<N>,
): void {
  const args: NamedByArgs & object = mutation.args;
  if (isTooLarge(mutation)) throw tooLarge(bytesInPush(mutation));
  const { jobId, customerId, toCustomerId, pipelineId, toPipelineId, cannedReplyId } = args;
  const named = [jobId, customerId, toCustomerId, pipelineId, toPipelineId, cannedReplyId].filter(
    (id) => id !== undefined,
  );
  const seq = insertMutation(mirror, {
    ...mutation,
    jobId: args.jobId ?? null,
    dependsOn: makersOf(mirror, named),
    blobIds: blobsNamedBy(args),
  });
  const outcome = applyLocally(mirror, actor, { ...mutation, seq });
  if (outcome.kind === 'refused')
    throw new AppError('not-understood', { sentence: outcome.refusal.sentence });
  // What arrived between the look and the click: the reply is kept, and held at once. (C5) [P6]
  if (outcome.kind === 'held') recordOutcome(mirror, mutation.id, outcome);
  if (outcome.kind === 'conflicted')
    throw new AppError('not-understood', {
      sentence: 'This changed a moment ago. Look again, then decide.',
    });
}

/** In line it would be turned away for ever, and nobody could say which of its words to leave out. [S2] */
function tooLarge(bytes: number): AppError {
  const [found, most] = [bytes, MAX_PUSH_BYTES].map((each) => Math.floor(each / 1000));
  return new AppError('not-understood', {
    sentence: `This takes ${found} kB, and at most ${most} kB can be sent at once. Shorten it, or save less of it at a time.`,
  });
}
