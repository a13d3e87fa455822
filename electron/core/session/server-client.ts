// The core's one way to the server. What comes back is parsed before anybody sees it; what fails becomes an AppError.

import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';
import axios, {
  type AxiosAdapter,
  type AxiosInstance,
  type AxiosRequestConfig,
  isAxiosError,
} from 'axios';
import type * as z from 'zod';
import { deviceEndOf } from '../../../sync-server/protocol/device-end.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import {
  failure,
  type PresenceRequest,
  type PushAnswer,
  type PushRequest,
  pushAnswer,
  type SignInAnswer,
  type SignInRequest,
  signInAnswer,
} from '../../../sync-server/protocol/sync.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../../sync-server/protocol/version.ts';
import { AppError, type ErrorKind } from '../errors.ts';
import { type MemberClient, memberClient } from './member-client.ts';

const ANSWER_WITHIN_MS = 30_000;
/** No connection came about, so nothing was sent over it. */
const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

/** An answer is at most a page of 5,000 rows of 20,000 characters; what is larger is not a Docket server's. */
const MAX_ANSWER_BYTES = 512 * 1024 * 1024;
const UNPACKING = { chunkSize: 4 * 1024 * 1024, maxOutputLength: MAX_ANSWER_BYTES };
const unzstd = promisify(zstdDecompress);
const ungzip = promisify(gunzip);

export interface ServerClient extends MemberClient {
  signIn(request: SignInRequest): Promise<SignInAnswer>;
  signOut(): Promise<void>;
  push(request: PushRequest): Promise<PushAnswer>;
  /** The answer's body as it came; `readPage` makes sense of it. */
  pull(cursor: string | undefined): Promise<unknown>;
  /** Server-sent events as they come; `signal` ends it. */
  live(signal: AbortSignal): Promise<Readable>;
  /** Which jobs are open here, for colleagues to see while it lasts. (H8) */
  tellPresence(presence: PresenceRequest): Promise<void>;
  hasBlob(blobId: BlobId): Promise<boolean>;
  /** How many bytes of an upload the server holds; undefined where it knows of none. [B3] */
  uploadOffset(blobId: BlobId): Promise<number | undefined>;
  /**
   * Sends bytes from `offset` to the end; at 0 it begins anew. The server keeps them when it answers. [B1, B3]
   *
   * @throws AppError `server-refused` where the bytes are not what the server takes, or do not follow on what it has
   */
  sendBytes(upload: BytesToSend): Promise<void>;
  /** From `start` on where the server can; a range it does not have is answered as the whole. [B6] */
  getBlob(blobId: BlobId, start?: number): Promise<BlobAnswer>;
  /** The server's clock when it last brought a page, and this device's at that moment; undefined before. In milliseconds. */
  readonly lastClocks: { readonly serverMs: number; readonly ownMs: number } | undefined;
}

export interface BlobAnswer {
  /** Where its bytes begin, as the server says. */
  readonly start: number;
  readonly bytes: Readable;
}

export interface BytesToSend {
  readonly blobId: BlobId;
  readonly offset: number;
  readonly sizeBytes: number;
  /** From the offset on. */
  readonly bytes: Readable;
  /** Ends it in the middle; what has arrived stays there. */
  readonly signal: AbortSignal;
}

export interface ServerAddress {
  readonly serverUrl: string;
  readonly token?: string;
  readonly network: AxiosAdapter | undefined;
  /** This device's clock, in milliseconds. */
  readonly now: () => number;
  /** Ends every request that is under way. */
  readonly signal?: AbortSignal;
}

