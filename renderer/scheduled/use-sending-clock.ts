import { useNow } from '../ui/use-now.ts';
import { useQuery } from '../use-query.ts';
import { clockWords } from './send-times.ts';

/** The clock that decides when a reply is sent, the server's, as far as this computer knows it. (C8) */
export function useSendingClock() {
  const own = useNow();
  const { value: clock } = useQuery('scheduled.clock', {});
  const aheadMs = clock?.aheadMs ?? null;
  return { now: new Date(own.getTime() - (aheadMs ?? 0)), warning: clockWords(aheadMs) };
}
