// Records for tests: valid, deterministic, each field open to an override: `aJob({ title: "Rear bumper" })`.

import { createHash } from 'node:crypto';
import {
  attachmentId,
  blobId,
  type BlobId,
  cannedReplyId,
  clientId,
  customerId,
  entryId,
  fieldId,
  jobId,
  memberId,
  mutationId,
  pipelineId,
  portalLinkId,
  stageId,
  tokenHash,
  uuidV7,
  workspaceId,
} from '../../sync-server/protocol/ids.ts';
import type {
  MemberMutationName,
  Mutation,
  MutationArgs,
} from '../../sync-server/protocol/mutations.ts';
import type { CannedReply } from '../../sync-server/protocol/canned-replies.ts';
import type { Attachment, Entry, Renditions } from '../../sync-server/protocol/entries.ts';
import {
  type Customer,
  type FormField,
  type Job,
  type Member,
  type Pipeline,
  portalVisitId,
  type PortalVisit,
  readMarkId,
  type ReadMark,
  type Stage,
  type Workspace,
} from '../../sync-server/protocol/records.ts';
import {
  type ScheduledReply,
  scheduledReplyId,
} from '../../sync-server/protocol/scheduled-replies.ts';

/** The instant every built record is born at unless told otherwise. */
export const BUILT_AT = '2026-11-02T09:00:00.000Z';

const NO_CHANCE = new Uint8Array(10);
let idsMade = 0;

/** A fresh UUIDv7; the n-th of a test file is always the same, and later ones sort after earlier ones. */
export function nextId(): string {
  idsMade += 1;
  return uuidV7(Date.parse(BUILT_AT) + idsMade, NO_CHANCE);
}

export const aWorkspaceId = () => workspaceId.parse(nextId());
export const aMemberId = () => memberId.parse(nextId());
export const aCustomerId = () => customerId.parse(nextId());
export const aPipelineId = () => pipelineId.parse(nextId());
export const aStageId = () => stageId.parse(nextId());
export const aFieldId = () => fieldId.parse(nextId());
export const aJobId = () => jobId.parse(nextId());
export const anEntryId = () => entryId.parse(nextId());
export const aBlobId = () => blobIdOf(nextId());
export const anAttachmentId = () => attachmentId.parse(nextId());
export const aPortalLinkId = () => portalLinkId.parse(nextId());
export const aCannedReplyId = () => cannedReplyId.parse(nextId());
export const aMutationId = () => mutationId.parse(nextId());
export const aClientId = () => clientId.parse(nextId());

/** What the server keeps of a token. (E1) */
export const tokenHashOf = (token: string) =>
  tokenHash.parse(createHash('sha256').update(token).digest('hex'));

/** The name of the blob with these bytes. [B1] */
export function blobIdOf(bytes: Uint8Array | string): BlobId {
  return blobId.parse(createHash('sha256').update(bytes).digest('hex'));
}

export function aWorkspace(overrides: Partial<Workspace> = {}): Workspace {
  return { id: aWorkspaceId(), name: 'Harbour Repairs', ...overrides };
}

export function aMember(overrides: Partial<Member> = {}): Member {
  return {
    id: aMemberId(),
    name: 'Mara Kühn',
    email: 'mara@harbour.example',
    role: 'member',
    ...overrides,
  };
}

export function aCustomer(overrides: Partial<Customer> = {}): Customer {
  return {
    id: aCustomerId(),
    name: 'Anna Berg',
    emails: ['anna@berg.example'],
    phone: '+49 40 5550 0101',
    notes: '',
    notifyOnReplies: true,
    ...overrides,
  };
}

export function aStage(overrides: Partial<Stage> = {}): Stage {
  return {
    id: aStageId(),
    name: 'Booked',
    hue: 'blue',
    visibleToCustomer: true,
    ...overrides,
  };
}

export function aFormField(overrides: Partial<FormField> = {}): FormField {
  return {
    id: aFieldId(),
    label: 'Mileage',
    type: 'number',
    choices: [],
    customerCanEdit: false,
    ...overrides,
  };
}

/** Three stages (Booked, visible; Estimate, internal; Ready, visible) and one number field, unless told otherwise. */
export function aPipeline(overrides: Partial<Pipeline> = {}): Pipeline {
  return {
    id: aPipelineId(),
    name: 'Body and paint',
    hue: 'blue',
    position: 0,
    stages: [
      aStage({ name: 'Booked' }),
      aStage({ name: 'Estimate', hue: 'amber', visibleToCustomer: false }),
      aStage({ name: 'Ready', hue: 'green' }),
    ],
    fields: [aFormField()],
    customerCanReply: true,
    customerCanUpload: false,
    ...overrides,
  };
}

export function aJob(overrides: Partial<Job> = {}): Job {
  return {
    id: aJobId(),
    reference: 'J-1001',
    title: 'Front wing, dent and paint',
    customerId: aCustomerId(),
    pipelineId: aPipelineId(),
    stageId: aStageId(),
    assigneeId: null,
    form: {},
    createdAt: BUILT_AT,
    lastActivityAt: BUILT_AT,
    ...overrides,
  };
}

