// What a person did with a file whose bytes are lost: it is theirs to decide, whatever it was. (D7)

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { OutboxItem } from '../../../../electron/core/api/outbox-contract.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { allMutations, markSent } from '../../../../electron/core/outbox/outbox.ts';
import type { BlobId } from '../../../../sync-server/protocol/ids.ts';
import { mirrorFile } from '../../../crash/desk-folder.ts';
import { anEntryId } from '../../../support/builders.ts';
import { fakeHost, quickClock } from '../../../support/fake-host.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';

interface Office {
  readonly server: TestServer;
  desk: TestDesk;
}

async function anOffice(now = () => Date.now()): Promise<Office> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const folder = await tempDir();
  const host = fakeHost(folder, { clock: { ...quickClock, now } });
  const office = { server, desk: await startTestDesk(folder, host) };
  onTestFinished(() => office.desk.core.close());
  const { desk } = office;
  const { email } = server.office.mara;
  await desk.signIn(server.url, { email, password: TEST_PASSWORD });
  return office;
}

async function addFile(desk: TestDesk, name: string, bytes: Buffer): Promise<BlobId> {
  const added = await desk.core.addFile(name, Readable.from([bytes]));
  if (added.kind === 'refused') throw new Error(added.sentence);
  return added.blobId;
}

async function addLogo(desk: TestDesk, background: string): Promise<BlobId> {
  const canvas = { width: 40, height: 40, channels: 3, background } as const;
  return addFile(desk, 'logo.png', await sharp({ create: canvas }).png().toBuffer());
}

function loseBytes({ server, desk }: Office, blobId: BlobId): Promise<void> {
  const { workspace, mara } = server.office;
  const folder = join(desk.host.dataFolder, 'offices', `${workspace.id}-${mara.id}`, 'blobs');
  return rm(join(folder, blobId.slice(0, 2), blobId));
}

/** A new name and a logo that was gone from the disk before it could be sent; waits for a person. */
async function aLookWithALostLogo(office: Office) {
  const { server, desk } = office;
  const { workspace } = server.office;
  desk.host.wire.cut();
  const lost = await addLogo(desk, '#0a6');
  await desk.request('workspace.update', {
    changes: [
      { field: 'name', from: workspace.name, to: 'Harbour Repairs' },
      { field: 'logoBlobId', from: null, to: lost },
    ],
  });
  await loseBytes(office, lost);
  desk.host.wire.restore();
  await desk.request('sync.now', {});
  const [item] = await desk.until('outbox', {}, ([first]) => first?.state.kind !== 'waiting');
  return { lost, item: item! };
}

test('[P3] (D7) a change of the office waits for a person where its logo is lost, and goes with another', async () => {
  const office = await anOffice();
  const { desk } = office;
  const { lost, item } = await aLookWithALostLogo(office);
  expect(item).toMatchObject({
    state: { kind: 'refused', refusal: { code: 'file-stuck' } },
    files: [
      { name: 'Logo.png', problem: expect.stringContaining('no longer on this disk') as string },
    ],
  });
  const { mutationId } = item;
  const by = { blobId: await addLogo(desk, '#a06'), name: 'logo.png' };
  await desk.request('outbox.replace-file', { mutationId, blobId: lost, by });
  await desk.until('outbox', {}, ({ length }) => length === 0);
  const { workspace } = await desk.ask('overview', {});
  expect(workspace).toMatchObject({ name: 'Harbour Repairs', logoBlobId: by.blobId });
});

test('[P3] (D7) a change of the office goes without the lost logo where a person says so', async () => {
  const office = await anOffice();
  const { desk } = office;
  const { lost, item } = await aLookWithALostLogo(office);
  const { mutationId } = item;
  await desk.request('outbox.remove-file', { mutationId, blobId: lost });
  await desk.until('outbox', {}, ({ length }) => length === 0);
  const { workspace } = await desk.ask('overview', {});
  expect(workspace.name).toBe('Harbour Repairs');
  expect(workspace.logoBlobId).toBeUndefined();
});

