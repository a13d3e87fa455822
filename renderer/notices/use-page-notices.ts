import { useEffect, useState } from 'react';
import { goTo } from '../hash-address.ts';
import { useBridge } from '../use-bridge.tsx';
import { useQuery } from '../use-query.ts';
import { PageNotices } from './page-notices.ts';
import { usePagePermission } from './page-permission.ts';
import { showCountOnIcon } from './page-icon.ts';

/**
 * In a browser the page shows notices, where the person lets it, and the number on its tab. Of several tabs the core gives what is
 * new to one. Under Electron the main process does both. (F4)
 */
export function usePageNotices(): void {
  const bridge = useBridge();
  const { value: desktop } = useQuery('desktop', {});
  const { value: state } = useQuery('notices', {});
  const isAllowed = usePagePermission() === 'granted';
  const [notices] = useState(
    () =>
      new PageNotices((place) => {
        if (place === null) return goTo('/unread');
        const entry = place.entryId === null ? '' : `?entry=${place.entryId}`;
        goTo(`/jobs/${place.jobId}${entry}`);
      }),
  );
  const isBrowser = desktop === null;
  const fresh = state?.fresh ?? 0;

  useEffect(() => {
    if (!isBrowser || !isAllowed || fresh === 0) return;
    bridge.request('notices.take', {}).then(
      (taken) => taken.forEach((notice) => notices.show(notice)),
      // Signed out, or the program is gone: then nothing was taken.
      () => undefined,
    );
  }, [bridge, notices, isBrowser, isAllowed, fresh]);

  const unread = state?.jobIds.join(' ');
  useEffect(() => {
    if (unread !== undefined) notices.withdraw(unread.split(' '));
  }, [notices, unread]);
  useEffect(() => () => notices.withdraw([]), [notices]);

  const count = isBrowser ? (state?.count ?? 0) : 0;
  useEffect(() => {
    showCountOnIcon(count);
    return () => showCountOnIcon(0);
  }, [count]);
}
