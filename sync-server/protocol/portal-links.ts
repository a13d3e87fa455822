// Links that let a customer into the portal: how long they work, and what they look like. (A6, E1)

import type { PortalLink } from './records.ts';

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const LINK_LIFETIME_MS = {
  /** A mail is read at once or asked for again. */
  mailed: 15 * MINUTE_MS,
  /** A link copied by staff may wait in a chat or on paper. */
  copied: 7 * DAY_MS,
} as const;

type NewLink = Pick<PortalLink, 'id' | 'customerId' | 'memberId' | 'mailedTo'>;

/** @param createdAt ISO 8601 in UTC */
export function newPortalLink(link: NewLink, createdAt: string): PortalLink {
  const lifetimeMs = LINK_LIFETIME_MS[link.mailedTo === null ? 'copied' : 'mailed'];
  const expiresAt = new Date(Date.parse(createdAt) + lifetimeMs).toISOString();
  return { ...link, createdAt, expiresAt, ended: null };
}

/** Unused, not revoked, not expired. */
export function isLinkOpen({ ended, expiresAt }: PortalLink, now: string): boolean {
  return ended === null && Date.parse(expiresAt) > Date.parse(now);
}

/** @param portalUrl what links to the server begin with, without a slash at the end */
export function portalLinkUrl(portalUrl: string, token: string): string {
  return `${portalUrl}/portal/enter/${token}`;
}
