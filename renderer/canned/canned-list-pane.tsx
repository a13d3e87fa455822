import { MessageSquareQuote, Plus, SearchX } from 'lucide-react';
import { useRef, useState } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { useRowFocus, useRowKeys } from '../jobs/use-row-focus.ts';
import type { Sharing } from '../records.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { countWords } from '../ui/size-words.ts';
import { LiveRegion } from '../ui/spoken.tsx';
import { useQuery } from '../use-query.ts';
import { type RowWindow, useRowWindow } from '../use-row-window.ts';
import { CANNED_ROW_HEIGHT, CannedRowLink } from './canned-row.tsx';

const TABS: readonly (readonly [Sharing, string])[] = [
  ['shared', 'Shared'],
  ['personal', 'Mine'],
];

/** The office's canned replies, and one's own. (C6) */
export function CannedListPane({
  openId,
  isWide,
  sharing,
  onSharing,
  onNew,
}: {
  openId: string | null;
  /** The list has the whole width beside the sidebar. */
  isWide: boolean;
  sharing: Sharing;
  onSharing: (sharing: Sharing) => void;
  onNew: () => void;
}) {
  const [search, setSearch] = useState('');
  const replies = useRowWindow('canned-replies.list', { search, sharing });
  const { value } = useQuery('canned-replies.list', { search: '', sharing, offset: 0, limit: 1 });
  const searchBox = useRef<HTMLInputElement>(null);
  useShortcut([{ key: '/' }], () => searchBox.current?.select());
  const Frame = isWide ? 'main' : 'section';
  const Heading = openId === null ? 'h1' : 'h2';
  return (
    <Frame
      aria-label="Canned replies"
      className={classNames(
        'flex min-h-0 flex-col bg-surface',
        isWide
          ? 'min-w-0 flex-1'
          : 'w-[300px] shrink-0 border-r border-line min-[1440px]:w-[348px]',
      )}
    >
      <header className="border-b border-line px-3.5 pt-2.5">
        <div className="flex h-8 items-center gap-2">
          <Heading className="flex-1 truncate text-title font-semibold tracking-tight">
            Canned replies
          </Heading>
          <IconButton label="New canned reply" keys="N" onClick={onNew} className="-mr-1">
            <Plus aria-hidden size={17} />
          </IconButton>
        </div>
        <SearchBox
          ref={searchBox}
          className="mt-1.5"
          label="Search in canned replies"
          placeholder="Title or text"
          keys="/"
          value={search}
          onChange={setSearch}
        />
        <div role="group" aria-label="Whose" className="mt-1.5 flex gap-5">
          {TABS.map(([one, words]) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === sharing}
              onClick={() => onSharing(one)}
              className={classNames(
                '-mb-px border-b-2 py-1.5',
                one === sharing
                  ? 'border-ink font-semibold'
                  : 'border-transparent text-ink-2 hover:text-ink',
              )}
            >
              {words}{' '}
              {value !== undefined && (
                <span className="ml-0.5 font-normal text-ink-3 tabular-nums">
                  {countWords(value.counts[one])}
                </span>
              )}
            </button>
          ))}
        </div>
      </header>
      <Rows
        key={`${sharing} ${search}`}
        replies={replies}
        search={search}
        sharing={sharing}
        openId={openId}
        onClear={() => setSearch('')}
        onNew={onNew}
      />
      <LiveRegion>
        {search !== '' && replies.total !== undefined
          ? `${replies.total} canned replies found`
          : ''}
      </LiveRegion>
    </Frame>
  );
}

function Rows({
  replies,
  search,
  sharing,
  openId,
  onClear,
  onNew,
}: {
  replies: RowWindow<'canned-replies.list'>;
  search: string;
  sharing: Sharing;
  openId: string | null;
  onClear: () => void;
  onNew: () => void;
}) {
  const list = useRef<VirtuosoHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const move = useRowFocus({ list, frame, count: replies.total ?? 0 });
  useRowKeys(move);
  if (replies.failed !== null && replies.total === undefined)
    return (
      <p role="alert" className="px-3.5 py-3 text-danger">
        The canned replies could not be read. {replies.failed.message}
      </p>
    );
  if (replies.total === undefined) return null;
  if (replies.total === 0 && search !== '')
    return (
      <EmptyState
        icon={SearchX}
        title="No canned reply fits"
        action={<Button onClick={onClear}>Clear the search</Button>}
      >
        Search looks at the beginnings of words in title and text.
      </EmptyState>
    );
  if (replies.total === 0) return <NoneYet sharing={sharing} onNew={onNew} />;
  return (
    <div ref={frame} className="min-h-0 flex-1">
      <Virtuoso
        ref={list}
        totalCount={replies.total}
        rangeChanged={replies.show}
        increaseViewportBy={200}
        fixedItemHeight={CANNED_ROW_HEIGHT}
        computeItemKey={(index) => replies.rowAt(index)?.reply.id ?? `row ${index}`}
        itemContent={(index) => {
          const row = replies.rowAt(index);
          return row === undefined ? (
            <div style={{ height: CANNED_ROW_HEIGHT }} />
          ) : (
            <CannedRowLink row={row} index={index} isOpen={row.reply.id === openId} onMove={move} />
          );
        }}
      />
    </div>
  );
}

/** What would be here, and how it is used. */
function NoneYet({ sharing, onNew }: { sharing: Sharing; onNew: () => void }) {
  return (
    <EmptyState
      icon={MessageSquareQuote}
      title={sharing === 'shared' ? 'Nothing is shared yet' : 'You have none of your own yet'}
      action={
        <Button look="primary" onClick={onNew}>
          New canned reply
        </Button>
      }
    >
      {sharing === 'shared'
        ? 'What your office sends again and again: opening hours, directions, what happens next. Type / while you write to insert one.'
        : 'What you alone send again and again. Nobody else gets to see it. Type / while you write to insert one.'}
    </EmptyState>
  );
}
