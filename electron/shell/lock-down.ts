// What pages may not do: leave app://docket, open windows, embed others, use the machine. Electron allows all of it unless told. (I3)

import { app, type Session, shell, type WebContents } from 'electron';
import { APP_ORIGIN } from './app-scheme.ts';
import { addressIn } from './window-places.ts';

/** Copying a portal link; nothing else is asked of the machine. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

const OPENED_OUTSIDE: ReadonlySet<string> = new Set(['https:', 'mailto:']);

/** What a page asked to be shown beside it: `address` stands behind the # of a page of ours. */
export type OpenBeside = (address: string) => void;

/** Before the first window: every page that is ever made is locked down as it is made. */
export function lockDownPages(openBeside: OpenBeside): void {
  app.on('web-contents-created', (_event, contents) => lockDown(contents, openBeside));
}

/** Once the app is ready. */
export function denyPermissions(session: Session): void {
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => GRANTED.has(permission) && isOurs(origin),
  );
  session.setPermissionRequestHandler((contents, permission, grant) =>
    grant(GRANTED.has(permission) && isOurs(contents.getURL())),
  );
  session.setDevicePermissionHandler(() => false);
}

function lockDown(contents: WebContents, openBeside: OpenBeside): void {
  contents.on('will-navigate', (event) => {
    event.preventDefault();
    leadElsewhere(contents, event.url);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    // Whatever it is, the page itself gets no window: a place in Docket is shown in one that we open.
    if (isPageOfOurs(contents.getURL()) && isPageOfOurs(url)) openBeside(addressIn(url));
    else leadElsewhere(contents, url);
    return { action: 'deny' };
  });
}

/** A link to a file of ours downloads it, one to the web or a mail address opens in the person's own program. */
function leadElsewhere(contents: WebContents, address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) return;
  if (isOurs(address) && /^\/(attachments|files)\//.test(url.pathname))
    contents.downloadURL(address);
  else if (OPENED_OUTSIDE.has(url.protocol)) void shell.openExternal(url.href);
}

/** Docket's one page, wherever in it. */
function isPageOfOurs(address: string): boolean {
  return isOurs(address) && new URL(address).pathname === '/';
}

/** Custom schemes have no origin in Node's eyes, so it is put together here. */
export function isOurs(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && `${url.protocol}//${url.host}` === APP_ORIGIN;
}
