// Who is of an office, and which devices they are signed in on: what admins and members ask the server to do about it. (J1)

import { randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import {
  type ClientId,
  entryId,
  type MemberId,
  type MutationId,
  mutationId,
  uuidV7,
} from '../protocol/ids.ts';
import { isPresentMember } from '../protocol/membership.ts';
import type {
  AddMemberRequest,
  ChangeMemberRequest,
  NewPasswordRequest,
  RemoveMemberRequest,
} from '../protocol/office-members.ts';
import { appliedWithDoor, type DoorChange } from '../protocol/outcome.ts';
import { passwordFault } from '../protocol/password-rules.ts';
import type { KindedRecord, Member } from '../protocol/records.ts';
import { actorKeyOf, settleMutation } from '../storage/apply-mutations.ts';
import { keysIn } from '../storage/refuse-deleted.ts';
import type { Storage, StorageTransaction } from '../storage/storage.ts';
import { hashPassword } from './passwords.ts';
import { actorOf, type StaffSession } from './staff.ts';

export interface MemberDeps {
  readonly storage: Storage;
  now(): number;
}

/** @throws AppError `member-not-changed` where the email cannot be had or the password will not do */
export async function addMember(
  deps: MemberDeps,
  session: StaffSession,
  wish: AddMemberRequest,
): Promise<void> {
  const email = wish.email.trim().toLowerCase();
  checkPassword(wish.password, { name: wish.name, email });
  const passwordHash = await hashPassword(wish.password);
  const taken = await deps.storage.signInByEmail(email);
  await change(deps, session, {
    as: wish.mutationId,
    work: async (transaction) => {
      const members = await transaction.members();
      if (taken !== undefined) throw emailTaken(email, members);
      // Who was removed and comes back is who they were: what they wrote is theirs again, and what they had not sent goes out.
      const former = members.find(
        (member) => member.removed === true && member.email.toLowerCase() === email,
      );
      const id = former?.id ?? wish.memberId;
      if (former === undefined && members.some((member) => member.id === id))
        throw notChanged('This member is there already. Close this and look at the list.');
      const record: Member = { id, name: wish.name.trim(), email, role: wish.role };
      return {
        puts: [{ kind: 'member', record }],
        door: [{ kind: 'set-sign-in', memberId: id, email, passwordHash }],
      };
    },
  });
}

function emailTaken(email: string, members: readonly Member[]): AppError {
  const holder = members.find(
    (member) => isPresentMember(member) && member.email.toLowerCase() === email,
  );
  // Of other offices nothing is said but that this address cannot be had. (J2)
  return notChanged(
    holder === undefined
      ? `${email} cannot be used on this server. Choose another email.`
      : `${email} is the email of ${holder.name} already. Choose another one.`,
  );
}

/** @throws AppError `not-found`, `member-not-changed` for the last admin */
export async function changeMember(
  deps: MemberDeps,
  session: StaffSession,
  { memberId, name, role }: ChangeMemberRequest & { readonly memberId: MemberId },
): Promise<void> {
  await change(deps, session, {
    work: async (transaction) => {
      const members = await transaction.members();
      const member = presentMember(members, memberId);
      if (role !== 'admin')
        checkNotLastAdmin(members, member, 'become a member without its rights');
      return { puts: [{ kind: 'member', record: { ...member, name: name.trim(), role } }] };
    },
  });
}

/** @throws AppError `not-found`, `member-not-changed` where the password will not do */
export async function setPassword(
  deps: MemberDeps,
  session: StaffSession,
  { memberId, password, signOutDevices }: NewPasswordRequest & { readonly memberId: MemberId },
): Promise<void> {
  const passwordHash = await hashPassword(password);
  await change(deps, session, {
    work: async (transaction, at) => {
      const member = presentMember(await transaction.members(), memberId);
      if (memberId === session.memberId)
        throw notChanged('Your own password is changed in the settings, with the old one.');
      checkPassword(password, member);
      const { email } = member;
      const signIn: DoorChange = { kind: 'set-sign-in', memberId, email, passwordHash };
      const end: DoorChange = { kind: 'end-devices', memberId, which: {}, at, how: 'password' };
      return { door: signOutDevices ? [signIn, end] : [signIn] };
    },
  });
}

/**
 * They can no longer sign in, their devices are signed out and wipe, and what they are assigned to goes to whoever is named. Their
 * record stays, for its name. All of it in one commit.
 *
 * @throws AppError `not-found`, `member-not-changed` for oneself, the last admin, and where nobody can be given their jobs
 */
export async function removeMember(
  deps: MemberDeps,
  session: StaffSession,
  { memberId, assignTo }: RemoveMemberRequest & { readonly memberId: MemberId },
): Promise<void> {
  await change(deps, session, {
    work: async (transaction, at) => {
      const members = await transaction.members();
      const member = presentMember(members, memberId);
      if (memberId === session.memberId)
        throw notChanged('You cannot remove yourself. Ask another admin of your office.');
      checkNotLastAdmin(members, member, 'be removed');
      if (assignTo !== null && (assignTo === memberId || !isPresent(members, assignTo)))
        throw notChanged('Whoever gets the jobs is no longer in this office. Choose another one.');
      await handOver(transaction, { deps, session, at, from: memberId, to: assignTo });
      return {
        puts: [{ kind: 'member', record: { ...member, removed: true } }],
        door: [
          { kind: 'remove-sign-in', memberId },
          { kind: 'end-devices', memberId, which: {}, at, how: 'removal' },
        ],
      };
    },
  });
}

/** A statement takes some thousands of parameters. */
const JOBS_AT_ONCE = 500;

/** Each job as if the admin had assigned it: the feed says so. */
async function handOver(
  transaction: StorageTransaction,
  of: {
    readonly deps: MemberDeps;
    readonly session: StaffSession;
    readonly at: string;
    readonly from: MemberId;
    readonly to: MemberId | null;
  },
): Promise<void> {
  const { deps, session, at, from, to } = of;
  const batch = { workspaceId: session.workspaceId, actor: actorOf(session), arrivedAt: at };
  const jobIds = await transaction.jobsAssignedTo(from);
  const mutations = jobIds.map((jobId) => {
    const ids = { jobId, entryId: entryId.parse(newId(deps)) };
    const args = { ...ids, fromMemberId: from, toMemberId: to };
    return { id: newMutationId(deps), name: 'assign_job', args, writtenAt: at } as const;
  });
  for (let start = 0; start < mutations.length; start += JOBS_AT_ONCE) {
    const some = mutations.slice(start, start + JOBS_AT_ONCE);
    await transaction.prefetch(
      some.map(({ id }) => id),
      some.flatMap(({ args }) => keysIn(args)),
    );
    for (const mutation of some) await settleMutation(transaction, batch, mutation);
  }
}

/**
 * Signs one device of a member out, which then wipes what it holds. One's own device that asks keeps it: that is signing out.
 *
 * @throws AppError `admins-only` for devices of others, `not-found`
 */
export async function signOutDevice(
  deps: MemberDeps,
  session: StaffSession,
  { memberId, clientId }: { readonly memberId: MemberId; readonly clientId: ClientId },
): Promise<void> {
  const isOwn = memberId === session.memberId;
  if (!isOwn) requireAdmin(session);
  if (isOwn && clientId === session.clientId)
    throw notChanged('This device is signed out in the menu at the top, and keeps its copy then.');
  await change(deps, session, {
    work: async (transaction, at) => {
      if (!(await transaction.members()).some(({ id }) => id === memberId))
        throw new AppError('not-found');
      const how = isOwn ? 'owner' : 'admin';
      return { door: [{ kind: 'end-devices', memberId, which: { clientId }, at, how }] };
    },
  });
}

/** @throws AppError `admins-only` */
export function requireAdmin({ role }: StaffSession): void {
  if (role !== 'admin') throw new AppError('admins-only');
}

interface Change {
  readonly puts?: readonly KindedRecord[];
  readonly door?: readonly DoorChange[];
}

/** Records and door in one commit, answered for good under an id. [P1] */
export async function change(
  deps: MemberDeps,
  session: StaffSession,
  {
    as = newMutationId(deps),
    work,
  }: {
    readonly as?: MutationId;
    work(transaction: StorageTransaction, at: string): Promise<Change>;
  },
): Promise<void> {
  const identity = { id: as, actorKey: actorKeyOf(actorOf(session)) };
  const at = new Date(deps.now()).toISOString();
  await deps.storage.transact(session.workspaceId, async (transaction) => {
    if (await transaction.isSettled(identity)) return;
    const { puts = [], door = [] } = await work(transaction, at);
    transaction.settle(identity, appliedWithDoor(puts, door));
  });
}

export function checkPassword(
  password: string,
  owner: { readonly name: string; readonly email: string },
): void {
  const fault = passwordFault(password, owner);
  if (fault !== undefined) throw notChanged(fault);
}

function presentMember(members: readonly Member[], memberId: MemberId): Member {
  const member = members.find(({ id }) => id === memberId);
  if (!isPresentMember(member)) throw new AppError('not-found');
  return member;
}

export const isPresent = (members: readonly Member[], memberId: MemberId) =>
  isPresentMember(members.find(({ id }) => id === memberId));

function checkNotLastAdmin(members: readonly Member[], member: Member, what: string): void {
  const admins = members.filter((each) => isPresentMember(each) && each.role === 'admin');
  if (admins.length === 1 && admins[0]?.id === member.id)
    throw notChanged(
      `${member.name} is the only admin of this office and cannot ${what}. Make somebody else an admin first.`,
    );
}

const notChanged = (sentence: string) => new AppError('member-not-changed', { sentence });

function newId({ now }: MemberDeps): string {
  return uuidV7(now(), randomBytes(10));
}

function newMutationId(deps: MemberDeps): MutationId {
  return mutationId.parse(newId(deps));
}
