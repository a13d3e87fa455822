// What the renderer may send, as schemas: the core trusts nothing it is given.

import * as z from 'zod';
import {
  attachmentId,
  blobId,
  clientId,
  customerId,
  entryId,
  fieldId,
  jobId,
  memberId,
  mutationId,
  pipelineId,
  stageId,
} from '../../../sync-server/protocol/ids.ts';
import { entryKind } from '../../../sync-server/protocol/entries.ts';
import {
  addMemberRequest,
  changeMemberRequest,
  changePasswordRequest,
  newPasswordRequest,
  removeMemberRequest,
} from '../../../sync-server/protocol/office-members.ts';
import { pipeline } from '../../../sync-server/protocol/records.ts';
import {
  audience,
  fieldValue,
  MAX_TEXT_LENGTH,
  name,
  text,
} from '../../../sync-server/protocol/values.ts';
import { memberMutationArgs } from '../../../sync-server/protocol/mutations.ts';
import { cannedReplyQueries, cannedReplyRequests } from './canned-schemas.ts';
import { MOST_UNDO_SECONDS } from '../host.ts';
import type { QueryName, RequestName } from './contract.ts';

const none = z.strictObject({});
/** Whether it will do is said in a sentence of its own. */
const somePassword = z.string().max(1000);
const stageMoves = z.array(z.strictObject({ fromStageId: stageId, toStageId: stageId })).max(50);
const path = z.string().max(4096);
const inboxFiles = z.strictObject({ fileIds: z.array(z.string().max(60)).min(1).max(500) });
const folderAlone = z.strictObject({ folderId: z.string().max(60) });
const search = z.string().max(200);
const jobAlone = z.strictObject({ jobId });
const jobFacts = z.strictObject({ title: name, customerId, pipelineId, stageId });
const attachmentAlone = z.strictObject({ attachmentId });
const exportAlone = z.strictObject({ exportId: z.string().max(60) });
const mutationAlone = z.strictObject({ mutationId });
const postedFiles = z
  .array(
    z.strictObject({
      blobId,
      name,
      audience,
      keepsLocation: z.literal(true).exactOptional(),
      replacesId: attachmentId.exactOptional(),
    }),
  )
  .max(50);

const minuteOfDay = z
  .int()
  .min(0)
  .max(24 * 60 - 1);
const noticeChoices = z.strictObject({
  isOn: z.boolean(),
  text: z.enum(['none', 'customers', 'everything']),
  quiet: z.strictObject({
    isOn: z.boolean(),
    from: minuteOfDay,
    until: minuteOfDay,
    days: z.array(z.int().min(0).max(6)).max(7),
  }),
});

