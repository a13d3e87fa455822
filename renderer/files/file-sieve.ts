// Which of a job's files are shown, and in which order, as it stands in the address: "?view=list&sort=size&type=pdf". (A3)

import type { FeedAudience } from '../../electron/core/api/contract.ts';
import type { FileRow } from '../../electron/core/api/files-contract.ts';
import { toggled } from '../activity/feed-filters.ts';

export const FILE_TYPES = ['picture', 'pdf', 'document', 'sheet'] as const;
export type FileType = (typeof FILE_TYPES)[number];
export const FILE_SORTS = ['date', 'name', 'size', 'type'] as const;
export type FileSort = (typeof FILE_SORTS)[number];
const AUDIENCES: readonly FeedAudience[] = ['internal', 'visible', 'from_customer'];

export interface FileSieve {
  readonly view: 'grid' | 'list';
  readonly sort: FileSort;
  /** From small to large, old to new, A to Z. */
  readonly isAscending: boolean;
  readonly types: readonly FileType[];
  readonly audiences: readonly FeedAudience[];
  readonly search: string;
}

/** Newest first; names from A, the largest first, as people look for them. */
export const ascendsAtFirst = (sort: FileSort): boolean => sort === 'name' || sort === 'type';

/** What the address does not know is left out, never an error. */
export function fileSieveFrom(search: string): FileSieve {
  const params = new URLSearchParams(search);
  const sort = FILE_SORTS.find((each) => each === params.get('sort')) ?? 'date';
  const order = params.get('order');
  return {
    view: params.get('view') === 'list' ? 'list' : 'grid',
    sort,
    isAscending: order === null ? ascendsAtFirst(sort) : order === 'asc',
    types: FILE_TYPES.filter((type) => params.getAll('type').includes(type)),
    audiences: AUDIENCES.filter((audience) => params.getAll('audience').includes(audience)),
    search: params.get('q') ?? '',
  };
}

/** The address's search, '' where everything is as at first. */
export function fileSieveSearch(sieve: FileSieve): string {
  const params = new URLSearchParams();
  if (sieve.view === 'list') params.set('view', 'list');
  if (sieve.sort !== 'date') params.set('sort', sieve.sort);
  if (sieve.isAscending !== ascendsAtFirst(sieve.sort))
    params.set('order', sieve.isAscending ? 'asc' : 'desc');
  for (const type of sieve.types) params.append('type', type);
  for (const audience of sieve.audiences) params.append('audience', audience);
  if (sieve.search !== '') params.set('q', sieve.search);
  return params.toString();
}

export const isSieving = ({ types, audiences, search }: FileSieve): boolean =>
  types.length + audiences.length > 0 || search !== '';

export const unsieved = (sieve: FileSieve): FileSieve => ({
  ...sieve,
  types: [],
  audiences: [],
  search: '',
});

export const toggledType = (sieve: FileSieve, type: FileType): FileSieve => ({
  ...sieve,
  types: toggled(sieve.types, [type]),
});

export function typeOf({ mediaType }: Pick<FileRow, 'mediaType'>): FileType {
  if (mediaType.startsWith('image/')) return 'picture';
  if (mediaType === 'application/pdf') return 'pdf';
  return /excel|spreadsheet|numbers/.test(mediaType) ? 'sheet' : 'document';
}

/** "From customer" is an audience of its own, as in the feed. (B2) */
export const audienceOf = ({ fromCustomer, audience }: FileRow): FeedAudience =>
  fromCustomer ? 'from_customer' : audience;

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const ORDERS: Readonly<Record<FileSort, (a: FileRow, b: FileRow) => number>> = {
  date: (a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0),
  name: (a, b) => names.compare(a.name, b.name),
  size: (a, b) => a.sizeBytes - b.sizeBytes,
  type: (a, b) => names.compare(a.typeName, b.typeName) || names.compare(a.name, b.name),
};

/** Of files that are equal otherwise, as those of one post are, names decide. */
export function sieved(files: readonly FileRow[], sieve: FileSieve): readonly FileRow[] {
  const words = folded(sieve.search).split(/\s+/);
  const fits = files.filter(
    (file) =>
      (sieve.types.length === 0 || sieve.types.includes(typeOf(file))) &&
      (sieve.audiences.length === 0 || sieve.audiences.includes(audienceOf(file))) &&
      words.every((word) => folded(file.name).includes(word)),
  );
  const order = ORDERS[sieve.sort];
  return fits.toSorted(
    (a, b) => (sieve.isAscending ? order(a, b) : order(b, a)) || names.compare(a.name, b.name),
  );
}

const folded = (text: string) =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();

export interface FileCounts {
  readonly all: number;
  readonly sizeBytes: number;
  readonly types: Readonly<Record<FileType, number>>;
  readonly audiences: Readonly<Record<FeedAudience, number>>;
}

/** Of the whole job, so that no number changes under the hand. */
export function countFiles(files: readonly FileRow[]): FileCounts {
  const types = { picture: 0, pdf: 0, document: 0, sheet: 0 };
  const audiences = { internal: 0, visible: 0, from_customer: 0 };
  let sizeBytes = 0;
  for (const file of files) {
    types[typeOf(file)] += 1;
    audiences[audienceOf(file)] += 1;
    sizeBytes += file.sizeBytes;
  }
  return { all: files.length, sizeBytes, types, audiences };
}
