import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { openDrafts, type PostDraft } from '../../../renderer/drafts/drafts.ts';
import { aJobId, aMemberId, anEntryId, blobIdOf } from '../../support/builders.ts';

const entryId = anEntryId();
const reply = (text: string): PostDraft => ({
  entryId,
  text,
  audience: 'visible',
  files: [
    {
      blobId: blobIdOf(text),
      name: 'left-side.heic',
      mediaType: 'image/heic',
      sizeBytes: 2_600_000,
      audience: 'internal',
    },
  ],
});

test('one draft per job and member: none of them is another’s (C3)', async () => {
  const drafts = openDrafts('per job and member');
  const [job, otherJob, member, otherMember] = [aJobId(), aJobId(), aMemberId(), aMemberId()];
  await drafts.writePost({ jobId: job, memberId: member }, reply('one'));
  await drafts.writePost({ jobId: otherJob, memberId: member }, reply('two'));
  await drafts.writePost({ jobId: job, memberId: otherMember }, reply('three'));
  const read = async (jobId: typeof job, memberId: typeof member) =>
    (await drafts.readPost({ jobId, memberId }))?.text;
  expect(await read(job, member)).toBe('one');
  expect(await read(otherJob, member)).toBe('two');
  expect(await read(job, otherMember)).toBe('three');
  expect(await read(otherJob, otherMember)).toBeUndefined();
});

test('text, audience and files are still there when the program is opened again (C3)', async () => {
  const key = { jobId: aJobId(), memberId: aMemberId() };
  await openDrafts('opened twice').writePost(key, reply('kept'));
  expect(await openDrafts('opened twice').readPost(key)).toEqual(reply('kept'));
});

test('a removed draft is gone, and its form’s draft is not', async () => {
  const drafts = openDrafts('removed');
  const key = { jobId: aJobId(), memberId: aMemberId() };
  await drafts.writePost(key, reply('gone'));
  await drafts.writeForm(key, { mileage: { from: 84_200, to: 84_950 } });
  await drafts.writePost(key, undefined);
  expect(await drafts.readPost(key)).toBeUndefined();
  expect(await drafts.readForm(key)).toEqual({ mileage: { from: 84_200, to: 84_950 } });
});