export const requestSchemas = {
  'session.sign-in': z.strictObject({
    serverUrl: z.string().max(300),
    email: z.string().max(254),
    password: z.string().max(200),
  }),
  'session.sign-out': none,
  'session.change-password': changePasswordRequest.extend({ newPassword: somePassword }),
  'members.list': none,
  'members.draft': none,
  'members.add': addMemberRequest.extend({ password: somePassword }),
  'members.change': changeMemberRequest.extend({ memberId }),
  'members.set-password': newPasswordRequest.extend({ memberId, password: somePassword }),
  'members.remove': removeMemberRequest.extend({ memberId }),
  'devices.sign-out': z.strictObject({ memberId, clientId }),
  'jobs.create': z.strictObject({
    title: name,
    customerId,
    pipelineId,
    stageId,
    assigneeId: memberId.nullable(),
  }),
  'jobs.change-stage': z.strictObject({ jobId, toStageId: stageId }),
  'jobs.correct': z.strictObject({ jobId, from: jobFacts, to: jobFacts }),
  'jobs.assign': z.strictObject({ jobId, toMemberId: memberId.nullable() }),
  'jobs.save-form': z.strictObject({
    jobId,
    changes: z
      .array(z.strictObject({ fieldId, from: fieldValue, to: fieldValue }))
      .min(1)
      .max(100),
  }),
  'jobs.mark-read': jobAlone,
  'bell.mark-all-read': none,
  'entries.find-leaks': z.strictObject({
    jobId,
    text: z.string().max(MAX_TEXT_LENGTH),
    blobIds: z.array(blobId).max(50),
  }),
  'entries.post': z.strictObject({
    jobId,
    entryId,
    audience,
    text: text(MAX_TEXT_LENGTH),
    files: postedFiles,
    seenVersion: z.int().min(0),
  }),
  'entries.edit': z.strictObject({
    entryId,
    basedOn: z.string().max(40),
    text: text(MAX_TEXT_LENGTH),
  }),
  'scheduled.add': memberMutationArgs.schedule_reply
    .omit({ attachments: true, writtenFor: true })
    .extend({ files: postedFiles }),
  'scheduled.change': memberMutationArgs.change_scheduled_reply.omit({ jobId: true }),
  'scheduled.end': memberMutationArgs.end_scheduled_reply.omit({ jobId: true }),
  'scheduled.take-back': memberMutationArgs.end_scheduled_reply.omit({ jobId: true, how: true }),
  'entries.withdraw': z.strictObject({ entryId }),
  'entries.redact': z.strictObject({ entryId, withFiles: z.boolean() }),
  'files.change-audience': z.strictObject({
    attachmentId,
    audience,
    fromName: name,
    keepsLocation: z.boolean(),
    seenVersion: z.int().min(0),
  }),
  'files.rename': z.strictObject({ attachmentId, fromName: name, toName: name }),
  'files.withdraw': attachmentAlone,
  'files.redact': attachmentAlone,
  'files.rows': z.strictObject({ jobId, attachmentIds: z.array(attachmentId).max(20_000) }),
  'files.start-drag': z.strictObject({ attachmentIds: z.array(attachmentId).min(1).max(20_000) }),
  'files.zip': z.strictObject({
    jobId,
    attachmentIds: z.array(attachmentId).max(20_000),
    copy: z.enum(['full', 'customer']),
  }),
  'exports.begin': z.strictObject({
    jobId,
    copy: z.enum(['full', 'customer']),
    format: z.enum(['pdf', 'zip']),
    timeZone: z.string().max(60),
  }),
  'exports.let-go': exportAlone,
  'customers.create': z.strictObject({
    name,
    email: z.union([z.literal(''), z.email('is not an email address').max(254)]),
    phone: text(60),
  }),
  'customers.update': memberMutationArgs.update_customer,
  'pipelines.create': memberMutationArgs.create_pipeline.omit({ pipelineId: true }),
  'pipelines.update': memberMutationArgs.update_pipeline.extend({ moves: stageMoves }),
  'pipelines.order': memberMutationArgs.order_pipelines,
  'pipelines.remove': memberMutationArgs.remove_pipeline,
  'workspace.update': memberMutationArgs.update_workspace.omit({ workspaceId: true }),
  'jobs.follow': memberMutationArgs.set_follow,
  'bell.set-scope': memberMutationArgs.set_bell_scope,
  'customers.make-link': z.strictObject({ customerId }),
  'customers.mail-link': memberMutationArgs.mail_portal_link,
  'customers.revoke-links': memberMutationArgs.revoke_portal_links,
  'customers.delete': memberMutationArgs.delete_customer,
  ...cannedReplyRequests,
  'watched-folders.add': z.strictObject({ path }),
  'watched-folders.remove': folderAlone,
  'watched-folders.suggest': z.strictObject({ path }),
  'watched-folders.show-earlier': folderAlone,
  'inbox.take': inboxFiles,
  'inbox.dismiss': inboxFiles,
  'inbox.put-back': inboxFiles,
  'attachments.open': attachmentAlone,
  'changed-files.take': z.strictObject({ attachmentId, changedBlobId: blobId }),
  'changed-files.settle': z.strictObject({ attachmentId, changedBlobId: blobId.nullable() }),
  'outbox.retry': mutationAlone,
  'outbox.make-internal': mutationAlone,
  'outbox.take-back': mutationAlone,
  'outbox.discard': mutationAlone,
  'outbox.send-to-customers': z.strictObject({ mutationIds: z.array(mutationId).max(20_000) }),
  'outbox.send-now': z.strictObject({ mutationIds: z.array(mutationId).max(20_000) }),
  'outbox.set-undo-time': z.strictObject({ seconds: z.int().min(0).max(MOST_UNDO_SECONDS) }),
  'outbox.save-copy': z.strictObject({ mutationIds: z.array(mutationId).max(1000) }),
  'presence.here': z.strictObject({
    windowId: z.string().min(1).max(60),
    place: z.strictObject({ jobId, isWriting: z.boolean() }).nullable(),
  }),
  'notices.take': none,
  'notices.set': noticeChoices,
  'notices.pause': z.strictObject({ until: z.enum(['in-an-hour', 'tomorrow']).nullable() }),
  'notices.looking': z.strictObject({
    windowId: z.string().min(1).max(60),
    jobId: jobId.nullable(),
  }),
  // One that is too long goes to the composer, which says so.
  'notices.reply': z.strictObject({
    jobId,
    entryId,
    text: z.string().max(1_000_000),
    seenVersion: z.int().min(0),
  }),
  'notices.settle-reply': jobAlone,
  'desktop.keep-running': z.strictObject({ keep: z.boolean() }),
  'desktop.look-for-update': none,
  'desktop.restart': none,
  'session.open': none,
  'sync.rescue-seen': none,
  'outbox.replace-file': z.strictObject({
    mutationId,
    blobId,
    by: z.strictObject({ blobId, name }),
  }),
  'outbox.remove-file': z.strictObject({ mutationId, blobId }),
  'files.set-speed': z.strictObject({ limitKbits: z.int().min(500).max(1_000_000).nullable() }),
  'files.set-budget': z.strictObject({ budgetBytes: z.int().min(0).max(Number.MAX_SAFE_INTEGER) }),
  'files.keep-job': z.strictObject({ jobId, keep: z.boolean() }),
  'sync.now': none,
  'sync.heal-again': none,
  'sync.log-text': none,
} as const satisfies Record<RequestName, z.ZodType>;

