// Of a mirror whose device was signed out by somebody else only that is left which its owner has not sent: the outbox, and what is
// known of the files it and drafts name. It goes into a new file, which then takes the old one's place. Killed at any instruction,
// either the whole mirror stands or what is kept of it. (J1) [F1, P3]

import { renameSync } from 'node:fs';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { Renditions } from '../../../sync-server/protocol/entries.ts';
import { renditionBlobs } from '../../../sync-server/protocol/renditions.ts';
import type { Mirror, ReadableMirror, WritableMirror } from './database.ts';
import { finishKeeping } from './kept-file.ts';
import type { MetaKey } from './meta.ts';
import { copyTable, readRows, type Row } from './salvage.ts';
import { finishSalvage, removeDatabase } from './salvaged-file.ts';

export interface KeepParts {
  readonly file: string;
  openMirror(file: string): Mirror;
  /** Only reads, and leaves the file as it is; undefined where it cannot be opened at all. */
  openDamaged(file: string): (ReadableMirror & { close(): void }) | undefined;
  /** Makes the new file what the program needs, before it takes the old one's place. */
  prepare(mirror: Mirror): void;
}

/** Whose bytes stay on this disk. */
export type KeptBlobs = ReadonlySet<BlobId>;

export function keepUnsent(parts: KeepParts): KeptBlobs {
  const { file } = parts;
  finishSalvage(file);
  finishKeeping(file);
  removeDatabase(`${file}.keeping`);
  const fresh = parts.openMirror(`${file}.keeping`);
  // A file that is damaged, too, may still hold what somebody wrote.
  const whole = parts.openDamaged(file);
  let kept: KeptBlobs = new Set();
  try {
    if (whole !== undefined) {
      kept = keptBlobs(whole);
      fresh.transact((writable) => copyOwn(whole, writable, kept));
    }
    parts.prepare(fresh);
  } finally {
    whole?.close();
    fresh.close();
  }
  renameSync(`${file}.keeping`, `${file}.kept`);
  finishKeeping(file);
  return kept;
}

/** Of what the mirror remembers only this is about the device and not about the office. */
const KEPT_META: ReadonlySet<unknown> = new Set<MetaKey>([
  'client-id',
  'member-id',
  'workspace-id',
  'file-budget-bytes',
  'file-speed-kbits',
  'undo-seconds',
  'notice-settings',
  'noticed-through',
  // Its member wrote it and it was not sent.
  'unsent-replies',
  'in-step-at',
  'in-step-seq',
  // What waits for a person's look goes on waiting for it. [P7]
  'look',
]);

function copyOwn(whole: ReadableMirror, fresh: WritableMirror, kept: KeptBlobs): void {
  const ofKept = (column: string) => (row: Row) => (kept.has(row[column] as BlobId) ? row : null);
  copyTable(whole, fresh, 'meta', (row) => (KEPT_META.has(row['key']) ? row : null));
  copyTable(whole, fresh, 'outbox', (row) =>
    // What stood before it was the office's; replayed on nothing, it has nothing to go back to.
    isWork(row) ? { ...row, before_images: '[]' } : null,
  );
  copySequence(whole, fresh);
  copyTable(whole, fresh, 'blob', ofKept('id'));
  copyTable(whole, fresh, 'transfer', ofKept('blob_id'));
  copyTable(whole, fresh, 'file_job', ofKept('blob_id'));
  copyTable(whole, fresh, 'attachment_text', ofKept('blob_id'));
  copyTable(whole, fresh, 'rendition', (row) =>
    kept.has(row['blob_id'] as BlobId) ? { ...row, told_at: null } : null,
  );
  // Folders of this computer and the files in them: nothing in them is the office's.
  copyTable(whole, fresh, 'watched_folder');
  copyTable(whole, fresh, 'inbox_file');
}

/** Pictures are made again by whoever has the file: telling of them is nobody's work. (D5) */
function isWork(row: Row): boolean {
  return row['name'] !== 'attach_renditions';
}

/** What comes later stands later in line, also where nothing is in line now. [P7] */
function copySequence(whole: ReadableMirror, fresh: WritableMirror): void {
  readRows(whole, { table: 'sqlite_sequence', columns: ['name', 'seq'] }, (rows) => {
    for (const { name = null, seq = null } of rows)
      if (name === 'outbox') {
        fresh.run('DELETE FROM sqlite_sequence WHERE name = @name', { name });
        fresh.run('INSERT INTO sqlite_sequence (name, seq) VALUES (@name, @seq)', { name, seq });
      }
  });
}

/** What waits names them, or a draft may: they were added here and never sent. With each the pictures made of it. (D8) */
function keptBlobs(whole: ReadableMirror): KeptBlobs {
  const made = new Map<string, readonly BlobId[]>();
  readRows(whole, { table: 'rendition', columns: ['blob_id', 'data'] }, (rows) => {
    for (const row of rows) made.set(String(row['blob_id']), madeOf(row));
  });
  const others = new Set<unknown>([...made.values()].flat());
  // What another program saved over a copy of the office's file is the office's words still.
  readRows(whole, { table: 'opened_file', columns: ['changed_blob_id'] }, (rows) => {
    for (const row of rows) others.add(row['changed_blob_id']);
  });
  const kept = new Set<BlobId>();
  readRows(whole, { table: 'blob', columns: ['id', 'uploaded_at'] }, (rows) => {
    for (const row of rows)
      if (row['uploaded_at'] === null && !others.has(row['id'])) kept.add(row['id'] as BlobId);
  });
  readRows(whole, { table: 'outbox', columns: ['name', 'args', 'blob_ids'] }, (rows) => {
    for (const row of rows.filter(isWork))
      for (const [named] of `${row['args']} ${row['blob_ids']}`.matchAll(HASH))
        kept.add(named as BlobId);
  });
  for (const blobId of [...kept]) for (const picture of made.get(blobId) ?? []) kept.add(picture);
  return kept;
}

const HASH = /\b[0-9a-f]{64}\b/g;

function madeOf(row: Row): readonly BlobId[] {
  try {
    const renditions = renditionBlobs(JSON.parse(String(row['data'])) as Renditions);
    // A file that has no place in it is its own copy without one.
    return renditions.filter((blobId) => blobId !== row['blob_id']);
  } catch {
    return [];
  }
}
