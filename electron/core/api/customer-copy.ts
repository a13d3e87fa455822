// What a customer may read of a job on the server now, by the very functions the portal asks: `isVisibleTo` and `customerJob`.
// It must hold both by the server's word and by what stands here: what waits here is in no portal yet, and what was taken back
// or made internal here is not handed out in the last moment. [V1, V4] (G4, E7)

import {
  type CustomerJob,
  customerJob,
  type Placed,
  type Thing,
} from '../../../sync-server/protocol/customer-job.ts';
import { answerInWords, whoWords } from '../../../sync-server/protocol/customer-words.ts';
import type { Attachment, Entry } from '../../../sync-server/protocol/entries.ts';
import type { AttachmentId, CustomerId, MemberId } from '../../../sync-server/protocol/ids.ts';
import type { Customer, Job, Member, Pipeline } from '../../../sync-server/protocol/records.ts';
import { shownFileName } from '../../../sync-server/protocol/shown-name.ts';
import {
  isVisibleTo,
  type Sighted,
  type Viewer,
} from '../../../sync-server/protocol/visibility.ts';
import { renditionsOf } from '../attachments/renditions.ts';
import { bytesInCopy } from '../attachments/zip-files.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { membersEver, theWorkspace } from '../mirror/people.ts';
import { findRecord } from '../mirror/records.ts';
import { ServerTruth } from '../outbox/server-truth.ts';
import { picturesOf } from './copy-files.ts';
import type { CopyTimes } from './copy-times.ts';
import { editNotes } from './copy-words.ts';
import type { CopyEntry, CopyFile, JobCopy } from './job-copy.ts';

export interface CustomerSight {
  readonly customer: Customer;
  readonly seen: CustomerJob;
  readonly attachments: ReadonlyMap<AttachmentId, Attachment>;
  /** Things for the customer that wait here, and so are not in it. */
  readonly leftOut: number;
}

export type NoSight = {
  readonly why: 'no-job' | 'internal-stage' | 'not-sent' | 'change-not-sent';
};

export function customerSight(mirror: ReadableMirror, jobId: string): CustomerSight | NoSight {
  const present = jobHere(mirror, jobId);
  if (present === undefined) return { why: 'no-job' };
  const truth = new ServerTruth(mirror);
  const job = truth.row('job', jobId)?.record;
  const pipeline = job && truth.row('pipeline', job.pipelineId)?.record;
  const customer = job && truth.row('customer', job.customerId)?.record;
  if (job === undefined || pipeline === undefined || customer === undefined)
    return { why: 'not-sent' };
  const { customerId } = job;
  const viewer: Viewer = { kind: 'customer', customerId };
  const isStillFor = (sighted: Sighted) => isVisibleTo(viewer, sighted);
  if (present.job.customerId !== customerId) return { why: 'change-not-sent' };
  if (!isStillFor({ kind: 'job', at: present })) return { why: 'internal-stage' };
  const entries = confirmed(mirror, truth, 'entry', jobId, (entry) =>
    isStillFor({ kind: 'entry', entry, at: present }),
  );
  const attachments = confirmed(mirror, truth, 'attachment', jobId, (attachment) =>
    isStillFor({ kind: 'attachment', attachment, at: present }),
  );
  const seen = customerJob(customerId, {
    job,
    pipeline: { ...pipeline, fields: fieldsInBoth(pipeline, present.pipeline) },
    entries: entries.placed,
    attachments: attachments.placed,
    members: new Map<MemberId, Member>(membersEver(mirror).map((member) => [member.id, member])),
    seenVersion: 0,
  });
  if (seen === undefined) return { why: 'change-not-sent' };
  const given = new Set(seen.things.flatMap(filesOf).map(({ attachmentId }) => attachmentId));
  const waiting = [
    ...entries.waiting.map(({ id }) => id),
    ...attachments.waiting.map(({ entryId }) => entryId),
  ];
  return {
    customer,
    seen,
    attachments: new Map(
      attachments.placed.flatMap(({ record }) =>
        given.has(record.id) ? [[record.id, record]] : [],
      ),
    ),
    leftOut: new Set(waiting).size,
  };
}

export function customerCopy(
  mirror: ReadableMirror,
  { customer, seen, attachments }: CustomerSight,
  { officeName, times }: { officeName: string; times: CopyTimes },
): JobCopy {
  const opened = seen.things.find(({ what }) => what.kind === 'stage' && what.isFirst)?.at ?? null;
  const files = seen.things.flatMap((thing) =>
    filesOf(thing).map((file) => {
      const attachment = attachments.get(file.attachmentId);
      if (attachment === undefined) throw new Error('A file the customer sees has a record.');
      const who = whoOf(thing, customer, officeName);
      const from = thing.at === null ? who : `${who}, ${times.moment(thing.at)}`;
      return copyFile(mirror, attachment, { customerId: customer.id, from });
    }),
  );
  return {
    head: {
      copy: 'customer',
      mark: `Customer copy for ${customer.name}`,
      officeName,
      hue: theWorkspace(mirror)?.hue ?? 'blue',
      reference: seen.reference ?? '',
      title: seen.title,
      stage: seen.stage,
      facts: [
        { label: 'Customer', value: customer.name },
        ...(opened === null ? [] : [{ label: 'Opened', value: times.moment(opened) }]),
      ],
    },
    form: seen.fields.map(({ label, value }) => ({
      label,
      value: value === null ? '' : answerInWords(value),
    })),
    count: seen.things.length,
    *entries() {
      for (let first = 0; first < seen.things.length; first += AT_ONCE)
        yield seen.things
          .slice(first, first + AT_ONCE)
          .map((thing) => copyEntry(thing, { customer, officeName, times }));
    },
    files,
    last: 'This is all of the job that is shown in the customer portal.',
  };
}

