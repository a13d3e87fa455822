// Everything that is known of a job on this device, as the feed shows it: for the office alone. (G4)

import type { Attachment } from '../../../sync-server/protocol/entries.ts';
import type { Customer, Job, Pipeline } from '../../../sync-server/protocol/records.ts';
import { stageOf } from '../../../sync-server/protocol/visibility.ts';
import { renditionsOf } from '../attachments/renditions.ts';
import { AppError } from '../errors.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { entryIdsOf, placedEntries } from '../mirror/entries.ts';
import { filesOfJob, type JobFile } from '../mirror/job-files.ts';
import { customerName, memberName, nameOf, theWorkspace } from '../mirror/people.ts';
import type { Reader } from '../mirror/reading.ts';
import { findRecord } from '../mirror/records.ts';
import { picturesOf } from './copy-files.ts';
import type { CopyTimes } from './copy-times.ts';
import {
  changesOf,
  deedOf,
  fieldInWords,
  notesOf,
  parkedBecause,
  undoneInWords,
} from './copy-words.ts';
import { type FeedGround, feedGround, parkedItems, standingItems } from './feed.ts';
import { undoneOf } from './feed-attachment.ts';
import type { CopyEntry, CopyFile, JobCopy } from './job-copy.ts';
import type { FeedItem } from './jobs-contract.ts';
import { scheduledCopy } from './scheduled-copy.ts';

const AT_ONCE = 50;

export interface FullCopyParts {
  readonly mirror: ReadableMirror;
  readonly reader: Reader;
  readonly officeName: string;
  readonly times: CopyTimes;
}

/** @throws AppError `not-there` */
export function fullCopy(parts: FullCopyParts, jobId: string): JobCopy {
  const { mirror, reader, officeName, times } = parts;
  const { job, customer, pipeline } = jobOf(mirror, jobId);
  const ids = entryIdsOf(mirror, jobId);
  const ground = feedGround(mirror, jobId);
  const parked = parkedItems(mirror, reader, ground);
  const scheduled = scheduledCopy(parts, jobId);
  const telling = { ...parts, ground, customer, pipeline };
  const waiting = ground.mutations.length;
  const stage = stageOf(pipeline, job.stageId);
  return {
    head: {
      copy: 'full',
      mark: 'Full copy · Internal: do not pass on',
      officeName,
      hue: theWorkspace(mirror)?.hue ?? 'blue',
      reference: job.reference ?? 'No number yet',
      title: job.title,
      stage: { name: stage?.name ?? 'A removed stage', hue: stage?.hue ?? 'slate' },
      facts: [
        { label: 'Customer', value: customer.name },
        ...(customer.emails.length === 0
          ? []
          : [{ label: 'Email', value: customer.emails.join(', ') }]),
        ...(customer.phone === '' ? [] : [{ label: 'Phone', value: customer.phone }]),
        { label: 'Pipeline', value: pipeline.name },
        {
          label: 'In the portal',
          value: stage?.visibleToCustomer === true ? 'Yes' : 'No: this stage is internal',
        },
        {
          label: 'Assigned to',
          value: job.assigneeId === null ? 'Nobody' : memberName(mirror, job.assigneeId),
        },
        { label: 'Opened', value: times.moment(job.createdAt) },
        ...(waiting === 0 ? [] : [{ label: 'Not sent yet', value: waitingInWords(waiting) }]),
      ],
    },
    form: pipeline.fields.map((field) => ({
      label: field.label,
      value: fieldInWords(field, job.form[field.id] ?? null),
    })),
    count: ids.length + scheduled.entries.length + parked.length,
    *entries() {
      for (let first = 0; first < ids.length; first += AT_ONCE) {
        jobOf(mirror, jobId);
        const placed = placedEntries(mirror, ids.slice(first, first + AT_ONCE));
        yield standingItems(mirror, reader, ground, placed).map((item) => copyEntry(item, telling));
      }
      yield scheduled.entries;
      yield parked.map((item) => copyEntry(item, telling));
    },
    files: [
      ...filesOfJob(mirror, jobId)
        .toReversed()
        .map((file) => copyFile(file, telling)),
      ...scheduled.files,
      ...parked.flatMap(parkedFiles),
    ],
    last: 'This is all of the job that this device has. It is internal: it may hold what the customer must not read.',
  };
}

