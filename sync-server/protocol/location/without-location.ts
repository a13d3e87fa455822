// A copy of a picture without the place it was taken, for customers: the picture itself is not touched, and its sizes and
// offsets stay as they are. What is kept is what is known to hold no place; the rest is blanked. (D6)

import { cleanGif } from './clean-gif.ts';
import { cleanHeif } from './clean-heif.ts';
import { cleanJpeg } from './clean-jpeg.ts';
import { cleanPng } from './clean-png.ts';
import { cleanTiff } from './clean-tiff.ts';
import { cleanWebp } from './clean-webp.ts';
import { Effort } from './effort.ts';
import { isSame } from './same-bytes.ts';

/** Raised with every change of what is taken out: copies that are kept from before are made again. */
export const CLEANING_VERSION = 1;

export type WithoutLocation =
  | { readonly kind: 'cleaned'; readonly bytes: Uint8Array }
  /** There is nothing to take out: the file itself may be handed on. */
  | { readonly kind: 'has-none' }
  /** Nobody can tell what is in it; only a rendition may be handed on. */
  | { readonly kind: 'cannot-tell' };

/**
 * Cleans a copy; undefined where the file is not formed as it should be.
 *
 * @throws RangeError where something points past the end, or more is pointed to than the effort allows
 */
type Cleaner = (bytes: Uint8Array, effort: Effort) => Uint8Array | undefined;

const cleaners: Readonly<Record<string, Cleaner>> = {
  'image/jpeg': cleanJpeg,
  'image/png': cleanPng,
  'image/webp': cleanWebp,
  'image/gif': cleanGif,
  'image/tiff': cleanTiff,
  'image/heic': cleanHeif,
  'image/heif': cleanHeif,
  'image/avif': cleanHeif,
  // A bitmap has no room for one.
  'image/bmp': (bytes) => bytes.slice(),
};

export function withoutLocation(file: Uint8Array, mediaType: string): WithoutLocation {
  // Of a Buffer, `slice` is no copy.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  const cleaned = clean(bytes, cleaners[mediaType]);
  if (cleaned === undefined) return { kind: 'cannot-tell' };
  if (isSame(cleaned, bytes)) return { kind: 'has-none' };
  // Read again: what was cleaned has nothing left to clean.
  const again = clean(cleaned, cleaners[mediaType]);
  if (again === undefined || !isSame(again, cleaned)) return { kind: 'cannot-tell' };
  return { kind: 'cleaned', bytes: cleaned };
}

function clean(bytes: Uint8Array, cleaner: Cleaner | undefined): Uint8Array | undefined {
  try {
    return cleaner?.(bytes, new Effort(bytes.length));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
