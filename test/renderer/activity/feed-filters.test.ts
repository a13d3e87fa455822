import { expect, test } from 'vitest';
import {
  feedFiltersFrom,
  feedFiltersSearch,
  isFiltering,
  NO_FILTERS,
  toggled,
} from '../../../renderer/activity/feed-filters.ts';

test('filters read from an address write the same address (B3)', () => {
  const search = 'kind=reply&kind=file&author=a1&author=a2&audience=from_customer&q=second+quote';
  expect(feedFiltersSearch(feedFiltersFrom(search))).toBe(search);
  expect(feedFiltersFrom(search)).toEqual({
    kinds: ['reply', 'file'],
    authorIds: ['a1', 'a2'],
    audiences: ['from_customer'],
    search: 'second quote',
  });
});

test('what an address says beyond the known filters is left out', () => {
  expect(feedFiltersFrom('kind=invoice&audience=everyone&colour=red')).toEqual(NO_FILTERS);
});

test('no filters leave the address bare', () => {
  expect(feedFiltersSearch(NO_FILTERS)).toBe('');
  expect(isFiltering(NO_FILTERS)).toBe(false);
  expect(isFiltering({ ...NO_FILTERS, search: 'x' })).toBe(true);
});

test('a pill of two kinds turns both on, and both off only when both were on', () => {
  const both = ['status_change', 'assignment'];
  expect(toggled(['reply'], both)).toEqual(['reply', ...both]);
  expect(toggled(['status_change'], both)).toEqual(both);
  expect(toggled(['reply', ...both], both)).toEqual(['reply']);
});
