// A number that says whether two sides hold the same records at the same versions, kept up to date row by row. [L5]

import type { RecordKind } from './records.ts';

/** How many records there are and the sum of their hashes, modulo 2^48. */
export interface Digest {
  readonly rows: number;
  readonly sum: number;
}

export const EMPTY_DIGEST: Digest = { rows: 0, sum: 0 };

const MODULUS = 2 ** 48;

/** A record's place and version; its content is the server's, and two contents never share a version. */
export interface DigestedRow {
  readonly kind: RecordKind;
  readonly id: string;
  readonly version: number;
}

export function addRow(digest: Digest, row: DigestedRow): Digest {
  return addHash(digest, rowHash(row));
}

export function addHash({ rows, sum }: Digest, hash: number): Digest {
  return { rows: rows + 1, sum: (sum + hash) % MODULUS };
}

export function removeRow({ rows, sum }: Digest, row: DigestedRow): Digest {
  return { rows: rows - 1, sum: (sum - rowHash(row) + MODULUS) % MODULUS };
}

export function addDigests(one: Digest, other: Digest): Digest {
  return { rows: one.rows + other.rows, sum: (one.sum + other.sum) % MODULUS };
}

export function rowHash({ kind, id, version }: DigestedRow): number {
  return textHash(`${kind}/${id}@${version}`);
}

/** 48 bits of a fast hash with good spread (cyrb53); it finds mistakes, not attackers. */
export function textHash(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return (low & 0xffff) * 2 ** 32 + (high >>> 0);
}
