import { describe, expect, test } from 'vitest';
import { boundaryOf, partsOf } from '../../../sync-server/portal/multipart.ts';

const FORM = [
  '--b0',
  'Content-Disposition: form-data; name="text"',
  '',
  'Line one\r\n--b is no boundary',
  '--b0',
  'Content-Disposition: form-data; name="files"; filename="a %22b%22;c.txt"',
  'Content-Type: text/plain',
  '',
  'bytes\r\n\r\nmore',
  '--b0',
  'Content-Disposition: form-data; name="empty"',
  '',
  '',
  '--b0--',
  'after the end',
].join('\r\n');

async function* inChunks(text: string, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
}

async function partsIn(text: string, size = 1000, maxBytes = 10_000) {
  const parts = [];
  for await (const { name, fileName, bytes } of partsOf(inChunks(text, size), 'b0', maxBytes)) {
    const chunks = [];
    for await (const chunk of bytes) chunks.push(chunk);
    parts.push([name, fileName, Buffer.concat(chunks).toString()]);
  }
  return parts;
}

describe('(E4) a form with files', () => {
  test.each([1, 2, 3, 7, 64, 1000])('reads the same in chunks of %i bytes', async (size) => {
    expect(await partsIn(FORM, size)).toEqual([
      ['text', undefined, 'Line one\r\n--b is no boundary'],
      ['files', 'a "b";c.txt', 'bytes\r\n\r\nmore'],
      ['empty', undefined, ''],
    ]);
  });

  test('goes on after a part nobody reads, or reads half of', async () => {
    const names = [];
    for await (const part of partsOf(inChunks(FORM, 5), 'b0', 10_000)) {
      names.push(part.name);
      for await (const _ of part.bytes) break;
    }
    expect(names).toEqual(['text', 'files', 'empty']);
  });

  test.each([
    ['breaks off in a file', FORM.slice(0, 200)],
    ['breaks off in a head', FORM.slice(0, 30)],
    ['is empty', ''],
    ['has no boundary', 'Hello'],
    ['has a head without end', `--b0\r\nX: ${'x'.repeat(9000)}\r\n\r\n\r\n--b0--`],
    ['has a part without a name', '--b0\r\nContent-Type: text/plain\r\n\r\nx\r\n--b0--'],
    ['has something behind a boundary', '--b0 x\r\n\r\n\r\n--b0--'],
  ])('that %s is refused', async (_, text) => {
    await expect(partsIn(text, 50)).rejects.toMatchObject({ kind: 'not-valid' });
  });

  test('that is larger than allowed is cut off', async () => {
    await expect(partsIn(FORM, 50, 150)).rejects.toMatchObject({ kind: 'too-large' });
  });

  test.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['multipart/form-data; charset=utf-8; boundary="a b"', 'a b'],
    ['multipart/form-data', undefined],
    ['application/x-www-form-urlencoded', undefined],
    [undefined, undefined],
  ])('of type %s has the boundary %s', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary);
  });
});
