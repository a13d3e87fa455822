import type { ReactNode } from 'react';
import type { SearchAnswer, SearchGroup } from '../../electron/core/api/search-contract.ts';
import { Button } from '../ui/button.tsx';
import { countWords } from '../ui/size-words.ts';
import { GROUP_WORDS, GROUPS } from './group-tabs.tsx';
import { CustomerHitRow, EntryHitRow, FileHitRow, JobHitRow } from './hit-rows.tsx';

/** The best of each kind one below the other, or all of one kind. */
export function HitGroups({
  found,
  group,
  search,
  onGroup,
  onMore,
}: {
  found: SearchAnswer;
  group: SearchGroup | null;
  search: string;
  onGroup: (group: SearchGroup) => void;
  /** Absent where no more can be asked for. */
  onMore?: () => void;
}) {
  const shown = group === null ? GROUPS.filter((one) => found[one].rows.length > 0) : [group];
  return shown.map((one) => {
    const { total, rows } = found[one];
    const hasMore = total > rows.length;
    return (
      <section key={one} aria-label={GROUP_WORDS[one]} className="mb-6">
        <header className="flex h-8 items-center gap-2">
          <h2 className="font-semibold">{GROUP_WORDS[one]}</h2>
          <span className="text-ink-3 tabular-nums">{countWords(total)}</span>
          {group === null && hasMore && (
            <Button small look="quiet" className="ml-auto" onClick={() => onGroup(one)}>
              Show all {countWords(total)}
            </Button>
          )}
        </header>
        <div className="overflow-hidden rounded-xl border border-line">
          {rowsOf(found, one, search)}
        </div>
        {group !== null && hasMore && (
          <div className="mt-3 text-center text-ink-3">
            {onMore === undefined ? (
              `These are the best ${countWords(rows.length)} of ${countWords(total)}. More words find fewer.`
            ) : (
              <Button onClick={onMore}>Show more</Button>
            )}
          </div>
        )}
      </section>
    );
  });
}

function rowsOf(found: SearchAnswer, group: SearchGroup, search: string): ReactNode {
  switch (group) {
    case 'jobs':
      return found.jobs.rows.map((hit) => <JobHitRow key={hit.jobId} hit={hit} search={search} />);
    case 'customers':
      return found.customers.rows.map((hit) => (
        <CustomerHitRow key={hit.customerId} hit={hit} search={search} />
      ));
    case 'entries':
      return found.entries.rows.map((hit) => (
        <EntryHitRow key={hit.entryId} hit={hit} search={search} />
      ));
    case 'files':
      return found.files.rows.map((hit) => (
        <FileHitRow key={hit.attachmentId} hit={hit} search={search} />
      ));
  }
}
