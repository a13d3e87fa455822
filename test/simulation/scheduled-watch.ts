// The oracle's eye on replies that are sent later: each commit that touches one is worked out a second time. (C8)

import type { MutationArgs } from '../../sync-server/protocol/mutations.ts';
import type { Entry } from '../../sync-server/protocol/entries.ts';
import type { KindedRecord } from '../../sync-server/protocol/records.ts';
import {
  type ScheduledReply,
  scheduledReplyId,
} from '../../sync-server/protocol/scheduled-replies.ts';
import type { AppliedMutation, Model } from './model.ts';
import { hasNewsFor } from './model-objections.ts';
import type { ModelReply } from './model-scheduled.ts';
import { isOver } from './scheduled-objection.ts';
import { short } from './run.ts';
import type { World } from './world.ts';

const HALF_A_DAY_MS = 12 * 3_600_000;

/** What the tests of these stories count; not of every story. */
export type ScheduledTally = Record<
  | 'scheduled'
  | 'sent by the server'
  | 'sent by a person'
  | 'held'
  | 'held by a customer’s word'
  | 'cancelled'
  | 'made a note'
  | 'changed'
  | 'held after a restore'
  | 'found quicker',
  number
>;

export const emptyScheduledTally = (): ScheduledTally => ({
  scheduled: 0,
  'sent by the server': 0,
  'sent by a person': 0,
  held: 0,
  'held by a customer’s word': 0,
  cancelled: 0,
  'made a note': 0,
  changed: 0,
  'held after a restore': 0,
  'found quicker': 0,
});

/** A mutation of a person's that the server applied. Answers the entry it made, which the model then knows. */
export function applyScheduling(
  { run, model, scheduledTally: tally }: World,
  { name, args, authorId, version }: AppliedMutation,
  puts: readonly KindedRecord[],
): void {
  if (name !== 'schedule_reply' && !name.endsWith('_scheduled_reply')) return;
  const record = scheduledIn(puts);
  if (name === 'schedule_reply') {
    const { entryId, attachments, ...rest } = args as MutationArgs<'schedule_reply'>;
    if (record === undefined) return run.violate('a reply is scheduled', short(entryId));
    tally.scheduled += 1;
    const reply = { ...rest, id: entryId, attachments, authorId, revision: 1, isFromBefore: false };
    model.scheduled.put({ ...reply, state: stateAfter(run, model, { args, authorId, record }) });
    if (record.held !== undefined) tally.held += 1;
    return;
  }
  const { entryId, revision } = args as MutationArgs<'end_scheduled_reply'>;
  const before = model.scheduled.find(entryId);
  if (before === undefined) return run.violate('what is decided about is there', short(entryId));
  // What was wanted had been done already.
  if (record === undefined) return;
  if (before.revision !== revision || isOver(before))
    run.violate('nobody decides past what they have not seen', short(entryId));
  if (name === 'change_scheduled_reply') {
    tally.changed += 1;
    const { text, sendAt, unlessCustomerWrites } = args as MutationArgs<'change_scheduled_reply'>;
    const change = { text, sendAt, unlessCustomerWrites, revision: revision + 1 };
    const state = stateAfter(run, model, { args, authorId, record });
    model.scheduled.change(entryId, { ...change, state, isFromBefore: false });
    return;
  }
  const { how } = args as MutationArgs<'end_scheduled_reply'>;
  if (how === 'cancel') {
    tally.cancelled += 1;
    model.scheduled.change(entryId, { state: 'cancelled' });
    return;
  }
  if (how === 'send' && isUnseen(model, args, authorId)) {
    if (record.held === undefined)
      run.violate('nobody sends past what they have not seen', short(entryId));
    model.scheduled.change(entryId, { state: 'held' });
    return;
  }
  tally[how === 'send' ? 'sent by a person' : 'made a note'] += 1;
  model.scheduled.change(entryId, { state: how === 'send' ? 'sent' : 'note' });
  model.postScheduled(before, { audience: how === 'send' ? 'visible' : 'internal', version });
}

