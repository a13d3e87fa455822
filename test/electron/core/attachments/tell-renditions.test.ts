// What a desk tells the office of the pictures it made. (D5)

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openBlobStore } from '../../../../electron/core/attachments/blob-store.ts';
import { startFileWork } from '../../../../electron/core/attachments/file-work.ts';
import { addBlob } from '../../../../electron/core/attachments/blobs.ts';
import { fileUse } from '../../../../electron/core/attachments/keeping.ts';
import { keepRenditions } from '../../../../electron/core/attachments/renditions.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { putRecord } from '../../../../electron/core/mirror/records.ts';
import { accept } from '../../../../electron/core/outbox/accept.ts';
import type { Attachment } from '../../../../sync-server/protocol/entries.ts';
import {
  aBlobId,
  aMemberId,
  aMutationId,
  anAttachment,
  BUILT_AT,
  nextId,
  renditionsOfNothing,
} from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const fileProgram = fileURLToPath(
  new URL('../../../../electron/core/attachments/worker/file-worker.ts', import.meta.url),
);

/** A desk that has made pictures of files which stand on many jobs. */
async function aDesk(files: readonly Attachment[]) {
  const folder = await tempDir();
  const mirror = openMirror(join(folder, 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  const blobs = await openBlobStore(join(folder, 'blobs'), nextId);
  mirror.transact((writable) => {
    for (const file of files) {
      putRecord(writable, 'attachment', file, { version: 1, position: 1, generation: 1 });
      keepRenditions(writable, file.blobId, renditions);
    }
  });
  const told: string[] = [];
  const start = () => {
    const tell: Parameters<typeof startFileWork>[0]['tell'] = (acts, also) => {
      mirror.transact((writable) => {
        for (const args of acts) {
          const mutation = { id: aMutationId(), args, writtenAt: BUILT_AT };
          accept(writable, actor, { ...mutation, name: 'attach_renditions' });
        }
        also(writable);
      });
      told.push(...acts.map(({ attachmentId }) => attachmentId));
    };
    const host = fakeHost(folder, { fileProgram });
    const work = startFileWork({ host, mirror, blobs, tell });
    onTestFinished(() => work.stop());
  };
  const untold = () => mirror.all('SELECT blob_id FROM rendition WHERE told_at IS NULL').length;
  return { mirror, told, start, untold };
}

const actor = { kind: 'member', memberId: aMemberId(), role: 'member' } as const;
const renditions = { ...renditionsOfNothing, thumbnail: aBlobId(), preview: aBlobId() };
const postedOn = (jobs: number, file: Partial<Attachment>) =>
  Array.from({ length: jobs }, () => anAttachment(file));

test('(D5) a file that stands on more jobs than one commit takes gets its pictures on all, once', async () => {
  const files = postedOn(120, { blobId: aBlobId() });
  const { told, start, untold } = await aDesk(files);
  start();
  await vi.waitFor(() => expect(untold()).toBe(0));
  expect(told.toSorted()).toEqual(files.map(({ id }) => id).toSorted());
});

test('(D5) files whose pictures the office has take no turn of the others', async () => {
  const known = postedOn(60, { blobId: aBlobId(), renditions });
  const unknown = postedOn(1, { blobId: aBlobId() });
  const { told, start, untold } = await aDesk([...known, ...unknown]);
  start();
  await vi.waitFor(() => expect(untold()).toBe(0));
  expect(told).toEqual(unknown.map(({ id }) => id));
});

test('(D8) pictures that another desk was quicker to tell of are not unsent', async () => {
  const [file] = postedOn(1, { blobId: aBlobId(), renditions });
  const { mirror, start, untold } = await aDesk([file!]);
  mirror.transact((writable) => {
    for (const id of [renditions.thumbnail, renditions.preview])
      addBlob(
        writable,
        { id, mediaType: 'image/jpeg', sizeBytes: 9 },
        { addedAt: BUILT_AT, uploadedAt: null },
      );
  });
  expect(fileUse(mirror)).toEqual({ usedBytes: 18, unsentBytes: 18 });
  start();
  await vi.waitFor(() => expect(untold()).toBe(0));
  expect(fileUse(mirror)).toEqual({ usedBytes: 18, unsentBytes: 0 });
});
