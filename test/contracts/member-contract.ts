// What every storage must know of the people of an office and the devices they signed in on: SQLite now, PostgreSQL later run the
// same lines. (J1)

import { afterEach, beforeEach, expect, it } from 'vitest';
import { applied, appliedWithDoor, type Outcome } from '../../sync-server/protocol/outcome.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import { aClientId, aJob, aMember, aMutationId, aWorkspace } from '../support/builders.ts';
import type { OpenedStorage } from './storage-contract.ts';

export function memberContract(open: () => Promise<OpenedStorage>): void {
  let opened: OpenedStorage;
  let storage: Storage;
  const workspace = aWorkspace();
  const mara = aMember();

  beforeEach(async () => {
    opened = await open();
    storage = opened.storage;
    await storage.createWorkspace({
      workspaceId: workspace.id,
      records: [
        { kind: 'workspace', record: workspace },
        { kind: 'member', record: mara },
      ],
      signIns: [{ memberId: mara.id, email: 'Mara@Harbour.example', passwordHash: 'hash' }],
      blobs: [],
      references: { prefix: '#', next: 1 },
    });
  });
  afterEach(() => opened.remove());

  const settleOne = (outcome: Outcome) =>
    storage.transact(workspace.id, async (transaction) => {
      transaction.settle({ id: aMutationId(), actorKey: `member:${mara.id}` }, outcome);
      await Promise.resolve();
    });
  const device = {
    tokenHash: 'token-hash',
    workspaceId: workspace.id,
    memberId: mara.id,
    clientId: aClientId(),
    name: 'Laptop',
    createdAt: '2026-11-02T09:00:00.000Z',
    expiresAt: '2027-11-02T09:00:00.000Z',
  };

  it('devices are found by their token until they are signed out', async () => {
    await storage.addDevice(device);
    expect(await storage.deviceByToken('token-hash')).toEqual({
      ...device,
      revokedAt: null,
      endedHow: null,
      lastSeenAt: null,
    });
    await storage.revokeDevice('token-hash', '2026-12-01T00:00:00.000Z');
    await storage.revokeDevice('token-hash', '2026-12-02T00:00:00.000Z');
    expect((await storage.deviceByToken('token-hash'))?.revokedAt).toBe('2026-12-01T00:00:00.000Z');
    expect(await storage.deviceByToken('another')).toBeUndefined();
  });

  it('devices know when they were last seen, and are listed for their office alone', async () => {
    await storage.addDevice(device);
    await storage.noteSeen('token-hash', '2026-12-01T00:00:00.000Z');
    const [listed, ...others] = await storage.devices(workspace.id);
    expect(listed).toMatchObject({ ...device, lastSeenAt: '2026-12-01T00:00:00.000Z' });
    expect(others).toEqual([]);
    expect(await storage.devices(aWorkspace().id)).toEqual([]);
  });

  it('devices of one member are signed out all but one, and what was signed out before stays as it was', async () => {
    const other = aClientId();
    await storage.addDevice(device);
    await storage.addDevice({ ...device, tokenHash: 'other', clientId: other });
    await storage.addDevice({ ...device, tokenHash: 'own wish', clientId: aClientId() });
    await storage.revokeDevice('own wish', '2026-11-30T00:00:00.000Z');
    const which = { exceptClientId: other };
    const at = '2026-12-01T00:00:00.000Z';
    const end = { kind: 'end-devices', memberId: mara.id, which, at, how: 'password' } as const;
    await settleOne(appliedWithDoor([], [end]));
    const ends = (await storage.devices(workspace.id)).map(({ tokenHash, revokedAt, endedHow }) => [
      tokenHash,
      revokedAt?.slice(0, 10),
      endedHow,
    ]);
    expect(ends.toSorted()).toEqual([
      ['other', undefined, null],
      ['own wish', '2026-11-30', null],
      ['token-hash', '2026-12-01', 'password'],
    ]);
  });

  it('a member’s sign-in is replaced and removed, and nobody else’s', async () => {
    const memberId = mara.id;
    const email = 'Mara.Lindqvist@harbour.example';
    const set = { kind: 'set-sign-in', memberId, email, passwordHash: 'another' } as const;
    await settleOne(appliedWithDoor([], [set]));
    expect(await storage.signInByEmail('mara@harbour.example')).toBeUndefined();
    const signIn = { memberId, email: email.toLowerCase(), passwordHash: 'another' };
    expect(await storage.signInOfMember(workspace.id, memberId)).toEqual(signIn);
    expect(await storage.signInOfMember(aWorkspace().id, memberId)).toBeUndefined();
    await settleOne(appliedWithDoor([], [{ kind: 'remove-sign-in', memberId }]));
    expect(await storage.signInByEmail(email)).toBeUndefined();
  });

  it('a transaction knows everybody of the office, and what they are assigned to', async () => {
    const assigned = aJob({ assigneeId: mara.id });
    await settleOne(applied({ kind: 'job', record: assigned }));
    await storage.transact(workspace.id, async (transaction) => {
      expect((await transaction.members()).map(({ id }) => id)).toContain(mara.id);
      expect(await transaction.jobsAssignedTo(mara.id)).toContain(assigned.id);
      expect(await transaction.jobsAssignedTo(aMember().id)).toEqual([]);
    });
  });
}
