// What is looked for, as it stands in the address: "#/search?q=bumper&in=files&audience=visible&since=30". (G1)

import type { SearchFilters, SearchGroup } from '../../electron/core/api/search-contract.ts';
import { type Sieve, sieveFrom, sieveParams } from '../activity/feed-filters.ts';

export interface SearchPlace extends Sieve {
  readonly search: string;
  /** Null shows the best of each. */
  readonly group: SearchGroup | null;
  readonly pipelineId: string | null;
  /** Days back; null is at any time. */
  readonly sinceDays: number | null;
}

const GROUPS: readonly SearchGroup[] = ['jobs', 'customers', 'entries', 'files'];

export const NOWHERE: SearchPlace = {
  search: '',
  group: null,
  kinds: [],
  authorIds: [],
  audiences: [],
  pipelineId: null,
  sinceDays: null,
};

/** What the address does not know is left out, never an error. */
export function searchPlaceFrom(search: string): SearchPlace {
  const params = new URLSearchParams(search);
  const days = Number(params.get('since'));
  return {
    ...sieveFrom(params),
    search: params.get('q') ?? '',
    group: GROUPS.find((group) => group === params.get('in')) ?? null,
    pipelineId: params.get('pipeline'),
    sinceDays: Number.isInteger(days) && days > 0 && days <= 36_500 ? days : null,
  };
}

export function searchAddress(place: SearchPlace): string {
  const params = sieveParams(place);
  if (place.pipelineId !== null) params.set('pipeline', place.pipelineId);
  if (place.sinceDays !== null) params.set('since', String(place.sinceDays));
  if (place.group !== null) params.set('in', place.group);
  if (place.search !== '') params.set('q', place.search);
  const search = params.toString();
  return search === '' ? '/search' : `/search?${search}`;
}

/** Only entries are of a kind: where they are not alone, none is chosen. */
export function inGroup(place: SearchPlace, group: SearchGroup | null): SearchPlace {
  return { ...place, group, kinds: group === 'entries' ? place.kinds : [] };
}

export function isNarrowed({ kinds, authorIds, audiences, pipelineId, sinceDays }: SearchPlace) {
  return (
    kinds.length + authorIds.length + audiences.length > 0 ||
    pipelineId !== null ||
    sinceDays !== null
  );
}

/** From the beginning of a day on, so that the question stays the same while it is being read. */
export function filtersOf(place: SearchPlace, now: Date): SearchFilters {
  const { kinds, authorIds, audiences, pipelineId, sinceDays } = place;
  if (sinceDays === null) return { kinds, authorIds, audiences, pipelineId, since: null };
  const since = new Date(now.getFullYear(), now.getMonth(), now.getDate() - sinceDays);
  return { kinds, authorIds, audiences, pipelineId, since: since.toISOString() };
}
