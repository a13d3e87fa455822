// Thumbnail, preview and, of what browsers do not show, the whole picture as JPEG: upright, in sRGB, and with nothing of
// the file's metadata. The same bytes give the same pictures. (D5, D6)

import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { withoutLocation } from '../../../../sync-server/protocol/location/without-location.ts';
import type { NoPicture, Pictures } from '../file-jobs.ts';
import { decodeHeic } from './decode-heic.ts';
import { drawPdf } from './draw-pdf.ts';
import { NoPictureError } from './no-picture-error.ts';
import { MAX_PIXELS, wrapPixels } from './pixels.ts';
import { readBitmap } from './read-bitmap.ts';

const PREVIEW_EDGE = 1600;
const THUMBNAIL_EDGE = 400;

// One picture at a time in each thread, and nothing kept between two.
sharp.cache(false);
sharp.concurrency(1);

const NOT_FOR_BROWSERS: ReadonlySet<string> = new Set(['image/heic', 'image/heif', 'image/tiff']);

/** Never throws for what a file has in it: a file that cannot be shown says why. */
export async function makePictures(bytes: Buffer, mediaType: string): Promise<Pictures> {
  const clean = mediaType.startsWith('image/') ? withoutLocation(bytes, mediaType) : null;
  const cleaned = clean?.kind === 'cleaned' ? clean.bytes : null;
  const location = clean?.kind === 'has-none' ? 'original' : cleaned;
  // Where the place cannot be taken out of the original, customers get this instead.
  const isWholeWanted = NOT_FOR_BROWSERS.has(mediaType) || clean?.kind === 'cannot-tell';
  try {
    const source = await sourceOf(bytes, mediaType);
    const preview = await previewOf(source);
    const thumbnail = await thumbnailOf(preview.pixels, preview.info);
    const jpeg = isWholeWanted ? await wholeJpeg(source) : null;
    const { jpeg: previewJpeg } = preview;
    return { thumbnail, preview: previewJpeg, jpeg, withoutLocation: location, problem: null };
  } catch (error) {
    const problem = reasonOf(error);
    return { thumbnail: null, preview: null, jpeg: null, withoutLocation: location, problem };
  }
}

/** Something sharp can read. */
async function sourceOf(bytes: Buffer, mediaType: string): Promise<Buffer> {
  switch (mediaType) {
    case 'image/heic':
    case 'image/heif':
      return decodeHeic(bytes);
    case 'image/bmp':
      return wrapPixels(readBitmap(bytes));
    case 'application/pdf':
      return wrapPixels(await drawPdf(bytes, PREVIEW_EDGE));
    default:
      return bytes;
  }
}

function open(source: Buffer): Sharp {
  return sharp(source, { failOn: 'error', limitInputPixels: MAX_PIXELS })
    .autoOrient()
    .flatten({ background: '#ffffff' });
}

async function previewOf(source: Buffer) {
  const { data: pixels, info } = await open(source)
    .resize(PREVIEW_EDGE, PREVIEW_EDGE, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels, info, jpeg: await fromPixels(pixels, info).jpeg({ quality: 82 }).toBuffer() };
}

function thumbnailOf(pixels: Buffer, info: OutputInfo): Promise<Buffer> {
  return fromPixels(pixels, info)
    .resize(THUMBNAIL_EDGE, THUMBNAIL_EDGE, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 78 })
    .toBuffer();
}

function wholeJpeg(source: Buffer): Promise<Buffer> {
  return open(source).toColourspace('srgb').jpeg({ quality: 90 }).toBuffer();
}

function fromPixels(pixels: Buffer, { width, height, channels }: OutputInfo): Sharp {
  return sharp(pixels, { raw: { width, height, channels } });
}

function reasonOf(error: unknown): NoPicture {
  if (error instanceof NoPictureError) return error.reason;
  const message = error instanceof Error ? error.message : '';
  if (/pixel limit|too large|exceeds/i.test(message)) return 'too-large';
  if (/premature end|truncated|end of file|unexpected end/i.test(message)) return 'cut-short';
  return 'damaged';
}
