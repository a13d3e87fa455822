// What a device says that somebody else signed out: by whom, what became of what was on it, and what waits. (J1)

import type { EndedSession } from '../../electron/core/api/session-contract.ts';
import { countOf } from '../ui/size-words.ts';

export function endedWords({ by, officeName }: Pick<EndedSession, 'by' | 'officeName'>): string {
  switch (by) {
    case 'admin':
      return `An administrator of ${officeName} signed this device out.`;
    case 'owner':
      return 'You signed this device out from another one.';
    case 'password':
      return 'Your password was changed, and this device was signed out with it.';
    case 'removal':
      return `You are no longer a member of ${officeName}.`;
  }
}

/** Null while it is being removed. */
export function removedWords({ unsent, officeName }: EndedSession): string | null {
  return unsent === null
    ? null
    : `Everything of ${officeName} was removed from this device: jobs, customers, files, and the copies that were open in other programs.`;
}

export function keptWords({ by, unsent }: Pick<EndedSession, 'by' | 'unsent'>): string | null {
  if (unsent === null) return null;
  if (unsent === 0)
    return 'Nothing waited here to be sent. Drafts are kept for when you sign in again.';
  const [what, it] =
    unsent === 1
      ? [`${countOf(unsent, 'change')} you had not sent is`, 'It goes']
      : [`${countOf(unsent, 'change')} you had not sent are`, 'They go'];
  return by === 'removal'
    ? `${what} kept here with your drafts. ${it} out only if an administrator adds you again, under the same email, and you sign in here.`
    : `${what} kept here with your drafts. ${it} out after you sign in again.`;
}
