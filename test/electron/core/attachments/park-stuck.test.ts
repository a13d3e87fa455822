// What a person did with a file whose bytes are lost: it is theirs to decide, whatever it was. (D7)

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import type { BlobId } from '../../../../sync-server/protocol/ids.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';

async function anOffice(): Promise<{ server: TestServer; desk: TestDesk }> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const desk = await startTestDesk(await tempDir());
  onTestFinished(() => desk.core.close());
  const { email } = server.office.mara;
  await desk.signIn(server.url, { email, password: TEST_PASSWORD });
  return { server, desk };
}

async function addLogo(desk: TestDesk, background: string): Promise<BlobId> {
  const canvas = { width: 40, height: 40, channels: 3, background } as const;
  const png = await sharp({ create: canvas }).png().toBuffer();
  const added = await desk.core.addFile(
    'logo.png',
    (async function* () {
      yield png;
    })(),
  );
  if (added.kind === 'refused') throw new Error(added.sentence);
  return added.blobId;
}

/** A new name and a logo that was gone from the disk before it could be sent; waits for a person. */
async function aLookWithALostLogo({ server, desk }: { server: TestServer; desk: TestDesk }) {
  const { workspace, mara } = server.office;
  desk.host.wire.cut();
  const lost = await addLogo(desk, '#0a6');
  await desk.request('workspace.update', {
    changes: [
      { field: 'name', from: workspace.name, to: 'Harbour Repairs' },
      { field: 'logoBlobId', from: null, to: lost },
    ],
  });
  const folder = join(desk.host.dataFolder, 'offices', `${workspace.id}-${mara.id}`, 'blobs');
  await rm(join(folder, lost.slice(0, 2), lost));
  desk.host.wire.restore();
  await desk.request('sync.now', {});
  const [item] = await desk.until('outbox', {}, ([first]) => first?.state.kind !== 'waiting');
  return { lost, item: item! };
}

test('[P3] (D7) a change of the office waits for a person where its logo is lost, and goes with another', async () => {
  const { server, desk } = await anOffice();
  const { lost, item } = await aLookWithALostLogo({ server, desk });
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
  const { server, desk } = await anOffice();
  const { lost, item } = await aLookWithALostLogo({ server, desk });
  const { mutationId } = item;
  await desk.request('outbox.remove-file', { mutationId, blobId: lost });
  await desk.until('outbox', {}, ({ length }) => length === 0);
  const { workspace } = await desk.ask('overview', {});
  expect(workspace.name).toBe('Harbour Repairs');
  expect(workspace.logoBlobId).toBeUndefined();
});
