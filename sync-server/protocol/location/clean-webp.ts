// WebP: chunks in a RIFF file. Those that make up the picture stay, EXIF is cleaned, everything else goes.

import { blankPlaces } from './clean-tiff.ts';
import type { Effort } from './effort.ts';

const KEPT: ReadonlySet<string> = new Set([
  'VP8 ',
  'VP8L',
  'VP8X',
  'ALPH',
  'ANIM',
  'ANMF',
  'ICCP',
  'EXIF',
]);
const EXIF_PREFIX = 'Exif\0\0';
/** In the flags of `VP8X`: there is XMP. */
const HAS_XMP = 0x04;

export function cleanWebp(bytes: Uint8Array, effort: Effort): Uint8Array | undefined {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  if (nameAt(copy, 0) !== 'RIFF' || nameAt(copy, 8) !== 'WEBP') return undefined;
  const fileEnd = 8 + view.getUint32(4, true);
  if (fileEnd > copy.length) return undefined;
  let [at, to] = [12, 12];
  while (at + 8 <= fileEnd) {
    effort.step();
    const length = view.getUint32(at + 4, true);
    const name = nameAt(copy, at);
    const body = at + 8;
    const end = body + length + (length % 2);
    if (body + length > fileEnd) return undefined;
    if (name === 'EXIF') cleanExif(copy, { start: body, end: body + length }, effort);
    if (name === 'VP8X') copy[body] = (copy[body] ?? 0) & ~HAS_XMP;
    if (KEPT.has(name)) {
      copy.copyWithin(to, at, Math.min(end, copy.length));
      to += end - at;
    }
    at = end;
  }
  const cleaned = copy.slice(0, Math.min(to, copy.length));
  new DataView(cleaned.buffer).setUint32(4, to - 8, true);
  return cleaned;
}

interface Part {
  readonly start: number;
  readonly end: number;
}

function cleanExif(bytes: Uint8Array, { start, end }: Part, effort: Effort): void {
  const hasPrefix = Array.from(EXIF_PREFIX).every(
    (letter, index) => bytes[start + index] === letter.charCodeAt(0),
  );
  const from = hasPrefix ? start + EXIF_PREFIX.length : start;
  if (!blankPlaces(bytes, { start: from, end }, effort)) bytes.fill(0, start, end);
}

function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
