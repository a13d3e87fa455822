import { describe, expect, test } from 'vitest';
import { bytesInCopy } from '../../../../electron/core/attachments/zip-files.ts';
import { zipNames } from '../../../../electron/core/attachments/zip-names.ts';
import { aCustomerId, anAttachment, blobIdOf } from '../../../support/builders.ts';

describe('(D9) names in a zip', () => {
  test('are made unique where a disk would see one name, whatever case or accents they are written in', () => {
    const composed = 'M\u00fcller.pdf';
    const decomposed = 'Mu\u0308ller.pdf';
    const names = zipNames(['a.pdf', 'A.PDF', 'a.pdf', composed, decomposed]);
    expect(names).toEqual(['a.pdf', 'A (2).PDF', 'a (3).pdf', composed, 'Mu\u0308ller (2).pdf']);
    const taken = zipNames(['a (2).pdf', 'a.pdf', 'a.pdf']);
    expect(new Set(taken).size).toBe(3);
  });

  test('are never a path, a device, a hidden file or nothing', () => {
    for (const bad of [
      '../../etc/passwd',
      'C:\\x\\y.txt',
      'con.txt',
      'NUL',
      'CON .txt',
      'conin$',
      'CONOUT$.log',
      `con${' '.repeat(300)}x`,
      '.bashrc',
      '',
      '...',
      'a/b',
    ]) {
      const [name = ''] = zipNames([bad]);
      expect(name).not.toMatch(/[/\\:]|^\.|^(con|nul|conin\$|conout\$) *(\.|$)|^$/i);
    }
  });

  test('never end in a dot or a space, wherever they had to be cut', () => {
    for (let length = 190; length < 210; length += 1)
      for (const tail of [' ', '.', ' . ']) {
        const [name = ''] = zipNames([`${'x'.repeat(length)}${tail}${'y'.repeat(40)}`]);
        expect(name, `${length} and ${JSON.stringify(tail)}`).toMatch(/[xy]$/);
      }
  });

  test('stay the same for thousands of one name, and quickly', () => {
    const names = zipNames(Array.from({ length: 3000 }, () => 'IMG_0001.jpg'));
    expect(new Set(names).size).toBe(3000);
    expect(names.at(-1)).toBe('IMG_0001 (3000).jpg');
  });
});

describe('(D6) [V1] a photo in a copy for the customer', () => {
  const photo = anAttachment({ audience: 'visible' });
  const none = { thumbnail: null, preview: null, jpeg: null, problem: null };
  const withoutLocation = blobIdOf('without its place');

  test('comes without its place, or not at all', () => {
    expect(bytesInCopy(photo, { ...none, withoutLocation }, 'customer')).toBe(withoutLocation);
    expect(bytesInCopy(photo, { ...none, withoutLocation: null }, 'customer')).toBeUndefined();
    expect(bytesInCopy(photo, undefined, 'customer')).toBeUndefined();
  });

  test('comes as it is where somebody said so, where the customer sent it, and in a full copy', () => {
    const { blobId } = photo;
    expect(bytesInCopy({ ...photo, keepsLocation: true }, undefined, 'customer')).toBe(blobId);
    const author = { kind: 'customer', customerId: aCustomerId() } as const;
    expect(bytesInCopy({ ...photo, author }, undefined, 'customer')).toBe(blobId);
    expect(bytesInCopy(photo, undefined, 'full')).toBe(blobId);
    const pdf = { ...photo, mediaType: 'application/pdf' };
    expect(bytesInCopy(pdf, undefined, 'customer')).toBe(blobId);
  });
});
