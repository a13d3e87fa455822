// Small files of each kind, made byte by byte, for tests of what a file is.

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
