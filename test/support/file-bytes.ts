// Small files of each kind, made byte by byte, for tests of what a file is.

import { crc32, deflateRawSync } from 'node:zlib';

/** A compound file, as old Word and Excel write it: a root with these names, and a storage below with others. */
export function compoundFile(rootNames: readonly string[], nestedNames: readonly string[] = []) {
  const SECTOR = 512;
  const END = 0xfffffffe;
  const FREE = 0xffffffff;
  const root = rootNames.map((name, index) => ({ name, right: index + 1 < rootNames.length }));
  const entryCount = 1 + root.length + nestedNames.length;
  const directorySectors = Math.ceil(entryCount / 4);
  const bytes = Buffer.alloc(SECTOR * (2 + directorySectors));
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(0x3e, 24);
  bytes.writeUInt16LE(3, 26);
  bytes.writeUInt16LE(0xfffe, 28);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt16LE(6, 32);
  bytes.writeUInt32LE(1, 44);
  bytes.writeUInt32LE(1, 48);
  bytes.writeUInt32LE(4096, 56);
  bytes.writeUInt32LE(END, 60);
  bytes.writeUInt32LE(END, 68);
  bytes.fill(0xff, 76, SECTOR);
  bytes.writeUInt32LE(0, 76);
  bytes.fill(0xff, SECTOR, 2 * SECTOR);
  bytes.writeUInt32LE(0xfffffffd, SECTOR);
  for (let sector = 1; sector <= directorySectors; sector += 1)
    bytes.writeUInt32LE(sector === directorySectors ? END : sector + 1, SECTOR + sector * 4);

  const writeEntry = (index: number, name: string, links: { right?: number; child?: number }) => {
    const at = 2 * SECTOR + index * 128;
    bytes.write(name, at, 'utf16le');
    bytes.writeUInt16LE(name.length * 2 + 2, at + 64);
    bytes.writeUInt8(index === 0 ? 5 : 2, at + 66);
    bytes.writeUInt32LE(FREE, at + 68);
    bytes.writeUInt32LE(links.right ?? FREE, at + 72);
    bytes.writeUInt32LE(links.child ?? FREE, at + 76);
  };
  const firstNested = 1 + root.length;
  writeEntry(0, 'Root Entry', { child: 1 });
  for (const [index, { name, right }] of root.entries())
    writeEntry(index + 1, name, {
      ...(right ? { right: index + 2 } : {}),
      ...(index === 0 && nestedNames.length > 0 ? { child: firstNested } : {}),
    });
  for (const [index, name] of nestedNames.entries()) writeEntry(firstNested + index, name, {});
  return bytes;
}

/** A zip of empty files with these names. */
export function zipFile(names: readonly string[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const nameBytes = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(nameBytes.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(nameBytes.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, nameBytes);
    directory.push(central, nameBytes);
    offset += local.length + nameBytes.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, ...directory, end, Buffer.from(comment)]);
}

/** The head of a HEIF file of this brand. */
export function heifHead(brand: string): Buffer {
  const head = Buffer.alloc(64);
  head.writeUInt32BE(24, 0);
  head.write(`ftyp${brand}`, 4, 'latin1');
  head.write(`mif1${brand}`, 16, 'latin1');
  return head;
}

/** A box of a HEIF or film file. */
export function heifBox(type: string, content: string | Uint8Array): Buffer {
  const body = Buffer.from(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** The first box of a film of this brand. */
export function ftyp(brand: string): Buffer {
  return heifBox('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}`, 'latin1'));
}

/** A segment of a JPEG, to stand after its first two bytes. */
export function jpegSegment(marker: number, content: string): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, Buffer.from(content, 'latin1')]);
}

/** A BMP of 20 by 20 pixels, the upper half red and the lower blue. */
export function bitmap(bits: 1 | 4 | 8 | 16 | 24 | 32, isTopDown: boolean): Buffer {
  const SIZE = 20;
  const palette = bits <= 8 ? Buffer.from('0000ff00ff000000', 'hex') : Buffer.alloc(0);
  const rowLength = Math.ceil((SIZE * bits) / 32) * 4;
  const head = Buffer.alloc(54);
  head.write('BM', 'latin1');
  head.writeUInt32LE(54 + palette.length + rowLength * SIZE, 2);
  head.writeUInt32LE(54 + palette.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(SIZE, 18);
  head.writeInt32LE(isTopDown ? -SIZE : SIZE, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(palette.length / 4, 46);
  const rows = Array.from({ length: SIZE }, (_one, index) => {
    const isRed = (isTopDown ? index : SIZE - 1 - index) < SIZE / 2;
    if (bits <= 8)
      return Buffer.alloc(rowLength, isRed ? 0 : [0xff, 0x11, 0x01][[1, 4, 8].indexOf(bits)]);
    const pixel = bits === 16 ? (isRed ? '007c' : '1f00') : isRed ? '0000ff00' : 'ff000000';
    return Buffer.concat(
      [Buffer.from(pixel.slice(0, bits / 4).repeat(SIZE), 'hex'), Buffer.alloc(rowLength)],
      rowLength,
    );
  });
  return Buffer.concat([head, palette, ...rows]);
}

/** A zip with these packed parts; a part may say of itself that it is larger or smaller than it is. */
export function packedZip(
  parts: readonly (readonly [name: string, content: string | Uint8Array, saidSize?: number])[],
): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content, saidSize] of parts) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(saidSize ?? raw.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, nameBytes, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    locals.push(local);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, nameBytes]),
    );
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
