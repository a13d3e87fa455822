// PNG: a row of chunks. Those that make up the picture stay, EXIF is cleaned, everything else goes, text above all.

import { blankPlaces } from './clean-tiff.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEPT: ReadonlySet<string> = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT acTL fcTL fdAT cICP mDCV cLLI eXIf'.split(
    ' ',
  ),
);

export function cleanPng(bytes: Uint8Array): Uint8Array | undefined {
  if (!SIGNATURE.every((byte, index) => bytes[index] === byte)) return undefined;
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  let [at, to] = [8, 8];
  while (at + 12 <= copy.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > copy.length) return undefined;
    const type = String.fromCharCode(...copy.subarray(at + 4, at + 8));
    if (type === 'eXIf') cleanExif(copy, view, at, end);
    if (KEPT.has(type)) {
      copy.copyWithin(to, at, end);
      to += end - at;
    }
    at = end;
    if (type === 'IEND') return copy.slice(0, to);
  }
  return undefined;
}

function cleanExif(bytes: Uint8Array, view: DataView, at: number, end: number): void {
  const body = { start: at + 8, end: end - 4 };
  const before = bytes.slice(body.start, body.end);
  if (!blankPlaces(bytes, body)) bytes.fill(0, body.start, body.end);
  const isChanged = before.some((byte, index) => bytes[body.start + index] !== byte);
  if (isChanged) view.setUint32(end - 4, checksum(bytes.subarray(at + 4, end - 4)));
}

/** CRC-32 as PNG has it. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
