// Bytes that the outbox names for a file which was removed for good before this device had heard that it was posted. (C10)

import type { Renditions } from '../../../sync-server/protocol/entries.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import { renditionBlobs } from '../../../sync-server/protocol/renditions.ts';
import type { ReadableMirror, WritableMirror } from './database.ts';
import { findRecord } from './records.ts';

interface NamedFile {
  readonly attachmentId: string;
  readonly blobId: BlobId;
  readonly renditions?: Renditions;
}

/** A post has files; what tells of pictures is itself about one. */
type Naming = NamedFile | { readonly attachments: readonly NamedFile[] };

interface Row {
  readonly seq: number;
  readonly args: string;
  readonly blobIds: string;
}

/**
 * Takes a file's bytes from what waits, and answers which they were: the server has had its last word on the file and asks
 * for none of them any more, so they neither leave this device again nor hold anything back. [B2, P1]
 */
export function takeFromLine(mirror: WritableMirror, attachmentId: string): BlobId[] {
  const rows = mirror.all<Row>(
    `SELECT seq, args, blob_ids AS blobIds FROM outbox INDEXED BY outbox_with_blobs
     WHERE blob_ids <> '[]' AND instr(args, @attachmentId) > 0`,
    { attachmentId },
  );
  return rows.flatMap(({ seq, args, blobIds }) => {
    const files = filesOf(JSON.parse(args) as Naming);
    const taken = files.filter((file) => file.attachmentId === attachmentId);
    if (taken.length === 0) return [];
    const others = files.filter((file) => !taken.includes(file) && !isRedacted(mirror, file));
    const kept = new Set(others.flatMap(bytesOf));
    const named = new Set(taken.flatMap(bytesOf));
    const left = (JSON.parse(blobIds) as BlobId[]).filter((id) => kept.has(id) || !named.has(id));
    mirror.run('UPDATE outbox SET blob_ids = @left WHERE seq = @seq', {
      seq,
      left: JSON.stringify(left),
    });
    mirror.touch('outbox');
    return [...named];
  });
}

function filesOf(args: Naming): readonly NamedFile[] {
  return 'attachments' in args ? args.attachments : [args];
}

function bytesOf({ blobId, renditions }: NamedFile): BlobId[] {
  return [blobId, ...renditionBlobs(renditions)];
}

function isRedacted(mirror: ReadableMirror, { attachmentId }: NamedFile): boolean {
  return findRecord(mirror, 'attachment', attachmentId)?.redacted !== undefined;
}