export function serverClient({
  serverUrl,
  token,
  network,
  now,
  signal,
}: ServerAddress): ServerClient {
  const http = axios.create({
    baseURL: serverUrl,
    timeout: ANSWER_WITHIN_MS,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    proxy: false,
    transitional: { ...axios.defaults.transitional, advertiseZstdAcceptEncoding: true },
    headers: {
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(network === undefined ? {} : { adapter: network }),
    ...(signal === undefined ? {} : { signal }),
  });
  let lastClocks: ServerClient['lastClocks'];
  return {
    get lastClocks() {
      return lastClocks;
    },
    ...memberClient({
      ask: (schema, question) => ask(http, schema, question),
      tell: (question) => tell(http, question),
    }),
    signIn: (request) =>
      ask(http, signInAnswer, { method: 'POST', url: '/api/auth/sign-in', data: request }),
    signOut: () => tell(http, { method: 'POST', url: '/api/auth/sign-out' }),
    push: (request) =>
      ask(http, pushAnswer, { method: 'POST', url: '/api/sync/push', data: request }),
    pull: (cursor) =>
      perform(() =>
        fetchPage(http, cursor, (serverMs) => {
          lastClocks = { serverMs, ownMs: now() };
        }),
      ),
    live: (ending) =>
      stream(http, {
        url: '/api/live',
        timeout: 0,
        // Counted, the stream would be wrapped, and its line stay open after it was destroyed.
        maxContentLength: -1,
        signal: signal === undefined ? ending : AbortSignal.any([signal, ending]),
      }),
    tellPresence: (presence) =>
      tell(http, { method: 'POST', url: '/api/presence', data: presence }),
    hasBlob: async (blobId) => {
      try {
        const url = `/api/blobs/${blobId}`;
        const { headers } = await perform(() => http.request({ method: 'HEAD', url }));
        // Whoever stands in between and says yes to everything must not be believed about bytes. [B2]
        if (headers['etag'] !== `"${blobId}"`) throw new AppError('not-a-docket-server');
        return true;
      } catch (error) {
        if (error instanceof AppError && error.kind === 'not-there') return false;
        throw error;
      }
    },
    uploadOffset: async (blobId) => {
      try {
        const url = `/api/uploads/${blobId}`;
        const answer = await perform(() => http.request({ method: 'HEAD', url, headers: TUS }));
        const offset = Number(answer.headers['upload-offset']);
        if (!Number.isSafeInteger(offset) || offset < 0)
          throw new AppError('server-not-understood');
        return offset;
      } catch (error) {
        if (error instanceof AppError && error.kind === 'not-there') return undefined;
        throw error;
      }
    },
    sendBytes: async (upload) => {
      const { headers } = await perform(() =>
        http.request({
          ...tusRequest(upload),
          data: upload.bytes,
          timeout: 0,
          maxBodyLength: upload.sizeBytes,
          signal: signal === undefined ? upload.signal : AbortSignal.any([signal, upload.signal]),
        }),
      );
      if (headers['tus-resumable'] === undefined) throw new AppError('not-a-docket-server');
    },
    getBlob: async (blobId, start = 0) => {
      const url = `/api/blobs/${blobId}`;
      if (start === 0) return { start, bytes: await stream(http, { url, timeout: 0 }) };
      const headers = { range: `bytes=${start}-`, 'if-range': `"${blobId}"` };
      const {
        status,
        data,
        headers: said,
      } = await perform(() =>
        http.request<Readable>({
          ...{ url, headers, timeout: 0, method: 'GET', responseType: 'stream' },
          validateStatus: (code) => (code >= 200 && code < 300) || code === RANGE_NOT_THERE,
        }),
      );
      if (status === PARTIAL) return { start: rangeStart(said['content-range']), bytes: data };
      if (status !== RANGE_NOT_THERE) return { start: 0, bytes: data };
      data.destroy();
      return { start: 0, bytes: await stream(http, { url, timeout: 0 }) };
    },
  };
}

const PARTIAL = 206;
const TOO_LARGE = 413;
const RANGE_NOT_THERE = 416;

/** -1 where it says none: nothing goes on from there. */
function rangeStart(contentRange: unknown): number {
  return Number(/^bytes (\d{1,15})-/.exec(String(contentRange))?.[1] ?? -1);
}

const TUS = { 'tus-resumable': '1.0.0' };

/**
 * The two requests of the tus protocol that bring bytes. A client library would bring a network of its own; the core has one
 * way out, which a test can cut.
 */
function tusRequest({ blobId, offset, sizeBytes }: BytesToSend): AxiosRequestConfig {
  const headers = {
    ...TUS,
    'content-type': 'application/offset+octet-stream',
    'content-length': sizeBytes - offset,
  };
  if (offset > 0)
    return {
      method: 'PATCH',
      url: `/api/uploads/${blobId}`,
      headers: { ...headers, 'upload-offset': offset },
    };
  const named = Buffer.from(blobId).toString('base64');
  return {
    method: 'POST',
    url: '/api/uploads',
    headers: { ...headers, 'upload-length': sizeBytes, 'upload-metadata': `sha256 ${named}` },
  };
}

async function ask<T extends z.ZodType>(
  http: AxiosInstance,
  schema: T,
  config: AxiosRequestConfig,
): Promise<z.infer<T>> {
  const answer = await perform(() => http.request<unknown>(config));
  const parsed = schema.safeParse(answer.data);
  // A captive portal answers 200 with a page of its own; that is not our server talking.
  if (!parsed.success)
    throw new AppError(
      typeof answer.data === 'string' ? 'not-a-docket-server' : 'server-not-understood',
    );
  return parsed.data;
}

/** In one piece: as a stream a large page would come apart into thousands of small ones on its way out of the compression. */
async function fetchPage(
  http: AxiosInstance,
  cursor: string | undefined,
  onServerTime: (serverMs: number) => void,
): Promise<unknown> {
  const { data, headers } = await http.request<unknown>({
    method: 'GET',
    url: '/api/sync/pull',
    params: cursor === undefined ? {} : { cursor },
    responseType: 'arraybuffer',
    decompress: false,
    headers: { 'accept-encoding': 'zstd, gzip' },
  });
  const serverMs = Date.parse(String(headers['date'] ?? ''));
  if (Number.isFinite(serverMs)) onServerTime(serverMs);
  if (!(data instanceof Uint8Array)) return data;
  const encoding = String(headers['content-encoding'] ?? '');
  try {
    if (encoding === 'zstd') return await unzstd(data, UNPACKING);
    return encoding === 'gzip' ? await ungzip(data, UNPACKING) : data;
  } catch (cause) {
    throw new AppError('server-not-understood', { cause });
  }
}

async function tell(http: AxiosInstance, config: AxiosRequestConfig): Promise<void> {
  await perform(() => http.request(config));
}

async function stream(http: AxiosInstance, config: AxiosRequestConfig): Promise<Readable> {
  const answer = await perform(() =>
    http.request<Readable>({ ...config, method: 'GET', responseType: 'stream' }),
  );
  return answer.data;
}

async function perform<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    throw translated(cause);
  }
}

