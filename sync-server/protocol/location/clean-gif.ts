// GIF: blocks one after the other. Comments and programs' own blocks go, but for those that say how the picture plays.

import type { Effort } from './effort.ts';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const COMMENT = 0xfe;
const APPLICATION = 0xff;
const KEPT_APPLICATIONS = ['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012'];

export function cleanGif(bytes: Uint8Array, effort: Effort): Uint8Array | undefined {
  if (!/^GIF8[79]a$/.test(String.fromCharCode(...bytes.subarray(0, 6)))) return undefined;
  const copy = bytes.slice();
  let at = 13 + paletteLength(copy, 10);
  let to = at;
  while (at < copy.length) {
    effort.step();
    const introducer = copy[at];
    if (introducer === TRAILER) {
      copy[to] = TRAILER;
      return copy.slice(0, to + 1);
    }
    const end = blockEnd(copy, at);
    if (end === undefined || end > copy.length) return undefined;
    if (introducer === IMAGE || isKept(copy, at)) {
      copy.copyWithin(to, at, end);
      to += end - at;
    }
    at = end;
  }
  return undefined;
}

function blockEnd(bytes: Uint8Array, at: number): number | undefined {
  if (bytes[at] === EXTENSION) return afterSubBlocks(bytes, at + 2);
  if (bytes[at] === IMAGE) return afterSubBlocks(bytes, at + 11 + paletteLength(bytes, at + 9));
  return undefined;
}

function afterSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) return bytes.length + 1;
    at += 1 + length;
    if (length === 0) return at;
  }
}

function isKept(bytes: Uint8Array, at: number): boolean {
  const label = bytes[at + 1];
  if (label === COMMENT) return false;
  if (label !== APPLICATION) return true;
  return KEPT_APPLICATIONS.includes(String.fromCharCode(...bytes.subarray(at + 3, at + 14)));
}

/** A table of colours follows where the highest bit of these flags says so. */
function paletteLength(bytes: Uint8Array, flagsAt: number): number {
  const flags = bytes[flagsAt] ?? 0;
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}
