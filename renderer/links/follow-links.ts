// Links that the system gives to the desktop program are handed to this page by its preload. (B6)

import { goTo } from '../hash-address.ts';
import { addressOfLink } from './docket-link.ts';

export function followLinks(view: Window): void {
  view.addEventListener('message', ({ source, data }) => {
    if (source !== view || !isLinkMessage(data)) return;
    const address = addressOfLink(data.link);
    if (address !== undefined) goTo(address);
  });
}

function isLinkMessage(data: unknown): data is { docket: 'link'; link: string } {
  return (
    typeof data === 'object' &&
    data !== null &&
    'docket' in data &&
    data.docket === 'link' &&
    'link' in data &&
    typeof data.link === 'string'
  );
}
