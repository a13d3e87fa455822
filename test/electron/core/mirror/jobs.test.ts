import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { JobListArgs } from '../../../../electron/core/api/jobs-contract.ts';
import { bellJobs, countBell } from '../../../../electron/core/mirror/bell.ts';
import { type Mirror, openMirror } from '../../../../electron/core/mirror/database.ts';
import { countJobs, countOverview, listJobs } from '../../../../electron/core/mirror/jobs.ts';
import { type Reader, readerOf } from '../../../../electron/core/mirror/reading.ts';
import { putRecord } from '../../../../electron/core/mirror/records.ts';
import { wordConditions } from '../../../../electron/core/mirror/searchable.ts';
import type { KindedRecord } from '../../../../sync-server/protocol/records.ts';
import {
  aCustomer,
  aJob,
  aMember,
  anEntry,
  aPipeline,
  aReadMark,
} from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const me = aMember();
const colleague = aMember({ name: 'Jonas Ostrowski' });
const anna = aCustomer();
const yusuf = aCustomer({ name: 'Yusuf Demir', emails: ['yusuf@demir.example'] });
const pipeline = aPipeline();
const [booked, , ready] = pipeline.stages.map(({ id }) => id) as [never, never, never];
const golf = aJob({
  title: 'Golf 8, rear quarter panel',
  reference: '#2291',
  customerId: anna.id,
  pipelineId: pipeline.id,
  stageId: booked,
  assigneeId: me.id,
  lastActivityAt: '2026-11-02T10:00:00.000Z',
});
const tesla = aJob({
  title: 'Model Y, windscreen',
  reference: '#2285',
  customerId: yusuf.id,
  pipelineId: pipeline.id,
  stageId: ready,
  lastActivityAt: '2026-11-02T11:00:00.000Z',
});

const fromAnna = (text: string) =>
  anEntry({
    jobId: golf.id,
    audience: 'visible',
    author: { kind: 'customer', customerId: anna.id },
    text,
  });

