// The server sends a scheduled reply when its time has come, once, and holds it where it must not leave by itself. (C8)

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntryId } from '../../../sync-server/protocol/ids.ts';
import { openDataFolder } from '../../../sync-server/blobs/open-data-folder.ts';
import { releaseDue, startScheduled } from '../../../sync-server/scheduled/start-scheduled.ts';
import { applyMutations } from '../../../sync-server/storage/apply-mutations.ts';
import { releaseScheduled } from '../../../sync-server/storage/release-scheduled.ts';
import { aMutation, anAttachmentId, anEntryId } from '../../support/builders.ts';
import { MINUTE_MS } from '../../support/mail-office.ts';
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

const heldWhy = async (entryId: EntryId) => (await office.scheduled(entryId)).held?.why ?? null;
const golf = () => office.records.jobs.golf;
const dueNow = () => office.storage.dueReplies.due(office.now(), 10);

describe('(C8) [W1] [F1] at its time', () => {
  it('stands as an entry of who wrote it, and is gone from what is scheduled, in one version', async () => {
    const { entryId, outcome } = await office.schedule();
    expect(outcome.kind).toBe('applied');
    const before = await office.head();
    office.pass(HOUR_MS - 1);
    await office.release();
    expect(await office.entry(entryId)).toBeUndefined();
    office.pass(1);
    await office.release();
    expect(await office.head()).toBe(before + 1);
    const { jonas } = office.records;
    const reply = await office.scheduled(entryId);
    expect(await office.entry(entryId)).toMatchObject({
      audience: 'visible',
      author: { kind: 'member', memberId: jonas.id },
      text: 'Good morning Anna, it is ready.',
      writtenAt: reply.writtenAt,
      arrivedAt: office.now(),
      scheduled: { at: reply.writtenAt },
    });
    expect(reply).toMatchObject({
      text: '',
      files: [],
      ended: { how: 'sent', at: office.now(), by: null },
    });
    expect(await dueNow()).toEqual([]);
  });

  it('brings its files along, which no list of files had before, and whose bytes are kept', async () => {
    const { workspace, files } = office.records;
    const { blobId, mediaType, sizeBytes } = files.costs;
    const attachmentId = anAttachmentId();
    const file = { attachmentId, blobId, name: 'Bill.png', mediaType, sizeBytes } as const;
    await office.schedule({ attachments: [{ ...file, audience: 'visible' }] });
    const named = async () => {
      const query = { workspaceId: workspace.id, claimedBefore: '2027-01-01T00:00:00.000Z' };
      return (await office.storage.unnamedBlobs(query)).blobIds.includes(blobId);
    };
    // Nothing else names them any more.
    await office.put({ kind: 'attachment', record: { ...files.costs, blobId: files.more.blobId } });
    const onJob = async () =>
      (await office.storage.attachmentsOfJob(workspace.id, golf().id)).some(
        ({ record }) => record.id === attachmentId,
      );
    expect(await named()).toBe(false);
    expect(await onJob()).toBe(false);
    office.pass(HOUR_MS);
    await office.release();
    expect(await onJob()).toBe(true);
    expect(await named()).toBe(false);
  });

  it('tells the customer by mail, like any reply', async () => {
    await office.schedule();
    office.pass(HOUR_MS);
    await office.release();
    await office.sendAfterWindow();
    expect(office.server.taken.map(({ mail }) => mail.text)).toEqual([
      expect.stringContaining('Good morning Anna, it is ready.'),
    ]);
  });

  it('is sent once by two processes that both found it due', async () => {
    await office.schedule();
    office.pass(HOUR_MS);
    const other = await openDataFolder(join(office.dataFolder, 'data'));
    try {
      const found = [await dueNow(), await other.storage.dueReplies.due(office.now(), 10)];
      expect(found.map((due) => due.length)).toEqual([1, 1]);
      await releaseScheduled(office.storage, found[0]![0]!, office.now());
      const head = await office.head();
      await releaseScheduled(other.storage, found[1]![0]!, office.now());
      expect(await office.head()).toBe(head);
      const entries = await other.storage.entriesOfJob(office.records.workspace.id, golf().id);
      const sent = entries.filter(({ record }) => record.scheduled !== undefined);
      expect(sent).toHaveLength(1);
    } finally {
      await other.storage.close();
    }
  });

  it('is sent once though the process that released it dies before it is told so', async () => {
    const { entryId } = await office.schedule();
    office.pass(HOUR_MS);
    const [due] = await dueNow();
    await releaseScheduled(office.storage, due!, office.now());
    const head = await office.head();
    await releaseScheduled(office.storage, due!, office.now());
    expect(await office.head()).toBe(head);
    expect(await office.entry(entryId)).toBeDefined();
  });

  it('is found by the first look of a server that was stopped over it, up to 12 hours late', async () => {
    const { entryId } = await office.schedule();
    office.pass(HOUR_MS + 12 * HOUR_MS);
    await office.release();
    expect(await office.entry(entryId)).toBeDefined();
  });

  it('is held where the server was stopped for longer', async () => {
    const { entryId } = await office.schedule();
    office.pass(HOUR_MS + 12 * HOUR_MS + 1);
    await office.release();
    expect(await office.entry(entryId)).toBeUndefined();
    expect(await heldWhy(entryId)).toBe('too-late');
  });
});

