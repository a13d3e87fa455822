// A job as its customer sees it, in the portal and in the preview on a desktop. Everything a page, a list line, an order or an
// unread dot is made of comes from here, and here only what `isVisibleTo` lets through is looked at. [V1] (E7, E8)

import { BROWSER_IMAGE_TYPES } from './blobs.ts';
import { editedForCustomer, editedVersion } from './edits.ts';
import type { AttachmentId, CustomerId, EntryId, FieldId, JobId, MemberId } from './ids.ts';
import { assertNever } from './parse.ts';
import type { Attachment, Author, Entry } from './entries.ts';
import type { FormField, Job, Member, Pipeline } from './records.ts';
import type { FieldValue, Hue } from './values.ts';
import { isVisibleTo, type JobInPipeline, stageOf, type Viewer } from './visibility.ts';

export interface CustomerJob {
  readonly jobId: JobId;
  readonly reference: string | null;
  readonly title: string;
  readonly stage: { readonly name: string; readonly hue: Hue };
  readonly canReply: boolean;
  readonly canUpload: boolean;
  /** What the customer can fill in, in the form's order. (E5) */
  readonly fields: readonly CustomerField[];
  /** Oldest first. */
  readonly things: readonly Thing[];
  /** Is there anything the customer did not write and has not seen? (E2) */
  readonly hasNews: boolean;
  /** The place of the newest visible thing in the workspace's history, 0 where there is none. Never sent to a browser. */
  readonly newestVersion: number;
  /**
   * The newest edit of what stands here, by its version, where the customer has not looked since; an edit is no news. Never sent
   * to a browser. (C10)
   */
  readonly unseenEditVersion: number | null;
}

/** One thing that happened on the job. */
export interface Thing {
  readonly who: Who;
  /** Null where the only record that knows the time is internal. (E7) */
  readonly at: string | null;
  readonly isNews: boolean;
  /** The place of the newest record in it. Never sent to a browser. */
  readonly version: number;
  readonly what: What;
}

export type Who =
  | { readonly kind: 'you' }
  /** Null where the member is no longer in the office. */
  | { readonly kind: 'staff'; readonly name: string | null }
  | { readonly kind: 'another-customer' };

export type What =
  | {
      readonly kind: 'message';
      readonly text: string;
      /** When it was edited after the customer may have read another text; null otherwise. (C10, E7) */
      readonly editedAt: string | null;
      readonly files: readonly CustomerFile[];
    }
  | { readonly kind: 'files'; readonly files: readonly CustomerFile[] }
  | { readonly kind: 'stage'; readonly name: string; readonly hue: Hue; readonly isFirst: boolean }
  | { readonly kind: 'answers'; readonly answers: readonly CustomerAnswer[] };

export interface CustomerAnswer {
  readonly label: string;
  readonly value: FieldValue;
}

/** A field marked "customer can edit", as it stands. */
export interface CustomerField extends Pick<FormField, 'label' | 'type' | 'choices'> {
  readonly fieldId: FieldId;
  readonly value: FieldValue;
}

export interface CustomerFile {
  readonly attachmentId: AttachmentId;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Whether there is something to look at in the page. */
  readonly isPictured: boolean;
  /** Whether a JPEG can be had beside the file itself: of a HEIC whose pictures are made. (D5) */
  readonly hasJpeg: boolean;
}

/** A record with its place in the workspace's history. (B5) */
export interface Placed<R> {
  readonly record: R;
  readonly createdVersion: number;
}

export interface JobRecords {
  readonly job: Job;
  readonly pipeline: Pipeline;
  readonly entries: readonly Placed<Entry>[];
  readonly attachments: readonly Placed<Attachment>[];
  readonly members: ReadonlyMap<MemberId, Member>;
  /** How far the customer has read; 0 before the first visit. */
  readonly seenVersion: number;
  /** The version of the newest edit on a page they saw; absent where there was none. */
  readonly seenEditVersion?: number | undefined;
}

