import { useEffect } from 'react';
import { toast } from 'sonner';
import { useLocation } from 'wouter';
import { isBusy } from '../shell/use-shortcut.ts';
import { useQuery } from '../use-query.ts';
import { forLookWords } from './outbox-words.ts';

/** In this window, until it is closed: a start of the program shows it again. */
const SHOWN = 'docket.look-shown';
const NOTICE = 'look';
const NOTICE_MS = 10_000;

/**
 * After a long spell away the list of what waits is shown by itself, once. Who is typing, or has a window open, is told beside
 * it instead: nothing may be taken from under their hands. (H4) [P7]
 */
export function useLookShown(): void {
  const { value: sync } = useQuery('sync', {});
  const [here, goTo] = useLocation();
  const look = sync?.look ?? null;
  const since = look?.awayUntil ?? null;
  const count = look?.count ?? 0;

  useEffect(() => {
    if (since === null) {
      toast.dismiss(NOTICE);
      return;
    }
    if (window.sessionStorage.getItem(SHOWN) === since) return;
    window.sessionStorage.setItem(SHOWN, since);
    if (here === '/waiting') return;
    if (isBusy())
      toast(forLookWords(count), {
        id: NOTICE,
        duration: NOTICE_MS,
        action: { label: 'Look now', onClick: () => goTo('/waiting') },
      });
    else goTo('/waiting');
  }, [since, count, here, goTo]);
}
