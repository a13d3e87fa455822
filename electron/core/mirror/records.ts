// Putting records into the mirror's tables and taking them out: one description per kind, one set of statements.

import { editedVersion } from '../../../sync-server/protocol/edits.ts';
import type { Entry, Wish } from '../../../sync-server/protocol/entries.ts';
import type { AnyRecord, RecordKind, RecordOf } from '../../../sync-server/protocol/records.ts';
import type { ScheduledReply } from '../../../sync-server/protocol/scheduled-replies.ts';
import type { Cell, ReadableMirror, WritableMirror } from './database.ts';
import { searchable } from './searchable.ts';

type CellOf<K extends RecordKind> = (record: RecordOf<K>) => Cell;

/** How records of a kind lie in their table. */
interface Table<K extends RecordKind> {
  /** Of the columns besides those that every kind has, in their order. */
  readonly cells: readonly CellOf<K>[];
  readonly insert: string;
  readonly upsert: string;
}

/** Positions from here on belong to what only this device knows; 2^52 is past every version. */
export const PENDING_POSITION = 2 ** 52;

/** Where a record stands: confirmed at a version, or pending (`version` null). */
export interface Stamp {
  readonly version: number | null;
  readonly position: number;
  /** The copy of the office this row came with. [L3] */
  readonly generation: number;
}

/** A row as it was before a pending mutation touched it; null where there was none. [R1] */
export interface BeforeImage {
  readonly kind: RecordKind;
  readonly id: string;
  readonly row: { readonly stamp: Stamp; readonly record: AnyRecord } | null;
}

const tables: { readonly [K in RecordKind]: Table<K> } = {
  workspace: tableOf('workspace', {}),
  member: tableOf('member', { name: (member) => member.name }),
  pipeline: tableOf('pipeline', {}),
  customer: tableOf('customer', {
    name: (customer) => customer.name,
    search: (customer) => searchable(customer.name, customer.phone, ...customer.emails),
  }),
  job: tableOf('job', {
    customer_id: (job) => job.customerId,
    pipeline_id: (job) => job.pipelineId,
    stage_id: (job) => job.stageId,
    assignee_id: (job) => job.assigneeId,
    last_activity_at: (job) => job.lastActivityAt,
    search: (job) => searchable(job.title, job.reference ?? ''),
  }),
  entry: tableOf('entry', {
    job_id: (entry) => entry.jobId,
    kind: (entry) => entry.kind,
    audience: (entry) => entry.audience,
    author_id: (entry) => authorId(entry),
    from_customer: (entry) => (entry.author.kind === 'customer' ? 1 : 0),
    has_files: (entry) => ('attachmentIds' in entry && entry.attachmentIds.length > 0 ? 1 : 0),
    search: (entry) => searchable(...wordsOf(entry)),
    edited_version: (entry) => editedVersion(entry),
  }),
  attachment: tableOf('attachment', {
    job_id: (attachment) => attachment.jobId,
    entry_id: (attachment) => attachment.entryId,
    blob_id: (attachment) => attachment.blobId,
  }),
  read_mark: tableOf('read_mark', {
    job_id: (mark) => mark.jobId,
    read_through_version: (mark) => mark.readThroughVersion,
  }),
  portal_visit: tableOf('portal_visit', { job_id: (visit) => visit.jobId }),
  follow: tableOf('follow', {
    job_id: (follow) => follow.jobId,
    state: (follow) => follow.state,
  }),
  member_settings: tableOf('member_settings', {}),
  mail: tableOf('mail', {
    job_id: (mail) => mail.jobId,
    is_refused: ({ state, refused = [] }) => Number(state === 'refused' || refused.length > 0),
  }),
  portal_link: tableOf('portal_link', { customer_id: (link) => link.customerId }),
  canned_reply: tableOf('canned_reply', {
    owner_id: (reply) => reply.ownerId,
    title: (reply) => reply.title,
    has_files: (reply) => (reply.files.length > 0 ? 1 : 0),
    search: (reply) => searchable(reply.title, reply.text),
  }),
  scheduled_reply: tableOf('scheduled_reply', {
    job_id: (reply) => reply.jobId,
    send_at: (reply) => reply.sendAt,
    state: stateOfScheduled,
  }),
};

const MIRRORED_KINDS = Object.keys(tables) as readonly RecordKind[];

export function findRecord<K extends RecordKind>(
  mirror: ReadableMirror,
  kind: K,
  id: string,
): RecordOf<K> | undefined {
  return findRow(mirror, kind, id)?.record as RecordOf<K> | undefined;
}

export function findRow(
  mirror: ReadableMirror,
  kind: RecordKind,
  id: string,
): { stamp: Stamp; record: AnyRecord } | undefined {
  const row = mirror.get<Stamp & { data: string }>(
    `SELECT version, position, generation, data FROM ${kind} WHERE id = @id`,
    { id },
  );
  if (row === undefined) return undefined;
  return {
    stamp: { version: row.version, position: row.position, generation: row.generation },
    record: JSON.parse(row.data) as AnyRecord,
  };
}

/** Where a record stands, without what it says. */
export function findStamp(mirror: ReadableMirror, kind: RecordKind, id: string): Stamp | undefined {
  return mirror.get<Stamp>(`SELECT version, position, generation FROM ${kind} WHERE id = @id`, {
    id,
  });
}

