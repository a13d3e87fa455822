// What the mirror's file knows of the pictures made of a file: by the record where a desktop has told the server, else by
// what was made here. (D5)

import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { Attachment, Renditions } from '../../../sync-server/protocol/entries.ts';
import { renditionBlobs } from '../../../sync-server/protocol/renditions.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';

/** Undefined until somebody has made them. */
export function renditionsOf(
  mirror: ReadableMirror,
  { renditions, blobId }: Pick<Attachment, 'renditions' | 'blobId'>,
): Renditions | undefined {
  return renditions ?? localRenditions(mirror, blobId);
}

export function localRenditions(mirror: ReadableMirror, blobId: string): Renditions | undefined {
  const row = mirror.get<{ data: string }>('SELECT data FROM rendition WHERE blob_id = @blobId', {
    blobId,
  });
  return row === undefined ? undefined : (JSON.parse(row.data) as Renditions);
}

/** The pictures of a file that the office has already: others made them too. */
export function knownRenditions(mirror: ReadableMirror, blobId: BlobId): ReadonlySet<BlobId> {
  const rows = mirror.all<{ data: string }>(
    'SELECT data FROM attachment WHERE blob_id = @blobId AND version IS NOT NULL',
    { blobId },
  );
  return new Set(
    rows.flatMap(({ data }) => renditionBlobs((JSON.parse(data) as Attachment).renditions)),
  );
}

/** Made twice they are the same, so the later word changes nothing. */
export function keepRenditions(
  mirror: WritableMirror,
  blobId: BlobId,
  renditions: Renditions,
): void {
  mirror.run(
    `INSERT INTO rendition (blob_id, data) VALUES (@blobId, @data)
     ON CONFLICT (blob_id) DO UPDATE SET data = excluded.data`,
    { blobId, data: JSON.stringify(renditions) },
  );
  mirror.touch('rendition');
}
