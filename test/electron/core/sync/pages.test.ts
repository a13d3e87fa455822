// A catch-up that comes in several pages: what is here after one of them is not what stood at any moment.

import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Mirror, openMirror } from '../../../../electron/core/mirror/database.ts';
import { forgetWipes, wipesDue } from '../../../../electron/core/mirror/redactions.ts';
import { putRecord } from '../../../../electron/core/mirror/records.ts';
import { accept } from '../../../../electron/core/outbox/accept.ts';
import { allMutations, recordOutcome } from '../../../../electron/core/outbox/outbox.ts';
import { applyPull } from '../../../../electron/core/sync/pull.ts';
import { applyPush } from '../../../../electron/core/sync/push.ts';
import { readPage } from '../../../../electron/core/sync/read-page.ts';
import type { Attachment, Entry } from '../../../../sync-server/protocol/entries.ts';
import { REDACTED_BLOB_ID } from '../../../../sync-server/protocol/blobs.ts';
import type { Actor } from '../../../../sync-server/protocol/mutator.ts';
import { pullText } from '../../../../sync-server/sync/pull.ts';
import {
  aCustomer,
  aJob,
  aMember,
  aMutationId,
  anAttachment,
  anEntry,
  anEntryId,
  aPipeline,
  BUILT_AT,
} from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const member = aMember();
const customer = aCustomer();
const pipeline = aPipeline();
const job = aJob({
  customerId: customer.id,
  pipelineId: pipeline.id,
  stageId: pipeline.stages[0]!.id,
});
const actor: Actor = { kind: 'member', memberId: member.id, role: 'member' };
const entryId = anEntryId();

const message = anEntry({
  jobId: job.id,
  audience: 'visible',
  author: { kind: 'customer', customerId: customer.id },
});
/** Sent by another copy of this device, and changed after the message came. */
const own = anEntry({
  id: entryId,
  jobId: job.id,
  audience: 'visible',
  author: { kind: 'member', memberId: member.id },
  text: 'Ready.',
});

/** With a reply that waits to be sent. */
async function aMirror(): Promise<Mirror> {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  mirror.transact((writable) => {
    putRecord(writable, 'member', member, { version: 1, position: 1, generation: 1 });
    putRecord(writable, 'customer', customer, { version: 2, position: 2, generation: 1 });
    putRecord(writable, 'pipeline', pipeline, { version: 3, position: 3, generation: 1 });
    putRecord(writable, 'job', job, { version: 4, position: 4, generation: 1 });
    const reply = { audience: 'visible', text: 'Ready.', seenVersion: 4 } as const;
    accept(writable, actor, {
      id: aMutationId(),
      name: 'post_entry',
      args: { jobId: job.id, entryId, attachments: [], ...reply },
      writtenAt: BUILT_AT,
    });
  });
  return mirror;
}

interface Placed {
  readonly entry?: Entry;
  readonly attachment?: Attachment;
  readonly version: number;
  readonly createdVersion: number;
}

function pull(mirror: Mirror, version: number, more: boolean, placed: readonly Placed[]): void {
  const text = pullText({
    kind: 'page',
    rows: placed.map(({ entry, attachment, ...at }) => ({
      kind: attachment === undefined ? 'entry' : 'attachment',
      id: attachment?.id ?? entry?.id ?? '',
      ...at,
      isDeleted: false,
      data: JSON.stringify(attachment ?? entry),
    })),
    cursor: `at ${version}`,
    epoch: 'epoch',
    portalUrl: 'https://portal.example',
    version,
    more,
    snapshot: null,
    digest: null,
  });
  applyPull(mirror, actor, readPage(text), BUILT_AT);
}

const said = { entry: message, version: 10, createdVersion: 10 };
const states = (mirror: Mirror) => allMutations(mirror).map(({ state }) => state);

test('[P3] a reply that another copy of the device has sent is not held for what came in between', async () => {
  const mirror = await aMirror();
  pull(mirror, 10, true, [said]);
  expect(states(mirror)).toEqual(['pending']);
  pull(mirror, 12, false, [{ entry: own, version: 12, createdVersion: 9 }]);
  expect(states(mirror)).toEqual(['pending']);
});

test.each([
  ['with something else', [{ entry: anEntry({ jobId: job.id }), version: 12, createdVersion: 12 }]],
  ['with nothing', []],
] as const)(
  '[P6] one that nobody has sent is held when the last page came, %s',
  async (_how, last) => {
    const mirror = await aMirror();
    pull(mirror, 10, true, [said]);
    expect(states(mirror)).toEqual(['pending']);
    pull(mirror, 12, false, last);
    expect(states(mirror)).toEqual(['parked']);
  },
);

const undone = { memberId: member.id, at: BUILT_AT };
const file = anAttachment({ jobId: job.id });
const removed = {
  attachment: { ...file, blobId: REDACTED_BLOB_ID, redacted: undone },
  version: 12,
  createdVersion: 8,
};

/** Of which the server has taken a post with a file, and nothing of that has come back. */
async function aMirrorOfAPoster(): Promise<Mirror> {
  const mirror = await aMirror();
  const { id: attachmentId, blobId, name, mediaType, sizeBytes } = file;
  const named = { attachmentId, blobId, name, mediaType, sizeBytes, audience: 'internal' } as const;
  const id = aMutationId();
  mirror.transact((writable) => {
    accept(writable, actor, {
      id,
      name: 'post_entry',
      args: {
        jobId: job.id,
        entryId: anEntryId(),
        audience: 'internal',
        text: '',
        attachments: [named],
        seenVersion: 0,
      },
      writtenAt: BUILT_AT,
    });
    recordOutcome(writable, id, { kind: 'applied', version: 8 });
  });
  return mirror;
}

test('[T3] bytes that are removed for good on a later page than the one their post would have been on are wiped', async () => {
  const mirror = await aMirrorOfAPoster();
  pull(mirror, 10, true, [said]);
  pull(mirror, 12, false, [removed]);
  expect(states(mirror)).not.toContain('accepted');
  expect(wipesDue(mirror).blobIds).toEqual([file.blobId]);
});

test('[R1] a post with a file is the server’s when the last page came', async () => {
  const mirror = await aMirrorOfAPoster();
  pull(mirror, 10, true, [said]);
  pull(mirror, 12, false, []);
  expect(states(mirror)).not.toContain('accepted');
});

test('[T3] words that waited for an answer when they were removed for good are wiped once more when it is here', async () => {
  const mirror = await aMirror();
  const batch = allMutations(mirror);
  const emptied = { ...own, text: '', redacted: undone };
  pull(mirror, 12, false, [{ entry: emptied, version: 12, createdVersion: 8 }]);
  expect(wipesDue(mirror).isAny).toBe(true);
  mirror.transact((writable) => forgetWipes(writable, []));
  const results = batch.map(({ id }) => ({
    id,
    outcome: { kind: 'applied', version: 8 } as const,
  }));
  applyPush(mirror, actor, batch, { kind: 'results', results }, BUILT_AT);
  expect(allMutations(mirror)).toEqual([]);
  expect(wipesDue(mirror).isAny).toBe(true);
});

test('[T3] of what was removed for good a first sync finds nothing to wipe', async () => {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  pull(mirror, 12, false, [
    removed,
    { entry: { ...message, text: '', redacted: undone }, version: 11, createdVersion: 9 },
  ]);
  expect(wipesDue(mirror)).toEqual({ isAny: false, blobIds: [], attachmentIds: [] });
});
