// What is looked for in a customer reply before it goes. (C9)

import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { findLeaks, type Reply } from '../../../../electron/core/mirror/leaks.ts';
import { putRecord } from '../../../../electron/core/mirror/records.ts';
import { fillVariables, VARIABLES } from '../../../../renderer/canned/variables.ts';
import type { KindedRecord } from '../../../../sync-server/protocol/records.ts';
import {
  aCustomer,
  aJob,
  anAttachment,
  anEntry,
  aPipeline,
  blobIdOf,
  BUILT_AT,
  aMemberId,
} from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const anna = aCustomer();
const yusuf = aCustomer({ name: 'Yusuf Demir' });
const insurer = aCustomer({ name: 'Alsterkasko' });
const short = aCustomer({ name: 'Paul' });
const doctor = aCustomer({ name: 'Dr. R. Ohm' });
const namesake = aCustomer({ name: 'Berg' });
const pipeline = aPipeline();
const golf = aJob({
  title: 'Golf 8, rear quarter panel',
  customerId: anna.id,
  pipelineId: pipeline.id,
});
const caddy = aJob({ title: 'Caddy, sill', customerId: yusuf.id, pipelineId: pipeline.id });
const note = anEntry({
  jobId: golf.id,
  text: 'The customer is a slow payer, so do not hand over the keys before the money is here.',
});
const OFFICE: readonly KindedRecord[] = [
  ...[anna, yusuf, insurer, short, doctor, namesake].map(
    (record) => ({ kind: 'customer', record }) as const,
  ),
  { kind: 'pipeline', record: pipeline },
  { kind: 'job', record: golf },
  { kind: 'job', record: caddy },
  { kind: 'entry', record: note },
];

async function leaksIn(reply: Partial<Reply>, more: readonly KindedRecord[] = []) {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  mirror.transact((writable) => {
    for (const [index, { kind, record }] of [...OFFICE, ...more].entries())
      putRecord(writable, kind, record as never, {
        version: index + 1,
        position: index + 1,
        generation: 1,
      });
  });
  return findLeaks(mirror, { jobId: golf.id, text: '', blobIds: [], ...reply });
}

describe('(C9) words of an internal note', () => {
  test('are told as they stand there, whatever case, accents and signs they are quoted with', async () => {
    const text = 'Hello Anna,\n> Do NOT hand over the keys, before the móney is here!\nRegards';
    expect(await leaksIn({ text })).toEqual([
      {
        kind: 'note',
        entryId: note.id,
        words: 'do not hand over the keys before the money is here.',
      },
    ]);
  });

  test.each([
    'We hand over the keys on Friday.',
    'Do not hand over the key before the money is there.',
    'The keys are here, and so is the money; do not worry.',
    '',
  ])('fewer than six of them in a row are chance: %j', async (text) => {
    expect(await leaksIn({ text })).toEqual([]);
  });

  test('which the customer has read or written on this job may be said again', async () => {
    const theirs = anEntry({
      jobId: golf.id,
      audience: 'visible',
      author: { kind: 'customer', customerId: anna.id },
      text: 'You said: do not hand over the keys before the money is here.',
    });
    const text = 'Yes: do not hand over the keys before the money is here.';
    expect(await leaksIn({ text }, [{ kind: 'entry', record: theirs }])).toEqual([]);
    const elsewhere = { ...theirs, jobId: caddy.id };
    expect(await leaksIn({ text }, [{ kind: 'entry', record: elsewhere }])).toHaveLength(1);
  });

  test('of another job are not looked for, and of many notes the newest five are told', async () => {
    const notes = Array.from({ length: 8 }, () =>
      anEntry({ jobId: golf.id, text: 'one two three four five six seven' }),
    ).map((record) => ({ kind: 'entry', record }) as const);
    const found = await leaksIn({ text: 'one two three four five six seven' }, notes);
    expect(found.map((leak) => leak.kind === 'note' && leak.entryId)).toEqual(
      notes
        .slice(3)
        .map(({ record }) => record.id)
        .toReversed(),
    );
    const other = anEntry({ jobId: caddy.id, text: 'eight nine ten eleven twelve thirteen' });
    expect(
      await leaksIn({ text: 'eight nine ten eleven twelve thirteen' }, [
        { kind: 'entry', record: other },
      ]),
    ).toEqual([]);
  });
});

