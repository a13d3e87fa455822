// PNG: a row of chunks. Those that make up the picture stay, EXIF is cleaned, everything else goes, text above all.

import { blankPlaces } from './clean-tiff.ts';
import type { Effort } from './effort.ts';
import { isSame } from './same-bytes.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEPT: ReadonlySet<string> = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT acTL fcTL fdAT cICP mDCV cLLI eXIf'.split(
    ' ',
  ),
);

export function cleanPng(bytes: Uint8Array, effort: Effort): Uint8Array | undefined {
  if (!SIGNATURE.every((byte, index) => bytes[index] === byte)) return undefined;
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  let [at, to] = [8, 8];
  while (at + 12 <= copy.length) {
    effort.step();
    const end = at + 12 + view.getUint32(at);
    if (end > copy.length) return undefined;
    const type = String.fromCharCode(...copy.subarray(at + 4, at + 8));
    if (type === 'eXIf') cleanExif(copy, { at, end }, effort);
    if (KEPT.has(type)) {
      copy.copyWithin(to, at, end);
      to += end - at;
    }
    at = end;
    if (type === 'IEND') return copy.slice(0, to);
  }
  return undefined;
}

interface Chunk {
  readonly at: number;
  readonly end: number;
}

function cleanExif(bytes: Uint8Array, { at, end }: Chunk, effort: Effort): void {
  const body = { start: at + 8, end: end - 4 };
  const before = bytes.slice(body.start, body.end);
  if (!blankPlaces(bytes, body, effort)) bytes.fill(0, body.start, body.end);
  if (isSame(before, bytes.subarray(body.start, body.end))) return;
  const named = bytes.subarray(at + 4, end - 4);
  new DataView(bytes.buffer).setUint32(end - 4, checksum(named));
}

/** What a byte does to a checksum. */
const CRC_STEPS = Uint32Array.from({ length: 256 }, (_one, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC-32 as PNG has it. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_STEPS[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
