// What lies where in a HEIF file (ISO 23008-12): its boxes, its items and the bytes they are made of. Nothing is decoded.

/** A box of the file; `end` may lie past the file's end where it broke off. */
export interface Box {
  readonly type: string;
  readonly start: number;
  /** Where its content begins. */
  readonly body: number;
  readonly end: number;
}

export interface Extent {
  readonly start: number;
  readonly end: number;
}

export interface HeifItem {
  readonly id: number;
  /** "hvc1", "grid", "Exif", "mime". */
  readonly type: string;
  /** Of a `mime` item. */
  readonly contentType: string;
  /** Where its bytes are in the file. */
  readonly extents: readonly Extent[];
}

export interface Heif {
  readonly kind: 'heif';
  readonly boxes: readonly Box[];
  readonly primaryId: number;
  readonly items: ReadonlyMap<number, HeifItem>;
  /** What an image is put together from: a grid from its tiles. */
  readonly parts: ReadonlyMap<number, readonly number[]>;
}

/** Undefined where it is no HEIF file; `cut-short` where it ends before its directory does. */
export function readHeif(bytes: Uint8Array): Heif | { readonly kind: 'cut-short' } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const boxes = boxesIn(view, 0, view.byteLength);
    if (boxes[0]?.type !== 'ftyp') return undefined;
    const meta = boxes.find(({ type }) => type === 'meta');
    if (meta === undefined || meta.end > view.byteLength) return { kind: 'cut-short' };
    return readMeta(view, boxes, meta);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** How long the file must be to show its primary image. */
export function neededBytes({ primaryId, items, parts }: Heif): number {
  let needed = 0;
  const seen = new Set<number>();
  const waiting = [primaryId];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { end } of items.get(id)?.extents ?? []) needed = Math.max(needed, end);
    waiting.push(...(parts.get(id) ?? []));
  }
  return needed;
}

/** A photo of 48 tiles has some two hundred boxes, and as many places in the file. */
const MAX_BOXES = 100_000;
const MAX_EXTENTS = 100_000;
const MAX_PARTS = 100_000;

/**
 * Boxes one after the other; a damaged size ends the list.
 *
 * @throws RangeError where a header is not there, or there are more boxes than any photo has
 */
export function boxesIn(view: DataView, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  let at = start;
  while (at + 8 <= end) {
    const short = view.getUint32(at);
    const type = textAt(view, at + 4, 4);
    const header = short === 1 ? 16 : 8;
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short === 0 ? end - at : short;
    if (size < header) break;
    if (boxes.length === MAX_BOXES) throw new RangeError('Too many boxes.');
    boxes.push({ type, start: at, body: at + header, end: at + size });
    at += size;
  }
  return boxes;
}

const MAX_ITEMS = 20_000;

function readMeta(view: DataView, boxes: readonly Box[], meta: Box): Heif {
  // A full box: version and flags stand in front of its children.
  const children = boxesIn(view, meta.body + 4, meta.end);
  const find = (type: string) => children.find((box) => box.type === type);
  const [pitm, iinf, iloc, iref, idat] = ['pitm', 'iinf', 'iloc', 'iref', 'idat'].map(find);
  if (pitm === undefined || iinf === undefined || iloc === undefined)
    throw new RangeError('Not the directory of an image.');
  const isShort = view.getUint8(pitm.body) === 0;
  const primaryId = isShort ? view.getUint16(pitm.body + 4) : view.getUint32(pitm.body + 4);
  const places = readPlaces(view, iloc, idat);
  const items = new Map<number, HeifItem>();
  for (const info of readInfos(view, iinf))
    items.set(info.id, { ...info, extents: places.get(info.id) ?? [] });
  const parts = iref === undefined ? new Map<number, number[]>() : readParts(view, iref);
  return { kind: 'heif', boxes, primaryId, items, parts };
}

function readInfos(view: DataView, iinf: Box): { id: number; type: string; contentType: string }[] {
  const countLength = view.getUint8(iinf.body) === 0 ? 2 : 4;
  return boxesIn(view, iinf.body + 4 + countLength, iinf.end)
    .filter(({ type }) => type === 'infe')
    .slice(0, MAX_ITEMS)
    .flatMap(({ body, end }) => {
      const version = view.getUint8(body);
      if (version < 2) return [];
      const idLength = version === 2 ? 2 : 4;
      const id = version === 2 ? view.getUint16(body + 4) : view.getUint32(body + 4);
      const typeAt = body + 4 + idLength + 2;
      const type = textAt(view, typeAt, 4);
      const afterName = stringEnd(view, typeAt + 4, end) + 1;
      const contentType =
        type === 'mime' ? textAt(view, afterName, contentTypeLength(view, afterName, end)) : '';
      return { id, type, contentType };
    });
}

/** One that goes on for longer is none we know. */
function contentTypeLength(view: DataView, at: number, end: number): number {
  return Math.max(0, stringEnd(view, at, Math.min(end, at + 100)) - at);
}

function readPlaces(view: DataView, iloc: Box, idat: Box | undefined): Map<number, Extent[]> {
  const version = view.getUint8(iloc.body);
  const sizes = view.getUint16(iloc.body + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  let at = iloc.body + 6;
  const number = (size: number) => {
    const value =
      size === 0
        ? 0
        : size === 2
          ? view.getUint16(at)
          : size === 4
            ? view.getUint32(at)
            : Number(view.getBigUint64(at));
    at += size;
    return value;
  };
  const places = new Map<number, Extent[]>();
  const count = number(version < 2 ? 2 : 4);
  let extentCount = 0;
  for (let index = 0; index < Math.min(count, MAX_ITEMS) && at < iloc.end; index += 1) {
    const id = number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : number(2) & 15;
    number(2);
    const base = number(baseSize);
    const extents: Extent[] = [];
    for (let left = number(2); left > 0 && at < iloc.end; left -= 1) {
      // A place may be written in no bytes at all, and so any number of them.
      extentCount += 1;
      if (extentCount > MAX_EXTENTS) throw new RangeError('Too many places.');
      number(indexSize);
      const start = base + number(offsetSize) + (method === 1 ? (idat?.body ?? 0) : 0);
      extents.push({ start, end: start + number(lengthSize) });
    }
    // Built from other items rather than from bytes.
    if (method <= 1) places.set(id, extents);
  }
  return places;
}

function readParts(view: DataView, iref: Box): Map<number, number[]> {
  const isShort = view.getUint8(iref.body) === 0;
  const idAt = (at: number) => (isShort ? view.getUint16(at) : view.getUint32(at));
  const idLength = isShort ? 2 : 4;
  const parts = new Map<number, number[]>();
  let partCount = 0;
  for (const { type, body, end } of boxesIn(view, iref.body + 4, iref.end)) {
    if (type !== 'dimg') continue;
    const count = Math.min(view.getUint16(body + idLength), (end - body) / idLength);
    partCount += count;
    if (partCount > MAX_PARTS) throw new RangeError('Too many parts.');
    const from = idAt(body);
    const to = parts.get(from) ?? [];
    for (let index = 0; index < count; index += 1)
      to.push(idAt(body + idLength + 2 + index * idLength));
    parts.set(from, to);
  }
  return parts;
}

function textAt(view: DataView, at: number, length: number): string {
  let text = '';
  for (let index = 0; index < length; index += 1)
    text += String.fromCharCode(view.getUint8(at + index));
  return text;
}

function stringEnd(view: DataView, at: number, end: number): number {
  let last = at;
  while (last < end && view.getUint8(last) !== 0) last += 1;
  return last;
}