type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

function entryBase() {
  return {
    id: anEntryId(),
    jobId: aJobId(),
    audience: 'internal' as const,
    author: { kind: 'member' as const, memberId: aMemberId() },
    writtenAt: BUILT_AT,
    arrivedAt: BUILT_AT,
  };
}

/** An internal note unless told otherwise. */
export function anEntry(overrides: Partial<EntryOf<'reply'>> = {}): EntryOf<'reply'> {
  return {
    ...entryBase(),
    kind: 'reply',
    text: 'Rang the supplier, the wing arrives on Thursday.',
    attachmentIds: [],
    ...overrides,
  };
}

export function aFileEntry(overrides: Partial<EntryOf<'file'>> = {}): EntryOf<'file'> {
  return { ...entryBase(), kind: 'file', attachmentIds: [anAttachmentId()], ...overrides };
}

export function aStatusChange(
  overrides: Partial<EntryOf<'status_change'>> = {},
): EntryOf<'status_change'> {
  return {
    ...entryBase(),
    kind: 'status_change',
    fromStageId: aStageId(),
    fromName: 'Booked',
    toStageId: aStageId(),
    toName: 'Ready',
    ...overrides,
  };
}

export function aFormSave(overrides: Partial<EntryOf<'form_save'>> = {}): EntryOf<'form_save'> {
  return {
    ...entryBase(),
    kind: 'form_save',
    changes: [{ fieldId: aFieldId(), label: 'Mileage', from: null, to: 84_200 }],
    ...overrides,
  };
}

export function anAssignment(
  overrides: Partial<EntryOf<'assignment'>> = {},
): EntryOf<'assignment'> {
  return {
    ...entryBase(),
    kind: 'assignment',
    fromMemberId: null,
    toMemberId: aMemberId(),
    ...overrides,
  };
}

/** Internal, a JPEG, unless told otherwise; `blobId` is the hash of the id, so two attachments share no bytes. */
export const renditionsOfNothing: Renditions = {
  thumbnail: null,
  preview: null,
  jpeg: null,
  withoutLocation: null,
  problem: null,
};

export function anAttachment(overrides: Partial<Attachment> = {}): Attachment {
  const id = overrides.id ?? anAttachmentId();
  return {
    id,
    jobId: aJobId(),
    entryId: anEntryId(),
    blobId: blobIdOf(id),
    name: 'wing.jpg',
    mediaType: 'image/jpeg',
    sizeBytes: 48_213,
    audience: 'internal',
    author: { kind: 'member', memberId: aMemberId() },
    ...overrides,
  };
}

/** Waits for its time. (C8) */
export function aScheduledReply(overrides: Partial<ScheduledReply> = {}): ScheduledReply {
  const entryId = overrides.entryId ?? anEntryId();
  return {
    id: scheduledReplyId(entryId),
    entryId,
    jobId: aJobId(),
    customerId: aCustomerId(),
    authorId: aMemberId(),
    text: 'Good morning. Your car is ready.',
    files: [],
    writtenAt: BUILT_AT,
    arrivedAt: BUILT_AT,
    sendAt: '2026-11-03T08:00:00.000Z',
    unlessCustomerWrites: true,
    revision: 1,
    seenVersion: 0,
    ...overrides,
  };
}

export function aReadMark(overrides: Partial<Omit<ReadMark, 'id'>> = {}): ReadMark {
  const mark = {
    memberId: aMemberId(),
    jobId: aJobId(),
    readThroughVersion: 0,
    ...overrides,
  };
  return { id: readMarkId(mark.memberId, mark.jobId), ...mark };
}

export function aPortalVisit(overrides: Partial<Omit<PortalVisit, 'id'>> = {}): PortalVisit {
  const visit = {
    customerId: aCustomerId(),
    jobId: aJobId(),
    seenVersion: 0,
    seenAt: BUILT_AT,
    ...overrides,
  };
  return { id: portalVisitId(visit.customerId, visit.jobId), ...visit };
}

/** Shared with the office, and without files, unless told otherwise. */
export function aCannedReply(overrides: Partial<CannedReply> = {}): CannedReply {
  const author = overrides.createdBy ?? overrides.ownerId ?? aMemberId();
  return {
    id: aCannedReplyId(),
    ownerId: null,
    title: 'Opening hours',
    text: 'Hello {customer}, we are open from 8 to 17 o’clock.',
    files: [],
    createdBy: author,
    changedBy: author,
    changedAt: BUILT_AT,
    ...overrides,
  };
}

/** A mutation as it travels, with the arguments of its name. */
export function aMutation<N extends MemberMutationName>(
  name: N,
  args: MutationArgs<N>,
  overrides: Partial<Omit<Mutation, 'name' | 'args'>> = {},
): Mutation {
  return {
    id: aMutationId(),
    clientId: aClientId(),
    name,
    args,
    writtenAt: BUILT_AT,
    ...overrides,
  };
}
