// Bytes that the outbox names for a file which was removed for good before this device had heard that it was posted. (C10)

import type { Renditions } from '../../../sync-server/protocol/entries.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import { renditionBlobs } from '../../../sync-server/protocol/renditions.ts';
import type { ReadableMirror } from './database.ts';

interface NamedFile {
  readonly attachmentId: string;
  readonly blobId: BlobId;
  readonly renditions?: Renditions;
}

/** A post has files; what tells of pictures is itself about one. */
type Naming = NamedFile | { readonly attachments: readonly NamedFile[] };

interface Row {
  readonly args: string;
}

export function bytesInLine(mirror: ReadableMirror, attachmentId: string): BlobId[] {
  const rows = mirror.all<Row>(
    `SELECT args FROM outbox INDEXED BY outbox_with_blobs
     WHERE blob_ids <> '[]' AND instr(args, @attachmentId) > 0`,
    { attachmentId },
  );
  const files = rows.flatMap(({ args }) => filesOf(JSON.parse(args) as Naming));
  return files.filter((file) => file.attachmentId === attachmentId).flatMap(bytesOf);
}

function filesOf(args: Naming): readonly NamedFile[] {
  return 'attachments' in args ? args.attachments : [args];
}

function bytesOf({ blobId, renditions }: NamedFile): BlobId[] {
  return [blobId, ...renditionBlobs(renditions)];
}
