// Who is at the portal, and whether a form that came really is one of ours.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CustomerIdentity } from '../auth/customer.ts';
import {
  formTokenOf,
  freshToken,
  isFormTokenOf,
  sessionOfToken,
  sessionStep,
} from '../auth/customer-session.ts';
import { hashToken } from '../auth/tokens.ts';
import type { Config } from '../config.ts';
import type { TokenHash } from '../protocol/ids.ts';
import type { CustomerSession } from '../storage/customer-sessions.ts';
import type { CustomerDoor, RecordReader } from '../storage/storage.ts';
import { type Brand, brandOf } from './brand.ts';
import type { FrameSession } from './layout.ts';
import type { KnownVisitors } from './known-visitors.ts';

export const SESSION_COOKIE = 'docket_portal';

export interface VisitorDeps {
  readonly known: KnownVisitors<Visitor>;
  readonly storage: RecordReader & CustomerDoor;
  readonly config: Pick<Config, 'publicUrl'>;
  now(): number;
}

/** A customer who is signed in. */
export interface Visitor extends CustomerIdentity, FrameSession {
  readonly session: CustomerSession;
  /** Of the token the browser brought. */
  readonly tokenHash: TokenHash;
  readonly brand: Brand;
  /** Of what this customer's pages are made of, read before any of it. */
  readonly stand: number;
  /** Unix time in milliseconds before which nothing is due for the session; zero where something is. */
  readonly quietUntilMs: number;
}

/** Undefined for nobody, and for a session that has ended; at once for who was here and of whom nothing changed. */
export function visitorOf(
  deps: VisitorDeps,
  request: FastifyRequest,
): Visitor | undefined | Promise<Visitor | undefined> {
  const sessionToken = request.cookies[SESSION_COOKIE];
  if (sessionToken === undefined) return undefined;
  const recall = () => deps.known.recall(sessionToken, deps.now()) ?? lookFor(deps, sessionToken);
  // What other processes committed before this request began counts for all of it. [V1]
  const caughtUp = deps.storage.sessions.catchUp();
  return caughtUp === undefined ? recall() : caughtUp.then(recall);
}

async function lookFor(deps: VisitorDeps, sessionToken: string): Promise<Visitor | undefined> {
  const tokenHash = hashToken(sessionToken);
  const found = await sessionOfToken(deps, tokenHash);
  if (found === undefined) return undefined;
  const { session, stand } = found;
  const names = await namesOf(deps.storage, session);
  if (names === undefined) return undefined;
  const step = sessionStep(session, tokenHash, deps.now());
  const { workspaceId, customerId, expiresAt } = session;
  const visitor = {
    workspaceId,
    customerId,
    session,
    tokenHash,
    stand,
    ...names,
    formToken: formTokenOf(session),
    quietUntilMs: step.kind === 'stay' ? Math.min(step.untilMs, Date.parse(expiresAt)) : 0,
  };
  if (visitor.quietUntilMs > 0) deps.known.keep(sessionToken, visitor);
  return visitor;
}

/** Gives the browser the token that is due, with a page whose answer it keeps. */
export function freshenSession(
  deps: VisitorDeps,
  reply: FastifyReply,
  visitor: Visitor,
): Promise<void> | undefined {
  return visitor.quietUntilMs > deps.now() ? undefined : freshen(deps, reply, visitor);
}

async function freshen(
  deps: VisitorDeps,
  reply: FastifyReply,
  { session, tokenHash }: Visitor,
): Promise<void> {
  const fresh = await freshToken(deps, session, tokenHash);
  if (fresh !== undefined) setSessionCookie(deps, reply, fresh, session.expiresAt);
}

/** Undefined where the office or the customer is no longer there. */
export async function namesOf(
  storage: RecordReader,
  { workspaceId, customerId }: CustomerIdentity,
): Promise<{ readonly brand: Brand; readonly customerName: string } | undefined> {
  const workspace = await storage.recordById(workspaceId, 'workspace', workspaceId);
  const customer = await storage.recordById(workspaceId, 'customer', customerId);
  if (workspace === undefined || customer === undefined) return undefined;
  return { brand: brandOf(workspace.record), customerName: customer.record.name };
}

export function carriesFormToken(visitor: Visitor, formToken: string): boolean {
  return isFormTokenOf(visitor.session, formToken);
}

/**
 * Did the form come from one of our own pages? Browsers say where a form comes from, and no website can make them say
 * otherwise. A form without any such word comes from no browser of today, and still needs the session's form token.
 */
export function isFromOwnPage(deps: VisitorDeps, request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  const own = deps.config.publicUrl;
  return from.host === host || (own !== null && from.origin === new URL(own).origin);
}

/** The cookie lasts as long as the session does. */
export function setSessionCookie(
  deps: VisitorDeps,
  reply: FastifyReply,
  token: string,
  expiresAt: string,
): void {
  const maxAge = Math.max(0, Math.round((Date.parse(expiresAt) - deps.now()) / 1000));
  reply.setCookie(SESSION_COOKIE, token, { ...cookieScope(deps), maxAge });
}

export function clearSessionCookie(deps: VisitorDeps, reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, cookieScope(deps));
}

function cookieScope({ config }: VisitorDeps) {
  return {
    path: '/portal',
    httpOnly: true,
    sameSite: 'lax',
    secure: config.publicUrl?.startsWith('https:') ?? false,
  } as const;
}
