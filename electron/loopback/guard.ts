// Keeps every other page and program on this machine away from the core: only a browser that came with the launch token,
// from this very address, gets in.

import { timingSafeEqual } from 'node:crypto';

/** A cookie comes along to every port of its host: with one name for all, a second Docket would shut the first one's page out. */
const cookieName = (port: number): string => `docket-launch-${port}`;

export interface GuardedRequest {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
  readonly isUpgrade: boolean;
}

/**
 * Why a request is turned away; undefined where it may pass. A name that only points at 127.0.0.1 (DNS rebinding) fails by
 * its Host, another page by its Origin, another program by the missing cookie.
 */
export function reasonToRefuse(
  request: GuardedRequest,
  { token, port }: { readonly token: string; readonly port: number },
): string | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (request.host === undefined || !hosts.includes(request.host))
    return 'This address is not Docket’s.';
  const mayChange = request.isUpgrade || (request.method !== 'GET' && request.method !== 'HEAD');
  const origins = hosts.map((host) => `http://${host}`);
  if (request.origin === undefined ? mayChange : !origins.includes(request.origin))
    return 'Only Docket’s own page may do this.';
  if (!isSame(launchCookie(request.cookie, port), token))
    return 'Open Docket with the address that “npm start” printed.';
  return undefined;
}

/** Strict: it comes along only from Docket's own page, and no script can read it. */
export function launchCookieHeader(token: string, port: number): string {
  return `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/`;
}

export function isSame(given: string | undefined, token: string): boolean {
  if (given === undefined) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function launchCookie(header: string | undefined, port: number): string | undefined {
  const beginning = `${cookieName(port)}=`;
  return header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(beginning))
    ?.slice(beginning.length);
}