describe('(C8) [W2] not if the customer writes first:', () => {
  it('the commit that takes the customer’s word in holds it', async () => {
    const { entryId } = await office.schedule();
    await office.annaWrites('Wait, I have a question.');
    expect(await heldWhy(entryId)).toBe('customer-wrote');
    office.pass(HOUR_MS);
    await office.release();
    expect(await office.entry(entryId)).toBeUndefined();
  });

  it('so do a form that is filled in, and files', async () => {
    const { workspace, anna, fields, files } = office.records;
    const { blobId, mediaType, sizeBytes } = files.photo;
    const file = { attachmentId: anAttachmentId(), blobId, name: 'x.png', mediaType, sizeBytes };
    for (const [name, args] of [
      ['customer_save_form', { changes: [{ fieldId: fields.claim.id, from: null, to: 'A-1' }] }],
      ['customer_upload', { text: '', attachments: [file] }],
    ] as const) {
      const { entryId } = await office.schedule();
      const mutation = {
        ...aMutation('mark_read', { jobId: golf().id, throughVersion: 0 }),
        name,
        args: { jobId: golf().id, entryId: anEntryId(), ...args },
      };
      await applyMutations(office.storage, {
        workspaceId: workspace.id,
        actor: { kind: 'customer', customerId: anna.id },
        arrivedAt: office.now(),
        mutations: [mutation],
      });
      expect(await heldWhy(entryId), name).toBe('customer-wrote');
    }
  });

  it('in the very same moment the server’s order decides, and never both', async () => {
    for (const isFirst of [true, false]) {
      const { entryId } = await office.schedule();
      office.pass(HOUR_MS);
      const acts = [() => office.annaWrites('Now.'), () => office.release()];
      await Promise.all((isFirst ? acts : acts.toReversed()).map((act) => act()));
      const isSent = (await office.entry(entryId)) !== undefined;
      expect(isSent).toBe((await heldWhy(entryId)) === null);
    }
  });

  it('what was there before it was scheduled, unseen by its author, counts as well', async () => {
    const seenVersion = await office.head();
    await office.annaWrites('I wrote while you were offline.');
    const { entryId } = await office.schedule({ seenVersion });
    expect(await heldWhy(entryId)).toBe('customer-wrote');
  });

  it('with the rule off it is sent all the same', async () => {
    const { entryId } = await office.schedule({ unlessCustomerWrites: false });
    await office.annaWrites('Thank you.');
    office.pass(HOUR_MS);
    await office.release();
    expect(await office.entry(entryId)).toBeDefined();
  });

  it('a visit alone holds nothing', async () => {
    const { entryId } = await office.schedule();
    const anna = await office.signedIn();
    await anna.get(`/portal/jobs/${golf().id}`);
    office.pass(HOUR_MS);
    await office.release();
    expect(await office.entry(entryId)).toBeDefined();
  });
});

