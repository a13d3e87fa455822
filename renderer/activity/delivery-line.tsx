import {
  Check,
  ChevronDown,
  CircleDashed,
  CircleSlash,
  Eye,
  Mail,
  TriangleAlert,
} from 'lucide-react';
import { useId, useState } from 'react';
import type { FeedItem } from '../../electron/core/api/jobs-contract.ts';
import { classNames } from '../ui/class-names.ts';
import { type Delivery, ladderOf, type Rung, summaryOf } from './delivery-words.ts';

/** How far a thing for the customer has come: one quiet word, and the whole way for who presses it. (C10, F2) */
export function DeliveryLine({ item }: { item: FeedItem }) {
  const { delivery } = item;
  const summary = delivery === null ? null : summaryOf(item, delivery);
  if (delivery === null || summary === null) return null;
  return <Ladder item={item} delivery={delivery} summary={summary} />;
}

function Ladder({
  item,
  delivery,
  summary,
}: {
  item: FeedItem;
  delivery: Delivery;
  summary: Rung;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        title={summary.moment ?? undefined}
        onClick={() => setIsOpen(!isOpen)}
        className={classNames(
          'group inline-flex items-center gap-1 rounded-sm text-sm tabular-nums hover:text-ink hover:underline',
          summary.state === 'trouble' ? 'font-medium text-danger' : 'text-ink-3',
        )}
      >
        <SummaryIcon rung={summary} />
        {summary.words}
        <ChevronDown
          aria-hidden
          size={12}
          className={classNames(
            'transition-transform motion-reduce:transition-none',
            isOpen
              ? 'rotate-180'
              : 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
          )}
        />
      </button>
      <ol
        id={id}
        hidden={!isOpen}
        aria-label="How far it has come"
        className={classNames('order-last basis-full gap-y-1 py-1 text-sm', isOpen && 'grid')}
      >
        {ladderOf(item, delivery).map((rung) => (
          <li
            key={`${rung.kind} ${rung.words}`}
            title={rung.moment ?? undefined}
            className={classNames(
              'flex items-start gap-1.5 tabular-nums',
              rung.state === 'trouble'
                ? 'text-danger'
                : rung.state === 'done'
                  ? 'text-ink-2'
                  : 'text-ink-3',
            )}
          >
            <RungIcon state={rung.state} />
            <span className="min-w-0 break-words">{rung.words}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function SummaryIcon({ rung: { kind, state } }: { rung: Rung }) {
  if (state === 'trouble') return <TriangleAlert aria-hidden size={13} />;
  if (state === 'stopped') return <CircleSlash aria-hidden size={12} />;
  if (kind === 'seen') return <Eye aria-hidden size={13} />;
  return kind === 'mail' ? <Mail aria-hidden size={13} /> : <Check aria-hidden size={13} />;
}

const RUNG_ICONS = {
  done: Check,
  ahead: CircleDashed,
  stopped: CircleSlash,
  trouble: TriangleAlert,
} as const;

function RungIcon({ state }: { state: Rung['state'] }) {
  const Icon = RUNG_ICONS[state];
  return <Icon aria-hidden size={13} className="mt-[3px] shrink-0" />;
}
