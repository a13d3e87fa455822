import { useEffect, useEffectEvent } from 'react';
import { toast } from 'sonner';
import { useLocation } from 'wouter';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import { countWords } from '../ui/size-words.ts';
import { useQuery } from '../use-query.ts';
import { useTakeBack } from './use-take-back.ts';

const NOTICE = 'leaving';
/** Long enough for most countdowns, and no longer than a title may be covered. */
const NOTICE_MS = 10_000;
const NOTHING: readonly OutboxItem[] = [];

/**
 * What counts down where it is not on the screen: its author has gone on to another job, or a network came back hours after they
 * wrote it. Without the seconds, which would be read aloud one by one. (C4) [P8]
 */
export function LeavingNotice() {
  const { value: items = NOTHING } = useQuery('outbox.counting-down', {});
  const [here, goTo] = useLocation();
  const takingBack = useTakeBack(toast.error);
  const isShown = ({ jobId }: OutboxItem) => here === '/waiting' || here === `/jobs/${jobId}`;
  const elsewhere = items.filter((item) => !isShown(item));
  const key = elsewhere.map(({ mutationId }) => mutationId).join();

  const show = useEffectEvent(() => {
    const [only, second] = elsewhere;
    if (only === undefined) return;
    const action =
      second === undefined
        ? { label: 'Undo', onClick: () => void takingBack.takeBack(only) }
        : { label: 'Show', onClick: () => goTo('/waiting') };
    toast(leavingWords(only, elsewhere.length), { id: NOTICE, duration: NOTICE_MS, action });
  });
  useEffect(() => {
    if (key === '') return undefined;
    show();
    return () => void toast.dismiss(NOTICE);
  }, [key]);
  return null;
}

function leavingWords({ title }: OutboxItem, count: number): string {
  return count === 1
    ? `${title} leaves in a moment`
    : `${countWords(count)} replies leave in a moment`;
}
