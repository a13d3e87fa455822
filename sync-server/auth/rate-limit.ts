// Guessing passwords is made slow: per address and email together, and per address over all emails.

import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { AppError } from '../errors.ts';
import { hashToken } from './tokens.ts';

export const SIGN_INS_PER_EMAIL = 10;
export const SIGN_INS_PER_ADDRESS = 60;
/** From all addresses together; devices that are signed in do not mind. */
export const SIGN_INS_PER_ACCOUNT = 100;
const ACCOUNT_WINDOW_MS = 15 * 60_000;
const WINDOW_MS = 60_000;

/** Registers the plug-in that counts, in memory: each process counts by itself. */
export async function registerRateLimits(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, { global: false });
}

/** Runs after the body is parsed, because the email is in it. */
export function limitSignIns(app: FastifyInstance): preHandlerAsyncHookHandler {
  const perEmail = app.createRateLimit({
    max: SIGN_INS_PER_EMAIL,
    timeWindow: WINDOW_MS,
    keyGenerator: (request) => `${askerOf(request.ip)} ${hashToken(emailOf(request))}`,
  });
  const perAddress = app.createRateLimit({
    max: SIGN_INS_PER_ADDRESS,
    timeWindow: WINDOW_MS,
    keyGenerator: (request) => askerOf(request.ip),
  });
  const perAccount = app.createRateLimit({
    max: SIGN_INS_PER_ACCOUNT,
    timeWindow: ACCOUNT_WINDOW_MS,
    keyGenerator: (request) => `account ${hashToken(emailOf(request))}`,
  });
  return limit([perAddress, perEmail, perAccount]);
}

export const LINK_REQUESTS_PER_ADDRESS = 10;

/** Who asks for links too often is told so by where they ask from, never by the address they ask for. [V2] (E1) */
export function limitLinkRequests(app: FastifyInstance): preHandlerAsyncHookHandler {
  return limit([
    app.createRateLimit({
      max: LINK_REQUESTS_PER_ADDRESS,
      timeWindow: WINDOW_MS,
      keyGenerator: (request) => askerOf(request.ip),
    }),
  ]);
}

/** Of one member's own old password, and of passwords one admin sets. */
export const PASSWORD_CHANGES_PER_MEMBER = 10;

/** Whoever has somebody's device in hand does not find out their password on it. (J1) */
export function limitPasswordChanges(
  app: FastifyInstance,
  memberOf: (request: FastifyRequest) => string,
): preHandlerAsyncHookHandler {
  return limit([
    app.createRateLimit({
      max: PASSWORD_CHANGES_PER_MEMBER,
      timeWindow: ACCOUNT_WINDOW_MS,
      keyGenerator: (request) => `password ${memberOf(request)}`,
    }),
  ]);
}

/** Far above any office's day; who tries addresses to learn which are taken is slowed down. */
export const MEMBERS_ADDED_PER_ADMIN = 60;

export function limitAddedMembers(
  app: FastifyInstance,
  memberOf: (request: FastifyRequest) => string,
): preHandlerAsyncHookHandler {
  return limit([
    app.createRateLimit({
      max: MEMBERS_ADDED_PER_ADMIN,
      timeWindow: ACCOUNT_WINDOW_MS,
      keyGenerator: (request) => `added by ${memberOf(request)}`,
    }),
  ]);
}

/** Whoever has one IPv6 address has the other 2^64 beside it too, so those are one asker; an IPv4 address is one. */
export function askerOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip;
  const [left = [], right = []] = ip
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

function limit(
  checks: readonly ReturnType<FastifyInstance['createRateLimit']>[],
): preHandlerAsyncHookHandler {
  return async (request, reply) => {
    for (const check of checks) {
      const answer = await check(request);
      if (answer.isAllowed || !answer.isExceeded) continue;
      reply.header('retry-after', answer.ttlInSeconds);
      throw new AppError('too-many-tries');
    }
  };
}

function emailOf({ body }: FastifyRequest): string {
  const isObject = typeof body === 'object' && body !== null && 'email' in body;
  return isObject && typeof body.email === 'string' ? body.email.toLowerCase() : '';
}
