// An S3-compatible store on this machine, in a folder.

import S3rver from 's3rver';
import type { S3Config } from '../../sync-server/config.ts';
import { makeTempDir, removeTempDir } from './temp-dir.ts';

export interface S3Store {
  readonly config: S3Config;
  readonly folder: string;
  /** As the server's settings. */
  readonly environment: Readonly<Record<string, string>>;
  /** Nobody answers there until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** What the store that tests use wants. */
export const S3_SECRET = 'S3RVER';

export async function startS3Store(): Promise<S3Store> {
  const folder = await makeTempDir();
  const open = (port: number) =>
    new S3rver({
      port,
      address: '127.0.0.1',
      silent: true,
      directory: folder,
      configureBuckets: [{ name: 'docket' }],
    });
  let server = open(0);
  const { port } = await server.run();
  let isRunning = true;
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (isRunning) await server.close();
    isRunning = false;
  };
  return {
    folder,
    config: {
      endpoint,
      bucket: 'docket',
      region: 'us-east-1',
      pathStyle: true,
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: S3_SECRET },
    },
    environment: {
      DOCKET_S3_ENDPOINT: endpoint,
      DOCKET_S3_BUCKET: 'docket',
      DOCKET_S3_KEY: 'S3RVER',
      DOCKET_S3_SECRET: S3_SECRET,
    },
    stop,
    start: async () => {
      server = open(port);
      await server.run();
      isRunning = true;
    },
    remove: async () => {
      await stop();
      await removeTempDir(folder);
    },
  };
}
