// What a search over the whole office finds, in which order, and how filters narrow it. (G1, G2)

import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { keepText } from '../../../../electron/core/attachments/file-job-queue.ts';
import type { SearchArgs, SearchAnswer } from '../../../../electron/core/api/search-contract.ts';
import { search } from '../../../../electron/core/api/search.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { readerOf } from '../../../../electron/core/mirror/reading.ts';
import { PENDING_POSITION, putRecord } from '../../../../electron/core/mirror/records.ts';
import { indexNewRows } from '../../../../electron/core/mirror/search-index.ts';
import type { KindedRecord } from '../../../../sync-server/protocol/records.ts';
import {
  aCustomer,
  aFormSave,
  aJob,
  aMember,
  anAttachment,
  anEntry,
  aPipeline,
  aStatusChange,
  BUILT_AT,
} from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const mara = aMember();
const jonas = aMember({ name: 'Jonas Ostrowski' });
const anna = aCustomer();
const yusuf = aCustomer({
  name: 'Yusuf Demir',
  emails: ['golf@demir.example'],
  phone: '0171 5550',
});
const bodyShop = aPipeline();
const rental = aPipeline({ name: 'Rental' });
const golf = aJob({
  title: 'Golf 8, rear quarter panel',
  reference: '#2291',
  customerId: anna.id,
  pipelineId: bodyShop.id,
  lastActivityAt: '2026-11-02T10:00:00.000Z',
});
const caddy = aJob({
  title: 'Caddy for the golfers',
  reference: '#2285',
  customerId: yusuf.id,
  pipelineId: rental.id,
  lastActivityAt: '2026-11-05T10:00:00.000Z',
});
const fromMara = { kind: 'member', memberId: mara.id } as const;
const fromJonas = { kind: 'member', memberId: jonas.id } as const;
const fromAnna = { kind: 'customer', customerId: anna.id } as const;
const note = anEntry({ jobId: golf.id, author: fromMara, text: 'The golfer rang about his Golf.' });
const older = anEntry({
  jobId: golf.id,
  author: fromJonas,
  text: 'Golfer, golfing.',
  arrivedAt: '2026-10-01T09:00:00.000Z',
});
const question = anEntry({
  jobId: golf.id,
  audience: 'visible',
  author: fromAnna,
  text: 'Is my Golf ready?',
});
const stage = aStatusChange({ jobId: caddy.id, author: fromMara, toName: 'Golf course' });
const form = aFormSave({
  jobId: caddy.id,
  author: fromJonas,
  changes: [{ fieldId: bodyShop.fields[0]?.id as never, label: 'Model', from: null, to: 'Golf' }],
});
const report = anAttachment({
  jobId: golf.id,
  entryId: note.id,
  author: fromMara,
  name: 'Gutachten Golf.pdf',
  mediaType: 'application/pdf',
});
const scan = anAttachment({
  jobId: caddy.id,
  entryId: stage.id,
  author: fromJonas,
  audience: 'visible',
  name: 'scan.pdf',
  mediaType: 'application/pdf',
});
const office: KindedRecord[] = [
  ...[mara, jonas].map((record) => ({ kind: 'member', record }) as const),
  ...[anna, yusuf].map((record) => ({ kind: 'customer', record }) as const),
  ...[bodyShop, rental].map((record) => ({ kind: 'pipeline', record }) as const),
  ...[golf, caddy].map((record) => ({ kind: 'job', record }) as const),
  ...[note, older, question, stage, form].map((record) => ({ kind: 'entry', record }) as const),
  ...[report, scan].map((record) => ({ kind: 'attachment', record }) as const),
];

const NO_FILTERS: SearchArgs['filters'] = {
  kinds: [],
  audiences: [],
  authorIds: [],
  pipelineId: null,
  since: null,
};
const LIMITS = { jobs: 10, customers: 10, entries: 10, files: 10 };

