import { describe, expect, test } from 'vitest';
import {
  customerJob,
  inListOrder,
  type JobRecords,
} from '../../../sync-server/protocol/customer-job.ts';
import type { Attachment, Entry } from '../../../sync-server/protocol/entries.ts';
import type { Stored } from '../../../sync-server/storage/storage.ts';
import * as build from '../../support/builders.ts';

const anna = build.aCustomer();
const jonas = build.aMember({ name: 'Jonas Ottmann' });
const pipeline = build.aPipeline();
const [booked, estimate, ready] = pipeline.stages;
if (booked === undefined || estimate === undefined || ready === undefined)
  throw new Error('The built pipeline has three stages.');
const job = build.aJob({ customerId: anna.id, pipelineId: pipeline.id, stageId: booked.id });

const byJonas = { author: { kind: 'member' as const, memberId: jonas.id } };
const byAnna = { author: { kind: 'customer' as const, customerId: anna.id } };
const visible = { jobId: job.id, audience: 'visible' as const };

const at = <R extends Entry | Attachment>(createdVersion: number, record: R): Stored<R> => ({
  record,
  version: createdVersion,
  createdVersion,
});

function seenBy(records: Partial<JobRecords>) {
  return customerJob(anna.id, {
    job,
    pipeline,
    entries: [],
    attachments: [],
    members: new Map([[jonas.id, jonas]]),
    seenVersion: 0,
    ...records,
  });
}

test('[V1] a job in an internal stage, of somebody else, or in a stage that is gone is no job at all', () => {
  expect(seenBy({ job: { ...job, stageId: estimate.id } })).toBeUndefined();
  expect(seenBy({ job: { ...job, stageId: build.aStageId() } })).toBeUndefined();
  expect(seenBy({ job: { ...job, customerId: build.aCustomerId() } })).toBeUndefined();
  expect(seenBy({})).toBeDefined();
});

describe('(E2) news', () => {
  const reply = at(20, build.anEntry({ ...visible, ...byJonas, text: 'Ready on Monday' }));

  test('is what others did after the last visit, and what the customer did is none', () => {
    const own = at(30, build.anEntry({ ...visible, ...byAnna, text: 'Fine' }));
    expect(seenBy({ entries: [reply], seenVersion: 19 })?.hasNews).toBe(true);
    expect(seenBy({ entries: [reply], seenVersion: 20 })?.hasNews).toBe(false);
    expect(seenBy({ entries: [own], seenVersion: 0 })?.hasNews).toBe(false);
  });

  test('[V1] an internal entry, file or touch of the job makes no news and moves nothing', () => {
    const before = seenBy({ entries: [reply], seenVersion: 20 });
    const after = seenBy({
      job: { ...job, lastActivityAt: '2030-01-01T00:00:00.000Z' },
      entries: [reply, at(40, build.anEntry({ jobId: job.id, ...byJonas }))],
      attachments: [at(41, build.anAttachment({ jobId: job.id, ...byJonas }))],
      seenVersion: 20,
    });
    expect(after).toEqual(before);
  });

  test('jobs with news stand first, then the one with the newest visible thing', () => {
    const aJob = (version: number, seenVersion: number) => {
      const seen = seenBy({ entries: [at(version, reply.record)], seenVersion });
      if (seen === undefined) throw new Error('The job is visible.');
      return seen;
    };
    const order = inListOrder([aJob(10, 99), aJob(30, 99), aJob(5, 0)]);
    expect(order.map(({ newestVersion }) => newestVersion)).toEqual([5, 30, 10]);
  });
});

describe('(E3) things', () => {
  test('(B5) stand in the order the server took them, whatever the clocks said', () => {
    const late = build.anEntry({
      ...visible,
      text: 'second',
      arrivedAt: '2020-01-01T00:00:00.000Z',
    });
    const early = build.anEntry({
      ...visible,
      text: 'first',
      arrivedAt: '2030-01-01T00:00:00.000Z',
    });
    const things = seenBy({ entries: [at(9, late), at(8, early)] })?.things;
    expect(things?.map(({ what }) => what.kind === 'message' && what.text)).toEqual([
      'first',
      'second',
    ]);
  });

  test('[V1] a visible file of an internal note stands alone: no text, no time', () => {
    const note = build.anEntry({ jobId: job.id, ...byJonas, text: 'He will not pay' });
    const file = build.anAttachment({
      ...visible,
      ...byJonas,
      entryId: note.id,
      name: 'report.pdf',
    });
    const things = seenBy({ entries: [at(5, note)], attachments: [at(5, file)] })?.things;
    expect(things).toEqual([
      {
        who: { kind: 'staff', name: 'Jonas Ottmann' },
        isNews: true,
        version: 5,
        at: null,
        what: {
          kind: 'files',
          files: [
            {
              attachmentId: file.id,
              name: 'report.pdf',
              mediaType: file.mediaType,
              sizeBytes: file.sizeBytes,
              isPictured: true,
              hasJpeg: false,
            },
          ],
        },
      },
    ]);
  });

  test('[V1] internal files of a visible reply do not appear, and are not counted', () => {
    const files = [
      build.anAttachment({ jobId: job.id, name: 'costs.xlsx' }),
      build.anAttachment({ ...visible, name: 'offer.pdf' }),
    ];
    const reply = build.anEntry({
      ...visible,
      ...byJonas,
      attachmentIds: files.map(({ id }) => id),
    });
    const attachments = files.map((file) => at(5, { ...file, entryId: reply.id }));
    const [thing] = seenBy({ entries: [at(5, reply)], attachments })?.things ?? [];
    expect(thing?.what.kind === 'message' && thing.what.files.map(({ name }) => name)).toEqual([
      'offer.pdf',
    ]);
  });

  test('[V1] a visible upload whose files are all internal leaves no trace', () => {
    const upload = build.aFileEntry({ ...visible, ...byJonas });
    const file = build.anAttachment({ jobId: job.id, entryId: upload.id });
    const seen = seenBy({ entries: [at(5, upload)], attachments: [at(5, file)] });
    expect(seen).toMatchObject({ things: [], hasNews: false, newestVersion: 0 });
  });

  test('[V1] a change of stage shows only between stages that are visible now', () => {
    const move = (from: typeof booked, to: typeof booked) =>
      at(
        5,
        build.aStatusChange({
          ...visible,
          fromStageId: from.id,
          toStageId: to.id,
          toName: to.name,
        }),
      );
    const shown = (from: typeof booked, to: typeof booked) =>
      seenBy({ entries: [move(from, to)] })?.things.length;
    expect(shown(booked, ready)).toBe(1);
    expect(shown(estimate, ready)).toBe(0);
    expect(shown(booked, estimate)).toBe(0);
  });

  test('[V1] what staff filled in and who a job was given to never show; what the customer filled in does', () => {
    const entries = [
      at(1, build.aFormSave({ ...visible, ...byJonas })),
      at(2, build.anAssignment({ ...visible, ...byJonas })),
      at(3, build.aFormSave({ ...visible, ...byAnna })),
    ];
    const things = seenBy({ entries })?.things;
    expect(things?.map(({ who, what }) => [who.kind, what.kind])).toEqual([['you', 'answers']]);
  });

  test('[V1] files of another job never show, wherever they say they belong', () => {
    const reply = build.anEntry({ ...visible, ...byJonas });
    const stray = build.anAttachment({ audience: 'visible', entryId: reply.id });
    const [thing] = seenBy({ entries: [at(5, reply)], attachments: [at(5, stray)] })?.things ?? [];
    expect(thing?.what).toEqual({ kind: 'message', text: reply.text, editedAt: null, files: [] });
  });
});
