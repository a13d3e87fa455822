// The filters of a feed, which the search over all jobs has as well: kind, author, audience. (B3, G1)

import { ChevronDown } from 'lucide-react';
import type { Feed, FeedAudience } from '../../electron/core/api/jobs-contract.ts';
import type { EntryKind } from '../records.ts';
import { AUDIENCES } from '../ui/chip.tsx';
import { FilterPill, PillCount } from '../ui/filter-pill.tsx';
import { Menu, MenuCheck, MenuHeading } from '../ui/menu.tsx';
import { countWords } from '../ui/size-words.ts';
import { toggled } from './feed-filters.ts';

const KIND_PILLS: readonly { word: string; kinds: readonly EntryKind[] }[] = [
  { word: 'Replies', kinds: ['reply'] },
  { word: 'Files', kinds: ['file', 'file_change'] },
  // Who has a job, and what was wanted and did not come about, are part of how it stands: one pill for all.
  { word: 'Status', kinds: ['status_change', 'assignment', 'job_change', 'unapplied'] },
  { word: 'Form', kinds: ['form_save'] },
];

export function KindPills({
  counts,
  kinds,
  onKinds,
}: {
  /** Undefined while they are not known. */
  counts: Feed['counts']['kinds'] | undefined;
  kinds: readonly EntryKind[];
  onKinds: (kinds: readonly EntryKind[]) => void;
}) {
  return KIND_PILLS.map(({ word, kinds: own }) => {
    const isOn = own.every((kind) => kinds.includes(kind));
    const count = counts && own.reduce((sum, kind) => sum + counts[kind], 0);
    return (
      <FilterPill key={word} isOn={isOn} onClick={() => onKinds(toggled(kinds, own))}>
        {word} <PillCount value={count} isOn={isOn} />
      </FilterPill>
    );
  });
}

export function AuthorFilter({
  authors,
  authorIds,
  onAuthorIds,
}: {
  authors: Feed['authors'];
  authorIds: readonly string[];
  onAuthorIds: (authorIds: readonly string[]) => void;
}) {
  const chosen = authors.filter((author) => authorIds.includes(author.id));
  const word = authorIds.length === 0 ? 'Author' : joined(chosen.map(({ name }) => name));
  return (
    <Menu trigger={<MenuPill isOn={authorIds.length > 0} word={word} />} label="Author">
      <MenuHeading>Written by</MenuHeading>
      {authors.map((author) => (
        <MenuCheck
          key={author.id}
          checked={authorIds.includes(author.id)}
          onChange={() => onAuthorIds(toggled(authorIds, [author.id]))}
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

export function AudienceFilter({
  counts,
  audiences,
  onAudiences,
}: {
  counts: Feed['counts']['audiences'] | undefined;
  audiences: readonly FeedAudience[];
  onAudiences: (audiences: readonly FeedAudience[]) => void;
}) {
  const all = Object.keys(AUDIENCES) as FeedAudience[];
  const word =
    audiences.length === 0
      ? 'Audience'
      : joined(audiences.map((audience) => AUDIENCES[audience].word));
  return (
    <Menu trigger={<MenuPill isOn={audiences.length > 0} word={word} />} label="Audience">
      <MenuHeading>Audience</MenuHeading>
      {all.map((audience) => {
        const { icon: Icon, word: name, ink } = AUDIENCES[audience];
        return (
          <MenuCheck
            key={audience}
            checked={audiences.includes(audience)}
            onChange={() => onAudiences(toggled(audiences, [audience]))}
          >
            <Icon aria-hidden size={14} className={ink} />
            <span className="flex-1">{name}</span>
            <span className="text-sm text-ink-3 tabular-nums">
              {counts && countWords(counts[audience])}
            </span>
          </MenuCheck>
        );
      })}
    </Menu>
  );
}

/** The trigger of a menu is rendered by Radix, which hands its own properties on. */
export function MenuPill({ isOn, word, ...rest }: { isOn: boolean; word: string }) {
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