describe('(C8) [W3] it is held, with why,', () => {
  it('[P6] where a colleague wrote before it was scheduled, and its author had not seen that', async () => {
    const seenVersion = await office.head();
    const { jobs } = office.records;
    await office.asMara('post_entry', {
      jobId: jobs.golf.id,
      entryId: anEntryId(),
      audience: 'visible',
      text: 'I answer.',
      attachments: [],
      seenVersion,
    });
    const { entryId } = await office.schedule({ seenVersion, unlessCustomerWrites: false });
    expect(await heldWhy(entryId)).toBe('moved-on');
  });

  it('where it reaches the server when its time is over', async () => {
    const { entryId } = await office.schedule({ sendAt: office.now() });
    expect(await heldWhy(entryId)).toBe('arrived-late');
    await office.release();
    expect(await office.entry(entryId)).toBeUndefined();
  });

  it('where who wrote it has left the office', async () => {
    const { entryId } = await office.schedule();
    await office.put({ kind: 'member', record: { ...office.records.jonas, removed: true } });
    office.pass(HOUR_MS);
    await office.release();
    expect(await heldWhy(entryId)).toBe('author-left');
  });

  it('where the customer does not see the job in its stage', async () => {
    const { entryId } = await office.schedule();
    const stageId = office.records.stages.insurer.id;
    await office.put({ kind: 'job', record: { ...golf(), stageId } });
    office.pass(HOUR_MS);
    await office.release();
    expect(await heldWhy(entryId)).toBe('not-visible');
  });

  it('where the job is another customer’s by then', async () => {
    const { entryId } = await office.schedule();
    await office.put({ kind: 'job', record: { ...golf(), customerId: office.records.yusuf.id } });
    office.pass(HOUR_MS);
    await office.release();
    expect(await heldWhy(entryId)).toBe('other-customer');
  });

  it('where the file is gone that one of its files takes the place of', async () => {
    const { files } = office.records;
    const { blobId, mediaType, sizeBytes } = files.costs;
    const { entryId } = await office.schedule({
      attachments: [
        {
          attachmentId: anAttachmentId(),
          blobId,
          name: 'Estimate 2.png',
          mediaType,
          sizeBytes,
          audience: 'visible',
          replacesId: files.estimate.id,
        },
      ],
    });
    const redacted = { memberId: office.records.mara.id, at: office.now() };
    await office.put({ kind: 'attachment', record: { ...files.estimate, redacted } });
    office.pass(HOUR_MS);
    await office.release();
    expect(await heldWhy(entryId)).toBe('file-gone');
  });

  it('[L6] at once where the server was restored from a copy, whatever its time: nobody knows what became of it', async () => {
    const { entryId } = await office.schedule();
    await office.storage.beginEpoch(Date.parse(office.now()));
    await office.release();
    expect(await heldWhy(entryId)).toBe('restored');
    // Who decides again has decided in this epoch.
    const sendAt = new Date(Date.parse(office.now()) + HOUR_MS).toISOString();
    await office.change(entryId, { sendAt });
    office.pass(HOUR_MS);
    await office.release();
    expect(await office.entry(entryId)).toBeDefined();
  });
});

it('(C8) [T4] goes with its customer, and nothing is due any more', async () => {
  const { workspace, mara, anna } = office.records;
  await office.schedule();
  const args = { customerId: anna.id, fromName: anna.name, withJobs: true };
  await applyMutations(office.storage, {
    workspaceId: workspace.id,
    actor: { kind: 'member', memberId: mara.id, role: 'admin' },
    arrivedAt: office.now(),
    mutations: [aMutation('delete_customer', args)],
  });
  office.pass(HOUR_MS);
  expect(await dueNow()).toEqual([]);
});

describe('(C8) the server’s timer', () => {
  it('wakes at the time of what is scheduled while it runs, and sends it', async () => {
    const waits: number[] = [];
    let wake = () => {};
    const timers = {
      after: (delayMs: number, run: () => void) => {
        waits.push(delayMs);
        wake = run;
        return () => {};
      },
      every: () => () => {},
    };
    const scheduled = startScheduled({
      storage: office.storage,
      timers,
      now: () => Date.parse(office.now()),
      onFailure: (error) => office.failures.push(error),
    });
    const inFiveSeconds = new Date(Date.parse(office.now()) + 5000).toISOString();
    const { entryId } = await office.schedule({ sendAt: inFiveSeconds });
    await expect.poll(() => waits.at(-1)).toBe(5000);
    office.pass(5000);
    wake();
    await expect.poll(() => office.entry(entryId)).toBeDefined();
    await scheduled.stop();
  });

  it('goes on with the others where one fails, and tries that one again later', async () => {
    const { entryId } = await office.schedule();
    const second = await office.schedule();
    office.pass(HOUR_MS + MINUTE_MS);
    let isBroken = true;
    const storage = {
      dueReplies: office.storage.dueReplies,
      transact: ((workspaceId, work) => {
        if (!isBroken) return office.storage.transact(workspaceId, work);
        isBroken = false;
        return Promise.reject(new Error('The disk is full.'));
      }) as typeof office.storage.transact,
    };
    const failures: unknown[] = [];
    const now = () => Date.parse(office.now());
    const isThrough = await releaseDue({
      storage,
      now,
      onFailure: (error) => failures.push(error),
    });
    expect([isThrough, failures.length]).toEqual([false, 1]);
    const sent = async () =>
      Promise.all(
        [entryId, second.entryId].map(async (id) => (await office.entry(id)) !== undefined),
      );
    expect((await sent()).filter(Boolean)).toHaveLength(1);
    expect(await releaseDue({ storage, now, onFailure: (error) => failures.push(error) })).toBe(
      true,
    );
    expect(await sent()).toEqual([true, true]);
  });
});
