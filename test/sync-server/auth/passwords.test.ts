import { expect, it } from 'vitest';
import { hashPassword, isPassword } from '../../../sync-server/auth/passwords.ts';

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

it('[V2] nobody’s password is never right, and takes as much work as somebody’s', async () => {
  const stored = await hashPassword('somebody');
  const time = async (check: () => Promise<boolean>) => {
    const startedAt = performance.now();
    expect(await check()).toBe(false);
    return performance.now() - startedAt;
  };
  const nobody: number[] = [];
  const somebody: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    nobody.push(await time(() => isPassword('wrong', undefined)));
    somebody.push(await time(() => isPassword('wrong', stored)));
  }
  // Skipping the derivation would be a thousand times faster; three times is a busy machine.
  expect(Math.min(...somebody) / Math.min(...nobody)).toBeLessThan(3);
  expect(Math.min(...nobody) / Math.min(...somebody)).toBeLessThan(3);
});