/** Confirmed records, one version each, from 1. */
async function aMirrorOf(...records: KindedRecord[]): Promise<{ mirror: Mirror; reader: Reader }> {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  const office: KindedRecord[] = [
    { kind: 'member', record: me },
    { kind: 'member', record: colleague },
    { kind: 'customer', record: anna },
    { kind: 'customer', record: yusuf },
    { kind: 'pipeline', record: pipeline },
    { kind: 'job', record: golf },
    { kind: 'job', record: tesla },
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
  return { mirror, reader: readerOf(mirror, me.id) };
}

const everything: JobListArgs = {
  scope: { kind: 'all' },
  stageId: null,
  assigneeId: null,
  unreadOnly: false,
  search: '',
  offset: 0,
  limit: 50,
};

async function titles(overrides: Partial<JobListArgs>, ...records: KindedRecord[]) {
  const { mirror, reader } = await aMirrorOf(...records);
  const args = { ...everything, ...overrides };
  const rows = listJobs(mirror, reader, args).map(({ job }) => job.title.split(',')[0]);
  expect(countJobs(mirror, reader, { ...args })).toBe(rows.length);
  return rows;
}

describe('(A2) the job list', () => {
  test('newest activity first', async () => {
    expect(await titles({})).toEqual(['Model Y', 'Golf 8']);
  });

  test.each<[string, Partial<JobListArgs>, string[]]>([
    ['a word of the title', { search: 'quarter' }, ['Golf 8']],
    ['the beginning of a word', { search: 'wind' }, ['Model Y']],
    ['not the middle of a word', { search: 'screen' }, []],
    ['a reference with its sign', { search: '#2291' }, ['Golf 8']],
    ['a customer', { search: 'yusuf' }, ['Model Y']],
    ['words from both, in any order', { search: 'berg golf' }, ['Golf 8']],
    ['signs that mean something to SQL', { search: '% _ \\' }, ['Model Y', 'Golf 8']],
    ['nothing that is there', { search: 'zeppelin' }, []],
    ['mine', { scope: { kind: 'mine' } }, ['Golf 8']],
    ['a stage', { stageId: ready }, ['Model Y']],
    ['an assignee', { assigneeId: me.id }, ['Golf 8']],
    ['no assignee', { assigneeId: 'nobody' }, ['Model Y']],
    ['a pipeline', { scope: { kind: 'pipeline', pipelineId: pipeline.id } }, ['Model Y', 'Golf 8']],
    ['another pipeline', { scope: { kind: 'pipeline', pipelineId: 'nowhere' } }, []],
  ])('is found by %s', async (_what, overrides, expected) => {
    expect(await titles(overrides)).toEqual(expected);
  });

  test('accents and case do not matter', () => {
    expect(wordConditions('search', 'KÜHN café').bindings).toEqual({
      word0: '% kuhn%',
      word1: '% cafe%',
    });
  });

  test('unread is what others did after my read mark; my own work never is', async () => {
    const mine = anEntry({ jobId: tesla.id, author: { kind: 'member', memberId: me.id } });
    const unread = { scope: { kind: 'unread' } } as const;
    expect(await titles(unread, { kind: 'entry', record: mine })).toEqual([]);
    expect(await titles(unread, { kind: 'entry', record: fromAnna('Hello') })).toEqual(['Golf 8']);
    const read = aReadMark({ memberId: me.id, jobId: golf.id, readThroughVersion: 8 });
    expect(
      await titles(
        unread,
        { kind: 'entry', record: fromAnna('Hello') },
        { kind: 'read_mark', record: read },
      ),
    ).toEqual([]);
  });

  test('what was there before I joined is not news', async () => {
    const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
    onTestFinished(() => mirror.close());
    mirror.transact((writable) => {
      putRecord(writable, 'customer', anna, { version: 1, position: 1, generation: 1 });
      putRecord(writable, 'job', golf, { version: 2, position: 2, generation: 1 });
      putRecord(writable, 'entry', fromAnna('Long ago'), {
        version: 3,
        position: 3,
        generation: 1,
      });
      putRecord(writable, 'member', me, { version: 4, position: 4, generation: 1 });
    });
    expect(countOverview(mirror, readerOf(mirror, me.id)).unread).toBe(0);
  });

  test('10,000 jobs: pages neither overlap nor leave anything out', async () => {
    const { mirror, reader } = await aMirrorOf();
    mirror.transact((writable) => {
      for (let index = 0; index < 10_000; index += 1) {
        const record = aJob({ customerId: anna.id, pipelineId: pipeline.id, stageId: booked });
        putRecord(writable, 'job', record, {
          version: 100 + index,
          position: 100 + index,
          generation: 1,
        });
      }
    });
    const seen = new Set<string>();
    for (let offset = 0; offset < 10_100; offset += 500)
      for (const { job } of listJobs(mirror, reader, { ...everything, offset, limit: 500 }))
        seen.add(job.id);
    expect(seen.size).toBe(10_002);
    expect(countJobs(mirror, reader, everything)).toBe(10_002);
  });
});

describe('(F3) the bell', () => {
  test('counts what customers did, merged by job, unread first', async () => {
    const { mirror, reader } = await aMirrorOf(
      { kind: 'entry', record: fromAnna('One') },
      { kind: 'entry', record: fromAnna('Two') },
      {
        kind: 'entry',
        record: anEntry({ jobId: tesla.id, author: { kind: 'member', memberId: colleague.id } }),
      },
    );
    expect(countBell(mirror, reader)).toBe(2);
    expect(bellJobs(mirror, reader, 10)).toMatchObject([
      { jobId: golf.id, unreadCount: 2, latestPosition: 9 },
    ]);
  });

  test('a read mark clears it and leaves the job in the list', async () => {
    const { mirror, reader } = await aMirrorOf(
      { kind: 'entry', record: fromAnna('One') },
      {
        kind: 'read_mark',
        record: aReadMark({ memberId: me.id, jobId: golf.id, readThroughVersion: 8 }),
      },
    );
    expect(countBell(mirror, reader)).toBe(0);
    expect(bellJobs(mirror, reader, 10)).toMatchObject([{ jobId: golf.id, unreadCount: 0 }]);
  });
});
