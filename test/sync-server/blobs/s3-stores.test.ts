import { readdir, readlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IncomingFolder } from '../../../sync-server/blobs/incoming-folder.ts';
import { S3BlobStore } from '../../../sync-server/blobs/s3-blob-store.ts';
import { S3Bucket } from '../../../sync-server/blobs/s3-bucket.ts';
import { S3UploadStore } from '../../../sync-server/blobs/s3-upload-store.ts';
import { blobStoreContract } from '../../contracts/blob-store-contract.ts';
import { uploadStoreContract } from '../../contracts/upload-store-contract.ts';
import { aWorkspaceId, blobIdOf } from '../../support/builders.ts';
import { S3_SECRET, type S3Store, startS3Store } from '../../support/s3-store.ts';
import { makeTempDir, removeTempDir, tempDir } from '../../support/temp-dir.ts';

let store: S3Store;
beforeAll(async () => {
  store = await startS3Store();
});
afterAll(() => store.remove());

let folder: string;
let bucket: S3Bucket;
const stores = async () => {
  folder = await makeTempDir();
  bucket = new S3Bucket(store.config);
  return { bucket, incoming: await IncomingFolder.open(folder) };
};
const emptied = async () => {
  for await (const { key } of bucket.list('')) await bucket.remove(key);
  bucket.close();
  await removeTempDir(folder);
};
const namesIn = async () => [
  ...(await Array.fromAsync(bucket.list(''))).map(({ key }) => key),
  ...(await readdir(folder)),
];

describe('(J3) S3 blob store', () => {
  blobStoreContract(async () => {
    const { incoming } = await stores();
    return { blobs: new S3BlobStore(bucket, incoming), names: namesIn, remove: emptied };
  });
});

describe('(J3) S3 upload store', () => {
  uploadStoreContract(async () => {
    const { incoming } = await stores();
    const open = () => new S3UploadStore(bucket, incoming);
    return { uploads: open(), again: () => Promise.resolve(open()), remove: emptied };
  });
});

describe('(J3) a store that does not answer', () => {
  let blobs: S3BlobStore;
  beforeEach(async () => {
    blobs = new S3BlobStore(bucket, (await stores()).incoming);
  });
  afterEach(emptied);

  const bytes = Buffer.from('One bumper, silver.');
  const place = { workspaceId: aWorkspaceId(), blobId: blobIdOf(bytes) };
  const keep = (store_ = blobs) =>
    store_.receive([bytes] as unknown as AsyncIterable<Uint8Array>, async (file) =>
      store_.adopt(place.workspaceId, file),
    );

  it('[B2] is a reason to come later, never one to take a file for gone', async () => {
    const { incoming } = await stores();
    blobs = new S3BlobStore(bucket, incoming);
    await keep();
    await store.stop();
    const later = { kind: 'store-unreachable', statusCode: 503 };
    await expect(blobs.sizeOf(place)).rejects.toMatchObject(later);
    await expect(blobs.open(place)).rejects.toMatchObject(later);
    await expect(blobs.remove(place)).rejects.toMatchObject(later);
    await expect(Array.fromAsync(blobs.list())).rejects.toMatchObject(later);
    await expect(keep()).rejects.toMatchObject(later);
    expect(await readdir(folder)).toEqual([]);
    await store.start();
    expect(await buffer((await blobs.open(place))!)).toEqual(bytes);
  });
});

describe('(J3) a store that takes nothing', () => {
  /** Whoever is full or in trouble answers before all of a file has come. */
  const startBusyStore = async () => {
    const server = createServer((_request, response) => response.writeHead(503).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      bucket: new S3Bucket({ ...store.config, endpoint: `http://127.0.0.1:${port}` }),
      close: () => {
        server.close();
        server.closeAllConnections();
      },
    };
  };
  /** Where the system can say so. */
  const isOpen = async (path: string) => {
    const names = await readdir('/proc/self/fd').catch(() => []);
    const files = names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => ''));
    return (await Promise.all(files)).includes(path);
  };
  const later = { kind: 'store-unreachable' };

  it('leaves no file open behind each try', async () => {
    const busy = await startBusyStore();
    const file = {
      path: `${await tempDir()}/photo`,
      sizeBytes: 1_000_000,
      sha256: '00'.repeat(32),
    };
    await writeFile(file.path, Buffer.alloc(file.sizeBytes));
    await expect(busy.bucket.put('photo', file)).rejects.toMatchObject(later);
    await expect.poll(() => isOpen(file.path)).toBe(false);
    busy.close();
  });

  it('[F1] a file that cannot be read ends the try and not the process', async () => {
    const busy = await startBusyStore();
    const file = { path: `${await tempDir()}/gone`, sizeBytes: 10, sha256: '00'.repeat(32) };
    await expect(busy.bucket.put('gone', file)).rejects.toMatchObject(later);
    busy.close();
  });
});

describe('(J3) a store that breaks off in the middle', () => {
  it('[B3] is a reason to put an upload together later, and leaves nothing half', async () => {
    const part = 'uploads/an-upload/0-100-00000000-0000-0000-0000-000000000000';
    const listed = `<ListBucketResult><Contents><Key>${part}</Key></Contents></ListBucketResult>`;
    const torn = createServer((request, response) => {
      if (request.url?.includes('list-type') === true) return response.end(listed);
      response.writeHead(200, { 'content-length': '100' });
      return response.write('half of it', () => response.destroy());
    });
    await new Promise<void>((resolve) => torn.listen(0, '127.0.0.1', resolve));
    const { port } = torn.address() as AddressInfo;
    const tornBucket = new S3Bucket({ ...store.config, endpoint: `http://127.0.0.1:${port}` });
    const incoming = await tempDir();
    const uploads = new S3UploadStore(tornBucket, await IncomingFolder.open(incoming));
    const later = { kind: 'store-unreachable', statusCode: 503 };
    await expect(uploads.received('an-upload')).rejects.toMatchObject(later);
    expect(await readdir(incoming)).toEqual([]);
    tornBucket.close();
    torn.close();
  });
});

describe('(J3) at the start', () => {
  const check = (config: Partial<S3Store['config']>) =>
    new S3Bucket({ ...store.config, ...config }).check();

  it('a bucket that is there is taken', async () => {
    await expect(check({})).resolves.toBeUndefined();
  });

  it('what is wrong with the store is said in a sentence that names the setting', async () => {
    await expect(check({ bucket: 'not-there' })).rejects.toThrow(
      /There is no bucket “not-there” at http.*DOCKET_S3_BUCKET/,
    );
    await expect(check({ endpoint: 'http://127.0.0.1:1' })).rejects.toThrow(
      /cannot be reached.*DOCKET_S3_ENDPOINT/,
    );
  });

  it('a key that is not let in is said so, without its secret', async () => {
    const strict = createServer((_request, response) => response.writeHead(403).end());
    await new Promise<void>((resolve) => strict.listen(0, '127.0.0.1', resolve));
    const { port } = strict.address() as AddressInfo;
    const refused = await check({ endpoint: `http://127.0.0.1:${port}` }).catch(String);
    expect(refused).toMatch(/does not let this key into the bucket “docket”.*DOCKET_S3_KEY/);
    expect(refused).not.toContain(S3_SECRET);
    strict.close();
  });
});
