import { describe, expect, test } from 'vitest';
import {
  type Happening,
  type JobHappenings,
  noticesOf,
} from '../../../../electron/core/api/notice-words.ts';
import { aJobId, anEntryId } from '../../../support/builders.ts';

const wrote = (text = 'Is it ready?', who = 'Anna Berg'): Happening => ({
  entryId: anEntryId(),
  kind: 'wrote',
  who,
  text,
  fileCount: 0,
});
const mention: Happening = { ...wrote('@Mara Lindt she is angry', 'Jonas'), kind: 'mentions-me' };

const aJobWith = (
  happenings: readonly Happening[],
  overrides: Partial<JobHappenings> = {},
): JobHappenings => ({
  jobId: aJobId(),
  reference: '#2291',
  title: 'Golf 8, rear panel',
  customerName: 'Anna Berg',
  happenings,
  seenVersion: 41,
  ...overrides,
});
const only = (job: JobHappenings, text: 'none' | 'customers' | 'everything' = 'customers') =>
  noticesOf([job], { text })[0]!;

test('(F4) says who did what on which job, and leads to that entry', () => {
  const job = aJobWith([wrote()]);
  expect(only(job)).toMatchObject({
    id: job.jobId,
    title: 'Anna Berg wrote',
    body: '#2291 · Golf 8, rear panel\nIs it ready?',
    place: { jobId: job.jobId, entryId: job.happenings[0]!.entryId },
    jobIds: [job.jobId],
  });
});

test.each([
  [{ kind: 'wrote', fileCount: 2 }, 'Anna Berg wrote and sent 2 files'],
  [{ kind: 'sent-files', fileCount: 1 }, 'Anna Berg sent a file'],
  [{ kind: 'filled-in' }, 'Anna Berg filled in the form'],
  [{ kind: 'mail-refused' }, 'Anna Berg cannot be reached by mail'],
  [{ kind: 'other' }, 'Anna Berg did something'],
  [{ kind: 'mentions-me', who: 'Jonas' }, 'Jonas mentions you in an internal note'],
] as const)('(F4) %j is "%s"', (change, title) => {
  expect(only(aJobWith([{ ...wrote(), ...change }])).title).toBe(title);
});

describe('(F4) what was written', () => {
  const shown = (happening: Happening, text: 'none' | 'customers' | 'everything') =>
    only(aJobWith([happening]), text).body.split('\n')[1];
  test.each([
    ['none', undefined, undefined],
    ['customers', 'Is it ready?', undefined],
    ['everything', 'Is it ready?', 'Jonas, internal: @Mara Lindt she is angry'],
  ] as const)('with "%s" a notice shows of customers %j and of notes %j', (choice, words, note) => {
    expect(shown(wrote(), choice)).toBe(words);
    expect(shown(mention, choice)).toBe(note);
  });

  test('a long text is cut, and says so', () => {
    const text = shown(wrote('a'.repeat(400)), 'everything');
    expect(text).toHaveLength(160);
    expect(text?.endsWith('…')).toBe(true);
  });
});

test('(F4) several things on one job are one notice, with the latest of them', () => {
  const notice = only(aJobWith([wrote('One'), mention, wrote('Two')]));
  expect(notice.title).toBe('3 new from Anna Berg and Jonas');
  expect(notice.body).toBe('#2291 · Golf 8, rear panel\nTwo');
});

test('(F4) more than three jobs at once are one summary, which leads to what is unread', () => {
  const jobs = ['Anna', 'Béla', 'Cleo', 'Dov'].map((customerName) =>
    aJobWith([wrote(), wrote()], { customerName }),
  );
  expect(noticesOf(jobs.slice(0, 3), { text: 'none' })).toHaveLength(3);
  expect(noticesOf(jobs, { text: 'everything' })).toEqual([
    {
      id: 'summary',
      title: '8 new on 4 jobs',
      body: 'Anna, Béla and 2 others',
      place: null,
      jobIds: jobs.map(({ jobId }) => jobId),
      reply: null,
    },
  ]);
});

describe('(F4) (C1) a reply can be typed into a notice', () => {
  test('where one message of the customer stands in it whole, and the field says who will read it', () => {
    expect(only(aJobWith([wrote()])).reply).toEqual({
      placeholder: 'Reply to Anna Berg – customer reply',
      seenVersion: 41,
    });
  });

  test.each([
    ['a mention of a colleague', aJobWith([mention]), 'everything'],
    ['several messages', aJobWith([wrote(), wrote()]), 'customers'],
    ['a message with files', aJobWith([{ ...wrote(), fileCount: 1 }]), 'customers'],
    ['a message that is cut', aJobWith([wrote('a'.repeat(161))]), 'customers'],
    ['a message that is not shown', aJobWith([wrote()]), 'none'],
    ['more unread than this', aJobWith([wrote()], { seenVersion: null }), 'customers'],
  ] as const)('not under %s', (_what, job, text) => {
    expect(only(job, text).reply).toBeNull();
  });
});
