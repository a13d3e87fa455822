import { MessageSquare, SearchX } from 'lucide-react';
import type { FeedFilters } from '../../electron/core/api/jobs-contract.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { isFiltering, NO_FILTERS } from './feed-filters.ts';

export function NothingInFeed({
  filters,
  onFilters,
}: {
  filters: FeedFilters;
  onFilters: (filters: FeedFilters) => void;
}) {
  return (
    <div className="min-h-0 flex-1">
      {isFiltering(filters) ? (
        <EmptyState
          icon={SearchX}
          title="Nothing fits these filters"
          action={<Button onClick={() => onFilters(NO_FILTERS)}>Show all activity</Button>}
        />
      ) : (
        <EmptyState icon={MessageSquare} title="Nothing has happened yet">
          Notes, replies, files and changes of this job stand here, oldest first.
        </EmptyState>
      )}
    </div>
  );
}
