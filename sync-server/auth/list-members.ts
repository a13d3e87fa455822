import { isPresentMember } from '../protocol/membership.ts';
import type { MembersAnswer, SignedInDevice } from '../protocol/office-members.ts';
import type { KnownDevice, Storage } from '../storage/storage.ts';
import type { StaffSession } from './staff.ts';

/** Everybody of the office with when they were last seen; devices of others are an admin's to know. (J1) */
export async function listMembers(
  { storage, now }: { readonly storage: Pick<Storage, 'recordsOfKind' | 'devices'>; now(): number },
  { workspaceId, memberId: asking, role }: StaffSession,
): Promise<MembersAnswer> {
  const members = await storage.recordsOfKind(workspaceId, 'member');
  const devices = Map.groupBy(await storage.devices(workspaceId), ({ memberId }) => memberId);
  return {
    members: members
      .map(({ record }) => record)
      .filter(isPresentMember)
      .map(({ id }) => {
        const own = devices.get(id) ?? [];
        const mayKnow = role === 'admin' || id === asking;
        return {
          memberId: id,
          lastSeenAt: latest(own.map(seenAt)) ?? null,
          devices: mayKnow ? signedIn(own, now()) : null,
        };
      }),
  };
}

/** One for each device, however often it signed in: copies of it are one, since one sign-out ends them all. */
function signedIn(devices: readonly KnownDevice[], nowMs: number): SignedInDevice[] {
  const inForce = devices.filter(
    ({ revokedAt, expiresAt }) => revokedAt === null && Date.parse(expiresAt) > nowMs,
  );
  return [...Map.groupBy(inForce, ({ clientId }) => clientId)]
    .flatMap(([clientId, sessions]) => {
      const newest = sessions.at(-1);
      if (newest === undefined) return [];
      const lastSeenAt = latest(sessions.map(seenAt)) ?? newest.createdAt;
      return [{ clientId, name: newest.name, signedInAt: newest.createdAt, lastSeenAt }];
    })
    .toSorted((one, other) => other.lastSeenAt.localeCompare(one.lastSeenAt));
}

const seenAt = ({ lastSeenAt, createdAt }: KnownDevice): string => lastSeenAt ?? createdAt;

const latest = (times: readonly string[]): string | undefined => times.toSorted().at(-1);
