import { read } from './mutator.ts';
import type { Member } from './records.ts';

/** Whether somebody is of the office now; of who was once, only the name is left. (J1) */
export const isPresentMember = (member: Member | undefined): member is Member =>
  member !== undefined && member.removed !== true;

/** Asks the store whether a job can be given to somebody. */
export function* canBeAssigned(memberId: string) {
  return isPresentMember(yield* read('member', memberId));
}
