import { Clock, TriangleAlert } from 'lucide-react';
import { Link } from 'wouter';
import type { FeedItem } from '../../electron/core/api/jobs-contract.ts';
import { reasonOf } from '../outbox/outbox-words.ts';
import { OutboxActions } from '../outbox/outbox-actions.tsx';
import { useQuery } from '../use-query.ts';

/** What keeps an entry on this device; nothing once the office has it. */
export function EntryState({ item }: { item: FeedItem }) {
  if (item.state === 'confirmed') return null;
  if (item.state === 'waits-for-look')
    return (
      <Link
        href="/waiting"
        className="inline-flex items-center gap-1.5 rounded-sm text-sm font-medium text-warn hover:underline"
      >
        <TriangleAlert aria-hidden size={13} /> On this device, waits for your look
      </Link>
    );
  if (item.state === 'waiting')
    return (
      <span className="inline-flex items-center gap-1.5 text-sm text-warn">
        <Clock aria-hidden size={13} /> On this device, waiting
      </span>
    );
  return <ParkedState item={item} />;
}

function ParkedState({ item }: { item: FeedItem }) {
  const { value: outbox } = useQuery('outbox', {});
  const parked = outbox?.find(({ mutationId }) => mutationId === item.mutationId);
  return (
    <span className="flex basis-full flex-wrap items-center gap-x-2 gap-y-1 rounded-md bg-warn-soft px-2.5 py-1 text-sm">
      <span className="inline-flex items-center gap-1.5 font-semibold text-warn">
        <TriangleAlert aria-hidden size={13} /> Needs you
      </span>
      {parked !== undefined && (
        <>
          <span className="min-w-[24ch] flex-1 text-pretty wrap-anywhere">{reasonOf(parked)}</span>
          <OutboxActions item={parked} />
        </>
      )}
    </span>
  );
}
