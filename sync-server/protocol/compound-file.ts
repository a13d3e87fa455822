// The names at the root of a compound file, the container of old Word and Excel ([MS-CFB]). Only the root counts: a letter
// with a sheet inside is still a letter.

import { type FileBytes, inBlocks, viewOf } from './file-bytes.ts';

const HEADER_LENGTH = 512;
const ENTRY_LENGTH = 128;
const DIFAT_IN_HEADER = 109;
const HIGHEST_SECTOR = 0xfffffffa;
const NO_ENTRY = 0xffffffff;
/** A mailbox message with a hundred attachments has some thousands. */
const MAX_ENTRIES = 20_000;

/** Empty where the file is damaged or no compound file. */
export async function namesAtCompoundRoot(file: FileBytes): Promise<readonly string[]> {
  const header = viewOf(await file.read(0, HEADER_LENGTH));
  if (header.byteLength < HEADER_LENGTH) return [];
  const sectorShift = header.getUint16(30, true);
  if (sectorShift !== 9 && sectorShift !== 12) return [];
  const directory = await readDirectory({ file, header, sectorLength: 2 ** sectorShift });
  const root = directory[0];
  return root === undefined ? [] : siblingNames(directory, root.child);
}

interface Compound {
  readonly file: FileBytes;
  readonly header: DataView;
  readonly sectorLength: number;
}

interface DirectoryEntry {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly child: number;
}

async function readDirectory(compound: Compound): Promise<readonly DirectoryEntry[]> {
  const { header, sectorLength } = compound;
  const entries: DirectoryEntry[] = [];
  const seen = new Set<number>();
  // Entries and the table that says where they go on lie apart.
  const [sectors, table] = [inBlocks(compound.file), inBlocks(compound.file)];
  let sector = header.getUint32(48, true);
  while (sector <= HIGHEST_SECTOR && !seen.has(sector) && entries.length < MAX_ENTRIES) {
    seen.add(sector);
    const view = viewOf(await sectors.read((sector + 1) * sectorLength, sectorLength));
    if (view.byteLength < sectorLength) break;
    for (let at = 0; at < sectorLength; at += ENTRY_LENGTH) entries.push(readEntry(view, at));
    sector = await nextSector({ ...compound, file: table }, sector);
  }
  return entries;
}

async function nextSector({ file, header, sectorLength }: Compound, sector: number) {
  const perSector = sectorLength / 4;
  const index = Math.floor(sector / perSector);
  // Beyond 109 table sectors a file has 6.8 MB before its directory ends; what was read until there is enough.
  if (index >= DIFAT_IN_HEADER) return NO_ENTRY;
  const table = header.getUint32(76 + index * 4, true);
  const next = viewOf(await file.read((table + 1) * sectorLength + (sector % perSector) * 4, 4));
  return next.byteLength === 4 ? next.getUint32(0, true) : NO_ENTRY;
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
