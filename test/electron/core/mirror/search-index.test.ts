// Which rows a search finds, with an index that knows some of them, all, or none.

import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Mirror, openDamaged, openMirror } from '../../../../electron/core/mirror/database.ts';
import { deleteRecord, putRecord, sweepOlder } from '../../../../electron/core/mirror/records.ts';
import {
  emptyIndexes,
  type IndexedTable,
  indexNewRows,
  rowsWithWords,
} from '../../../../electron/core/mirror/search-index.ts';
import { salvageMirror } from '../../../../electron/core/mirror/salvage.ts';
import { hasWords, searchable } from '../../../../electron/core/mirror/searchable.ts';
import { Chance } from '../../../simulation/chance.ts';
import { anAttachment, anEntry } from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const AT_ONCE = { entry: 1, attachment: 1, attachment_text: 1 };

async function aMirror(): Promise<Mirror> {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  return mirror;
}

function found(mirror: Mirror, table: IndexedTable, typed: string): string[] {
  const id = table === 'attachment_text' ? 'blob_id' : 'id';
  const { sql, bindings } = rowsWithWords(mirror, table, typed);
  return mirror
    .all<{ id: string }>(`SELECT ${id} AS id FROM ${table} WHERE rowid IN (${sql})`, bindings)
    .map((row) => row.id)
    .toSorted();
}

const WORDS = [
  'golf',
  'Golfer',
  'Müller',
  'wing',
  'wing.jpg',
  'a@b.example',
  'Große',
  'кошка',
  '車',
  '𞤀',
  '',
];
const TYPED = [
  'gol',
  'golf',
  'golf wing',
  'MULLER',
  'a@b',
  'gro',
  'кош',
  '車',
  '𞤀',
  'nothing',
  'wing.',
];

describe('(G1) [S1] the search index', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'finds what reading every row finds, whatever was put, changed and taken out (story %i)',
    async (seed) => {
      const chance = new Chance(seed);
      const mirror = await aMirror();
      const said: Record<IndexedTable, Map<string, string>> = {
        entry: new Map(),
        attachment: new Map(),
        attachment_text: new Map(),
      };
      const ids = Array.from({ length: 12 }, () => ({ entry: anEntry(), file: anAttachment() }));
      let version = 0;
      const words = () =>
        Array.from({ length: chance.between(0, 3) }, () => chance.pick(WORDS)).join(' ');
      const acts = {
        write: () => {
          const { entry, file } = chance.pick(ids);
          const [text, name, inside] = [words(), words(), words()];
          version += 1;
          const stamp = { version, position: version, generation: chance.between(1, 2) };
          mirror.transact((writable) => {
            putRecord(writable, 'entry', { ...entry, text }, stamp);
            putRecord(writable, 'attachment', { ...file, name }, stamp);
            writable.run(
              `INSERT INTO attachment_text (blob_id, text) VALUES (@blobId, @inside)
               ON CONFLICT (blob_id) DO UPDATE SET text = excluded.text`,
              { blobId: file.blobId, inside },
            );
          });
          said.entry.set(entry.id, text);
          said.attachment.set(file.id, name);
          said.attachment_text.set(file.blobId, inside);
        },
        remove: () => {
          const { entry, file } = chance.pick(ids);
          mirror.transact((writable) => {
            deleteRecord(writable, 'entry', entry.id);
            deleteRecord(writable, 'attachment', file.id);
            writable.run('DELETE FROM attachment_text WHERE blob_id = @id', { id: file.blobId });
          });
          said.entry.delete(entry.id);
          said.attachment.delete(file.id);
          said.attachment_text.delete(file.blobId);
        },
        sweep: () => {
          mirror.transact((writable) => sweepOlder(writable, 2));
          for (const table of ['entry', 'attachment'] as const) {
            const left = new Set(
              mirror.all<{ id: string }>(`SELECT id FROM ${table}`).map(({ id }) => id),
            );
            for (const id of said[table].keys()) if (!left.has(id)) said[table].delete(id);
          }
        },
        index: () => mirror.transact((writable) => indexNewRows(writable, AT_ONCE)),
        empty: () => mirror.transact(emptyIndexes),
      };
      for (let step = 0; step < 150; step += 1) {
        acts[chance.weighted({ write: 8, remove: 4, index: 4, sweep: 0.3, empty: 0.3 })]();
        const table = chance.pick(['entry', 'attachment', 'attachment_text'] as const);
        const typed = chance.pick(TYPED);
        const read = [...said[table]]
          .filter(([, text]) => hasWords(searchable(text), typed))
          .map(([id]) => id)
          .toSorted();
        expect(found(mirror, table, typed), `${table}, “${typed}”, step ${step}`).toEqual(read);
      }
    },
  );

  test('leaves few rows to be read, and takes many in', async () => {
    const mirror = await aMirror();
    const put = (count: number) =>
      mirror.transact((writable) => {
        for (let index = 0; index < count; index += 1)
          putRecord(writable, 'entry', anEntry({ text: 'Golf' }), {
            version: 1,
            position: 1,
            generation: 1,
          });
        indexNewRows(writable);
      });
    const inIndex = () =>
      mirror.get<{ count: number }>(
        `SELECT count(*) AS count FROM entry_index WHERE entry_index MATCH 'golf'`,
      )?.count;
    put(400);
    expect(inIndex()).toBe(0);
    expect(found(mirror, 'entry', 'golf')).toHaveLength(400);
    put(200);
    expect(inIndex()).toBe(600);
    put(10_700);
    // No more at once than nobody waits for; the next time the rest.
    expect(inIndex()).toBe(10_600);
    expect(found(mirror, 'entry', 'golf')).toHaveLength(11_300);
    put(0);
    expect(inIndex()).toBe(11_300);
  });

  test('(C10) keeps nothing of a word once it is emptied', async () => {
    const mirror = await aMirror();
    const entry = anEntry({ text: 'The zeppelin' });
    const stamp = { version: 1, position: 1, generation: 1 };
    mirror.transact((writable) => {
      putRecord(writable, 'entry', entry, stamp);
      indexNewRows(writable, AT_ONCE);
    });
    const blocks = () =>
      mirror
        .all<{ block: Uint8Array }>('SELECT block FROM entry_index_data')
        .map(({ block }) => Buffer.from(block).toString('latin1'));
    expect(blocks().join()).toContain('zeppelin');
    mirror.transact((writable) => {
      putRecord(writable, 'entry', { ...entry, text: '' }, stamp);
      emptyIndexes(writable);
    });
    expect(blocks().join()).not.toContain('zeppelin');
  });

  test('[F2] is made anew where a damaged file was replaced', async () => {
    const file = join(await tempDir(), 'docket.sqlite');
    const before = openMirror(file);
    const stamp = { version: 1, position: 1, generation: 1 };
    const [golf, wing] = [anEntry({ text: 'Golf' }), anEntry({ text: 'Wing' })];
    before.transact((writable) => {
      putRecord(writable, 'entry', golf, stamp);
      putRecord(writable, 'entry', wing, stamp);
      indexNewRows(writable, AT_ONCE);
    });
    before.close();
    salvageMirror({ file, openMirror, openDamaged, prepare: () => undefined });
    const mirror = openMirror(file);
    onTestFinished(() => mirror.close());
    expect(found(mirror, 'entry', 'wing')).toEqual([wing.id]);
    mirror.transact((writable) => indexNewRows(writable, AT_ONCE));
    expect(found(mirror, 'entry', 'golf')).toEqual([golf.id]);
  });
});
