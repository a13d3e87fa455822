// The built renderer's files, and nothing else of this disk.

import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative } from 'node:path';

export interface PageFile {
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** @param pathname of an address, still percent-encoded; '/' is the page itself */
export async function readPageFile(
  rendererFolder: string,
  pathname: string,
): Promise<PageFile | undefined> {
  const path = insideFolder(rendererFolder, pathname === '/' ? '/index.html' : pathname);
  const mediaType = path === undefined ? undefined : MEDIA_TYPES[extname(path)];
  if (path === undefined || mediaType === undefined) return undefined;
  try {
    return { mediaType, bytes: new Uint8Array(await readFile(path)) };
  } catch {
    return undefined;
  }
}

/** The path of a file below `folder`; undefined for whatever would lead out of it, however it is written. */
export function insideFolder(folder: string, pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  // A colon begins a Windows drive or an alternate stream, a backslash is Windows' other slash.
  if (/[\0\\:]/.test(decoded)) return undefined;
  const path = join(folder, decoded);
  const fromFolder = relative(folder, path);
  const leadsOut =
    fromFolder === '' || isAbsolute(fromFolder) || decoded.split('/').some((part) => part === '..');
  return leadsOut ? undefined : path;
}
