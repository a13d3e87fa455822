// Who is at the portal, and whether a form that came really is one of ours.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CustomerIdentity } from '../auth/customer.ts';
import {
  formTokenOf,
  freshToken,
  isFormTokenOf,
  sessionOfToken,
} from '../auth/customer-session.ts';
import { hashToken } from '../auth/tokens.ts';
import type { Config } from '../config.ts';
import type { TokenHash } from '../protocol/ids.ts';
import type { CustomerSession } from '../storage/customer-sessions.ts';
import type { CustomerDoor, RecordReader } from '../storage/storage.ts';
import { type Brand, brandOf } from './brand.ts';
import type { FrameSession } from './layout.ts';
import type { ViewCache } from './view-cache.ts';

export const SESSION_COOKIE = 'docket_portal';

export interface VisitorDeps {
  readonly views: ViewCache;
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
}

/** Undefined for nobody, and for a session that has ended. */
export async function visitorOf(
  deps: VisitorDeps,
  request: FastifyRequest,
): Promise<Visitor | undefined> {
  const sessionToken = request.cookies[SESSION_COOKIE];
  if (sessionToken === undefined) return undefined;
  const tokenHash = hashToken(sessionToken);
  const found = await sessionOfToken(deps, tokenHash);
  if (found === undefined) return undefined;
  const { session, stand } = found;
  const make = async () => {
    const names = await namesOf(deps.storage, session);
    return names && { ...names, formToken: formTokenOf(session) };
  };
  const at = { changes: stand, day: '' };
  const frame = await deps.views.get(`frame ${session.id}`, at, make, () => 600);
  if (frame === undefined) return undefined;
  const { workspaceId, customerId } = session;
  return { workspaceId, customerId, session, tokenHash, stand, ...frame };
}

/** Gives the browser the token that is due, with a page whose answer it keeps. */
export async function freshenSession(
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
