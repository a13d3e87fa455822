import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { Feed, FeedItem, JobPage } from '../../electron/core/api/jobs-contract.ts';
import { useEditing } from '../edits/editing.tsx';
import { useFeedEdits } from '../edits/use-feed-edits.ts';
import type { EntryId } from '../records.ts';
import { ScheduledOnJob } from '../scheduled/scheduled-on-job.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { classNames } from '../ui/class-names.ts';
import { AfterPatience } from '../ui/skeleton.tsx';
import { LiveRegion } from '../ui/spoken.tsx';
import { useNow } from '../ui/use-now.ts';
import { FeedEntry } from './feed-entry.tsx';
import { DayLine, UnreadLine } from './feed-lines.tsx';
import { feedRows, keepStart, shownAt } from './feed-rows.ts';
import { useEndAnchor } from './use-end-anchor.ts';
import { useWantedRow } from './use-wanted-row.ts';

/**
 * The feed, newest at the end. It starts there and follows as long as the reader is there; whoever has scrolled up is never
 * moved and is told how much is new below.
 *
 * The scroller is turned around (column-reverse), so its end is where it rests by itself, whatever height rows turn out to
 * have; rows out of view are not laid out (content-visibility), so thousands cost what hundreds do.
 */
export function FeedList({
  page,
  feed,
  search,
  unreadLineId,
  wantedId,
  posts,
  onOlder,
}: {
  page: JobPage;
  feed: Feed;
  search: string;
  unreadLineId: EntryId | null;
  /** A link led to this entry. (B6) */
  wantedId: string | null;
  /** How many were posted here. */
  posts: number;
  onOlder: () => void;
}) {
  const now = useNow();
  const line = useRef<HTMLDivElement>(null);
  const items = useKeptItems(feed);
  const lastId = items.at(-1)?.entry.id ?? null;
  const { scroller, isAtEnd, toEnd } = useEndAnchor(lastId);
  const newBelow = useNewBelow(items, isAtEnd);
  const rows = feedRows(items, unreadLineId, now);
  const editedId = useEditing().draft?.entryId;
  useFeedEdits(items);
  const [isLineSeen, setIsLineSeen] = useState(false);
  const sawLine = useCallback(() => setIsLineSeen(true), []);
  const unreadAt = rows.findIndex(({ isUnreadLine }) => isUnreadLine);
  useShortcut([{ key: 'end' }], toEnd);
  const ownNewId = isOwnNew(items) ? lastId : null;
  const wanted = useWantedRow(wantedId);
  // What the person just did is always scrolled to; a post also where it was with the server before this window showed it.
  useEffect(() => {
    if (ownNewId !== null) toEnd();
  }, [ownNewId, toEnd]);
  const shownPosts = useRef(posts);
  useEffect(() => {
    if (shownPosts.current !== posts) toEnd();
    shownPosts.current = posts;
  }, [posts, toEnd]);

  return (
    <section aria-label="Activity" className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        data-feed
        // What scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="flex h-full flex-col-reverse overflow-x-hidden overflow-y-auto focus-visible:-outline-offset-2"
      >
        <div className="px-6 pt-2 pb-4">
          {feed.total > items.length && <Sentinel onNear={onOlder} />}
          {rows.map(({ item, day, isUnreadLine }) => (
            <div
              key={item.entry.id}
              ref={item.entry.id === wantedId ? wanted : undefined}
              data-entry-id={item.entry.id}
              className={classNames(
                // What is edited opens a list over the rows beside it.
                item.entry.id !== editedId &&
                  '[contain-intrinsic-size:auto_84px] [content-visibility:auto]',
                item.entry.id === wantedId && '-mx-2 rounded-lg bg-accent-soft px-2',
              )}
            >
              {day !== null && <DayLine>{day}</DayLine>}
              {isUnreadLine && (
                <div ref={line}>
                  <UnreadLine at={shownAt(item)} onSeen={sawLine} />
                </div>
              )}
              <FeedEntry item={item} page={page} search={search} />
            </div>
          ))}
          <ScheduledOnJob page={page} />
        </div>
      </div>
      {unreadAt >= 0 && !isLineSeen && (
        <AfterPatience>
          <JumpPill place="top-3" onClick={() => line.current?.scrollIntoView({ block: 'start' })}>
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

/** Stands above the oldest row shown; coming near it fetches older ones. */
function Sentinel({ onNear }: { onNear: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (mark.current === null) return undefined;
    const observer = new IntersectionObserver(
      (changes) => {
        if (changes.some(({ isIntersecting }) => isIntersecting)) onNear();
      },
      { rootMargin: '800px 0px 0px' },
    );
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [onNear]);
  return <div ref={mark} className="h-px" />;
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
function useNewBelow(items: readonly FeedItem[], isAtEnd: boolean): number {
  const lastId = items.at(-1)?.entry.id ?? null;
  const [lastSeenId, setLastSeenId] = useState(lastId);
  if (isAtEnd && lastSeenId !== lastId) setLastSeenId(lastId);
  const seen = items.findIndex((item) => item.entry.id === lastSeenId);
  return isAtEnd || seen < 0 ? 0 : items.length - 1 - seen;
}

const isOnDevice = (state: FeedItem['state']) => state === 'waiting' || state === 'waits-for-look';

function isOwnNew(items: readonly FeedItem[]): boolean {
  const last = items.at(-1);
  // What is changed and waits again, a withdrawal, is no new entry.
  return last?.mine === true && isOnDevice(last.state) && last.entry.arrivedAt === null;
}

/** Said aloud for what others wrote; one's own words need no echo. */
function spokenNews(last: FeedItem | undefined): string {
  if (last === undefined || last.mine || last.entry.kind !== 'reply') return '';
  return `${last.authorName}: ${last.entry.text.slice(0, 200)}`;
}
