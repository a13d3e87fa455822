// The structure of EXIF and of TIFF files: directories of tags. The place, the maker's own notes and whatever else may hold
// one are taken out of their directory and their bytes blanked; nothing moves. [EXIF 2.32, TIFF 6]

import type { Effort } from './effort.ts';
import { hasPlaceWords } from './place-words.ts';

const GPS = 0x8825;
const MAKER_NOTE = 0x927c;
const XMP = 0x02bc;
const IPTC = 0x83bb;
const PHOTOSHOP = 0x8649;
/** Where a map's pixels lie on the earth. */
const GEO = [0x830e, 0x8480, 0x8482, 0x85d8, 0x87af, 0x87b0, 0x87b1];
const TAKEN_OUT: ReadonlySet<number> = new Set([GPS, MAKER_NOTE, IPTC, PHOTOSHOP, ...GEO]);
/** Directories below a directory: EXIF's own, interoperability, and those of further images. */
const EXIF = 0x8769;
const INTEROPERABILITY = 0xa005;
const SUB_IMAGES = 0x014a;
const BELOW: ReadonlySet<number> = new Set([EXIF, INTEROPERABILITY, SUB_IMAGES]);

const TYPE_LENGTHS = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
const MAX_DIRECTORIES = 200;

/**
 * @returns a cleaned copy of `bytes`; undefined where there is no such structure
 * @throws RangeError where something points past the end, or the same bytes are named over and over
 */
export function cleanTiff(bytes: Uint8Array, effort: Effort): Uint8Array | undefined {
  const copy = bytes.slice();
  return blankPlaces(copy, { start: 0, end: copy.length }, effort) ? copy : undefined;
}

/**
 * The same in place, in the part of a file where the structure lies. Answers false where there is none; the bytes are half
 * blanked then at most.
 */
export function blankPlaces(
  bytes: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
  effort: Effort,
): boolean {
  const part = bytes.subarray(start, end);
  const order = String.fromCharCode(part[0] ?? 0, part[1] ?? 0);
  if (order !== 'II' && order !== 'MM') return false;
  const tiff = new Tiff(part, order === 'II', effort);
  if (tiff.uint16(2) !== 42) return false;
  const waiting = [tiff.uint32(4)];
  const seen = new Set<number>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === 0 || seen.has(at)) continue;
    seen.add(at);
    if (seen.size > MAX_DIRECTORIES) return false;
    for (const below of cleanDirectory(tiff, at)) waiting.push(below);
  }
  return true;
}

class Tiff {
  readonly bytes: Uint8Array;
  readonly effort: Effort;
  readonly #view: DataView;
  readonly #isLittle: boolean;

  constructor(bytes: Uint8Array, isLittle: boolean, effort: Effort) {
    this.bytes = bytes;
    this.effort = effort;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#isLittle = isLittle;
  }

  uint16(at: number): number {
    return this.#view.getUint16(at, this.#isLittle);
  }

  uint32(at: number): number {
    return this.#view.getUint32(at, this.#isLittle);
  }

  writeUint16(at: number, value: number): void {
    this.#view.setUint16(at, value, this.#isLittle);
  }
}

interface Tag {
  readonly tag: number;
  readonly at: number;
  /** Where its value lies, and how long it is. */
  readonly valueAt: number;
  readonly length: number;
}

/** Answers where further directories begin. */
function cleanDirectory(tiff: Tiff, at: number): number[] {
  const tags = tagsAt(tiff, at);
  const count = tags.length;
  const next = tiff.uint32(at + 2 + count * 12);
  const below = [next];
  const kept: Tag[] = [];
  for (const tag of tags) {
    if (BELOW.has(tag.tag)) for (const each of directoriesAt(tiff, tag)) below.push(each);
    if (tag.tag === GPS) blankDirectory(tiff, tiff.uint32(tag.at + 8));
    if (TAKEN_OUT.has(tag.tag) || (tag.tag === XMP && hasPlace(tiff, tag))) blankValue(tiff, tag);
    else kept.push(tag);
  }
  if (kept.length < tags.length) writeDirectory(tiff, at, count, kept);
  return below;
}

function tagsAt(tiff: Tiff, at: number): Tag[] {
  const count = tiff.uint16(at);
  tiff.effort.step(1 + count);
  return Array.from({ length: count }, (_one, index) => readTag(tiff, at + 2 + index * 12));
}

function readTag(tiff: Tiff, at: number): Tag {
  const type = tiff.uint16(at + 2);
  const length = (TYPE_LENGTHS[type] ?? 1) * tiff.uint32(at + 4);
  const valueAt = length <= 4 ? at + 8 : tiff.uint32(at + 8);
  return { tag: tiff.uint16(at), at, valueAt, length };
}

function directoriesAt(tiff: Tiff, { valueAt, length }: Tag): number[] {
  const count = Math.min(Math.floor(length / 4), MAX_DIRECTORIES);
  tiff.effort.step(count);
  return Array.from({ length: count }, (_one, index) => tiff.uint32(valueAt + index * 4));
}

/** A directory and all it points to. */
function blankDirectory(tiff: Tiff, at: number): void {
  const tags = tagsAt(tiff, at);
  for (const tag of tags) blankValue(tiff, tag);
  blank(tiff, at, 2 + tags.length * 12 + 4);
}

function blankValue(tiff: Tiff, { valueAt, length }: Tag): void {
  blank(tiff, valueAt, length);
}

/** @throws RangeError rather than leaving a part of it */
function blank(tiff: Tiff, at: number, length: number): void {
  if (at + length > tiff.bytes.length) throw new RangeError('A value lies past the end.');
  tiff.effort.spend(length);
  tiff.bytes.fill(0, at, at + length);
}

/** The tags that stay close up, in their order; the next directory's place follows them. */
function writeDirectory(tiff: Tiff, at: number, count: number, kept: readonly Tag[]): void {
  const end = at + 2 + count * 12 + 4;
  let to = at + 2;
  // Each goes towards the front or stays, so none is written over before it is read.
  for (const tag of kept) {
    tiff.bytes.copyWithin(to, tag.at, tag.at + 12);
    to += 12;
  }
  tiff.bytes.copyWithin(to, end - 4, end);
  tiff.bytes.fill(0, to + 4, end);
  tiff.writeUint16(at, kept.length);
}

function hasPlace(tiff: Tiff, { valueAt, length }: Tag): boolean {
  const packet = tiff.bytes.subarray(valueAt, valueAt + length);
  tiff.effort.spend(packet.length);
  return hasPlaceWords(packet);
}
