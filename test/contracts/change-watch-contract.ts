// What moves the number under which a customer's pages are kept: whatever could change one of them, and little else. (V1)

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SessionOwner } from '../../sync-server/storage/customer-sessions.ts';
import { applied, appliedWithDoor } from '../../sync-server/protocol/outcome.ts';
import {
  type KindedRecord,
  portalVisitId,
  type RecordKind,
} from '../../sync-server/protocol/records.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import { addSession } from '../support/add-session.ts';
import * as build from '../support/builders.ts';

const NOW = '2026-11-12T11:00:00.000Z';
const workspace = build.aWorkspace();
const elsewhere = build.aWorkspace();
const member = build.aMember();
const pipeline = build.aPipeline();
const anna = build.aCustomer();
const yusuf = build.aCustomer();
const annas = build.aJob({ customerId: anna.id });
const yusufs = build.aJob({ customerId: yusuf.id });

const owners = {
  anna: { workspaceId: workspace.id, customerId: anna.id },
  yusuf: { workspaceId: workspace.id, customerId: yusuf.id },
  // The same id in another office is somebody else.
  elsewhere: { workspaceId: elsewhere.id, customerId: anna.id },
};

function sessionOf({ workspaceId, customerId }: SessionOwner) {
  return {
    id: `of ${workspaceId} ${customerId}`,
    workspaceId,
    customerId,
    tokenHash: `${workspaceId} ${customerId}`,
    tokenSince: NOW,
    previousHash: null,
    previousUntil: null,
    device: 'A test',
    createdAt: NOW,
    lastUsedAt: NOW,
    expiresAt: '2026-11-13T11:00:00.000Z',
  };
}

const byMember = { author: { kind: 'member' as const, memberId: member.id } };
const onAnnas = { jobId: annas.id, ...byMember };

const CASES: {
  readonly [K in RecordKind]: readonly [Extract<KindedRecord, { kind: K }>['record'], string];
} = {
  workspace: [{ ...workspace, name: 'Another name' }, 'anna, yusuf'],
  member: [{ ...member, name: 'Another name' }, 'anna, yusuf'],
  pipeline: [{ ...pipeline, customerCanReply: false }, 'anna, yusuf'],
  customer: [{ ...anna, name: 'Another name' }, 'anna'],
  job: [{ ...annas, title: 'Another title' }, 'anna'],
  entry: [build.anEntry(onAnnas), 'anna'],
  attachment: [build.anAttachment(onAnnas), 'anna'],
  portal_visit: [
    {
      id: portalVisitId(anna.id, annas.id),
      customerId: anna.id,
      jobId: annas.id,
      seenVersion: 3,
      seenAt: NOW,
    },
    'anna',
  ],
  portal_link: [
    {
      id: build.aPortalLinkId(),
      customerId: anna.id,
      memberId: null,
      mailedTo: null,
      createdAt: NOW,
      expiresAt: NOW,
      ended: null,
    },
    'anna',
  ],
  mail: [
    {
      id: build.nextId(),
      jobId: annas.id,
      customerId: anna.id,
      entryIds: [],
      to: [],
      state: 'waiting',
      at: NOW,
      reason: '',
    },
    'nobody',
  ],
  read_mark: [build.aReadMark({ memberId: member.id, jobId: annas.id }), 'nobody'],
  follow: [
    { id: `${member.id}:${annas.id}`, memberId: member.id, jobId: annas.id, state: 'following' },
    'nobody',
  ],
  scheduled_reply: [build.aScheduledReply({ jobId: annas.id, customerId: anna.id }), 'nobody'],
  canned_reply: [build.aCannedReply(), 'nobody'],
  member_settings: [{ id: member.id, memberId: member.id, bellScope: 'all' }, 'nobody'],
};

export interface OpenedTwice {
  readonly storage: Storage;
  /** Of another process on the same data. */
  readonly other: Storage;
  /** Whose number moves when the other one changes something of Anna's: some can only tell that anything was changed. */
  readonly whoseByOthers: string;
  remove(): Promise<void>;
}

