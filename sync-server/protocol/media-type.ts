// What a file is, by its content and never by its name: the same lines on the desktop and on the server. (D1)

import { MEDIA_TYPES } from './blobs.ts';
import { namesAtCompoundRoot } from './compound-file.ts';
import { isPlainText } from './plain-text.ts';
import { namesInZip } from './zip-names.ts';

/**
 * The supported media type of a file, or undefined where it is not supported.
 *
 * @param bytes the whole file
 * @param sniffed what the `file-type` library says of it; it knows signatures, not text, old Office or Numbers packages
 */
export function mediaTypeOf(bytes: Uint8Array, sniffed: string | undefined): string | undefined {
  switch (sniffed) {
    case undefined:
      if (isPdfAfterBlanks(bytes)) return 'application/pdf';
      return isPlainText(bytes) ? 'text/plain' : undefined;
    case 'image/apng':
      return 'image/png';
    case 'image/heic-sequence':
      return 'image/heic';
    case 'image/heif-sequence':
      return 'image/heif';
    case 'image/bmp':
      // A bitmap's signature is two letters: a text about a BMW has them too. Its reserved bytes are zero, text's are not.
      if (bytes.subarray(6, 10).every((byte) => byte === 0)) return sniffed;
      return isPlainText(bytes) ? 'text/plain' : undefined;
    case 'application/x-cfb':
      return oldOfficeType(bytes);
    case 'application/zip':
      // A Numbers document that was a folder on a Mac and was zipped on its way.
      return namesInZip(bytes).some((name) => /^[^/]+\.numbers\/Index\.zip$/.test(name))
        ? 'application/vnd.apple.numbers'
        : undefined;
    default:
      return Object.hasOwn(MEDIA_TYPES, sniffed) ? sniffed : undefined;
  }
}

/** Some scanners begin with a line break or a mark; every reader passes over it. */
function isPdfAfterBlanks(bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 32));
  return /^(\u00ef\u00bb\u00bf)?\s{0,16}%PDF-\d/.test(start);
}

function oldOfficeType(bytes: Uint8Array): string | undefined {
  const names = namesAtCompoundRoot(bytes);
  if (names.includes('WordDocument')) return 'application/msword';
  if (names.includes('Workbook') || names.includes('Book')) return 'application/vnd.ms-excel';
  return undefined;
}
