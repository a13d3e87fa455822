// Pages of a first sync are not waited for on the disk. A power cut may take the last of them back, wherever the log was torn.

import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Mirror, openMirror } from '../../../../electron/core/mirror/database.ts';
import { readMeta } from '../../../../electron/core/mirror/meta.ts';
import { applyPull } from '../../../../electron/core/sync/pull.ts';
import { readPage } from '../../../../electron/core/sync/read-page.ts';
import { addRow, type Digest, EMPTY_DIGEST } from '../../../../sync-server/protocol/digest.ts';
import type { Actor } from '../../../../sync-server/protocol/mutator.ts';
import { aMember, anEntry } from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const PAGES = 4;
const ROWS = 60;
const NOW = '2026-11-28T09:00:00.000Z';
const actor: Actor = { kind: 'member', memberId: aMember().id, role: 'member' };

const pages = Array.from({ length: PAGES }, (_, page) =>
  JSON.stringify({
    kind: 'page',
    cursor: `after page ${page}`,
    epoch: 'an-epoch',
    version: 0,
    more: true,
    snapshot: null,
    digest: null,
    changes: Array.from({ length: ROWS }, (_, row) => {
      const record = anEntry({ text: `Note ${row} of page ${page}` });
      const version = page * ROWS + row + 1;
      return { op: 'put', kind: 'entry', id: record.id, version, createdVersion: version, record };
    }),
  }),
);

/** The rows and the checkpoint tell of the same number of pages. */
function expectWhole(mirror: Mirror): number {
  const rows = mirror.all<{ id: string; version: number }>('SELECT id, version FROM entry');
  const whole = rows.length / ROWS;
  const cursor = whole === 0 ? undefined : `after page ${whole - 1}`;
  expect(readMeta(mirror, 'cursor')).toBe(cursor);
  const digest = rows.reduce<Digest>(
    (sum, row) => addRow(sum, { kind: 'entry', ...row }),
    EMPTY_DIGEST,
  );
  expect(JSON.parse(readMeta(mirror, 'digest') ?? JSON.stringify(EMPTY_DIGEST))).toEqual(digest);
  return whole;
}

test('[L1] [L2] [F1] a power cut takes back whole pages with their checkpoint, and the sync goes on from there', async () => {
  const folder = await tempDir();
  const file = join(folder, 'docket.sqlite');
  const mirror = openMirror(file);
  onTestFinished(() => mirror.close());
  for (const page of pages) applyPull(mirror, actor, readPage(page), NOW);
  const log = await readFile(`${file}-wal`);
  const seen = new Set<number>();
  for (let cut = 0; cut <= 40; cut += 1) {
    const bytes = Math.floor((log.length * cut) / 40);
    for (const torn of [
      log.subarray(0, bytes),
      Buffer.concat([log.subarray(0, bytes), Buffer.alloc(log.length - bytes)]),
    ]) {
      const left = join(folder, `left-${cut}-${torn.length}.sqlite`);
      await copyFile(file, left);
      await writeFile(`${left}-wal`, torn);
      const after = openMirror(left);
      const whole = expectWhole(after);
      seen.add(whole);
      for (const page of pages.slice(whole)) applyPull(after, actor, readPage(page), NOW);
      expect(expectWhole(after)).toBe(PAGES);
      after.close();
    }
  }
  expect([...seen].toSorted()).toEqual([0, 1, 2, 3, 4]);
});

test('[F3] what a person does is on the disk when it is answered, and with it every page before', async () => {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  const level = () => mirror.get<{ synchronous: number }>('PRAGMA synchronous')?.synchronous;
  const levels: unknown[] = [];
  mirror.transact(() => levels.push(level()));
  mirror.transact(() => levels.push(level()), 'soon');
  expect(() => mirror.transact(() => expect.fail('broke'), 'soon')).toThrow('broke');
  mirror.transact(() => levels.push(level()));
  expect(levels).toEqual([2, 1, 2]);
});
