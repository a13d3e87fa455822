// Notices as the system shows them. (F4)

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Notice, NoticeState } from '../../../electron/core/api/notices-contract.ts';
import { NotAnswered } from '../../../electron/shell/core-line.ts';
import { Notices } from '../../../electron/shell/notices.ts';
import { aJobId, anEntryId } from '../../support/builders.ts';
import { clipboard, errorBoxes, Notification } from '../../support/electron-stand-in.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

const jobId = aJobId();
const other = aJobId();
const NOTICE: Notice = {
  id: jobId,
  title: 'Anna Berg wrote',
  body: '#2291 · Golf 8\nIs it ready?',
  place: { jobId, entryId: anEntryId() },
  jobIds: [jobId],
  reply: { placeholder: 'Reply to Anna Berg – customer reply', seenVersion: 41 },
};
const SUMMARY: Notice = {
  ...NOTICE,
  id: 'summary',
  place: null,
  jobIds: [jobId, other],
  reply: null,
};
const DISMISSED = 'com.apple.UNNotificationDismissActionIdentifier';
const { platform } = process;

function aFront(answers: { take?: readonly Notice[]; reply?: () => Promise<unknown> } = {}) {
  const asked: { name: string; args: unknown }[] = [];
  const opened: Notice['place'][] = [];
  const counts: number[] = [];
  let tell: (state: NoticeState | undefined) => void = () => undefined;
  const front = { take: answers.take ?? [NOTICE] };
  const notices = new Notices({
    line: {
      watch: (_name, _args, update) => {
        tell = update;
      },
      request: (name, args) => {
        asked.push({ name, args });
        const answer = name === 'notices.take' ? Promise.resolve(front.take) : answers.reply?.();
        return answer as never;
      },
    },
    open: (place) => opened.push(place),
    onCount: (count) => counts.push(count),
  });
  return {
    notices,
    front,
    asked,
    opened,
    counts,
    tell: (state: NoticeState | undefined) => tell(state),
  };
}

const unread = (...jobIds: readonly (typeof jobId)[]) => ({ count: jobIds.length, jobIds });
const kinds = () => Notification.standing.map(({ id }) => id.split('.')[0]);
const titles = () => Notification.standing.map(({ options }) => options.title);

beforeEach(() => {
  Notification.standing.length = 0;
  Notification.isSupportedNow = true;
  errorBoxes.length = 0;
  clipboard.text = '';
});

afterEach(() => {
  Object.defineProperty(process, 'platform', { value: platform });
});

test('(F4) what is fresh is taken and shown, and a click leads there', async () => {
  const { tell, opened, counts } = aFront();
  tell({ ...unread(jobId), fresh: 41 });
  await vi.waitFor(() => expect(titles()).toEqual(['Anna Berg wrote']));
  expect(Notification.standing[0]!.options).toEqual({
    id: expect.stringMatching(new RegExp(`^${jobId}\\.[0-9a-f]{8}$`)),
    title: NOTICE.title,
    body: NOTICE.body,
    hasReply: true,
    replyPlaceholder: 'Reply to Anna Berg – customer reply',
  });
  Notification.standing[0]!.emit('click', {});
  expect(opened).toEqual([NOTICE.place]);
  expect(counts).toEqual([1]);
});

test.each([
  ['linux', 'Costs &lt;b&gt; 5 &amp; 6'],
  ['win32', 'Costs <b> 5 & 6'],
])('(F4) what a customer wrote is no markup on %s', async (name, body) => {
  Object.defineProperty(process, 'platform', { value: name });
  const { tell } = aFront({ take: [{ ...NOTICE, body: 'Costs <b> 5 & 6' }] });
  tell({ ...unread(jobId), fresh: 41 });
  await vi.waitFor(() => expect(Notification.standing[0]?.options.body).toBe(body));
});

test('(F4) with nothing fresh, or where the system shows none, nothing is taken', () => {
  const { tell, asked } = aFront();
  tell({ ...unread(jobId), fresh: 0 });
  Notification.isSupportedNow = false;
  tell({ ...unread(jobId), fresh: 41 });
  tell(undefined);
  expect(asked).toEqual([]);
});

test('(F4) a later one about the same job takes the place of the first', async () => {
  const { tell, front } = aFront();
  tell({ ...unread(jobId), fresh: 41 });
  await vi.waitFor(() => expect(titles()).toHaveLength(1));
  front.take = [{ ...NOTICE, title: '2 new from Anna Berg' }];
  tell({ ...unread(jobId), fresh: 42 });
  await vi.waitFor(() => expect(titles()).toEqual(['2 new from Anna Berg']));
});

test('(F4) what was read elsewhere is taken away; a summary with the last of its jobs', async () => {
  const { tell } = aFront({ take: [NOTICE, SUMMARY] });
  tell({ ...unread(jobId, other), fresh: 41 });
  await vi.waitFor(() => expect(titles()).toHaveLength(2));
  tell({ ...unread(other), fresh: 0 });
  expect(kinds()).toEqual(['summary']);
  tell({ ...unread(), fresh: 0 });
  expect(titles()).toEqual([]);
});

test('(F4) whoever signs out leaves no notice and no number behind', async () => {
  const { tell, counts } = aFront();
  tell({ ...unread(jobId), fresh: 41 });
  await vi.waitFor(() => expect(titles()).toHaveLength(1));
  tell(undefined);
  expect(titles()).toEqual([]);
  expect(counts.at(-1)).toBe(0);
});