const AT_ONCE = 50;

function jobHere(
  mirror: ReadableMirror,
  jobId: string,
): { job: Job; pipeline: Pipeline } | undefined {
  const job = findRecord(mirror, 'job', jobId);
  const pipeline = job && findRecord(mirror, 'pipeline', job.pipelineId);
  return job === undefined || pipeline === undefined ? undefined : { job, pipeline };
}

/** Oldest first, as the server has them; what is internal is not even read. */
function confirmed<K extends 'entry' | 'attachment'>(
  mirror: ReadableMirror,
  truth: ServerTruth,
  kind: K,
  jobId: string,
  isStillFor: (record: K extends 'entry' ? Entry : Attachment) => boolean,
) {
  type R = K extends 'entry' ? Entry : Attachment;
  const placed: Placed<R>[] = [];
  const waiting: R[] = [];
  const rows = mirror.all<{ id: string; data: string; position: number; version: number | null }>(
    `SELECT id, data, position, version FROM ${kind}
     WHERE job_id = @jobId AND data ->> '$.audience' = 'visible' ORDER BY position, id`,
    { jobId },
  );
  for (const { id, data, position, version } of rows) {
    const here = JSON.parse(data) as R;
    if (!isStillFor(here)) continue;
    const row = version === null ? truth.row(kind, id) : { record: here, position };
    if (row === undefined) waiting.push(here);
    else placed.push({ record: row.record as R, createdVersion: row.position });
  }
  return { placed, waiting };
}

function fieldsInBoth(confirmedPipeline: Pipeline, { fields }: Pipeline): Pipeline['fields'] {
  const open = new Set(fields.filter((field) => field.customerCanEdit).map(({ id }) => id));
  return confirmedPipeline.fields.filter(({ id }) => open.has(id));
}

/** The portal says "You"; paper names its reader. */
function whoOf({ who }: Thing, customer: Customer, officeName: string): string {
  return who.kind === 'you' ? customer.name : whoWords(who, officeName);
}

function filesOf({ what }: Thing) {
  return what.kind === 'message' || what.kind === 'files' ? what.files : [];
}

interface Telling {
  readonly customer: Customer;
  readonly officeName: string;
  readonly times: CopyTimes;
}

function copyEntry(thing: Thing, { customer, officeName, times }: Telling): CopyEntry {
  const { what, at } = thing;
  const who = whoOf(thing, customer, officeName);
  const files = filesOf(thing);
  const answers = what.kind === 'answers' ? what.answers : [];
  return {
    at,
    print: {
      who,
      did: deedOf(what),
      audience: null,
      time: at === null ? null : times.clock(at),
      notes: what.kind === 'message' ? editNotes(what.editedAt, times) : [],
      text: what.kind === 'message' && what.text !== '' ? what.text : null,
      isStruck: false,
      changes: answers.map(({ label, value }) => ({ label, from: null, to: answerInWords(value) })),
    },
    files: files.map(({ attachmentId }) => attachmentId),
    data: {
      who,
      at,
      kind: what.kind,
      ...(what.kind === 'message' && { text: what.text, editedAt: what.editedAt }),
      ...(what.kind === 'stage' && { stage: what.name }),
      ...(what.kind === 'answers' && { answers: what.answers }),
    },
  };
}

function deedOf(what: Thing['what']): string | null {
  switch (what.kind) {
    case 'message':
      return null;
    case 'files':
      return what.files.length === 1 ? 'sent a file' : `sent ${what.files.length} files`;
    case 'stage':
      return what.isFirst ? `opened the job in ${what.name}` : `moved the job to ${what.name}`;
    case 'answers':
      return 'filled in the form';
  }
}

function copyFile(
  mirror: ReadableMirror,
  attachment: Attachment,
  { customerId, from }: { customerId: CustomerId; from: string },
): CopyFile {
  const { id, mediaType, sizeBytes, author } = attachment;
  const name = shownFileName(attachment.name);
  const made = renditionsOf(mirror, attachment);
  // Where nobody can tell what is in a photo, it is handed back to nobody but who sent it. (D6)
  const isOthers = author.kind === 'customer' && author.customerId !== customerId;
  const isUnsure = mediaType.startsWith('image/') && (made?.withoutLocation ?? null) === null;
  const blobId = bytesInCopy(attachment, made, 'customer') ?? null;
  const isKept = isOthers && isUnsure && attachment.keepsLocation !== true;
  const given = isKept ? null : blobId;
  return {
    id,
    name,
    mediaType,
    sizeBytes,
    blobId: given,
    pictureIds: picturesOf(attachment, made, given),
    isRemoved: false,
    audience: null,
    isStruck: false,
    note: null,
    from,
    data: { name, mediaType, from },
  };
}
