// The protocol as version 1 left the house, kept as it was: devices of that version speak it.

// What a file may be: limits and media types, the same on the desktop and on the server. (D1, D2)

/** 25 MB, exactly. */
export const MAX_BLOB_BYTES = 25 * 1024 * 1024;

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

/** Images every browser shows by itself. */
export const BROWSER_IMAGE_TYPES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/avif',
]);
