// app://docket: the one origin the window shows. It serves the built renderer, takes files in and hands files out.

import { protocol } from 'electron';
import type { FileForm } from '../core/api/files-contract.ts';
import { CoreRefused, type CoreProgram, type OpenedFile } from './core-program.ts';
import { readPageFile } from './page-files.ts';

export const APP_ORIGIN = 'app://docket';

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** Pictures a page may show in place; everything else is a download. */
const SHOWN_IN_PLACE: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/avif',
]);

const FILE_PATH =
  /^\/(attachments|files|inbox|zips|exports)\/([^/]+)(?:\/(thumbnail|preview|jpeg))?$/;
const DOORS = {
  attachments: 'attachment',
  files: 'draft-file',
  inbox: 'inbox-file',
  zips: 'zip',
  exports: 'export',
} as const;

export type FileKeeper = Pick<CoreProgram, 'addFile' | 'openFile'>;

/** Before the app is ready, as Electron demands. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ]);
}

/** Once the app is ready. */
export function serveAppScheme(rendererFolder: string, files: FileKeeper): void {
  protocol.handle('app', (request) => answerRequest(request, rendererFolder, files));
}

export async function answerRequest(
  request: Request,
  rendererFolder: string,
  files: FileKeeper,
): Promise<Response> {
  const url = new URL(request.url);
  if (`${url.protocol}//${url.host}` !== APP_ORIGIN)
    return refuse(404, 'not-there', 'No such place.');
  try {
    if (request.method === 'POST' && url.pathname === '/files')
      return await takeFile(request, files);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(405, 'not-understood', 'Docket cannot do this.');
    const [, place, id, form = 'original'] = FILE_PATH.exec(url.pathname) ?? [];
    if (place !== undefined && id !== undefined) {
      const door = DOORS[place as keyof typeof DOORS];
      const file = await files.openFile(door, id, form as FileForm);
      return giveFile(file, url.searchParams.has('download'));
    }
    const file = await readPageFile(rendererFolder, url.pathname);
    if (file === undefined) return refuse(404, 'not-there', 'This page is not there.');
    const headers = { ...SECURITY_HEADERS, 'content-type': file.mediaType };
    return new Response(file.bytes, { headers });
  } catch (error) {
    if (error instanceof CoreRefused) return refuse(statusOf(error), error.error, error.message);
    return refuse(500, 'broke', 'Something went wrong inside Docket. Try again.');
  }
}

function statusOf({ error }: CoreRefused): number {
  if (error === 'not-there' || error === 'blob-missing') return 404;
  return error === 'broke' ? 500 : 409;
}

async function takeFile(request: Request, files: FileKeeper): Promise<Response> {
  const name = decodedName(request.headers.get('x-file-name'));
  const result = await files.addFile(name, chunksOf(request.body));
  return Response.json(result, { headers: SECURITY_HEADERS });
}

function decodedName(header: string | null): string {
  try {
    return decodeURIComponent(header ?? '');
  } catch {
    return '';
  }
}

/** A request without a body is an empty file; the core says so. */
async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

function giveFile(file: OpenedFile, isDownload: boolean): Response {
  const place = SHOWN_IN_PLACE.has(file.mediaType) && !isDownload ? 'inline' : 'attachment';
  const name = encodeURIComponent(file.name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return new Response(streamOf(file.bytes), {
    headers: {
      ...SECURITY_HEADERS,
      'content-type': place === 'inline' ? file.mediaType : 'application/octet-stream',
      'content-length': String(file.sizeBytes),
      'content-disposition': `${place}; filename*=UTF-8''${name}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    },
  });
}

function streamOf(bytes: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const step = await bytes.next();
      if (step.done === true) controller.close();
      else controller.enqueue(step.value);
    },
    async cancel() {
      await bytes.return(undefined);
    },
  });
}

function refuse(status: number, error: string, sentence: string): Response {
  return Response.json({ error, sentence }, { status, headers: SECURITY_HEADERS });
}
