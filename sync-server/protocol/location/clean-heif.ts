// HEIC, HEIF and AVIF: EXIF is cleaned where it lies, XMP that may name a place is blanked, and whatever is no part of an image (a
// film, its tracks, what programs put in) is filled with zeros in its place, so that every offset stays true.

import { blankPlaces } from './clean-tiff.ts';
import type { Effort } from './effort.ts';
import {
  type Box,
  boxesIn,
  type Extent,
  type Heif,
  type HeifItem,
  readHeif,
} from './heif-items.ts';
import { hasPlaceWords } from './place-words.ts';

const KEPT_BOXES: ReadonlySet<string> = new Set(['ftyp', 'meta', 'mdat']);
const KEPT_IN_META: ReadonlySet<string> = new Set(
  'hdlr pitm iinf iref iprp iloc idat dinf grpl ipro free'.split(' '),
);

export function cleanHeif(bytes: Uint8Array, effort: Effort): Uint8Array | undefined {
  const heif = readHeif(bytes);
  if (heif?.kind !== 'heif') return undefined;
  const end = heif.boxes.at(-1)?.end ?? 0;
  if (end > bytes.length) return undefined;
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (const item of heif.items.values()) if (!cleanItem(copy, item, effort)) return undefined;
  const kept = extentsOf(heif);
  for (const box of heif.boxes) {
    effort.step();
    if (box.type === 'meta') cleanMeta(copy, box, effort);
    else if (box.type === 'mdat') blankOutside(copy, box, kept, effort);
    else if (!KEPT_BOXES.has(box.type)) blankBox(copy, view, box);
  }
  // What follows the last box is no part of it.
  copy.fill(0, end);
  return copy;
}

/** Answers false where what is in it cannot be reached in one piece. */
function cleanItem(bytes: Uint8Array, item: HeifItem, effort: Effort): boolean {
  const { type, contentType, extents } = item;
  effort.step(1 + extents.length);
  const isXmp = type === 'mime' && contentType === 'application/rdf+xml';
  if (type !== 'Exif' && type !== 'mime' && type !== 'uri ') return true;
  if (extents.some(({ end }) => end > bytes.length)) return false;
  if (type === 'Exif') {
    const [extent] = extents;
    if (extent === undefined) return true;
    return extents.length === 1 && cleanExif(bytes, extent, effort);
  }
  for (const { start, end } of extents) {
    // Items may share their bytes.
    effort.spend(end - start);
    if (!isXmp || extents.length > 1 || hasPlaceWords(bytes.subarray(start, end)))
      // Blanks: a packet of spaces is well-formed text without anything in it.
      bytes.fill(0x20, start, end);
  }
  return true;
}

/** Four bytes say how far the structure begins behind them. */
function cleanExif(bytes: Uint8Array, { start, end }: Extent, effort: Effort): boolean {
  const offset = new DataView(bytes.buffer).getUint32(start);
  const from = start + 4 + offset;
  if (from >= end) return false;
  return blankPlaces(bytes, { start: from, end }, effort);
}

function cleanMeta(bytes: Uint8Array, meta: Box, effort: Effort): void {
  const view = new DataView(bytes.buffer);
  for (const box of boxesIn(view, meta.body + 4, meta.end)) {
    effort.step();
    if (!KEPT_IN_META.has(box.type)) blankBox(bytes, view, box);
    else if (box.type === 'free') bytes.fill(0, box.body, box.end);
  }
}

/** A box that means nothing, of the same size. */
function blankBox(bytes: Uint8Array, view: DataView, box: Box): void {
  view.setUint32(box.start + 4, 0x66726565);
  bytes.fill(0, box.body, Math.min(box.end, bytes.length));
}

/** What the items are made of, in the order it lies. */
function extentsOf({ items }: Heif): readonly Extent[] {
  return [...items.values()]
    .flatMap(({ extents }) => extents)
    .toSorted((a, b) => a.start - b.start);
}

/** Samples of a film lie among the pixels; no item names them. */
function blankOutside(
  bytes: Uint8Array,
  { body, end }: Box,
  kept: readonly Extent[],
  effort: Effort,
): void {
  effort.step(kept.length);
  let at = body;
  for (const extent of kept) {
    if (extent.end <= at || extent.start >= end) continue;
    if (extent.start > at) bytes.fill(0, at, extent.start);
    at = extent.end;
  }
  if (at < end) bytes.fill(0, at, end);
}