/** A confirmed record with its cells worked out, but for the copy of the office it comes with. */
export interface ReadyRow {
  readonly kind: RecordKind;
  readonly id: string;
  readonly version: number;
  /** It says that what it said was removed for good. (C10) */
  readonly isRedacted: boolean;
  readonly cells: Cell[];
}

/** @param data the record as JSON */
export function readyRow<K extends RecordKind>(
  kind: K,
  record: RecordOf<K>,
  data: string,
  { version, position }: { readonly version: number; readonly position: number },
): ReadyRow {
  const cells = cellsOf(kind, record, data, { version, position, generation: 0 });
  return { kind, id: record.id, version, isRedacted: 'redacted' in record, cells };
}

/** What a row of a scheduled reply says. */
export function scheduledIn({ cells }: ReadyRow): ScheduledReply {
  return JSON.parse(String(cells[DATA])) as ScheduledReply;
}

/** Puts a row where none stands under its id, and answers whether it did: one statement for each row of a first sync. */
export function insertRow(mirror: WritableMirror, row: ReadyRow, generation: number): boolean {
  mirror.touch(row.kind);
  return mirror.run(tables[row.kind].insert, ofGeneration(row, generation)) > 0;
}

/** Puts a row over whatever stands under its id. Putting the same twice changes nothing. [L1] */
export function putRow(mirror: WritableMirror, row: ReadyRow, generation: number): void {
  mirror.touch(row.kind);
  mirror.run(tables[row.kind].upsert, ofGeneration(row, generation));
}

const GENERATION = 3;
const DATA = 4;

function ofGeneration({ cells }: ReadyRow, generation: number): readonly Cell[] {
  cells[GENERATION] = generation;
  return cells;
}

/** Puts a record over whatever stands under its id. */
export function putRecord<K extends RecordKind>(
  mirror: WritableMirror,
  kind: K,
  record: RecordOf<K>,
  stamp: Stamp,
): void {
  mirror.touch(kind);
  mirror.run(tables[kind].upsert, cellsOf(kind, record, JSON.stringify(record), stamp));
}

function cellsOf<K extends RecordKind>(
  kind: K,
  record: RecordOf<K>,
  data: string,
  { version, position, generation }: Stamp,
): Cell[] {
  const cells: Cell[] = [record.id, version, position, generation, data];
  for (const cellOf of tables[kind].cells) cells.push(cellOf(record));
  return cells;
}

/** Whether a fresh copy, now complete, has left out something that stands here. */
export function hasOlder(mirror: ReadableMirror, generation: number): boolean {
  return MIRRORED_KINDS.some(
    (kind) =>
      mirror.get(`SELECT 1 AS older FROM ${kind} WHERE generation < @generation LIMIT 1`, {
        generation,
      }) !== undefined,
  );
}

/** Removes what a fresh copy, now complete, has not brought again. [L3] */
export function sweepOlder(mirror: WritableMirror, generation: number): void {
  for (const kind of MIRRORED_KINDS) {
    mirror.run(`DELETE FROM ${kind} WHERE generation < @generation`, { generation });
    mirror.touch(kind);
  }
}

/** Deleting a record that is not there changes nothing. [O2] */
export function deleteRecord(mirror: WritableMirror, kind: RecordKind, id: string): void {
  mirror.run(`DELETE FROM ${kind} WHERE id = @id`, { id });
  mirror.touch(kind);
}

export function authorId(entry: Entry): string {
  return entry.author.kind === 'member' ? entry.author.memberId : entry.author.customerId;
}

function stateOfScheduled({ held, ended }: ScheduledReply): string {
  if (ended !== undefined) return 'ended';
  return held === undefined ? 'waiting' : 'held';
}

function wordsOf(entry: Entry): string[] {
  switch (entry.kind) {
    case 'reply':
      return [entry.text];
    case 'status_change':
      return [entry.fromName ?? '', entry.toName];
    case 'job_change':
      return entry.change.kind === 'title' ? [entry.change.from, entry.change.to] : [];
    case 'form_save':
      return entry.changes.flatMap(({ label, from, to }) => [
        label,
        String(from ?? ''),
        String(to ?? ''),
      ]);
    case 'file_change':
      return [entry.name, entry.newName ?? ''];
    case 'unapplied':
      return wishWords(entry.wish);
    case 'file':
    case 'assignment':
      return [];
  }
}

function wishWords(wish: Wish): string[] {
  switch (wish.kind) {
    case 'stage':
      return [wish.wantedName, wish.standsName];
    case 'form':
      return wish.fields.flatMap(({ label, wanted }) => [label, String(wanted ?? '')]);
    case 'title':
      return [wish.wanted, wish.stands];
    case 'assignee':
    case 'customer':
      return [];
  }
}

function tableOf<K extends RecordKind>(
  kind: K,
  extra: Readonly<Record<string, CellOf<K>>>,
): Table<K> {
  const names = ['id', 'version', 'position', 'generation', 'data', ...Object.keys(extra)];
  const values = names.map(() => '?');
  const updates = names.slice(1).map((name) => `${name} = excluded.${name}`);
  const insert = `INSERT INTO ${kind} (${names.join(', ')}) VALUES (${values.join(', ')}) ON CONFLICT (id)`;
  return {
    cells: Object.values(extra),
    insert: `${insert} DO NOTHING`,
    upsert: `${insert} DO UPDATE SET ${updates.join(', ')}`,
  };
}
