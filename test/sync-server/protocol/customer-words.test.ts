import { expect, test } from 'vitest';
import { fileInWords, sizeInWords } from '../../../sync-server/protocol/customer-words.ts';
import { firstName } from '../../../sync-server/protocol/shown-name.ts';
import * as build from '../../support/builders.ts';

test('sizes read as people say them', () => {
  expect([1, 900, 1024, 310 * 1024, 2.6 * 1024 * 1024, 25 * 1024 * 1024].map(sizeInWords)).toEqual([
    '1 byte',
    '900 bytes',
    '1 kB',
    '310 kB',
    '2.6 MB',
    '25 MB',
  ]);
});

test('a file says what it is, in words', () => {
  expect(fileInWords(build.anAttachment({ sizeBytes: 2048 }))).toBe('JPEG image, 2 kB');
});

test.each([
  ['Jonas Ottmann', 'Jonas'],
  ['Dr. Jonas Ottmann', 'Jonas'],
  ['Mara', 'Mara'],
  ['M.', 'M.'],
])('%s is called %s', (name, first) => {
  expect(firstName(name)).toBe(first);
});
