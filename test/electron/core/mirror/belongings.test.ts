// What belongs to a customer is said on each side by its own store: no kind of record may be forgotten on either. [T4]

import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { belongingsOf } from '../../../../electron/core/mirror/belongings.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { putRecord } from '../../../../electron/core/mirror/records.ts';
import type { KindedRecord, RecordKind } from '../../../../sync-server/protocol/records.ts';
import { followId, portalVisitId, RECORD_KINDS } from '../../../../sync-server/protocol/records.ts';
import { openSqliteStorage } from '../../../../sync-server/storage/sqlite-storage.ts';
import * as build from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const NOW = '2026-11-12T11:00:00.000Z';
/** Nobody's in particular. */
const OF_THE_OFFICE: readonly RecordKind[] = [
  'workspace',
  'member',
  'pipeline',
  'member_settings',
  'canned_reply',
];

function recordsOf(name: string): KindedRecord[] {
  const customer = build.aCustomer({ name });
  const job = build.aJob({ customerId: customer.id });
  const member = build.aMember();
  const [customerId, jobId, memberId] = [customer.id, job.id, member.id];
  return [
    { kind: 'customer', record: customer },
    { kind: 'job', record: job },
    { kind: 'entry', record: build.anEntry({ jobId }) },
    { kind: 'attachment', record: build.anAttachment({ jobId }) },
    {
      kind: 'read_mark',
      record: build.aReadMark({ memberId, jobId }),
    },
    {
      kind: 'portal_visit',
      record: {
        id: portalVisitId(customerId, jobId),
        customerId,
        jobId,
        seenVersion: 1,
        seenAt: NOW,
      },
    },
    {
      kind: 'follow',
      record: { id: followId(memberId, jobId), memberId, jobId, state: 'following' },
    },
    {
      kind: 'mail',
      record: {
        id: build.nextId(),
        jobId,
        customerId,
        entryIds: [],
        to: [],
        state: 'waiting',
        at: NOW,
        reason: '',
      },
    },
    { kind: 'scheduled_reply', record: build.aScheduledReply({ jobId, customerId }) },
    {
      kind: 'portal_link',
      record: {
        id: build.aPortalLinkId(),
        customerId,
        memberId: null,
        mailedTo: null,
        createdAt: NOW,
        expiresAt: NOW,
        ended: null,
      },
    },
  ];
}

const anna = recordsOf('Anna Berg');
const yusuf = recordsOf('Yusuf Aydin');
const workspace = build.aWorkspace();
const keysOf = (records: readonly KindedRecord[]) =>
  records.map(({ kind, record }) => `${kind}/${record.id}`).toSorted();
const customerId = build.aCustomer({ id: anna[0]?.record.id as never }).id;

test('[T4] every kind of record is a customer’s or the office’s', () => {
  const kinds = [...OF_THE_OFFICE, ...anna.map(({ kind }) => kind)];
  expect(kinds.toSorted()).toEqual([...RECORD_KINDS].toSorted());
});

test('[T4] a device finds one of each kind, and nobody else’s', async () => {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  mirror.transact((writable) => {
    for (const { kind, record } of [...anna, ...yusuf])
      putRecord(writable, kind, record as never, { version: 1, position: 1, generation: 1 });
  });
  const found = belongingsOf(mirror, customerId);
  expect(found.map(({ kind, id }) => `${kind}/${id}`).toSorted()).toEqual(keysOf(anna));
});

test('[T4] the server finds one of each kind, whether it was there before or made in the same push, and nobody else’s', async () => {
  const storage = await openSqliteStorage(join(await tempDir(), 'server.sqlite'));
  onTestFinished(() => storage.close());
  await storage.createWorkspace({
    workspaceId: workspace.id,
    records: [{ kind: 'workspace', record: workspace }, ...anna.slice(0, 5), ...yusuf],
    signIns: [],
    blobs: [],
    references: { prefix: 'J-', next: 1 },
  });
  await storage.transact(workspace.id, async (transaction) => {
    const identity = { id: build.aMutationId(), actorKey: 'test' };
    transaction.settle(identity, { kind: 'applied', puts: anna.slice(5) });
    const found = await transaction.belongings({ kind: 'belongings', customerId });
    expect(found.map(({ kind, id }) => `${kind}/${id}`).toSorted()).toEqual(keysOf(anna));
  });
});
