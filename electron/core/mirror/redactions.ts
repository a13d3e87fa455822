// What was removed for good leaves this disk, too. (C10)

import type { CannedReply } from '../../../sync-server/protocol/canned-replies.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { Attachment, Renditions } from '../../../sync-server/protocol/entries.ts';
import type { AnyRecord, RecordKind } from '../../../sync-server/protocol/records.ts';
import type { ScheduledReply } from '../../../sync-server/protocol/scheduled-replies.ts';
import { renditionBlobs } from '../../../sync-server/protocol/renditions.ts';
import { takeFromLine } from './bytes-in-line.ts';
import { blobsOfCanned } from './canned-replies.ts';
import type { ReadableMirror, WritableMirror } from './database.ts';
import { readMeta } from './meta.ts';
import { findRow, hasOlder } from './records.ts';

/** Stands for words: they are gone with their row, and only their traces in the database's file are left. */
const WORDS = '';
/** Before the id of an attachment: stands for the copies other programs have of it. (D9) */
const COPIES_OF = 'copies-of:';
/** Touched when something is gone that may stand in a copy of a job. (G4) */
export const GONE_FROM_JOBS = 'gone_from_jobs';
const ON_JOBS: readonly RecordKind[] = ['customer', 'job', 'entry', 'attachment'];

/** Called before a record that says it was redacted is put over the one that stood: remembers what has to be wiped. */
export function noteRedaction(mirror: WritableMirror, kind: RecordKind, id: string): void {
  const before = findRow(mirror, kind, id)?.record;
  if (before === undefined || 'redacted' in before) return;
  want(mirror, [WORDS, ...tracesOf(mirror, kind, before)]);
  mirror.touch(GONE_FROM_JOBS);
}

/**
 * The same for a record that came redacted where none stood: it may have been made here, and removed before it came back. In
 * a first sync with nothing in line it was not, and wiping after each page would take longer than the pages. (C10, H7)
 */
export function noteRedactedUnseen(mirror: WritableMirror, kind: RecordKind, id: string): void {
  const isFirst = readMeta(mirror, 'first-sync-done') === undefined;
  if (isFirst && mirror.get('SELECT seq FROM outbox LIMIT 1') === undefined) return;
  want(mirror, [WORDS, ...tracesInLine(mirror, kind, id)]);
  mirror.touch(GONE_FROM_JOBS);
}

/** Called before a row goes with its record, also where none stands: remembers what has to be wiped. [O2] */
export function noteGone(mirror: WritableMirror, kind: RecordKind, id: string): void {
  if (kind === 'scheduled_reply') want(mirror, filesOfScheduled(mirror, id));
  const before =
    kind === 'attachment' || kind === 'canned_reply'
      ? findRow(mirror, kind, id)?.record
      : undefined;
  const traces =
    before === undefined ? tracesInLine(mirror, kind, id) : tracesOf(mirror, kind, before);
  want(mirror, [WORDS, ...traces]);
  if (ON_JOBS.includes(kind)) mirror.touch(GONE_FROM_JOBS);
}

/**
 * Called before a row says what became of a scheduled reply. Sent, its files stand on the job from now on; where they were removed
 * for good before this device heard of them there, nothing names them any more. Of a cancelled one they may be a draft's. (C8)
 */
export function noteEnded(mirror: WritableMirror, { id, ended }: ScheduledReply): void {
  if (ended !== undefined && ended.how !== 'cancelled') want(mirror, filesOfScheduled(mirror, id));
}

function filesOfScheduled(mirror: ReadableMirror, id: string): BlobId[] {
  const reply = findRow(mirror, 'scheduled_reply', id)?.record as ScheduledReply | undefined;
  return (reply?.files ?? []).flatMap((file) => bytesOf(mirror, file));
}

/** Called before a fresh copy, now complete, sweeps away what it has not brought again. [L3] */
export function noteSwept(mirror: WritableMirror, generation: number): void {
  if (!hasOlder(mirror, generation)) return;
  const swept = mirror.all<{ data: string }>(
    'SELECT data FROM attachment WHERE generation < @generation',
    { generation },
  );
  const traces = swept.flatMap(({ data }) => {
    const attachment = JSON.parse(data) as Attachment;
    return [COPIES_OF + attachment.id, ...bytesOf(mirror, attachment)];
  });
  const scheduled = mirror.all<{ id: string }>(
    'SELECT id FROM scheduled_reply WHERE generation < @generation',
    { generation },
  );
  const ofScheduled = scheduled.flatMap(({ id }) => filesOfScheduled(mirror, id));
  const canned = mirror.all<{ data: string }>(
    'SELECT data FROM canned_reply WHERE generation < @generation AND has_files = 1',
    { generation },
  );
  traces.push(
    ...canned.flatMap(({ data }) => bytesOfCanned(mirror, JSON.parse(data) as CannedReply)),
  );
  want(mirror, [WORDS, ...traces, ...ofScheduled]);
  mirror.touch(GONE_FROM_JOBS);
}

