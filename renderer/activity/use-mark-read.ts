import { useEffect, useState } from 'react';
import type { Feed } from '../../electron/core/api/jobs-contract.ts';
import type { JobId } from '../records.ts';
import { useBridge } from '../use-bridge.tsx';

/** Marks the job read while it is open and the window has the focus: what nobody looks at stays unread. (A2, F3) */
export function useMarkRead(jobId: JobId, feed: Feed | undefined): void {
  const bridge = useBridge();
  const hasFocus = useWindowFocus();
  const firstUnreadId = feed?.firstUnreadId ?? null;
  // What rings without a new entry: a mail that came back, an edit that mentions the reader.
  const hasNews = feed?.hasRefusalNews === true || feed?.hasEditNews === true;
  const count = feed?.counts.all ?? 0;

  useEffect(() => {
    if ((firstUnreadId === null && !hasNews) || !hasFocus) return;
    // A mark that could not be set leaves the job unread, which the list shows: no more needs to be said.
    bridge.request('jobs.mark-read', { jobId }).catch(() => undefined);
  }, [bridge, jobId, firstUnreadId, hasNews, count, hasFocus]);
}

function useWindowFocus(): boolean {
  const [hasFocus, setHasFocus] = useState(() => document.hasFocus());
  useEffect(() => {
    const look = () => setHasFocus(document.hasFocus());
    window.addEventListener('focus', look);
    window.addEventListener('blur', look);
    return () => {
      window.removeEventListener('focus', look);
      window.removeEventListener('blur', look);
    };
  }, []);
  return hasFocus;
}
