// Who a staff request comes from. Sign-in gives a device its token; every other request brings it. (J1)

import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { AppError, isDiskFull } from '../errors.ts';
import { type DeviceEnd, signedOutBy } from '../protocol/device-end.ts';
import type { ClientId, MemberId, WorkspaceId } from '../protocol/ids.ts';
import { isPresentMember } from '../protocol/membership.ts';
import type { Actor } from '../protocol/mutator.ts';
import type { Role } from '../protocol/values.ts';
import type { SignInAnswer, SignInRequest } from '../protocol/sync.ts';
import { isServed, type ServedVersion } from '../protocol/served-versions.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../protocol/version.ts';
import type { Devices, KnownDevice, RecordReader } from '../storage/storage.ts';
import { isPassword } from './passwords.ts';
import { hashToken, newToken } from './tokens.ts';

/** A device stays signed in as long as it comes back within a year: laptops lie in drawers. */
const DEVICE_LIFETIME_MS = 365 * 24 * 60 * 60 * 1000;

export interface DeviceSession {
  readonly workspaceId: WorkspaceId;
  readonly memberId: MemberId;
  readonly role: Role;
  readonly clientId: ClientId;
  readonly tokenHash: string;
}

export interface StaffSession extends DeviceSession {
  /** What the device of this request speaks. [H9] */
  readonly protocolVersion: ServedVersion;
}

export interface StaffDeps {
  readonly storage: Devices & RecordReader;
  now(): number;
}

declare module 'fastify' {
  interface FastifyRequest {
    staffSession: StaffSession | null;
  }
}

/** Lets only signed-in members of a version that is served through, before any body is read. */
export function requireStaff(deps: StaffDeps): onRequestAsyncHookHandler {
  return async (request) => {
    const found = await lookUp(deps, request.headers.authorization);
    if ('endedHow' in found)
      throw new AppError(found.endedHow === null ? 'signed-out' : signedOutBy(found.endedHow));
    request.staffSession = { ...found, protocolVersion: protocolOf(request) };
  };
}

/** The session of a request behind `requireStaff`. */
export function staffOf(request: FastifyRequest): StaffSession {
  if (request.staffSession === null) throw new Error('This route is not behind requireStaff.');
  return request.staffSession;
}

export function actorOf({ memberId, role }: DeviceSession): Actor {
  return { kind: 'member', memberId, role };
}

/** Undefined for whatever is not a token in force: absent, forged, expired, signed out, its member gone. */
export async function findStaffSession(
  deps: StaffDeps,
  authorization: string | undefined,
): Promise<DeviceSession | undefined> {
  const found = await lookUp(deps, authorization);
  return 'endedHow' in found ? undefined : found;
}

/** Of a token that is not in force: how somebody else ended it, which only that very token is told. */
interface NoSession {
  readonly endedHow: DeviceEnd | null;
}

const NOBODY: NoSession = { endedHow: null };

async function lookUp(
  deps: StaffDeps,
  authorization: string | undefined,
): Promise<DeviceSession | NoSession> {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(authorization ?? '')?.[1];
  if (token === undefined) return NOBODY;
  const tokenHash = hashToken(token);
  const device = await deps.storage.deviceByToken(tokenHash);
  if (device === undefined) return NOBODY;
  // However long ago that was: what is on the device is to go.
  if (device.revokedAt !== null) return { endedHow: device.endedHow };
  if (Date.parse(device.expiresAt) <= deps.now()) return NOBODY;
  const { workspaceId, memberId, clientId } = device;
  const member = await deps.storage.recordById(workspaceId, 'member', memberId);
  if (member === undefined) return NOBODY;
  if (!isPresentMember(member.record)) return { endedHow: 'removal' };
  await noteSeen(deps, device);
  return { workspaceId, memberId, clientId, role: member.record.role, tokenHash };
}

/** How exactly it is known when a device was last seen, at the cost of a write each time. */
const SEEN_EVERY_MS = 10 * 60 * 1000;

async function noteSeen({ storage, now }: StaffDeps, device: KnownDevice): Promise<void> {
  const { tokenHash, lastSeenAt } = device;
  if (lastSeenAt !== null && Math.abs(now() - Date.parse(lastSeenAt)) < SEEN_EVERY_MS) return;
  try {
    await storage.noteSeen(tokenHash, new Date(now()).toISOString());
  } catch (cause) {
    // On a full disk people go on reading.
    if (!isDiskFull(cause)) throw cause;
  }
}

/**
 * Gives a device its token. Unknown email and wrong password get the same answer after the same work.
 *
 * @throws AppError `sign-in-wrong`
 */
export async function signIn(
  { storage, now }: StaffDeps,
  request: SignInRequest,
): Promise<SignInAnswer> {
  const known = await storage.signInByEmail(request.email);
  const isRight = await isPassword(request.password, known?.passwordHash);
  if (known === undefined || !isRight) throw new AppError('sign-in-wrong');
  const { workspaceId, memberId } = known;
  const workspace = await storage.recordById(workspaceId, 'workspace', workspaceId);
  const member = await storage.recordById(workspaceId, 'member', memberId);
  if (workspace === undefined || !isPresentMember(member?.record))
    throw new AppError('sign-in-wrong');
  const token = newToken();
  await storage.addDevice({
    tokenHash: hashToken(token),
    workspaceId,
    memberId,
    clientId: request.clientId,
    name: request.deviceName,
    createdAt: new Date(now()).toISOString(),
    expiresAt: new Date(now() + DEVICE_LIFETIME_MS).toISOString(),
  });
  return { token, workspace: workspace.record, member: member.record };
}

/** Says clearly which side to update, instead of misunderstanding each other. [H9] */
export function protocolOf(request: FastifyRequest): ServedVersion {
  const header = request.headers[PROTOCOL_HEADER];
  const version =
    typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
  if (version === undefined)
    throw new AppError('not-valid', {
      sentence: 'The request does not say which version of Docket it comes from.',
    });
  if (isServed(version)) return version;
  throw new AppError(version > PROTOCOL_VERSION ? 'update-server' : 'update-client');
}
