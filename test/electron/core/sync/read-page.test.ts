// What the device makes of a pull's answer: rows, or nothing at all.

import { describe, expect, onTestFinished, test } from 'vitest';
import { join } from 'node:path';
import { AppError } from '../../../../electron/core/errors.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { applyPull } from '../../../../electron/core/sync/pull.ts';
import { readPage } from '../../../../electron/core/sync/read-page.ts';
import type { Actor } from '../../../../sync-server/protocol/mutator.ts';
import { CHANGES_BEGIN, CHANGES_END } from '../../../../sync-server/protocol/sync.ts';
import { aCustomer, aFileEntry, aJob, aMember, anEntry } from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const HEAD = {
  kind: 'page',
  cursor: 'a-cursor',
  epoch: 'an-epoch',
  version: 9,
  more: false,
  snapshot: null,
  digest: null,
};

function lineOf(kind: string, record: { id: string }, version = 5): string {
  return `{"op":"put","kind":"${kind}","id":"${record.id}","version":${version},"createdVersion":3,"record":${JSON.stringify(record)}}`;
}

function pageOf(...lines: readonly string[]): string {
  return `${JSON.stringify(HEAD).slice(0, -1)},${CHANGES_BEGIN}${lines.join(',\n')}${CHANGES_END}`;
}

function rowsOf(body: unknown) {
  const page = readPage(body);
  if (page.kind === 'reset') throw new Error(page.reason);
  return [...page.rows];
}

/** Nothing else than an AppError of a kind comes of it. */
function kindOfFailure(body: unknown): string | undefined {
  try {
    rowsOf(body);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.kind;
    throw error;
  }
}

const note = anEntry({ text: 'Größe “XL”\n, "record":{} ]} \\n 🚗' });
const job = aJob();
const usual = [
  lineOf('entry', note),
  lineOf('entry', aFileEntry()),
  lineOf('job', job),
  lineOf('customer', aCustomer()),
  `{"op":"delete","kind":"entry","id":"${anEntry().id}","version":7}`,
];

describe('[L1] [S1] a page', () => {
  test('is the same row by row and read whole, as text, as bytes and as read by somebody else', () => {
    const text = pageOf(...usual);
    const rows = rowsOf(text);
    expect(rows).toHaveLength(usual.length);
    expect(rowsOf(Buffer.from(text))).toEqual(rows);
    expect(rowsOf(JSON.stringify(JSON.parse(text)))).toEqual(rows);
    expect(rowsOf(JSON.parse(text))).toEqual(rows);
  });

  test('keeps a record as the very text it came as', () => {
    const [row] = rowsOf(pageOf(lineOf('entry', note)));
    expect(row?.op === 'put' && row.row.cells).toContain(JSON.stringify(note));
  });

  test('may be empty', () => {
    expect(readPage(pageOf())).toMatchObject({ isEmpty: true, cursor: 'a-cursor' });
    expect(rowsOf(pageOf())).toEqual([]);
    expect(readPage(JSON.stringify({ ...HEAD, changes: [] }))).toMatchObject({ isEmpty: true });
  });

  test('can be gone through again: who dies over it begins anew', () => {
    const page = readPage(pageOf(...usual));
    if (page.kind === 'reset') throw new Error(page.reason);
    expect([...page.rows]).toEqual([...page.rows]);
  });

  test('a reset is a reset', () => {
    const reset = { kind: 'reset', reason: 'The cursor is of another database.' };
    expect(readPage(JSON.stringify(reset))).toEqual(reset);
  });
});

describe('[L1] what is no page of ours is no answer', () => {
  const good = lineOf('entry', note);
  const other = JSON.stringify(anEntry());

  test.each([
    ['a record that is another than its place says', good.replace(note.id, anEntry().id)],
    ['a record twice, the first one whole', good.replace(/}$/, `,"record":${other}}`)],
    ['a record and then another', good.replace(/}$/, `${other}}`)],
    ['a record without its end', good.slice(0, -2)],
    ['a line without its end', good.slice(0, -1)],
    ['a line cut in the middle', good.slice(0, 200)],
    ['two changes on one line', `${good},${good}`],
    ['a version of nought', lineOf('entry', note, 0)],
    ['a version past all numbers', lineOf('entry', note, 2 ** 60)],
    ['a kind nobody knows', lineOf('secret', note)],
    ['a kind that every object has', lineOf('constructor', note)],
    ['a record of another kind', lineOf('job', note)],
    ['a field too many', lineOf('entry', { ...note, secret: 1 } as never)],
    ['a field too few', lineOf('entry', { id: note.id })],
    ['a change that is none', '7'],
    ['nothing', ''],
    ['a way to change nobody knows', good.replace('"put"', '"merge"')],
  ])('%s', (_what, line) => {
    expect(kindOfFailure(pageOf(good, line, good))).toBe('server-not-understood');
    expect(kindOfFailure(pageOf(line, good))).toBe('server-not-understood');
  });

  test.each([
    ['a page of a captive portal', '<html>Please accept the terms</html>', 'not-a-docket-server'],
    ['nothing at all', '', 'not-a-docket-server'],
    ['a page cut short', pageOf(good, good).slice(0, -40), 'not-a-docket-server'],
    ['another answer', '{"ok":true}', 'server-not-understood'],
    [
      'a head that is none',
      pageOf(good).replace('"more":false', '"more":"no"'),
      'server-not-understood',
    ],
  ])('%s', (_what, body, kind) => {
    expect(kindOfFailure(body)).toBe(kind);
    expect(kindOfFailure(Buffer.from(body))).toBe(kind);
  });

  test('and nothing of it is kept, neither the rows before the bad one nor the checkpoint', async () => {
    const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
    onTestFinished(() => mirror.close());
    const actor: Actor = { kind: 'member', memberId: aMember().id, role: 'member' };
    const now = '2026-11-28T09:00:00.000Z';
    expect(() => applyPull(mirror, actor, readPage(pageOf(good, '7')), now)).toThrow(AppError);
    expect(mirror.all('SELECT id FROM entry')).toEqual([]);
    expect(mirror.all('SELECT key FROM meta')).toEqual([]);
    applyPull(mirror, actor, readPage(pageOf(good)), now);
    expect(mirror.all('SELECT id FROM entry')).toEqual([{ id: note.id }]);
  });
});
