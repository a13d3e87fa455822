import { describe, expect, test } from 'vitest';
import type { FileBytes } from '../../../sync-server/protocol/file-bytes.ts';
import { isPlainText } from '../../../sync-server/protocol/plain-text.ts';

const MEGABYTE = 1024 * 1024;

/** A file in memory that counts what is read of it. */
function fileOf(bytes: Uint8Array): FileBytes & { mostAtOnce: number } {
  const file = {
    sizeBytes: bytes.length,
    mostAtOnce: 0,
    read: async (start: number, length: number) => {
      file.mostAtOnce = Math.max(file.mostAtOnce, length);
      return bytes.subarray(start, start + length);
    },
  };
  return file;
}

const utf16 = (text: string, isLittleEndian: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return isLittleEndian ? bytes : bytes.swap16();
};

describe('(D1) text is told chunk by chunk', () => {
  // Characters of two, three and four bytes, shifted so that each chunk ends within one.
  const long = 'äöü € 🚗 Rear wing '.repeat(20_000);
  const shifted = ['', 'x', 'xx', 'xxx'].map((start) => start + long);

  test.each(shifted.map((text, by) => [by, text]))(
    'a character cut by the end of a chunk is whole again, shifted by %i',
    async (_by, text) => {
      expect(await isPlainText(fileOf(Buffer.from(text)))).toBe(true);
      expect(await isPlainText(fileOf(utf16(text, true)))).toBe(true);
      expect(await isPlainText(fileOf(utf16(text, false)))).toBe(true);
    },
  );

  test('what no text has is found wherever it stands', async () => {
    for (const at of [0, 128 * 1024 - 1, 128 * 1024, MEGABYTE - 1]) {
      const bytes = Buffer.alloc(MEGABYTE, 'a');
      bytes[at] = 0;
      expect([at, await isPlainText(fileOf(bytes))]).toEqual([at, false]);
      bytes[at] = 0xe4;
      expect([at, await isPlainText(fileOf(bytes))]).toEqual([at, false]);
    }
  });

  test('25 MB are never in memory at once', async () => {
    const file = fileOf(Buffer.alloc(25 * MEGABYTE, 'Two litres.\n'));
    expect(await isPlainText(file)).toBe(true);
    expect(file.mostAtOnce).toBeLessThan(MEGABYTE);
  });

  test('markup is none, in whatever encoding; letters that only look like it in bytes are text', async () => {
    expect(await isPlainText(fileOf(Buffer.from('  \n<html>')))).toBe(false);
    expect(await isPlainText(fileOf(utf16('\n<svg>', true)))).toBe(false);
    expect(await isPlainText(fileOf(utf16('\u613c\u613c', true)))).toBe(true);
  });

  test('a cut-off character at the end of a file is none', async () => {
    expect(await isPlainText(fileOf(Buffer.from('wing 🚗').subarray(0, -1)))).toBe(false);
    expect(await isPlainText(fileOf(utf16('wing 🚗', true).subarray(0, -2)))).toBe(false);
    expect(await isPlainText(fileOf(utf16('wing', true).subarray(0, -1)))).toBe(false);
  });
});
