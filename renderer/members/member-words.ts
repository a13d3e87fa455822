import type { Member } from '../records.ts';
import { timeOrDay } from '../ui/time-words.ts';

/** To ten minutes, which is how exactly the server notes it. */
const NOTED_EVERY_MS = 10 * 60_000;

/** "Seen just now", "Last seen 10:05", "Last seen 12 Nov, 09:10" */
export function seenWords(lastSeenAt: string | null, now: Date): string {
  if (lastSeenAt === null) return 'Never signed in';
  if (now.getTime() - Date.parse(lastSeenAt) < NOTED_EVERY_MS) return 'Seen just now';
  return `Last seen ${timeOrDay(lastSeenAt, now)}`;
}

export const ROLE_WORDS: Readonly<Record<Member['role'], { name: string; may: string }>> = {
  member: { name: 'Member', may: 'Works on jobs and customers.' },
  admin: {
    name: 'Admin',
    may: 'Also changes members, pipelines and how the office looks, and deletes for good.',
  },
};

export function isOnlyAdmin(members: readonly Member[], { id }: Member): boolean {
  const admins = members.filter(({ role }) => role === 'admin');
  return admins.length === 1 && admins[0]?.id === id;
}

/** What signing a device out does to it, in every question about it. */
export const WIPES =
  'At its next contact with the server it removes everything of the office it holds: jobs, customers, files and copies open in other programs.';

export const OFFLINE_WORDS =
  'You are offline. Members, passwords and devices are kept by the server alone, so they can be changed again once it can be reached.';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function emailFault(email: string): string | null {
  if (email === '') return 'Fill in the email they sign in with.';
  return EMAIL.test(email)
    ? null
    : 'This is not an email address. It looks like name@office.example.';
}
