import type { SearchAnswer, SearchGroup } from '../../electron/core/api/search-contract.ts';
import { classNames } from '../ui/class-names.ts';
import { countWords } from '../ui/size-words.ts';

export const GROUP_WORDS: Readonly<Record<SearchGroup, string>> = {
  jobs: 'Jobs',
  customers: 'Customers',
  entries: 'Activity',
  files: 'Files',
};
export const GROUPS = Object.keys(GROUP_WORDS) as readonly SearchGroup[];

/** All that was found, or one kind of it. */
export function GroupTabs({
  found,
  group,
  onGroup,
}: {
  found: SearchAnswer | undefined;
  group: SearchGroup | null;
  onGroup: (group: SearchGroup | null) => void;
}) {
  return (
    <div role="group" aria-label="What to show" className="mt-2 flex gap-5">
      <Tab isOn={group === null} onClick={() => onGroup(null)}>
        Everything
      </Tab>
      {GROUPS.map((one) => (
        <Tab key={one} isOn={group === one} count={found?.[one].total} onClick={() => onGroup(one)}>
          {GROUP_WORDS[one]}
        </Tab>
      ))}
    </div>
  );
}

function Tab({
  isOn,
  count,
  onClick,
  children,
}: {
  isOn: boolean;
  count?: number | undefined;
  onClick: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onClick}
      className={classNames(
        '-mb-px border-b-2 py-1.5 whitespace-nowrap',
        isOn ? 'border-ink font-semibold' : 'border-transparent text-ink-2 hover:text-ink',
      )}
    >
      {children}
      {count !== undefined && count > 0 && (
        <span className="ml-1.5 font-normal text-ink-3 tabular-nums">{countWords(count)}</span>
      )}
    </button>
  );
}
