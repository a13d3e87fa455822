// The address lives behind the #, search included ("#/jobs/ID?kind=reply"), so that both hosts serve one page.

import { useSyncExternalStore } from 'react';

function whole(): string {
  return window.location.hash.replace(/^#?\/?/, '/');
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

const currentPath = () => whole().split('?', 1)[0] ?? '/';
const currentSearch = () => whole().slice(currentPath().length + 1);

export function goTo(to: string, options: { readonly replace?: boolean } = {}): void {
  const url = `#${to.startsWith('/') ? to : `/${to}`}`;
  if (options.replace === true) window.history.replaceState(window.history.state, '', url);
  else window.history.pushState(null, '', url);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** wouter's location hook. */
export function useHashPath(): [string, typeof goTo] {
  return [useSyncExternalStore(subscribe, currentPath), goTo];
}
useHashPath.hrefs = (href: string) => `#${href}`;

/** wouter's search hook. */
export function useHashSearch(): string {
  return useSyncExternalStore(subscribe, currentSearch);
}
useHashPath.searchHook = useHashSearch;
