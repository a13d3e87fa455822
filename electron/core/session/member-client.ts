// What a desk asks the server about members and devices. (J1)

import type * as z from 'zod';
import type { ClientId, MemberId } from '../../../sync-server/protocol/ids.ts';
import {
  type AddMemberRequest,
  type ChangeMemberRequest,
  type ChangePasswordRequest,
  type MembersAnswer,
  membersAnswer,
  type NewPasswordRequest,
  type RemoveMemberRequest,
} from '../../../sync-server/protocol/office-members.ts';
import { AppError } from '../errors.ts';

export interface MemberClient {
  /** @throws AppError `update-needed` where the server does not know of it yet */
  members(): Promise<MembersAnswer>;
  addMember(wish: AddMemberRequest): Promise<void>;
  changeMember(memberId: MemberId, wish: ChangeMemberRequest): Promise<void>;
  setPassword(memberId: MemberId, wish: NewPasswordRequest): Promise<void>;
  removeMember(memberId: MemberId, wish: RemoveMemberRequest): Promise<void>;
  signOutDevice(memberId: MemberId, clientId: ClientId): Promise<void>;
  changePassword(wish: ChangePasswordRequest): Promise<void>;
}

interface Question {
  readonly method?: 'POST';
  readonly url: string;
  readonly data?: object;
}

interface Asking {
  ask<T extends z.ZodType>(schema: T, question: Question): Promise<z.infer<T>>;
  tell(question: Question): Promise<void>;
}

export function memberClient({ ask, tell }: Asking): MemberClient {
  const post = (url: string, data: object) => tell({ method: 'POST', url, data });
  return {
    members: async () => {
      try {
        return await ask(membersAnswer, { url: '/api/members' });
      } catch (error) {
        const isOlder = error instanceof AppError && error.kind === 'not-there';
        throw isOlder ? new AppError('update-needed', { cause: error }) : error;
      }
    },
    addMember: (wish) => post('/api/members', wish),
    changeMember: (memberId, wish) => post(`/api/members/${memberId}`, wish),
    setPassword: (memberId, wish) => post(`/api/members/${memberId}/password`, wish),
    removeMember: (memberId, wish) => post(`/api/members/${memberId}/remove`, wish),
    signOutDevice: (memberId, clientId) =>
      post(`/api/members/${memberId}/devices/${clientId}/sign-out`, {}),
    changePassword: (wish) => post('/api/password', wish),
  };
}
