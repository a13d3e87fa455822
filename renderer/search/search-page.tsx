import { Search, SearchX } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { SearchAnswer, SearchGroup } from '../../electron/core/api/search-contract.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { AfterPatience, SkeletonBar } from '../ui/skeleton.tsx';
import { LiveRegion } from '../ui/spoken.tsx';
import { countOf } from '../ui/size-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useQuery } from '../use-query.ts';
import { GroupTabs } from './group-tabs.tsx';
import { HitGroups } from './hit-groups.tsx';
import { rememberSearch } from './last-search.ts';
import { SearchFilters } from './search-filters.tsx';
import {
  filtersOf,
  inGroup,
  isNarrowed,
  NOWHERE,
  searchAddress,
  type SearchPlace,
  searchPlaceFrom,
} from './search-place.ts';
import { usePause } from './use-pause.ts';

/** Best of each, where all is shown. */
const BRIEF = { jobs: 5, customers: 3, entries: 20, files: 5 };
const STEP = 100;
/** As the core allows. */
const MOST = 1000;

/** Everything in the office that has the words, offline, as one types. (G1, G2) */
export function SearchPage() {
  const [, goTo] = useLocation();
  const place = searchPlaceFrom(useSearch());
  const now = useNow();
  const onPlace = (next: SearchPlace) => goTo(searchAddress(next), { replace: true });
  useEffect(() => rememberSearch(place));

  const asked = usePause(place.search);
  const [reach, setReach] = useState({ of: '', limit: STEP });
  const key = searchAddress(place);
  const limit = reach.of === key ? reach.limit : STEP;
  const { group } = place;
  const limits =
    group === null ? BRIEF : { jobs: 0, customers: 0, entries: 0, files: 0, [group]: limit };
  const {
    value: found,
    answered,
    failed,
  } = useQuery('search', {
    search: asked,
    filters: filtersOf(place, now),
    limits,
  });
  const { value: sync } = useQuery('sync', {});

  const box = useRef<HTMLInputElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.select(), []);
  useShortcut([{ key: '/' }, { key: 'f' }], () => box.current?.select());
  const walk = (by: 1 | -1) => moveFocus(frame.current, box.current, by);
  useShortcut([{ key: 'j' }], () => walk(1));
  useShortcut([{ key: 'k' }], () => walk(-1));
  const onKeyDown = (event: KeyboardEvent) => {
    const isFromBox = event.target === box.current;
    if (event.key === 'ArrowDown' || (event.key === 'Enter' && isFromBox)) walk(1);
    else if (event.key === 'ArrowUp') walk(-1);
    else return;
    event.preventDefault();
  };

  return (
    // What moves the focus is heard from the box and the rows alike; both can have it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <main
      aria-label="Search"
      onKeyDown={(event) => {
        const target = event.target as HTMLElement;
        if (target === box.current || target.closest('[data-hit]') !== null) onKeyDown(event);
      }}
      className="flex min-w-0 flex-1 flex-col bg-surface"
    >
      <header className="border-b border-line px-6 pt-4">
        <div className="mx-auto max-w-[860px]">
          <h1 className="sr-only">Search</h1>
          <SearchBox
            ref={box}
            className="h-[38px]! text-lg"
            label="Search everything"
            placeholder="Jobs, customers, notes, replies, files and what is written in them"
            value={place.search}
            onChange={(search) => onPlace({ ...place, search })}
          />
          <GroupTabs
            found={found}
            group={group}
            onGroup={(next) => onPlace(inGroup(place, next))}
          />
        </div>
      </header>
      <div className="border-b border-line px-6 py-2">
        <div className="mx-auto max-w-[860px]">
          <SearchFilters found={found} place={place} onPlace={onPlace} />
        </div>
      </div>
      <div
        ref={frame}
        className="min-h-0 flex-1 overflow-y-auto px-6 pt-3 pb-8 [scrollbar-gutter:stable_both-edges]"
      >
        <div className="mx-auto max-w-[860px]">
          {sync?.progress != null && (
            <Notice look="calm" className="mb-3">
              The office is still coming in. What is not on this device yet is not found.
            </Notice>
          )}
          {failed !== null ? (
            <Notice look="danger">The search could not be made. {failed.message}</Notice>
          ) : (
            <Found
              found={found}
              place={place}
              search={answered?.search ?? ''}
              onPlace={onPlace}
              {...(limit < MOST && {
                onMore: () => setReach({ of: key, limit: Math.min(MOST, limit + STEP) }),
              })}
            />
          )}
        </div>
      </div>
    </main>
  );
}

function Found({
  found,
  place,
  search,
  onPlace,
  onMore,
}: {
  found: SearchAnswer | undefined;
  place: SearchPlace;
  /** What `found` answers. */
  search: string;
  onPlace: (place: SearchPlace) => void;
  onMore?: () => void;
}) {
  if (found === undefined) return <Skeletons />;
  const total = found.jobs.total + found.customers.total + found.entries.total + found.files.total;
  const shown = place.group === null ? total : found[place.group].total;
  if (shown === 0)
    return <NothingFound place={place} search={search} total={total} onPlace={onPlace} />;
  return (
    <>
      <LiveRegion>{countOf(shown, 'hit')}</LiveRegion>
      <HitGroups
        found={found}
        group={place.group}
        search={search}
        onGroup={(group: SearchGroup) => onPlace(inGroup(place, group))}
        {...(onMore !== undefined && { onMore })}
      />
    </>
  );
}

function NothingFound({
  place,
  search,
  total,
  onPlace,
}: {
  place: SearchPlace;
  search: string;
  /** Found elsewhere than in the group that is open. */
  total: number;
  onPlace: (place: SearchPlace) => void;
}) {
  const letters = search.replaceAll(/[^\p{L}\p{N}@.]/gu, '').length;
  if (letters < 2)
    return (
      <EmptyState icon={Search} title="Search the whole office">
        Jobs, customers, notes and replies, forms, file names, and what is written in PDF, Word,
        Excel and text files on this device. It works offline. Two letters are enough.
      </EmptyState>
    );
  const action =
    place.group !== null && total > 0 ? (
      <Button onClick={() => onPlace(inGroup(place, null))}>Look everywhere</Button>
    ) : isNarrowed(place) ? (
      <Button onClick={() => onPlace({ ...NOWHERE, search: place.search, group: place.group })}>
        Clear the filters
      </Button>
    ) : undefined;
  return (
    <>
      <LiveRegion>Nothing found</LiveRegion>
      <EmptyState
        icon={SearchX}
        title={`Nothing found for “${search}”`}
        {...(action !== undefined && { action })}
      >
        {isNarrowed(place)
          ? 'With these filters. Each word must begin a word of what is found.'
          : 'Each word must begin a word of what is found; fewer or shorter words find more.'}
      </EmptyState>
    </>
  );
}

/** From the box to the first hit, from hit to hit, and back. */
function moveFocus(frame: HTMLElement | null, box: HTMLElement | null, by: 1 | -1): void {
  const hits = [...(frame?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])];
  const here = hits.indexOf(document.activeElement as HTMLElement);
  if (here === 0 && by === -1) box?.focus();
  else hits[Math.min(hits.length - 1, Math.max(0, here + by))]?.focus();
}

function Skeletons() {
  return (
    <AfterPatience>
      {Array.from({ length: 6 }, (_, row) => (
        <div key={row} className="border-b border-line px-3 py-3.5">
          <SkeletonBar className="w-2/5" />
          <SkeletonBar className="mt-2.5 w-4/5" />
        </div>
      ))}
    </AfterPatience>
  );
}
