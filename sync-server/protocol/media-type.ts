// What a file is, by its content and never by its name: the same lines on the desktop and on the server. (D1)

import { MEDIA_TYPES } from './blobs.ts';
import { namesAtCompoundRoot } from './compound-file.ts';
import type { FileBytes } from './file-bytes.ts';
import { isPlainText } from './plain-text.ts';
import { hasNameInZip } from './zip-names.ts';

/** A Numbers document that was a folder on a Mac and was zipped on its way. */
const NUMBERS_FOLDER = /^[^/]+\.numbers\/Index\.zip$/;

/**
 * The supported media type of a file, or undefined where it is not supported.
 *
 * @param file read no further than its kind asks for
 * @param sniffed what the `file-type` library says of it; it knows signatures, not text, old Office or Numbers packages
 */
export async function mediaTypeOf(
  file: FileBytes,
  sniffed: string | undefined,
): Promise<string | undefined> {
  switch (sniffed) {
    case undefined:
      if (isPdfAfterBlanks(await file.read(0, 32))) return 'application/pdf';
      return (await isPlainText(file)) ? 'text/plain' : undefined;
    case 'image/apng':
      return 'image/png';
    case 'image/heic-sequence':
      return 'image/heic';
    case 'image/heif-sequence':
      return 'image/heif';
    case 'image/bmp':
      // A bitmap's signature is two letters: a text about a BMW has them too. Its reserved bytes are zero, text's are not.
      if ((await file.read(6, 4)).every((byte) => byte === 0)) return sniffed;
      return (await isPlainText(file)) ? 'text/plain' : undefined;
    case 'application/x-cfb':
      return oldOfficeType(await namesAtCompoundRoot(file));
    case 'application/zip':
      return (await hasNameInZip(file, NUMBERS_FOLDER))
        ? 'application/vnd.apple.numbers'
        : undefined;
    default:
      return Object.hasOwn(MEDIA_TYPES, sniffed) ? sniffed : undefined;
  }
}

/** Some scanners begin with a line break or a mark; every reader passes over it. */
function isPdfAfterBlanks(head: Uint8Array): boolean {
  const start = String.fromCharCode(...head);
  return /^(\u00ef\u00bb\u00bf)?\s{0,16}%PDF-\d/.test(start);
}

function oldOfficeType(names: readonly string[]): string | undefined {
  if (names.includes('WordDocument')) return 'application/msword';
  if (names.includes('Workbook') || names.includes('Book')) return 'application/vnd.ms-excel';
  return undefined;
}