/** Undefined where the customer may not see the job at all. [V2] */
export function customerJob(customerId: CustomerId, records: JobRecords): CustomerJob | undefined {
  const viewer: Viewer = { kind: 'customer', customerId };
  const at: JobInPipeline = { job: records.job, pipeline: records.pipeline };
  const stage = stageOf(at.pipeline, at.job.stageId);
  if (stage === undefined || !isVisibleTo(viewer, { kind: 'job', at })) return undefined;
  const placed = placedThings(viewer, customerId, records);
  return {
    jobId: at.job.id,
    reference: at.job.reference,
    title: at.job.title,
    stage: { name: stage.name, hue: stage.hue },
    canReply: at.pipeline.customerCanReply,
    canUpload: at.pipeline.customerCanUpload,
    fields: fieldsOf(at),
    things: placed.map(({ thing }) => thing),
    hasNews: placed.some(({ thing }) => thing.isNews),
    newestVersion: placed.reduce((newest, { thing }) => Math.max(newest, thing.version), 0),
    unseenEditVersion: unseenEditVersion(viewer, at, records),
  };
}

function unseenEditVersion(viewer: Viewer, at: JobInPipeline, records: JobRecords): number | null {
  const seen = records.seenEditVersion ?? 0;
  const edits = records.entries
    .filter(({ record }) => (editedVersion(record) ?? 0) > seen)
    .filter(({ record }) => isVisibleTo(viewer, { kind: 'entry', entry: record, at }))
    .map(({ record }) => editedVersion(record) ?? 0);
  return edits.length === 0 ? null : Math.max(...edits);
}

function fieldsOf({ job, pipeline }: JobInPipeline): readonly CustomerField[] {
  return pipeline.fields
    .filter((field) => field.customerCanEdit)
    .map(({ id, label, type, choices }) => {
      return { fieldId: id, label, type, choices, value: job.form[id] ?? null };
    });
}

/** With news first, then by the newest thing on them; jobs on which nothing is to be seen stand last. (E2, F1) */
export function inListOrder(jobs: readonly CustomerJob[]): readonly CustomerJob[] {
  return jobs.toSorted(
    (a, b) =>
      Number(b.hasNews) - Number(a.hasNews) ||
      b.newestVersion - a.newestVersion ||
      (a.jobId < b.jobId ? 1 : -1),
  );
}

interface PlacedThing {
  readonly place: Place;
  readonly thing: Thing;
}

/** The feed's order: by the version a record was born at, then by id. (B5) */
interface Place {
  readonly createdVersion: number;
  readonly id: string;
}

function placedThings(
  viewer: Viewer,
  customerId: CustomerId,
  records: JobRecords,
): readonly PlacedThing[] {
  const at: JobInPipeline = { job: records.job, pipeline: records.pipeline };
  const entries = records.entries.filter(({ record }) =>
    isVisibleTo(viewer, { kind: 'entry', entry: record, at }),
  );
  const attachments = records.attachments.filter(({ record }) =>
    isVisibleTo(viewer, { kind: 'attachment', attachment: record, at }),
  );
  const homes = madeVisibleAt(entries);
  const filesByEntry = Map.groupBy(
    attachments,
    ({ record }) => homes.get(record.id) ?? record.entryId,
  );
  const shown = new Set(entries.map(({ record }) => record.id));
  const placing = { customerId, records };
  const ofEntries = entries.flatMap((entry) => {
    const files = inEntryOrder(entry.record, filesByEntry.get(entry.record.id) ?? []);
    const what = whatOf(entry.record, records.pipeline, files);
    return what === undefined ? [] : [placedEntry(entry, files, what, placing)];
  });
  const onTheirOwn = [...filesByEntry]
    .filter(([entryId]) => !shown.has(entryId))
    .flatMap(([, files]) => placedFiles(files, placing));
  return [...ofEntries, ...onTheirOwn].sort((a, b) => comparePlaces(a.place, b.place));
}

/**
 * A file that was given to the customer later stands where it was given: the place it had before was internal, and so is
 * that it existed then. (D3, E7)
 */
function madeVisibleAt(entries: readonly Placed<Entry>[]): ReadonlyMap<AttachmentId, EntryId> {
  return new Map(
    entries.flatMap(({ record }) =>
      record.kind === 'file_change' ? [[record.attachmentId, record.id]] : [],
    ),
  );
}

