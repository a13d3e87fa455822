// What is asked of the server about members and devices. Nothing of it is kept here but what comes back by a pull. (J1)

import type { MemberId, MutationId } from '../../../sync-server/protocol/ids.ts';
import { passwordFault } from '../../../sync-server/protocol/password-rules.ts';
import { AppError } from '../errors.ts';
import { findRecord } from '../mirror/records.ts';
import type { MemberRequests } from './members-contract.ts';
import { newPassword } from './new-password.ts';
import type { None } from './none-contract.ts';
import type { Office } from './office.ts';

type PerformMemberRequests = {
  readonly [N in keyof MemberRequests]: (
    office: Office,
    args: MemberRequests[N]['args'],
  ) => MemberRequests[N]['answer'] | Promise<MemberRequests[N]['answer']>;
};

export const memberRequests: PerformMemberRequests = {
  'members.list': async (office) => {
    const { members } = await asked(office, () => office.server.members());
    return { members, thisClientId: office.deviceId };
  },

  'members.draft': ({ newId, randomBytes }) => ({
    memberId: newId() as MemberId,
    mutationId: newId() as MutationId,
    password: newPassword(randomBytes),
  }),

  'members.add': (office, wish) => told(office, () => office.server.addMember(wish)),

  'members.change': (office, { memberId, ...wish }) =>
    told(office, () => office.server.changeMember(memberId, wish)),

  'members.set-password': (office, { memberId, ...wish }) =>
    told(office, () => office.server.setPassword(memberId, wish)),

  'members.remove': (office, { memberId, ...wish }) =>
    told(office, () => office.server.removeMember(memberId, wish)),

  'devices.sign-out': (office, { memberId, clientId }) =>
    told(office, () => office.server.signOutDevice(memberId, clientId)),

  'session.change-password': (office, wish) => {
    const { memberId, member } = office.account;
    const fault = passwordFault(
      wish.newPassword,
      findRecord(office.mirror, 'member', memberId) ?? member,
    );
    if (fault !== undefined) throw new AppError('not-understood', { sentence: fault });
    return told(office, () => office.server.changePassword(wish));
  },
};

/** What it changed about members comes back with the next pull, which is now. */
async function told(office: Office, ask: () => Promise<void>): Promise<None> {
  await asked(office, ask);
  office.sync.tell({ kind: 'poked' });
  return {};
}

async function asked<T>(office: Office, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw known(office, error);
  }
}

function known(office: Office, error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  switch (error.kind) {
    case 'server-unreachable':
      return new AppError('not-online', { cause: error });
    case 'not-there':
      return new AppError('not-there', {
        cause: error,
        sentence: 'This member is no longer in the office. Look at the list again.',
      });
    case 'session-expired':
    case 'device-signed-out':
      // What that means for this device is the sync's to find out.
      office.sync.tell({ kind: 'asked' });
      return error;
    default:
      return error;
  }
}
