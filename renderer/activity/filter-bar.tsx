import { useRef } from 'react';
import type { Feed, FeedFilters } from '../../electron/core/api/jobs-contract.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { FilterPill, PillCount } from '../ui/filter-pill.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { isFiltering, NO_FILTERS } from './feed-filters.ts';
import { AudienceFilter, AuthorFilter, KindPills } from './filter-menus.tsx';

/** Filters combine. Their numbers are of the whole job, so that they never change under the hand. (B3) */
export function FilterBar({
  feed,
  filters,
  onFilters,
}: {
  feed: Feed | undefined;
  filters: FeedFilters;
  onFilters: (filters: FeedFilters) => void;
}) {
  const searchBox = useRef<HTMLInputElement>(null);
  useShortcut([{ key: 'f' }], () => searchBox.current?.select());
  return (
    <div
      role="group"
      aria-label="Filter the activity"
      className="flex items-center gap-2 border-b border-line px-6 py-2"
    >
      <div className="-mx-1 flex min-w-0 flex-1 items-center gap-1 overflow-x-auto px-1 py-0.5 [scrollbar-width:none]">
        <FilterPill isOn={!isFiltering(filters)} onClick={() => onFilters(NO_FILTERS)}>
          All <PillCount value={feed?.counts.all} isOn={!isFiltering(filters)} />
        </FilterPill>
        <KindPills
          counts={feed?.counts.kinds}
          kinds={filters.kinds}
          onKinds={(kinds) => onFilters({ ...filters, kinds })}
        />
        <AuthorFilter
          authors={feed?.authors ?? []}
          authorIds={filters.authorIds}
          onAuthorIds={(authorIds) => onFilters({ ...filters, authorIds })}
        />
        <AudienceFilter
          counts={feed?.counts.audiences}
          audiences={filters.audiences}
          onAudiences={(audiences) => onFilters({ ...filters, audiences })}
        />
      </div>
      <SearchBox
        ref={searchBox}
        small
        className="w-[108px] shrink-0 min-[1200px]:w-[136px]"
        label="Search in this job"
        placeholder="In this job"
        value={filters.search}
        onChange={(search) => onFilters({ ...filters, search })}
      />
    </div>
  );
}
