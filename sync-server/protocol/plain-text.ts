// What counts as plain text: well-formed UTF-8, or UTF-16 with its mark, without the bytes no text has, and no markup.
// HTML, SVG and XML are programs for a browser, so they are not text here. (D1)

/** Tab, line feed, form feed, carriage return, escape. */
const TEXT_CONTROLS = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);
const MARKUP_START = /^\s*<[a-z!?/]/i;
/** Enough to pass blank lines before a first tag. */
const START_LENGTH = 4096;

export function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return isUtf16Text(bytes.subarray(2), true);
  if (first === 0xfe && second === 0xff) return isUtf16Text(bytes.subarray(2), false);
  const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
  return isUtf8Text(hasMark ? bytes.subarray(3) : bytes);
}

function isUtf16Text(bytes: Uint8Array, isLittleEndian: boolean): boolean {
  if (bytes.length % 2 !== 0) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const unit = view.getUint16(at, isLittleEndian);
    if (isControl(unit)) return false;
    if (isLowSurrogate(unit)) return false;
    if (unit >= 0xd800 && unit <= 0xdbff) {
      at += 2;
      if (at >= bytes.length || !isLowSurrogate(view.getUint16(at, isLittleEndian))) return false;
    }
    if (start.length < START_LENGTH) start += String.fromCharCode(unit);
  }
  return !MARKUP_START.test(start);
}

function isUtf8Text(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    const length = utf8LengthAt(bytes, at);
    if (length === 0) return false;
    at += length;
  }
  const start = String.fromCharCode(...bytes.subarray(0, START_LENGTH));
  return !MARKUP_START.test(start);
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