test('(D6) a file in the place of another does not keep its location because that one did', async () => {
  const { server, desk } = await anOffice();
  const { job } = server.office;
  desk.host.wire.cut();
  const old = await addFile(desk, 'old.txt', Buffer.from('The old one'));
  const by = { blobId: await addFile(desk, 'new.txt', Buffer.from('A new one')), name: 'new.txt' };
  await desk.request('entries.post', {
    ...{ entryId: anEntryId(), jobId: job.id, audience: 'visible', text: '', seenVersion: 99 },
    files: [{ blobId: old, name: 'old.txt', audience: 'visible', keepsLocation: true }],
  });
  const [post] = await desk.ask('outbox', {});
  const { mutationId } = post!;
  await desk.request('outbox.replace-file', { mutationId, blobId: old, by });
  const [again] = await desk.ask('outbox', {});
  const taken = await desk.request('outbox.take-back', { mutationId: again!.mutationId });
  expect(taken.files).toMatchObject([{ name: 'new.txt' }]);
  expect(taken.files[0]).not.toHaveProperty('keepsLocation');
});

describe('[P1] (D7) a post whose answer is out and whose bytes are lost on both sides', () => {
  const DAY_MS = 24 * 60 * 60 * 1000;

  /** Its bytes are with the server when it leaves; two days later neither side has them. */
  async function aPostInDoubt(send: (office: Office) => Promise<unknown>): Promise<TestDesk> {
    let offsetMs = 0;
    const office = await anOffice(() => Date.now() + offsetMs);
    const { server, desk } = office;
    const blobId = await addFile(desk, 'plan.txt', Buffer.from('The plan'));
    desk.host.wire.cut('/api/sync');
    const { workspace, job } = server.office;
    await desk.request('entries.post', {
      ...{ entryId: anEntryId(), jobId: job.id, audience: 'internal', text: 'The plan' },
      files: [{ blobId, name: 'plan.txt', audience: 'internal' }],
      seenVersion: 0,
    });
    await send(office);
    await loseBytes(office, blobId);
    await server.data.blobs.remove({ workspaceId: workspace.id, blobId });
    offsetMs = 2 * DAY_MS;
    office.desk.host.wire.restore();
    await office.desk.request('sync.now', {});
    return office.desk;
  }

  test('is known to have arrived as soon as the server answers', async () => {
    const desk = await aPostInDoubt(async ({ desk: { host, request, until } }) => {
      host.wire.restore();
      host.wire.loseAnswerTo('/api/sync/push');
      host.wire.onNextLoss(() => host.wire.cut());
      await request('sync.now', {});
      await until('outbox', {}, ([post]) => post?.isOnItsWay === true && !isSending(post));
    });
    expect(await desk.until('outbox', {}, ({ length }) => length === 0)).toEqual([]);
  });

  test('waits for a person where it had not arrived, and can be discarded', async () => {
    const desk = await aPostInDoubt(async (office) => {
      office.desk.host.wire.cut();
      await office.desk.core.close();
      const mirror = openMirror(mirrorFile(office.desk.host.dataFolder));
      const [waiting] = allMutations(mirror);
      mirror.transact((writable) => markSent(writable, [waiting!.id], true));
      mirror.close();
      office.desk = await startTestDesk(office.desk.host.dataFolder, office.desk.host);
    });
    const [parked] = await desk.until('outbox', {}, ([post]) => post?.state.kind === 'refused');
    expect(parked?.files[0]?.problem).toContain('no longer on this disk');
    await desk.request('outbox.discard', { mutationId: parked!.mutationId });
    expect(await desk.ask('outbox', {})).toEqual([]);
  });

  const isSending = ({ state }: OutboxItem) => state.kind === 'sending';
});