export function changeWatchContract(open: () => Promise<OpenedTwice>): void {
  let opened: OpenedTwice;
  let storage: Storage;
  let other: Storage;
  beforeEach(async () => {
    opened = await open();
    ({ storage, other } = opened);
    const start = { signIns: [], blobs: [], references: { prefix: 'J-', next: 1 } };
    await storage.createWorkspace({
      ...start,
      workspaceId: workspace.id,
      records: [
        { kind: 'workspace', record: workspace },
        { kind: 'member', record: member },
        { kind: 'pipeline', record: pipeline },
        { kind: 'customer', record: anna },
        { kind: 'customer', record: yusuf },
        { kind: 'job', record: annas },
        { kind: 'job', record: yusufs },
      ],
    });
    await storage.createWorkspace({
      ...start,
      workspaceId: elsewhere.id,
      records: [{ kind: 'workspace', record: elsewhere }],
    });
    for (const each of Object.values(owners)) await addSession(storage, sessionOf(each));
  });
  afterEach(() => opened.remove());

  /** Of whom the number moved. */
  async function whoseMoved(change: () => Promise<unknown>): Promise<string> {
    const before = await standings();
    await change();
    const after = await standings();
    const names = Object.keys(owners).filter((_, index) => before[index] !== after[index]);
    return names.join(', ') || 'nobody';
  }

  async function standings(): Promise<readonly (number | undefined)[]> {
    const stands: (number | undefined)[] = [];
    await storage.sessions.catchUp();
    for (const owner of Object.values(owners))
      stands.push((await storage.sessions.find(sessionOf(owner).tokenHash, NOW))?.stand);
    return stands;
  }

  const write = (by: Storage, ...puts: readonly KindedRecord[]) =>
    by.transact(workspace.id, async (transaction) => {
      transaction.settle({ id: build.aMutationId(), actorKey: 'test' }, applied(...puts));
      await Promise.resolve();
    });

  describe('[V1] the number of a customer', () => {
    for (const [kind, [record, whose]] of Object.entries(CASES))
      test(`moves with a ${kind} for ${whose}`, async () => {
        const put = { kind, record } as KindedRecord;
        expect(await whoseMoved(() => write(storage, put))).toBe(whose);
        // Once more: a row that is there already is changed, not added.
        expect(await whoseMoved(() => write(storage, put))).toBe(whose);
      });

    test('moves for both where a job becomes somebody else’s', async () => {
      const moved = { kind: 'job', record: { ...annas, customerId: yusuf.id } } as const;
      expect(await whoseMoved(() => write(storage, moved))).toBe('anna, yusuf');
      const entry = { kind: 'entry', record: build.anEntry(onAnnas) } as const;
      expect(await whoseMoved(() => write(storage, entry))).toBe('yusuf');
    });

    test('moves for the whole office where nobody can tell whose it is', async () => {
      const entry = { kind: 'entry', record: build.anEntry(byMember) } as const;
      expect(await whoseMoved(() => write(storage, entry))).toBe('anna, yusuf');
    });

    test('moves with a session, whoever ends it', async () => {
      const { anna: owner } = owners;
      const endHere = () => storage.sessions.end(owner, { exceptId: 'none' }, NOW);
      expect(await whoseMoved(endHere)).toBe('anna');
      const door = { kind: 'end-sessions', customerId: yusuf.id, at: NOW } as const;
      const endAll = () =>
        storage.transact(workspace.id, async (transaction) => {
          const identity = { id: build.aMutationId(), actorKey: 'test' };
          transaction.settle(identity, appliedWithDoor([], [door]));
          await Promise.resolve();
        });
      expect(await whoseMoved(endAll)).toBe('yusuf');
    });

    test('moves when another process commits something that concerns a customer', async () => {
      const change = async () => {
        await write(other, { kind: 'job', record: { ...annas, title: 'Another title' } });
        await new Promise((resolve) => setImmediate(resolve));
      };
      expect(await whoseMoved(change)).toBe(opened.whoseByOthers);
    });

    test('stays where a transaction writes nothing', async () => {
      expect(await whoseMoved(() => write(storage))).toBe('nobody');
    });
  });
}
