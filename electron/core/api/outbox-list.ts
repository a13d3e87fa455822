// "Waiting to send": everything the server has not confirmed, in words. (H4)

import type { JobId, MemberId } from '../../../sync-server/protocol/ids.ts';
import type { MemberMutationName, MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { Conflict } from '../../../sync-server/protocol/outcome.ts';
import type { Job } from '../../../sync-server/protocol/records.ts';
import { stageOf } from '../../../sync-server/protocol/visibility.ts';
import { chosenFiles } from '../attachments/chosen-files.ts';
import { stuckProblemOf } from '../attachments/transfers.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { givenAway, newsOf } from '../mirror/entries.ts';
import { customerName, memberName } from '../mirror/people.ts';
import { findRecord } from '../mirror/records.ts';
import { audienceOf } from '../outbox/audience.ts';
import { waitsForLook } from '../outbox/look.ts';
import {
  allMutations,
  findMutation,
  mutationsOfJob,
  type OutboxMutation,
} from '../outbox/outbox.ts';
import type { News, OutboxItem, OutboxState, ConflictSide } from './outbox-contract.ts';
import { careWords } from './care-words.ts';
import { type Words, words } from './item-words.ts';
import { previewOf } from './entry-preview.ts';
import type { Office } from './office.ts';
import type { OutboxFile } from './transfers-contract.ts';

/** What travels in the outbox too, but is nobody's business: the member's own marks, and pictures nobody made by hand. */
const UNSEEN: ReadonlySet<MemberMutationName> = new Set([
  'mark_read',
  'set_follow',
  'set_bell_scope',
  'attach_renditions',
]);

function isShown({ name }: OutboxMutation): boolean {
  return !UNSEEN.has(name);
}

interface ShownCounts {
  readonly shown: number;
  readonly parked: number;
  /** Not accepted, the parked ones among them. */
  readonly waiting: number;
}

/** Counted where they lie: the badge is drawn again with every change, also while a thousand wait. */
export function countShown(mirror: ReadableMirror): ShownCounts {
  const counts = mirror.get<ShownCounts>(
    `SELECT count(*) AS shown, count(*) FILTER (WHERE state = 'parked') AS parked,
       count(*) FILTER (WHERE state <> 'accepted') AS waiting
     FROM outbox WHERE name NOT IN (SELECT value FROM json_each(@unseen))`,
    { unseen: JSON.stringify([...UNSEEN]) },
  );
  return counts ?? { shown: 0, parked: 0, waiting: 0 };
}

export function outboxList(office: Office): OutboxItem[] {
  return itemsOf(office, allMutations(office.mirror));
}

export function outboxOfJob(office: Office, jobId: JobId): OutboxItem[] {
  return itemsOf(office, mutationsOfJob(office.mirror, jobId));
}

/** In the order they began; what has left since stands among the countdowns and counts down no more. */
export function outboxCountingDown(office: Office): OutboxItem[] {
  const { mirror, countdowns } = office;
  const mutations = countdowns.ids.flatMap((id) => findMutation(mirror, id) ?? []);
  return itemsOf(office, mutations).filter(({ state }) => state.kind === 'counting-down');
}

function itemsOf(office: Office, mutations: readonly OutboxMutation[]): OutboxItem[] {
  const { mirror } = office;
  const isForLook = waitsForLook(mirror);
  const stateNow = (mutation: OutboxMutation): OutboxState =>
    isForLook(mutation) ? { kind: 'waits-for-look' } : stateOf(office, mutation);
  return mutations.filter(isShown).map((mutation) => {
    const job = mutation.jobId === null ? undefined : findRecord(mirror, 'job', mutation.jobId);
    const { title, text } = wordsFor(mirror, mutation, job);
    return {
      mutationId: mutation.id,
      jobId: mutation.jobId,
      jobTitle: job?.title ?? (mutation.args as { title?: string }).title ?? '',
      jobReference: job?.reference ?? null,
      audience: audienceOf(mirror, mutation),
      isPost: mutation.name === 'post_entry' || mutation.name === 'schedule_reply',
      title,
      text,
      files: filesOf(mirror, mutation),
      writtenAt: mutation.writtenAt,
      isOnItsWay: mutation.state === 'pending' && mutation.mayHaveArrived,
      state: stateNow(mutation),
    };
  });
}

function stateOf(office: Office, mutation: OutboxMutation): OutboxState {
  const { mirror, account } = office;
  if (mutation.state === 'accepted') return { kind: 'accepted' };
  switch (mutation.outcome?.kind) {
    case 'refused':
      return mutation.outcome;
    case 'conflicted':
      return { ...mutation.outcome, sides: sidesOf(mirror, mutation, mutation.outcome.conflict) };
    case 'held':
      return { kind: 'held', news: newsFor(mirror, account.memberId, mutation) };
    default:
      return stateOnItsWay(office, mutation);
  }
}

function stateOnItsWay({ sync, countdowns }: Office, mutation: OutboxMutation): OutboxState {
  if (sync.inFlight.has(mutation.id)) return { kind: 'sending' };
  const leavesAtMs = mutation.mayHaveArrived ? undefined : countdowns.leavesAtMs(mutation.id);
  return leavesAtMs === undefined
    ? { kind: 'waiting' }
    : { kind: 'counting-down', leavesAt: new Date(leavesAtMs).toISOString() };
}

function filesOf(mirror: ReadableMirror, mutation: OutboxMutation): OutboxFile[] {
  return chosenFiles(mirror, mutation).map(({ blobId, name, sizeBytes }) => {
    const problem = mutation.state === 'parked' ? stuckProblemOf(mirror, blobId) : null;
    return { blobId, name, sizeBytes, problem };
  });
}

/** As the form stands now, which may be further on than when it clashed. All other fields are saved. */
function sidesOf(
  mirror: ReadableMirror,
  mutation: OutboxMutation,
  conflict: Conflict,
): ConflictSide[] {
  if (conflict.kind === 'text')
    return textSides(mirror, mutation.args as MutationArgs<'edit_entry'>);
  if (mutation.name !== 'save_form' || conflict.kind !== 'form') return [];
  const asked = new Set(conflict.fields.map(({ fieldId }) => fieldId));
  const { jobId, changes } = mutation.args as MutationArgs<'save_form'>;
  const job = findRecord(mirror, 'job', jobId);
  const fields =
    job === undefined ? [] : (findRecord(mirror, 'pipeline', job.pipelineId)?.fields ?? []);
  const clashing = changes.filter(({ fieldId }) => asked.has(fieldId));
  return clashing.flatMap(({ fieldId, to }) => {
    const field = fields.find(({ id }) => id === fieldId) ?? null;
    const stands = job?.form[fieldId] ?? null;
    if (stands === to) return [];
    return [{ label: field?.label ?? 'A removed field', yours: to, stands, field }];
  });
}

function textSides(
  mirror: ReadableMirror,
  { entryId, text }: MutationArgs<'edit_entry'>,
): ConflictSide[] {
  const entry = findRecord(mirror, 'entry', entryId);
  if (entry?.kind !== 'reply' || entry.text === text) return [];
  return [{ label: 'Text', yours: text, stands: entry.text, field: null }];
}

/** As it stands now, which may be more than when the reply was held. */
function newsFor(mirror: ReadableMirror, memberId: MemberId, { args }: OutboxMutation): News[] {
  const { jobId, seenVersion, writtenFor } = args as MutationArgs<'post_entry'>;
  const news = newsOf(mirror, {
    jobId,
    afterVersion: seenVersion,
    exceptMemberId: memberId,
  });
  // Also where the author gave the job to another customer: what they wrote before was for the first one.
  const given = writtenFor === undefined ? undefined : givenAway(mirror, jobId, writtenFor);
  const all =
    given === undefined || news.some(({ id }) => id === given.id) ? news : [...news, given];
  return all.map((entry) => ({
    entryId: entry.id,
    preview: previewOf(mirror, entry, memberId),
    text: entry.kind === 'reply' ? entry.text : '',
    at: entry.arrivedAt ?? entry.writtenAt,
  }));
}

function wordsFor(mirror: ReadableMirror, mutation: OutboxMutation, job: Job | undefined): Words {
  switch (mutation.name) {
    case 'post_entry': {
      const args = mutation.args as MutationArgs<'post_entry'>;
      const customer =
        job === undefined ? undefined : findRecord(mirror, 'customer', job.customerId);
      return words(
        args.audience === 'visible' ? `Reply to ${customer?.name ?? 'the customer'}` : 'Note',
        { text: args.text },
      );
    }
    case 'edit_entry': {
      const { text } = mutation.args as MutationArgs<'edit_entry'>;
      const isVisible = audienceOf(mirror, mutation) === 'visible';
      const name =
        job === undefined ? undefined : findRecord(mirror, 'customer', job.customerId)?.name;
      const what = isVisible ? `a reply to ${name ?? 'the customer'}` : 'a note';
      return words(`Edit of ${what}`, { text });
    }
    case 'schedule_reply': {
      const { text } = mutation.args as MutationArgs<'schedule_reply'>;
      return words(`Scheduled reply to ${customerOf(mirror, job)}`, { text });
    }
    case 'change_scheduled_reply': {
      const { text } = mutation.args as MutationArgs<'change_scheduled_reply'>;
      return words(`Change of the scheduled reply to ${customerOf(mirror, job)}`, { text });
    }
    case 'end_scheduled_reply': {
      const { how } = mutation.args as MutationArgs<'end_scheduled_reply'>;
      return words(`${END_WORDS[how]}, to ${customerOf(mirror, job)}`);
    }
    case 'change_stage': {
      const args = mutation.args as MutationArgs<'change_stage'>;
      const pipeline =
        job === undefined ? undefined : findRecord(mirror, 'pipeline', job.pipelineId);
      if (pipeline === undefined) return words('Stage');
      const [from, to] = [args.fromStageId, args.toStageId].map(
        (id) => stageOf(pipeline, id)?.name ?? 'a removed stage',
      );
      return words(`Stage: ${from} → ${to}`);
    }
    case 'save_form': {
      const args = mutation.args as MutationArgs<'save_form'>;
      const pipeline =
        job === undefined ? undefined : findRecord(mirror, 'pipeline', job.pipelineId);
      const labels = args.changes.map(
        ({ fieldId }) =>
          pipeline?.fields.find(({ id }) => id === fieldId)?.label ?? 'a removed field',
      );
      return words(`Form: ${labels.join(', ')}`);
    }
    case 'change_file_audience': {
      const { audience, fromName } = mutation.args as MutationArgs<'change_file_audience'>;
      if (audience === 'internal') return words(`Make “${fromName}” internal`);
      const customer =
        job === undefined ? undefined : findRecord(mirror, 'customer', job.customerId);
      const reader = customer?.name ?? 'the customer';
      return words(`Make “${fromName}” visible to ${reader}`);
    }
    case 'rename_file': {
      const { fromName, toName } = mutation.args as MutationArgs<'rename_file'>;
      return words(`Rename “${fromName}” to “${toName}”`);
    }
    case 'withdraw_file':
      return words(`Withdraw ${fileName(mirror, mutation)}`);
    case 'redact_file':
      return words(`Remove ${fileName(mirror, mutation)} for good`);
    case 'withdraw_entry':
      return words('Withdraw an entry');
    case 'redact_entry':
      return words('Remove a text for good');
    case 'rename_job': {
      const { fromTitle, toTitle } = mutation.args as MutationArgs<'rename_job'>;
      return words(`Title: ${fromTitle} → ${toTitle}`);
    }
    case 'move_job': {
      const { toPipelineId, toStageId } = mutation.args as MutationArgs<'move_job'>;
      const pipeline = findRecord(mirror, 'pipeline', toPipelineId);
      const stage = pipeline && stageOf(pipeline, toStageId);
      return words(
        `Move to ${pipeline?.name ?? 'a removed pipeline'}: ${stage?.name ?? 'a removed stage'}`,
      );
    }
    case 'change_job_customer': {
      const { fromCustomerId, toCustomerId } = mutation.args as MutationArgs<'change_job_customer'>;
      const [from, to] = [fromCustomerId, toCustomerId].map((id) => customerName(mirror, id));
      return words(`Customer: ${from} → ${to}`);
    }
    case 'assign_job':
      return words(
        `Assigned to ${memberName(mirror, (mutation.args as MutationArgs<'assign_job'>).toMemberId)}`,
      );
    case 'create_job':
      return words(`New job: ${(mutation.args as MutationArgs<'create_job'>).title}`);
    default:
      return careWords(mirror, mutation);
  }
}

const END_WORDS = {
  send: 'Send the scheduled reply now',
  note: 'Make the scheduled reply a note',
  cancel: 'Cancel the scheduled reply',
} as const;

function customerOf(mirror: ReadableMirror, job: Job | undefined): string {
  const customer = job && findRecord(mirror, 'customer', job.customerId);
  return customer?.name ?? 'the customer';
}

function fileName(mirror: ReadableMirror, { args }: OutboxMutation): string {
  const { attachmentId } = args as MutationArgs<'withdraw_file'>;
  const file = findRecord(mirror, 'attachment', attachmentId);
  return file === undefined ? 'a file' : `“${file.name}”`;
}
