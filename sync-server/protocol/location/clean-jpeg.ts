// JPEG: segments in front of the picture. EXIF is cleaned, XMP that may name a place is blanked, and of the rest stays only what
// is known to hold none. Pictures behind the first one are cleaned alike; a video there is cut off.

import { blankPlaces } from './clean-tiff.ts';
import type { Effort } from './effort.ts';
import { hasPlaceWords } from './place-words.ts';

const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
/** By marker: what a segment must begin with to stay. JFIF; profiles, further pictures and their gain map; Adobe's colours. */
const HARMLESS: Readonly<Record<number, readonly string[]>> = {
  0xe0: ['JFIF\0', 'JFXX\0'],
  0xe2: ['ICC_PROFILE\0', 'MPF\0', 'urn:iso:std:iso:ts:21496:-1\0'],
  0xee: ['Adobe'],
};

export function cleanJpeg(bytes: Uint8Array, effort: Effort): Uint8Array | undefined {
  const copy = bytes.slice();
  // Whatever comes after the last of the pictures that follow each other is something else.
  let lastEnd = 0;
  let at = 0;
  while (isPictureAt(copy, at)) {
    const end = cleanPicture(copy, at, effort);
    if (end === undefined) return undefined;
    lastEnd = end;
    at = nextPicture(copy, end);
  }
  return at === 0 ? undefined : copy.subarray(0, lastEnd);
}

function isPictureAt(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xff && bytes[at + 1] === 0xd8 && bytes[at + 2] === 0xff;
}

/** Some cameras fill up with zeros between two pictures. */
function nextPicture(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0) at += 1;
  return at;
}

interface Segment {
  readonly marker: number;
  readonly body: number;
  readonly end: number;
}

function cleanSegment(bytes: Uint8Array, segment: Segment, effort: Effort): void {
  const { marker, body, end } = segment;
  const isApplication = marker >= 0xe0 && marker <= 0xef;
  const isComment = marker === 0xfe;
  if ((isApplication || isComment) && !isHarmless(bytes, segment, effort)) bytes.fill(0, body, end);
}

function isHarmless(bytes: Uint8Array, { marker, body, end }: Segment, effort: Effort): boolean {
  const begins = (name: string) => {
    for (let index = 0; index < name.length; index += 1)
      if (bytes[body + index] !== name.charCodeAt(index)) return false;
    return true;
  };
  if (marker === 0xe1 && begins(EXIF))
    return blankPlaces(bytes, { start: body + EXIF.length, end }, effort);
  if (marker === 0xe1 && begins(XMP)) return !hasPlaceWords(bytes.subarray(body + XMP.length, end));
  return HARMLESS[marker]?.some(begins) === true;
}

/**
 * Cleans one picture in place, from segment to segment, and answers where it ends; undefined where it is not formed as it
 * should be. A picture without an end of its own has it where the file ends.
 */
function cleanPicture(bytes: Uint8Array, start: number, effort: Effort): number | undefined {
  effort.step();
  let at = start + 2;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) return at + 2;
    if (isAlone(marker)) {
      at += 2;
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return undefined;
    effort.step();
    cleanSegment(bytes, { marker, body: at + 4, end }, effort);
    at = marker === 0xda ? scanEnd(bytes, end) : end;
  }
  return bytes.length;
}

function isAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}

/** Coded pixels go on until a marker that is no restart. By hand: a search for each 0xff is slow where every second byte is one. */
function scanEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] ?? 0xd9;
    if (next !== 0 && next !== 0xff && !isAlone(next)) return at;
  }
  return bytes.length;
}
