// Where mutations take effect, a member's push and a customer's form alike: once, in order, each answered by itself.

import type { BlobId, CustomerId, WorkspaceId } from '../protocol/ids.ts';
import { BROWSER_IMAGE_TYPES, MAX_LOGO_BYTES } from '../protocol/blobs.ts';
import { mutationArgs, type Mutation } from '../protocol/mutations.ts';
import { type Actor, runAsync } from '../protocol/mutator.ts';
import { startMutation } from '../protocol/mutators.ts';
import { type Outcome, type PushOutcome, refused } from '../protocol/outcome.ts';
import { fillRenditions } from '../protocol/renditions.ts';
import { answerAsk } from './answer-ask.ts';
import { knownRenditions } from './known-renditions.ts';
import { withKnownCannedFiles } from './known-canned-files.ts';
import { aboutOf, keysIn, unlessDeleted } from './refuse-deleted.ts';
import { signInMailOf, withMailIntent } from './mail-intent.ts';
import { holdingScheduled } from './release-scheduled.ts';
import type { Committed, Storage, StorageTransaction } from './storage.ts';

export type ArrivedMutation = Pick<Mutation, 'id' | 'name' | 'args' | 'writtenAt'>;

export interface Batch {
  readonly workspaceId: WorkspaceId;
  /** By the session, never by what a mutation says. [P5] */
  readonly actor: Actor;
  /** The server's clock, ISO 8601. */
  readonly arrivedAt: string;
  readonly mutations: readonly ArrivedMutation[];
}

type MutationStore = Pick<Storage, 'transact'>;

/**
 * Applies a batch in one commit. A mutation that was applied before is answered as it was then; one that is refused or
 * conflicts is recorded as such and stops no other. [P1, P2, P3]
 */
export function applyMutations(storage: MutationStore, batch: Batch): Promise<Committed> {
  return storage.transact(batch.workspaceId, async (transaction) => {
    await transaction.prefetch(
      batch.mutations.map(({ id }) => id),
      batch.mutations.flatMap(({ args }) => keysIn(args)),
    );
    for (const mutation of batch.mutations) await settleMutation(transaction, batch, mutation);
  });
}

/** Who asks, as answers are kept under. */
export const actorKeyOf = (actor: Actor): string =>
  actor.kind === 'member' ? `member:${actor.memberId}` : `customer:${actor.customerId}`;

/** One mutation of a batch, once. [P1] */
export async function settleMutation(
  transaction: StorageTransaction,
  batch: Omit<Batch, 'mutations'>,
  mutation: ArrivedMutation,
): Promise<void> {
  const { actor } = batch;
  const identity = { id: mutation.id, actorKey: actorKeyOf(actor), about: aboutOf(mutation.args) };
  if (await transaction.isSettled(identity)) return;
  const decided = await outcomeOf(transaction, batch, mutation);
  const outcome = await unlessDeleted(transaction, { ...mutation, actor }, decided);
  transaction.settle(identity, await withEffects(transaction, batch, mutation, outcome));
}

/** What a customer did in the portal, on the same way as a push: a form sent twice counts once. [P1] */
export async function applyCustomerMutation(
  storage: MutationStore,
  did: {
    readonly workspaceId: WorkspaceId;
    readonly customerId: CustomerId;
    readonly mutation: ArrivedMutation;
    readonly arrivedAt: string;
  },
): Promise<PushOutcome> {
  const { answers } = await applyMutations(storage, {
    workspaceId: did.workspaceId,
    actor: { kind: 'customer', customerId: did.customerId },
    arrivedAt: did.arrivedAt,
    mutations: [did.mutation],
  });
  const answer = answers.get(did.mutation.id);
  if (answer === undefined) throw new Error('A mutation was left without an answer.');
  return answer;
}

async function outcomeOf(
  transaction: StorageTransaction,
  { actor, arrivedAt }: Omit<Batch, 'mutations'>,
  mutation: ArrivedMutation,
): Promise<Outcome> {
  const checked = await withKnownBlobs(transaction, mutation);
  if ('kind' in checked) return checked;
  const running = startMutation(checked, {
    mutationId: mutation.id,
    actor,
    writtenAt: mutation.writtenAt,
    arrivedAt,
    nextReference: mutation.name === 'create_job' ? await transaction.nextReference() : null,
  });
  return runAsync(running, (ask) => answerAsk(transaction, ask));
}

