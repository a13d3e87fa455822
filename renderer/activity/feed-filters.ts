// The feed's filters as they stand in the address: "?kind=reply&kind=file&author=…&audience=internal&q=quote". (B3)

import type { FeedAudience, FeedFilters } from '../../electron/core/api/jobs-contract.ts';
import type { EntryKind } from '../records.ts';

const KINDS: readonly EntryKind[] = [
  'reply',
  'file',
  'file_change',
  'status_change',
  'form_save',
  'assignment',
  'job_change',
  'unapplied',
];
const AUDIENCES: readonly FeedAudience[] = ['internal', 'visible', 'from_customer'];

export const NO_FILTERS: FeedFilters = { kinds: [], authorIds: [], audiences: [], search: '' };

/** What the address does not know is left out, never an error. */
export function feedFiltersFrom(search: string): FeedFilters {
  const params = new URLSearchParams(search);
  return { ...sieveFrom(params), search: params.get('q') ?? '' };
}

/** The address's search of these filters, '' for none. */
export function feedFiltersSearch(filters: FeedFilters): string {
  const params = sieveParams(filters);
  if (filters.search !== '') params.set('q', filters.search);
  return params.toString();
}

export type Sieve = Pick<FeedFilters, 'kinds' | 'authorIds' | 'audiences'>;

export function sieveFrom(params: URLSearchParams): Sieve {
  return {
    kinds: KINDS.filter((kind) => params.getAll('kind').includes(kind)),
    authorIds: [...new Set(params.getAll('author'))],
    audiences: AUDIENCES.filter((audience) => params.getAll('audience').includes(audience)),
  };
}

export function sieveParams({ kinds, authorIds, audiences }: Sieve): URLSearchParams {
  const params = new URLSearchParams();
  for (const kind of kinds) params.append('kind', kind);
  for (const author of authorIds) params.append('author', author);
  for (const audience of audiences) params.append('audience', audience);
  return params;
}

export function isFiltering(filters: FeedFilters): boolean {
  return feedFiltersSearch(filters) !== '';
}

/** With all of `group` where some of it was missing, without any of it where all was there. */
export function toggled<T>(list: readonly T[], group: readonly T[]): readonly T[] {
  const rest = list.filter((item) => !group.includes(item));
  return group.every((item) => list.includes(item)) ? rest : [...rest, ...group];
}
