import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { PDFDocument } from 'pdf-lib';
import sharp, { type OutputInfo } from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodeHeic } from '../../../../electron/core/attachments/worker/decode-heic.ts';
import { makePictures } from '../../../../electron/core/attachments/worker/make-pictures.ts';
import { bitmap } from '../../../support/file-bytes.ts';

const supportFile = (name: string) =>
  readFile(new URL(`../../../support/files/${name}`, import.meta.url));
const demoFile = (name: string) =>
  readFile(new URL(`../../../../sync-server/admin/demo-office/files/${name}`, import.meta.url));

const RED = [224, 32, 32];
const GREEN = [32, 160, 64];
const BLUE = [32, 64, 208];
const YELLOW = [224, 192, 32];

/** The colours in the corners: top left, top right, bottom left, bottom right. */
async function corners(image: Uint8Array) {
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return [
    [6, 6],
    [width - 7, 6],
    [6, height - 7],
    [width - 7, height - 7],
  ].map(([x, y]) => pixelAt(data, info, x!, y!));
}

function pixelAt(data: Buffer, { width, channels }: OutputInfo, x: number, y: number): number[] {
  const at = (y * width + x) * channels;
  return [...data.subarray(at, at + 3)];
}

function expectColours(found: readonly number[][], wanted: readonly number[][], within: number) {
  for (const [index, colour] of wanted.entries())
    for (const [channel, value] of colour.entries())
      expect(Math.abs(found[index]![channel]! - value)).toBeLessThanOrEqual(within);
}

describe('(D5) a HEIC', () => {
  test('is shown upright and in the right colours: its own rotation once, its profile applied', async () => {
    const pictures = await makePictures(await supportFile('turned-p3.heic'), 'image/heic');
    expect(pictures.problem).toBeNull();
    for (const image of [pictures.thumbnail!, pictures.preview!, pictures.jpeg!]) {
      expect(await sharp(image).metadata()).toMatchObject({
        format: 'jpeg',
        width: 64,
        height: 96,
      });
      expectColours(await corners(image), [GREEN, YELLOW, RED, BLUE], 12);
    }
  });

  test('of a phone names its colours by number, and they are right, too', async () => {
    // The same picture without its profile: its numbers are Display P3’s, so red comes out paler than it is.
    const named = withColoursByNumber(await supportFile('turned-p3.heic'));
    const pictures = await makePictures(named, 'image/heic');
    expectColours(await corners(pictures.jpeg!), [GREEN, YELLOW, RED, BLUE], 12);
  });

  test('gives the same bytes each time', async () => {
    const bytes = await demoFile('scratch-sill.heic');
    const [one, other] = [
      await makePictures(bytes, 'image/heic'),
      await makePictures(bytes, 'image/heic'),
    ];
    expect(one).toEqual(other);
    expect((await sharp(one.thumbnail!).metadata()).width).toBe(400);
  });

  test('(D6) gives pictures without anything the camera wrote', async () => {
    const pictures = await makePictures(await supportFile('corners.heic'), 'image/heic');
    for (const image of [pictures.thumbnail!, pictures.preview!, pictures.jpeg!]) {
      const { exif, xmp, iptc, icc, comments } = await sharp(image).metadata();
      expect([exif, xmp, iptc, icc, comments]).toEqual(Array.from({ length: 5 }, () => undefined));
      expect(Buffer.from(image).includes('Docket')).toBe(false);
    }
  });

  test('that ends before its picture does says so; one that lost only what follows is shown', async () => {
    const bytes = await supportFile('corners.heic');
    const reasons = [40, 300, bytes.length - 1].map((length) => bytes.subarray(0, length));
    for (const part of reasons)
      expect(await makePictures(part, 'image/heic')).toMatchObject({
        thumbnail: null,
        preview: null,
        jpeg: null,
        problem: expect.stringMatching(/cut-short|damaged/),
      });
    const longer = Buffer.concat([bytes, Buffer.from('\0\0\x10\0freehalf of it', 'latin1')]);
    expect((await makePictures(longer, 'image/heic')).problem).toBeNull();
  });
});

const IPHONE = new URL('../../../../../shared/fixtures/iphone-xs.heic', import.meta.url);
test('(D5) a photo’s colours are those its profile’s own sums give, an iPhone’s where one is at hand', async () => {
  const bytes = existsSync(IPHONE) ? await readFile(IPHONE) : await supportFile('turned-p3.heic');
  const { jpeg } = await makePictures(bytes, 'image/heic');
  const { data, info } = await sharp(jpeg!).raw().toBuffer({ resolveWithObject: true });
  // Before its profile is applied, a decoded photo is pixels as Display P3 counts them.
  const raw = Buffer.from(decodeHeic(bytes).rgb);
  // Within areas of one colour: at their edges a JPEG mixes them.
  const step = Math.max(16, Math.ceil(info.width / 16));
  for (let y = 8; y < info.height - 4; y += step)
    for (let x = 8; x < info.width - 4; x += step) {
      const wanted = meanOf(raw, info, [x, y], displayP3ToSrgb);
      const found = meanOf(data, info, [x, y], (colour) => colour);
      for (const [channel, value] of wanted.entries())
        expect(Math.abs(found[channel]! - value)).toBeLessThanOrEqual(8);
    }
}, 120_000);

function meanOf(
  data: Buffer,
  info: OutputInfo,
  [x, y]: readonly [number, number],
  convert: (colour: readonly number[]) => readonly number[],
): number[] {
  const sums = [0, 0, 0];
  for (let row = y; row < y + 4; row += 1)
    for (let column = x; column < x + 4; column += 1)
      for (const [channel, value] of convert(pixelAt(data, info, column, row)).entries())
        sums[channel]! += value;
  return sums.map((sum) => sum / 16);
}

