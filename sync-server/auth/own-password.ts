import { AppError } from '../errors.ts';
import type { ChangePasswordRequest } from '../protocol/office-members.ts';
import type { DoorChange } from '../protocol/outcome.ts';
import { change, checkPassword, isPresent, type MemberDeps } from './members.ts';
import { hashPassword, isPassword } from './passwords.ts';
import type { StaffSession } from './staff.ts';

/**
 * A member gives themselves another password. Other devices of theirs are signed out where they want it; this one stays.
 *
 * @throws AppError `password-wrong`, `member-not-changed` where the new one will not do
 */
export async function changeOwnPassword(
  deps: MemberDeps,
  session: StaffSession,
  { oldPassword, newPassword, signOutOthers }: ChangePasswordRequest,
): Promise<void> {
  const { workspaceId, memberId, clientId } = session;
  const known = await deps.storage.signInOfMember(workspaceId, memberId);
  const isRight = await isPassword(oldPassword, known?.passwordHash);
  if (known === undefined || !isRight) throw new AppError('password-wrong');
  const member = await deps.storage.recordById(workspaceId, 'member', memberId);
  checkPassword(newPassword, { name: member?.record.name ?? '', email: known.email });
  const passwordHash = await hashPassword(newPassword);
  await change(deps, session, {
    work: async (transaction, at) => {
      // Whoever was removed meanwhile does not come in again by it.
      if (!isPresent(await transaction.members(), memberId)) throw new AppError('signed-out');
      const { email } = known;
      const signIn: DoorChange = { kind: 'set-sign-in', memberId, email, passwordHash };
      const which = { exceptClientId: clientId };
      const end: DoorChange = { kind: 'end-devices', memberId, which, at, how: 'password' };
      return { door: signOutOthers ? [signIn, end] : [signIn] };
    },
  });
}
