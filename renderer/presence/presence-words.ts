import type { PresentPerson } from '../../electron/core/api/session-contract.ts';

/** "Mara Kühn", "You, on another device". */
export const personWords = ({ name, isMe }: PresentPerson): string =>
  isMe ? 'You, on another device' : name;

/** "Mara Kühn is on this job", "Mara Kühn and Jonas Ostrowski are on this job"; '' where nobody is. */
export function hereWords(people: readonly PresentPerson[]): string {
  return sentence(people, 'on this job');
}

/** "Mara Kühn is writing…"; '' where nobody is. */
export function writingWords(people: readonly PresentPerson[]): string {
  const words = sentence(
    people.filter(({ isWriting }) => isWriting),
    'writing',
  );
  return words === '' ? '' : `${words}…`;
}

function sentence(people: readonly PresentPerson[], what: string): string {
  const [first, second, ...others] = people;
  if (first === undefined) return '';
  if (second === undefined)
    return first.isMe ? `You are ${what} on another device` : `${first.name} is ${what}`;
  if (others.length > 0)
    return `${personWords(first)}, and ${others.length + 1} others, are ${what}`;
  // Oneself comes last: "Mara Kühn and you, on another device, are on this job".
  const [one, other] = first.isMe ? [second, first] : [first, second];
  const last = other.isMe ? 'you, on another device,' : other.name;
  return `${one.name} and ${last} are ${what}`;
}
