// Where the search was left, so that one comes back to what was found.

import { NOWHERE, searchAddress, type SearchPlace } from './search-place.ts';

let last = NOWHERE;

export function rememberSearch(place: SearchPlace): void {
  last = place;
}

export function lastSearchAddress(): string {
  return searchAddress(last);
}
