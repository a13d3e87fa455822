// Which of a job's files are shown, and in which order. (A3)

import type { AttachmentId } from '../../../sync-server/protocol/ids.ts';
import type {
  FileAudience,
  FileBrief,
  FileCounts,
  FileSieve,
  FileSort,
  FileType,
} from './files-contract.ts';

/** A file as far as it is sorted and sieved by. */
export interface SievedFile extends FileBrief {
  readonly name: string;
  readonly mediaType: string;
  readonly typeName: string;
  readonly at: string;
  readonly older: readonly AttachmentId[];
}

function typeOf({ mediaType }: SievedFile): FileType {
  if (mediaType.startsWith('image/')) return 'picture';
  if (mediaType === 'application/pdf') return 'pdf';
  return /excel|spreadsheet|numbers/.test(mediaType) ? 'sheet' : 'document';
}

const audienceOf = ({ fromCustomer, audience }: FileBrief): FileAudience =>
  fromCustomer ? 'from_customer' : audience;

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const ORDERS: Readonly<Record<FileSort, (a: SievedFile, b: SievedFile) => number>> = {
  date: (a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0),
  name: (a, b) => names.compare(a.name, b.name),
  size: (a, b) => a.sizeBytes - b.sizeBytes,
  type: (a, b) => names.compare(a.typeName, b.typeName) || names.compare(a.name, b.name),
};

/** Of files that are equal otherwise, as those of one post are, names decide. */
export function sieved<File extends SievedFile>(
  files: readonly File[],
  { types, audiences, search, sort, isAscending }: FileSieve,
): readonly File[] {
  const words = search.trim() === '' ? [] : folded(search).split(/\s+/);
  const fits = files.filter(
    (file) =>
      (types.length === 0 || types.includes(typeOf(file))) &&
      (audiences.length === 0 || audiences.includes(audienceOf(file))) &&
      words.every((word) => folded(file.name).includes(word)),
  );
  const order = ORDERS[sort];
  return fits.toSorted(
    (a, b) => (isAscending ? order(a, b) : order(b, a)) || names.compare(a.name, b.name),
  );
}

const folded = (text: string) =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();

/** Of the whole job, so that no number changes under the hand. */
export function countFiles(files: readonly SievedFile[]): FileCounts {
  const types = { picture: 0, pdf: 0, document: 0, sheet: 0 };
  const audiences = { internal: 0, visible: 0, from_customer: 0 };
  for (const file of files) {
    types[typeOf(file)] += 1;
    audiences[audienceOf(file)] += 1;
  }
  return { all: files.length, types, audiences };
}
