import { ChevronDown } from 'lucide-react';
import { useRef } from 'react';
import type { Feed, FeedAudience, FeedFilters } from '../../electron/core/api/jobs-contract.ts';
import type { EntryKind } from '../records.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { AUDIENCES } from '../ui/chip.tsx';
import { FilterPill, PillCount } from '../ui/filter-pill.tsx';
import { Menu, MenuCheck, MenuHeading } from '../ui/menu.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { countWords } from '../ui/size-words.ts';
import { isFiltering, NO_FILTERS, toggled } from './feed-filters.ts';

const KIND_PILLS: readonly { word: string; kinds: readonly EntryKind[] }[] = [
  { word: 'Replies', kinds: ['reply'] },
  { word: 'Files', kinds: ['file', 'file_change'] },
  // Who has a job, and what was wanted and did not come about, are part of how it stands: one pill for all.
  { word: 'Status', kinds: ['status_change', 'assignment', 'unapplied'] },
  { word: 'Form', kinds: ['form_save'] },
];

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
        {KIND_PILLS.map(({ word, kinds }) => {
          const isOn = kinds.every((kind) => filters.kinds.includes(kind));
          const count = feed && kinds.reduce((sum, kind) => sum + feed.counts.kinds[kind], 0);
          return (
            <FilterPill
              key={word}
              isOn={isOn}
              onClick={() => onFilters({ ...filters, kinds: toggled(filters.kinds, kinds) })}
            >
              {word} <PillCount value={count} isOn={isOn} />
            </FilterPill>
          );
        })}
        <AuthorFilter feed={feed} filters={filters} onFilters={onFilters} />
        <AudienceFilter feed={feed} filters={filters} onFilters={onFilters} />
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

interface FilterProps {
  readonly feed: Feed | undefined;
  readonly filters: FeedFilters;
  readonly onFilters: (filters: FeedFilters) => void;
}

function AuthorFilter({ feed, filters, onFilters }: FilterProps) {
  const authors = feed?.authors ?? [];
  const chosen = authors.filter((author) => filters.authorIds.includes(author.id));
  const word = filters.authorIds.length === 0 ? 'Author' : joined(chosen.map(({ name }) => name));
  return (
    <Menu trigger={<MenuPill isOn={filters.authorIds.length > 0} word={word} />} label="Author">
      <MenuHeading>Written by</MenuHeading>
      {authors.map((author) => (
        <MenuCheck
          key={author.id}
          checked={filters.authorIds.includes(author.id)}
          onChange={() =>
            onFilters({ ...filters, authorIds: toggled(filters.authorIds, [author.id]) })
          }
        >
          <span className="flex min-w-0 flex-1">
            <bdi className="truncate">{author.name}</bdi>
            {author.isCustomer && (
              <span className="shrink-0 whitespace-pre text-ink-3"> · customer</span>
            )}
          </span>
          <span className="text-sm text-ink-3 tabular-nums">{countWords(author.count)}</span>
        </MenuCheck>
      ))}
    </Menu>
  );
}

function AudienceFilter({ feed, filters, onFilters }: FilterProps) {
  const all = Object.keys(AUDIENCES) as FeedAudience[];
  const word =
    filters.audiences.length === 0
      ? 'Audience'
      : joined(filters.audiences.map((audience) => AUDIENCES[audience].word));
  return (
    <Menu trigger={<MenuPill isOn={filters.audiences.length > 0} word={word} />} label="Audience">
      <MenuHeading>Audience</MenuHeading>
      {all.map((audience) => {
        const { icon: Icon, word: name, ink } = AUDIENCES[audience];
        return (
          <MenuCheck
            key={audience}
            checked={filters.audiences.includes(audience)}
            onChange={() =>
              onFilters({ ...filters, audiences: toggled(filters.audiences, [audience]) })
            }
          >
            <Icon aria-hidden size={14} className={ink} />
            <span className="flex-1">{name}</span>
            <span className="text-sm text-ink-3 tabular-nums">
              {feed && countWords(feed.counts.audiences[audience])}
            </span>
          </MenuCheck>
        );
      })}
    </Menu>
  );
}

/** The trigger of a menu is rendered by Radix, which hands its own properties on. */
function MenuPill({ isOn, word, ...rest }: { isOn: boolean; word: string }) {
  return (
    <FilterPill {...rest} isOn={isOn} isMenu>
      <span className="max-w-28 truncate">{word}</span>
      <ChevronDown aria-hidden size={12} className="shrink-0" />
    </FilterPill>
  );
}

function joined(words: readonly string[]): string {
  const [first = 'Someone', ...others] = words;
  return others.length === 0 ? first : `${first} +${others.length}`;
}
