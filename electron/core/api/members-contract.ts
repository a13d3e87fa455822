// The part of the contract that is about who is of the office, and the devices they are signed in on. Only the server can do these
// things, so each of them needs it now: nothing here waits in the outbox. (J1)

import type { ClientId, MemberId, MutationId } from '../../../sync-server/protocol/ids.ts';
import type { MembersAnswer } from '../../../sync-server/protocol/office-members.ts';
import type { Role } from '../../../sync-server/protocol/values.ts';
import type { None } from './none-contract.ts';

export interface MemberRequests {
  'members.list': { args: None; answer: MemberList };
  /** Of a form that adds somebody, or gives somebody a new password; nothing is asked of the server. */
  'members.draft': { args: None; answer: MemberDraft };
  'members.add': { args: NewMember; answer: None };
  'members.change': { args: { memberId: MemberId; name: string; role: Role }; answer: None };
  /** For a colleague who forgot theirs. */
  'members.set-password': {
    args: { memberId: MemberId; password: string; signOutDevices: boolean };
    answer: None;
  };
  /** `assignTo` gets what they are assigned to; null gives it to nobody. */
  'members.remove': { args: { memberId: MemberId; assignTo: MemberId | null }; answer: None };
  /** Another device than this one: it wipes what it holds at its next contact. */
  'devices.sign-out': { args: { memberId: MemberId; clientId: ClientId }; answer: None };
  'session.change-password': {
    args: { oldPassword: string; newPassword: string; signOutOthers: boolean };
    answer: None;
  };
}

export interface MemberList {
  readonly members: MembersAnswer['members'];
  /** This device, in lists of devices. */
  readonly thisClientId: ClientId;
}

export interface MemberDraft {
  readonly memberId: MemberId;
  readonly mutationId: MutationId;
  /** Made here, by chance, and kept nowhere. */
  readonly password: string;
}

/** The ids of its draft: asked again after a lost answer, it is the same member. [P1] */
export interface NewMember extends MemberDraft {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}
