// Which of a job's files are shown, and in which order, as it stands in the address: "?view=list&sort=size&type=pdf". (A3)

import type { FeedAudience } from '../../electron/core/api/jobs-contract.ts';
import type {
  FileRow,
  FileSieve,
  FileSort,
  FileType,
} from '../../electron/core/api/files-contract.ts';
import { toggled } from '../activity/feed-filters.ts';

export const FILE_TYPES: readonly FileType[] = ['picture', 'pdf', 'document', 'sheet'];
export const FILE_SORTS: readonly FileSort[] = ['date', 'name', 'size', 'type'];
const AUDIENCES: readonly FeedAudience[] = ['internal', 'visible', 'from_customer'];

export type FilesShown = FileSieve & { readonly view: 'grid' | 'list' };

/** Newest first; names from A, the largest first, as people look for them. */
export const ascendsAtFirst = (sort: FileSort): boolean => sort === 'name' || sort === 'type';

/** What the address does not know is left out, never an error. */
export function filesShownFrom(search: string): FilesShown {
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
export function filesShownSearch(sieve: FilesShown): string {
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

export const unsieved = (sieve: FilesShown): FilesShown => ({
  ...sieve,
  types: [],
  audiences: [],
  search: '',
});

export const toggledType = (sieve: FilesShown, type: FileType): FilesShown => ({
  ...sieve,
  types: toggled(sieve.types, [type]),
});

/** "From customer" is an audience of its own, as in the feed. (B2) */
export const audienceOf = ({
  fromCustomer,
  audience,
}: Pick<FileRow, 'fromCustomer' | 'audience'>): FeedAudience =>
  fromCustomer ? 'from_customer' : audience;
