// What a person decides about a scheduled reply, and what the server says where it was quicker. (C8)

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aBlobId, aJobId, anAttachmentId } from '../../support/builders.ts';
import {
  HOUR_MS,
  openScheduledOffice,
  type ScheduledOffice,
} from '../../support/scheduled-office.ts';

let office: ScheduledOffice;
beforeEach(async () => {
  office = await openScheduledOffice();
});
afterEach(async () => {
  await office.close();
  expect(office.failures).toEqual([]);
});

const later = (hours: number) => new Date(Date.parse(office.now()) + hours * HOUR_MS).toISOString();

describe('(C8) a person', () => {
  it('gives it another time and other words, and it waits for those', async () => {
    const { entryId } = await office.schedule();
    await office.change(entryId, { sendAt: later(3), text: 'It is ready, and washed.' });
    office.pass(HOUR_MS);
    await office.release();
    expect(await office.entry(entryId)).toBeUndefined();
    office.pass(2 * HOUR_MS);
    await office.release();
    expect(await office.entry(entryId)).toMatchObject({ text: 'It is ready, and washed.' });
  });

  it('lets one that is held wait again, having seen why', async () => {
    const { entryId } = await office.schedule();
    await office.annaWrites('A question.');
    await office.change(entryId, { sendAt: later(2) });
    expect((await office.scheduled(entryId)).held).toBeUndefined();
    office.pass(2 * HOUR_MS);
    await office.release();
    expect(await office.entry(entryId)).toBeDefined();
  });

  it('[P6] who has not seen what the customer wrote changes the words, and it stays held', async () => {
    const { entryId } = await office.schedule();
    const seenVersion = await office.head();
    await office.annaWrites('A question.');
    const { revision } = await office.scheduled(entryId);
    await office.change(entryId, { text: 'Other words.', seenVersion, revision });
    expect(await office.scheduled(entryId)).toMatchObject({
      text: 'Other words.',
      held: { why: 'customer-wrote' },
    });
  });

  it('sends it now: it carries its author’s name, and says who sent it', async () => {
    const { jonas, mara, jobs } = office.records;
    const { entryId } = await office.schedule();
    const seenVersion = await office.head();
    const args = { jobId: jobs.golf.id, entryId, revision: 1, seenVersion, how: 'send' } as const;
    expect((await office.asMara('end_scheduled_reply', args)).kind).toBe('applied');
    expect(await office.entry(entryId)).toMatchObject({
      author: { memberId: jonas.id },
      audience: 'visible',
      scheduled: { sentBy: mara.id },
    });
    office.pass(HOUR_MS);
    const head = await office.head();
    await office.release();
    expect(await office.head()).toBe(head);
  });

  it('[P6] sending it now past what they have not seen holds it instead', async () => {
    const { entryId } = await office.schedule({ unlessCustomerWrites: false });
    const seenVersion = await office.head();
    await office.annaWrites('A question.');
    await office.end(entryId, 'send', { seenVersion });
    expect(await office.entry(entryId)).toBeUndefined();
    expect((await office.scheduled(entryId)).held?.why).toBe('moved-on');
  });

  it('[P6] [V1] never gives another customer what was written for the first one, whoever gave the job away', async () => {
    const { jobs, yusuf } = office.records;
    const { entryId } = await office.schedule();
    await office.put({ kind: 'job', record: { ...jobs.golf, customerId: yusuf.id } });
    await office.end(entryId, 'send');
    expect(await office.entry(entryId)).toBeUndefined();
    expect((await office.scheduled(entryId)).held?.why).toBe('other-customer');
    await office.change(entryId, { sendAt: later(2) });
    expect((await office.scheduled(entryId)).held?.why).toBe('other-customer');
    await office.end(entryId, 'send');
    expect(await office.entry(entryId)).toBeUndefined();
  });

  it('makes it an internal note, with its files, that no customer ever sees', async () => {
    const { entryId } = await office.schedule();
    await office.annaWrites('A question.');
    await office.end(entryId, 'note');
    expect(await office.entry(entryId)).toMatchObject({ audience: 'internal' });
    await office.sendAfterWindow();
    expect(office.server.taken).toEqual([]);
  });

  it('cancels it, and nothing of what it said stays', async () => {
    const { entryId } = await office.schedule();
    await office.end(entryId, 'cancel');
    expect(await office.scheduled(entryId)).toMatchObject({
      text: '',
      ended: { how: 'cancelled', by: office.records.jonas.id },
    });
    office.pass(HOUR_MS);
    await office.release();
    expect(await office.entry(entryId)).toBeUndefined();
  });

  it('changes no words of somebody else, but the time', async () => {
    const { entryId } = await office.schedule();
    const { jobId, text, unlessCustomerWrites } = await office.scheduled(entryId);
    const of = { jobId, entryId, revision: 1, seenVersion: await office.head() };
    const args = { ...of, text, unlessCustomerWrites, sendAt: later(5) };
    const others = await office.asMara('change_scheduled_reply', { ...args, text: 'My words.' });
    expect(others).toMatchObject({ kind: 'refused', refusal: { code: 'not-allowed' } });
    expect((await office.asMara('change_scheduled_reply', args)).kind).toBe('applied');
  });
});

