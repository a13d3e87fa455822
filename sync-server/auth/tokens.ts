// Tokens are opaque: 32 random bytes for the holder, their SHA-256 for the server, so a stolen database opens no door.

import { createHash, randomBytes } from 'node:crypto';

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
