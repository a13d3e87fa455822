import { ArrowUpFromLine, CircleCheck } from 'lucide-react';
import { useRef } from 'react';
import { Virtuoso } from 'react-virtuoso';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import { ScheduledRow } from '../scheduled/scheduled-row.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { LookNotice } from './look-notice.tsx';
import { SaveCopy } from './save-copy.tsx';
import { WaitingRow } from './waiting-row.tsx';

type Line =
  | { readonly kind: 'heading'; readonly words: string; readonly count: number }
  | { readonly kind: 'item'; readonly item: OutboxItem }
  | { readonly kind: 'scheduled'; readonly item: ScheduledItem };

/** Everything on this device that the server has not confirmed, by who will read it. (H4) */
export function WaitingPage() {
  const { value: items, failed } = useQuery('outbox', {});
  const { value: sync } = useQuery('sync', {});
  const syncNow = useRequest('sync.now');
  const endCountdowns = useRequest('outbox.send-now');
  const heading = useRef<HTMLHeadingElement>(null);
  const isOffline = sync?.kind === 'offline';
  const { value: scheduled } = useQuery('scheduled', {});
  const lines = [...linesOf(items ?? []), ...scheduledLines(scheduled ?? [])];
  // What counts down stands in this very list: who wants it sent now means that as well.
  const sendNow = async () => {
    const counting = (items ?? []).filter(({ state }) => state.kind === 'counting-down');
    const mutationIds = counting.map(({ mutationId }) => mutationId);
    if (mutationIds.length > 0) await endCountdowns.send({ mutationIds });
    await syncNow.send({});
  };

  return (
    <main className="flex min-w-0 flex-1 flex-col bg-surface">
      <header className="flex h-[53px] shrink-0 items-center gap-2.5 border-b border-line px-6">
        <h1
          ref={heading}
          tabIndex={-1}
          className="text-lg font-semibold tracking-tight outline-none"
        >
          Waiting to send
        </h1>
        <span className="text-ink-3 tabular-nums">{items?.length}</span>
        <span className="flex-1" />
        {items !== undefined && items.length > 0 && <SaveCopy mutationIds={[]} />}
        <Button disabled={syncNow.busy || items?.length === 0} onClick={() => void sendNow()}>
          <ArrowUpFromLine aria-hidden size={15} /> Send now
        </Button>
      </header>
      {syncNow.sentence !== null && (
        <Notice look="danger" className="mx-6 mt-3">
          {syncNow.sentence}
        </Notice>
      )}
      {failed !== null && (
        <Notice look="danger" className="mx-6 mt-3">
          The list could not be read. {failed.message}
        </Notice>
      )}
      {sync?.look != null && items !== undefined && (
        // The button goes with what it sent, and the focus must not go with it.
        <LookNotice look={sync.look} items={items} onSent={() => heading.current?.focus()} />
      )}
      {items?.length === 0 && scheduled?.length === 0 && (
        <EmptyState icon={CircleCheck} title="Everything is sent">
          What you write without a network stands here until the office has it.
        </EmptyState>
      )}
      {lines.length > 0 && (
        <Virtuoso
          className="flex-1"
          data={lines}
          computeItemKey={(_, line) => keyOf(line)}
          itemContent={(_, line) =>
            line.kind === 'heading' ? (
              <h2 className="border-b border-line bg-surface-2 px-6 pt-2.5 pb-1.5 text-sm font-semibold text-ink-3">
                {line.words} <span className="font-normal tabular-nums">{line.count}</span>
              </h2>
            ) : line.kind === 'scheduled' ? (
              <ScheduledRow item={line.item} />
            ) : (
              <WaitingRow item={line.item} isOffline={isOffline} />
            )
          }
        />
      )}
    </main>
  );
}

function keyOf(line: Line): string {
  if (line.kind === 'heading') return line.words;
  return line.kind === 'scheduled' ? line.item.entryId : line.item.mutationId;
}

/** What waits for its time is with the server, for the whole office to see: it stands apart from what waits here. (C8) */
function scheduledLines(items: readonly ScheduledItem[]): readonly Line[] {
  if (items.length === 0) return [];
  const words = 'Scheduled, of the whole office';
  return [
    { kind: 'heading', words, count: items.length },
    ...items.map((item): Line => ({ kind: 'scheduled', item })),
  ];
}

/** What customers will see stands first: it is what can do harm. */
function linesOf(items: readonly OutboxItem[]): readonly Line[] {
  const group = (words: string, audience: OutboxItem['audience']): readonly Line[] => {
    const own = items.filter((item) => item.audience === audience);
    if (own.length === 0) return [];
    const heading: Line = { kind: 'heading', words, count: own.length };
    return [heading, ...own.map((item): Line => ({ kind: 'item', item }))];
  };
  return [...group('Customers will see', 'visible'), ...group('Only your team', 'internal')];
}