describe('(C8) [W4] [P3] where the server was quicker', () => {
  it('says when it was sent to who cancels or changes it', async () => {
    const { entryId } = await office.schedule();
    const { text, sendAt } = await office.scheduled(entryId);
    office.pass(HOUR_MS);
    const at = office.now();
    await office.release();
    office.pass(HOUR_MS);
    const sent = { kind: 'scheduled', stands: 'sent', at, byName: null };
    expect(await office.end(entryId, 'cancel')).toEqual({ kind: 'conflicted', conflict: sent });
    expect(await office.change(entryId, { text, sendAt })).toEqual({
      kind: 'conflicted',
      conflict: sent,
    });
  });

  it('is content where the same was wanted twice', async () => {
    const { entryId } = await office.schedule();
    await office.end(entryId, 'cancel');
    const head = await office.head();
    expect((await office.end(entryId, 'cancel')).kind).toBe('applied');
    expect(await office.head()).toBe(head);
  });

  it('conflicts where a colleague changed it meanwhile', async () => {
    const { entryId } = await office.schedule();
    await office.change(entryId, { sendAt: later(4) });
    expect(await office.end(entryId, 'cancel', { revision: 1 })).toMatchObject({
      kind: 'conflicted',
      conflict: { stands: 'changed' },
    });
    expect((await office.scheduled(entryId)).ended).toBeUndefined();
  });
});

describe('(C8) [P5] the server refuses', () => {
  it('what is more than a year ahead by its own clock, whatever the device’s says', async () => {
    const { outcome } = await office.schedule({ sendAt: later(24 * 366 + 1) });
    expect(outcome).toMatchObject({
      kind: 'refused',
      refusal: { sentence: expect.stringContaining('check the clock of this computer') as string },
    });
    expect((await office.schedule({ sendAt: later(24 * 366) })).outcome.kind).toBe('applied');
  });

  it('nothing to send, a job that is gone, and an id that is taken', async () => {
    const { entryId } = await office.schedule();
    for (const more of [
      { text: ' ' },
      { jobId: aJobId() },
      { entryId },
      { entryId: office.records.answer.id },
    ])
      expect((await office.schedule(more)).outcome.kind, JSON.stringify(more)).toBe('refused');
  });

  it('[B2] a file whose bytes it does not have', async () => {
    const { outcome } = await office.schedule({
      attachments: [
        {
          attachmentId: anAttachmentId(),
          blobId: aBlobId(),
          name: 'Gone.png',
          mediaType: 'image/png',
          sizeBytes: 5,
          audience: 'visible',
        },
      ],
    });
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'blob-missing' } });
  });
});