/** What a post that leaves the outbox leaves in the database's file, where its entry was redacted meanwhile. (C10) */
export function noteWordsOf(mirror: WritableMirror, entryIds: readonly string[]): void {
  const redacted = mirror.get(
    `SELECT id FROM entry WHERE id IN (SELECT value FROM json_each(@entryIds))
       AND data ->> '$.redacted' IS NOT NULL LIMIT 1`,
    { entryIds: JSON.stringify(entryIds) },
  );
  if (redacted === undefined) return;
  want(mirror, [WORDS]);
  mirror.touch(GONE_FROM_JOBS);
}

/** A copy that was laid while its file was removed for good was not there to be wiped. (C10) */
export function noteLateCopy(mirror: WritableMirror, attachmentId: string): void {
  const attachment = findRow(mirror, 'attachment', attachmentId)?.record;
  if (attachment !== undefined && 'redacted' in attachment)
    want(mirror, [COPIES_OF + attachmentId]);
}

function tracesOf(mirror: WritableMirror, kind: RecordKind, before: AnyRecord): string[] {
  if (kind === 'canned_reply') return bytesOfCanned(mirror, before as CannedReply);
  if (kind !== 'attachment') return [];
  const inLine = tracesInLine(mirror, kind, before.id);
  return [...inLine, ...bytesOf(mirror, before as Attachment)];
}

/** Of a record that this device may have made, or made pictures of, and that the server has the last word on. */
function tracesInLine(mirror: WritableMirror, kind: RecordKind, id: string): string[] {
  if (kind !== 'attachment') return [];
  const named = takeFromLine(mirror, id);
  return [COPIES_OF + id, ...named.flatMap((blobId) => [blobId, ...madeOf(mirror, blobId)])];
}

/** For the wiper, before it forgets a copy: what the other program saved was made of what was removed. (C10) */
export function wantChanged(mirror: WritableMirror, blobId: BlobId): void {
  want(mirror, [blobId, ...madeOf(mirror, blobId)]);
}

function want(mirror: WritableMirror, wanted: readonly string[]): void {
  for (const blobId of wanted)
    mirror.run('INSERT INTO wipe_wanted (blob_id) VALUES (@blobId) ON CONFLICT DO NOTHING', {
      blobId,
    });
  mirror.touch('wipe_wanted');
}

export interface WipesDue {
  readonly isAny: boolean;
  readonly blobIds: readonly BlobId[];
  /** Whose copies go. */
  readonly attachmentIds: readonly string[];
}

/** What can be wiped now. Bytes that something in the outbox names wait for what becomes of that. [P3] */
export function wipesDue(mirror: ReadableMirror): WipesDue {
  const rows = mirror.all<{ blobId: string }>('SELECT blob_id AS blobId FROM wipe_wanted');
  const wanted = rows.map(({ blobId }) => blobId);
  const isCopy = (one: string) => one.startsWith(COPIES_OF);
  const bytes = wanted.filter((one) => one !== WORDS && !isCopy(one)) as BlobId[];
  const blobIds = unnamed(mirror, bytes, [OUTBOX_NAMES]);
  const attachmentIds = wanted.filter(isCopy).map((one) => one.slice(COPIES_OF.length));
  const isAny = wanted.includes(WORDS) || blobIds.length > 0 || attachmentIds.length > 0;
  return { isAny, blobIds, attachmentIds };
}

export function forgetWipes(mirror: WritableMirror, blobIds: readonly BlobId[]): void {
  forget(mirror, [WORDS, ...blobIds]);
}

export function forgetCopies(mirror: WritableMirror, attachmentIds: readonly string[]): void {
  forget(
    mirror,
    attachmentIds.map((id) => COPIES_OF + id),
  );
}

/** A person has these bytes in a draft, or in hand: where they go from there is theirs to say. */
export function keepFromWiping(mirror: WritableMirror, blobIds: readonly BlobId[]): void {
  forget(mirror, blobIds);
}

