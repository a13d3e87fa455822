// What counts as plain text: well-formed UTF-8, or UTF-16 with its mark, without the bytes no text has, and no markup.
// HTML, SVG and XML are programs for a browser, so they are not text here. (D1)

import { type FileBytes, viewOf } from './file-bytes.ts';

/** Tab, line feed, form feed, carriage return, escape. */
const TEXT_CONTROLS = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);
const MARKUP_START = /^\s*<[a-z!?/]/i;
/** Enough to pass blank lines before a first tag. */
const START_LENGTH = 4096;
const CHUNK_LENGTH = 128 * 1024;

/** Chunk by chunk: whatever follows, the first byte that no text has ends it. */
export async function isPlainText(file: FileBytes): Promise<boolean> {
  if (file.sizeBytes === 0) return false;
  const { textAt, startOf, textLength } = encodingOf(await file.read(0, 3));
  for (let at = textAt; at < file.sizeBytes; ) {
    const chunk = await file.read(at, CHUNK_LENGTH);
    const length = textLength(chunk, at + chunk.length >= file.sizeBytes);
    if (length === 0 || (at === textAt && MARKUP_START.test(startOf(chunk)))) return false;
    at += length;
  }
  return true;
}

interface Encoding {
  readonly textAt: number;
  startOf(chunk: Uint8Array): string;
  /** The bytes of the whole characters in a chunk: one that is cut off at its end is left to the next. 0 where it is no text. */
  textLength(chunk: Uint8Array, isLast: boolean): number;
}

function encodingOf([first, second, third]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return utf16(true);
  if (first === 0xfe && second === 0xff) return utf16(false);
  const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
  return {
    textAt: hasMark ? 3 : 0,
    startOf: (chunk) => String.fromCharCode(...chunk.subarray(0, START_LENGTH)),
    textLength: utf8TextLength,
  };
}

function utf16(isLittleEndian: boolean): Encoding {
  return {
    textAt: 2,
    startOf: (chunk) => utf16Start(viewOf(chunk), isLittleEndian),
    textLength: (chunk, isLast) => utf16TextLength(chunk, isLast, isLittleEndian),
  };
}

function utf16Start(view: DataView, isLittleEndian: boolean): string {
  let start = '';
  const end = Math.min(view.byteLength - 1, START_LENGTH * 2);
  for (let at = 0; at < end; at += 2)
    start += String.fromCharCode(view.getUint16(at, isLittleEndian));
  return start;
}

function utf16TextLength(chunk: Uint8Array, isLast: boolean, isLittleEndian: boolean): number {
  const view = viewOf(chunk);
  const end = isLast ? chunk.length : chunk.length - 3;
  let at = 0;
  for (; at < end; at += 2) {
    if (at + 2 > chunk.length) return 0;
    const unit = view.getUint16(at, isLittleEndian);
    if (isControl(unit) || isLowSurrogate(unit)) return 0;
    if (unit < 0xd800 || unit > 0xdbff) continue;
    at += 2;
    if (at + 2 > chunk.length || !isLowSurrogate(view.getUint16(at, isLittleEndian))) return 0;
  }
  return at;
}

function utf8TextLength(chunk: Uint8Array, isLast: boolean): number {
  const end = isLast ? chunk.length : chunk.length - 3;
  let at = 0;
  while (at < end) {
    const length = utf8LengthAt(chunk, at);
    if (length === 0) return 0;
    at += length;
  }
  return at;
}

/** The bytes of the well-formed character at `at`; 0 where there is none (RFC 3629). */
function utf8LengthAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return isControl(lead) ? 0 : 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) return 0;
  let code = lead & (0xff >> (length + 1));
  for (let next = at + 1; next < at + length; next += 1) {
    const byte = bytes[next] ?? 0;
    if ((byte & 0xc0) !== 0x80) return 0;
    code = (code << 6) | (byte & 0x3f);
  }
  const isOverlong = code < (length === 4 ? 0x1_0000 : length === 3 ? 0x800 : 0x80);
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return isOverlong || isSurrogate || code > 0x10_ffff ? 0 : length;
}

function isControl(code: number): boolean {
  return (code < 0x20 && !TEXT_CONTROLS.has(code)) || code === 0x7f;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
