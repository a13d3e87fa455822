// @vitest-environment jsdom

import { expect, test } from 'vitest';
import { readFolder } from '../../../renderer/attachments/folder-files.ts';
import {
  MAX_FILE_BYTES,
  refusalBefore,
  refusalToRead,
} from '../../../renderer/attachments/picked-file.ts';
import { MAX_BLOB_BYTES } from '../../../sync-server/protocol/blobs.ts';

const aFile = (name: string, size: number) =>
  Object.defineProperty(new File(['x'], name), 'size', { value: size });

test('the renderer’s limit is the office’s (D2)', () => {
  expect(MAX_FILE_BYTES).toBe(MAX_BLOB_BYTES);
});

test('exactly 25 MB is taken, one byte more is not (D2)', () => {
  const exact = aFile('scan.pdf', MAX_FILE_BYTES);
  expect(refusalBefore(exact)).toBeNull();
  const larger = aFile('scan.pdf', MAX_FILE_BYTES + 1);
  expect(refusalBefore(larger)).toContain('“scan.pdf” has');
});

test('an empty file has a sentence that names it (D2)', () => {
  expect(refusalBefore(aFile('a.txt', 0))).toContain('“a.txt” is empty');
});

test.each([
  ['NotFoundError', 'no longer where it was'],
  ['NotReadableError', 'cannot be read'],
])('a file that fails with %s says what to do (D2)', async (name, words) => {
  const file = aFile('scan.pdf', 5);
  const broken = { arrayBuffer: () => Promise.reject(new DOMException('', name)) };
  Object.assign(file, { slice: () => broken });
  expect(await refusalToRead(file)).toMatch(new RegExp(`^“scan.pdf” .*${words}.*add it again\\.$`));
});

/** A folder as a browser hands it out: at most two entries at a time. */
function aFolder(name: string, ...children: readonly FileSystemEntry[]): FileSystemDirectoryEntry {
  const left = [...children];
  const createReader = () => ({
    readEntries: (give: (part: FileSystemEntry[]) => void) => give(left.splice(0, 2)),
  });
  return { name, isDirectory: true, createReader } as unknown as FileSystemDirectoryEntry;
}
const anEntry = (name: string, isReadable = true) =>
  ({
    name,
    isDirectory: false,
    file: (give: (file: File) => void, fail: (error: Error) => void) =>
      isReadable ? give(aFile(name, 5)) : fail(new DOMException('', 'NotReadableError')),
  }) as unknown as FileSystemEntry;

test('a folder gives its files and those below it, and names what cannot be read (D2)', async () => {
  const below = aFolder('Rear', anEntry('c.jpg'));
  const content = await readFolder(
    aFolder('Photos', anEntry('a.jpg'), anEntry('.DS_Store'), below, anEntry('b.jpg', false)),
  );
  expect(content.files.map(({ name }) => name)).toEqual(['a.jpg', 'c.jpg']);
  expect(content.unreadable).toEqual(['b.jpg']);
  expect(content.isCutOff).toBe(false);
});

test('a folder of thousands is cut off, and says so (D2)', async () => {
  const many = Array.from({ length: 1001 }, (_, index) => anEntry(`${index}.jpg`));
  const content = await readFolder(aFolder('All', ...many));
  expect(content.files).toHaveLength(1000);
  expect(content.isCutOff).toBe(true);
});
