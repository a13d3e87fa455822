import { Clock } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { useSecondsUntil } from '../ui/use-seconds-until.ts';
import { SendNow } from './send-now.tsx';
import { useTakeBack } from './use-take-back.ts';

/** Of buttons that make the line of an entry no higher than its words do. */
export const IN_LINE = '-my-1 inline-flex flex-wrap items-center [&_button]:h-6';

/** A customer reply that counts down in the feed: who gets it, when, and how it is taken back until then. (C4) [P8] */
export function Leaving({
  item,
  leavesAt,
  reader,
}: {
  item: OutboxItem;
  leavesAt: string;
  reader: string;
}) {
  const takingBack = useTakeBack();
  return (
    <>
      <SendingTo reader={reader}>
        {' '}
        <SecondsLeft leavesAt={leavesAt} />
      </SendingTo>
      <KeepsFocus>
        <Button small disabled={takingBack.busy} onClick={() => void takingBack.takeBack(item)}>
          Undo
        </Button>
        <SendNow item={item} />
        {takingBack.sentence !== null && (
          <span role="alert" className="text-sm text-danger">
            {takingBack.sentence}
          </span>
        )}
      </KeepsFocus>
    </>
  );
}

/** "Sending to Anna Berg", and what stands behind it. */
export function SendingTo({ reader, children }: { reader: string; children?: ReactNode }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5 text-sm text-visible-ink">
      <Clock aria-hidden size={13} className="shrink-0" />
      <span className="min-w-0 break-words">
        Sending to <bdi>{reader}</bdi>
        {children}
      </span>
    </span>
  );
}

/** "in 8 s". A timer is no live region: nobody is read each second. */
export function SecondsLeft({ leavesAt }: { leavesAt: string }) {
  const seconds = useSecondsUntil(leavesAt);
  return (
    // As wide with one figure as with two, so that nothing behind it moves.
    <span role="timer" className="inline-block min-w-[4.6ch] whitespace-nowrap tabular-nums">
      {seconds > 0 && `in ${seconds} s`}
    </span>
  );
}

/** The buttons go when the reply does; who stood on one stands in the feed then, and not at the window's beginning. */
function KeepsFocus({ children }: { children: ReactNode }) {
  const box = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const here = box.current;
    const feed = here?.closest<HTMLElement>('[data-feed]');
    return () => {
      if (here?.contains(document.activeElement) === true) feed?.focus();
    };
  }, []);
  return (
    <span ref={box} className={classNames(IN_LINE, 'gap-1')}>
      {children}
    </span>
  );
}
