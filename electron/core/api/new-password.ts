/** Without letters and digits that look alike, so that it can be read out and typed. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Bytes from here on would make some letters likelier than others. */
const FAIR_BYTES = 256 - (256 % ALPHABET.length);
const GROUPS = 4;
const GROUP_LENGTH = 4;

/**
 * A password for somebody's first sign-in: "k7mp-x3wd-9hqt-vb4n", 79 bits.
 *
 * @param randomBytes uniform, fit for keys
 */
export function newPassword(randomBytes: (count: number) => Uint8Array): string {
  let letters = '';
  while (letters.length < GROUPS * GROUP_LENGTH)
    for (const byte of randomBytes(GROUPS * GROUP_LENGTH))
      if (byte < FAIR_BYTES) letters += ALPHABET.charAt(byte % ALPHABET.length);
  return Array.from({ length: GROUPS }, (_, group) =>
    letters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH),
  ).join('-');
}
