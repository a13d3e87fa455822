// "@Name" in a note, and whose bell it rings. (C7, F3)

import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bellJobs, countBell, ringingJobIds } from '../../../../electron/core/mirror/bell.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { mentionedIn } from '../../../../electron/core/mirror/mentions.ts';
import { readerOf } from '../../../../electron/core/mirror/reading.ts';
import { putRecord } from '../../../../electron/core/mirror/records.ts';
import { type KindedRecord, followId } from '../../../../sync-server/protocol/records.ts';
import {
  aCustomer,
  aJob,
  aMember,
  aMemberId,
  anEntry,
  aReadMark,
  BUILT_AT,
} from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const jonas = aMember({ name: 'Jonas' });
const ostrowski = aMember({ name: 'Jonas Ostrowski' });
const mara = aMember({ name: 'Mara Kühn' });
const doctor = aMember({ name: 'Dr. R. Ohm' });
const percent = aMember({ name: '100 %_ Max' });
const members = [jonas, ostrowski, mara, doctor, percent];
const anna = aCustomer();
const golf = aJob({ customerId: anna.id });

const SAYINGS: readonly [string, readonly string[]][] = [
  ['@Mara Kühn please look', ['Mara Kühn']],
  ['please look, @mara kuhn.', ['Mara Kühn']],
  ['(@MARA KÜHN)', ['Mara Kühn']],
  ['@Jonas Ostrowski and @Mara Kühn', ['Jonas Ostrowski', 'Mara Kühn']],
  ['@Jonas Ostrowski', ['Jonas Ostrowski']],
  ['@Jonas, not @Jonas Ostrowski', ['Jonas', 'Jonas Ostrowski']],
  ['@Jonas', ['Jonas']],
  ['ask @Dr. R. Ohm', ['Dr. R. Ohm']],
  ['@100 %_ Max', ['100 %_ Max']],
  ['Mara Kühn', []],
  ['@Mara', []],
  ['@Mara Kühnert', []],
  ['mara@Mara Kühn', []],
  ['@', []],
  ['', []],
];

describe('(C7) a text mentions', () => {
  test.each(SAYINGS)('%j', (text, names) => {
    expect(
      mentionedIn(text, members)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(names);
  });
});

describe('(C7, F3) the bell', () => {
  async function bellOf(who: typeof mara, ...records: KindedRecord[]) {
    const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
    onTestFinished(() => mirror.close());
    const office: KindedRecord[] = [
      ...members.map((record) => ({ kind: 'member', record }) as const),
      { kind: 'customer', record: anna },
      { kind: 'job', record: golf },
      ...records,
    ];
    mirror.transact((writable) => {
      for (const [index, { kind, record }] of office.entries())
        putRecord(writable, kind, record as never, {
          version: index + 1,
          position: index + 1,
          generation: 1,
        });
    });
    const reader = readerOf(mirror, who.id);
    return {
      mirror,
      count: countBell(mirror, reader),
      jobs: bellJobs(mirror, reader, 10),
      ringing: ringingJobIds(mirror, reader),
    };
  }
  const author = { kind: 'member', memberId: aMemberId() } as const;
  const note = (text: string, more: Partial<Parameters<typeof anEntry>[0]> = {}) =>
    ({ kind: 'entry', record: anEntry({ jobId: golf.id, author, text, ...more }) }) as const;

  test.each(SAYINGS)('rings for those whom %j names', async (text, names) => {
    for (const member of members) {
      const { count, ringing } = await bellOf(member, note(text));
      const isNamed = names.includes(member.name);
      expect([member.name, count]).toEqual([member.name, isNamed ? 1 : 0]);
      expect(ringing).toEqual(isNamed ? [golf.id] : []);
    }
  });

  test('says so beside what a customer did, until it is read', async () => {
    const fromAnna = note('Is it ready?', {
      audience: 'visible',
      author: { kind: 'customer', customerId: anna.id },
    });
    const both = await bellOf(mara, note('@Mara Kühn, is it?'), fromAnna);
    expect(both.count).toBe(2);
    expect(both.jobs).toMatchObject([
      { unreadCount: 2, mentionsMe: true, latestEntryId: fromAnna.record.id },
    ]);
    const read = aReadMark({ memberId: mara.id, jobId: golf.id, readThroughVersion: 8 });
    const later = await bellOf(
      mara,
      note('@Mara Kühn, is it?'),
      { kind: 'read_mark', record: read },
      fromAnna,
    );
    expect(later.jobs).toMatchObject([{ unreadCount: 1, mentionsMe: false }]);
  });

  test('rings on a job that is muted, and where only followed jobs ring', async () => {
    const muted = {
      kind: 'follow',
      record: { id: followId(mara.id, golf.id), memberId: mara.id, jobId: golf.id, state: 'muted' },
    } as const;
    const settings = {
      kind: 'member_settings',
      record: { id: mara.id, bellScope: 'followed' },
    } as const;
    const { count } = await bellOf(mara, note('@Mara Kühn'), muted, settings as never);
    expect(count).toBe(1);
  });

  test('does not ring for oneself, in what customers read, or once it is taken back', async () => {
    const undoing = { memberId: aMemberId(), at: BUILT_AT };
    const text = '@Mara Kühn';
    const mine = { kind: 'member', memberId: mara.id } as const;
    expect((await bellOf(mara, note(text, { author: mine }))).count).toBe(0);
    expect((await bellOf(mara, note(text, { audience: 'visible' }))).count).toBe(0);
    expect((await bellOf(mara, note(text, { withdrawn: undoing }))).count).toBe(0);
    expect((await bellOf(mara, note('', { redacted: undoing }))).count).toBe(0);
  });

  test('is found by an index of the few notes with the sign', async () => {
    const { mirror } = await bellOf(mara);
    const plan = mirror.all<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT id FROM entry WHERE audience = 'internal' AND instr(entry.search, ' @') > 0
         AND search LIKE '%x%'`,
    );
    expect(plan.map(({ detail }) => detail).join()).toContain('entry_with_mention');
  });
});