/** CSS Color 4: linear light, Display P3 to XYZ to sRGB in one matrix, and the curve again; colours outside are cut off. */
function displayP3ToSrgb(colour: readonly number[]): number[] {
  const [r, g, b] = colour.map((value) => {
    const v = value / 255;
    return v <= 0.040_45 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return [
    1.224_94 * r - 0.224_94 * g,
    -0.042_057 * r + 1.042_057 * g,
    -0.019_638 * r - 0.078_636 * g + 1.098_274 * b,
  ].map((value) => {
    const v = Math.min(1, Math.max(0, value));
    return 255 * (v <= 0.003_130_8 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);
  });
}

describe('(D5) other pictures', () => {
  test.each(['png', 'jpeg', 'gif', 'webp', 'tiff', 'avif'] as const)(
    '%s: corners where they belong, the camera’s turn applied, no larger than it is',
    async (format) => {
      const source = sharp(await supportFile('corners.jpg')).withExif({ IFD0: {} });
      const bytes = await source[format]().toBuffer();
      const { thumbnail, preview, jpeg, problem } = await makePictures(bytes, `image/${format}`);
      expect(problem).toBeNull();
      expectColours(await corners(preview!), [RED, GREEN, BLUE, YELLOW], 24);
      expect((await sharp(thumbnail!).metadata()).width).toBe(96);
      expect(jpeg === null).toBe(format !== 'tiff');
    },
  );

  test('a JPEG that lies on its side is turned once', async () => {
    const lying = await sharp(await supportFile('corners.jpg'))
      .rotate(90)
      .withMetadata({ orientation: 8 })
      .jpeg({ quality: 95 })
      .toBuffer();
    const { preview } = await makePictures(lying, 'image/jpeg');
    expectColours(await corners(preview!), [RED, GREEN, BLUE, YELLOW], 24);
  });

  test('a picture with holes stands on white', async () => {
    const background = { r: 0, g: 0, b: 0, alpha: 0 };
    const clear = sharp({ create: { width: 20, height: 20, channels: 4, background } });
    const { preview } = await makePictures(await clear.png().toBuffer(), 'image/png');
    expectColours(await corners(preview!), [[255, 255, 255]], 2);
  });

  test.each([1, 4, 8, 16, 24, 32] as const)('a bitmap of %i bits a pixel', async (bits) => {
    // Red above blue, both in the palette where there is one.
    for (const isTopDown of [true, false]) {
      const { preview, problem } = await makePictures(bitmap(bits, isTopDown), 'image/bmp');
      expect(problem).toBeNull();
      expectColours(
        await corners(preview!),
        [
          [255, 0, 0],
          [255, 0, 0],
          [0, 0, 255],
        ],
        40,
      );
    }
  });

  test('the first page of a PDF, whole and on white', async () => {
    const document = await PDFDocument.create();
    document.addPage([200, 300]).drawText('Kostenvoranschlag', { x: 20, y: 250 });
    document.addPage([300, 100]);
    const pictures = await makePictures(Buffer.from(await document.save()), 'application/pdf');
    const { data, info } = await sharp(pictures.preview!).raw().toBuffer({
      resolveWithObject: true,
    });
    expect(info).toMatchObject({ width: 1067, height: 1600 });
    expect(pixelAt(data, info, 5, 1500)).toEqual([255, 255, 255]);
    const ink = [...data].filter((value) => value < 100).length;
    expect(ink).toBeGreaterThan(1000);
    expect(pictures).toMatchObject({ jpeg: null, withoutLocation: null, problem: null });
  });

  test('a PDF with a password says so', async () => {
    const locked = Buffer.from(
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj ' +
        '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj 4 0 obj<</Filter/Standard/V 1/R 2/P -4' +
        `/O<${'01'.repeat(32)}>/U<${'02'.repeat(32)}>>>endobj\n` +
        'trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF',
      'latin1',
    );
    expect(await makePictures(locked, 'application/pdf')).toMatchObject({ problem: 'locked' });
  });

  test('a picture of more than 100 megapixels is not unpacked, and says so', async () => {
    const background = 'teal';
    const huge = sharp({ create: { width: 12_000, height: 9000, channels: 3, background } });
    const bytes = await huge.png({ compressionLevel: 9 }).toBuffer();
    expect(await makePictures(bytes, 'image/png')).toMatchObject({ problem: 'too-large' });
  });

  test('half a JPEG says that part of it is missing', async () => {
    const bytes = await demoFile('dent-door.jpg');
    expect(await makePictures(bytes.subarray(0, bytes.length / 2), 'image/jpeg')).toMatchObject({
      preview: null,
      problem: 'cut-short',
    });
  });
});

/** Puts a colour box that names primaries, curve and matrix by number in the place of the one with a profile. */
function withColoursByNumber(heic: Buffer): Buffer {
  const copy = Buffer.from(heic);
  const at = copy.indexOf('colrprof');
  const P3 = 12;
  const SRGB_CURVE = 13;
  const BT601 = 6;
  copy.write('colrnclx', at, 'latin1');
  copy.writeUInt16BE(P3, at + 8);
  copy.writeUInt16BE(SRGB_CURVE, at + 10);
  copy.writeUInt16BE(BT601, at + 12);
  copy.writeUInt8(0x80, at + 14);
  return copy;
}
