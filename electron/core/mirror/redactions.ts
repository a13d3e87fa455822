// What was removed for good leaves this disk, too. (C10)

import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { Attachment, Renditions } from '../../../sync-server/protocol/entries.ts';
import type { AnyRecord, RecordKind } from '../../../sync-server/protocol/records.ts';
import { renditionBlobs } from '../../../sync-server/protocol/renditions.ts';
import type { ReadableMirror, WritableMirror } from './database.ts';
import { findRow, hasOlder } from './records.ts';

/** Stands for words: they are gone with their row, and only their traces in the database's file are left. */
const WORDS = '';

/** Called before a record that says it was redacted is put over the one that stood: remembers what has to be wiped. */
export function noteRedaction(mirror: WritableMirror, kind: RecordKind, after: AnyRecord): void {
  if (!isRedacted(after)) return;
  const before = findRow(mirror, kind, after.id)?.record;
  if (before === undefined || isRedacted(before)) return;
  want(mirror, kind === 'attachment' ? [WORDS, ...bytesOf(mirror, before as Attachment)] : [WORDS]);
}

/** Called before a row goes with its record: remembers what has to be wiped. [O2] */
export function noteGone(mirror: WritableMirror, kind: RecordKind, id: string): void {
  const before = kind === 'attachment' ? findRow(mirror, kind, id)?.record : undefined;
  want(mirror, [WORDS, ...(before === undefined ? [] : bytesOf(mirror, before as Attachment))]);
}

/** Called before a fresh copy, now complete, sweeps away what it has not brought again. [L3] */
export function noteSwept(mirror: WritableMirror, generation: number): void {
  if (!hasOlder(mirror, generation)) return;
  const swept = mirror.all<{ data: string }>(
    'SELECT data FROM attachment WHERE generation < @generation',
    { generation },
  );
  const bytes = swept.flatMap(({ data }) => bytesOf(mirror, JSON.parse(data) as Attachment));
  want(mirror, [WORDS, ...bytes]);
}

function want(mirror: WritableMirror, wanted: readonly string[]): void {
  for (const blobId of wanted)
    mirror.run('INSERT INTO wipe_wanted (blob_id) VALUES (@blobId) ON CONFLICT DO NOTHING', {
      blobId,
    });
  mirror.touch('wipe_wanted');
}

export function wipesWanted(mirror: ReadableMirror): { isAny: boolean; blobIds: BlobId[] } {
  const wanted = mirror.all<{ blobId: string }>('SELECT blob_id AS blobId FROM wipe_wanted');
  const blobIds = wanted.map(({ blobId }) => blobId as BlobId).filter((id) => id !== WORDS);
  return { isAny: wanted.length > 0, blobIds };
}

export function forgetWipes(mirror: WritableMirror, blobIds: readonly BlobId[]): void {
  mirror.run('DELETE FROM wipe_wanted WHERE blob_id IN (SELECT value FROM json_each(@ids))', {
    ids: JSON.stringify([WORDS, ...blobIds]),
  });
}

/**
 * Which of them nothing names any more: the same bytes may have been posted elsewhere too, and there nobody removed them. One
 * pass over all names, however many are asked about.
 */
export function unposted(mirror: ReadableMirror, blobIds: readonly BlobId[]): BlobId[] {
  if (blobIds.length === 0) return [];
  const left = new Set<BlobId>(blobIds);
  for (const statement of [ATTACHMENT_NAMES, OUTBOX_NAMES])
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
const OUTBOX_NAMES =
  'SELECT seq AS place, blob_ids AS names FROM outbox WHERE seq > @after ORDER BY seq LIMIT 1000';

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

/** Copies that other programs have of files nobody has any more. (D9) */
export function openedOfNothing(
  mirror: ReadableMirror,
): { readonly attachmentId: string; readonly path: string }[] {
  return mirror.all(
    `SELECT attachment_id AS attachmentId, path FROM opened_file
     WHERE NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.id = opened_file.attachment_id
       AND attachment.data ->> '$.redacted' IS NULL)`,
  );
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

function isRedacted(record: AnyRecord): boolean {
  return 'redacted' in record;
}

function bytesOf(mirror: ReadableMirror, { blobId, renditions }: Attachment): BlobId[] {
  const made = mirror.get<{ data: string }>('SELECT data FROM rendition WHERE blob_id = @blobId', {
    blobId,
  });
  const madeHere = made === undefined ? undefined : (JSON.parse(made.data) as Renditions);
  return [blobId, ...renditionBlobs(renditions), ...renditionBlobs(madeHere)];
}