/** What the server did by itself when a time had come. Answers the entry that stands since then, where one does. */
export function applyRelease(
  { run, model, scheduledTally: tally }: World,
  puts: readonly KindedRecord[],
  version: number,
): ModelReply | undefined {
  const record = scheduledIn(puts);
  const before = model.scheduled.find(record?.entryId ?? '');
  if (record === undefined || before === undefined) {
    run.violate('only what was scheduled is released', JSON.stringify(puts).slice(0, 200));
    return undefined;
  }
  const what = `${before.text} ${JSON.stringify(record.held ?? record.ended)}`;
  if (before.state !== 'waiting') run.violate('a scheduled reply is released once', what);
  const at = record.held?.at ?? record.ended?.at ?? '';
  const lateMs = Date.parse(at) - Date.parse(before.sendAt);
  const job = model.jobs.get(before.jobId);
  const isHidden = job === undefined || !model.isStagePublic(job.pipelineId, job.stageId);
  const whyNot = before.isFromBefore
    ? 'restored'
    : isHidden
      ? 'not-visible'
      : lateMs > HALF_A_DAY_MS
        ? 'too-late'
        : before.attachments.some(({ replacesId }) => isGone(model, replacesId))
          ? 'file-gone'
          : undefined;
  if (record.held?.why !== whyNot)
    run.violate('it is sent, or held for its reason', `${whyNot ?? 'sent'}: ${what}`);
  if (lateMs < 0 && !before.isFromBefore) run.violate('nothing is sent before its time', what);
  if (whyNot !== undefined) {
    tally[whyNot === 'restored' ? 'held after a restore' : 'held'] += 1;
    model.scheduled.change(before.id, { state: 'held' });
    return undefined;
  }
  const entry = puts.find(({ kind }) => kind === 'entry')?.record as Entry | undefined;
  if (entry?.id !== before.id) run.violate('what is sent stands as an entry', what);
  tally['sent by the server'] += 1;
  model.scheduled.change(before.id, { state: 'sent' });
  model.postScheduled(before, { audience: 'visible', version });
  return before;
}

/** A customer's word, and what its commit held. */
export function applyCustomersWord(
  { run, model, scheduledTally: tally }: World,
  jobId: string,
  puts: readonly KindedRecord[],
): void {
  const held = puts.flatMap((put) =>
    put.kind === 'scheduled_reply' && put.record.held?.why === 'customer-wrote'
      ? [put.record.entryId as string]
      : [],
  );
  const expected = model.scheduled.customerWrote(jobId);
  tally['held by a customer’s word'] += expected.length;
  if (held.toSorted().join() !== expected.toSorted().join())
    run.violate(
      'nothing is sent where the customer writes first',
      `${short(jobId)}: ${held.length} held, not ${expected.length}`,
    );
}

/** In the end each stands where it was put, and nothing waits whose time is over. */
export async function checkScheduled({ run, server, model, workspaceId }: World): Promise<void> {
  for (const reply of model.scheduled.all) {
    const stored = (
      await server.storage.recordById(workspaceId, 'scheduled_reply', scheduledReplyId(reply.id))
    )?.record;
    const state = stored?.ended?.how ?? (stored?.held === undefined ? 'waiting' : 'held');
    if (stored === undefined || state !== reply.state)
      run.violate(
        'what is scheduled stands where it was put',
        `${reply.text}: ${state}, not ${reply.state}`,
      );
    if (reply.state === 'waiting' && Date.parse(reply.sendAt) < server.nowMs)
      run.violate('nothing waits whose time is over', reply.text);
  }
}

function scheduledIn(puts: readonly KindedRecord[]): ScheduledReply | undefined {
  return puts.find((put) => put.kind === 'scheduled_reply')?.record;
}

function stateAfter(
  run: World['run'],
  model: Model,
  { args, authorId, record }: { args: unknown; authorId: string; record: ScheduledReply },
): 'waiting' | 'held' {
  const isLate = record.held?.why === 'arrived-late';
  if (isLate && record.sendAt > (record.held?.at ?? ''))
    run.violate('only what comes after its time is late', record.text);
  const mustBeHeld = isLate || isUnseen(model, args, authorId);
  if (mustBeHeld !== (record.held !== undefined))
    run.violate(
      'nobody schedules past what they have not seen',
      `${record.text} ${JSON.stringify(record.held)}`,
    );
  return mustBeHeld ? 'held' : 'waiting';
}

function isUnseen(model: Model, args: unknown, authorId: string): boolean {
  return hasNewsFor(model, args, authorId);
}

function isGone(model: Model, fileId: string | undefined): boolean {
  if (fileId === undefined) return false;
  return model.files.find(fileId)?.blobId == null;
}
