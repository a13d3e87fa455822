import type { SearchAnswer } from '../../electron/core/api/search-contract.ts';
import { AudienceFilter, AuthorFilter, KindPills, MenuPill } from '../activity/filter-menus.tsx';
import { pipelineIn, useOffice } from '../shell/office.tsx';
import { HueDot } from '../ui/hue-dot.tsx';
import { Menu, MenuChoice, MenuChoices } from '../ui/menu.tsx';
import { countWords } from '../ui/size-words.ts';
import type { SearchPlace } from './search-place.ts';

const ANY = 'any';
const SPANS: readonly { days: number; word: string }[] = [
  { days: 7, word: 'Last 7 days' },
  { days: 30, word: 'Last 30 days' },
  { days: 365, word: 'Last 12 months' },
];

interface FilterProps {
  readonly found: SearchAnswer | undefined;
  readonly place: SearchPlace;
  readonly onPlace: (place: SearchPlace) => void;
}

/** They combine, and are kept in the address. Numbers are of all entries found, whatever is filtered. (G1) */
export function SearchFilters({ found, place, onPlace }: FilterProps) {
  return (
    <div
      role="group"
      aria-label="Filter what is found"
      className="-mx-1 flex items-center gap-1 overflow-x-auto px-1 py-0.5 [scrollbar-width:none]"
    >
      {place.group === 'entries' && (
        <KindPills
          counts={found?.counts.kinds}
          kinds={place.kinds}
          onKinds={(kinds) => onPlace({ ...place, kinds })}
        />
      )}
      <AuthorFilter
        authors={found?.authors ?? []}
        authorIds={place.authorIds}
        onAuthorIds={(authorIds) => onPlace({ ...place, authorIds })}
      />
      <AudienceFilter
        counts={found?.counts.audiences}
        audiences={place.audiences}
        onAudiences={(audiences) => onPlace({ ...place, audiences })}
      />
      <PipelineFilter found={found} place={place} onPlace={onPlace} />
      <TimeFilter place={place} onPlace={onPlace} />
    </div>
  );
}

function PipelineFilter({ found, place, onPlace }: FilterProps) {
  const office = useOffice();
  const { pipelineId } = place;
  const word = pipelineIn(office, pipelineId)?.name ?? 'Pipeline';
  return (
    <Menu trigger={<MenuPill isOn={pipelineId !== null} word={word} />} label="Pipeline">
      <MenuChoices
        value={pipelineId ?? ANY}
        onChange={(value) => onPlace({ ...place, pipelineId: value === ANY ? null : value })}
      >
        <MenuChoice value={ANY}>All pipelines</MenuChoice>
        {office.pipelines.map(({ id, name, hue }) => (
          <MenuChoice key={id} value={id}>
            <HueDot hue={hue} />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="text-sm text-ink-3 tabular-nums">
              {found && countWords(found.counts.pipelines[id] ?? 0)}
            </span>
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  );
}

function TimeFilter({ place, onPlace }: Omit<FilterProps, 'found'>) {
  const { sinceDays } = place;
  const word =
    sinceDays === null
      ? 'Any time'
      : (SPANS.find(({ days }) => days === sinceDays)?.word ?? `Last ${sinceDays} days`);
  return (
    <Menu trigger={<MenuPill isOn={sinceDays !== null} word={word} />} label="Time">
      <MenuChoices
        value={sinceDays === null ? ANY : String(sinceDays)}
        onChange={(value) => onPlace({ ...place, sinceDays: value === ANY ? null : Number(value) })}
      >
        <MenuChoice value={ANY}>Any time</MenuChoice>
        {SPANS.map(({ days, word: name }) => (
          <MenuChoice key={days} value={String(days)}>
            {name}
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  );
}
