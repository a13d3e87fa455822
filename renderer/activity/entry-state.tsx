import { Clock, TriangleAlert } from 'lucide-react';
import { Link } from 'wouter';
import type { FeedItem } from '../../electron/core/api/jobs-contract.ts';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import { ConflictSides } from '../outbox/conflict-sides.tsx';
import { IN_LINE, Leaving, SendingTo } from '../outbox/leaving.tsx';
import { isPost, reasonOf } from '../outbox/outbox-words.ts';
import { OutboxActions } from '../outbox/outbox-actions.tsx';
import { AfterPatience } from '../ui/skeleton.tsx';
import { useQuery } from '../use-query.ts';

/**
 * What keeps an entry on this device, and what its author can still do with it; nothing once the office has it.
 *
 * @param reader whom a post goes to; null for what was done and not written
 */
export function EntryState({ item, reader }: { item: FeedItem; reader: string | null }) {
  return (
    <>
      <StateOf item={item} reader={reader} />
      {item.parkedEditId !== null && <ParkedState item={item} mutationId={item.parkedEditId} />}
    </>
  );
}

function StateOf({ item, reader }: { item: FeedItem; reader: string | null }) {
  switch (item.state) {
    case 'confirmed':
      return null;
    case 'waiting':
      return <WaitingState item={item} reader={reader} />;
    case 'waits-for-look':
      return (
        <>
          <Link
            href="/waiting"
            className="inline-flex items-center gap-1.5 rounded-sm text-sm font-medium text-warn hover:underline"
          >
            <TriangleAlert aria-hidden size={13} /> On this device, waits for your look
          </Link>
          <PostActions item={item} />
        </>
      );
    case 'parked':
      return <ParkedState item={item} mutationId={item.mutationId} />;
  }
}

function WaitingState({ item, reader }: { item: FeedItem; reader: string | null }) {
  const waiting = useOutboxItem(item);
  const isForReader = waiting?.audience === 'visible' && isPost(waiting);
  if (waiting !== undefined && reader !== null && isForReader) {
    const { state } = waiting;
    if (state.kind === 'counting-down')
      return <Leaving item={waiting} leavesAt={state.leavesAt} reader={reader} />;
    if (state.kind === 'sending' || state.kind === 'accepted') return <SendingTo reader={reader} />;
  }
  return (
    <>
      <span className="inline-flex items-center gap-1.5 text-sm text-warn">
        <Clock aria-hidden size={13} /> On this device, waiting
      </span>
      <PostActions item={item} />
    </>
  );
}

/** Not for what leaves in a moment: a note that is online would flash its buttons. */
function PostActions({ item }: { item: FeedItem }) {
  const waiting = useOutboxItem(item);
  if (waiting === undefined || !isPost(waiting)) return null;
  return (
    <AfterPatience>
      <span className={IN_LINE}>
        <OutboxActions item={waiting} />
      </span>
    </AfterPatience>
  );
}

function ParkedState({ item, mutationId }: Pick<FeedItem, 'mutationId'> & { item: FeedItem }) {
  const parked = useOutboxItem({ ...item, mutationId });
  return (
    <span className="flex basis-full flex-wrap items-center gap-x-2 gap-y-1 rounded-md bg-warn-soft px-2.5 py-1 text-sm">
      <span className="inline-flex items-center gap-1.5 font-semibold text-warn">
        <TriangleAlert aria-hidden size={13} /> Needs you
      </span>
      {parked !== undefined && (
        <>
          <span className="min-w-[24ch] flex-1 text-pretty wrap-anywhere">{reasonOf(parked)}</span>
          <OutboxActions item={parked} />
          {parked.state.kind === 'conflicted' && parked.state.sides.length > 0 && (
            <span className="block basis-full">
              <ConflictSides sides={parked.state.sides} />
            </span>
          )}
        </>
      )}
    </span>
  );
}

function useOutboxItem({ entry, mutationId }: FeedItem): OutboxItem | undefined {
  const { value: items } = useQuery('outbox.of-job', { jobId: entry.jobId });
  return items?.find((item) => item.mutationId === mutationId);
}
