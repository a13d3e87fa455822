// Passwords are kept as argon2id in PHC form, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`: the parameters travel with
// each, so they can be raised without asking anybody for a new password.

import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** What OWASP asks for at least. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const PARALLELISM = 1;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive('argon2id', {
    message: Buffer.from(password.normalize('NFC')),
    nonce: salt,
    memory: MEMORY_KIB,
    passes: PASSES,
    parallelism: PARALLELISM,
    tagLength: HASH_BYTES,
  });
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${unpadded(salt)}$${unpadded(hash)}`;
}

/**
 * Compares in constant time. Where `stored` is undefined, because nobody has the email, it works just as long and says
 * no: how long an answer takes must not tell which emails are known. [V2]
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const { parameters, hash } = parsePhc(stored ?? NOBODY);
  const derived = await derive('argon2id', {
    ...parameters,
    message: Buffer.from(password.normalize('NFC')),
  });
  return timingSafeEqual(derived, hash) && stored !== undefined;
}

function parsePhc(text: string): { parameters: Omit<Argon2Parameters, 'message'>; hash: Buffer } {
  const match = PHC.exec(text);
  if (match === null) throw new Error('A stored password is not in the form this server writes.');
  const [, memory, passes, parallelism, salt = '', hash = ''] = match;
  const bytes = Buffer.from(hash, 'base64');
  return {
    parameters: {
      nonce: Buffer.from(salt, 'base64'),
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
      tagLength: bytes.length,
    },
    hash: bytes,
  };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

const NOBODY = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${unpadded(Buffer.alloc(SALT_BYTES))}$${unpadded(Buffer.alloc(HASH_BYTES))}`;
