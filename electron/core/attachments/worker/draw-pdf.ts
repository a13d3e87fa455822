// The first page of a PDF as pixels on white. Scripts in it are not run, and nothing is fetched for it.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { NoPictureError } from './no-picture-error.ts';
import type { Pixels } from './pixels.ts';

const PACKAGE = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
/** A picture inside of a page may not be larger than this many pixels. */
const MAX_IMAGE_PIXELS = 50_000_000;

/** @throws NoPictureError `locked`, `damaged`, `too-large` */
export async function drawPdf(bytes: Uint8Array, longestEdge: number): Promise<Pixels> {
  return withPdf(bytes, async (document) => {
    const page = await document.getPage(1);
    const natural = page.getViewport({ scale: 1 });
    const scale = longestEdge / Math.max(natural.width, natural.height, 1);
    const viewport = page.getViewport({ scale });
    const width = Math.max(1, Math.round(viewport.width));
    const height = Math.max(1, Math.round(viewport.height));
    const canvas = createCanvas(width, height);
    const context = canvas.getContext('2d');
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, width, height);
    await page.render({
      canvas: null,
      canvasContext: context as unknown as CanvasRenderingContext2D,
      viewport,
      background: '#ffffff',
    }).promise;
    return { width, height, rgb: withoutAlpha(canvas.data()), tiff: undefined };
  });
}

/** @throws NoPictureError `locked`, `damaged` */
export async function withPdf<T>(
  bytes: Uint8Array,
  use: (document: PDFDocumentProxy) => Promise<T>,
): Promise<T> {
  const loading = getDocument({
    // The library takes the buffer it is given for its own.
    data: new Uint8Array(bytes),
    verbosity: 0,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    isOffscreenCanvasSupported: false,
    maxImageSize: MAX_IMAGE_PIXELS,
    standardFontDataUrl: join(PACKAGE, 'standard_fonts/'),
    cMapUrl: join(PACKAGE, 'cmaps/'),
    cMapPacked: true,
    wasmUrl: join(PACKAGE, 'wasm/'),
    iccUrl: join(PACKAGE, 'iccs/'),
  });
  try {
    return await use(await loading.promise);
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw new NoPictureError(isLocked ? 'locked' : 'damaged', error);
  } finally {
    await loading.destroy();
  }
}

function withoutAlpha(rgba: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from] ?? 0;
    rgb[to + 1] = rgba[from + 1] ?? 0;
    rgb[to + 2] = rgba[from + 2] ?? 0;
  }
  return rgb;
}
