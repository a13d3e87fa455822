// Tokens are opaque: 32 random bytes for the holder, their SHA-256 for the server, so a stolen database opens no door.

import { hash, randomBytes } from 'node:crypto';
import type { TokenHash } from '../protocol/ids.ts';

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashToken(token: string): TokenHash {
  return hash('sha256', token) as TokenHash;
}
