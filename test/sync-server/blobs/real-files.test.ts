// Files other programs wrote, where they are at hand; the demo office's own of the same kinds where they are not.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sniff } from '../../../electron/core/attachments/add-file.ts';
import { mediaTypeOfFile } from '../../../sync-server/blobs/media-type.ts';

const OWN = new URL('../../../sync-server/admin/demo-office/files/', import.meta.url);
const AT_HAND = new URL('../../../../shared/fixtures/', import.meta.url);

test.each([
  ['letter.doc', 'warranty.doc', 'application/msword'],
  [
    'letter.docx',
    'letter-to-insurer.docx',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['sheet.numbers', 'dent-count.numbers', 'application/vnd.apple.numbers'],
  ['iphone-xs.heic', 'dent-quarter.heic', 'image/heic'],
])('(D1) %s is known by what is in it, the same on both sides', async (real, own, mediaType) => {
  const file = new URL(real, AT_HAND);
  const path = fileURLToPath(existsSync(file) ? file : new URL(own, OWN));
  expect(await mediaTypeOfFile(path)).toBe(mediaType);
  expect(await sniff(path)).toMatchObject({ mediaType });
});