/** What the server does of its own accord where a mutation has an effect, in the same commit. */
function withEffects(
  transaction: StorageTransaction,
  { actor, workspaceId, arrivedAt }: Omit<Batch, 'mutations'>,
  { id, name, args }: ArrivedMutation,
  outcome: Outcome,
): Promise<Outcome> {
  // Of what customers do themselves nobody has to tell them.
  if (actor.kind !== 'member') return holdingScheduled(transaction, arrivedAt, outcome);
  const act = { workspaceId, arrivedAt, mutationId: id };
  if (name === 'mail_portal_link' && outcome.kind === 'applied') {
    const wish = mutationArgs.mail_portal_link.parse(args);
    transaction.changeMail({ kind: 'queue', mail: signInMailOf(act, wish, actor.memberId) });
  }
  return withMailIntent(transaction, act, outcome);
}

/**
 * Bytes before records: a customer must never be offered a file the server does not have. What the mutation says of size
 * and media type is replaced by what the server found in the bytes. [B2, P5]
 */
async function withKnownBlobs(
  transaction: StorageTransaction,
  mutation: ArrivedMutation,
): Promise<Outcome | Pick<ArrivedMutation, 'name' | 'args'>> {
  const { name } = mutation;
  if (name === 'attach_renditions') return withKnownRenditions(transaction, mutation);
  if (name === 'update_workspace') return withKnownLogo(transaction, mutation);
  if (name === 'create_canned_reply' || name === 'update_canned_reply')
    return withKnownCannedFiles(transaction, { name, args: mutation.args });
  if (name !== 'post_entry' && name !== 'schedule_reply' && name !== 'customer_upload')
    return mutation;
  if (!hasAttachments(mutation.args)) return mutation;
  const parsed = mutationArgs[name].safeParse(mutation.args);
  // Arguments that are not understood are refused where all others are, by startMutation.
  if (!parsed.success) return mutation;
  const findBlob = (blobId: BlobId) => transaction.blob(blobId);
  const attachments = [];
  for (const attachment of parsed.data.attachments) {
    const blob = await transaction.blob(attachment.blobId);
    if (blob === undefined) {
      // Its files do not matter any more, and the mutator has the better sentence.
      const job = await transaction.find({ kind: 'job', id: parsed.data.jobId });
      if (job === undefined) return mutation;
      return refused(
        'blob-missing',
        `The file “${attachment.name}” has not reached the server, so nothing was posted. Add the file again.`,
      );
    }
    const { mediaType, sizeBytes } = blob;
    const { renditions: said, ...file } = attachment;
    const known = said && (await knownRenditions(findBlob, blob, said));
    const renditions = known && fillRenditions(undefined, known);
    attachments.push({ ...file, mediaType, sizeBytes, ...(renditions && { renditions }) });
  }
  return { name, args: { ...parsed.data, attachments } };
}

/** Most entries have none, and what is in their arguments is parsed where they are applied. */
function hasAttachments(args: unknown): boolean {
  const { attachments } = (args ?? {}) as { readonly attachments?: unknown };
  return !Array.isArray(attachments) || attachments.length > 0;
}

/** Whatever the portal shows as the office's own is a picture a browser can show. [B2, P5] */
async function withKnownLogo(
  transaction: StorageTransaction,
  mutation: ArrivedMutation,
): Promise<Outcome | ArrivedMutation> {
  const parsed = mutationArgs.update_workspace.safeParse(mutation.args);
  const changes = parsed.success ? parsed.data.changes : [];
  for (const change of changes) {
    if (change.field !== 'logoBlobId' || change.to === null) continue;
    const blob = await transaction.blob(change.to);
    if (blob === undefined)
      return refused('blob-missing', 'The logo has not reached the server. Choose it again.');
    if (!BROWSER_IMAGE_TYPES.has(blob.mediaType) || blob.sizeBytes > MAX_LOGO_BYTES)
      return refused('value-not-valid', 'This file cannot be a logo. Choose a small picture.');
  }
  return mutation;
}

async function withKnownRenditions(
  transaction: StorageTransaction,
  mutation: ArrivedMutation,
): Promise<Pick<ArrivedMutation, 'name' | 'args'>> {
  const parsed = mutationArgs.attach_renditions.safeParse(mutation.args);
  if (!parsed.success) return mutation;
  const blob = await transaction.blob(parsed.data.blobId);
  const mediaType = blob?.mediaType ?? '';
  const renditions = await knownRenditions(
    (blobId) => transaction.blob(blobId),
    { mediaType },
    parsed.data.renditions,
  );
  return { name: mutation.name, args: { ...parsed.data, renditions } };
}
