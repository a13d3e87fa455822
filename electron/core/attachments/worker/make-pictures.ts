// Thumbnail, preview and, of what browsers do not show, the whole picture as JPEG: upright, in sRGB, and with nothing of
// the file's metadata. The same bytes give the same pictures. (D5, D6)

import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { withoutLocation } from '../../../../sync-server/protocol/location/without-location.ts';
import type { NoPicture, Pictures } from '../file-jobs.ts';
import { decodeHeic } from './decode-heic.ts';
import { NoPictureError } from './no-picture-error.ts';
import { MAX_PIXELS, type Pixels } from './pixels.ts';
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
    // Where the whole is wanted, its colours are converted once for all.
    const whole = isWholeWanted ? await wholeOf(source) : null;
    const small = await pixelsOf(within(whole === null ? open(source) : from(whole), PREVIEW_EDGE));
    return {
      thumbnail: await asJpeg(within(from(small), THUMBNAIL_EDGE), 78),
      preview: await asJpeg(from(small), 82),
      jpeg: whole === null ? null : await asJpeg(from(whole), 90),
      withoutLocation: location,
      problem: null,
    };
  } catch (error) {
    const problem = reasonOf(error);
    return { thumbnail: null, preview: null, jpeg: null, withoutLocation: location, problem };
  }
}

/** A file sharp can read, or pixels somebody else has read. */
type Source =
  | { readonly kind: 'file'; readonly bytes: Buffer }
  | ({ readonly kind: 'pixels' } & Pixels);

async function sourceOf(bytes: Buffer, mediaType: string): Promise<Source> {
  switch (mediaType) {
    case 'image/heic':
    case 'image/heif':
      return { kind: 'pixels', ...decodeHeic(bytes) };
    case 'image/bmp':
      return { kind: 'pixels', ...readBitmap(bytes) };
    case 'application/pdf':
      return { kind: 'pixels', ...(await firstPage(bytes)) };
    default:
      return { kind: 'file', bytes };
  }
}

/** What draws PDFs is large, so it is loaded where there is one. */
async function firstPage(bytes: Buffer): Promise<Pixels> {
  const { drawPdf } = await import('./draw-pdf.ts');
  return drawPdf(bytes, PREVIEW_EDGE);
}

function open(source: Source): Sharp {
  if (source.kind === 'file')
    return sharp(source.bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS })
      .autoOrient()
      .flatten({ background: '#ffffff' });
  return source.tiff === undefined ? from(rawOf(source)) : sharp(source.tiff);
}

interface RawPixels {
  readonly data: Uint8Array;
  readonly info: Pick<OutputInfo, 'width' | 'height' | 'channels'>;
}

function rawOf({ rgb, width, height }: Pixels): RawPixels {
  return { data: rgb, info: { width, height, channels: 3 } };
}

async function wholeOf(source: Source): Promise<RawPixels> {
  if (source.kind === 'pixels' && source.tiff === undefined) return rawOf(source);
  return pixelsOf(open(source));
}

function pixelsOf(image: Sharp): Promise<RawPixels> {
  return image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
}

function from({ data, info: { width, height, channels } }: RawPixels): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: MAX_PIXELS });
}

function within(image: Sharp, edge: number): Sharp {
  return image.resize(edge, edge, { fit: 'inside', withoutEnlargement: true });
}

/** Optimising its coding would take a JPEG in memory as a whole, as large as all its pixels, to save one byte in thirty. */
function asJpeg(image: Sharp, quality: number): Promise<Buffer> {
  return image.jpeg({ quality, optimiseCoding: false }).toBuffer();
}

/** @throws what is no answer about the file but a mistake: a decoder that fell over is not used again */
function reasonOf(error: unknown): NoPicture {
  if (error instanceof NoPictureError) return error.reason;
  if (error instanceof WebAssembly.RuntimeError || error instanceof TypeError) throw error;
  const message = error instanceof Error ? error.message : '';
  if (/pixel limit|too large|exceeds/i.test(message)) return 'too-large';
  if (/premature end|truncated|end of file|unexpected end/i.test(message)) return 'cut-short';
  return 'damaged';
}
