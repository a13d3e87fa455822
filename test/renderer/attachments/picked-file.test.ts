// @vitest-environment jsdom

import { expect, test } from 'vitest';
import { MAX_FILE_BYTES, refusalBefore } from '../../../renderer/attachments/picked-file.ts';
import { MAX_BLOB_BYTES } from '../../../sync-server/protocol/blobs.ts';

const aFile = (name: string, size: number) =>
  Object.defineProperty(new File(['x'], name), 'size', { value: size });

test('the renderer’s limit is the office’s (D2)', () => {
  expect(MAX_FILE_BYTES).toBe(MAX_BLOB_BYTES);
});

test('exactly 25 MB is taken, one byte more is not (D2)', () => {
  const exact = aFile('scan.pdf', MAX_FILE_BYTES);
  expect(refusalBefore({ file: exact, isFolder: false })).toBeNull();
  const larger = aFile('scan.pdf', MAX_FILE_BYTES + 1);
  expect(refusalBefore({ file: larger, isFolder: false })).toContain('“scan.pdf” has');
});

test('a folder and an empty file each have a sentence that names them (D2)', () => {
  expect(refusalBefore({ file: aFile('Photos', 4_096), isFolder: true })).toBe(
    '“Photos” is a folder. Open it and add the files inside.',
  );
  expect(refusalBefore({ file: aFile('a.txt', 0), isFolder: false })).toContain('“a.txt” is empty');
});
