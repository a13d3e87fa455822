import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { Feed, FeedItem, JobPage } from '../../electron/core/api/contract.ts';
import type { EntryId } from '../records.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { classNames } from '../ui/class-names.ts';
import { AfterPatience } from '../ui/skeleton.tsx';
import { LiveRegion } from '../ui/spoken.tsx';
import { useNow } from '../ui/use-now.ts';
import { FeedEntry } from './feed-entry.tsx';
import { DayLine, UnreadLine } from './feed-lines.tsx';
import { feedRows, keepStart, shownAt } from './feed-rows.ts';
import { useStayAtEnd } from './use-stay-at-end.ts';

/**
 * The feed, newest at the end. It starts there and follows as long as the reader is there; whoever has scrolled up is never
 * moved and is told how much is new below.
 */
export function FeedList({
  page,
  feed,
  search,
  unreadLineId,
  onOlder,
}: {
  page: JobPage;
  feed: Feed;
  search: string;
  unreadLineId: EntryId | null;
  onOlder: () => void;
}) {
  const list = useRef<VirtuosoHandle>(null);
  const now = useNow();
  const stayAtEnd = useStayAtEnd();
  const scroller = useCallback(
    (element: HTMLElement | Window | null) =>
      stayAtEnd(element instanceof HTMLElement ? element : null),
    [stayAtEnd],
  );
  const items = useKeptItems(feed);
  const { newBelow, setAtEnd } = useNewBelow(items);
  const rows = feedRows(items, unreadLineId, now);
  const [isLineSeen, setIsLineSeen] = useState(false);
  const sawLine = useCallback(() => setIsLineSeen(true), []);
  const unreadAt = rows.findIndex(({ isUnreadLine }) => isUnreadLine);
  const toEnd = () => list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
  useShortcut([{ key: 'end' }], toEnd);

  return (
    <section aria-label="Activity" className="relative min-h-0 flex-1">
      <Virtuoso
        ref={list}
        scrollerRef={scroller}
        data={rows}
        firstItemIndex={feed.total - items.length + 1}
        initialTopMostItemIndex={{ index: 'LAST', align: 'end' }}
        alignToBottom
        atBottomThreshold={40}
        atBottomStateChange={setAtEnd}
        followOutput={(isAtEnd) => (isAtEnd || isOwnNew(items) ? 'auto' : false)}
        startReached={onOlder}
        increaseViewportBy={{ top: 600, bottom: 300 }}
        computeItemKey={(_, { item }) => item.entry.id}
        components={{ Header: FeedStart, Footer: FeedEnd }}
        itemContent={(_, { item, day, isUnreadLine }) => (
          <div className="px-6">
            {day !== null && <DayLine>{day}</DayLine>}
            {isUnreadLine && <UnreadLine at={shownAt(item)} onSeen={sawLine} />}
            <FeedEntry item={item} page={page} search={search} />
          </div>
        )}
      />
      {unreadAt >= 0 && !isLineSeen && (
        <AfterPatience>
          <JumpPill
            place="top-3"
            onClick={() => list.current?.scrollToIndex({ index: unreadAt, align: 'start' })}
          >
            <ArrowUp aria-hidden size={14} />{' '}
            {items.slice(unreadAt).filter(({ mine }) => !mine).length} new since you looked
          </JumpPill>
        </AfterPatience>
      )}
      {newBelow > 0 && (
        <JumpPill place="bottom-3" onClick={toEnd}>
          <ArrowDown aria-hidden size={14} /> {newBelow} new below
        </JumpPill>
      )}
      <LiveRegion>{spokenNews(items.at(-1))}</LiveRegion>
    </section>
  );
}

function JumpPill({
  place,
  onClick,
  children,
}: {
  place: 'top-3' | 'bottom-3';
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={classNames(
        'absolute left-1/2 flex -translate-x-1/2 animate-fade-in items-center gap-1.5 rounded-full bg-accent px-3 py-1 font-semibold text-accent-ink shadow-float',
        place,
      )}
    >
      {children}
    </button>
  );
}

function useKeptItems(feed: Feed): readonly FeedItem[] {
  const [kept, setKept] = useState({ from: feed, items: feed.items });
  if (kept.from === feed) return kept.items;
  const items = keepStart(kept.items, feed.items, feed.total);
  setKept({ from: feed, items });
  return items;
}

/** Entries that arrived below while the reader was further up. */
function useNewBelow(items: readonly FeedItem[]) {
  const lastId = items.at(-1)?.entry.id ?? null;
  const [isAtEnd, setAtEnd] = useState(true);
  const [lastSeenId, setLastSeenId] = useState(lastId);
  if (isAtEnd && lastSeenId !== lastId) setLastSeenId(lastId);
  const seen = items.findIndex((item) => item.entry.id === lastSeenId);
  return { newBelow: isAtEnd || seen < 0 ? 0 : items.length - 1 - seen, setAtEnd };
}

/** What the person just posted is always scrolled to. */
function isOwnNew(items: readonly FeedItem[]): boolean {
  const last = items.at(-1);
  return last?.mine === true && last.state === 'waiting';
}

/** Said aloud for what others wrote; one's own words need no echo. */
function spokenNews(last: FeedItem | undefined): string {
  if (last === undefined || last.mine || last.entry.kind !== 'reply') return '';
  return `${last.authorName}: ${last.entry.text.slice(0, 200)}`;
}

const FeedStart = () => <div className="h-2" />;
const FeedEnd = () => <div className="h-4" />;
