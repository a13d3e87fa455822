// How customers come in: a single-use link opens a session. Both are 32 random bytes that only their holder has; the
// server keeps SHA-256 of them, so whoever reads its database can sign in as nobody. (E1)

import { randomUUID } from 'node:crypto';
import {
  type CustomerId,
  type MemberId,
  mutationId,
  portalLinkId,
  type WorkspaceId,
} from '../protocol/ids.ts';
import type { MutationArgs } from '../protocol/mutations.ts';
import { appliedWithDoor, type PushOutcome } from '../protocol/outcome.ts';
import { isLinkOpen, newPortalLink, portalLinkUrl } from '../protocol/portal-links.ts';
import type { PortalLink } from '../protocol/records.ts';
import type { CustomerDoor, Storage } from '../storage/storage.ts';
import { formTokenOf } from './customer-session.ts';
import { hashToken, newToken } from './tokens.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

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
  /** Null where no member made it: the customer asked, or the command line. */
  readonly memberId: MemberId | null;
  /** Where it is mailed to, which shortens its life; null where it is copied. */
  readonly mailedTo: string | null;
  /** What the link begins with, without a slash at the end. */
  readonly baseUrl: string;
}

export interface MadeLink {
  readonly url: string;
  readonly expiresAt: string;
}

/**
 * Makes a link that lets its holder in once, as a member's `create_portal_link` does, for those who are no device: the
 * command line, a mail. Its token is in the answer and nowhere else. Undefined where the customer is not there: one deleted a
 * moment ago leaves nothing behind.
 */
export async function createPortalLink(
  deps: { readonly storage: Pick<Storage, 'transact'>; now(): number },
  { workspaceId, baseUrl, ...link }: NewLink,
): Promise<MadeLink | undefined> {
  const token = newToken();
  const id = portalLinkId.parse(randomUUID());
  const record = newPortalLink({ id, ...link }, isoAt(deps.now()));
  const identity = { id: mutationId.parse(randomUUID()), actorKey: 'server' };
  const { answers } = await deps.storage.transact(workspaceId, async (transaction) => {
    const customer = await transaction.find({ kind: 'customer', id: link.customerId });
    if (customer === undefined) return;
    const key = { kind: 'add-key', linkId: id, tokenHash: hashToken(token) } as const;
    transaction.settle(identity, appliedWithDoor([{ kind: 'portal_link', record }], [key]));
  });
  if (!answers.has(identity.id)) return undefined;
  return { url: portalLinkUrl(baseUrl, token), expiresAt: record.expiresAt };
}

/** Who a link would let in; undefined for one that is used up, expired, revoked or made up. Looking uses nothing up. */
export async function lookAtLink(
  { storage, now }: CustomerDoorDeps,
  linkToken: string,
): Promise<(CustomerIdentity & { readonly link: PortalLink }) | undefined> {
  const found = await storage.linkByToken(hashToken(linkToken));
  if (found === undefined || !isLinkOpen(found.link, isoAt(now()))) return undefined;
  const { workspaceId, link } = found;
  return { workspaceId, customerId: link.customerId, link };
}

export interface EnterDeps extends CustomerDoorDeps {
  /** Uses the link up and opens the session, as anything a customer does is done. */
  act(
    act: CustomerIdentity & {
      readonly mutationId: ReturnType<typeof mutationId.parse>;
      readonly name: 'customer_enter';
      readonly args: MutationArgs<'customer_enter'>;
    },
  ): Promise<PushOutcome>;
}

export interface OpenedSession extends CustomerIdentity {
  readonly sessionToken: string;
  readonly expiresAt: string;
  /** What its forms carry. */
  readonly formToken: string;
}

export interface Entrance {
  readonly linkToken: string;
  /** Of the session this browser held before. */
  readonly oldSessionToken: string | undefined;
  /** In words, for the customer's own list. */
  readonly device: string;
}

/**
 * Uses a link up and opens a session with a token of its own, in one commit: whoever signs the customer out everywhere comes before
 * both or after both. The session the browser held before ends, so a token that somebody planted there is worth nothing.
 */
export async function enterByLink(
  { storage, now, act }: EnterDeps,
  { linkToken, oldSessionToken, device }: Entrance,
): Promise<OpenedSession | undefined> {
  const found = await lookAtLink({ storage, now }, linkToken);
  if (found === undefined) return undefined;
  const { workspaceId, customerId, link } = found;
  const sessionToken = newToken();
  const id = randomUUID();
  const expiresAt = isoAt(now() + SESSION_LIFETIME_MS);
  const session = { id, tokenHash: hashToken(sessionToken), device, expiresAt };
  const outcome = await act({
    workspaceId,
    customerId,
    mutationId: mutationId.parse(randomUUID()),
    name: 'customer_enter',
    args: { linkId: link.id, session },
  });
  if (outcome.kind !== 'applied') return undefined;
  if (oldSessionToken !== undefined) await endSession({ storage, now }, oldSessionToken);
  return { sessionToken, expiresAt, formToken: formTokenOf({ id }), workspaceId, customerId };
}

async function endSession({ storage, now }: CustomerDoorDeps, sessionToken: string): Promise<void> {
  const at = isoAt(now());
  const found = await storage.sessions.find(hashToken(sessionToken), at);
  if (found !== undefined) await storage.sessions.end(found.session, found.session, at);
}

function isoAt(unixMs: number): string {
  return new Date(unixMs).toISOString();
}