const feedAudience = z.enum(['internal', 'visible', 'from_customer']);
const filters = z.strictObject({
  kinds: z.array(entryKind).max(10),
  authorIds: z.array(z.string().max(60)).max(100),
  audiences: z.array(feedAudience).max(3),
  search,
});

const hitCount = z.int().min(0).max(1000);

export const querySchemas = {
  session: none,
  sync: none,
  overview: none,
  'jobs.list': z.strictObject({
    scope: z.union([
      z.strictObject({ kind: z.enum(['all', 'mine', 'unread']) }),
      z.strictObject({ kind: z.literal('pipeline'), pipelineId: z.string().max(60) }),
      z.strictObject({ kind: z.literal('customer'), customerId: z.string().max(60) }),
    ]),
    stageId: z.string().max(60).nullable(),
    assigneeId: z.string().max(60).nullable(),
    unreadOnly: z.boolean(),
    search,
    offset: z.int().min(0),
    limit: z.int().min(1).max(500),
  }),
  'jobs.one': jobAlone,
  'jobs.is-shared': jobAlone,
  'activity.feed': z.strictObject({ jobId, filters, limit: z.int().min(1).max(20_000) }),
  'files.list': z.strictObject({
    jobId,
    sieve: z.strictObject({
      sort: z.enum(['date', 'name', 'size', 'type']),
      isAscending: z.boolean(),
      types: z.array(z.enum(['picture', 'pdf', 'document', 'sheet'])).max(4),
      audiences: z.array(feedAudience).max(3),
      search,
    }),
    offset: z.int().min(0),
    limit: z.int().min(1).max(500),
  }),
  'exports.outlook': jobAlone,
  'exports.one': exportAlone,
  'files.pictures': z.strictObject({ blobIds: z.array(blobId).max(500) }),
  bell: none,
  outbox: none,
  'outbox.of-job': jobAlone,
  'outbox.counting-down': none,
  'outbox.undo-time': none,
  customers: z.strictObject({ search }),
  'customers.list': z.strictObject({
    search,
    offset: z.int().min(0),
    limit: z.int().min(1).max(500),
  }),
  'customers.one': z.strictObject({ customerId }),
  'customers.belongings': z.strictObject({ customerId }),
  ...cannedReplyQueries,
  'pipelines.effects': pipeline
    .pick({ stages: true, fields: true, customerCanReply: true, customerCanUpload: true })
    .extend({ pipelineId, moves: stageMoves }),
  'jobs.as-customer': jobAlone,
  search: z.strictObject({
    search,
    filters: z.strictObject({
      kinds: filters.shape.kinds,
      audiences: filters.shape.audiences,
      authorIds: filters.shape.authorIds,
      pipelineId: z.string().max(60).nullable(),
      since: z.iso.datetime().nullable(),
    }),
    limits: z.strictObject({
      jobs: hitCount,
      customers: hitCount,
      entries: hitCount,
      files: hitCount,
    }),
  }),
  inbox: none,
  'changed-files': jobAlone,
  presence: jobAlone,
  notices: none,
  'notices.settings': none,
  'notices.unsent-reply': jobAlone,
  desktop: none,
  'sync.log': none,
  transfers: none,
  scheduled: none,
  'scheduled.of-job': jobAlone,
  'scheduled.clock': none,
  'files.keeping': none,
  'files.job-keeping': jobAlone,
} as const satisfies Record<QueryName, z.ZodType>;
