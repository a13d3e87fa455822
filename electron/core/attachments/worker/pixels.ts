// Pixels in memory. Those with a colour profile are wrapped as a TIFF: the one form sharp takes both in.

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, row by row, without gaps. */
  readonly rgb: Uint8Array;
  /** The same pixels with their profile; undefined where they are sRGB already. */
  readonly tiff: Buffer | undefined;
}

/** More is not opened. What is made small while it is read needs little memory. */
export const MAX_PIXELS = 100_000_000;
/** More is not unpacked as a whole: 64 megapixels are 192 MB as pixels, and more than once. */
export const MAX_DECODED_PIXELS = 64_000_000;

const HEADER_LENGTH = 8;
const ENTRY_LENGTH = 12;
const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;

/** What stands before the pixels of a TIFF of one strip; the pixels follow as they are. */
export function tiffHead(width: number, height: number, profile: Uint8Array): Buffer {
  const profileLength = profile.length;
  const entryCount = 10;
  const bitsAt = HEADER_LENGTH + 2 + entryCount * ENTRY_LENGTH + 4;
  const profileAt = bitsAt + 6;
  const pixelsAt = profileAt + profileLength + (profileLength % 2);
  const head = Buffer.alloc(pixelsAt);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(HEADER_LENGTH, 4);
  head.writeUInt16LE(entryCount, HEADER_LENGTH);
  let at = HEADER_LENGTH + 2;
  const entry = (tag: number, type: number, count: number, value: number) => {
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(value, at + 8);
    at += ENTRY_LENGTH;
  };
  entry(256, LONG, 1, width);
  entry(257, LONG, 1, height);
  entry(258, SHORT, 3, bitsAt);
  entry(259, SHORT, 1, 1);
  entry(262, SHORT, 1, 2);
  entry(273, LONG, 1, pixelsAt);
  entry(277, SHORT, 1, 3);
  entry(278, LONG, 1, height);
  entry(279, LONG, 1, width * height * 3);
  entry(34_675, UNDEFINED, profileLength, profileAt);
  for (let channel = 0; channel < 3; channel += 1) head.writeUInt16LE(8, bitsAt + channel * 2);
  head.set(profile, profileAt);
  return head;
}
