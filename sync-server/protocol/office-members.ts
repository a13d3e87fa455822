// What a desk and the server say about the members of an office and their devices. Only a server can do these things, so they
// are asked and answered, and wait in no outbox. (J1)

import * as z from 'zod';
import { clientId, memberId, mutationId } from './ids.ts';
import { password } from './password-rules.ts';
import { instant, name, role } from './values.ts';

const device = z.object({
  /** Names the device for its member: whoever signs it out signs out all copies of it. */
  clientId,
  name: z.string(),
  signedInAt: instant,
  lastSeenAt: instant,
});
export type SignedInDevice = z.infer<typeof device>;

export const membersAnswer = z.object({
  members: z.array(
    z.object({
      memberId,
      /** On whatever device; null where they never signed in. */
      lastSeenAt: instant.nullable(),
      /** Newest first; null where they are none of who asks. */
      devices: z.array(device).nullable(),
    }),
  ),
});
export type MembersAnswer = z.infer<typeof membersAnswer>;

/** Its answer may be lost: asked again under the same id, it is the same member. [P1] */
export const addMemberRequest = z.strictObject({
  mutationId,
  memberId,
  name,
  email: z.email('must be an email address').max(254),
  role,
  password,
});
export type AddMemberRequest = z.infer<typeof addMemberRequest>;

export const changeMemberRequest = z.strictObject({ name, role });
export type ChangeMemberRequest = z.infer<typeof changeMemberRequest>;

/** For somebody who forgot theirs. */
export const newPasswordRequest = z.strictObject({ password, signOutDevices: z.boolean() });
export type NewPasswordRequest = z.infer<typeof newPasswordRequest>;

export const removeMemberRequest = z.strictObject({
  /** Who gets what they are assigned to; null gives it to nobody. */
  assignTo: memberId.nullable(),
});
export type RemoveMemberRequest = z.infer<typeof removeMemberRequest>;

export const changePasswordRequest = z.strictObject({
  oldPassword: z.string().min(1).max(200),
  newPassword: password,
  signOutOthers: z.boolean(),
});
export type ChangePasswordRequest = z.infer<typeof changePasswordRequest>;
