// BMP, which sharp cannot read: 1 to 32 bits a pixel, with or without a palette, top down or bottom up, and the run-length
// forms scanners and old programs write.

import { NoPictureError } from './no-picture-error.ts';
import { MAX_DECODED_PIXELS, type Pixels } from './pixels.ts';

const PLAIN = 0;
const RLE8 = 1;
const RLE4 = 2;
const BIT_FIELDS = 3;
const ALPHA_BIT_FIELDS = 6;

interface Bitmap {
  readonly view: DataView;
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  readonly compression: number;
  readonly pixelsAt: number;
  readonly palette: readonly number[];
  readonly masks: readonly number[];
}

/** @throws NoPictureError `damaged`, `cut-short`, `too-large`, `not-supported` */
export function readBitmap(bytes: Uint8Array): Pixels {
  const bitmap = readHeader(bytes);
  const { width, height, compression } = bitmap;
  const rgb = new Uint8Array(width * height * 3);
  const put = (x: number, row: number, colour: number) => {
    const y = bitmap.isTopDown ? row : height - 1 - row;
    const at = (y * width + x) * 3;
    rgb[at] = colour >> 16;
    rgb[at + 1] = colour >> 8;
    rgb[at + 2] = colour;
  };
  if (compression === RLE8 || compression === RLE4) unrollRuns(bitmap, put);
  else readRows(bitmap, put);
  return { width, height, rgb, tiff: undefined };
}

function readHeader(bytes: Uint8Array): Bitmap {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 30) throw new NoPictureError('cut-short');
  const headerLength = view.getUint32(14, true);
  // OS/2's first form has short sizes and a palette of three bytes an entry.
  const isOld = headerLength === 12;
  if (bytes.length < 14 + headerLength || headerLength < 12) throw new NoPictureError('cut-short');
  const width = isOld ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = isOld ? view.getUint16(20, true) : view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  if (width <= 0 || height === 0) throw new NoPictureError('damaged');
  if (width * height > MAX_DECODED_PIXELS) throw new NoPictureError('too-large');
  const bits = view.getUint16(isOld ? 24 : 28, true);
  const compression = isOld ? PLAIN : view.getUint32(30, true);
  if (![1, 2, 4, 8, 16, 24, 32].includes(bits)) throw new NoPictureError('not-supported');
  const palette = readPalette(view, { headerLength, bits, isOld });
  const masks = readMasks(view, bits, compression, headerLength);
  const pixelsAt = view.getUint32(10, true);
  const isTopDown = signedHeight < 0;
  return { view, width, height, isTopDown, bits, compression, pixelsAt, palette, masks };
}

function readPalette(
  view: DataView,
  { headerLength, bits, isOld }: { headerLength: number; bits: number; isOld: boolean },
): number[] {
  if (bits > 8) return [];
  const said = isOld ? 0 : view.getUint32(46, true);
  const count = said === 0 || said > 2 ** bits ? 2 ** bits : said;
  const size = isOld ? 3 : 4;
  const colours: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = 14 + headerLength + index * size;
    if (at + 3 > view.byteLength) break;
    colours.push((view.getUint8(at + 2) << 16) | (view.getUint8(at + 1) << 8) | view.getUint8(at));
  }
  return colours;
}

function readMasks(view: DataView, bits: number, compression: number, headerLength: number) {
  if (compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS) {
    if (view.byteLength < 66) throw new NoPictureError('cut-short');
    return [54, 58, 62].map((at) => view.getUint32(at, true));
  }
  if (compression > RLE4 || headerLength < 12) throw new NoPictureError('not-supported');
  return bits === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0x00ff00, 0x0000ff];
}

function readRows(bitmap: Bitmap, put: (x: number, row: number, colour: number) => void): void {
  const { view, width, height, bits, pixelsAt } = bitmap;
  const rowLength = Math.ceil((width * bits) / 32) * 4;
  if (pixelsAt + rowLength * height > view.byteLength) throw new NoPictureError('cut-short');
  for (let row = 0; row < height; row += 1)
    for (let x = 0; x < width; x += 1) put(x, row, colourAt(bitmap, pixelsAt + row * rowLength, x));
}

function colourAt({ view, bits, palette, masks }: Bitmap, rowAt: number, x: number): number {
  if (bits <= 8) {
    const bit = x * bits;
    const shift = 8 - bits - (bit % 8);
    return palette[(view.getUint8(rowAt + (bit >> 3)) >> shift) & (2 ** bits - 1)] ?? 0;
  }
  if (bits === 24) {
    const at = rowAt + x * 3;
    return (view.getUint8(at + 2) << 16) | (view.getUint8(at + 1) << 8) | view.getUint8(at);
  }
  const value =
    bits === 16 ? view.getUint16(rowAt + x * 2, true) : view.getUint32(rowAt + x * 4, true);
  const [red = 0, green = 0, blue = 0] = masks;
  return (channel(value, red) << 16) | (channel(value, green) << 8) | channel(value, blue);
}

function channel(value: number, mask: number): number {
  if (mask === 0) return 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const highest = mask >>> shift;
  return Math.round((((value & mask) >>> shift) * 255) / highest);
}

/** What no run covers stays black. */
function unrollRuns(
  { view, width, height, bits, pixelsAt, palette, compression }: Bitmap,
  put: (x: number, row: number, colour: number) => void,
): void {
  if (bits !== (compression === RLE8 ? 8 : 4)) throw new NoPictureError('damaged');
  let at = pixelsAt;
  let [x, row] = [0, 0];
  const next = () => {
    if (at >= view.byteLength) throw new NoPictureError('cut-short');
    at += 1;
    return view.getUint8(at - 1);
  };
  const draw = (value: number, index: number) => {
    const entry = bits === 8 ? value : index % 2 === 0 ? value >> 4 : value & 15;
    if (x < width && row < height) put(x, row, palette[entry] ?? 0);
    x += 1;
  };
  while (row < height) {
    const count = next();
    const value = next();
    if (count > 0) for (let index = 0; index < count; index += 1) draw(value, index);
    else if (value === 0) [x, row] = [0, row + 1];
    else if (value === 1) return;
    else if (value === 2) [x, row] = [x + next(), row + next()];
    else {
      const length = bits === 8 ? value : Math.ceil(value / 2);
      const start = at;
      for (let index = 0; index < value; index += 1)
        draw(byteAt(view, start + (bits === 8 ? index : index >> 1)), index);
      at = start + length + (length % 2);
    }
  }
}

function byteAt(view: DataView, at: number): number {
  if (at >= view.byteLength) throw new NoPictureError('cut-short');
  return view.getUint8(at);
}
