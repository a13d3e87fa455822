import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { withoutLocation } from '../../../../sync-server/protocol/location/without-location.ts';
import { decodeHeic } from '../../../../electron/core/attachments/worker/decode-heic.ts';
import { ftyp, heifBox, jpegSegment } from '../../../support/file-bytes.ts';

// The place is told three times over: as numbers in EXIF, as words in XMP, and as words elsewhere. None may be left anywhere.
const SECONDS = [4321, 100] as const;
const WORD = 'Kranzweg';
const exif = {
  IFD0: { Make: 'Docket', Orientation: '6' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: `53/1 33/1 ${SECONDS.join('/')}`,
    GPSLongitudeRef: 'E',
    GPSLongitude: `9/1 59/1 ${SECONDS.join('/')}`,
  },
};
const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="${WORD}"/></rdf:RDF></x:xmpmeta>`;

const raw = { width: 4, height: 4, channels: 3 } as const;
const picture = () =>
  sharp({ create: { width: 24, height: 16, channels: 3, background: 'teal' } })
    .withExif(exif)
    .withXmp(xmp);

/** Whether the place can be found in the bytes by anybody who looks. */
function tellsPlace(bytes: Uint8Array): boolean {
  const numbers = [true, false].map((isLittle) => {
    const rational = new DataView(new ArrayBuffer(8));
    rational.setUint32(0, SECONDS[0], isLittle);
    rational.setUint32(4, SECONDS[1], isLittle);
    return Buffer.from(rational.buffer);
  });
  return [...numbers, Buffer.from(WORD), Buffer.from(WORD, 'utf16le')].some(
    (trace) => Buffer.from(bytes).indexOf(trace) !== -1,
  );
}

function cleaned(bytes: Uint8Array, mediaType: string): Uint8Array {
  const before = Buffer.from(bytes);
  const result = withoutLocation(bytes, mediaType);
  expect(Buffer.from(bytes).equals(before), 'the original is untouched').toBe(true);
  if (result.kind !== 'cleaned') throw new Error(`It was ${result.kind}.`);
  expect(withoutLocation(result.bytes, mediaType)).toEqual({ kind: 'has-none' });
  return result.bytes;
}

const pixels = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();

describe('(D6) the customer’s copy of a photo', () => {
  it.each([
    ['image/jpeg', () => picture().jpeg().toBuffer()],
    ['image/png', () => picture().png().toBuffer()],
    ['image/webp', () => picture().webp().toBuffer()],
    ['image/tiff', () => picture().tiff().toBuffer()],
    ['image/avif', () => picture().avif().toBuffer()],
  ])('%s tells no place, and is the same picture, upright as before', async (mediaType, make) => {
    const bytes = await make();
    expect(tellsPlace(bytes)).toBe(true);
    const clean = cleaned(bytes, mediaType);
    expect(tellsPlace(clean)).toBe(false);
    expect(await pixels(clean)).toEqual(await pixels(bytes));
    const [before, after] = [await sharp(bytes).metadata(), await sharp(clean).metadata()];
    expect(after.orientation).toBe(before.orientation);
    expect(after.xmp ?? Buffer.alloc(0)).not.toContain(WORD);
  });

  it('of a HEIC keeps its size, its offsets and its pixels', async () => {
    const bytes = await readFile(new URL('../../../support/files/corners.heic', import.meta.url));
    expect(tellsPlace(bytes)).toBe(true);
    const clean = cleaned(bytes, 'image/heic');
    expect(tellsPlace(clean)).toBe(false);
    expect(clean.length).toBe(bytes.length);
    expect(decodeHeic(Buffer.from(clean))).toEqual(decodeHeic(bytes));
  });

  it('of a HEIC loses a film, private boxes and samples that belong to no image', async () => {
    const bytes = await readFile(new URL('../../../support/files/corners.heic', import.meta.url));
    const film = [heifBox('moov', WORD), heifBox('mpvd', WORD), heifBox('uuid', WORD)];
    const samples = heifBox('mdat', `samples ${WORD}`);
    const behind = Buffer.from(`after everything ${WORD}`);
    const long = Buffer.concat([bytes, ...film, samples]);
    const clean = cleaned(long, 'image/heic');
    expect(tellsPlace(clean)).toBe(false);
    expect(clean.length).toBe(long.length);
    expect(decodeHeic(Buffer.from(clean))).toEqual(decodeHeic(bytes));
    // Bytes behind the last box look like a box that runs past the end: nobody can tell.
    expect(withoutLocation(Buffer.concat([long, behind]), 'image/heic')).toEqual({
      kind: 'cannot-tell',
    });
  });

  it('of a JPEG loses makers’ notes, words, programs’ own segments, and a film behind it', async () => {
    const plain = await picture().jpeg().toBuffer();
    const [start, rest] = [plain.subarray(0, 2), plain.subarray(2)];
    const segments = [
      jpegSegment(0xed, `Photoshop 3.0\0 8BIM ${WORD}`),
      jpegSegment(0xeb, `JP place ${WORD}`),
      jpegSegment(0xe1, `http://ns.adobe.com/xmp/extension/\0 ${WORD}`),
      jpegSegment(0xe6, `GoPro ${WORD}`),
      jpegSegment(0xfe, WORD),
    ];
    const film = Buffer.concat([ftyp('mp42'), heifBox('moov', WORD)]);
    const bytes = Buffer.concat([start, ...segments, rest, film]);
    const clean = cleaned(bytes, 'image/jpeg');
    expect(tellsPlace(clean)).toBe(false);
    expect(clean.length).toBe(bytes.length - film.length);
    expect(await pixels(clean)).toEqual(await pixels(plain));
  });

  it('of a JPEG with a second picture behind it has that one cleaned, too', async () => {
    const [first, second] = [await picture().jpeg().toBuffer(), await picture().jpeg().toBuffer()];
    const bytes = Buffer.concat([first, Buffer.alloc(7), second]);
    const clean = cleaned(bytes, 'image/jpeg');
    expect(tellsPlace(clean)).toBe(false);
    expect(clean.length).toBe(bytes.length);
    expect(await pixels(clean.subarray(first.length + 7))).toEqual(await pixels(second));
  });

  it('of a TIFF that is a map loses where the map lies', async () => {
    const harmless = xmp.replaceAll('photoshop:City', 'photoshop:Headline');
    const plain = await sharp(Buffer.alloc(48), { raw }).withXmp(harmless).tiff().toBuffer();
    expect(withoutLocation(plain, 'image/tiff')).toEqual({ kind: 'has-none' });
    const clean = cleaned(retagged(plain, 0x02bc, 0x87b1), 'image/tiff');
    expect(tellsPlace(clean)).toBe(false);
    expect(await pixels(clean)).toEqual(await pixels(plain));
  });

  it('of a GIF loses comments and programs’ own blocks, and still plays', async () => {
    const frames = Buffer.concat([Buffer.alloc(8 * 8 * 3, 0), Buffer.alloc(8 * 8 * 3, 255)]);
    const raw = { width: 8, height: 16, channels: 3, pageHeight: 8 } as const;
    const bytes = await sharp(frames, { raw })
      .gif({ loop: 3, delay: [100, 100] })
      .toBuffer();
    const comment = Buffer.concat([
      Buffer.from([0x21, 0xfe, WORD.length]),
      Buffer.from(WORD),
      Buffer.from([0]),
    ]);
    const at = bytes.length - 1;
    const noted = Buffer.concat([bytes.subarray(0, at), comment, bytes.subarray(at)]);
    const clean = cleaned(noted, 'image/gif');
    expect(Buffer.from(clean)).toEqual(bytes);
    expect((await sharp(clean).metadata()).pages).toBe(2);
  });
});

