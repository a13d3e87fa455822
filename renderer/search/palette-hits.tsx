import { FileText, MessageSquare, Search, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useQuery } from '../use-query.ts';
import { Marked } from '../activity/marked.tsx';
import { PaletteGroup, PaletteItem } from './palette-parts.tsx';
import { NOWHERE, filtersOf, searchAddress } from './search-place.ts';
import { usePause } from './use-pause.ts';

export const SEARCH_EVERYTHING = 'search everything';
const LIMITS = { jobs: 0, customers: 3, entries: 4, files: 3 };
const NO_FILTERS = filtersOf(NOWHERE, new Date(0));

/** The best of what else has the words, and the way to all of it. (G1) */
export function PaletteHits({ search, onGo }: { search: string; onGo: (to: string) => void }) {
  const paused = usePause(search);
  const { value, answered } = useQuery('search', {
    search: paused,
    filters: NO_FILTERS,
    limits: LIMITS,
  });
  if (search.trim() === '') return null;
  // What answers other words would be chosen for the words that are there now.
  const found = answered?.search === search ? value : undefined;
  return (
    <>
      <PaletteGroup heading="Search">
        <PaletteItem
          value={SEARCH_EVERYTHING}
          onSelect={() => onGo(searchAddress({ ...NOWHERE, search }))}
        >
          <span aria-hidden className="grid w-5 shrink-0 place-items-center text-ink-3">
            <Search size={15} />
          </span>
          <span className="min-w-0 flex-1 truncate">Search everything for “{search.trim()}”</span>
        </PaletteItem>
      </PaletteGroup>
      <Hits heading="Customers">
        {found?.customers.rows.map((hit) => (
          <Hit
            key={hit.customerId}
            value={hit.customerId}
            icon={<UserRound size={15} />}
            beside={hit.emails[0] ?? hit.phone}
            onSelect={() => onGo(`/customers/${hit.customerId}`)}
          >
            <Marked text={hit.name} search={search} />
          </Hit>
        ))}
      </Hits>
      <Hits heading="Activity">
        {found?.entries.rows.map((hit) => (
          <Hit
            key={hit.entryId}
            value={hit.entryId}
            icon={<MessageSquare size={15} />}
            beside={hit.job.title}
            onSelect={() => onGo(`/jobs/${hit.job.jobId}?entry=${hit.entryId}`)}
          >
            <Marked text={hit.excerpt} search={search} />
          </Hit>
        ))}
      </Hits>
      <Hits heading="Files">
        {found?.files.rows.map((hit) => (
          <Hit
            key={hit.attachmentId}
            value={hit.attachmentId}
            icon={<FileText size={15} />}
            beside={hit.job.title}
            onSelect={() => onGo(`/jobs/${hit.job.jobId}?entry=${hit.entryId}`)}
          >
            <Marked text={hit.name} search={search} />
          </Hit>
        ))}
      </Hits>
    </>
  );
}

function Hits({ heading, children }: { heading: string; children: ReactNode[] | undefined }) {
  if (children === undefined || children.length === 0) return null;
  return <PaletteGroup heading={heading}>{children}</PaletteGroup>;
}

function Hit({
  value,
  icon,
  beside,
  onSelect,
  children,
}: {
  value: string;
  icon: ReactNode;
  beside: string;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <PaletteItem value={value} onSelect={onSelect}>
      <span aria-hidden className="grid w-5 shrink-0 place-items-center text-ink-3">
        {icon}
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-left">
        {children}
      </span>
      <span dir="auto" className="max-w-[38%] shrink-0 truncate text-ink-3">
        {beside}
      </span>
    </PaletteItem>
  );
}
