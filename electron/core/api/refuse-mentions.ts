import { AppError } from '../errors.ts';
import { mentionedIn } from '../mirror/mentions.ts';
import { allMembers } from '../mirror/people.ts';
import type { Office } from './office.ts';

/** A name with the sign before it is meant for a colleague, not for whoever reads the reply. (C7) */
export function refuseMentions({ mirror }: Pick<Office, 'mirror'>, text: string): void {
  const [member] = mentionedIn(text, allMembers(mirror));
  if (member !== undefined)
    throw new AppError('mention-to-customer', {
      sentence: `“@${member.name}” calls a colleague, and this reply is for the customer, so it was not sent. Take the @ away, or write an internal note.`,
    });
}
