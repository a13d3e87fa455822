// The keeper of a desk by itself, on time that stands still: what it lets go, and when it looks. (D8)

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { addFile } from '../../../../electron/core/attachments/add-file.ts';
import { openBlobStore } from '../../../../electron/core/attachments/blob-store.ts';
import { findBlob } from '../../../../electron/core/attachments/blobs.ts';
import type { FilePace } from '../../../../electron/core/attachments/file-pace.ts';
import { startFileKeeper } from '../../../../electron/core/attachments/file-keeper.ts';
import {
  countWanted,
  setKept,
  writeBudget,
} from '../../../../electron/core/attachments/keeping.ts';
import { AppError } from '../../../../electron/core/errors.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { putRecord } from '../../../../electron/core/mirror/records.ts';
import type { ServerClient } from '../../../../electron/core/session/server-client.ts';
import type { BlobId } from '../../../../sync-server/protocol/ids.ts';
import { aJobId, anAttachment, blobIdOf, BUILT_AT, nextId } from '../../../support/builders.ts';
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
  const getBlob = vi.fn<ServerClient['getBlob']>();
  const startKeeper = (onChange: () => void = () => undefined) => {
    const keeper = startFileKeeper({
      host: fakeHost(folder, { clock }),
      server: { getBlob } as Partial<ServerClient> as ServerClient,
      pace: { download: (bytes) => bytes } as Partial<FilePace> as FilePace,
      isIdle: () => true,
      ...{ onChange, mirror, blobs, now, folder },
    });
    onTestFinished(() => keeper.stop());
    return keeper;
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
  return { mirror, blobs, clock, add, getBlob, startKeeper, allSent, isHere };
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
    const keeper = startKeeper();
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
    const keeper = startKeeper();
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

/** A kept job with files at the office, the newest last. */
async function aKeptJob(names: readonly string[]) {
  const disk = await aDisk();
  const jobId = aJobId();
  const office = new Map(names.map((name) => [blobIdOf(name), Buffer.from(name)]));
  disk.mirror.transact((writable) => {
    setKept(writable, jobId, BUILT_AT);
    for (const [index, [blobId, { length }]] of [...office].entries()) {
      const file = anAttachment({ jobId, blobId, mediaType: 'text/plain', sizeBytes: length });
      const stamp = { version: index + 1, position: index + 1, generation: 1 };
      putRecord(writable, 'attachment', file, stamp);
    }
  });
  disk.getBlob.mockImplementation(async (blobId) => {
    const bytes = office.get(blobId);
    if (bytes === undefined) throw new AppError('not-there');
    return { start: 0, bytes: Readable.from([bytes]) };
  });
  return { ...disk, office };
}

describe('(D8) what is fetched unasked', () => {
  test('comes behind any number of files that the office has lost', async () => {
    const names = Array.from({ length: 45 }, (_, index) => `File ${index}`);
    const { clock, mirror, office, startKeeper } = await aKeptJob(names);
    for (const name of names.slice(-42)) office.delete(blobIdOf(name));
    const keeper = startKeeper();
    clock.pass(3_000);
    await vi.waitFor(() => expect(keeper.state).toBe('done'));
    expect(countWanted(mirror)).toBe(42);
  });

  test('comes behind a file over which the server breaks, and that is asked for at the next look', async () => {
    const { clock, mirror, getBlob, startKeeper } = await aKeptJob(['Old', 'Newer', 'Newest']);
    const answer = getBlob.getMockImplementation()!;
    let isBroken = true;
    getBlob.mockImplementation(async (blobId, start) => {
      if (isBroken && blobId === blobIdOf('Newest')) throw new AppError('server-failed');
      return answer(blobId, start);
    });
    const keeper = startKeeper();
    clock.pass(3_000);
    await vi.waitFor(() => expect(keeper.state).toBe('done'));
    expect(countWanted(mirror)).toBe(1);
    isBroken = false;
    await vi.waitFor(() => {
      clock.pass(60_000);
      expect(countWanted(mirror)).toBe(0);
    });
  });

  test('is not asked for one by one while nobody answers', async () => {
    const { clock, getBlob, startKeeper } = await aKeptJob(['Old', 'Newer', 'Newest']);
    getBlob.mockRejectedValue(new AppError('server-unreachable'));
    const states: string[] = [];
    const keeper = startKeeper(() => states.push(keeper.state));
    clock.pass(3_000);
    await vi.waitFor(() => expect(states).toEqual(['fetching', 'waiting']));
    expect(getBlob).toHaveBeenCalledTimes(1);
  });

  test('comes in an office where something is done every other second', async () => {
    const { clock, mirror, startKeeper } = await aKeptJob(['Plan']);
    startKeeper();
    for (let times = 0; times < 5; times += 1) {
      clock.pass(2_000);
      mirror.transact((writable) => writable.touch('job'));
    }
    await vi.waitFor(() => expect(countWanted(mirror)).toBe(0));
  });
});
