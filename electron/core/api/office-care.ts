// What a person does to customers, pipelines, the office and their own bell. (A5, A6, F3)

import type { CustomerId, EntryId, PipelineId } from '../../../sync-server/protocol/ids.ts';
import { MAX_MOVED_JOBS, type MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import { BROWSER_IMAGE_TYPES, MAX_LOGO_BYTES } from '../../../sync-server/protocol/blobs.ts';
import { findBlob } from '../attachments/blobs.ts';
import { AppError } from '../errors.ts';
import { jobsInStages } from '../mirror/jobs.ts';
import type { Requests } from './contract.ts';
import { makeLink } from './make-link.ts';
import type { Office } from './office.ts';

type CareName = Extract<
  keyof Requests,
  | `customers.${string}`
  | `pipelines.${string}`
  | `workspace.${string}`
  | 'jobs.follow'
  | 'bell.set-scope'
>;

type CareRequests = {
  readonly [N in CareName]: (office: Office, args: Requests[N]['args']) => Requests[N]['answer'];
};

export const officeCareRequests: CareRequests = {
  'customers.create': (office, { name, email, phone }) => {
    const customerId = office.newId() as CustomerId;
    office.act('create_customer', { customerId, name, emails: email === '' ? [] : [email], phone });
    return { customerId };
  },

  'customers.update': (office, { customerId, changes }) => {
    const args = { customerId, changes: [...changes] };
    office.act('update_customer', args);
    return {};
  },

  'customers.make-link': makeLink,

  'customers.mail-link': (office, { customerId, to }) => {
    office.act('mail_portal_link', { customerId, to });
    return {};
  },

  'customers.revoke-links': (office, { customerId, of, endSessions }) => {
    office.act('revoke_portal_links', { customerId, of: of === 'all' ? of : [...of], endSessions });
    return {};
  },

  'customers.delete': (office, args) => {
    office.act('delete_customer', args);
    return {};
  },

  'pipelines.create': (office, draft) => {
    const pipelineId = office.newId() as PipelineId;
    const args = { ...draft, pipelineId };
    office.act('create_pipeline', args);
    return { pipelineId };
  },

  'pipelines.update': (office, { pipelineId, changes, moves }) => {
    const args = { pipelineId, changes: [...changes], moves: movedJobs(office, pipelineId, moves) };
    office.act('update_pipeline', args);
    return {};
  },

  'pipelines.order': (office, { pipelineIds }) => {
    office.act('order_pipelines', { pipelineIds: [...pipelineIds] });
    return {};
  },

  'pipelines.remove': (office, { pipelineId }) => {
    office.act('remove_pipeline', { pipelineId });
    return {};
  },

  'workspace.update': (office, { changes }) => {
    for (const change of changes)
      if (change.field === 'logoBlobId' && change.to !== null) checkLogo(office, change.to);
    const { workspaceId } = office.account;
    const args = { workspaceId, changes: [...changes] };
    office.act('update_workspace', args);
    return {};
  },

  'jobs.follow': (office, { jobId, state }) => {
    office.act('set_follow', { jobId, state });
    return {};
  },

  'bell.set-scope': (office, { bellScope }) => {
    office.act('set_bell_scope', { bellScope });
    return {};
  },
};

/** Every job of a stage that goes is named, so that one which comes in meanwhile is moved by nobody's guess. (A5) */
function movedJobs(
  office: Office,
  pipelineId: PipelineId,
  moves: Requests['pipelines.update']['args']['moves'],
): MutationArgs<'update_pipeline'>['moves'] {
  const moved = moves.flatMap(({ fromStageId, toStageId }) =>
    jobsInStages(office.mirror, pipelineId, [fromStageId]).map(({ id }) => ({
      jobId: id,
      entryId: office.newId() as EntryId,
      toStageId,
    })),
  );
  if (moved.length > MAX_MOVED_JOBS)
    throw new AppError('not-understood', {
      sentence: `${moved.length} jobs stand in stages you remove, and at most ${MAX_MOVED_JOBS} can be moved at once. Move some of them in the job list first.`,
    });
  return moved;
}

/** @throws AppError where it is no picture that every page of the portal can show */
export function checkLogo(office: Office, blobId: string): void {
  const blob = findBlob(office.mirror, blobId);
  if (blob === undefined)
    throw new AppError('blob-missing', {
      sentence: 'The picture is not on this device any more. Choose it again.',
    });
  if (!BROWSER_IMAGE_TYPES.has(blob.mediaType) || blob.sizeBytes > MAX_LOGO_BYTES)
    throw new AppError('not-understood', {
      sentence: 'A logo is a PNG, JPEG, WebP or GIF picture of at most 512 kB. Choose another one.',
    });
}
