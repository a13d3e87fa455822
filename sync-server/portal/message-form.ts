// What a customer's form to write and to send files brings: without script as one form with the files in it, with script the
// same fields and the files that came before.

import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AppError, fromDisk } from '../errors.ts';
import { MAX_BLOB_BYTES } from '../protocol/blobs.ts';
import { type BlobId, blobId } from '../protocol/ids.ts';
import { MAX_CUSTOMER_FILES } from '../protocol/mutations.ts';
import type { BlobRow } from '../storage/storage.ts';
import { keptFileName } from './file-name.ts';
import { boundaryOf, type FormPart, partsOf } from './multipart.ts';

/** What the fields of a form may bring; generous, so that a text which is too long can be given back with a sentence. */
export const MAX_FORM_BYTES = 512 * 1024;
/** Of each field beside its value, so that very many empty ones count too. */
const FIELD_BYTES = 64;
/** All files of one form; with script each file comes by itself. */
const MAX_FILES_BYTES = 8 * MAX_BLOB_BYTES;

const fields = z.strictObject({
  formToken: z.string().max(200),
  sendToken: z.string().max(200),
  text: z.string().default(''),
  file: z.union([z.string(), z.array(z.string())]).default([]),
});

export interface MessageForm {
  readonly formToken: string;
  readonly sendToken: string;
  readonly text: string;
  /** Files the form names because they came before. */
  readonly named: readonly NamedFile[];
  /** Files the form brought itself. */
  readonly brought: readonly NamedFile[];
  /** Why other files of the form were not taken, a sentence each. */
  readonly problems: readonly string[];
}

/** Bytes by their hash, and what the customer calls them. */
export interface NamedFile {
  readonly blobId: BlobId;
  readonly name: string;
}

/** May this form bring files, judged by the fields before them? Where it may, takes one in. */
export interface FileTaker {
  mayBring(before: { readonly formToken: string }): Promise<boolean>;
  take(bytes: AsyncIterable<Uint8Array>): Promise<BlobRow>;
}

/** @throws AppError `not-valid` for a form that is not ours, `too-large` */
export async function readMessageForm(
  request: FastifyRequest,
  taker: FileTaker,
): Promise<MessageForm> {
  const boundary = boundaryOf(request.headers['content-type']);
  if (boundary === undefined) return { ...parseFields(request.body), brought: [], problems: [] };
  if (Number(request.headers['content-length'] ?? 0) > MAX_FILES_BYTES + MAX_FORM_BYTES)
    throw tooLarge();
  const files = new FilesOfForm(taker);
  const values: [string, string][] = [];
  let bytesLeft = MAX_FORM_BYTES;
  const body = request.body as Readable;
  for await (const part of partsOf(body, boundary, MAX_FILES_BYTES + MAX_FORM_BYTES)) {
    if (part.fileName !== undefined) {
      await files.next(part, part.fileName, values);
      continue;
    }
    bytesLeft -= FIELD_BYTES + Buffer.byteLength(part.name);
    const value = await textOf(part.bytes, bytesLeft);
    bytesLeft -= value.length;
    values.push([part.name, value.toString('utf8')]);
  }
  const { brought, problems } = files;
  return { ...parseFields(collected(values)), brought, problems };
}

/** Takes the files of one form in, one after the other. One bad file never blocks the others. (D2) */
class FilesOfForm {
  readonly brought: NamedFile[] = [];
  readonly problems: string[] = [];
  readonly #taker: FileTaker;
  #mayBring: boolean | undefined;

  constructor(taker: FileTaker) {
    this.#taker = taker;
  }

  async next(
    part: FormPart,
    fileName: string,
    before: readonly (readonly [string, string])[],
  ): Promise<void> {
    // A browser sends an input nothing was chosen in as a file without a name.
    if (part.name !== 'files' || fileName === '') return;
    const formToken = before.find(([name]) => name === 'formToken')?.[1] ?? '';
    this.#mayBring ??= await this.#taker.mayBring({ formToken });
    if (!this.#mayBring) return;
    const name = keptFileName(fileName);
    if (this.brought.length >= MAX_CUSTOMER_FILES) {
      this.problems.push(problemSentence(name, 'too-many'));
      return;
    }
    try {
      const { blobId: id } = await this.#taker.take(part.bytes);
      this.brought.push({ blobId: id, name });
    } catch (cause) {
      const error = fromDisk(cause);
      if (!(error instanceof AppError) || !isFileProblem(error.kind)) throw error;
      this.problems.push(problemSentence(name, error.kind));
    }
  }
}

const FILE_PROBLEMS = {
  'blob-type-refused':
    'this kind of file is not supported. Pictures, HEIC, PDF, Word, Excel, Numbers and plain text are.',
  'blob-too-large': 'it is larger than 25 MB. Make it smaller, or send it another way.',
  'too-much-today':
    'you have sent as much as fits in one day. Send it tomorrow, or call the office.',
  'disk-full': 'the office’s server has no room just now. Send it again later.',
  'blob-empty': 'it is empty. Choose one that has something in it.',
  'too-many': `a message takes ${MAX_CUSTOMER_FILES} files. Send the rest with the next one.`,
} as const;
type FileProblem = keyof typeof FILE_PROBLEMS;

const isFileProblem = (kind: string): kind is FileProblem => Object.hasOwn(FILE_PROBLEMS, kind);

export function problemSentence(name: string, problem: FileProblem): string {
  return `“${name}” was not added: ${FILE_PROBLEMS[problem]}`;
}

function tooLarge(): AppError {
  return new AppError('too-large', {
    sentence: 'These files are more than 200 MB together. Send them in two messages.',
  });
}

async function textOf(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  if (maxBytes < 0) throw new AppError('too-large');
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.byteLength;
    if (length > maxBytes) throw new AppError('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** As a parser of plain forms gives them: a name that comes again becomes a list. */
function collected(values: readonly (readonly [string, string])[]): Record<string, unknown> {
  const byName = Map.groupBy(values, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, all]) => [
      name,
      all.length === 1 ? all[0]?.[1] : all.map(([, value]) => value),
    ]),
  );
}

function parseFields(body: unknown) {
  const form = fields.safeParse(body);
  if (!form.success) throw new AppError('not-valid', { cause: form.error });
  const { formToken, sendToken, text, file } = form.data;
  return { formToken, sendToken, text: asWritten(text), named: [file].flat().map(namedFile) };
}

/** As `fileValue` writes it. */
function namedFile(value: string): NamedFile {
  const space = value.indexOf(' ');
  const id = blobId.safeParse(value.slice(0, Math.max(0, space)));
  if (!id.success) throw new AppError('not-valid', { cause: id.error });
  return { blobId: id.data, name: keptFileName(value.slice(space + 1)) };
}

/** How a form names a file that came before. */
export const fileValue = ({ blobId: id, name }: NamedFile): string => `${id} ${name}`;

/** Browsers send line ends as CR LF; the office stores LF. A NUL was never typed by a person. */
export function asWritten(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\u0000', '').toWellFormed();
}