function jobOf(
  mirror: ReadableMirror,
  jobId: string,
): { job: Job; customer: Customer; pipeline: Pipeline } {
  const job = findRecord(mirror, 'job', jobId);
  const customer = job && findRecord(mirror, 'customer', job.customerId);
  const pipeline = job && findRecord(mirror, 'pipeline', job.pipelineId);
  if (job === undefined || customer === undefined || pipeline === undefined) throw jobIsGone();
  return { job, customer, pipeline };
}

export function jobIsGone(): AppError {
  return new AppError('not-there', {
    sentence: 'This job is no longer there, so no copy of it was made. Go back to the list.',
  });
}

function waitingInWords(count: number): string {
  return count === 1
    ? 'One thing on this device; it is marked'
    : `${count} things on this device; they are marked`;
}

interface Telling extends FullCopyParts {
  readonly ground: FeedGround;
  readonly customer: Customer;
  readonly pipeline: Pipeline;
}

function copyEntry(item: FeedItem, telling: Telling): CopyEntry {
  const { mirror, times, pipeline, customer, ground } = telling;
  const { entry, authorName, undone, state, attachments } = item;
  const isRedacted = undone?.how === 'redacted';
  const mutation = ground.mutations.find(({ id }) => id === item.mutationId);
  const why = state === 'parked' && mutation !== undefined ? parkedBecause(mutation) : '';
  return {
    at: entry.arrivedAt ?? entry.writtenAt,
    print: {
      who: authorName,
      did: deedOf(entry, {
        member: (id) => memberName(mirror, id),
        customer: (id) => customerName(mirror, id),
      }),
      audience: entry.author.kind === 'customer' ? 'from_customer' : entry.audience,
      time: times.ofEntry(entry),
      notes: notesOf(item, { times, customerName: customer.name, why }),
      text: entry.kind === 'reply' && !isRedacted && entry.text !== '' ? entry.text : null,
      isStruck: undone !== null,
      changes: isRedacted ? [] : changesOf(entry, pipeline.fields),
    },
    files: attachments.map(({ id }) => id),
    data: { ...entry, authorName, state },
  };
}

function copyFile({ attachment, at }: JobFile, telling: Telling): CopyFile {
  const { mirror, reader, times, customer } = telling;
  const undone = undoneOf(mirror, reader, attachment);
  const isRemoved = attachment.redacted !== undefined;
  const blobId = isRemoved ? null : attachment.blobId;
  const made = renditionsOf(mirror, attachment);
  return {
    id: attachment.id,
    name: attachment.name,
    mediaType: attachment.mediaType,
    sizeBytes: attachment.sizeBytes,
    blobId,
    pictureIds: isRemoved ? [] : picturesOf(attachment, made, blobId),
    isRemoved,
    audience: attachment.author.kind === 'customer' ? 'from_customer' : attachment.audience,
    isStruck: undone !== null,
    note: noteOf(attachment, undone && undoneInWords(undone, customer.name, times), mirror),
    from: [nameOf(mirror, attachment.author), ...(at === '' ? [] : [times.moment(at)])].join(', '),
    data: { ...attachment },
  };
}

/** Of a post the server did not take there are no records: its files stand on its row in the outbox. [P3] */
function parkedFiles({ attachments, authorName }: FeedItem): CopyFile[] {
  return attachments.map(({ id, name, mediaType, sizeBytes, blobId, audience }) => ({
    id,
    name,
    mediaType,
    sizeBytes,
    blobId,
    pictureIds: picturesOf({ mediaType }, undefined, blobId),
    isRemoved: false,
    audience,
    isStruck: false,
    note: 'Not sent',
    from: authorName,
    data: { id, name, mediaType, sizeBytes, audience, blobId },
  }));
}

function noteOf(
  { replacesId }: Attachment,
  undone: string | null,
  mirror: ReadableMirror,
): string | null {
  const older = replacesId === undefined ? undefined : findRecord(mirror, 'attachment', replacesId);
  const notes = [
    ...(older === undefined ? [] : [`Newer version of “${older.name}”`]),
    ...(undone === null ? [] : [undone]),
  ];
  return notes.length === 0 ? null : notes.join(' · ');
}
