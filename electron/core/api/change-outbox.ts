// Changes to what waits, and who may be changed. [P1, R1]

import type { MutationId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import { AppError } from '../errors.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';
import { findMutation, mutationsOfJob, type OutboxMutation } from '../outbox/outbox.ts';
import { rebase } from '../outbox/rebase.ts';
import type { Office } from './office.ts';
import { postArgs } from './post-args.ts';

export function parkedMutation(office: Office, mutationId: MutationId): OutboxMutation {
  const mutation = findMutation(office.mirror, mutationId);
  if (mutation?.state !== 'parked')
    throw new AppError('not-there', { sentence: 'This is no longer waiting for you.' });
  return mutation;
}

/**
 * A mutation that surely is on this device alone. One whose answer is still out may be with the server, and with the
 * customer: nobody may believe it discarded then. [P1]
 */
export function changeableMutation(office: Office, mutationId: MutationId): OutboxMutation {
  const mutation = findMutation(office.mirror, mutationId);
  if (mutation === undefined || mutation.state === 'accepted')
    throw new AppError('not-there', {
      sentence: 'This is with the server already, so it cannot be changed here.',
    });
  if (mutation.state === 'pending' && mutation.mayHaveArrived)
    throw new AppError('not-there', {
      sentence:
        'This may be with the server already. Docket finds out as soon as the server answers; try again then.',
    });
  return mutation;
}

/** With the words that a reply to be sent later was given since, here in line behind it. (C8) */
export function changeablePost(office: Office, mutationId: MutationId) {
  const mutation = changeableMutation(office, mutationId);
  const args = postArgs(mutation);
  const rewritten = followersOf(office.mirror, mutation).findLast(
    ({ name }) => name === 'change_scheduled_reply',
  );
  const text =
    (rewritten?.args as MutationArgs<'change_scheduled_reply'> | undefined)?.text ?? args.text;
  return { args: { ...args, text }, mutation };
}

/** Itself, and all that was decided here about a reply it schedules: without it the rest would have nothing to be about. (C8) */
export function withFollowers(
  mirror: ReadableMirror,
  mutation: OutboxMutation,
): readonly OutboxMutation['id'][] {
  return [mutation.id, ...followersOf(mirror, mutation).map(({ id }) => id)];
}

function followersOf(
  mirror: ReadableMirror,
  { id, name, jobId, args }: OutboxMutation,
): readonly OutboxMutation[] {
  if (name !== 'schedule_reply' || jobId === null) return [];
  const entryId = entryIdIn(args);
  return mutationsOfJob(mirror, jobId).filter(
    (mutation) => mutation.id !== id && entryIdIn(mutation.args) === entryId,
  );
}

const entryIdIn = (args: unknown) => (args as { readonly entryId?: string }).entryId;

/** Changes the line of what waits, on server truth, and shows the rest on top of it again. [R1] */
export function changeOutbox(office: Office, change: (mirror: WritableMirror) => void): void {
  office.mirror.transact((mirror) => rebase(mirror, office.actor(), () => change(mirror)));
  office.outboxChanged();
}
