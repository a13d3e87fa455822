// A bucket of an S3-compatible store, and what it says no with, in the server's words. Tried again a few times by itself; what
// then still fails is for whoever asked to try later, and nothing is taken for lost because of it. (J3)

import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import {
  S3Client,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { S3Config } from '../config.ts';
import { AppError, StartError } from '../errors.ts';
import type { ByteRange } from './blob-store.ts';

export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  /** Unix time in milliseconds. */
  readonly storedAtMs: number;
}

const MOST_TRIES = 3;
const FIRST_PAUSE_MS = 100;
const CONNECT_WITHIN_MS = 5000;
const SILENT_MS = 30_000;
const nothing = () => undefined;
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

export class S3Bucket {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #endpoint: string;

  constructor({ endpoint, bucket, region, pathStyle, credentials }: S3Config) {
    this.#bucket = bucket;
    this.#endpoint = endpoint ?? `S3 in ${region}`;
    this.#client = new S3Client({
      ...(endpoint !== undefined && { endpoint }),
      region,
      forcePathStyle: pathStyle,
      ...(credentials !== undefined && { credentials }),
      maxAttempts: MOST_TRIES,
      // What goes wrong is told by what is thrown, and in the server's own lines.
      logger: SILENT,
      // Some stores keep the checksums the client would add by itself as part of the object.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: {
        connectionTimeout: CONNECT_WITHIN_MS,
        socketTimeout: SILENT_MS,
      },
    });
  }

  /** @throws StartError with a sentence that never holds the secret */
  async check(): Promise<void> {
    try {
      await this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }));
    } catch (cause) {
      throw new StartError(this.#startSentence(cause), { cause });
    }
  }

  /**
   * Stores a file, streamed anew at each try, and looks whether all of it is there.
   *
   * @param sha256 in hex; the store compares it where it can
   */
  async put(
    key: string,
    {
      path,
      sizeBytes,
      sha256,
    }: { readonly path: string; readonly sizeBytes: number; readonly sha256: string },
  ): Promise<void> {
    const command = (body: Readable) =>
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: key,
        Body: body,
        ContentLength: sizeBytes,
        ContentType: 'application/octet-stream',
        ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      });
    // A stream cannot be sent twice, so the client's own tries are of no use here.
    for (let tries = 1; ; tries += 1) {
      const file = createReadStream(path);
      const reading = new AbortController();
      // The client listens to the store alone: a file that cannot be read would end the process.
      file.once('error', (cause) => reading.abort(cause));
      try {
        await this.#client.send(command(file), { abortSignal: reading.signal });
        break;
      } catch (cause) {
        if (tries >= MOST_TRIES || isFinal(cause)) throw unreachable(cause);
        await pause(FIRST_PAUSE_MS * 2 ** tries);
      } finally {
        // Of one that was not taken whole nobody else closes the rest.
        file.destroy();
      }
    }
    if ((await this.sizeOf(key)) === sizeBytes) return;
    // Something between here and there changed the bytes.
    await this.remove(key);
    throw new AppError('store-unreachable');
  }

  /** Small, and in memory. */
  async putBytes(key: string, bytes: Uint8Array): Promise<void> {
    await this.#send(() =>
      this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: bytes })),
    );
  }

  /** Undefined where there is none. */
  async open(key: string, range?: ByteRange): Promise<Readable | undefined> {
    const command = new GetObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      ...(range !== undefined && { Range: `bytes=${range.start}-${range.end}` }),
    });
    const found = await this.#find(() => this.#client.send(command));
    return found?.Body as Readable | undefined;
  }

  async sizeOf(key: string): Promise<number | undefined> {
    const command = new HeadObjectCommand({ Bucket: this.#bucket, Key: key });
    return (await this.#find(() => this.#client.send(command)))?.ContentLength;
  }

  async remove(key: string): Promise<void> {
    const command = new DeleteObjectCommand({ Bucket: this.#bucket, Key: key });
    await this.#find(() => this.#client.send(command));
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    let token: string | undefined;
    do {
      const command = new ListObjectsV2Command({
        Bucket: this.#bucket,
        Prefix: prefix,
        ContinuationToken: token,
      });
      const page = await this.#send(() => this.#client.send(command));
      for (const { Key: key, Size: sizeBytes, LastModified: at } of page.Contents ?? [])
        if (key !== undefined)
          yield { key, sizeBytes: sizeBytes ?? 0, storedAtMs: at?.getTime() ?? 0 };
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  close(): void {
    this.#client.destroy();
  }

  async #send<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (cause) {
      throw unreachable(cause);
    }
  }

  async #find<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (cause) {
      // A bucket that is gone is no missing object: whatever was in it may come back with it.
      if (nameOf(cause) === 'NoSuchKey' || nameOf(cause) === 'NotFound') return undefined;
      throw unreachable(cause);
    }
  }

  #startSentence(cause: unknown): string {
    const status = statusOf(cause);
    if (status === 404)
      return `There is no bucket “${this.#bucket}” at ${this.#endpoint}. Create it, or correct DOCKET_S3_BUCKET.`;
    if (status === 401 || status === 403)
      return `The store at ${this.#endpoint} does not let this key into the bucket “${this.#bucket}”. Correct DOCKET_S3_KEY and DOCKET_S3_SECRET, or give the key its rights.`;
    if (status === 301 || status === 400)
      return `The bucket “${this.#bucket}” at ${this.#endpoint} is of another region. Correct DOCKET_S3_REGION.`;
    return `The store at ${this.#endpoint} cannot be reached. Start it, or correct DOCKET_S3_ENDPOINT.`;
  }
}

function unreachable(cause: unknown): AppError {
  return cause instanceof AppError ? cause : new AppError('store-unreachable', { cause });
}

/** Asked again, it would say the same. */
function isFinal(cause: unknown): boolean {
  const status = statusOf(cause);
  return status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429;
}

function nameOf(cause: unknown): string | undefined {
  return cause instanceof Error ? cause.name : undefined;
}

function statusOf(cause: unknown): number | undefined {
  const { $metadata: said } = (cause ?? {}) as { $metadata?: { httpStatusCode?: number } };
  return said?.httpStatusCode;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