interface Placing {
  readonly customerId: CustomerId;
  readonly records: JobRecords;
}

function placedEntry(
  { record, createdVersion }: Placed<Entry>,
  files: readonly Placed<Attachment>[],
  what: What,
  placing: Placing,
): PlacedThing {
  const version = Math.max(createdVersion, ...files.map((file) => file.createdVersion));
  return {
    place: { createdVersion, id: record.id },
    thing: {
      ...attribution(record.author, version, placing),
      at: record.arrivedAt ?? record.writtenAt,
      what,
    },
  };
}

/** Visible files of an entry that is not: they stand on their own, and nothing of the entry shows, its time neither. */
function placedFiles(files: readonly Placed<Attachment>[], placing: Placing): PlacedThing[] {
  const first = files[0];
  if (first === undefined) return [];
  const version = Math.max(...files.map((file) => file.createdVersion));
  return [
    {
      place: { createdVersion: first.createdVersion, id: first.record.id },
      thing: {
        ...attribution(first.record.author, version, placing),
        at: null,
        what: { kind: 'files', files: files.map(customerFile) },
      },
    },
  ];
}

function attribution(author: Author, version: number, { customerId, records }: Placing) {
  const who = whoOf(author, customerId, records.members);
  return { who, version, isNews: who.kind !== 'you' && version > records.seenVersion };
}

function whoOf(
  author: Author,
  customerId: CustomerId,
  members: ReadonlyMap<MemberId, Member>,
): Who {
  if (author.kind === 'member')
    return { kind: 'staff', name: members.get(author.memberId)?.name ?? null };
  return { kind: author.customerId === customerId ? 'you' : 'another-customer' };
}

/** Undefined where nothing would be left to show: files that are all internal leave no trace. (E7) */
function whatOf(
  entry: Entry,
  pipeline: Pipeline,
  files: readonly Placed<Attachment>[],
): What | undefined {
  switch (entry.kind) {
    case 'reply': {
      // An edit may leave nothing but the files.
      if (entry.text === '') return filesAlone(files);
      const edited = editedForCustomer(entry) ?? null;
      return {
        kind: 'message',
        text: entry.text,
        editedAt: edited,
        files: files.map(customerFile),
      };
    }
    case 'file':
    case 'file_change':
      return filesAlone(files);
    case 'status_change':
      return {
        kind: 'stage',
        name: entry.toName,
        hue: stageOf(pipeline, entry.toStageId)?.hue ?? 'slate',
        isFirst: entry.fromStageId === null,
      };
    case 'form_save':
      return {
        kind: 'answers',
        answers: entry.changes.map(({ label, to }) => ({ label, value: to })),
      };
    case 'assignment':
    case 'job_change':
    case 'unapplied':
      return undefined;
    default:
      return assertNever(entry);
  }
}

function filesAlone(files: readonly Placed<Attachment>[]): What | undefined {
  return files.length === 0 ? undefined : { kind: 'files', files: files.map(customerFile) };
}

function inEntryOrder(
  entry: Entry,
  files: readonly Placed<Attachment>[],
): readonly Placed<Attachment>[] {
  const order = 'attachmentIds' in entry ? entry.attachmentIds : [];
  const rank = (file: Placed<Attachment>) => {
    const index = order.indexOf(file.record.id);
    return index === -1 ? order.length : index;
  };
  return files.toSorted((a, b) => rank(a) - rank(b));
}

function customerFile({ record }: Placed<Attachment>): CustomerFile {
  const { id, name, mediaType, sizeBytes, renditions } = record;
  const isPictured = renditions?.thumbnail != null || BROWSER_IMAGE_TYPES.has(mediaType);
  return {
    attachmentId: id,
    name,
    mediaType,
    sizeBytes,
    isPictured,
    hasJpeg: renditions?.jpeg != null,
  };
}

function comparePlaces(a: Place, b: Place): number {
  return a.createdVersion - b.createdVersion || (a.id < b.id ? -1 : 1);
}
