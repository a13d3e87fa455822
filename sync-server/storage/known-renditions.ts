import type { BlobId } from '../protocol/ids.ts';
import type { Renditions } from '../protocol/entries.ts';
import type { BlobRow } from './storage.ts';

/**
 * What a device says it made of a file, as far as the server can believe it: bytes it holds, of a type it found itself.
 * The rest is left out; a picture is never a reason to refuse what somebody wrote. [B2, P5]
 */
export async function knownRenditions(
  find: (blobId: BlobId) => Promise<BlobRow | undefined>,
  original: Pick<BlobRow, 'mediaType'>,
  said: Renditions,
): Promise<Renditions> {
  const known = async (blobId: BlobId | null, ...mediaTypes: readonly string[]) => {
    const blob = blobId === null ? undefined : await find(blobId);
    return blob !== undefined && mediaTypes.includes(blob.mediaType) ? blob.blobId : null;
  };
  return {
    thumbnail: await known(said.thumbnail, 'image/jpeg', 'image/webp'),
    preview: await known(said.preview, 'image/jpeg'),
    jpeg: await known(said.jpeg, 'image/jpeg'),
    withoutLocation: await known(said.withoutLocation, original.mediaType),
    problem: said.problem,
  };
}
