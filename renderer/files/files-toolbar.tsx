import {
  ArrowDown,
  ArrowDownUp,
  ArrowUp,
  ChevronDown,
  FileArchive,
  LayoutGrid,
  Plus,
  Rows3,
} from 'lucide-react';
import { type Ref } from 'react';
import type { FeedAudience } from '../../electron/core/api/jobs-contract.ts';
import type { FileCounts, FileSort, FileType } from '../../electron/core/api/files-contract.ts';
import { toggled } from '../activity/feed-filters.ts';
import { Button, IconButton } from '../ui/button.tsx';
import type { JobId } from '../records.ts';
import { AUDIENCES } from '../ui/chip.tsx';
import { FilterPill, PillCount } from '../ui/filter-pill.tsx';
import { Menu, MenuCheck, MenuChoice, MenuChoices, MenuHeading, MenuItem } from '../ui/menu.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { countWords } from '../ui/size-words.ts';
import { KeepJobButton } from './keep-job-button.tsx';
import {
  ascendsAtFirst,
  FILE_SORTS,
  FILE_TYPES,
  type FilesShown,
  isSieving,
  toggledType,
  unsieved,
} from './file-sieve.ts';

const TYPE_WORDS: Readonly<Record<FileType, string>> = {
  picture: 'Pictures',
  pdf: 'PDF',
  document: 'Documents',
  sheet: 'Sheets',
};
const SORT_WORDS: Readonly<Record<FileSort, string>> = {
  date: 'Date',
  name: 'Name',
  size: 'Size',
  type: 'Type',
};

/** Filters combine; their numbers are of the whole job. (A3, B3) */
export function FilesToolbar({
  counts,
  sieve,
  onSieve,
  onAdd,
  onZip,
  isZipping,
  searchRef,
  jobId,
}: {
  jobId: JobId;
  counts: FileCounts;
  sieve: FilesShown;
  onSieve: (sieve: FilesShown) => void;
  onAdd: () => void;
  /** All that are shown, or what of them the customer gets. */
  onZip: (copy: 'zip' | 'zip-customer') => void;
  isZipping: boolean;
  searchRef: Ref<HTMLInputElement>;
}) {
  const isAll = !isSieving(sieve);
  return (
    <div
      role="group"
      aria-label="Filter the files"
      className="flex items-center gap-2 border-b border-line px-6 py-2"
    >
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1 py-0.5">
        <FilterPill isOn={isAll} onClick={() => onSieve(unsieved(sieve))}>
          All <PillCount value={counts.all} isOn={isAll} />
        </FilterPill>
        {FILE_TYPES.filter((type) => counts.types[type] > 0 || sieve.types.includes(type)).map(
          (type) => {
            const isOn = sieve.types.includes(type);
            return (
              <FilterPill key={type} isOn={isOn} onClick={() => onSieve(toggledType(sieve, type))}>
                {TYPE_WORDS[type]} <PillCount value={counts.types[type]} isOn={isOn} />
              </FilterPill>
            );
          },
        )}
        <AudienceFilter counts={counts} sieve={sieve} onSieve={onSieve} />
      </div>
      <SearchBox
        ref={searchRef}
        small
        className="w-[108px] shrink-0 min-[1200px]:w-[136px]"
        label="Search in these files"
        placeholder="File name"
        value={sieve.search}
        onChange={(search) => onSieve({ ...sieve, search })}
      />
      <span className="flex shrink-0 items-center">
        <SortMenu sieve={sieve} onSieve={onSieve} />
        <ViewSwitch sieve={sieve} onSieve={onSieve} />
        <KeepJobButton jobId={jobId} />
        <Menu
          align="end"
          label="Save as zip"
          trigger={
            <IconButton label={isZipping ? 'Fetching files' : 'Save as zip'} disabled={isZipping}>
              <FileArchive aria-hidden size={16} />
            </IconButton>
          }
        >
          <MenuItem onSelect={() => onZip('zip')}>
            {isAll ? 'Save all as zip' : 'Save these as zip'}
          </MenuItem>
          <MenuItem onSelect={() => onZip('zip-customer')}>Save customer copy as zip</MenuItem>
        </Menu>
        <Button small className="ml-1.5" onClick={onAdd}>
          <Plus aria-hidden size={14} /> Add
        </Button>
      </span>
    </div>
  );
}

interface SieveProps {
  readonly sieve: FilesShown;
  readonly onSieve: (sieve: FilesShown) => void;
}

function AudienceFilter({ counts, sieve, onSieve }: SieveProps & { counts: FileCounts }) {
  const all = Object.keys(AUDIENCES) as FeedAudience[];
  const [first, ...others] = sieve.audiences;
  const word =
    first === undefined
      ? 'Audience'
      : `${AUDIENCES[first].word}${others.length === 0 ? '' : ` +${others.length}`}`;
  return (
    <Menu
      label="Audience"
      trigger={
        <FilterPill isOn={sieve.audiences.length > 0} isMenu>
          {word} <ChevronDown aria-hidden size={12} className="shrink-0" />
        </FilterPill>
      }
    >
      <MenuHeading>Audience</MenuHeading>
      {all.map((audience) => {
        const { icon: Icon, word: name, ink } = AUDIENCES[audience];
        return (
          <MenuCheck
            key={audience}
            checked={sieve.audiences.includes(audience)}
            onChange={() => onSieve({ ...sieve, audiences: toggled(sieve.audiences, [audience]) })}
          >
            <Icon aria-hidden size={14} className={ink} />
            <span className="flex-1">{name}</span>
            <span className="text-sm text-ink-3 tabular-nums">
              {countWords(counts.audiences[audience])}
            </span>
          </MenuCheck>
        );
      })}
    </Menu>
  );
}

function SortMenu({ sieve, onSieve }: SieveProps) {
  const Arrow = sieve.isAscending ? ArrowUp : ArrowDown;
  return (
    <Menu
      label="Sort by"
      align="end"
      trigger={
        <IconButton label={`Sorted by ${SORT_WORDS[sieve.sort].toLowerCase()}`}>
          <ArrowDownUp aria-hidden size={16} />
        </IconButton>
      }
    >
      <MenuHeading>Sort by</MenuHeading>
      <MenuChoices
        value={sieve.sort}
        onChange={(value) => {
          const sort = value as FileSort;
          onSieve({ ...sieve, sort, isAscending: ascendsAtFirst(sort) });
        }}
      >
        {FILE_SORTS.map((sort) => (
          <MenuChoice key={sort} value={sort}>
            {SORT_WORDS[sort]}
          </MenuChoice>
        ))}
      </MenuChoices>
      <MenuItem
        icon={<Arrow aria-hidden size={14} />}
        onSelect={() => onSieve({ ...sieve, isAscending: !sieve.isAscending })}
      >
        The other way round
      </MenuItem>
    </Menu>
  );
}

function ViewSwitch({ sieve, onSieve }: SieveProps) {
  const isList = sieve.view === 'list';
  return (
    <IconButton
      label={isList ? 'Show as tiles' : 'Show as a list'}
      keys="V"
      onClick={() => onSieve({ ...sieve, view: isList ? 'grid' : 'list' })}
    >
      {isList ? <LayoutGrid aria-hidden size={16} /> : <Rows3 aria-hidden size={16} />}
    </IconButton>
  );
}
