// Files somebody made to hold up whoever looks through them. What a test says of time it says by outcome: it is not looked
// through at all.

import { describe, expect, it } from 'vitest';
import { readHeif } from '../../../../sync-server/protocol/location/heif-items.ts';
import { withoutLocation } from '../../../../sync-server/protocol/location/without-location.ts';
import { ftyp, heifBox } from '../../../support/file-bytes.ts';

const [XMP, MAKER_NOTE, GPS, EXIF] = [0x02bc, 0x927c, 0x8825, 0x8769];

/** A structure whose one directory names everything behind it so many times. */
function tiff(sizeBytes: number, times: number, tag: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes, 'a');
  bytes.write('II*\0', 0, 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(times, 8);
  const valueAt = 10 + times * 12 + 4;
  for (let at = 10; at < valueAt - 4; at += 12) {
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(1, at + 2);
    bytes.writeUInt32LE(sizeBytes - valueAt, at + 4);
    bytes.writeUInt32LE(valueAt, at + 8);
  }
  bytes.writeUInt32LE(0, valueAt - 4);
  return bytes;
}

/** One whose tags name a list of nothing, or an empty directory that is as long as it can be. */
function tiffOf(tag: number, times: number): Buffer {
  const bytes = tiff(900_000, times, tag);
  const valueAt = bytes.readUInt32LE(18);
  bytes.fill(0, valueAt);
  if (tag === GPS) bytes.writeUInt16LE(65_535, valueAt);
  return bytes;
}

function uint(value: number, length: 2 | 4): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const pngChunk = (type: string, body: Buffer) =>
  Buffer.concat([uint(body.length, 4), Buffer.from(type), body, Buffer.alloc(4)]);
const png = (...chunks: readonly Buffer[]) =>
  Buffer.concat([PNG, ...chunks, pngChunk('IEND', Buffer.alloc(0))]);

function webp(chunks: Buffer): Buffer {
  const bytes = Buffer.concat([Buffer.from('RIFF    WEBP'), chunks]);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  return bytes;
}

function webpExif(exif: Buffer): Buffer {
  const head = Buffer.from('EXIF    ');
  head.writeUInt32LE(exif.length, 4);
  return webp(Buffer.concat([head, exif]));
}

function jpeg(segments: Buffer): Buffer {
  return Buffer.concat([Buffer.from('ffd8', 'hex'), segments, Buffer.from('ffd9', 'hex')]);
}

function jpegExif(exif: Buffer): Buffer {
  const head = Buffer.concat([Buffer.from('ffe1', 'hex'), uint(exif.length + 8, 2)]);
  return jpeg(Buffer.concat([head, Buffer.from('Exif\0\0'), exif]));
}

const GIF = Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1');

/** Items numbered from one; where each lies is written as it is given. */
function heif(type: string, places: readonly Buffer[], sizes: number, rest: Buffer): Buffer {
  const items = places.map((_place, index) =>
    heifBox(
      'infe',
      Buffer.concat([
        Buffer.from([2, 0, 0, 0]),
        uint(index + 1, 2),
        uint(0, 2),
        Buffer.from(type),
        Buffer.alloc(1),
      ]),
    ),
  );
  const rows = places.map((place, index) => Buffer.concat([uint(index + 1, 2), uint(0, 2), place]));
  const children = [
    heifBox('pitm', Buffer.concat([uint(0, 4), uint(1, 2)])),
    heifBox('iinf', Buffer.concat([uint(0, 4), uint(items.length, 2), ...items])),
    heifBox('iloc', Buffer.concat([uint(0, 4), uint(sizes, 2), uint(rows.length, 2), ...rows])),
  ];
  const meta = heifBox('meta', Buffer.concat([uint(0, 4), ...children]));
  return Buffer.concat([ftyp('heic'), meta, rest]);
}

/** In one piece, from a place to a length behind it. */
const placed = (start: number, length: number) =>
  Buffer.concat([uint(1, 2), uint(start, 4), uint(length, 4)]);
const FOUR_BYTES_EACH = 0x4400;

describe('(D6) a photo that names the same bytes over and over', () => {
  it.each([
    ['XMP of a TIFF', 'image/tiff', () => tiff(500_000, 10, XMP)],
    ['notes of a TIFF', 'image/tiff', () => tiff(500_000, 10, MAKER_NOTE)],
    ['directories of a TIFF', 'image/tiff', () => tiffOf(EXIF, 500)],
    ['places of a TIFF', 'image/tiff', () => tiffOf(GPS, 10)],
    ['EXIF of a JPEG', 'image/jpeg', () => jpegExif(tiff(60_000, 50, XMP))],
    ['EXIF of a PNG', 'image/png', () => png(pngChunk('eXIf', tiff(500_000, 10, XMP)))],
    ['EXIF of a WebP', 'image/webp', () => webpExif(tiff(500_000, 10, XMP))],
    [
      'items of a HEIC',
      'image/heic',
      () =>
        heif(
          'uri ',
          Array.from({ length: 50 }, () => placed(10_000, 400_000)),
          FOUR_BYTES_EACH,
          heifBox('mdat', Buffer.alloc(500_000, ' ')),
        ),
    ],
  ])('as %s is not looked through', (_what, mediaType, make) => {
    expect(withoutLocation(make(), mediaType).kind).toBe('cannot-tell');
  });

  it('within one that is nearly all of it is looked through', () => {
    expect(withoutLocation(tiff(3_000_000, 1, XMP), 'image/tiff').kind).toBe('has-none');
    expect(withoutLocation(tiff(3_000_000, 1, MAKER_NOTE), 'image/tiff').kind).toBe('cleaned');
  });
});

describe('(D6) a photo of nothing but tiny pieces', () => {
  const many = (piece: Buffer) => Buffer.alloc(piece.length * 100_000, piece);
  it.each([
    ['image/jpeg', () => jpeg(many(Buffer.from('ffe00002', 'hex')))],
    ['image/jpeg', () => many(Buffer.from('ffd8ffd9', 'hex'))],
    ['image/png', () => png(many(pngChunk('IDAT', Buffer.alloc(0))))],
    ['image/gif', () => Buffer.concat([GIF, many(Buffer.from('21f900', 'hex')), Buffer.from(';')])],
    ['image/webp', () => webp(many(Buffer.from('ALPH\0\0\0\0')))],
    ['image/heic', () => heif('hvc1', [placed(0, 1)], FOUR_BYTES_EACH, many(heifBox('free', '')))],
  ])('is not looked through: %s', (mediaType, make) => {
    expect(withoutLocation(make(), mediaType).kind).toBe('cannot-tell');
  });

  it('as a HEIC, with an item that lies in more pieces than can be held, is not read', () => {
    // Written in no bytes at all: 65,535 places for each six bytes of the file.
    const bytes = heif(
      'hvc1',
      Array.from({ length: 20 }, () => uint(65_535, 2)),
      0,
      Buffer.alloc(0),
    );
    expect(bytes.length).toBeLessThan(1000);
    expect(readHeif(bytes)).toBeUndefined();
  });

  it('as a HEIC, with pixels in many boxes among many pieces, is not looked through', () => {
    const places = Array.from({ length: 1000 }, () => placed(0, 1));
    const boxes = Buffer.alloc(1000 * 9, heifBox('mdat', ' '));
    const bytes = heif('hvc1', places, FOUR_BYTES_EACH, boxes);
    expect(withoutLocation(bytes, 'image/heic').kind).toBe('cannot-tell');
  });
});
