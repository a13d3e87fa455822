// How the portal's routes answer with pages.

import type { FastifyReply } from 'fastify';
import type { Assets } from './assets.ts';
import type { Brand } from './brand.ts';
import type { CleanedCopies } from './cleaned-copies.ts';
import type { Frame } from './layout.ts';
import type { KnownVisitors } from './known-visitors.ts';
import type { ClockFace } from './moment.ts';
import { notFoundPage } from './pages.ts';
import type { PortalDeps } from './portal-deps.ts';
import type { ViewCache } from './view-cache.ts';
import type { Visitor } from './visitor.ts';

/** The portal's dependencies with what it has read at the start. */
export interface Portal extends PortalDeps {
  readonly assets: Assets;
  readonly clockFace: ClockFace;
  readonly known: KnownVisitors<Visitor>;
  readonly views: ViewCache;
  readonly copies: CleanedCopies;
  /** Work nobody waits for; it ends before the server does. */
  inBackground(work: Promise<unknown>): void;
}

export function frameFor({ assets }: Portal, visitor: Visitor | undefined): Frame {
  return {
    stylePath: assets.stylePath,
    iconPath: assets.iconPath,
    scriptPath: assets.scriptPath,
    brand: visitor?.brand ?? null,
    logoPath: logoPathOf(visitor?.brand, '/portal/logo'),
    session: visitor ?? null,
  };
}

/** The address changes with the logo, so a browser may keep it. */
export function logoPathOf(brand: Brand | undefined, path: string): string | null {
  const { logoBlobId = null } = brand ?? {};
  return logoBlobId === null ? null : `${path}?v=${logoBlobId.slice(0, 8)}`;
}

export function sendPage(
  reply: FastifyReply,
  statusCode: number,
  source: string | Buffer,
): FastifyReply {
  return reply.code(statusCode).type('text/html; charset=utf-8').send(source);
}

/** The one answer to "is not there" and "is not for you". [V2] */
export function sendNotFound(
  portal: Portal,
  reply: FastifyReply,
  visitor: Visitor | undefined,
): FastifyReply {
  return sendPage(reply, 404, notFoundPage(frameFor(portal, visitor)));
}
