import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { FeedFilters, JobPage } from '../../electron/core/api/jobs-contract.ts';
import { useLooking } from '../notices/use-looking.ts';
import { AfterPatience, SkeletonBar } from '../ui/skeleton.tsx';
import { useQuery } from '../use-query.ts';
import { FeedList } from './feed-list.tsx';
import { feedFiltersFrom, feedFiltersSearch } from './feed-filters.ts';
import { FilterBar } from './filter-bar.tsx';
import { NothingInFeed } from './nothing-in-feed.tsx';
import { useMarkRead } from './use-mark-read.ts';
import { useUnreadLine } from './use-unread-line.ts';

const STEP = 200;

/** The job's feed with its filters, which live in the address. (B1, B3) `posts`: how many were posted on this page. */
export function ActivityTab({ page, posts }: { page: JobPage; posts: number }) {
  const [path, goTo] = useLocation();
  const search = useSearch();
  const filters = feedFiltersFrom(search);
  const key = feedFiltersSearch(filters);
  const setFilters = (next: FeedFilters) => {
    const nextSearch = feedFiltersSearch(next);
    goTo(nextSearch === '' ? path : `${path}?${nextSearch}`, { replace: true });
  };

  const [reach, setReach] = useState({ key, limit: STEP });
  const limit = reach.key === key ? reach.limit : STEP;
  const jobId = page.job.id;
  const { value: feed, answered, failed } = useQuery('activity.feed', { jobId, filters, limit });
  const wantedId = new URLSearchParams(search).get('entry');
  const isHere = feed?.items.some(({ entry }) => entry.id === wantedId) === true;
  // A link leads to an entry however old it is: as many are fetched as it takes.
  if (wantedId !== null && feed !== undefined && !isHere && feed.total > feed.items.length)
    if (limit < feed.total && reach.limit < feed.total) setReach({ key, limit: feed.total });
  const unreadLineId = useUnreadLine(feed?.firstUnreadId);
  useMarkRead(jobId, feed);
  useLooking(jobId);

  return (
    <>
      <FilterBar feed={feed} filters={filters} onFilters={setFilters} />
      {failed !== null && (
        <p role="alert" className="px-6 py-3 text-danger">
          The activity could not be read. {failed.message}
        </p>
      )}
      {feed === undefined || answered === undefined ? (
        <FeedSkeleton />
      ) : feed.total === 0 ? (
        <NothingInFeed filters={filters} onFilters={setFilters} />
      ) : (
        <FeedList
          // Other filters are another list, which starts at its newest entry again.
          key={feedFiltersSearch(answered.filters)}
          page={page}
          feed={feed}
          search={answered.filters.search}
          unreadLineId={unreadLineId}
          wantedId={isHere ? wantedId : null}
          posts={posts}
          onOlder={() => feed.total > limit && setReach({ key, limit: limit + STEP })}
        />
      )}
    </>
  );
}

function FeedSkeleton() {
  return (
    <div className="min-h-0 flex-1 overflow-hidden px-6 py-4">
      <AfterPatience>
        {Array.from({ length: 5 }, (_, row) => (
          <div key={row} className="flex gap-3 py-3">
            <SkeletonBar className="size-7 rounded-full" />
            <div className="flex-1">
              <SkeletonBar className="w-1/4" />
              <SkeletonBar className="mt-2.5 w-3/4" />
            </div>
          </div>
        ))}
      </AfterPatience>
    </div>
  );
}
