// Where a page finds the pictures of a file, and what is known about them. (D5, D6)

import { BROWSER_IMAGE_TYPES, isPictured } from '../../../sync-server/protocol/blobs.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { Renditions } from '../../../sync-server/protocol/entries.ts';
import { findBlob } from '../attachments/blobs.ts';
import { localRenditions } from '../attachments/renditions.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import type { DraftPictures, FileForm, FilePictures } from './files-contract.ts';

/**
 * @param url where the file itself is
 * @param made undefined until somebody has looked into the file
 */
export function filePictures(
  url: string,
  { blobId, mediaType }: { readonly blobId: BlobId; readonly mediaType: string },
  made: Renditions | undefined,
): FilePictures {
  const pathOf = (form: FileForm, id: BlobId | null | undefined, isTried: boolean) =>
    id === null || (id === undefined && !isTried) ? null : formUrl(url, form, id);
  return {
    thumbnailUrl: pathOf('thumbnail', made?.thumbnail, isPictured(mediaType)),
    previewUrl: pathOf('preview', made?.preview, BROWSER_IMAGE_TYPES.has(mediaType)),
    jpegUrl: pathOf('jpeg', made?.jpeg, false),
    problem: made?.problem ?? null,
    hasLocation: hasLocation(mediaType, blobId, made),
  };
}

/** Of files taken in for a draft, in the order asked; those that are not here are left out. */
export function draftPictures(mirror: ReadableMirror, blobIds: readonly BlobId[]): DraftPictures[] {
  return blobIds.flatMap((blobId) => {
    const blob = findBlob(mirror, blobId);
    if (blob === undefined) return [];
    const { mediaType } = blob;
    const made = localRenditions(mirror, blobId);
    return { blobId, ...filePictures(`/files/${blobId}`, { blobId, mediaType }, made) };
  });
}

/** A path of its own for each rendition, so that a page which showed something else before asks again. */
function formUrl(url: string, form: FileForm, renditionId: BlobId | undefined): string {
  return renditionId === undefined
    ? `${url}/${form}`
    : `${url}/${form}?v=${renditionId.slice(0, 8)}`;
}

/** A place that cannot be told is taken to be there. */
function hasLocation(mediaType: string, blobId: BlobId, made: Renditions | undefined) {
  if (!mediaType.startsWith('image/')) return false;
  return made === undefined ? null : made.withoutLocation !== blobId;
}
