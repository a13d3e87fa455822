// HEIC and HEIF, decoded by libheif: the primary image of whatever else is in the file, upright as its own rotation says (the
// EXIF orientation repeats it and must not be applied again), with its colour profile. (D5)

import libheif from 'libheif-js/wasm-bundle.js';
import { neededBytes, readHeif } from '../../../../sync-server/protocol/location/heif-items.ts';
import { displayP3Profile } from './display-p3.ts';
import { NoPictureError } from './no-picture-error.ts';
import { MAX_DECODED_PIXELS, type Pixels, tiffHead } from './pixels.ts';

const RGB = 1;
const INTERLEAVED_RGB = 10;
const MAX_EDGE = 32_768;
/** Error codes of libheif; the others mean damage. */
const UNSUPPORTED = new Set([3, 4, 11]);
const SECURITY_LIMIT = 1000;

/** @throws NoPictureError `cut-short`, `damaged`, `too-large`, `not-supported` */
export function decodeHeic(bytes: Buffer): Pixels {
  requireWhole(bytes);
  const freeing: (() => void)[] = [];
  try {
    const handle = openPrimary(bytes, freeing);
    const width = libheif._heif_image_handle_get_width(handle);
    const height = libheif._heif_image_handle_get_height(handle);
    if (width * height > MAX_DECODED_PIXELS) throw new NoPictureError('too-large');
    if (width <= 0 || height <= 0) throw new NoPictureError('damaged');
    return decode(handle, profileOf(handle), freeing);
  } finally {
    for (const free of freeing.toReversed()) free();
  }
}

/** The decoder shows what is there of a file that broke off and says nothing. */
function requireWhole(bytes: Uint8Array): void {
  const heif = readHeif(bytes);
  if (heif === undefined) throw new NoPictureError('damaged');
  if (heif.kind === 'cut-short' || neededBytes(heif) > bytes.length)
    throw new NoPictureError('cut-short');
}

function openPrimary(bytes: Uint8Array, freeing: (() => void)[]): number {
  const context = libheif._heif_context_alloc();
  freeing.push(() => libheif._heif_context_free(context));
  libheif._heif_context_set_maximum_image_size_limit(context, MAX_EDGE);
  const copy = allocate(bytes.length, freeing);
  libheif.HEAPU8.set(bytes, copy);
  checked((error) => libheif._heif_context_read_from_memory(error, context, copy, bytes.length, 0));
  const handle = checkedPointer((error, out) =>
    libheif._heif_context_get_primary_image_handle(error, context, out),
  );
  freeing.push(() => libheif._heif_image_handle_release(handle));
  return handle;
}

function decode(handle: number, profile: Uint8Array | undefined, freeing: (() => void)[]): Pixels {
  const image = checkedPointer((error, out) =>
    libheif._heif_decode_image(error, handle, out, RGB, INTERLEAVED_RGB, 0),
  );
  freeing.push(() => libheif._heif_image_release(image));
  const width = libheif._heif_image_get_width(image, INTERLEAVED_RGB);
  const height = libheif._heif_image_get_height(image, INTERLEAVED_RGB);
  const strideAt = allocate(4, freeing);
  const plane = libheif._heif_image_get_plane_readonly(image, INTERLEAVED_RGB, strideAt);
  const stride = uint32At(strideAt);
  const head = profile === undefined ? Buffer.alloc(0) : tiffHead(width, height, profile);
  const tiff = Buffer.allocUnsafeSlow(head.length + width * height * 3);
  tiff.set(head);
  const rgb = tiff.subarray(head.length);
  const rowLength = width * 3;
  for (let row = 0; row < height; row += 1) {
    const from = plane + row * stride;
    rgb.set(libheif.HEAPU8.subarray(from, from + rowLength), row * rowLength);
  }
  return { width, height, rgb, tiff: profile === undefined ? undefined : tiff };
}

/** The profile in the file; where it only names its colours by number, the one iPhones and Androids mean by that. */
function profileOf(handle: number): Uint8Array | undefined {
  const size = libheif._heif_image_handle_get_raw_color_profile_size(handle);
  if (size === 0) return isDisplayP3(handle) ? displayP3Profile() : undefined;
  return withMemory(size, (at) => {
    checked((error) => libheif._heif_image_handle_get_raw_color_profile(error, handle, at));
    return libheif.HEAPU8.slice(at, at + size);
  });
}

/** SMPTE EG 432-1, in libheif's struct after its version byte. */
function isDisplayP3(handle: number): boolean {
  const P3 = 12;
  try {
    const nclx = checkedPointer((error, out) =>
      libheif._heif_image_handle_get_nclx_color_profile(error, handle, out),
    );
    const primaries = uint32At(nclx + 4);
    libheif._heif_nclx_color_profile_free(nclx);
    return primaries === P3;
  } catch {
    // It names none.
    return false;
  }
}

function checkedPointer(call: (error: number, out: number) => void): number {
  return withMemory(4, (out) => {
    checked((error) => call(error, out));
    return uint32At(out);
  });
}

/** @throws NoPictureError where libheif says no */
function checked(call: (error: number) => void): void {
  withMemory(12, (error) => {
    call(error);
    const [code, detail] = [uint32At(error), uint32At(error + 4)];
    if (code === 0) return;
    if (detail === SECURITY_LIMIT) throw new NoPictureError('too-large');
    throw new NoPictureError(UNSUPPORTED.has(code) ? 'not-supported' : 'damaged');
  });
}

function withMemory<T>(size: number, use: (at: number) => T): T {
  const freeing: (() => void)[] = [];
  try {
    return use(allocate(size, freeing));
  } finally {
    for (const free of freeing) free();
  }
}

function allocate(size: number, freeing: (() => void)[]): number {
  const at = libheif._malloc(size);
  if (at === 0) throw new NoPictureError('too-large');
  freeing.push(() => libheif._free(at));
  return at;
}

function uint32At(at: number): number {
  return new DataView(libheif.HEAPU8.buffer).getUint32(at, true);
}