describe('(C9) a file', () => {
  const blobId = blobIdOf('estimate');
  const file = (overrides: Parameters<typeof anAttachment>[0]) =>
    ({
      kind: 'attachment',
      record: anAttachment({ blobId, name: 'costs.pdf', ...overrides }),
    }) as const;

  test('that is internal on this job or another is told, with the job', async () => {
    expect(await leaksIn({ blobIds: [blobId] }, [file({ jobId: golf.id })])).toEqual([
      { kind: 'file', blobId, name: 'costs.pdf', jobTitle: golf.title, isOtherJob: false },
    ]);
    expect(await leaksIn({ blobIds: [blobId] }, [file({ jobId: caddy.id })])).toEqual([
      { kind: 'file', blobId, name: 'costs.pdf', jobTitle: caddy.title, isOtherJob: true },
    ]);
  });

  test('that this customer has on this job is not, nor one that is visible elsewhere or was taken back', async () => {
    const undoing = { memberId: aMemberId(), at: BUILT_AT };
    const own = file({ jobId: golf.id, audience: 'visible' });
    expect(await leaksIn({ blobIds: [blobId] }, [own, file({ jobId: caddy.id })])).toEqual([]);
    const elsewhere = file({ jobId: caddy.id, audience: 'visible' });
    expect(await leaksIn({ blobIds: [blobId] }, [elsewhere])).toEqual([]);
    const withdrawn = file({ jobId: caddy.id, withdrawn: undoing });
    expect(await leaksIn({ blobIds: [blobId] }, [withdrawn])).toEqual([]);
    expect(await leaksIn({ blobIds: [blobIdOf('new')] }, [file({ jobId: golf.id })])).toEqual([]);
  });
});

describe('(C9) the name of another customer', () => {
  test.each([
    ['As with Mr Yusuf Demir last week.', ['Yusuf Demir']],
    ['YUSUF DEMIR', ['Yusuf Demir']],
    ['Ask Alsterkasko, or Dr R Ohm.', ['Alsterkasko', 'Dr. R. Ohm']],
    ['Yusuf is here, Mr Demir as well.', []],
    ['Yusuf Demirel', []],
    // Short names of one word are in many texts.
    ['Ask Paul.', []],
    ['Dear Anna Berg,', []],
  ])('%j', async (text, names) => {
    const found = await leaksIn({ text });
    expect(found.map((leak) => leak.kind === 'customer' && leak.name).toSorted()).toEqual(names);
  });

  test('that the customer wrote themselves is no news to them', async () => {
    const theirs = anEntry({
      jobId: golf.id,
      audience: 'visible',
      author: { kind: 'customer', customerId: anna.id },
      text: 'My insurer is Alsterkasko.',
    });
    expect(
      await leaksIn({ text: 'Alsterkasko has agreed.' }, [{ kind: 'entry', record: theirs }]),
    ).toEqual([]);
  });
});

describe('(C6) a variable that nobody filled in', () => {
  test('is told as it stands, each once, whether it is empty or nobody knows it', async () => {
    const text =
      'Hello {kustomer}, your job { reference } ({reference: not known}) is ready, {kustomer}.';
    expect(await leaksIn({ text })).toEqual(
      ['{kustomer}', '{ reference }', '{reference: not known}'].map((words) => ({
        kind: 'unfilled',
        words,
      })),
    );
  });

  test('is what the window leaves where it could not fill in', async () => {
    const values = {
      customer: 'Anna',
      first_name: '',
      job: '',
      reference: '',
      author: '',
      office: '',
    };
    const text = Object.keys(VARIABLES).map((variable) => `{${variable}}`);
    const filled = fillVariables(`${text.join(' ')} {date}`, values);
    expect(filled.unfilled).toHaveLength(6);
    const told = await leaksIn({ text: filled.text });
    expect(told).toEqual(
      filled.unfilled.slice(0, 5).map(({ words }) => ({ kind: 'unfilled', words })),
    );
  });

  test('is none in braces that hold no word', async () => {
    for (const text of ['{}', '{ 1 }', '{"a": 1}', 'a {\n b }', '{'])
      expect(await leaksIn({ text })).toEqual([]);
  });
});