function translated(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  if (!isAxiosError(cause)) return new AppError('server-unreachable', { cause });
  const { response } = cause;
  // A yes that broke off on its way is no answer.
  if (response === undefined || response.status < 300)
    return new AppError('server-unreachable', {
      cause,
      neverArrived: NEVER_CONNECTED.has(cause.code ?? ''),
    });
  const said = failure.safeParse(read(response.data));
  // A request the server turned away has done nothing; one it broke over may have. What is too large for whoever stands in
  // between is passed on by nobody.
  const neverArrived = response.status === TOO_LARGE || (said.success && response.status < 500);
  const options = said.success
    ? { cause, neverArrived, sentence: said.data.sentence, serverSaid: said.data.error }
    : { cause, neverArrived };
  const isEnded = said.success && deviceEndOf(said.data.error) !== undefined;
  const kind = isEnded ? 'device-signed-out' : kindOf(response.status, said.success);
  return new AppError(kind, options);
}

/** Who asked for bytes is also told in bytes why there are none. */
function read(data: unknown): unknown {
  const text = data instanceof Uint8Array ? new TextDecoder().decode(data) : data;
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function kindOf(status: number, isOurs: boolean): ErrorKind {
  if (status === 401) return isOurs ? 'session-expired' : 'not-a-docket-server';
  if (status === 404) return 'not-there';
  if (status === TOO_LARGE) return 'too-large';
  if (status === 426) return 'update-needed';
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'server-failed';
  if (status >= 300 && status < 400) return 'not-a-docket-server';
  return 'server-refused';
}
