import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiskBlobStore } from '../../../sync-server/blobs/disk-blob-store.ts';
import { blobStoreContract } from '../../contracts/blob-store-contract.ts';
import { makeTempDir, removeTempDir, tempDir } from '../../support/temp-dir.ts';

const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

describe('disk blob store', () => {
  blobStoreContract(async () => {
    const folder = await makeTempDir();
    return {
      blobs: await DiskBlobStore.open(folder),
      names: () => filesIn(folder),
      remove: () => removeTempDir(folder),
    };
  });
});

it('[F1] what a killed process left half received goes with a later start; what another one receives now stays', async () => {
  const folder = await tempDir();
  await DiskBlobStore.open(folder);
  const half = join(folder, 'incoming', 'half');
  await writeFile(half, 'half a f');
  await DiskBlobStore.open(folder);
  expect(await filesIn(folder)).toEqual([half]);
  await DiskBlobStore.open(folder, Date.now() + 2 * 60 * 60 * 1000);
  expect(await filesIn(folder)).toEqual([]);
});
