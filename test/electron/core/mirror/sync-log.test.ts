import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import {
  readSyncLog,
  syncLogText,
  writeSyncLog,
} from '../../../../electron/core/mirror/sync-log.ts';
import { tempDir } from '../../../support/temp-dir.ts';

test('(H7) the sync log keeps its newest 5,000 lines, however long a device runs', async () => {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  mirror.transact((writable) => {
    for (let line = 1; line <= 5_200; line += 1)
      writeSyncLog(writable, { at: '2026-11-28T08:00:00.000Z', event: 'sent', details: `${line}` });
  });
  const lines = readSyncLog(mirror, 10_000);
  expect(lines).toHaveLength(5_000);
  expect(lines[0]?.details).toBe('5200');
  expect(lines.at(-1)?.details).toBe('201');
  const text = syncLogText(mirror).split('\n');
  expect(text).toHaveLength(5_000);
  expect(text[0]).toBe('2026-11-28T08:00:00.000Z  sent  201');
});