describe.each(['read', 'in the index'])('(G1) a search, its rows %s', (how) => {
  async function anOffice(more: readonly KindedRecord[] = []) {
    const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
    onTestFinished(() => mirror.close());
    mirror.transact((writable) => {
      for (const [index, { kind, record }] of [...office, ...more].entries())
        putRecord(writable, kind, record as never, {
          version: index + 1,
          position: index + 1,
          generation: 1,
        });
      keepText(writable, scan.blobId, `Page one.\n${'Nothing here. '.repeat(40)}A golf bag.`);
      if (how === 'in the index')
        indexNewRows(writable, { entry: 1, attachment: 1, attachment_text: 1 });
    });
    const find = (
      typed: string,
      filters: Partial<SearchArgs['filters']> = {},
      limits: Partial<SearchArgs['limits']> = {},
    ): SearchAnswer =>
      search(
        { mirror, reader: () => readerOf(mirror, mara.id) },
        {
          search: typed,
          filters: { ...NO_FILTERS, ...filters },
          limits: { ...LIMITS, ...limits },
        },
      );
    return { mirror, find };
  }

  const idsOf = ({ entries }: SearchAnswer) => entries.rows.map(({ entryId }) => entryId);

  test('finds jobs, customers, entries and files by the beginnings of words', async () => {
    const { find } = await anOffice();
    const { jobs, customers, entries, files } = find('golf');
    expect(jobs.rows.map(({ title }) => title)).toEqual([golf.title, caddy.title]);
    expect(customers.rows).toMatchObject([{ name: 'Yusuf Demir', jobCount: 1 }]);
    expect(entries.total).toBe(5);
    expect(files.rows.map(({ name }) => name)).toEqual(['Gutachten Golf.pdf', 'scan.pdf']);
  });

  test('whole words before beginnings of words, the newest of what is equally good first', async () => {
    const { find } = await anOffice();
    expect(idsOf(find('golf'))).toEqual([form.id, stage.id, question.id, note.id, older.id]);
    expect(idsOf(find('golf rang'))).toEqual([note.id]);
  });

  test('words as they were typed before the same words elsewhere in a text', async () => {
    const far = anEntry({ jobId: golf.id, author: fromMara, text: 'Ready. The Golf, I mean: my.' });
    const { find } = await anOffice([{ kind: 'entry', record: far }]);
    expect(idsOf(find('my golf ready'))).toEqual([question.id, far.id]);
  });

  test('a job by its reference, a customer by phone and email', async () => {
    const { find } = await anOffice();
    expect(find('#2291').jobs.rows.map(({ jobId }) => jobId)).toEqual([golf.id]);
    expect(find('0171').customers.rows.map(({ customerId }) => customerId)).toEqual([yusuf.id]);
    expect(find('golf@demir').customers.total).toBe(1);
  });

  test('(G2) what is written in a file, with the words around it, only where the name does not say it', async () => {
    const { find } = await anOffice();
    const [byName, byText] = find('golf').files.rows;
    expect(byName).toMatchObject({
      name: 'Gutachten Golf.pdf',
      excerpt: null,
      authorName: mara.name,
    });
    expect(byText?.excerpt).toMatch(/^…Nothing here\..* A golf bag\.$/);
    expect(byText?.excerpt?.length).toBeLessThanOrEqual(182);
    expect(byText?.job).toEqual({
      jobId: caddy.id,
      reference: '#2285',
      title: caddy.title,
      customerName: 'Yusuf Demir',
    });
  });

  test.each<[string, Partial<SearchArgs['filters']>, string[]]>([
    ['kind', { kinds: ['status_change', 'form_save'] }, [form.id, stage.id]],
    ['audience', { audiences: ['from_customer'] }, [question.id]],
    [
      'audience, of the office alone',
      { audiences: ['internal'] },
      [form.id, stage.id, note.id, older.id],
    ],
    ['author', { authorIds: [jonas.id] }, [form.id, older.id]],
    ['pipeline', { pipelineId: rental.id }, [form.id, stage.id]],
    ['day', { since: '2026-10-15T00:00:00.000Z' }, [form.id, stage.id, question.id, note.id]],
    [
      'all of them',
      { kinds: ['reply'], authorIds: [jonas.id], pipelineId: golf.pipelineId },
      [older.id],
    ],
  ])('entries are narrowed by %s, and counted so', async (_, filters, expected) => {
    const { find } = await anOffice();
    const answer = find('golf', filters);
    expect(idsOf(answer)).toEqual(expected);
    expect(answer.entries.total).toBe(expected.length);
    expect(find('golf', filters, { entries: 1 }).entries).toMatchObject({ total: expected.length });
  });

  test('files and jobs are narrowed by what there is of it in them, and left out where there is none', async () => {
    const { find } = await anOffice();
    const names = (filters: Partial<SearchArgs['filters']>) => {
      const { jobs, customers, files } = find('golf', filters);
      return [jobs.total, customers.total, ...files.rows.map(({ name }) => name)];
    };
    expect(names({ pipelineId: rental.id })).toEqual([1, 0, 'scan.pdf']);
    expect(names({ authorIds: [mara.id] })).toEqual([0, 0, 'Gutachten Golf.pdf']);
    expect(names({ audiences: ['visible'] })).toEqual([0, 0, 'scan.pdf']);
    expect(names({ kinds: ['file'] })).toEqual([0, 0, 'Gutachten Golf.pdf', 'scan.pdf']);
    expect(names({ kinds: ['reply'] })).toEqual([0, 0]);
    expect(names({ since: '2026-11-03T00:00:00.000Z' })).toEqual([1, 0]);
  });

  test('numbers beside the filters are of all that was found', async () => {
    const { find } = await anOffice();
    const { counts, authors } = find('golf', { kinds: ['form_save'] });
    expect(counts.kinds).toMatchObject({ reply: 3, status_change: 1, form_save: 1, file: 0 });
    expect(counts.audiences).toEqual({ internal: 4, visible: 0, from_customer: 1 });
    expect(counts.pipelines).toEqual({ [bodyShop.id]: 3, [rental.id]: 2 });
    expect(authors.map(({ name, count }) => [name, count]).toSorted()).toEqual([
      ['Anna Berg', 1],
      ['Jonas Ostrowski', 2],
      ['Mara Kühn', 2],
    ]);
  });

  test('what waits on this device is found as well, and said to wait', async () => {
    const { mirror, find } = await anOffice();
    const waiting = anEntry({
      jobId: golf.id,
      author: fromMara,
      text: 'Golf, at last',
      arrivedAt: null,
    });
    mirror.transact((writable) =>
      putRecord(writable, 'entry', waiting, {
        version: null,
        position: PENDING_POSITION + 1,
        generation: 0,
      }),
    );
    expect(find('golf').entries.rows[0]).toMatchObject({
      entryId: waiting.id,
      isPending: true,
      mine: true,
      at: BUILT_AT,
    });
  });

  test('(C10) what was removed for good is not found, what was withdrawn says so', async () => {
    const undoing = { memberId: mara.id, at: BUILT_AT };
    const { mirror, find } = await anOffice();
    const put = (kind: 'entry' | 'attachment', record: object) =>
      mirror.transact((writable) =>
        putRecord(writable, kind, record as never, { version: 99, position: 9, generation: 1 }),
      );
    put('entry', { ...question, text: '', redacted: undoing });
    put('entry', { ...note, withdrawn: undoing });
    put('attachment', { ...report, redacted: undoing });
    put('attachment', { ...scan, withdrawn: undoing });
    const { entries, files } = find('golf');
    expect(entries.rows.find(({ entryId }) => entryId === question.id)).toBeUndefined();
    expect(entries.rows.find(({ entryId }) => entryId === note.id)?.isWithdrawn).toBe(true);
    expect(files).toMatchObject({ total: 1, rows: [{ name: 'scan.pdf', isWithdrawn: true }] });
  });

  test.each(['', ' ', 'g', '%', '-'])('%j is too little to look for', async (typed) => {
    const { find } = await anOffice();
    const { jobs, customers, entries, files, authors } = find(typed);
    expect([jobs, customers, entries, files]).toEqual(
      Array.from({ length: 4 }, () => ({ total: 0, rows: [] })),
    );
    expect(authors).toEqual([]);
  });

  test.each(['"golf"', "go'lf", 'golf*', '(golf', 'golf OR', 'NEAR(golf', '%golf_', 'golf\\'])(
    'signs that mean something to the database are only signs: %j',
    async (typed) => {
      const { find } = await anOffice();
      expect(() => find(typed)).not.toThrow();
    },
  );
});
