import { describe } from 'vitest';
import { DiskUploadStore } from '../../../sync-server/blobs/disk-upload-store.ts';
import { uploadStoreContract } from '../../contracts/upload-store-contract.ts';
import { makeTempDir, removeTempDir } from '../../support/temp-dir.ts';

describe('disk upload store', () => {
  uploadStoreContract(async () => {
    const folder = await makeTempDir();
    return {
      uploads: await DiskUploadStore.open(folder),
      again: () => DiskUploadStore.open(folder),
      remove: () => removeTempDir(folder),
    };
  });
});
