// How customers come in: a single-use link opens a session. Both are 32 random bytes that only their holder has; the
// server keeps SHA-256 of them, so whoever reads its database can sign in as nobody. (E1)

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { CustomerId, WorkspaceId } from '../protocol/ids.ts';
import type { CustomerDoor, CustomerGrant } from '../storage/storage.ts';
import { hashToken, newToken } from './tokens.ts';

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export const LINK_LIFETIME_MS = {
  /** A mail is read at once or asked for again. */
  mailed: 15 * MINUTE_MS,
  /** A link copied by staff may wait in a chat or on paper. */
  copied: 7 * DAY_MS,
} as const;
export type LinkDelivery = keyof typeof LINK_LIFETIME_MS;

export const SESSION_LIFETIME_MS = 30 * DAY_MS;

export interface CustomerDoorDeps {
  readonly storage: CustomerDoor;
  /** Unix time in milliseconds. */
  now(): number;
}

export interface CustomerIdentity {
  readonly workspaceId: WorkspaceId;
  readonly customerId: CustomerId;
}

export interface NewLink extends CustomerIdentity {
  readonly delivery: LinkDelivery;
  /** What the link begins with, without a slash at the end. */
  readonly baseUrl: string;
}

export interface PortalLink {
  readonly url: string;
  readonly expiresAt: string;
}

/** Makes a link that lets its holder in once. Its token is in the answer and nowhere else. */
export async function createPortalLink(deps: CustomerDoorDeps, link: NewLink): Promise<PortalLink> {
  const { token, grant } = newGrant(link, deps.now(), LINK_LIFETIME_MS[link.delivery]);
  await deps.storage.addCustomerLink(grant);
  return { url: `${link.baseUrl}/portal/enter/${token}`, expiresAt: grant.expiresAt };
}

/** Who a link would let in; undefined for one that is used up, expired, revoked or made up. Looking uses nothing up. */
export async function lookAtLink(
  { storage, now }: CustomerDoorDeps,
  linkToken: string,
): Promise<CustomerIdentity | undefined> {
  return storage.openCustomerLink(hashToken(linkToken), isoAt(now()));
}

export interface OpenedSession extends CustomerIdentity {
  readonly sessionToken: string;
}

/**
 * Uses a link up and opens a session with a token of its own. The session the browser held before ends, so a token that
 * somebody planted there is worth nothing.
 */
export async function enterByLink(
  { storage, now }: CustomerDoorDeps,
  linkToken: string,
  oldSessionToken: string | undefined,
): Promise<OpenedSession | undefined> {
  const link = await storage.useCustomerLink(hashToken(linkToken), isoAt(now()));
  if (link === undefined) return undefined;
  const { token, grant } = newGrant(link, now(), SESSION_LIFETIME_MS);
  await storage.addCustomerSession(grant);
  if (oldSessionToken !== undefined) await endSession({ storage, now }, oldSessionToken);
  const { workspaceId, customerId } = link;
  return { sessionToken: token, workspaceId, customerId };
}

/** Undefined for a token that is expired, ended or made up. */
export async function customerOfSession(
  { storage, now }: CustomerDoorDeps,
  sessionToken: string,
): Promise<CustomerIdentity | undefined> {
  return storage.customerSession(hashToken(sessionToken), isoAt(now()));
}

export async function endSession(
  { storage, now }: CustomerDoorDeps,
  sessionToken: string,
): Promise<void> {
  await storage.endCustomerSession(hashToken(sessionToken), isoAt(now()));
}

/** What every form of a session carries: other websites can send a form with the cookie, but cannot know this. */
export function formTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('docket portal form').digest('base64url');
}

/** Takes the same time wherever the two differ. */
export function isFormTokenOf(sessionToken: string, formToken: string): boolean {
  const expected = createHash('sha256').update(formTokenOf(sessionToken)).digest();
  return timingSafeEqual(expected, createHash('sha256').update(formToken).digest());
}

function newGrant(
  { workspaceId, customerId }: CustomerIdentity,
  nowMs: number,
  lifetimeMs: number,
): { readonly token: string; readonly grant: CustomerGrant } {
  const token = newToken();
  const grant = {
    tokenHash: hashToken(token),
    workspaceId,
    customerId,
    createdAt: isoAt(nowMs),
    expiresAt: isoAt(nowMs + lifetimeMs),
  };
  return { token, grant };
}

function isoAt(unixMs: number): string {
  return new Date(unixMs).toISOString();
}