test('(F4) (C2) what is typed into a notice goes to the core as a reply based on what stood there', async () => {
  const { tell, asked, opened } = aFront({ reply: () => Promise.resolve({ kind: 'posted' }) });
  tell({ ...unread(jobId), fresh: 41 });
  await vi.waitFor(() => expect(titles()).toHaveLength(1));
  Notification.standing[0]!.type('Yes, come by.');
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toEqual({
    name: 'notices.reply',
    args: { jobId, entryId: expect.any(String), text: 'Yes, come by.', seenVersion: 41 },
  });
  expect(opened).toEqual([]);
});

test.each(['held', 'asks'])(
  '(F4) a reply that is answered with "%s" opens the job',
  async (kind) => {
    const { tell, opened } = aFront({ reply: () => Promise.resolve({ kind }) });
    tell({ ...unread(jobId), fresh: 41 });
    await vi.waitFor(() => expect(titles()).toHaveLength(1));
    Notification.standing[0]!.type('As I told Béla Nagy');
    await vi.waitFor(() => expect(opened).toEqual([NOTICE.place]));
  },
);

test('(F4) a reply that nobody could keep is on the clipboard, and says so', async () => {
  const { tell } = aFront({ reply: () => Promise.reject(new NotAnswered('The disk is full.')) });
  tell({ ...unread(jobId), fresh: 41 });
  await vi.waitFor(() => expect(titles()).toHaveLength(1));
  Notification.standing[0]!.type('Yes, come by.');
  await vi.waitFor(() => expect(errorBoxes).toHaveLength(1));
  expect(clipboard.text).toBe('Yes, come by.');
  expect(errorBoxes[0]).toEqual({
    title: 'Your reply was not sent',
    content: 'The disk is full. What you typed is on the clipboard: paste it into the job.',
  });
});

test('(F4) on a Mac those of an earlier run lead to their jobs, and go when these are read', async () => {
  Object.defineProperty(process, 'platform', { value: 'darwin' });
  for (const id of [`${jobId}.1`, 'summary.2'])
    new Notification({ id, title: '', body: '' }).show();
  const [first] = Notification.standing;
  const { tell, opened } = aFront();
  await vi.waitFor(() => expect(first!.listenerCount('click')).toBe(1));
  first!.emit('click', {});
  expect(opened).toEqual([{ jobId, entryId: null }]);
  tell({ ...unread(other), fresh: 0 });
  expect(kinds()).toEqual(['summary']);
  tell({ ...unread(), fresh: 0 });
  expect(titles()).toEqual([]);
});

const REPLY_ACTION = 'com.apple.UNNotificationReply';

test('(F4) on a Mac a reply typed while Docket did not run is not lost: it goes to its job, beside what is new there', async () => {
  Object.defineProperty(process, 'platform', { value: 'darwin' });
  const { notices, asked, opened } = aFront({ reply: () => Promise.resolve({ kind: 'held' }) });
  notices.begin({
    identifier: `${jobId}.1a2b3c4d`,
    actionIdentifier: REPLY_ACTION,
    userText: 'Yes, come by.',
  });
  expect(asked).toEqual([
    {
      name: 'notices.reply',
      args: { jobId, entryId: expect.any(String), text: 'Yes, come by.', seenVersion: 0 },
    },
  ]);
  await vi.waitFor(() => expect(opened).toEqual([{ jobId, entryId: null }]));
});

test.each([
  ['a notice of one job', { identifier: `${jobId}.1` }, [{ jobId, entryId: null }]],
  ['a summary', { identifier: 'summary.1' }, [null]],
  ['nothing of ours', {}, []],
  ['one that was waved away', { identifier: 'summary.1', actionIdentifier: DISMISSED }, []],
])('(F4) on a Mac Docket that is started by a click on %s leads there', (_what, info, places) => {
  Object.defineProperty(process, 'platform', { value: 'darwin' });
  const { notices, opened, asked } = aFront();
  notices.begin(info);
  expect(opened).toEqual(places);
  expect(asked).toEqual([]);
});

test('(F4) on Windows a reply typed into a notice of an earlier run is on the clipboard, and says so', async () => {
  Object.defineProperty(process, 'platform', { value: 'win32' });
  const { notices, opened, tell } = aFront({ reply: () => Promise.resolve({ kind: 'posted' }) });
  notices.begin(undefined);
  Notification.activated({ type: 'click' });
  expect(opened).toEqual([null]);
  tell({ ...unread(jobId), fresh: 41 });
  await vi.waitFor(() => expect(titles()).toHaveLength(1));
  // Of one that stands here both are told.
  Notification.activated({ type: 'reply', reply: 'Yes, come by.' });
  Notification.standing[0]!.type('Yes, come by.');
  Notification.activated({ type: 'click' });
  Notification.activated({ type: 'reply', reply: 'An older answer' });
  await vi.waitFor(() => expect(errorBoxes).toHaveLength(1));
  expect(clipboard.text).toBe('An older answer');
  expect(opened).toEqual([null]);
});

test.each([
  ['linux', 0],
  ['win32', 0],
  ['darwin', 1],
])('(F4) on %s a Docket that ends leaves %i notices', async (name, left) => {
  Object.defineProperty(process, 'platform', { value: name });
  const { notices, tell } = aFront();
  tell({ ...unread(jobId), fresh: 41 });
  await vi.waitFor(() => expect(titles()).toHaveLength(1));
  notices.end();
  expect(titles()).toHaveLength(left);
});
