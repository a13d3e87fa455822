// What a person does, one function each: parsed arguments in, an answer out. An answer means: it is on this disk. [F3]

import type { EntryId, JobId, MutationId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import { findBlob } from '../attachments/blobs.ts';
import { AppError } from '../errors.ts';
import { newestConfirmed, unreadJobIds } from '../mirror/reading.ts';
import { findRecord } from '../mirror/records.ts';
import {
  deleteMutation,
  findMutation,
  type OutboxMutation,
  reviveMutation,
} from '../outbox/outbox.ts';
import { rebase } from '../outbox/rebase.ts';
import type { RequestName, Requests } from './contract.ts';
import type { Office } from './office.ts';

/** The requests that need an open office; signing in and out are core.ts's. */
type OfficeRequestName = Exclude<RequestName, 'session.sign-in' | 'session.sign-out'>;

type OfficeRequests = {
  readonly [N in OfficeRequestName]: (
    office: Office,
    args: Requests[N]['args'],
  ) => Requests[N]['answer'] | Promise<Requests[N]['answer']>;
};

export const officeRequests: OfficeRequests = {
  'jobs.create': (office, args) => {
    const jobId = office.newId() as JobId;
    office.act('create_job', { ...args, jobId, entryId: office.newId() as EntryId });
    return { jobId };
  },

  'jobs.change-stage': (office, { jobId, toStageId }) => {
    const { stageId } = jobOf(office, jobId);
    if (stageId !== toStageId)
      office.act('change_stage', {
        jobId,
        entryId: office.newId() as EntryId,
        fromStageId: stageId,
        toStageId,
      });
    return {};
  },

  'jobs.assign': (office, { jobId, toMemberId }) => {
    const { assigneeId } = jobOf(office, jobId);
    if (assigneeId !== toMemberId)
      office.act('assign_job', {
        jobId,
        entryId: office.newId() as EntryId,
        fromMemberId: assigneeId,
        toMemberId,
      });
    return {};
  },

  'jobs.save-form': (office, { jobId, changes }) => {
    const args = { jobId, entryId: office.newId() as EntryId, changes: [...changes] };
    office.act('save_form', args as MutationArgs<'save_form'>);
    return {};
  },

  'jobs.mark-read': (office, { jobId }) => {
    if (unreadJobIds(office.mirror, office.reader()).includes(jobId)) markRead(office, jobId);
    return {};
  },

  'bell.mark-all-read': (office) => {
    for (const jobId of unreadJobIds(office.mirror, office.reader()))
      markRead(office, jobId as JobId);
    return {};
  },

  'entries.post': (office, args) => {
    const entryId = office.newId() as EntryId;
    const attachments = args.files.map(({ blobId, name, audience }) => {
      const blob = findBlob(office.mirror, blobId);
      if (blob === undefined)
        throw new AppError('blob-missing', {
          sentence: `“${name}” is not on this device any more, so nothing was posted. Add the file again.`,
        });
      const { mediaType, sizeBytes } = blob;
      return {
        attachmentId: office.newId() as never,
        blobId,
        name,
        mediaType,
        sizeBytes,
        audience,
      };
    });
    const { jobId, audience, text, seenVersion } = args;
    office.act('post_entry', { jobId, entryId, audience, text, attachments, seenVersion });
    return { entryId };
  },

  'customers.create': (office, { name, email, phone }) => {
    const customerId = office.newId() as never;
    office.act('create_customer', { customerId, name, emails: email === '' ? [] : [email], phone });
    return { customerId };
  },

  'customers.portal-link': async (office, { customerId }) => {
    try {
      return await office.server.portalLink(customerId);
    } catch (cause) {
      if (cause instanceof AppError && cause.kind === 'server-unreachable')
        throw new AppError('not-online', { cause });
      throw cause;
    }
  },

  'outbox.retry': (office, { mutationId }) => {
    const parked = parkedMutation(office, mutationId);
    office.mirror.transact((mirror) =>
      rebase(mirror, office.actor(), () =>
        reviveMutation(mirror, mutationId, {
          id: office.newId() as MutationId,
          args: argsForWhatStands(parked),
        }),
      ),
    );
    office.outboxChanged();
    return {};
  },

  'outbox.discard': (office, { mutationId }) => {
    const mutation = findMutation(office.mirror, mutationId);
    if (
      mutation === undefined ||
      mutation.state === 'accepted' ||
      office.sync.inFlight.has(mutationId)
    )
      throw new AppError('not-there', {
        sentence: 'This is with the server already, so it cannot be discarded here.',
      });
    office.mirror.transact((mirror) =>
      rebase(mirror, office.actor(), () => deleteMutation(mirror, mutationId)),
    );
    office.outboxChanged();
    return {};
  },

  'sync.now': (office) => {
    office.sync.tell({ kind: 'asked' });
    return {};
  },
};

function markRead(office: Office, jobId: JobId): void {
  office.act('mark_read', { jobId, throughVersion: newestConfirmed(office.mirror, jobId) });
}

function jobOf(office: Office, jobId: JobId) {
  const job = findRecord(office.mirror, 'job', jobId);
  if (job === undefined)
    throw new AppError('not-there', {
      sentence: 'This job is no longer there. Go back to the list.',
    });
  return job;
}

function parkedMutation(office: Office, mutationId: MutationId): OutboxMutation {
  const mutation = findMutation(office.mirror, mutationId);
  if (mutation?.state !== 'parked')
    throw new AppError('not-there', { sentence: 'This is no longer waiting for you.' });
  return mutation;
}

/** After a conflict a person has seen what stands and still wants theirs: the wish is based on that now. (H5) */
function argsForWhatStands({ name, args, outcome }: OutboxMutation): unknown {
  if (outcome?.kind !== 'conflicted') return args;
  const { conflict } = outcome;
  if (name === 'change_stage' && conflict.kind === 'stage')
    return { ...(args as object), fromStageId: conflict.standsStageId };
  if (name === 'assign_job' && conflict.kind === 'assignee')
    return { ...(args as object), fromMemberId: conflict.standsMemberId };
  if (name === 'save_form' && conflict.kind === 'form') {
    const form = args as MutationArgs<'save_form'>;
    const stands = new Map(conflict.fields.map((field) => [field.fieldId, field.stands]));
    const changes = form.changes.map((change) =>
      stands.has(change.fieldId) ? { ...change, from: stands.get(change.fieldId) } : change,
    );
    return { ...form, changes };
  }
  return args;
}
