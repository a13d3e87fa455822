// A member's office on this device: the folder it lives in and what of it is open. One folder per member, since a mirror
// holds what is private to its member. [V3]

import { join } from 'node:path';
import type { Account } from './device-file.ts';

export function accountFolder(
  dataFolder: string,
  account: Pick<Account, 'workspaceId' | 'memberId'>,
): string {
  return join(dataFolder, 'offices', `${account.workspaceId}-${account.memberId}`);
}

export const tokenName = (account: Pick<Account, 'memberId'>): string =>
  `token-${account.memberId}`;
