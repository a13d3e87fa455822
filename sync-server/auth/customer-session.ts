// What becomes of a customer's session from request to request: its token changes every day, and the one before is good for as
// long as the browser may not have got the new one. (E1)

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type {
  CustomerSession,
  CustomerSessions,
  FoundSession,
} from '../storage/customer-sessions.ts';
import type { TokenHash } from '../protocol/ids.ts';
import { hashToken, newToken } from './tokens.ts';

const MINUTE_MS = 60 * 1000;
const TOKEN_LIFETIME_MS = 24 * 60 * MINUTE_MS;
/** Requests that left with the old token before its answer came. */
const OVERLAP_MS = MINUTE_MS;
/** "Last used" is for people; a write for every picture is not. */
const NOTED_EVERY_MS = 5 * MINUTE_MS;

export interface SessionDeps {
  readonly storage: { readonly sessions: CustomerSessions };
  /** Unix time in milliseconds. */
  now(): number;
}

/** Undefined for a token that is expired, ended, replaced or made up. */
export async function sessionOfToken(
  { storage, now }: SessionDeps,
  tokenHash: TokenHash,
): Promise<FoundSession | undefined> {
  const found = await storage.sessions.find(tokenHash, isoAt(now()));
  if (found === undefined || found.session.tokenHash === tokenHash) return found;
  const { previousUntil } = found.session;
  return previousUntil === null || Date.parse(previousUntil) > now() ? found : undefined;
}

/** A new token for the browser where it is time for one. For requests whose answer it will keep: pages, not pictures. */
export async function freshToken(
  { storage, now }: SessionDeps,
  session: CustomerSession,
  tokenHash: TokenHash,
): Promise<string | undefined> {
  const step = sessionStep(session, tokenHash, now());
  if (step.kind === 'stay') return undefined;
  if (step.kind === 'note') {
    await storage.sessions.change(session, step.to);
    return undefined;
  }
  const fresh = newToken();
  const isOurs = await storage.sessions.change(session, {
    tokenHash: hashToken(fresh),
    tokenSince: isoAt(now()),
    previousHash: step.previousHash,
    previousUntil: null,
    lastUsedAt: isoAt(now()),
  });
  return isOurs ? fresh : undefined;
}

type SessionStep =
  /** Nothing is due before then, in Unix milliseconds. */
  | { readonly kind: 'stay'; readonly untilMs: number }
  | { readonly kind: 'note'; readonly to: Partial<CustomerSession> }
  /** `previousHash` stays good until somebody comes with the new token. */
  | { readonly kind: 'renew'; readonly previousHash: string };

export function sessionStep(
  session: CustomerSession,
  tokenHash: string,
  nowMs: number,
): SessionStep {
  const { previousHash, previousUntil } = session;
  const sinceMs = Date.parse(session.tokenSince);
  if (session.tokenHash !== tokenHash) {
    if (previousUntil !== null) return { kind: 'stay', untilMs: Date.parse(previousUntil) };
    // The answer with the new token may be lost, or still on its way to the browser's other page.
    const lostMs = sinceMs + OVERLAP_MS;
    return nowMs > lostMs
      ? { kind: 'renew', previousHash: tokenHash }
      : { kind: 'stay', untilMs: lostMs };
  }
  const oldMs = sinceMs + TOKEN_LIFETIME_MS;
  if (nowMs > oldMs) return { kind: 'renew', previousHash: tokenHash };
  const isFirst = previousHash !== null && previousUntil === null;
  const notedMs = Date.parse(session.lastUsedAt) + NOTED_EVERY_MS;
  if (!isFirst && nowMs < notedMs) return { kind: 'stay', untilMs: Math.min(notedMs, oldMs) };
  const until = isFirst ? { previousUntil: isoAt(nowMs + OVERLAP_MS) } : {};
  return { kind: 'note', to: { lastUsedAt: isoAt(nowMs), ...until } };
}

/** What every form of a session carries: other websites can send a form with the cookie, but cannot know this. */
export function formTokenOf({ id }: Pick<CustomerSession, 'id'>): string {
  return createHmac('sha256', id).update('docket portal form').digest('base64url');
}

/** How a form names a session: it leads back to nothing but this customer's own list. */
export function sessionHandle({ id }: Pick<CustomerSession, 'id'>): string {
  return createHmac('sha256', id).update('docket portal session').digest('base64url').slice(0, 22);
}

/** Takes the same time wherever the two differ. */
export function isFormTokenOf(session: Pick<CustomerSession, 'id'>, formToken: string): boolean {
  const expected = createHash('sha256').update(formTokenOf(session)).digest();
  return timingSafeEqual(expected, createHash('sha256').update(formToken).digest());
}

function isoAt(unixMs: number): string {
  return new Date(unixMs).toISOString();
}
