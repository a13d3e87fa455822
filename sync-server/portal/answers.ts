// How the portal's routes answer with pages.

import type { FastifyReply } from 'fastify';
import type { Assets } from './assets.ts';
import type { Frame } from './layout.ts';
import { notFoundPage } from './pages.ts';
import type { PortalDeps } from './portal-deps.ts';
import type { Visitor } from './visitor.ts';

/** The portal's dependencies with what it has read at the start. */
export interface Portal extends PortalDeps {
  readonly assets: Assets;
}

export function frameFor({ assets }: Portal, visitor: Visitor | undefined): Frame {
  return {
    stylePath: assets.stylePath,
    iconPath: assets.iconPath,
    scriptPath: assets.scriptPath,
    office: visitor?.office ?? null,
    session: visitor ?? null,
  };
}

export function sendPage(reply: FastifyReply, statusCode: number, source: string): FastifyReply {
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
