// Canned replies as they stand on this device: the office's, and its member's own. (C6)

import type { CannedReply, Sharing } from '../../../sync-server/protocol/canned-replies.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { RecordKey } from '../../../sync-server/protocol/records.ts';
import type { NamedBindings, ReadableMirror } from './database.ts';
import { searchable, typedWords, wordConditions } from './searchable.ts';

/** A name in each row, so that what is named can be asked for with one statement. */
export const CANNED_BLOBS = `
  SELECT file.value ->> '$.blobId' AS id FROM canned_reply CROSS JOIN json_each(canned_reply.data, '$.files') AS file
  WHERE has_files = 1`;

export function cannedOf(mirror: ReadableMirror, ownerId: string | null): RecordKey[] {
  return mirror.all<RecordKey>(
    `SELECT 'canned_reply' AS kind, id FROM canned_reply WHERE owner_id IS @ownerId`,
    { ownerId },
  );
}

export interface CannedRow {
  readonly reply: CannedReply;
  /** Something about it is on this device alone. */
  readonly waiting: boolean;
}

interface Sieve {
  readonly search: string;
  /** Null for both. */
  readonly sharing: Sharing | null;
}

export function countCanned(mirror: ReadableMirror, sieve: Sieve): number {
  const { where, bindings } = filterOf(sieve);
  const sql = `SELECT count(*) AS count FROM canned_reply ${where}`;
  return mirror.get<{ count: number }>(sql, bindings)?.count ?? 0;
}

/** By title; the id settles ties, so that pages never overlap. */
export function listCanned(
  mirror: ReadableMirror,
  { offset, limit, ...sieve }: Sieve & { readonly offset: number; readonly limit: number },
): CannedRow[] {
  const { where, bindings } = filterOf(sieve);
  return mirror
    .all<{ data: string; version: number | null }>(
      `SELECT data, version FROM canned_reply ${where}
       ORDER BY title COLLATE NOCASE, id LIMIT @limit OFFSET @offset`,
      { ...bindings, offset, limit },
    )
    .map(cannedRow);
}

/** Those whose title begins so come first, then those with the words in their title, then the rest. */
export function findCanned(mirror: ReadableMirror, search: string, limit: number): CannedReply[] {
  const { where, bindings } = filterOf({ search, sharing: null });
  const begun = searchable(search);
  const isTyped = typedWords(search).length > 0;
  const rows = mirror.all<{ id: string; title: string }>(
    `SELECT id, title FROM canned_reply ${where} ORDER BY title COLLATE NOCASE, id`,
    bindings,
  );
  const place = ({ title }: { readonly title: string }) => {
    const words = searchable(title);
    if (!isTyped || words.startsWith(begun)) return 0;
    return typedWords(search).every((word) => words.includes(` ${word}`)) ? 1 : 2;
  };
  const best = rows
    .map((row) => ({ id: row.id, place: place(row) }))
    .sort((a, b) => a.place - b.place)
    .slice(0, limit);
  return best.flatMap(({ id }) => {
    const row = mirror.get<{ data: string }>('SELECT data FROM canned_reply WHERE id = @id', {
      id,
    });
    return row === undefined ? [] : [JSON.parse(row.data) as CannedReply];
  });
}

function filterOf({ search, sharing }: Sieve): { where: string; bindings: NamedBindings } {
  const { conditions, bindings } = wordConditions('search', search);
  if (sharing !== null) conditions.push(`owner_id IS ${sharing === 'shared' ? '' : 'NOT '}NULL`);
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, bindings };
}

function cannedRow({ data, version }: { data: string; version: number | null }): CannedRow {
  return { reply: JSON.parse(data) as CannedReply, waiting: version === null };
}

export const blobsOfCanned = ({ files }: Pick<CannedReply, 'files'>): BlobId[] =>
  files.map(({ blobId }) => blobId);
