import type { Member } from '../records.ts';
import type { KnownMembers } from './use-member-list.ts';

/** What every question about a member is asked with. */
export interface AboutMember {
  readonly member: Member;
  readonly known: KnownMembers;
  readonly onClose: () => void;
}
