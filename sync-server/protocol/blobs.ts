// What a file may be: limits and media types, the same on the desktop and on the server. (D1, D2)

import type { BlobId } from './ids.ts';

/** 25 MB, exactly. */
export const MAX_BLOB_BYTES = 25 * 1024 * 1024;

/** What the record of a file names once its bytes were removed for good: nothing refers to them any more. (C10) */
export const REDACTED_BLOB_ID = '0'.repeat(64) as BlobId;

/** Supported media types with the words people use for them. Anything else is refused. */
export const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'image/png': 'PNG image',
  'image/jpeg': 'JPEG image',
  'image/gif': 'GIF image',
  'image/webp': 'WebP image',
  'image/bmp': 'BMP image',
  'image/tiff': 'TIFF image',
  'image/avif': 'AVIF image',
  'image/heic': 'HEIC photo',
  'image/heif': 'HEIF photo',
  'application/pdf': 'PDF',
  'application/msword': 'Word document',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word document',
  'application/vnd.ms-excel': 'Excel workbook',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel workbook',
  'application/vnd.apple.numbers': 'Numbers spreadsheet',
  'text/plain': 'Text',
};

/** Whether a desktop makes pictures of it: of every image, and of a PDF's first page. (D5) */
export const isPictured = (mediaType: string): boolean =>
  mediaType.startsWith('image/') || mediaType === 'application/pdf';

/** Images every browser shows by itself. */
export const BROWSER_IMAGE_TYPES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/avif',
]);

/** On every page of the portal, on phones too. */
export const MAX_LOGO_BYTES = 512 * 1024;