function forget(mirror: WritableMirror, wanted: readonly string[]): void {
  mirror.run('DELETE FROM wipe_wanted WHERE blob_id IN (SELECT value FROM json_each(@ids))', {
    ids: JSON.stringify(wanted),
  });
}

/**
 * Which of them nothing names any more: the same bytes may have been posted elsewhere too, and there nobody removed them. One
 * pass over all names, however many are asked about.
 */
export function unposted(mirror: ReadableMirror, blobIds: readonly BlobId[]): BlobId[] {
  return unnamed(mirror, blobIds, [ATTACHMENT_NAMES, CANNED_NAMES, SCHEDULED_NAMES, OUTBOX_NAMES]);
}

function unnamed(
  mirror: ReadableMirror,
  blobIds: readonly BlobId[],
  statements: readonly string[],
): BlobId[] {
  if (blobIds.length === 0) return [];
  const left = new Set<BlobId>(blobIds);
  for (const statement of statements)
    for (const names of pagesOf(mirror, statement))
      for (const [name] of names.matchAll(HASH)) left.delete(name as BlobId);
  return [...left];
}

export function isPosted(mirror: ReadableMirror, blobId: BlobId): boolean {
  return unposted(mirror, [blobId]).length === 0;
}

const HASH = /[0-9a-f]{64}/g;
const ATTACHMENT_NAMES =
  'SELECT rowid AS place, data AS names FROM attachment WHERE rowid > @after ORDER BY rowid LIMIT 1000';
const CANNED_NAMES =
  'SELECT rowid AS place, data AS names FROM canned_reply WHERE rowid > @after ORDER BY rowid LIMIT 1000';
/** What waits for its time is named until it is sent or cancelled, and by what it becomes from then on. (C8) */
const SCHEDULED_NAMES =
  "SELECT rowid AS place, data AS names FROM scheduled_reply WHERE rowid > @after AND state <> 'ended' ORDER BY rowid LIMIT 1000";
/** What is off the screen until the server has said its word is named by a before-image alone. [R1] */
const OUTBOX_NAMES =
  'SELECT seq AS place, blob_ids || before_images AS names FROM outbox WHERE seq > @after ORDER BY seq LIMIT 1000';

function* pagesOf(mirror: ReadableMirror, statement: string): Generator<string, void> {
  let after = 0;
  for (;;) {
    const rows = mirror.all<{ place: number; names: string }>(statement, { after });
    for (const { names } of rows) yield names;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.place;
  }
}

/** What was made of these bytes here goes with them: pictures, text, and what was still to be made. (D5, G2) */
export function forgetDerived(mirror: WritableMirror, blobId: BlobId): void {
  for (const table of ['rendition', 'attachment_text', 'file_job']) {
    mirror.run(`DELETE FROM ${table} WHERE blob_id = @blobId`, { blobId });
    mirror.touch(table);
  }
}

/** A picture of bytes that are still here. */
export function isRendition(mirror: ReadableMirror, blobId: BlobId): boolean {
  return (
    mirror.get('SELECT blob_id FROM rendition WHERE instr(data, @blobId) > 0 LIMIT 1', {
      blobId,
    }) !== undefined
  );
}

function bytesOf(
  mirror: ReadableMirror,
  { blobId, renditions }: Pick<Attachment, 'blobId' | 'renditions'>,
): BlobId[] {
  return [blobId, ...renditionBlobs(renditions), ...madeOf(mirror, blobId)];
}

/**
 * Of a canned reply that is here no longer, what was fetched for it. Bytes that are not sent may be a draft's, into which somebody
 * inserted them, and so may bytes that were added here: it was saved from that draft. Where those go is that person's to say. (C6, D8)
 */
function bytesOfCanned(mirror: ReadableMirror, reply: CannedReply): BlobId[] {
  const isFetched = (blobId: BlobId) =>
    mirror.get('SELECT id FROM blob WHERE id = @blobId AND uploaded_at <= added_at', { blobId }) !==
    undefined;
  return blobsOfCanned(reply)
    .filter(isFetched)
    .flatMap((blobId) => [blobId, ...madeOf(mirror, blobId)]);
}

/** The pictures made of these bytes here. */
function madeOf(mirror: ReadableMirror, blobId: BlobId): BlobId[] {
  const made = mirror.get<{ data: string }>('SELECT data FROM rendition WHERE blob_id = @blobId', {
    blobId,
  });
  return made === undefined ? [] : renditionBlobs(JSON.parse(made.data) as Renditions);
}
