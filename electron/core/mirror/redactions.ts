// What was removed for good leaves this disk, too. (C10)

import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type {
  AnyRecord,
  Attachment,
  RecordKind,
  Renditions,
} from '../../../sync-server/protocol/records.ts';
import { renditionBlobs } from '../../../sync-server/protocol/renditions.ts';
import type { ReadableMirror, WritableMirror } from './database.ts';
import { findRow } from './records.ts';

/** Stands for words: they are gone with their row, and only their traces in the database's file are left. */
const WORDS = '';

/** Called before a record that says it was redacted is put over the one that stood: remembers what has to be wiped. */
export function noteRedaction(mirror: WritableMirror, kind: RecordKind, after: AnyRecord): void {
  if (!isRedacted(after)) return;
  const before = findRow(mirror, kind, after.id)?.record;
  if (before === undefined || isRedacted(before)) return;
  const wanted =
    kind === 'attachment' ? [WORDS, ...bytesOf(mirror, before as Attachment)] : [WORDS];
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

/** The same bytes may have been posted elsewhere too, and there nobody removed them. */
export function isPosted(mirror: ReadableMirror, blobId: BlobId): boolean {
  const named = mirror.get(
    `SELECT id FROM attachment WHERE blob_id = @blobId OR instr(data, @blobId) > 0
     UNION ALL SELECT id FROM outbox WHERE instr(blob_ids, @blobId) > 0 LIMIT 1`,
    { blobId },
  );
  return named !== undefined;
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
