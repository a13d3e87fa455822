// What a password has to be, wherever one is chosen: on a desk before it is sent, on the server before it is kept. (J1)

import * as z from 'zod';

export const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 200;

export const password = z
  .string()
  .min(SHORTEST_PASSWORD, `must have ${SHORTEST_PASSWORD} characters or more`)
  .max(LONGEST_PASSWORD, `must have at most ${LONGEST_PASSWORD} characters`);

/** Why a password will not do for somebody, as a sentence; undefined where it will. */
export function passwordFault(
  chosen: string,
  owner: { readonly name: string; readonly email: string },
): string | undefined {
  const bare = chosen.normalize('NFC').trim().toLowerCase();
  if (chosen.length < SHORTEST_PASSWORD)
    return `A password has at least ${SHORTEST_PASSWORD} characters. Choose a longer one.`;
  if (chosen.length > LONGEST_PASSWORD)
    return `A password has at most ${LONGEST_PASSWORD} characters. Choose a shorter one.`;
  if (bare === owner.email.toLowerCase() || bare === owner.name.trim().toLowerCase())
    return 'A name or an email address is the first thing somebody would try. Choose another password.';
  if (new Set(bare).size < DIFFERENT_CHARACTERS)
    return 'This password repeats too few characters. Choose another one.';
  return undefined;
}

const DIFFERENT_CHARACTERS = 5;
