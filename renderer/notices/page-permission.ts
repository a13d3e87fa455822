// Whether this browser lets Docket's page show notices. Under Electron the main process shows them and nobody has to ask. (F4)

import { useSyncExternalStore } from 'react';

export type PagePermission = NotificationPermission | 'unsupported';

/** The browser tells a page of no change; this one tells itself. */
const ASKED = 'docket:asked-for-notices';

const permission = (): PagePermission =>
  'Notification' in window ? Notification.permission : 'unsupported';

function subscribe(listener: () => void): () => void {
  window.addEventListener(ASKED, listener);
  // Somebody may have changed it in the browser's settings meanwhile.
  window.addEventListener('focus', listener);
  return () => {
    window.removeEventListener(ASKED, listener);
    window.removeEventListener('focus', listener);
  };
}

export function usePagePermission(): PagePermission {
  return useSyncExternalStore(subscribe, permission);
}

/** Only on a click: a page that asks by itself is refused for ever. */
export async function askForPermission(): Promise<void> {
  if ('Notification' in window) await Notification.requestPermission();
  window.dispatchEvent(new Event(ASKED));
}
