// Which bytes a customer gets of a file they may see: never a photo with the place it was taken, unless somebody in the office
// said so for this one. (D5, D6)

import { BROWSER_IMAGE_TYPES } from '../protocol/blobs.ts';
import type { BlobId } from '../protocol/ids.ts';
import type { Attachment } from '../protocol/entries.ts';

/** `file` is what Download gives; `jpeg` the same of a HEIC; the other two are looked at in the page. */
export const FILE_FORMS = ['file', 'jpeg', 'picture', 'thumbnail'] as const;
export type FileForm = (typeof FILE_FORMS)[number];

export interface ServedFile {
  readonly blobId: BlobId;
  readonly mediaType: string;
  readonly name: string;
  readonly isInline: boolean;
  /**
   * `as-it-is` where it is no photo, or was made or approved for customers; `cleaned` where it must be looked through first,
   * and is not handed on where nobody can tell what is in it.
   */
  readonly how: 'as-it-is' | 'cleaned';
}

/** Undefined where the file has no such form. */
export function servedFile(attachment: Attachment, form: FileForm): ServedFile | undefined {
  const { renditions } = attachment;
  const rendition = (blobId: BlobId | null | undefined, mediaType: string, isInline: boolean) =>
    blobId == null
      ? undefined
      : { blobId, mediaType, name: jpegName(attachment.name), isInline, how: 'as-it-is' as const };
  switch (form) {
    case 'file':
      return { ...originalOf(attachment), isInline: false };
    case 'jpeg':
      return rendition(renditions?.jpeg, 'image/jpeg', false);
    case 'picture':
      return rendition(renditions?.preview, 'image/jpeg', true) ?? shownOriginal(attachment);
    case 'thumbnail':
      // A thumbnail is a JPEG or a WebP, as its first bytes say to every browser.
      return rendition(renditions?.thumbnail, 'image/webp', true) ?? shownOriginal(attachment);
  }
}

function originalOf(attachment: Attachment): Omit<ServedFile, 'isInline'> {
  const { blobId, mediaType, name, keepsLocation, renditions } = attachment;
  const file = { blobId, mediaType, name };
  if (!mediaType.startsWith('image/') || keepsLocation === true)
    return { ...file, how: 'as-it-is' };
  const without = renditions?.withoutLocation ?? null;
  return without === null
    ? { ...file, how: 'cleaned' }
    : { ...file, blobId: without, how: 'as-it-is' };
}

function shownOriginal(attachment: Attachment): ServedFile | undefined {
  if (!BROWSER_IMAGE_TYPES.has(attachment.mediaType)) return undefined;
  return { ...originalOf(attachment), isInline: true };
}

/** "IMG_4471.heic" as a JPEG. */
function jpegName(name: string): string {
  return `${name.replace(/\.[^.]{1,5}$/, '')}.jpg`;
}
