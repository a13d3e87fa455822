// The keeper of a desk by itself, on time that stands still: what it lets go, and when it looks. (D8)

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { addFile } from '../../../../electron/core/attachments/add-file.ts';
import { openBlobStore } from '../../../../electron/core/attachments/blob-store.ts';
import { findBlob } from '../../../../electron/core/attachments/blobs.ts';
import { startFileKeeper } from '../../../../electron/core/attachments/file-keeper.ts';
import { writeBudget } from '../../../../electron/core/attachments/keeping.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import type { BlobId } from '../../../../sync-server/protocol/ids.ts';
import { nextId } from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { HandClock } from '../../../support/hand-clock.ts';
import { tempDir } from '../../../support/temp-dir.ts';

async function aDisk() {
  const folder = await tempDir();
  const mirror = openMirror(join(folder, 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  const blobs = await openBlobStore(join(folder, 'blobs'), nextId);
  const clock = new HandClock();
  const now = () => new Date(clock.now()).toISOString();
  const add = async (content: string) => {
    const added = await addFile({ mirror, blobs, now }, 'a.txt', bytesOf(content));
    if (added.kind !== 'added') throw new Error(added.sentence);
    clock.pass(1);
    return added.blobId;
  };
  const startKeeper = () => {
    const host = fakeHost(folder, { clock });
    const none = { server: {} as never, pace: {} as never };
    const onChange = vi.fn();
    const seen = { isIdle: () => true, onChange };
    const keeper = startFileKeeper({ ...none, ...seen, host, mirror, blobs, now, folder });
    onTestFinished(() => keeper.stop());
    return { keeper, onChange };
  };
  /** The office has all of them, and there is no space for any. */
  const allSent = () =>
    mirror.transact((writable) => {
      writable.run('UPDATE blob SET uploaded_at = added_at');
      writeBudget(writable, 0);
    });
  const isHere = async (blobId: BlobId) => {
    const hasBytes = await access(blobs.pathOf(blobId)).then(
      () => true,
      () => false,
    );
    return { hasBytes, hasRow: findBlob(mirror, blobId) !== undefined };
  };
  return { mirror, blobs, clock, add, startKeeper, allSent, isHere };
}

async function* bytesOf(content: string) {
  yield new TextEncoder().encode(content);
}

const HERE = { hasBytes: true, hasRow: true };

describe('(D4, D8) a file that is added while the keeper lets it go', () => {
  test('stays, whether its bytes were about to leave or are just leaving', async () => {
    const { blobs, clock, add, startKeeper, allSent, isHere } = await aDisk();
    const leaving = await add('Leaves first');
    const next = await add('Leaves next');
    allSent();
    const begun = Promise.withResolvers<undefined>();
    const goOn = Promise.withResolvers<undefined>();
    const remove = blobs.remove.bind(blobs);
    vi.spyOn(blobs, 'remove').mockImplementationOnce(async (blobId) => {
      begun.resolve(undefined);
      await goOn.promise;
      await remove(blobId);
    });
    const { keeper } = startKeeper();
    clock.pass(3_000);
    await begun.promise;
    const again = add('Leaves first');
    await add('Leaves next');
    goOn.resolve(undefined);
    await again;
    await keeper.stop();
    expect(await isHere(next)).toEqual(HERE);
    expect(await isHere(leaving)).toEqual(HERE);
  });

  test('stays, when its bytes have their name and its row is not written yet', async () => {
    const { blobs, clock, add, startKeeper, allSent, isHere } = await aDisk();
    const blobId = await add('Added again');
    const other = await add('Leaves');
    allSent();
    const { keeper } = startKeeper();
    const take = blobs.take.bind(blobs);
    vi.spyOn(blobs, 'take').mockImplementationOnce(async (bytes, check) => {
      const taken = await take(bytes, check);
      clock.pass(3_000);
      await vi.waitFor(async () =>
        expect(await isHere(other)).toEqual({ hasBytes: false, hasRow: false }),
      );
      return taken;
    });
    await add('Added again');
    await keeper.stop();
    expect(await isHere(blobId)).toEqual(HERE);
  });
});