describe('(D6) a picture without a place', () => {
  it.each([
    ['image/jpeg', () => sharp(Buffer.alloc(48), { raw }).jpeg().toBuffer()],
    ['image/png', () => sharp(Buffer.alloc(48), { raw }).png().toBuffer()],
    ['image/webp', () => sharp(Buffer.alloc(48), { raw }).webp().toBuffer()],
    ['image/gif', () => sharp(Buffer.alloc(48), { raw }).gif().toBuffer()],
    ['image/avif', () => sharp(Buffer.alloc(48), { raw }).avif().toBuffer()],
    ['image/tiff', () => sharp(Buffer.alloc(48), { raw }).tiff().toBuffer()],
  ])('%s is handed on as it is', async (mediaType, make) => {
    expect(withoutLocation(await make(), mediaType)).toEqual({ kind: 'has-none' });
  });

  it('that is broken, or of a kind nobody can clean, is not handed on', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    for (const [bytes, mediaType] of [
      [jpeg.subarray(0, 40), 'image/jpeg'],
      [Buffer.from('II*\0\xff\xff\xff\x7f', 'latin1'), 'image/tiff'],
      [(await picture().png().toBuffer()).subarray(0, 60), 'image/png'],
      [jpeg, 'application/pdf'],
      [jpeg, 'image/heic'],
    ] as const)
      expect(withoutLocation(bytes, mediaType)).toEqual({ kind: 'cannot-tell' });
  });
});

/** The same file with one tag of its first directory called another. */
function retagged(tiff: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.from(tiff);
  const directory = copy.readUInt32LE(4);
  for (let index = 0; index < copy.readUInt16LE(directory); index += 1) {
    const at = directory + 2 + index * 12;
    if (copy.readUInt16LE(at) === from) copy.writeUInt16LE(to, at);
  }
  return copy;
}
