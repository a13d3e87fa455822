// What is asked of the simulated server and what it answers, and how a body of bytes arrives.

import { Readable } from 'node:stream';

/** Of a file on its way in; files are small here. */
const PIECE_BYTES = 16;

export interface ServerRequest {
  readonly method: 'GET' | 'HEAD' | 'PATCH' | 'POST';
  readonly path: string;
  /** The path and what it is about, for the trace. */
  readonly label: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
  /** Of a body of bytes, how many arrive before the line breaks; all of them where it does not. */
  readonly arriving?: number | undefined;
  readonly isLive: boolean;
}

export interface ServerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  readonly body: string;
}

export function injection({ method, path, headers, body, arriving }: ServerRequest) {
  const payload = body instanceof Buffer ? arrivingBytes(body, arriving) : body;
  return {
    method,
    url: path,
    headers: { ...headers },
    ...(payload === undefined ? {} : { payload }),
  };
}

/** Piece by piece; the server may die between any two. */
function arrivingBytes(body: Buffer, arriving = body.byteLength): Readable {
  return Readable.from(pieces(body, arriving), { objectMode: false });
}

async function* pieces(body: Buffer, arriving: number): AsyncIterable<Buffer> {
  for (let at = 0; at < arriving; at += PIECE_BYTES) {
    yield body.subarray(at, Math.min(at + PIECE_BYTES, arriving));
    await Promise.resolve();
  }
  if (arriving < body.byteLength) throw new Error('The line broke.');
}

export function asText(
  headers: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

export async function whole(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
