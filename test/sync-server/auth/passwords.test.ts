import type * as Crypto from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { hashPassword, isPassword } from '../../../sync-server/auth/passwords.ts';

/** What each derivation cost, whatever it was of: the clock of a busy machine says nothing about work. */
const derivations = vi.hoisted((): Omit<Crypto.Argon2Parameters, 'message' | 'nonce'>[] => []);

vi.mock('node:crypto', async (importOriginal) => {
  const crypto = await importOriginal<typeof Crypto>();
  return {
    ...crypto,
    argon2: (...args: Parameters<typeof crypto.argon2>) => {
      const { message: _message, nonce: _nonce, ...cost } = args[1];
      derivations.push(cost);
      crypto.argon2(...args);
    },
  };
});

it('(J1) a password is kept as argon2id with its parameters and a salt of its own', async () => {
  const [first, second] = await Promise.all([hashPassword('same'), hashPassword('same')]);
  expect(first).toMatch(
    /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
  );
  expect(first).not.toBe(second);
});

it('(J1) only the right password is right, however its letters are composed', async () => {
  const stored = await hashPassword('Gr\u00fc\u00dfe');
  expect(await isPassword('Gru\u0308\u00dfe', stored)).toBe(true);
  expect(await isPassword('gr\u00fc\u00dfe', stored)).toBe(false);
  expect(await isPassword('', stored)).toBe(false);
});

it('(J1) a hash written with other parameters is still understood', async () => {
  // Made with the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1
  const stored =
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await isPassword('password', stored)).toBe(true);
  expect(await isPassword('passwore', stored)).toBe(false);
});

it('[V2] nobody’s password is never right, and takes just the work somebody’s takes', async () => {
  const stored = await hashPassword('somebody');
  derivations.length = 0;
  expect(await isPassword('wrong', undefined)).toBe(false);
  expect(await isPassword('wrong', stored)).toBe(false);
  const [nobody, somebody] = derivations;
  expect(derivations).toHaveLength(2);
  expect(nobody).toEqual(somebody);
});
