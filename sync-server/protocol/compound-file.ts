// The names at the root of a compound file, the container of old Word and Excel ([MS-CFB]). Only the root counts: a letter
// with a sheet inside is still a letter.

const HEADER_LENGTH = 512;
const ENTRY_LENGTH = 128;
const DIFAT_IN_HEADER = 109;
const HIGHEST_SECTOR = 0xfffffffa;
const NO_ENTRY = 0xffffffff;

/** Empty where the file is damaged or no compound file. */
export function namesAtCompoundRoot(bytes: Uint8Array): readonly string[] {
  if (bytes.length < HEADER_LENGTH) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sectorShift = view.getUint16(30, true);
  if (sectorShift !== 9 && sectorShift !== 12) return [];
  const directory = readDirectory(view, 2 ** sectorShift);
  const root = directory[0];
  return root === undefined ? [] : siblingNames(directory, root.child);
}

interface DirectoryEntry {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly child: number;
}

function readDirectory(view: DataView, sectorLength: number): readonly DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  const seen = new Set<number>();
  let sector = view.getUint32(48, true);
  while (sector <= HIGHEST_SECTOR && !seen.has(sector)) {
    seen.add(sector);
    const start = (sector + 1) * sectorLength;
    if (start + sectorLength > view.byteLength) break;
    for (let at = start; at < start + sectorLength; at += ENTRY_LENGTH)
      entries.push(readEntry(view, at));
    sector = nextSector(view, sector, sectorLength);
  }
  return entries;
}

function nextSector(view: DataView, sector: number, sectorLength: number): number {
  const perSector = sectorLength / 4;
  const index = Math.floor(sector / perSector);
  // Beyond 109 table sectors a file has 6.8 MB before its directory ends; what was read until there is enough.
  if (index >= DIFAT_IN_HEADER) return NO_ENTRY;
  const table = view.getUint32(76 + index * 4, true);
  const at = (table + 1) * sectorLength + (sector % perSector) * 4;
  return at + 4 <= view.byteLength ? view.getUint32(at, true) : NO_ENTRY;
}

function readEntry(view: DataView, at: number): DirectoryEntry {
  const length = Math.max(0, Math.min(view.getUint16(at + 64, true), 64) / 2 - 1);
  let name = '';
  for (let unit = 0; unit < length; unit += 1)
    name += String.fromCharCode(view.getUint16(at + unit * 2, true));
  return {
    name,
    left: view.getUint32(at + 68, true),
    right: view.getUint32(at + 72, true),
    child: view.getUint32(at + 76, true),
  };
}

/** The names of a tree of siblings; a damaged file may have circles in it. */
function siblingNames(directory: readonly DirectoryEntry[], first: number): readonly string[] {
  const names: string[] = [];
  const seen = new Set<number>();
  const waiting = [first];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const entry = directory[index];
    if (entry === undefined || seen.has(index)) continue;
    seen.add(index);
    names.push(entry.name);
    waiting.push(entry.left, entry.right);
  }
  return names;
}
