// What every storage must do, whatever stands behind it: SQLite now, PostgreSQL later run the same lines.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntryId, MutationId } from '../../sync-server/protocol/ids.ts';
import type { Outcome } from '../../sync-server/protocol/outcome.ts';
import { applied, appliedWithDoor, refused } from '../../sync-server/protocol/outcome.ts';
import { newPortalLink } from '../../sync-server/protocol/portal-links.ts';
import type { KindedRecord } from '../../sync-server/protocol/records.ts';
import type { CustomerSession } from '../../sync-server/storage/customer-sessions.ts';
import type {
  MutationIdentity,
  Storage,
  WorkspaceStart,
} from '../../sync-server/storage/storage.ts';
import { addSession } from '../support/add-session.ts';
import {
  aCustomer,
  aJob,
  aMember,
  aMutationId,
  anAttachment,
  anEntry,
  aPortalLinkId,
  aPortalVisit,
  aReadMark,
  aWorkspace,
  blobIdOf,
  tokenHashOf,
} from '../support/builders.ts';

export interface OpenedStorage {
  readonly storage: Storage;
  /** Closes and opens the same data again. */
  reopen(): Promise<Storage>;
  remove(): Promise<void>;
}

export function storageContract(open: () => Promise<OpenedStorage>): void {
  let opened: OpenedStorage;
  let storage: Storage;
  beforeEach(async () => {
    opened = await open();
    storage = opened.storage;
  });
  afterEach(() => opened.remove());

  const workspace = aWorkspace();
  const mara = aMember();
  const anna = aCustomer();
  const job = aJob({ customerId: anna.id });
  const start: WorkspaceStart = {
    workspaceId: workspace.id,
    records: [
      { kind: 'workspace', record: workspace },
      { kind: 'member', record: mara },
      { kind: 'customer', record: anna },
      { kind: 'job', record: job },
    ],
    signIns: [{ memberId: mara.id, email: 'Mara@Harbour.example', passwordHash: 'hash' }],
    blobs: [],
    references: { prefix: 'J-', next: 41 },
  };
  const identity = (id: MutationId = aMutationId()): MutationIdentity => ({
    id,
    actorKey: `member:${mara.id}`,
  });
  const settleOne = (outcome: Outcome, as = identity()) =>
    storage.transact(workspace.id, async (transaction) => {
      if (!(await transaction.isSettled(as))) transaction.settle(as, outcome);
    });
  const changes = (afterVersion = 0, limitRows = 100, memberId = mara.id) =>
    storage.changesAfter({ workspaceId: workspace.id, memberId, afterVersion, limitRows });
  const note = (text = 'Rang the insurer.') => anEntry({ jobId: job.id, text });
  const put = (...records: KindedRecord[]) => applied(...records);

  describe('a workspace', () => {
    it('[O2] begins with its records, the k-th at version k', async () => {
      await storage.createWorkspace(start);
      const { rows, version, head, more } = await changes();
      expect(rows.map((row) => [row.kind, row.version, row.createdVersion])).toEqual([
        ['workspace', 1, 1],
        ['member', 2, 2],
        ['customer', 3, 3],
        ['job', 4, 4],
      ]);
      expect({ version, head, more }).toEqual({ version: 4, head: 4, more: false });
      expect(await storage.workspaceIds()).toEqual([workspace.id]);
      expect(await storage.headVersion(workspace.id)).toBe(4);
    });

    it('is made whole or not at all', async () => {
      await storage.createWorkspace(start);
      const second = aWorkspace();
      const twice = { ...start, workspaceId: second.id, records: [] };
      await expect(storage.createWorkspace(twice)).rejects.toThrow();
      expect(await storage.headVersion(second.id)).toBeUndefined();
      expect(await storage.workspaceIds()).toEqual([workspace.id]);
    });

    it('knows sign-ins whatever the case of the email', async () => {
      await storage.createWorkspace(start);
      expect(await storage.signInByEmail('MARA@harbour.EXAMPLE')).toMatchObject({
        memberId: mara.id,
        workspaceId: workspace.id,
        passwordHash: 'hash',
      });
      expect(await storage.signInByEmail('nobody@harbour.example')).toBeUndefined();
    });

    it('takes many records at once', async () => {
      const records = Array.from({ length: 1700 }, (): KindedRecord => {
        return { kind: 'entry', record: note() };
      });
      await storage.createWorkspace({ ...start, records });
      expect(await storage.entriesOfJob(workspace.id, job.id)).toHaveLength(1700);
    });
  });

  describe('a transaction', () => {
    beforeEach(() => storage.createWorkspace(start));

    it('[O1] gives each mutation with changes the next version, and bumps nothing for the others', async () => {
      const ids = [identity(), identity(), identity(), identity()];
      const { answers, version } = await storage.transact(workspace.id, async (transaction) => {
        transaction.settle(ids[0]!, put({ kind: 'entry', record: note() }));
        transaction.settle(ids[1]!, refused('job-missing', 'No job.'));
        transaction.settle(ids[2]!, applied());
        transaction.settle(ids[3]!, put({ kind: 'entry', record: note() }));
      });
      expect(ids.map(({ id }) => answers.get(id))).toMatchObject([
        { kind: 'applied', version: 5 },
        { kind: 'refused' },
        { kind: 'applied', version: 5 },
        { kind: 'applied', version: 6 },
      ]);
      expect(version).toBe(6);
      expect(await storage.headVersion(workspace.id)).toBe(6);
    });

    it('[O1] versions stay gapless when many write at once', async () => {
      await Promise.all(
        Array.from({ length: 25 }, () => settleOne(put({ kind: 'entry', record: note() }))),
      );
      const { rows } = await changes(4);
      expect(rows.map(({ version }) => version)).toEqual(
        Array.from({ length: 25 }, (_, index) => 5 + index),
      );
    });

    it('reads what it settled itself', async () => {
      const entry = note();
      await storage.transact(workspace.id, async (transaction) => {
        const key = { kind: 'entry', id: entry.id } as const;
        expect(await transaction.find(key)).toBeUndefined();
        transaction.settle(identity(), put({ kind: 'entry', record: entry }));
        expect(await transaction.find(key)).toEqual(entry);
        expect(await transaction.find({ kind: 'job', id: job.id })).toEqual(job);
      });
    });

    it('[P1] writes nothing where its work throws: no row, no version, no answer', async () => {
      const as = identity();
      const work = storage.transact(workspace.id, async (transaction) => {
        transaction.settle(as, put({ kind: 'entry', record: note() }));
        await Promise.resolve();
        throw new Error('The power went.');
      });
      await expect(work).rejects.toThrow('The power went.');
      expect(await storage.headVersion(workspace.id)).toBe(4);
      expect(await storage.entriesOfJob(workspace.id, job.id)).toEqual([]);
      const { answers } = await settleOne(put({ kind: 'entry', record: note() }), as);
      expect(answers.get(as.id)).toEqual({ kind: 'applied', version: 5 });
    });

    it('[P1] remembers every answer, applied, refused and conflicted, also after reopening', async () => {
      const outcomes: Outcome[] = [
        put({ kind: 'entry', record: note() }),
        refused('stage-missing', 'That stage is gone.'),
        {
          kind: 'conflicted',
          conflict: { kind: 'stage', standsStageId: 'x', standsName: 'Ready' },
          puts: [],
        },
      ];
      const ids = outcomes.map(() => identity());
      const first = [];
      for (const [index, outcome] of outcomes.entries())
        first.push((await settleOne(outcome, ids[index])).answers.get(ids[index]!.id));
      storage = await opened.reopen();
      for (const [index, as] of ids.entries())
        expect((await settleOne(applied(), as)).answers.get(as.id)).toEqual(first[index]);
      expect(await storage.headVersion(workspace.id)).toBe(5);
    });

    it('[P1] tells the answer to who asked first, and to nobody else', async () => {
      const as = identity();
      await settleOne(put({ kind: 'entry', record: note() }), as);
      const stranger = { ...as, actorKey: 'member:somebody-else' };
      const { answers } = await settleOne(applied(), stranger);
      expect(answers.get(as.id)).toMatchObject({ kind: 'refused' });
      const again = await settleOne(applied(), as);
      expect(again.answers.get(as.id)).toEqual({ kind: 'applied', version: 5 });
    });

    it('[P1, O2] answers the same of what was read beforehand, for many at once', async () => {
      const [known, unknown, theirs] = [identity(), identity(), identity()];
      const [stands, gone, never] = [note(), note('Gone.'), note('Never.')];
      await settleOne(
        put({ kind: 'entry', record: stands }, { kind: 'entry', record: gone }),
        known,
      );
      const keyOf = ({ id }: { readonly id: EntryId }) => ({ kind: 'entry', id }) as const;
      const deletion = { keys: [keyOf(gone)], by: mara.id, at: '2026-11-02T09:00:00.000Z' };
      await settleOne({ ...put(), deletion } as Outcome, { ...theirs, actorKey: 'member:other' });
      const other = { kind: 'job', id: job.id } as const;
      const { answers } = await storage.transact(workspace.id, async (transaction) => {
        const keys = [stands, gone, never, stands].map(keyOf);
        const more = Array.from({ length: 1200 }, () => keyOf(note()));
        await transaction.prefetch([known.id, unknown.id, theirs.id], [...more, ...keys, other]);
        expect(await Promise.all(keys.map((key) => transaction.find(key)))).toEqual([
          stands,
          undefined,
          undefined,
          stands,
        ]);
        expect(await transaction.find(other)).toEqual(job);
        expect(await transaction.deletionOf(keyOf(gone))).toEqual({
          by: mara.id,
          ownerId: null,
        });
        expect(await transaction.deletionOf(keyOf(never))).toBeUndefined();
        expect(await transaction.isSettled(known)).toBe(true);
        expect(await transaction.isSettled(unknown)).toBe(false);
        expect(await transaction.isSettled(theirs)).toBe(true);
        transaction.settle(unknown, put({ kind: 'entry', record: never }));
        expect(await transaction.find(keyOf(never))).toEqual(never);
      });
      expect(answers.get(known.id)).toEqual({ kind: 'applied', version: 5 });
      expect(answers.get(theirs.id)).toMatchObject({ kind: 'refused' });
    });

    it('(A1) uses a reference up only with the job that carries it', async () => {
      const references = await Promise.all(
        Array.from({ length: 3 }, async () => {
          let reference = '';
          await storage.transact(workspace.id, async (transaction) => {
            reference = await transaction.nextReference();
            transaction.settle(identity(), put({ kind: 'job', record: aJob({ reference }) }));
          });
          return reference;
        }),
      );
      expect(references.toSorted()).toEqual(['J-41', 'J-42', 'J-43']);
      await storage.transact(workspace.id, async (transaction) => {
        await transaction.nextReference();
        transaction.settle(identity(), refused('pipeline-missing', 'No pipeline.'));
      });
      await storage.transact(workspace.id, async (transaction) => {
        expect(await transaction.nextReference()).toBe('J-44');
      });
    });

    it('[L4] tells of a commit that moved the version, and of no other', async () => {
      const told: number[] = [];
      const stop = storage.onCommit((id, version) => {
        if (id === workspace.id) told.push(version);
      });
      await settleOne(put({ kind: 'entry', record: note() }));
      await settleOne(applied());
      await settleOne(refused('job-missing', 'No job.'));
      stop();
      await settleOne(put({ kind: 'entry', record: note() }));
      expect(told).toEqual([5]);
    });
  });

  describe('records', () => {
    beforeEach(() => storage.createWorkspace(start));

    it('[O2] keep the version they were born at when they change', async () => {
      await settleOne(put({ kind: 'job', record: { ...job, title: 'Changed' } }));
      expect(await storage.recordById(workspace.id, 'job', job.id)).toEqual({
        record: { ...job, title: 'Changed' },
        version: 5,
        createdVersion: 4,
      });
    });

    it('(J2) are found in their own workspace only', async () => {
      const other = aWorkspace();
      await storage.createWorkspace({
        ...start,
        workspaceId: other.id,
        records: [],
        signIns: [],
      });
      expect(await storage.recordById(other.id, 'job', job.id)).toBeUndefined();
      expect(await storage.jobsOfCustomer(other.id, anna.id)).toEqual([]);
      expect(await storage.recordsOfKind(other.id, 'customer')).toEqual([]);
      await storage.transact(other.id, async (transaction) => {
        expect(await transaction.find({ kind: 'job', id: job.id })).toBeUndefined();
      });
    });

    it('(J2) with one id in two workspaces are two records', async () => {
      const other = aWorkspace();
      const theirs: KindedRecord = { kind: 'job', record: { ...job, title: 'Theirs' } };
      await storage.createWorkspace({
        ...start,
        workspaceId: other.id,
        records: [theirs],
        signIns: [],
      });
      expect((await storage.recordById(workspace.id, 'job', job.id))?.record).toEqual(job);
      expect((await storage.recordById(other.id, 'job', job.id))?.record.title).toBe('Theirs');
    });

    it('(B5) of a job come oldest first, and can be narrowed by audience', async () => {
      const visible = anEntry({ jobId: job.id, audience: 'visible', text: 'See you Monday.' });
      const internal = note();
      const file = anAttachment({ jobId: job.id, audience: 'visible' });
      for (const record of [visible, internal]) await settleOne(put({ kind: 'entry', record }));
      await settleOne(put({ kind: 'attachment', record: file }));
      await settleOne(put({ kind: 'entry', record: { ...visible, text: 'Edited.' } }));
      const all = await storage.entriesOfJob(workspace.id, job.id);
      expect(all.map(({ record }) => record.id)).toEqual([visible.id, internal.id]);
      const some = await storage.entriesOfJob(workspace.id, job.id, 'visible');
      expect(some.map(({ record }) => record.id)).toEqual([visible.id]);
      const files = await storage.attachmentsOfJob(workspace.id, job.id, 'visible');
      expect(files.map(({ record }) => record)).toEqual([file]);
      expect(await storage.attachmentsOfJob(workspace.id, job.id, 'internal')).toEqual([]);
    });

    it('of a customer are the customer’s jobs', async () => {
      const jobs = await storage.jobsOfCustomer(workspace.id, anna.id);
      expect(jobs.map(({ record }) => record)).toEqual([job]);
    });

    it('(J2) survive every letter people write', async () => {
      const text = 'Ünïcödé 🚗 \u202Eright to left\u202C ‘quotes’ "; drop table record; --\n\t\\';
      const entry = note(text);
      await settleOne(put({ kind: 'entry', record: entry }));
      const stored = await storage.recordById(workspace.id, 'entry', entry.id);
      expect(stored?.record).toEqual(entry);
    });
  });

  describe('changes', () => {
    beforeEach(() => storage.createWorkspace(start));

    it('[L1] come in version order, whole versions only', async () => {
      await settleOne(
        put(
          { kind: 'entry', record: note() },
          { kind: 'entry', record: note() },
          { kind: 'job', record: job },
        ),
      );
      await settleOne(put({ kind: 'entry', record: note() }));
      const first = await changes(4, 2);
      expect(first.rows.map(({ version }) => version)).toEqual([5, 5, 5]);
      expect(first).toMatchObject({ version: 5, head: 6, more: true });
      const second = await changes(first.version, 2);
      expect(second.rows.map(({ version }) => version)).toEqual([6]);
      expect(second).toMatchObject({ version: 6, more: false });
    });

    it('[L1] exactly as many as a page holds are one page', async () => {
      const page = await changes(0, 3);
      expect(page).toMatchObject({ version: 3, more: true });
      expect(page.rows).toHaveLength(3);
    });

    it('[V3] include a read mark for its member only', async () => {
      const jonas = aMember();
      const mark = aReadMark({ memberId: mara.id, jobId: job.id });
      const visit = aPortalVisit({ customerId: anna.id, jobId: job.id });
      await settleOne(put({ kind: 'read_mark', record: mark }));
      await settleOne(put({ kind: 'portal_visit', record: visit }));
      const kinds = async (memberId = mara.id) =>
        (await changes(4, 100, memberId)).rows.map(({ kind }) => kind);
      expect(await kinds()).toEqual(['read_mark', 'portal_visit']);
      expect(await kinds(jonas.id)).toEqual(['portal_visit']);
      expect((await changes(4, 100, jonas.id)).version).toBe(6);
    });
  });

  describe('[L6] the epoch', () => {
    it('is the same for the life of the database', async () => {
      const epoch = await storage.epoch();
      expect(epoch.length).toBeGreaterThan(20);
      storage = await opened.reopen();
      expect(await storage.epoch()).toBe(epoch);
    });
    it('is another one after a restore, and no version of before comes again [P6]', async () => {
      await storage.createWorkspace(start);
      const [epoch, head] = [await storage.epoch(), await storage.headVersion(workspace.id)];
      await storage.beginEpoch(Date.parse('2026-11-22T09:00:00.000Z'));
      expect(await storage.epoch()).not.toBe(epoch);
      expect(await storage.headVersion(workspace.id)).toBe(Date.parse('2026-11-22T09:00:00.000Z'));
      expect(head).toBe(start.records.length);
      const page = await storage.changesAfter({
        workspaceId: workspace.id,
        memberId: mara.id,
        afterVersion: 0,
        limitRows: 100,
      });
      expect(page.rows).toHaveLength(start.records.length);
      expect(page.version).toBe(await storage.headVersion(workspace.id));
    });
    it('is another one in another database', async () => {
      const other = await open();
      expect(await other.storage.epoch()).not.toBe(await storage.epoch());
      await other.remove();
    });
  });

  describe('customers’ links and sessions', () => {
    beforeEach(() => storage.createWorkspace(start));
    const grant = {
      workspaceId: workspace.id,
      customerId: anna.id,
      createdAt: '2026-11-02T09:00:00.000Z',
      expiresAt: '2026-11-09T09:00:00.000Z',
    };
    const aSession = (id: string): CustomerSession => ({
      ...grant,
      id,
      tokenHash: `hash of ${id}`,
      tokenSince: grant.createdAt,
      previousHash: null,
      previousUntil: null,
      device: 'Chrome on Android',
      lastUsedAt: grant.createdAt,
    });
    const early = '2026-11-03T00:00:00.000Z';
    const late = '2026-11-09T09:00:00.000Z';

    const link = newPortalLink(
      { id: aPortalLinkId(), customerId: anna.id, memberId: mara.id, mailedTo: null },
      grant.createdAt,
    );
    const tokenHash = tokenHashOf('a token');
    const madeLink = appliedWithDoor(
      [{ kind: 'portal_link', record: link }],
      [{ kind: 'add-key', linkId: link.id, tokenHash }],
    );

    it('(E1) a key leads to its link and no other token does, and it commits with the link or not at all', async () => {
      const stopped = storage.transact(workspace.id, async (transaction) => {
        transaction.settle(identity(), madeLink);
        await Promise.resolve();
        throw new Error('killed');
      });
      await expect(stopped).rejects.toThrow('killed');
      expect(await storage.linkByToken(tokenHash)).toBeUndefined();
      await settleOne(madeLink);
      expect(await storage.linkByToken(tokenHash)).toEqual({ workspaceId: workspace.id, link });
      expect(await storage.linkByToken(tokenHashOf('another'))).toBeUndefined();
    });

    it('(E1) links come one after the other, those of the same transaction among them, as they stand now', async () => {
      await settleOne(madeLink);
      const ended = { how: 'revoked', at: early } as const;
      const young = { ...link, id: aPortalLinkId() };
      await storage.transact(workspace.id, async (transaction) => {
        const next = (afterId: string, customerId = anna.id) =>
          transaction.next({ kind: 'next_link', customerId, afterId });
        transaction.settle(identity(), put({ kind: 'portal_link', record: young }));
        transaction.settle(identity(), put({ kind: 'portal_link', record: { ...link, ended } }));
        expect(await next('')).toEqual({ ...link, ended });
        expect(await next(link.id)).toEqual(young);
        expect(await next(young.id)).toBeUndefined();
        expect(await next('', aCustomer().id)).toBeUndefined();
      });
    });

    it('(E1) sessions end by sign-out, by expiry and by a door change', async () => {
      const { sessions } = storage;
      for (const id of ['one', 'two', 'three']) await addSession(storage, aSession(id));
      expect((await sessions.find('hash of one', early))?.session).toEqual(aSession('one'));
      expect(await sessions.find('hash of one', late)).toBeUndefined();
      await sessions.end(grant, { id: 'one' }, early);
      expect(await sessions.find('hash of one', early)).toBeUndefined();
      await sessions.end({ ...grant, customerId: aCustomer().id }, { id: 'two' }, early);
      expect((await sessions.ofCustomer(grant, early)).map(({ id }) => id)).toEqual([
        'three',
        'two',
      ]);
      await sessions.end(grant, { exceptId: 'two' }, early);
      expect((await sessions.ofCustomer(grant, early)).map(({ id }) => id)).toEqual(['two']);
      const change = { kind: 'end-sessions', customerId: anna.id, at: early } as const;
      await settleOne(appliedWithDoor([], [change]));
      expect(await sessions.find('hash of two', early)).toBeUndefined();
    });

    it('(E1) a session is found by the token it has and the one before, and of two renewals one wins', async () => {
      const { sessions } = storage;
      const session = aSession('one');
      await addSession(storage, session);
      const renewal = { tokenHash: 'new', tokenSince: early, previousHash: session.tokenHash };
      expect(await sessions.change(session, renewal)).toBe(true);
      expect(await sessions.change(session, { ...renewal, tokenHash: 'other' })).toBe(false);
      for (const hash of ['new', session.tokenHash])
        expect((await sessions.find(hash, early))?.session).toEqual({ ...session, ...renewal });
      expect(await sessions.find('other', early)).toBeUndefined();
    });

    it('(E1) an address leads to whose it is, in any case, as the record stands', async () => {
      const emails = ['Anna@Berg.example', 'second@berg.example'];
      await settleOne({
        kind: 'applied',
        puts: [{ kind: 'customer', record: { ...anna, emails } }],
      });
      const owner = { workspaceId: workspace.id, customerId: anna.id };
      expect(await storage.customersByEmail('anna@berg.EXAMPLE')).toEqual([owner]);
      expect(await storage.customersByEmail('nobody@berg.example')).toEqual([]);
      await settleOne({
        kind: 'applied',
        puts: [{ kind: 'customer', record: { ...anna, emails: ['second@berg.example'] } }],
      });
      expect(await storage.customersByEmail('anna@berg.example')).toEqual([]);
      expect(await storage.customersByEmail('second@berg.example')).toEqual([owner]);
    });
  });

  describe('[B2] blobs', () => {
    beforeEach(() => storage.createWorkspace(start));
    it('are known to their workspace only, and adding one twice keeps the first', async () => {
      const row = { blobId: blobIdOf('x'), sizeBytes: 3_000_000_000, mediaType: 'text/plain' };
      await storage.addBlob(workspace.id, row, '');
      await storage.addBlob(workspace.id, { ...row, mediaType: 'image/png' }, '');
      expect(await storage.blob(workspace.id, row.blobId)).toEqual(row);
      const other = aWorkspace();
      await storage.createWorkspace({
        ...start,
        workspaceId: other.id,
        records: [],
        signIns: [],
      });
      expect(await storage.blob(other.id, row.blobId)).toBeUndefined();
      await storage.transact(workspace.id, async (transaction) => {
        expect(await transaction.blob(row.blobId)).toEqual(row);
      });
    });

    it('[B4] are unnamed where no record names them and nobody claimed them lately', async () => {
      const workspaceId = workspace.id;
      const [early, late] = ['2026-11-03T00:00:00.000Z', '2026-11-09T09:00:00.000Z'];
      const query = { workspaceId, claimedBefore: late };
      const unnamed = async () => (await storage.unnamedBlobs(query)).blobIds;
      const [old, young] = [blobIdOf('old'), blobIdOf('young')];
      for (const blobId of [old, young])
        await storage.addBlob(workspaceId, { blobId, sizeBytes: 3, mediaType: 'a/b' }, early);
      expect((await unnamed()).toSorted()).toEqual([old, young].toSorted());
      const asked = { workspaceId, memberId: mara.id, blobId: young };
      expect(await storage.claimBlob(asked, late)).toMatchObject({ blobId: young });
      const none = { ...asked, blobId: blobIdOf('none') };
      expect(await storage.claimBlob(none, late)).toBeUndefined();
      const found = await storage.unnamedBlobs(query);
      expect(found.blobIds).toEqual([old]);
      expect(await storage.forgetBlob(found, old)).toBe(true);
      expect(await storage.forgetBlob(found, old)).toBe(false);
      expect(await storage.blob(workspaceId, old)).toBeUndefined();
    });

    it('(E4) say which customer brought them, to that customer alone', async () => {
      const row = { blobId: blobIdOf('x'), sizeBytes: 7, mediaType: 'text/plain' };
      const brought = { workspaceId: workspace.id, customerId: anna.id, blobId: row.blobId };
      await storage.noteBroughtBlob(brought, '2026-11-03T00:00:00.000Z');
      expect(await storage.broughtBlob(brought)).toBeUndefined();
      await storage.addBlob(workspace.id, row, '2026-11-03T00:00:00.000Z');
      await storage.noteBroughtBlob(brought, '2026-11-04T00:00:00.000Z');
      expect(await storage.broughtBlob(brought)).toEqual(row);
      expect(await storage.broughtBlob({ ...brought, customerId: aCustomer().id })).toBeUndefined();
    });
  });
}
