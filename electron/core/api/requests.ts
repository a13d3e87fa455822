// What a person does, one function each: parsed arguments in, an answer out. An answer means: it is on this disk. [F3]

import { basisOf } from '../../../sync-server/protocol/edits.ts';
import type { EntryId, JobId, MutationId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { Conflict } from '../../../sync-server/protocol/outcome.ts';
import { scheduledReplyId } from '../../../sync-server/protocol/scheduled-replies.ts';
import { AppError } from '../errors.ts';
import { isCalledAnew, ringingJobIds } from '../mirror/bell.ts';
import { findLeaks } from '../mirror/leaks.ts';
import { unreadRefusals } from '../mirror/mails.ts';
import { newestConfirmed, unreadJobIds } from '../mirror/reading.ts';
import { findRecord } from '../mirror/records.ts';
import { keepFromWiping } from '../mirror/redactions.ts';
import { syncLogText } from '../mirror/sync-log.ts';
import { blobsNamedBy } from '../outbox/accept.ts';
import { endLook } from '../outbox/look.ts';
import { writeUndoSeconds } from '../outbox/undo-time.ts';
import {
  deleteMutation,
  isEntryInLine,
  makePost,
  type OutboxMutation,
  reviveMutation,
} from '../outbox/outbox.ts';
import { startOver } from '../attachments/transfers.ts';
import {
  changeableMutation,
  changeablePost,
  changeOutbox,
  parkedMutation,
  withFollowers,
} from './change-outbox.ts';
import { cannedRequests } from './canned-requests.ts';
import type { RequestName, Requests } from './contract.ts';
import { desktopRequests } from './desktop.ts';
import { editRequests } from './edit-requests.ts';
import { exportRequests } from './export-requests.ts';
import { fileRequests, offerZip } from './file-requests.ts';
import { inboxRequests } from './inbox.ts';
import { jobOf, jobRequests } from './job-requests.ts';
import { keepingRequests } from './keeping.ts';
import { memberRequests } from './member-requests.ts';
import { attachmentsFor } from './new-post.ts';
import { noticeRequests, replyFromNotice } from './notice-requests.ts';
import type { Office } from './office.ts';
import { planOutboxCopy } from './outbox-copy.ts';
import { officeCareRequests } from './office-care.ts';
import { refuseMentions } from './refuse-mentions.ts';
import { forgetRescue } from './rescue-office.ts';
import { scheduledRequests } from './scheduled-requests.ts';
import { transferRequests } from './transfer-requests.ts';

/** The requests that need an open office; signing in and out are core.ts's. */
type OfficeRequestName = Exclude<
  RequestName,
  'session.sign-in' | 'session.sign-out' | 'session.open'
>;

type OfficeRequests = {
  readonly [N in OfficeRequestName]: (
    office: Office,
    args: Requests[N]['args'],
  ) => Requests[N]['answer'] | Promise<Requests[N]['answer']>;
};

export const officeRequests: OfficeRequests = {
  ...inboxRequests,
  ...editRequests,

  ...jobRequests,

  'jobs.mark-read': (office, { jobId }) => {
    const { mirror } = office;
    const reader = office.reader();
    const isUnread = unreadJobIds(mirror, reader).includes(jobId);
    const isRefused = unreadRefusals(mirror, reader, { jobId, limit: 1 }).length > 0;
    const isCalled = isCalledAnew(mirror, reader, jobId);
    if (isUnread || isRefused || isCalled) markRead(office, [jobId]);
    return {};
  },

  'bell.mark-all-read': (office) => {
    const { mirror } = office;
    const reader = office.reader();
    const refusals = unreadRefusals(mirror, reader, { limit: 10_000 });
    const jobIds = [...ringingJobIds(mirror, reader), ...refusals.map(({ jobId }) => jobId)];
    markRead(office, [...new Set(jobIds)]);
    return {};
  },

  'entries.post': (office, args) => {
    const { entryId } = args;
    refuseScheduled(office, entryId);
    if (isPosted(office, entryId)) return { entryId };
    if (args.audience === 'visible') refuseMentions(office, args.text);
    const attachments = attachmentsFor(office, args.files);
    const { jobId, audience, text, seenVersion } = args;
    const { customerId: writtenFor } = jobOf(office, jobId);
    const words = { entryId, audience, text, attachments };
    office.act('post_entry', { jobId, ...words, seenVersion, writtenFor });
    return { entryId };
  },

  'entries.find-leaks': ({ mirror }, reply) => findLeaks(mirror, reply),

  ...fileRequests,
  ...exportRequests,
  ...transferRequests,
  ...keepingRequests,

  ...officeCareRequests,
  ...cannedRequests,

  ...memberRequests,

  ...noticeRequests,
  'notices.reply': (office, args) => replyFromNotice(office, args, officeRequests['entries.post']),

  ...desktopRequests,
  ...scheduledRequests,

  'outbox.retry': (office, { mutationId }) => {
    const parked = parkedMutation(office, mutationId);
    const revived = { id: office.newId() as MutationId, args: argsForWhatStands(office, parked) };
    changeOutbox(office, (mirror) => {
      startOver(mirror, parked.blobIds);
      // Who wants it sent after all has looked at it.
      endLook(mirror, [mutationId]);
      reviveMutation(mirror, mutationId, revived);
    });
    return {};
  },

  'outbox.make-internal': (office, { mutationId }) => {
    const { args, mutation } = changeablePost(office, mutationId);
    const own = withFollowers(office.mirror, mutation);
    const attachments = args.attachments.map((file) => ({
      ...file,
      audience: 'internal' as const,
    }));
    const id = office.newId() as MutationId;
    const note = { ...args, audience: 'internal' as const, attachments };
    changeOutbox(office, (mirror) => {
      for (const other of own) if (other !== mutationId) deleteMutation(mirror, other);
      makePost(mirror, mutationId);
      reviveMutation(mirror, mutationId, { id, args: note });
    });
    return {};
  },

  'outbox.take-back': (office, { mutationId }) => {
    const { args, mutation } = changeablePost(office, mutationId);
    const own = withFollowers(office.mirror, mutation);
    changeOutbox(office, (mirror) => {
      for (const id of own) deleteMutation(mirror, id);
      // They are a draft's again.
      startOver(mirror, blobsNamedBy(args));
      keepFromWiping(mirror, blobsNamedBy(args));
    });
    const files = args.attachments.map(
      ({ attachmentId: _made, renditions: _pictures, ...file }) => file,
    );
    return { jobId: args.jobId, audience: args.audience, text: args.text, files };
  },

  'outbox.save-copy': async (office, { mutationIds }) =>
    offerZip(office, await planOutboxCopy(office, mutationIds)),

  'outbox.discard': (office, { mutationId }) => {
    const own = withFollowers(office.mirror, changeableMutation(office, mutationId));
    changeOutbox(office, (mirror) => {
      for (const id of own) deleteMutation(mirror, id);
    });
    return {};
  },

  'outbox.send-to-customers': (office, { mutationIds }) => {
    office.mirror.transact((mirror) => endLook(mirror, mutationIds));
    office.outboxChanged();
    return {};
  },

  'outbox.send-now': ({ countdowns }, { mutationIds }) => {
    countdowns.sendNow(mutationIds);
    return {};
  },

  'outbox.set-undo-time': (office, { seconds }) => {
    office.mirror.transact((mirror) => writeUndoSeconds(mirror, seconds));
    // With none, what counts down leaves.
    office.outboxChanged();
    return {};
  },

  'presence.here': (office, { windowId, place }) => {
    office.presence.windowIs(windowId, place);
    return {};
  },

  'sync.rescue-seen': (office) => {
    forgetRescue(office);
    return {};
  },

  'sync.log-text': (office) => ({ text: syncLogText(office.mirror) }),

  'sync.heal-again': (office) => {
    office.sync.healAgain();
    return {};
  },

  'sync.now': (office) => {
    office.sync.tell({ kind: 'asked' });
    return {};
  },
};

function markRead(office: Office, jobIds: readonly JobId[]): void {
  const acts = jobIds.map((jobId) => {
    const throughVersion = newestConfirmed(office.mirror, jobId);
    return { name: 'mark_read', args: { jobId, throughVersion } } as const;
  });
  office.actTogether(acts);
}

/** Another window may still show the draft of a reply that was scheduled here. [P1] (C8) */
function refuseScheduled({ mirror }: Office, entryId: EntryId): void {
  const reply = findRecord(mirror, 'scheduled_reply', scheduledReplyId(entryId));
  if (reply !== undefined && reply.ended === undefined)
    throw new AppError('not-understood', {
      sentence: 'This is scheduled already, and stands below the activity. Send it now from there.',
    });
}

/** In the feed already, or among what was parked. */
function isPosted({ mirror }: Office, entryId: EntryId): boolean {
  return findRecord(mirror, 'entry', entryId) !== undefined || isEntryInLine(mirror, entryId);
}

/** A person has seen what stands and still wants theirs: the wish is based on that now. (C5, H5) */
function argsForWhatStands(
  office: Office,
  { name, args, jobId, outcome }: OutboxMutation,
): unknown {
  if (outcome?.kind === 'held' && jobId !== null)
    return {
      ...(args as object),
      seenVersion: newestConfirmed(office.mirror, jobId),
      writtenFor: jobOf(office, jobId).customerId,
    };
  if (outcome?.kind !== 'conflicted') return args;
  const { conflict } = outcome;
  if (name === 'change_stage' && conflict.kind === 'stage')
    return { ...(args as object), fromStageId: conflict.standsStageId };
  if (name === 'assign_job' && conflict.kind === 'assignee')
    return { ...(args as object), fromMemberId: conflict.standsMemberId };
  const { kind } = conflict;
  if (kind === 'title') return { ...(args as object), fromTitle: conflict.standsTitle };
  if (kind === 'customer')
    return { ...(args as object), fromCustomerId: conflict.standsCustomerId };
  if (kind === 'place') {
    const { standsPipelineId: fromPipelineId, standsStageId: fromStageId } = conflict;
    return { ...(args as object), fromPipelineId, fromStageId };
  }
  if (conflict.kind === 'scheduled') return { ...(args as object), ...asItStands(office, args) };
  if (conflict.kind === 'fields') return { ...(args as object), changes: basedOn(conflict, args) };
  if (conflict.kind === 'file') return { ...(args as object), fromName: conflict.standsName };
  if (conflict.kind === 'text') return onStandingText(office, args as MutationArgs<'edit_entry'>);
  if (name === 'save_form' && conflict.kind === 'form') {
    const form = args as MutationArgs<'save_form'>;
    const stands = new Map(conflict.fields.map((field) => [field.fieldId, field.stands]));
    // All other fields are saved, under the entry of the first try.
    const clashing = form.changes.filter(({ fieldId }) => stands.has(fieldId));
    const changes = clashing.map((change) => ({ ...change, from: stands.get(change.fieldId) }));
    return { ...form, entryId: office.newId(), changes };
  }
  return args;
}

function onStandingText({ mirror }: Office, args: MutationArgs<'edit_entry'>) {
  const entry = findRecord(mirror, 'entry', args.entryId);
  return entry?.kind === 'reply' ? { ...args, basedOn: basisOf(entry.text) } : args;
}

/** Who wants theirs after all has looked at what a colleague made of it. Words are their author's to change. (C8) */
function asItStands({ mirror, account }: Office, args: unknown) {
  const { entryId, jobId } = args as MutationArgs<'end_scheduled_reply'>;
  const reply = findRecord(mirror, 'scheduled_reply', scheduledReplyId(entryId));
  const isOthers = reply !== undefined && reply.authorId !== account.memberId;
  return {
    ...(reply !== undefined && { revision: reply.revision }),
    ...(isOthers && 'text' in (args as object) && { text: reply.text }),
    seenVersion: newestConfirmed(mirror, jobId),
  };
}

/** Each change of a field, from what stands there now. */
function basedOn({ fields }: Extract<Conflict, { kind: 'fields' }>, args: unknown) {
  const { changes } = args as { changes: readonly { readonly field: string }[] };
  const stands = new Map(fields.map((clash) => [clash.field, clash.stands]));
  return changes.map((change) =>
    stands.has(change.field) ? { ...change, from: stands.get(change.field) } : change,
  );
}
